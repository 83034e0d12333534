# casts and literals

SELECT id::text, total::int, '2026-05-01'::date, '1 day'::interval, 'x'::varchar(10), '{1,2}'::int[] FROM orders

SELECT int '42', float8 '1.5', interval '1 year 2 months 3 days', timestamptz '2026-01-01 00:00+02', inet '10.0.0.1', jsonb '{"a":1}'

SELECT E'tab\there', E'it\'s', U&'d\0061ta', $$dollar 'quoted' ; -- text$$, $tag$with $$ inside$tag$, B'101', X'1F', N'national'

SELECT 1_000_000, 0xFF, 0o17, 0b101, .5, 5., 1e10

SELECT 'one' 
 'text'

SELECT (ARRAY[1,2,3])[1], (ARRAY[1,2,3,4])[2:3], ARRAY[[1,2],[3,4]], ARRAY[]::int[]

SELECT ROW(1, 'a'), (1, 2) = (1, 2), (ROW(1, 2)).f1

SELECT CAST(total AS int)::text || '%' AS shown FROM orders

SELECT total::numeric(10,2)::money FROM orders

SELECT @ -5, |/ 16, ||/ 27, 2 ^ 3, 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 3, 16 >> 2

SELECT flags & B'11110000', flags | B'00001111', ~flags, flags << 1, length(flags) FROM person

# dates

SELECT now() - interval '7 days', CURRENT_DATE + 1, CURRENT_DATE - DATE '2026-01-01', now()::date, LOCALTIMESTAMP(0), CURRENT_TIME(3)

SELECT date_trunc('week', placed_at)::date AS week, count(*) FROM orders GROUP BY 1 ORDER BY 1 DESC

SELECT age(now(), placed_at), extract(epoch FROM now() - placed_at), date_part('dow', placed_at), to_char(placed_at, 'YYYY-MM-DD HH24:MI:SS') FROM orders

SELECT to_date('2026-05-01', 'YYYY-MM-DD'), to_timestamp(1700000000), to_timestamp('01.05.2026', 'DD.MM.YYYY'), make_date(2026, 5, 1), make_interval(days => 10, hours => 2)

SELECT placed_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin', timezone('UTC', now()), created_at AT LOCAL FROM orders, document

@ 5
SELECT * FROM orders WHERE placed_at > now() - (? || ' days')::interval

@ 5
SELECT * FROM orders WHERE placed_at > now() - ? * interval '1 day'

@ 3
SELECT * FROM orders WHERE placed_at > now() - make_interval(days => ?)

SELECT d::date AS day, coalesce(sum(o.total), 0) AS total FROM generate_series(DATE '2026-05-01', DATE '2026-05-07', interval '1 day') AS d LEFT JOIN orders o ON o.placed_at::date = d::date GROUP BY d ORDER BY d

SELECT (DATE '2026-01-01', DATE '2026-02-01') OVERLAPS (DATE '2026-01-15', DATE '2026-03-01')

SELECT date_bin('15 minutes', taken_at, TIMESTAMP '2001-01-01') AS slot, avg(measured) FROM reading GROUP BY slot

SELECT interval '1' day, interval '1-2' year to month, interval '1 12:00' day to minute, 'tomorrow'::date, 'infinity'::timestamp, 'epoch'::timestamptz

# patterns

SELECT * FROM customer WHERE name ~ '^A' AND name ~* 'a$' AND name !~ 'x' AND name !~* 'y'

SELECT * FROM customer WHERE name ILIKE 'a%' OR email ILIKE ANY (ARRAY['%@example.org', '%@example.com'])

SELECT * FROM customer WHERE name LIKE ANY ('{A%,B%}') AND name NOT ILIKE ALL (ARRAY['x%', 'y%'])

SELECT * FROM customer WHERE name SIMILAR TO '(A|B)%' AND name ~~ 'A%' AND name !~~* 'z%'

SELECT regexp_replace(name, '[aeiou]', '*', 'g'), regexp_match(email, '(.*)@(.*)'), (regexp_matches(email, '@(.*)$'))[1], substring(email from '@(.*)$') FROM customer

SELECT regexp_split_to_table('a,b,c', ','), split_part(email, '@', 2), starts_with(name, 'A'), name ^@ 'A' FROM customer

SELECT name COLLATE "C" FROM customer ORDER BY name COLLATE "C" DESC, email USING <

SELECT overlay(name placing 'xx' from 2 for 3), initcap(name), translate(name, 'abc', 'xyz'), format('%s <%s>', name, email), quote_literal(name), md5(name), encode(sha256(name::bytea), 'hex') FROM customer

SELECT string_to_array('a,b', ','), array_to_string(ARRAY['a', 'b'], ';'), concat_ws(', ', name, email, country) FROM customer

SELECT normalize(name, NFC), name IS NFC NORMALIZED, unistr('d\0061t') FROM customer

# json

SELECT data -> 'b' -> 'c' -> 0, data ->> 'email', data #> '{b,c}', data #>> '{b,c,1}', data['a'], data['b']['c'][1] FROM document

SELECT * FROM document WHERE data @> '{"a": 1}' AND data <@ '{"a": 1, "b": 2, "c": 3}' = FALSE

@ 'a'
SELECT * FROM document WHERE data ?? ?

SELECT * FROM document WHERE data ? 'a' AND data ?| array['a', 'z'] AND data ?& array['a', 'b']

@ 'x@example.org'
SELECT id FROM document WHERE data ->> 'email' = ? AND data ??| array['a', 'b']

@ '{"a": 1}'
SELECT id FROM document WHERE data @> ?::jsonb

SELECT data @? '$.b.c[*] ? (@ > 1)', data @@ '$.a == 1', jsonb_path_query_array(data, '$.b.c[*]') FROM document

SELECT data || '{"new": true}', data - 'a', data - ARRAY['a', 'b'], data #- '{b,c}' FROM document

SELECT jsonb_set(data, '{a}', '10'), jsonb_insert(data, '{b,c,0}', '0'), jsonb_strip_nulls(data), jsonb_pretty(data), jsonb_typeof(data -> 'a') FROM document

SELECT d.id, e.key, e.value FROM document d, jsonb_each(d.data) AS e (key, value)

SELECT d.id, elem FROM document d CROSS JOIN LATERAL jsonb_array_elements_text(d.data #> '{b,c}') AS elem

SELECT x.a, x.b FROM jsonb_to_recordset('[{"a": 1, "b": "x"}]') AS x (a int, b text)

SELECT json_build_object('id', id, 'name', name), row_to_json(c), to_jsonb(c.*), json_agg(c) OVER () FROM customer c

SELECT json_agg(json_build_object('id', o.id, 'items', (SELECT json_agg(i) FROM order_item i WHERE i.order_id = o.id))) FROM orders o

SELECT jsonb_object_agg(key, value), jsonb_agg(DISTINCT level) FILTER (WHERE level IS NOT NULL) FROM setting

SELECT JSON_OBJECT('a': 1, 'b': 'x' ABSENT ON NULL), JSON_ARRAY(1, 2, 'three'), JSON_OBJECT('k' VALUE 1)

SELECT JSON_VALUE(data, '$.a' RETURNING int DEFAULT 0 ON ERROR), JSON_QUERY(data, '$.b' WITH WRAPPER), JSON_EXISTS(data, '$.z') FROM document

SELECT jt.* FROM document, JSON_TABLE(data, '$' COLUMNS (a int PATH '$.a', nr FOR ORDINALITY, NESTED PATH '$.b.c[*]' COLUMNS (c int PATH '$'))) AS jt

SELECT data IS JSON OBJECT, '[1]' IS JSON ARRAY, 'x' IS NOT JSON FROM document

UPDATE document SET data = jsonb_set(data, '{a}', to_jsonb((data ->> 'a')::int + 1)) WHERE data ? 'a'

UPDATE document SET data['b']['c'][0] = '9' WHERE id = 1

UPDATE document SET tags = array_append(tags, 'new'), data = data - 'a' WHERE NOT 'new' = ANY (tags)

# full text search

SELECT id, ts_rank(search, q) AS rank FROM document, to_tsquery('english', 'fox & !dog') q WHERE search @@ q ORDER BY rank DESC LIMIT 10

@ 'quick fox'
SELECT id, ts_headline('english', body, websearch_to_tsquery('english', ?)) FROM document WHERE search @@ plainto_tsquery('fox')

SELECT to_tsvector('simple', title) || to_tsvector('simple', body), setweight(search, 'A'), numnode('a & b'::tsquery), phraseto_tsquery('quick brown') FROM document

SELECT title FROM document WHERE to_tsvector(title) @@ 'first'::tsquery OR title @@ 'second'

# arrays

@ int[1,2]
SELECT * FROM customer WHERE id = ANY (?)

@ int[1,2]
SELECT * FROM customer WHERE id <> ALL (?) AND country = ANY (ARRAY['US', 'GB'])

SELECT unnest(tags), cardinality(tags), array_length(tags, 1), tags || 'z'::text, array_prepend('q', tags), tags[1], tags[1:2], tags[:1] FROM document

SELECT t.tag, t.nr FROM document d, unnest(d.tags) WITH ORDINALITY AS t (tag, nr)

SELECT a, b FROM unnest(ARRAY[1, 2], ARRAY['x', 'y']) AS u (a, b)

SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b'])) AS r (n, letter)

SELECT * FROM document WHERE tags @> ARRAY['x'] AND tags && ARRAY['x', 'q'] AND NOT tags <@ ARRAY['x']::text[]

SELECT ARRAY(SELECT id FROM orders ORDER BY id), array_agg(DISTINCT state), array_position(ARRAY['a', 'b'], 'b'), array_remove(ARRAY[1, 2], 1) FROM orders

SELECT matrix[1][2], matrix[1:1][1:2], array_dims(matrix) FROM person

UPDATE person SET lucky[2] = 20, matrix[1][1] = 0 WHERE lucky[1] = 1

INSERT INTO document (title, tags) SELECT t, ARRAY[t] FROM unnest(ARRAY['u', 'v']) AS t

# ranges, networks, geometry, enums, xml

SELECT * FROM booking WHERE during && tsrange('2026-05-01 11:00', '2026-05-01 13:00', '[)') AND during @> TIMESTAMP '2026-05-01 10:30' AND span -|- '[2026-05-03,2026-05-04)'

SELECT lower(during), upper(during), isempty(during), during * '[2026-05-01 11:00,)', span + '[2026-05-03,2026-05-04)', upper_inf(span) FROM booking

SELECT range_agg(span), '{[1,3),[5,8)}'::int4multirange @> 6 FROM booking

INSERT INTO booking (room, during, guest) VALUES (2, tsrange(now()::timestamp, now()::timestamp + interval '1 hour'), 'Grace')

SELECT host(address), masklen(address), address << inet '192.168.0.0/16', address && inet '192.168.0.0/24', address + 1 FROM person

SELECT point(1, 2) <-> point(4, 6), box '((0,0),(1,1))' @> point '(0.5,0.5)', circle(point(0, 0), 5), area(box '((0,0),(2,2))')

SELECT * FROM person WHERE feels > 'sad' AND feels = ANY (enum_range(NULL::mood))

@ 'happy'
INSERT INTO person (feels) VALUES (?::mood)

SELECT xpath('/a/b/text()', '<a><b>x</b></a>'::xml), xmlparse(DOCUMENT '<a/>'), xmlserialize(CONTENT '<a/>'::xml AS text), xmlexists('//a' PASSING xml '<a/>')

SELECT t.* FROM xmltable('/rows/row' PASSING XMLPARSE(DOCUMENT '<rows><row id="1"><n>a</n></row></rows>') COLUMNS id int PATH '@id', n text PATH 'n' DEFAULT '-', nr FOR ORDINALITY) AS t

# distinct on, lateral, grouping, windows

SELECT DISTINCT ON (customer_id) customer_id, id, total FROM orders ORDER BY customer_id, placed_at DESC

SELECT c.name, o.id FROM customer c CROSS JOIN LATERAL (SELECT id FROM orders WHERE customer_id = c.id ORDER BY placed_at DESC LIMIT 1) o

SELECT c.name, o.cnt FROM customer c LEFT JOIN LATERAL (SELECT count(*) AS cnt FROM orders WHERE customer_id = c.id) o ON TRUE

SELECT country, active, count(*) FROM customer GROUP BY GROUPING SETS ((country), (active), ())

SELECT country, active, count(*), grouping(country, active) FROM customer GROUP BY ROLLUP (country, active)

SELECT country, active, count(*) FROM customer GROUP BY CUBE (country, active) ORDER BY 1 NULLS FIRST

SELECT state, count(*) FROM orders GROUP BY DISTINCT ROLLUP (state), CUBE (state)

SELECT id, sum(total) OVER (ORDER BY placed_at RANGE BETWEEN interval '1 day' PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM orders

SELECT count(*) FILTER (WHERE total > 10) OVER w, sum(total) OVER (w ROWS UNBOUNDED PRECEDING) FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY id)

SELECT * FROM orders TABLESAMPLE SYSTEM (10) REPEATABLE (1)

SELECT o.* FROM orders o WHERE (o.placed_at, o.id) < (TIMESTAMP '2026-05-02 12:00:00', 10) ORDER BY o.placed_at DESC, o.id DESC LIMIT 20

SELECT width_bucket(total, 0, 200, 4) AS bucket, count(*) FROM orders GROUP BY bucket ORDER BY bucket

SELECT id FROM orders LIMIT ALL OFFSET 0

SELECT id FROM orders LIMIT (SELECT 2) OFFSET 1 ROWS

SELECT FROM orders WHERE id = 1

SELECT ALL id FROM ONLY orders WHERE id = 1

SELECT customer FROM customer

SELECT (c).name, (c.*)::text, c IS NULL FROM customer c

SELECT count(*) FROM (SELECT 1 FROM orders)

SELECT x FROM generate_series(1, 10, 2) x WHERE x % 3 = 0

SELECT n, chr(64 + n) FROM generate_series(1, 26) AS s (n)

SELECT random(), gen_random_uuid(), uuidv7(), random(1, 10), setseed(0.5)

SELECT num_nulls(name, email, country), num_nonnulls(1, NULL), pg_typeof(balance) FROM customer

SELECT any_value(name), string_agg(DISTINCT country, '/' ORDER BY country), count(*) FILTER (WHERE active) FROM customer

SELECT rank(50) WITHIN GROUP (ORDER BY total), percentile_cont(ARRAY[0.25, 0.5]) WITHIN GROUP (ORDER BY total) FROM orders

SELECT name FROM customer ORDER BY CASE country WHEN 'US' THEN 0 ELSE 1 END, name COLLATE "C", random()

SELECT id FROM orders WHERE state IN ('new', 'paid') AND (note IS NULL) IS NOT TRUE AND total NOTNULL AND note ISNULL

SELECT id FROM orders WHERE total BETWEEN SYMMETRIC 100 AND 1

SELECT 5 <> 4, 5 != 4, NOT 5 = 4, 1 <@ int4range(0, 2)

SELECT id, total FROM orders ORDER BY total USING >, id LIMIT 3

SELECT o.id, c FROM orders o JOIN customer c ON o.customer_id = c.id AND c.active

SELECT * FROM orders o JOIN customer c USING (id) AS j WHERE j.id > 0

SELECT * FROM customer c FULL JOIN orders o ON o.customer_id = c.id WHERE c.id IS NULL OR o.id IS NULL

# common table expressions

WITH moved AS (DELETE FROM orders WHERE state = 'shipped' RETURNING id, customer_id, state, total, placed_at) INSERT INTO archived_order (id, customer_id, state, total, placed_at) SELECT * FROM moved

WITH fresh AS (INSERT INTO customer (name, email) VALUES ('Barbara', 'b@example.org') RETURNING id) INSERT INTO orders (customer_id, total) SELECT id, 1 FROM fresh RETURNING id

WITH touched AS (UPDATE product SET stock = stock + 1 WHERE id = 1 RETURNING *) SELECT t.name, t.stock FROM touched t

WITH next_job AS MATERIALIZED (SELECT id FROM job WHERE state = 'ready' ORDER BY run_at FOR UPDATE SKIP LOCKED LIMIT 1) UPDATE job j SET state = 'running', locked_by = 'me' FROM next_job WHERE j.id = next_job.id RETURNING j.*

WITH source AS (WITH payload AS (SELECT '[{"sku":"P-9","name":"Pin"}]'::json AS json_data), body AS (SELECT CASE WHEN json_typeof(json_data) = 'array' THEN json_data ELSE json_build_array(json_data) END AS val FROM payload) INSERT INTO "public"."product" ("sku", "name") SELECT body."sku", body."name" FROM json_populate_recordset(null::"public"."product", (SELECT val FROM body)) body RETURNING "public"."product".*) SELECT '' AS total_result_set, pg_catalog.count(t) AS page_total, coalesce(json_agg(t), '[]') AS body FROM (SELECT "product".* FROM "source" AS "product") t

WITH source AS (WITH payload AS (SELECT 1 AS id, 7 AS stock) UPDATE product SET stock = payload.stock FROM payload WHERE product.id = payload.id RETURNING product.*) SELECT s.name, c.name FROM source s JOIN customer c ON c.id = s.id

WITH outdated AS (SELECT id FROM orders WHERE state = 'shipped'), gone AS (WITH late AS (SELECT id FROM outdated) DELETE FROM order_item USING late WHERE order_item.order_id = late.id RETURNING order_item.*) INSERT INTO stock_movement (product_id, quantity) SELECT product_id, quantity FROM gone

WITH a AS NOT MATERIALIZED (SELECT * FROM orders), b (x) AS (VALUES (1), (2)) SELECT count(*) FROM a, b

WITH RECURSIVE chain AS (SELECT id, manager_id, ARRAY[id] AS path FROM employee WHERE id = 4 UNION SELECT e.id, e.manager_id, c.path || e.id FROM employee e JOIN chain c ON e.id = c.manager_id) SELECT * FROM chain

WITH RECURSIVE t AS (SELECT id, manager_id FROM employee WHERE manager_id IS NULL UNION ALL SELECT e.id, e.manager_id FROM employee e JOIN t ON e.manager_id = t.id) SEARCH DEPTH FIRST BY id SET ordering CYCLE id SET is_cycle USING path SELECT * FROM t ORDER BY ordering

WITH source AS (SELECT 1 AS id, 'x' AS note) UPDATE orders SET note = source.note FROM source WHERE orders.id = source.id

WITH gone AS (SELECT id FROM orders WHERE total < 0) DELETE FROM order_item USING gone WHERE order_item.order_id = gone.id

WITH upserted AS (INSERT INTO product (sku, name) VALUES ('A-1', 'Anvil 2') ON CONFLICT (sku) DO UPDATE SET name = excluded.name RETURNING (xmax = 0) AS inserted) SELECT count(*) FILTER (WHERE inserted) FROM upserted

WITH x AS (WITH y AS (SELECT id FROM customer) SELECT id FROM y) SELECT * FROM x

# upserts

INSERT INTO product (sku, name, stock) VALUES ('A-1', 'Anvil', 1) ON CONFLICT (sku) DO UPDATE SET stock = product.stock + EXCLUDED.stock, name = EXCLUDED.name

INSERT INTO product (sku, name) VALUES ('A-1', 'Anvil'), ('N-1', 'Nail') ON CONFLICT DO NOTHING

INSERT INTO product AS p (sku, stock) VALUES ('A-1', 1) ON CONFLICT ON CONSTRAINT product_sku_key DO UPDATE SET (stock, name) = (p.stock + 1, 'again') WHERE p.stock < 100 RETURNING id, stock

INSERT INTO setting ("user", key, value) VALUES ('ada', 'theme', 'light') ON CONFLICT ("user", key) DO UPDATE SET value = excluded.value WHERE setting.value IS DISTINCT FROM excluded.value

INSERT INTO report.monthly (month, total) SELECT date_trunc('month', placed_at)::date, sum(total) FROM orders GROUP BY 1 ON CONFLICT (month) DO UPDATE SET total = excluded.total, refreshed = now()

@ 'A-1', 'x', 5
INSERT INTO product (sku, name, stock) VALUES (?, ?, ?) ON CONFLICT (sku) DO UPDATE SET name = excluded.name, stock = excluded.stock RETURNING id

@ text['p','q'], int[1,2]
INSERT INTO product (sku, stock) SELECT * FROM unnest(?::text[], ?::int[]) ON CONFLICT (sku) DO NOTHING

INSERT INTO orders (id, customer_id) OVERRIDING SYSTEM VALUE VALUES (900, 1)

INSERT INTO orders DEFAULT VALUES RETURNING id

INSERT INTO customer (name, email) VALUES ('R', 'r@example.org') RETURNING id AS new_id, created_at, lower(name), (SELECT count(*) FROM orders)

INSERT INTO stock_movement (product_id, quantity) VALUES (1, (SELECT -stock FROM product WHERE id = 1)), (2, 1) RETURNING *

INSERT INTO measurement VALUES (1, '2026-05-01', 20)

INSERT INTO customer (name) (SELECT name FROM employee EXCEPT SELECT name FROM customer)

INSERT INTO customer (name) WITH e AS (SELECT name FROM employee) SELECT name FROM e

MERGE INTO archived_order a USING orders o ON a.id = o.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY TARGET THEN INSERT (id) VALUES (o.id) WHEN NOT MATCHED BY SOURCE THEN UPDATE SET state = 'orphan' RETURNING merge_action(), a.id

# updates and deletes

UPDATE orders o SET total = s.amount FROM (SELECT order_id, sum(quantity * price) AS amount FROM order_item GROUP BY order_id) s WHERE s.order_id = o.id AND o.total IS DISTINCT FROM s.amount

UPDATE orders SET note = v.note FROM (VALUES (1, 'one'), (2, 'two')) AS v (id, note) WHERE v.id = orders.id

UPDATE ONLY customer SET name = initcap(name) WHERE name <> initcap(name) RETURNING old.name, new.name

UPDATE customer c SET (name, email) = (SELECT upper(x.name), x.email FROM customer x WHERE x.id = c.id), balance = DEFAULT WHERE c.id = 1

UPDATE job SET state = 'running', locked_by = 'me', attempts = attempts + 1 WHERE id IN (SELECT id FROM job WHERE state = 'ready' AND run_at <= now() ORDER BY run_at LIMIT 10 FOR UPDATE SKIP LOCKED) RETURNING id, payload

UPDATE product SET price = price * 1.1 WHERE category IS NULL OR category ~ '^h'

UPDATE setting SET "delete" = TRUE, "update" = FALSE, "insert" = 1, "select" = 2, "from" = 3, "order" = "order" + 1 WHERE setting."delete" IS NOT TRUE

UPDATE setting SET value = 'x', name = 'y', type = 'z', level = 3, comment = 'c', date = now(), timestamp = now() WHERE key = 'theme' AND "user" = 'ada'

DELETE FROM job WHERE id = (SELECT id FROM job WHERE state = 'ready' ORDER BY run_at FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id, payload

DELETE FROM job USING (SELECT id FROM job WHERE queue = 'mail' LIMIT 1 FOR UPDATE SKIP LOCKED) q WHERE q.id = job.id RETURNING job.*

DELETE FROM order_item i USING orders o, customer c WHERE o.id = i.order_id AND c.id = o.customer_id AND c.active = FALSE

DELETE FROM reading a USING reading b WHERE a.ctid < b.ctid AND a.sensor = b.sensor AND a.taken_at = b.taken_at

DELETE FROM "Mixed Case" WHERE "Id" = 1 AND "semi;colon" = 'a;b'

TRUNCATE stock_movement, reading RESTART IDENTITY

TRUNCATE TABLE ONLY daily_total CONTINUE IDENTITY RESTRICT

# locks and sessions

SELECT id FROM orders WHERE id = 1 FOR NO KEY UPDATE OF orders NOWAIT

SELECT o.id FROM orders o JOIN customer c ON c.id = o.customer_id FOR UPDATE OF o SKIP LOCKED

SELECT id FROM customer WHERE id = 1 FOR KEY SHARE

SELECT id FROM customer WHERE id = 1 FOR SHARE

SELECT pg_advisory_xact_lock(42), pg_try_advisory_xact_lock(1, 2), pg_advisory_xact_lock(hashtext('orders'))

SELECT pg_try_advisory_lock(7), pg_advisory_unlock(7)

LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE NOWAIT

SET LOCAL statement_timeout = '5s'

SET lock_timeout TO 2000

SET application_name = 'shop; DELETE FROM x'

SET TIME ZONE 'UTC'

SET LOCAL work_mem = '64MB'

SHOW statement_timeout

SHOW TRANSACTION ISOLATION LEVEL

SHOW ALL

RESET statement_timeout

SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE

SET CONSTRAINTS ALL DEFERRED

SELECT set_config('application_name', 'reports', TRUE), current_setting('server_version_num')::int, current_setting('app.tenant', TRUE)

SELECT current_user, session_user, current_schema, current_database(), version(), pg_backend_pid(), inet_server_addr(), txid_current()

SAVEPOINT before

LISTEN events

NOTIFY events, 'order 1'

SELECT pg_notify('events', 'order ' || id) FROM orders WHERE id = 1

UNLISTEN *

ANALYZE orders

ANALYZE orders (state, total)

EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM orders WHERE id = 1

EXPLAIN VERBOSE UPDATE orders SET note = 'x' WHERE id = 1

DECLARE c CURSOR FOR SELECT * FROM orders

# tables in reports

CREATE TEMP TABLE hot AS SELECT * FROM orders WHERE total > 50

CREATE TEMPORARY TABLE IF NOT EXISTS staging (id int PRIMARY KEY, payload jsonb) ON COMMIT DROP

SELECT id, total INTO TEMP cold FROM orders WHERE total < 50

SELECT customer_id, sum(total) AS total INTO UNLOGGED customer_total FROM orders GROUP BY customer_id

CREATE UNLOGGED TABLE IF NOT EXISTS order_snapshot AS TABLE orders WITH NO DATA

CREATE TABLE shape (LIKE orders INCLUDING ALL EXCLUDING CONSTRAINTS)

REFRESH MATERIALIZED VIEW order_stats

# migrations

CREATE TABLE IF NOT EXISTS coupon (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), code text NOT NULL UNIQUE, percent smallint CHECK (percent > 0), valid tstzrange, data jsonb NOT NULL DEFAULT '{}'::jsonb, created_at timestamptz NOT NULL DEFAULT now(), total numeric GENERATED ALWAYS AS (percent * 2) STORED, EXCLUDE USING gist (valid WITH &&))

CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 10), order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, body text COLLATE "C", CONSTRAINT note_key PRIMARY KEY (id) INCLUDE (order_id)) WITH (fillfactor = 70)

CREATE INDEX idx_orders_state ON orders USING btree (state text_pattern_ops, placed_at DESC NULLS LAST) INCLUDE (total) WITH (fillfactor = 80) WHERE state <> 'done'

CREATE UNIQUE INDEX IF NOT EXISTS idx_customer_email ON customer (lower(email)) NULLS NOT DISTINCT

CREATE INDEX idx_doc ON document USING gin (data jsonb_path_ops, tags)

CREATE INDEX ON document USING gin (to_tsvector('english', title))

ALTER TABLE orders ADD COLUMN channel text DEFAULT 'web' NOT NULL, ADD COLUMN IF NOT EXISTS ref uuid DEFAULT gen_random_uuid()

ALTER TABLE orders ADD COLUMN tax numeric GENERATED ALWAYS AS (total * 0.19) STORED

ALTER TABLE orders ALTER COLUMN note TYPE text USING trim(note), ALTER note SET DEFAULT '', ALTER note SET STATISTICS 500

ALTER TABLE product ALTER COLUMN category TYPE varchar(40), ALTER COLUMN sku SET NOT NULL

ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total >= 0) NOT VALID

ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customer MATCH SIMPLE ON UPDATE CASCADE ON DELETE RESTRICT DEFERRABLE

ALTER TABLE orders RENAME COLUMN note TO remark

ALTER TABLE IF EXISTS orders RENAME CONSTRAINT orders_pkey TO orders_key

ALTER TABLE orders SET (fillfactor = 90, autovacuum_enabled = false)

ALTER TABLE orders CLUSTER ON orders_pkey

ALTER TABLE orders OWNER TO CURRENT_USER

ALTER TABLE orders DROP COLUMN IF EXISTS nothing CASCADE

ALTER TABLE orders DROP CONSTRAINT IF EXISTS nothing

ALTER TABLE orders REPLICA IDENTITY FULL

ALTER TABLE product ADD UNIQUE (name, category), ADD CHECK (stock >= 0), ALTER stock SET DEFAULT 1

ALTER TABLE product ADD CONSTRAINT product_name UNIQUE NULLS NOT DISTINCT (name)

ALTER INDEX orders_pkey RENAME TO orders_id

ALTER SEQUENCE invoice_numbers INCREMENT BY 10 OWNED BY NONE

ALTER VIEW open_order RENAME TO opened

CREATE VIEW us_customer AS SELECT * FROM customer WHERE country = 'US' WITH LOCAL CHECK OPTION

CREATE OR REPLACE VIEW rich WITH (security_barrier) AS SELECT id, name FROM customer WHERE balance > 0

CREATE RECURSIVE VIEW org (id, depth) AS SELECT id, 0 FROM employee WHERE manager_id IS NULL UNION ALL SELECT e.id, o.depth + 1 FROM employee e JOIN org o ON o.id = e.manager_id

CREATE MATERIALIZED VIEW IF NOT EXISTS top_customer AS SELECT customer_id, sum(total) FROM orders GROUP BY 1 WITH NO DATA

DROP MATERIALIZED VIEW IF EXISTS order_stats

DROP INDEX IF EXISTS nothing

DROP VIEW open_order CASCADE

CREATE TABLE measurement_2027 PARTITION OF measurement FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')

CREATE TABLE hashed (id int, region text) PARTITION BY HASH (id)

CREATE TABLE child_note (extra text) INHERITS (stock_movement)

DROP TABLE IF EXISTS payment, reading CASCADE

CREATE SEQUENCE order_numbers AS bigint START 1 OWNED BY orders.id

COMMENT ON TABLE orders IS 'what was bought; DROP TABLE x'

COMMENT ON COLUMN orders.total IS NULL

COMMENT ON VIEW open_order IS 'not yet shipped'

COMMENT ON INDEX orders_pkey IS 'key'

COMMENT ON CONSTRAINT orders_pkey ON orders IS 'key'

# names that look like words of SQL

SELECT s.key, s.value, s.name, s.type, s.level, s.comment, s.date, s.timestamp, s."order", s."user" FROM setting s WHERE s.key = 'theme' AND value <> 'x'

SELECT s."delete", s."update", s."insert", s."select", s."from", s."table" FROM setting s ORDER BY "order"

SELECT "Id", "some column", "semi;colon" FROM "Mixed Case" WHERE "some column" = '"'

SELECT name, value FROM setting WHERE type = 'text' AND comment IS NULL GROUP BY name, value

INSERT INTO setting ("user", key, value, date, timestamp, "delete") VALUES ('grace', 'theme', 'dark', CURRENT_DATE, now(), FALSE)

SELECT id AS value, state AS key, total AS date, note AS type FROM orders

SELECT 1 AS "DELETE", 2 AS "x; DROP TABLE orders", 3 "Ünïcode €"

SELECT replace(value, 'a', 'b'), trunc(level), left(name, 2), date(timestamp), extract(year FROM timestamp), position('a' in value), overlay(key placing 'x' from 1) FROM setting

SELECT row_number() OVER () AS row, rank() OVER (ORDER BY level) AS rank, key AS partition FROM setting

SELECT public.setting.key, pg_catalog.now(), pg_catalog.upper(setting.value) FROM public.setting

# comments

SELECT id /* outer /* nested */ still comment */ FROM orders

SELECT id FROM orders -- trailing; DELETE FROM orders

SELECT id -- a ? in a comment, and a ' quote
FROM orders /* and ? here; "too */ WHERE id > 0

/*+ SeqScan(orders) */ SELECT id FROM orders;

/* traceparent='00-1-2-01' */ UPDATE orders SET note = 'c' /* why */ WHERE id = 1 -- done

# what administrators ask

SELECT pid, usename, state, query, now() - query_start AS since FROM pg_stat_activity WHERE state <> 'idle' ORDER BY since DESC

SELECT l.pid, l.mode, l.granted, c.relname FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation WHERE NOT l.granted

SELECT blocked.pid, pg_blocking_pids(blocked.pid) FROM pg_stat_activity blocked WHERE cardinality(pg_blocking_pids(blocked.pid)) > 0

SELECT relname, n_live_tup, n_dead_tup, last_autovacuum FROM pg_stat_user_tables ORDER BY n_dead_tup DESC

SELECT relname, pg_size_pretty(pg_total_relation_size(oid)), pg_relation_size(oid), pg_indexes_size(oid) FROM pg_class WHERE relkind = 'r' ORDER BY pg_total_relation_size(oid) DESC LIMIT 5

SELECT indexrelname, idx_scan, pg_size_pretty(pg_relation_size(indexrelid)) FROM pg_stat_user_indexes WHERE idx_scan = 0

SELECT schemaname, tablename, indexname, indexdef FROM pg_indexes WHERE tablename = 'orders'

SELECT name, setting, unit, context FROM pg_settings WHERE name LIKE '%work_mem%'

SELECT datname, pg_database_size(datname), age(datfrozenxid) FROM pg_database

SELECT sum(heap_blks_hit) / nullif(sum(heap_blks_hit) + sum(heap_blks_read), 0)::numeric FROM pg_statio_user_tables

SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = 'public.orders'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum

SELECT conname, contype, pg_get_constraintdef(oid, TRUE) FROM pg_constraint WHERE conrelid = 'orders'::regclass

SELECT n.nspname, c.relname, CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' END, pg_get_userbyid(c.relowner), obj_description(c.oid, 'pg_class') FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'm') AND n.nspname !~ '^pg_toast' AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1, 2

SELECT c.relname, i.indisprimary, i.indisunique, pg_get_indexdef(i.indexrelid, 0, TRUE) FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE i.indrelid = 'orders'::regclass

SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal

SELECT p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), l.lanname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace = 'public'::regnamespace

SELECT t.typname, e.enumlabel FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid ORDER BY e.enumsortorder

SELECT inhrelid::regclass AS child, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = 'measurement'::regclass

SELECT grantee, privilege_type FROM information_schema.role_table_grants WHERE table_name = 'orders'

SELECT rolname, rolsuper, rolcanlogin FROM pg_roles

SELECT extname, extversion FROM pg_extension

SELECT has_table_privilege('orders', 'SELECT'), has_schema_privilege('public', 'USAGE'), pg_get_serial_sequence('document', 'id'), col_description('orders'::regclass, 1)

SELECT pg_is_in_recovery(), pg_postmaster_start_time(), pg_conf_load_time(), pg_current_wal_lsn()

SELECT last_value, is_called FROM invoice_numbers

SELECT relname, reltuples::bigint FROM pg_class WHERE oid = 'orders'::regclass

SELECT * FROM pg_prepared_statements

SELECT * FROM pg_available_extensions WHERE name = 'pgcrypto'

SELECT currval('invoice_numbers') FROM (SELECT nextval('invoice_numbers')) x

SELECT lastval() FROM (SELECT nextval('invoice_numbers'::regclass)) x

SELECT 'a' || 1, 'a' || NULL, NULL::text || 'x', 1 || 'b'

SELECT id, CASE WHEN EXISTS (SELECT FROM payment p WHERE p.order_id = o.id) THEN 'paid' END FROM orders o

SELECT max(total) FILTER (WHERE state = 'new') - min(total) FROM orders HAVING count(*) > 0

SELECT t.* FROM (SELECT 1 AS a UNION ALL SELECT 2) AS t (b) ORDER BY b FETCH FIRST 1 ROWS WITH TIES

VALUES (1), (2) ORDER BY 1 DESC LIMIT 1

TABLE orders ORDER BY id LIMIT 1

(VALUES (1, 'one')) UNION ALL SELECT 2, 'two'

SELECT * FROM (TABLE product) p WHERE p.id = 1

SELECT to_char(1234.5, 'FM999,999.00'), to_number('1,234', '9,999'), to_hex(255), ascii('a'), chr(97), lpad('7', 3, '0')

SELECT bit_and(version), bit_or(version), bit_xor(version), count(DISTINCT (state, note)) FROM orders

SELECT cast(id AS text) COLLATE "C" < 'b' AND id::text COLLATE "C" >= '' FROM orders

SELECT extract(isodow FROM placed_at), extract(quarter FROM placed_at), extract(century FROM placed_at), extract(timezone FROM now()) FROM orders

SELECT xmlelement(name customer, xmlattributes(c.id AS id), xmlforest(c.name, c.email)), xmlagg(xmlelement(name x, c.id)) FROM customer c GROUP BY c.id

SELECT id FROM orders WHERE total OPERATOR(pg_catalog.>) 10

MERGE INTO product AS p USING (SELECT product_id, sum(quantity) AS sold FROM order_item GROUP BY product_id) s ON p.id = s.product_id WHEN MATCHED AND p.stock < s.sold THEN UPDATE SET stock = 0 WHEN MATCHED THEN UPDATE SET stock = p.stock - s.sold WHEN NOT MATCHED THEN DO NOTHING

# names that are keywords elsewhere

@ 'x', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'
UPDATE device SET note = ? WHERE uuid = ?::uuid

@ text['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12']
DELETE FROM device WHERE uuid = ANY (CAST(? AS uuid[]))

@ 8, 7, 'x'
UPDATE device SET number = ? WHERE number = ? AND note = ?

UPDATE device SET settings = settings || '[1]'::jsonb, map = uuid::text, values = between + precision WHERE id = 1 AND uuid IS NOT NULL RETURNING settings, by, current

UPDATE device SET settings[0] = '5', uuid = gen_random_uuid() WHERE force AND id IN (SELECT number FROM device)

WITH x AS (SELECT id FROM device WHERE uuid IN (SELECT uuid FROM value v) FOR UPDATE) UPDATE device SET note = 'y' FROM x WHERE x.id = device.id

INSERT INTO device (id, uuid, settings) VALUES (2, gen_random_uuid(), '[]') ON CONFLICT (uuid) DO UPDATE SET settings = EXCLUDED.settings WHERE device.number > 1

DELETE FROM device AS number USING value current WHERE number.uuid = current.uuid AND current.note = 'x'

SELECT map, between, by AS precision FROM device WHERE values BETWEEN precision AND between OR lower(map) = 'x' ORDER BY by
