SELECT CONCAT_WS('|', 'ledger_entry', id, account, amount, note) AS line FROM public.ledger_entry WHERE id < 100
UNION ALL SELECT CONCAT_WS('|', 'payment', id, amount) FROM public.payment WHERE id < 100
UNION ALL SELECT CONCAT_WS('|', 'archive', id, account, amount, note) FROM public.archive
UNION ALL SELECT CONCAT_WS('|', 'vault.orders', id, customer_id, state) FROM vault.orders WHERE id < 100
UNION ALL SELECT CONCAT_WS('|', 'vault.stock', id, amount) FROM vault.stock WHERE id < 100
UNION ALL SELECT CONCAT_WS('|', 'invoice', id, customer_id) FROM public.invoice WHERE id < 100
UNION ALL SELECT CONCAT_WS('|', 'receipt', id, shop_id) FROM public.receipt WHERE id < 100
UNION ALL SELECT CONCAT_WS('|', 'book', id, year, amount) FROM public.book WHERE id < 100
UNION ALL SELECT CONCAT_WS('|', 'book_shelf', id, year, amount) FROM public.book_shelf WHERE id < 100
