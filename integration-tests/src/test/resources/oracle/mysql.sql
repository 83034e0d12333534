CREATE TABLE public.ledger_entry (id INT PRIMARY KEY AUTO_INCREMENT, account VARCHAR(20) NOT NULL, amount DECIMAL(10, 2) NOT NULL, note VARCHAR(100), KEY ledger_account (account)) AUTO_INCREMENT = 500
INSERT INTO public.ledger_entry VALUES (1, 'cash', 10, 'a'), (2, 'cash', 20, 'b'), (3, 'bank', 30, 'c')

CREATE TABLE public.payment (id INT PRIMARY KEY, amount DECIMAL(10, 2) NOT NULL, status VARCHAR(20))
INSERT INTO public.payment VALUES (1, 10, 'open'), (2, 20, 'open')

CREATE TABLE public.archive (id INT PRIMARY KEY, account VARCHAR(20), amount DECIMAL(10, 2), note VARCHAR(100)) ENGINE = MyISAM
INSERT INTO public.archive VALUES (1, 'cash', 10, 'old'), (2, 'bank', 20, 'old')

CREATE TABLE public.orders (id INT PRIMARY KEY, customer_id INT, state VARCHAR(20))
INSERT INTO public.orders VALUES (1, 1, 'new'), (2, 2, 'new'), (3, 3, 'old')

CREATE TABLE public.draft (id INT PRIMARY KEY AUTO_INCREMENT, account VARCHAR(20) NOT NULL, amount DECIMAL(10, 2) NOT NULL, note VARCHAR(100)) AUTO_INCREMENT = 500
INSERT INTO public.draft VALUES (1, 'cash', 10, 'a'), (2, 'cash', 20, 'b'), (3, 'bank', 30, 'c')

CREATE TABLE vault.orders (id INT PRIMARY KEY, customer_id INT, state VARCHAR(20))
INSERT INTO vault.orders VALUES (1, 1, 'kept'), (2, 2, 'kept')

CREATE TABLE vault.stock (id INT PRIMARY KEY, amount INT)
INSERT INTO vault.stock VALUES (1, 1), (2, 2)

CREATE TABLE public.stock (id INT PRIMARY KEY, amount INT)
INSERT INTO public.stock VALUES (1, 1), (2, 2)

CREATE TABLE public.customer (id INT PRIMARY KEY, name VARCHAR(20))
INSERT INTO public.customer VALUES (1, 'Ada'), (2, 'Grace')

CREATE TABLE public.invoice (id INT PRIMARY KEY, customer_id INT, CONSTRAINT invoice_customer FOREIGN KEY (customer_id) REFERENCES public.customer (id) ON DELETE CASCADE ON UPDATE CASCADE)
INSERT INTO public.invoice VALUES (1, 1), (2, 2)

CREATE TABLE public.region (id INT PRIMARY KEY, name VARCHAR(20))
INSERT INTO public.region VALUES (1, 'north')

CREATE TABLE public.shop (id INT PRIMARY KEY, region_id INT, FOREIGN KEY (region_id) REFERENCES public.region (id) ON DELETE CASCADE ON UPDATE CASCADE)
INSERT INTO public.shop VALUES (1, 1)

CREATE TABLE public.receipt (id INT PRIMARY KEY, shop_id INT, FOREIGN KEY (shop_id) REFERENCES public.shop (id) ON DELETE SET NULL ON UPDATE CASCADE)
INSERT INTO public.receipt VALUES (1, 1)

CREATE TABLE public.outbox (id INT PRIMARY KEY, state VARCHAR(20))
INSERT INTO public.outbox VALUES (1, 'x')
CREATE TRIGGER public.outbox_insert AFTER INSERT ON public.outbox FOR EACH ROW DELETE FROM public.ledger_entry
CREATE TRIGGER public.outbox_update BEFORE UPDATE ON public.outbox FOR EACH ROW UPDATE public.ledger_entry SET amount = 0
CREATE TRIGGER public.outbox_delete AFTER DELETE ON public.outbox FOR EACH ROW DELETE FROM public.payment WHERE id = OLD.id

CREATE TABLE public.inbox (id INT PRIMARY KEY, state VARCHAR(20))
INSERT INTO public.inbox VALUES (1, 'x')
CREATE TRIGGER public.inbox_update BEFORE UPDATE ON public.inbox FOR EACH ROW CALL public.wipe_all()

CREATE TABLE public.book (id INT, year INT, amount INT) PARTITION BY RANGE (year) (PARTITION old VALUES LESS THAN (2026), PARTITION new VALUES LESS THAN MAXVALUE)
INSERT INTO public.book VALUES (1, 2025, 1), (2, 2026, 2)

CREATE TABLE public.book_shelf (id INT, year INT, amount INT) PARTITION BY RANGE (year) (PARTITION old VALUES LESS THAN (2026), PARTITION new VALUES LESS THAN MAXVALUE)
INSERT INTO public.book_shelf VALUES (1, 2025, 1), (2, 2026, 2)

CREATE TABLE public.page (id INT, year INT, amount INT)
INSERT INTO public.page VALUES (9, 2025, 9)

# mariadb
CREATE TABLE public.node_b (id INT PRIMARY KEY, amount INT) WITH SYSTEM VERSIONING
INSERT INTO public.node_b VALUES (1, 1), (2, 2)
DELETE FROM public.node_b WHERE id = 2

# mariadb
CREATE SEQUENCE public.ticket START WITH 500

CREATE FUNCTION public.wipe() RETURNS INT DETERMINISTIC MODIFIES SQL DATA BEGIN DELETE FROM public.ledger_entry; RETURN 1; END

CREATE FUNCTION public.wipe_outer() RETURNS INT DETERMINISTIC MODIFIES SQL DATA RETURN public.wipe() + 1

CREATE FUNCTION public.twice(n INT) RETURNS INT DETERMINISTIC RETURN n * 2

CREATE PROCEDURE public.wipe_all() BEGIN UPDATE public.ledger_entry SET amount = 0; END

CREATE PROCEDURE public.wipe_named(name VARCHAR(64)) BEGIN SET @wipe = CONCAT('DELETE FROM ', name); PREPARE wipe FROM @wipe; EXECUTE wipe; END

CREATE PROCEDURE public.wipe_through(OUT n INT) BEGIN CALL public.wipe_all(); SET n = 1; END

CREATE PROCEDURE public.read_all() SELECT count(*) FROM public.ledger_entry

CREATE VIEW public.entry_view AS SELECT id, account, amount, note FROM public.ledger_entry

CREATE VIEW public.entry_view_nested AS SELECT id, account, amount, note FROM public.entry_view WHERE amount > 0 WITH CHECK OPTION

CREATE VIEW public.entry_join AS SELECT l.id, l.amount, o.state FROM public.ledger_entry l JOIN public.orders o ON o.id = l.id

CREATE VIEW public.draft_view AS SELECT id, account, amount, note FROM public.draft

CREATE VIEW public.with_call AS SELECT id, public.wipe() AS n FROM public.orders
