CREATE SCHEMA vault

CREATE TABLE ledger_entry (id serial PRIMARY KEY, account varchar(20) NOT NULL, amount numeric(10, 2) NOT NULL CHECK (amount >= 0), note text)

ALTER SEQUENCE ledger_entry_id_seq RESTART WITH 500

CREATE INDEX ledger_account ON ledger_entry (account)

CREATE UNIQUE INDEX ledger_pair ON ledger_entry (account, id)

CREATE FUNCTION wipe() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; RETURN 1; END $$

CREATE FUNCTION wipe_quiet(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM public.wipe(); RETURN n; END $$

CREATE TABLE with_index (id int)

INSERT INTO with_index VALUES (1)

CREATE INDEX with_index_i ON with_index (wipe_quiet(id))

CREATE TABLE with_old_check (id int)

INSERT INTO with_old_check VALUES (1)

ALTER TABLE with_old_check ADD CONSTRAINT late CHECK (wipe_quiet(id) > 0) NOT VALID

CREATE MATERIALIZED VIEW with_digest AS SELECT wipe_quiet(id) AS n FROM with_index

CREATE TABLE with_when (id int)

INSERT INTO with_when VALUES (1)

CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$

CREATE TRIGGER with_when BEFORE UPDATE ON with_when FOR EACH ROW WHEN (wipe_quiet(NEW.id) > 0) EXECUTE FUNCTION nothing()

INSERT INTO ledger_entry VALUES (1, 'cash', 10, 'a'), (2, 'cash', 20, 'b'), (3, 'bank', 30, 'c')

CREATE TABLE payment (id int PRIMARY KEY, amount numeric(10, 2) NOT NULL, status varchar(20))

INSERT INTO payment VALUES (1, 10, 'open'), (2, 20, 'open')

CREATE TABLE archive (id int PRIMARY KEY, account varchar(20), amount numeric(10, 2), note text)

INSERT INTO archive VALUES (1, 'cash', 10, 'old'), (2, 'bank', 20, 'old')

CREATE TABLE orders (id int PRIMARY KEY, customer_id int, state varchar(20))

INSERT INTO orders VALUES (1, 1, 'new'), (2, 2, 'new'), (3, 3, 'old')

CREATE TABLE draft (id serial PRIMARY KEY, account varchar(20) NOT NULL, amount numeric(10, 2) NOT NULL CHECK (amount >= 0), note text)

ALTER SEQUENCE draft_id_seq RESTART WITH 500

INSERT INTO draft VALUES (1, 'cash', 10, 'a'), (2, 'cash', 20, 'b'), (3, 'bank', 30, 'c')

CREATE TABLE vault.orders (id int PRIMARY KEY, customer_id int, state varchar(20))

INSERT INTO vault.orders VALUES (1, 1, 'kept'), (2, 2, 'kept')

CREATE TABLE vault.stock (id int PRIMARY KEY, amount int)

INSERT INTO vault.stock VALUES (1, 1), (2, 2)

CREATE TABLE stock (id int PRIMARY KEY, amount int)

INSERT INTO stock VALUES (1, 1), (2, 2)

CREATE TABLE book (id int, year int, amount int) PARTITION BY RANGE (year)

CREATE TABLE book_2025 PARTITION OF book FOR VALUES FROM (2025) TO (2026)

CREATE TABLE book_2026 PARTITION OF book FOR VALUES FROM (2026) TO (2027)

INSERT INTO book VALUES (1, 2025, 10), (2, 2026, 20)

CREATE TABLE journal (id int, year int, body text) PARTITION BY LIST (year)

CREATE TABLE journal_open PARTITION OF journal FOR VALUES IN (2026)

CREATE TABLE journal_closed PARTITION OF journal FOR VALUES IN (2025)

INSERT INTO journal VALUES (1, 2025, 'x'), (2, 2026, 'y')

CREATE TABLE doc (id int, body text)

CREATE TABLE sealed_doc (seal text) INHERITS (doc)

CREATE TABLE base_doc (id int, body text)

CREATE TABLE draft_doc (remark text) INHERITS (base_doc)

INSERT INTO doc VALUES (1, 'free')

INSERT INTO sealed_doc VALUES (2, 'sealed', 's')

INSERT INTO base_doc VALUES (3, 'base')

INSERT INTO draft_doc VALUES (4, 'draft', 'r')

CREATE TABLE customer (id int PRIMARY KEY, name text)

CREATE TABLE invoice (id int PRIMARY KEY, customer_id int REFERENCES customer ON DELETE CASCADE ON UPDATE CASCADE)

INSERT INTO customer VALUES (1, 'Ada'), (2, 'Grace')

INSERT INTO invoice VALUES (1, 1), (2, 2)

CREATE TABLE region (id int PRIMARY KEY, name text)

CREATE TABLE shop (id int PRIMARY KEY, region_id int REFERENCES region ON DELETE CASCADE ON UPDATE CASCADE)

CREATE TABLE receipt (id int PRIMARY KEY, shop_id int REFERENCES shop ON DELETE SET NULL ON UPDATE CASCADE)

INSERT INTO region VALUES (1, 'north')

INSERT INTO shop VALUES (1, 1)

INSERT INTO receipt VALUES (1, 1)

CREATE TABLE currency (id int PRIMARY KEY, name text)

CREATE TABLE rate (id int PRIMARY KEY, currency_id int DEFAULT 1 REFERENCES currency ON DELETE SET DEFAULT ON UPDATE CASCADE)

INSERT INTO currency VALUES (1, 'EUR'), (2, 'USD')

INSERT INTO rate VALUES (1, 2)

CREATE TABLE node_a (id int PRIMARY KEY, b_id int)

CREATE TABLE node_b (id int PRIMARY KEY, a_id int REFERENCES node_a ON DELETE CASCADE)

ALTER TABLE node_a ADD CONSTRAINT node_a_b FOREIGN KEY (b_id) REFERENCES node_b ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED

INSERT INTO node_a VALUES (1, NULL)

INSERT INTO node_b VALUES (1, 1)

UPDATE node_a SET b_id = 1

CREATE VIEW entry_view AS SELECT id, account, amount, note FROM ledger_entry

CREATE VIEW entry_view_nested AS SELECT id, account AS kind, amount, note FROM entry_view

CREATE VIEW entry_view_checked AS SELECT id, account, amount, note FROM ledger_entry WHERE amount >= 0 WITH CHECK OPTION

CREATE VIEW draft_view AS SELECT id, account, amount, note FROM draft

CREATE VIEW entry_sum AS SELECT account, sum(amount) AS amount FROM ledger_entry GROUP BY account

CREATE FUNCTION entry_sum_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM ledger_entry WHERE account = OLD.account; RETURN OLD; END $$

CREATE TRIGGER entry_sum_delete INSTEAD OF DELETE ON entry_sum FOR EACH ROW EXECUTE FUNCTION entry_sum_delete()

CREATE FUNCTION wipe_sql() RETURNS bigint LANGUAGE sql AS $$ WITH gone AS (DELETE FROM public.ledger_entry RETURNING 1) SELECT count(*) FROM gone $$

CREATE FUNCTION wipe_outer() RETURNS int LANGUAGE sql AS $$ SELECT wipe() $$

CREATE FUNCTION wipe_dynamic(name text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DELETE FROM ' || name; RETURN 1; END $$

CREATE FUNCTION wipe_rows() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; RETURN NEXT 1; END $$

CREATE FUNCTION upper(n int) RETURNS text LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; RETURN n; END $$

CREATE FUNCTION public.lower(t varchar) RETURNS text LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; RETURN t; END $$

CREATE PROCEDURE wipe_procedure() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; END $$

CREATE PROCEDURE wipe_procedure_sql(n int) LANGUAGE sql AS $$ DELETE FROM public.ledger_entry $$

CREATE FUNCTION purge(o orders) RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; RETURN 1; END $$

CREATE OPERATOR @@@ (FUNCTION = wipe_quiet, RIGHTARG = int)

CREATE DOMAIN trap_domain AS int CHECK (wipe_quiet(VALUE) > 0)

CREATE TYPE trap_row AS (n trap_domain)

CREATE TYPE trap_source AS (n int)

CREATE FUNCTION wipe_cast(s trap_source) RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; RETURN 1; END $$

CREATE CAST (trap_source AS int) WITH FUNCTION wipe_cast(trap_source) AS IMPLICIT

CREATE TABLE with_cast (id int, s trap_source)

INSERT INTO with_cast VALUES (1, ROW(1)::trap_source)

CREATE FUNCTION wipe_state(s int, n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; RETURN n; END $$

CREATE AGGREGATE trap_sum(int) (SFUNC = wipe_state, STYPE = int)

CREATE TABLE with_default (id int DEFAULT wipe(), n int)

CREATE TABLE with_check (id int, n int CHECK (n IS NULL OR wipe_quiet(n) > 0))

CREATE TABLE with_generated (id int, n int GENERATED ALWAYS AS (wipe_quiet(id)) STORED)

CREATE TABLE with_domain (id int, n trap_domain)

CREATE VIEW with_call AS SELECT id, wipe_quiet(id) AS n FROM orders

CREATE TABLE outbox (id int PRIMARY KEY, state text)

CREATE FUNCTION outbox_purge() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; RETURN NULL; END $$

CREATE TRIGGER outbox_purge AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON outbox EXECUTE FUNCTION outbox_purge()

INSERT INTO orders VALUES (4, 1, 'late')

CREATE TABLE outbox_nested (id int PRIMARY KEY, outbox_id int)

CREATE FUNCTION outbox_touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE public.outbox SET state = 'x'; RETURN NULL; END $$

CREATE TRIGGER outbox_touch AFTER INSERT OR UPDATE OR DELETE ON outbox_nested EXECUTE FUNCTION outbox_touch()

CREATE TABLE inbox (id int PRIMARY KEY, state text)

INSERT INTO inbox VALUES (50, 'new')

CREATE RULE inbox_delete AS ON DELETE TO inbox DO ALSO DELETE FROM ledger_entry

CREATE RULE inbox_update AS ON UPDATE TO inbox DO INSTEAD UPDATE ledger_entry SET amount = 0

CREATE RULE inbox_insert AS ON INSERT TO inbox DO ALSO DELETE FROM ledger_entry WHERE id = new.id

CREATE MATERIALIZED VIEW archive_digest AS SELECT count(*) AS n FROM ledger_entry

CREATE FUNCTION wipe_vector() RETURNS tsvector LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; RETURN 'a'::tsvector; END $$

CREATE FUNCTION wipe_query() RETURNS tsquery LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger_entry; RETURN 'a'::tsquery; END $$

CREATE VIEW ruled_view AS SELECT id, account FROM draft

CREATE RULE ruled_view_insert AS ON INSERT TO ruled_view DO INSTEAD DELETE FROM ledger_entry

CREATE TABLE with_disabled (id int)

CREATE TRIGGER with_disabled_purge AFTER INSERT ON with_disabled EXECUTE FUNCTION outbox_purge()

ALTER TABLE with_disabled DISABLE TRIGGER ALL
