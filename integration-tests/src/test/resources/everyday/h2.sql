# literals and casts

SELECT 1, 1.5, 1e3, 0x1F, 0b101, 0o17, 1_000, X'0102', 'it''s', U&'d\0061ta', N'national', $$dollar 'quoted' ; -- text$$

SELECT CAST(id AS VARCHAR), id::VARCHAR, CONVERT(id, VARCHAR), CAST('10' AS INT) + 1 FROM orders

SELECT DATE '2026-05-01', TIMESTAMP '2026-05-01 10:00:00+02', INTERVAL '1' DAY, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 02:03:04' DAY TO SECOND, UUID '12345678-1234-1234-1234-123456789abc', JSON '{"a": 1}'

SELECT ARRAY[1, 2, 3], ARRAY[1, 2, 3][2], ROW(1, 'a'), (1, 2), TRUE, UNKNOWN, NULL

SELECT 1 <> 2, 1 != 2, 5 % 2, 'a' || 1, NOT TRUE, 1 = 1 AND 2 = 2 OR 3 = 4

SELECT BITAND(5, 3), BITOR(5, 3), BITXOR(5, 3), LSHIFT(1, 2), RSHIFT(8, 1), BITCOUNT(7)

# functions

SELECT CURRENT_TIMESTAMP(), NOW(), CURDATE(), CURTIME(), LOCALTIME

SELECT DATEADD('DAY', 1, placed_at), DATEADD(DAY, -7, CURRENT_DATE), DATEDIFF('HOUR', placed_at, NOW()), TIMESTAMPADD(MINUTE, 5, placed_at), TIMESTAMPDIFF(DAY, placed_at, NOW()) FROM orders

SELECT YEAR(placed_at), MONTH(placed_at), DAY_OF_MONTH(placed_at), HOUR(placed_at), MINUTE(placed_at), SECOND(placed_at), DAYNAME(placed_at), MONTHNAME(placed_at), QUARTER(placed_at), WEEK(placed_at), DAY_OF_WEEK(placed_at), DAY_OF_YEAR(placed_at), ISO_WEEK(placed_at) FROM orders

SELECT FORMATDATETIME(placed_at, 'yyyy-MM-dd HH:mm'), PARSEDATETIME('01.05.2026', 'dd.MM.yyyy'), TO_CHAR(placed_at, 'YYYY-MM-DD') FROM orders

SELECT EXTRACT(EPOCH FROM placed_at), EXTRACT(ISO_DAY_OF_WEEK FROM placed_at), EXTRACT(QUARTER FROM placed_at), DATE_TRUNC('WEEK', placed_at), LAST_DAY(placed_at) FROM orders

SELECT IFNULL(note, '-'), NVL(note, '-'), NVL2(note, 1, 0), DECODE(state, 'new', 1, 'paid', 2, 0), CASEWHEN(total > 10, 'a', 'b'), NULLIF(state, 'new') FROM orders

SELECT INSTR(name, 'a'), LOCATE('a', name), INSERT(name, 1, 1, 'X'), REGEXP_REPLACE(name, '[aeiou]', '*'), REGEXP_LIKE(name, '^A'), REGEXP_SUBSTR(email, '@.*'), SOUNDEX(name), SPACE(3), TRANSLATE(name, 'abc', 'xyz'), HEXTORAW('0041'), RAWTOHEX(name) FROM customer

SELECT TRUNCATE(total, 1), ROUND(total), TRUNC(total), RAND(), RANDOM_UUID(), SECURE_RAND(8), HASH('SHA256', STRINGTOUTF8(note)), PI(), RADIANS(180), ATAN2(1, 1) FROM orders

SELECT name FROM customer WHERE name REGEXP '^A' AND name NOT REGEXP 'z$' AND name ILIKE 'a%'

SELECT LENGTH(body), OCTET_LENGTH(photo), SUBSTRING(body, 1, 5), UPPER(title), body || title FROM document

SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name), GROUP_CONCAT(name ORDER BY id SEPARATOR ';'), STRING_AGG(name, ','), LISTAGG(DISTINCT country, '/') FROM customer

SELECT ARRAY_AGG(id ORDER BY id DESC) FILTER (WHERE active), ANY_VALUE(name), BIT_AND_AGG(id), BIT_OR_AGG(id), MEDIAN(balance), COUNT(*) FILTER (WHERE active) FROM customer

SELECT CARDINALITY(tags), ARRAY_CONTAINS(tags, 'x'), ARRAY_APPEND(tags, 'z'), ARRAY_CAT(tags, ARRAY['q']), ARRAY_SLICE(tags, 1, 1), ARRAY_GET(tags, 1), TRIM_ARRAY(tags, 0) FROM document WHERE id = 1

SELECT JSON_OBJECT('id': id, 'name': name ABSENT ON NULL), JSON_ARRAY(1, 'a', NULL NULL ON NULL), JSON_OBJECT(KEY 'a' VALUE 1) FROM customer

SELECT JSON_ARRAYAGG(JSON_OBJECT('id': id) ORDER BY id), JSON_OBJECTAGG(name: id) FROM customer

SELECT JSON_ARRAY((SELECT id FROM orders)), (data)."a", (data)."b"[1], data IS JSON OBJECT FROM document

SELECT XMLNODE('a', XMLATTR('href', 'http://h2'), 'text'), XMLTEXT('<>'), XMLCOMMENT('x'), XMLSTARTDOC()

SELECT H2VERSION(), DATABASE(), SCHEMA(), USER(), CURRENT_CATALOG, CURRENT_SCHEMA, CURRENT_ROLE, SESSION_ID(), LOCK_MODE(), MEMORY_USED(), DATABASE_PATH(), AUTOCOMMIT()

SELECT * FROM UNNEST(ARRAY[1, 2, 3]) AS t (n)

SELECT * FROM UNNEST(ARRAY['a', 'b']) WITH ORDINALITY AS t (letter, nr)

SELECT x FROM SYSTEM_RANGE(1, 10) WHERE MOD(x, 2) = 0

SELECT * FROM TABLE(id INT = (1, 2), name VARCHAR = ('a', 'b')) t

SELECT c.* FROM TABLE(id BIGINT = ARRAY[1, 2]) t JOIN customer c ON c.id = t.id

@ int[1,2]
SELECT * FROM customer WHERE id = ANY (?)

@ int[1,2]
SELECT * FROM customer WHERE ARRAY_CONTAINS(?, id)

@ bigint[1,2]
SELECT c.* FROM TABLE(x BIGINT = ?) t INNER JOIN customer c ON t.x = c.id

SELECT * FROM customer WHERE id = ANY (ARRAY[1, 2]) OR id IN (SELECT * FROM UNNEST(ARRAY[3, 4]))

@ 1
SELECT * FROM customer WHERE id = ?1 OR referred_by = ?1

# shapes of queries

SELECT TOP 2 * FROM customer

SELECT DISTINCT ON (customer_id) customer_id, id, placed_at FROM orders ORDER BY customer_id, placed_at DESC

SELECT id FROM orders LIMIT 2 OFFSET 1

SELECT id FROM orders OFFSET 1 ROWS FETCH NEXT 50 PERCENT ROWS ONLY

SELECT ROWNUM, id FROM orders WHERE ROWNUM <= 2

SELECT id, ROW_NUMBER() OVER () AS rn FROM orders QUALIFY rn <= 2

SELECT customer_id, id FROM orders QUALIFY ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY placed_at DESC) = 1

SELECT id, SUM(total) OVER (ORDER BY placed_at RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM orders

SELECT id, LAG(total) IGNORE NULLS OVER (ORDER BY id), NTH_VALUE(total, 2) FROM LAST OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), RATIO_TO_REPORT(total) OVER () FROM orders

SELECT RANK(50) WITHIN GROUP (ORDER BY total), PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY total DESC) FROM orders

SELECT * EXCEPT (note, version) FROM orders

SELECT o.* EXCEPT (note), c.name FROM orders o JOIN customer c ON c.id = o.customer_id

SELECT id FROM orders MINUS SELECT id FROM archived_order

SELECT * FROM customer ORDER BY country DESC NULLS FIRST, name

SELECT * FROM DUAL

SELECT 1 FROM DUAL WHERE 1 = 0

SELECT c.name, o.id FROM customer c LEFT OUTER JOIN (orders o INNER JOIN payment p ON p.order_id = o.id) ON o.customer_id = c.id

SELECT * FROM orders o WHERE (o.placed_at, o.id) < (TIMESTAMP '2026-05-02 12:00:00', 10) ORDER BY o.placed_at DESC, o.id DESC LIMIT 20

SELECT id FROM orders WHERE total BETWEEN SYMMETRIC 100 AND 1 OR total BETWEEN ASYMMETRIC 1 AND 100

SELECT id FROM orders WHERE UNIQUE (SELECT state FROM orders)

SELECT CASE WHEN total IN (1, 2) THEN 'x' END, CASE total WHEN < 10, > 100 THEN 'far' ELSE 'near' END FROM orders

SELECT id FROM customer WHERE name LIKE 'A%' ESCAPE '' AND email IS NOT NULL

SELECT _ROWID_, id FROM orders WHERE _ROWID_ > 0

SELECT PUBLIC.ORDERS.ID FROM PUBLIC.ORDERS

SELECT * FROM information_schema.settings WHERE setting_name = 'MODE'

SELECT id FROM orders o WHERE id IN (VALUES 1, 2)

VALUES 1, 2, 3

VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC

SELECT C1, C2 FROM (VALUES (1, 'a'))

TABLE orders LIMIT 1

SELECT * FROM (TABLE orders) t

WITH RECURSIVE r (n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r

WITH t (id, name) AS (VALUES (1, 'one')) SELECT t.name, o.id FROM t JOIN orders o ON o.id = t.id

WITH d AS (SELECT id FROM orders WHERE state = 'new') SELECT COUNT(*) FROM d

SELECT * FROM FINAL TABLE (INSERT INTO customer (name, email) VALUES ('F', 'f@example.org'))

SELECT id FROM FINAL TABLE (UPDATE product SET stock = stock + 1 WHERE id = 1) f

SELECT id, state FROM OLD TABLE (DELETE FROM job WHERE state = 'done')

SELECT id FROM NEW TABLE (UPDATE orders SET note = 'n' WHERE id = 1) n

SELECT id FROM FINAL TABLE (MERGE INTO product (id, sku, stock) KEY (id) VALUES (1, 'A-1', 9))

# writes

INSERT INTO customer SET name = 'By set', email = 'set@example.org'

INSERT INTO customer (name, email) DIRECT SELECT 'd' || id, 'd' || email FROM customer

INSERT INTO job DEFAULT VALUES

INSERT INTO customer (id, name) OVERRIDING SYSTEM VALUE VALUES (500, 'five hundred')

INSERT INTO stock_movement VALUES (1, 2, DEFAULT, 'x'), (2, 3, DEFAULT, NULL)

INSERT INTO archived_order (id) VALUES 1, 2

INSERT INTO archived_order (id, state) WITH t AS (SELECT id, state FROM orders) SELECT id, state FROM t

INSERT INTO document (title, data, tags, mood) VALUES ('third', '{"a": 2}' FORMAT JSON, ARRAY['q'], 'happy')

@ 't', '{"a": 1}'
INSERT INTO document (title, data) VALUES (?, ? FORMAT JSON)

INSERT INTO setting ("user", "key", "value", "date", "delete", "order") VALUES ('grace', 'theme', 'dark', CURRENT_DATE, FALSE, 1)

INSERT INTO report.monthly SELECT DATE_TRUNC('MONTH', CAST(placed_at AS DATE)), SUM(total), CURRENT_TIMESTAMP FROM orders GROUP BY DATE_TRUNC('MONTH', CAST(placed_at AS DATE))

MERGE INTO product (id, sku, name) KEY (id) VALUES (1, 'A-1', 'Anvil'), (9, 'I-9', 'Iron')

MERGE INTO product (id, sku, name) VALUES (1, 'A-1', 'Anvil again')

@ 1, 'A-1', 3
MERGE INTO product (id, sku, stock) KEY (id) VALUES (?, ?, ?)

MERGE INTO daily_total (on_day, total) KEY (on_day) SELECT CAST(placed_at AS DATE), SUM(total) FROM orders GROUP BY CAST(placed_at AS DATE)

MERGE INTO product AS p USING (SELECT 'A-1' AS sku, 5 AS quantity FROM DUAL) s ON (p.sku = s.sku) WHEN MATCHED THEN UPDATE SET p.stock = p.stock + s.quantity WHEN NOT MATCHED THEN INSERT (sku, stock) VALUES (s.sku, s.quantity)

@ 'A-1', 5
MERGE INTO product p USING (SELECT CAST(? AS VARCHAR) AS sku, CAST(? AS INT) AS quantity) s ON p.sku = s.sku WHEN MATCHED AND p.stock > 0 THEN UPDATE SET stock = s.quantity WHEN MATCHED THEN DELETE WHEN NOT MATCHED AND s.quantity > 0 THEN INSERT (sku, stock) VALUES (s.sku, s.quantity)

MERGE INTO job j USING (VALUES (1, 'done'), (99, 'new')) v (id, state) ON j.id = v.id WHEN MATCHED THEN UPDATE SET j.state = v.state WHEN NOT MATCHED THEN INSERT VALUES (v.id, 'q', v.state, NULL, 0, NULL, NULL)

UPDATE orders SET note = 'x' WHERE id = 1 LIMIT 1

UPDATE orders o SET o.note = 'aliased' WHERE o.id = 1

UPDATE orders SET (state, note) = (SELECT 'done', c.name FROM customer c WHERE c.id = orders.customer_id) WHERE id = 1

UPDATE orders SET (state, note) = ROW ('a', 'b') WHERE id = 2

UPDATE orders SET placed_at = DATEADD('DAY', 1, placed_at), note = CONCAT(IFNULL(note, ''), '!') WHERE placed_at < NOW()

UPDATE document SET tags = ARRAY_APPEND(tags, 'new'), mood = 'happy', data = JSON_OBJECT('a': 2) WHERE id = 1

UPDATE setting SET "delete" = TRUE, "update" = FALSE, "insert" = 1, "select" = 2, "from" = 3, "order" = 4 WHERE "delete" IS NOT TRUE

UPDATE setting SET "value" = 'x', name = 'y', type = 'z', level = 3, comment = 'c' WHERE "key" = 'theme' AND "user" = 'ada'

UPDATE "Mixed Case" SET "semi;colon" = 'a;b' WHERE "Id" = 1

UPDATE public.product p SET p.stock = DEFAULT WHERE p.sku LIKE 'A%'

UPDATE product SET price = price * 1.1, name = UPPER(name) WHERE id IN (SELECT product_id FROM order_item GROUP BY product_id HAVING COUNT(*) > 1)

DELETE FROM job WHERE state = 'done' LIMIT 100

DELETE FROM job WHERE id IN (SELECT id FROM job WHERE run_at < NOW() ORDER BY run_at LIMIT 1)

DELETE FROM payment FETCH FIRST 1 ROW ONLY

DELETE FROM public.payment p WHERE p.amount < 0

DELETE FROM order_item WHERE (order_id, line) IN ((1, 1), (1, 2))

DELETE FROM reading WHERE taken_at < DATEADD('DAY', -90, CURRENT_TIMESTAMP)

TRUNCATE TABLE stock_movement RESTART IDENTITY

TRUNCATE TABLE daily_total CONTINUE IDENTITY

# locks and sessions

SELECT * FROM orders WHERE id = 1 FOR UPDATE WAIT 1

SELECT id FROM job WHERE state = 'ready' FOR UPDATE SKIP LOCKED

SET LOCK_TIMEOUT 1000

SET QUERY_TIMEOUT 0

SET TIME ZONE 'UTC'

SET SCHEMA PUBLIC

SET @counter = 1

SELECT @counter, SET(@total, IFNULL(@total, 0) + total) FROM orders

SET SCHEMA_SEARCH_PATH PUBLIC

SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED

SET AUTOCOMMIT TRUE

SAVEPOINT before

CALL 1 + 1

CALL NEXT VALUE FOR invoice_numbers

CALL UPPER('x')

SELECT NEXT VALUE FOR invoice_numbers, CURRENT VALUE FOR invoice_numbers

SHOW TABLES

SHOW COLUMNS FROM orders

SHOW SCHEMAS

ANALYZE TABLE orders

EXPLAIN PLAN FOR SELECT * FROM orders WHERE id = 1

EXPLAIN ANALYZE SELECT * FROM orders WHERE id = 1

EXPLAIN UPDATE orders SET note = 'x' WHERE id = 1

# tables (kept)

CREATE TABLE IF NOT EXISTS coupon (id IDENTITY PRIMARY KEY, code VARCHAR(20) NOT NULL UNIQUE, percent TINYINT DEFAULT 10 CHECK (percent > 0), notes CLOB, photo BLOB(10K), data JSON, tags VARCHAR(10) ARRAY[5], price DECIMAL(10, 2), total DECIMAL(12, 2) GENERATED ALWAYS AS (price * 2), created TIMESTAMP(3) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, ref UUID DEFAULT RANDOM_UUID() NOT NULL, span INTERVAL DAY TO SECOND, flag BOOLEAN DEFAULT FALSE, geo GEOMETRY, raw VARBINARY(100), kind ENUM('a', 'b'))

CREATE CACHED TABLE coupon_use (id BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 10), coupon_id BIGINT NOT NULL, CONSTRAINT coupon_use_key PRIMARY KEY (id), CONSTRAINT coupon_use_coupon FOREIGN KEY (coupon_id) REFERENCES coupon (id) ON DELETE CASCADE ON UPDATE RESTRICT)

ALTER TABLE coupon ADD used INT DEFAULT 0 NOT NULL BEFORE notes

ALTER TABLE coupon ADD COLUMN (one INT, two INT)

ALTER TABLE coupon DROP COLUMN one, two

ALTER TABLE coupon ALTER COLUMN code VARCHAR(40)

ALTER TABLE coupon ALTER COLUMN code RENAME TO short_code

ALTER TABLE coupon ALTER COLUMN id RESTART WITH 1000

ALTER TABLE coupon ALTER COLUMN flag SET NOT NULL

ALTER TABLE coupon ALTER COLUMN notes SET INVISIBLE

ALTER TABLE coupon ALTER COLUMN notes SET VISIBLE

ALTER TABLE coupon ALTER COLUMN used SELECTIVITY 50

ALTER TABLE coupon ADD CONSTRAINT coupon_short UNIQUE (short_code, flag)

ALTER TABLE coupon RENAME CONSTRAINT coupon_short TO coupon_unique

ALTER TABLE coupon DROP CONSTRAINT coupon_unique

CREATE UNIQUE INDEX IF NOT EXISTS coupon_code ON coupon (short_code ASC NULLS LAST, flag DESC)

ALTER INDEX coupon_code RENAME TO coupon_by_code

DROP INDEX IF EXISTS coupon_by_code

CREATE OR REPLACE FORCE VIEW big_order (id, total) AS SELECT id, total FROM orders WHERE total > 50

ALTER VIEW big_order RECOMPILE

SELECT * FROM big_order

DROP VIEW IF EXISTS big_order CASCADE

CREATE LOCAL TEMPORARY TABLE hot AS SELECT * FROM orders WHERE total > 50

INSERT INTO hot SELECT * FROM orders WHERE id = 3

UPDATE hot SET note = 'hot'

SELECT * FROM hot

DROP TABLE hot

CREATE LOCAL TEMPORARY TABLE IF NOT EXISTS staging (id INT PRIMARY KEY, payload VARCHAR(100)) ON COMMIT DELETE ROWS

DROP TABLE IF EXISTS staging

CREATE MEMORY TABLE order_snapshot AS SELECT * FROM orders

DROP TABLE order_snapshot

CREATE SEQUENCE coupon_numbers AS BIGINT START WITH 1 INCREMENT BY 1 NO CACHE CYCLE

ALTER SEQUENCE IF EXISTS coupon_numbers RESTART

DROP SEQUENCE coupon_numbers

COMMENT ON TABLE coupon IS 'what customers cut out; DROP TABLE x'

COMMENT ON COLUMN coupon.percent IS NULL

DROP TABLE IF EXISTS coupon_use, coupon CASCADE

# names that look like words of SQL

SELECT s."key", s."value", s.name, s.type, s.level, s.comment, s."date", s."timestamp", s."order", s."user" FROM setting s WHERE s."key" = 'theme' AND "value" <> 'x'

SELECT s."delete", s."update", s."insert", s."select", s."from", s."table" FROM setting s ORDER BY "order"

SELECT "Id", "some column", "semi;colon" FROM "Mixed Case" WHERE "some column" = '"'

SELECT id AS "value", state AS "key", total AS amount, note AS type FROM orders

SELECT 1 AS "DELETE", 2 AS "x; DROP TABLE orders", 3 AS "Ünïcode €"

SELECT REPLACE("value", 'a', 'b'), TRUNCATE(level, 0), LEFT(name, 2), INSERT(name, 1, 0, 'delete') FROM setting

# comments

SELECT id // to the end of the line
FROM orders

SELECT id /* outer /* nested */ still comment */ FROM orders

SELECT id -- a ? in a comment, and a ' quote
FROM orders /* and ? here; "too */ WHERE id > 0

/* traceparent='00-1-2-01' */ UPDATE orders SET note = 'c' /* why */ WHERE id = 1 -- done

# what tools ask

SELECT table_schema, table_name, row_count_estimate FROM information_schema.tables WHERE table_schema = 'PUBLIC'

SELECT index_name, column_name, is_unique FROM information_schema.index_columns WHERE table_name = 'ORDERS'

SELECT * FROM information_schema.sessions

SELECT * FROM information_schema.locks

SELECT setting_value FROM information_schema.settings WHERE setting_name = 'info.VERSION'

SELECT user_name, is_admin FROM information_schema.users

SELECT trigger_name, event_object_table FROM information_schema.triggers

SELECT COUNT(*) FROM information_schema.in_doubt

SELECT constraint_name, check_clause FROM information_schema.check_constraints

SELECT DB_OBJECT_SQL('TABLE', 'PUBLIC', 'ORDERS')

SELECT id FROM orders WHERE id = 1; SELECT id FROM orders WHERE id = 2
