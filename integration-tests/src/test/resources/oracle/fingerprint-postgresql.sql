WITH kept (o) AS (
  VALUES ('public.ledger_entry'::regclass::oid), ('public.payment'::regclass), ('public.archive'::regclass),
    ('vault.orders'::regclass), ('vault.stock'::regclass), ('public.book'::regclass), ('public.book_2025'::regclass),
    ('public.book_2026'::regclass), ('public.journal_closed'::regclass), ('public.sealed_doc'::regclass),
    ('public.base_doc'::regclass), ('public.invoice'::regclass), ('public.receipt'::regclass),
    ('public.rate'::regclass), ('public.node_b'::regclass)
), line (text) AS (
  SELECT concat_ws('|', 'ledger_entry', id, account, amount, note) FROM public.ledger_entry WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'payment', id, amount) FROM public.payment WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'archive', id, account, amount, note) FROM public.archive
  UNION ALL SELECT concat_ws('|', 'vault.orders', id, customer_id, state) FROM vault.orders WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'vault.stock', id, amount) FROM vault.stock WHERE id < 100
  UNION ALL SELECT concat_ws('|', tableoid, id, year, amount) FROM public.book WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'journal_closed', id, year, body) FROM public.journal_closed WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'sealed_doc', id, body, seal) FROM public.sealed_doc WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'base_doc', id, body) FROM ONLY public.base_doc WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'invoice', id, customer_id) FROM public.invoice WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'receipt', id, shop_id) FROM public.receipt WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'rate', id, currency_id) FROM public.rate WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'node_b', id, a_id) FROM public.node_b WHERE id < 100
  UNION ALL SELECT concat_ws('|', 'class', c.oid, relname, relnamespace, relkind, relpersistence, relrowsecurity,
      relforcerowsecurity, relreplident, relacl, reloptions, relowner, relispartition)
    FROM pg_class c JOIN kept ON c.oid = o
  UNION ALL SELECT concat_ws('|', 'column', attrelid, attnum, attname, atttypid, atttypmod, attnotnull, attidentity,
      attgenerated, attisdropped, attacl, attoptions) FROM pg_attribute JOIN kept ON attrelid = o WHERE attnum > 0
  UNION ALL SELECT concat_ws('|', 'default', adrelid, adnum, pg_get_expr(adbin, adrelid))
    FROM pg_attrdef JOIN kept ON adrelid = o
  UNION ALL SELECT concat_ws('|', 'constraint', conrelid, conname, contype, confdeltype, confupdtype, convalidated,
      condeferrable, pg_get_constraintdef(c.oid)) FROM pg_constraint c JOIN kept ON conrelid = o
  UNION ALL SELECT concat_ws('|', 'trigger', tgrelid, tgname, tgenabled, tgtype)
    FROM pg_trigger JOIN kept ON tgrelid = o WHERE NOT tgisinternal
  UNION ALL SELECT concat_ws('|', 'trigger that is not as it was made', tgrelid, tgconstraint, tgenabled, tgtype)
    FROM pg_trigger JOIN kept ON tgrelid = o WHERE tgisinternal AND tgenabled <> 'O'
  UNION ALL SELECT concat_ws('|', 'index', pg_get_indexdef(indexrelid), indisvalid, indisreplident)
    FROM pg_index JOIN kept ON indrelid = o
  UNION ALL SELECT concat_ws('|', 'rule', ev_class, rulename) FROM pg_rewrite JOIN kept ON ev_class = o
  UNION ALL SELECT concat_ws('|', 'policy', polrelid, polname) FROM pg_policy JOIN kept ON polrelid = o
  UNION ALL SELECT concat_ws('|', 'inherits', inhrelid, inhparent)
    FROM pg_inherits WHERE inhrelid IN (SELECT o FROM kept) OR inhparent IN (SELECT o FROM kept)
  UNION ALL SELECT concat_ws('|', 'comment', objoid, objsubid, description) FROM pg_description JOIN kept ON objoid = o
  UNION ALL SELECT concat_ws('|', 'sequence', last_value >= 500) FROM public.ledger_entry_id_seq
)
SELECT string_agg(text, E'\n' ORDER BY text) FROM line
