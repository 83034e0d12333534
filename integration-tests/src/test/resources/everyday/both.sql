# plain questions

SELECT * FROM customer

select id, name from customer where id = 1;

SELECT c.* FROM customer AS c WHERE c.active

SELECT id, name AS customer_name, upper(name) AS shout, length(email) FROM customer ORDER BY 3 DESC, id ASC

SELECT DISTINCT country FROM customer WHERE country IS NOT NULL ORDER BY country NULLS LAST

SELECT count(*), count(DISTINCT country), min(created_at), max(created_at), avg(balance), sum(balance) FROM customer

SELECT count(*) FROM orders WHERE state <> 'cancelled' AND NOT (total < 0 OR total IS NULL)

SELECT * FROM orders WHERE total BETWEEN 10 AND 200 AND placed_at NOT BETWEEN TIMESTAMP '2025-01-01 00:00:00' AND TIMESTAMP '2025-12-31 23:59:59'

SELECT * FROM customer WHERE name LIKE 'A%' OR email NOT LIKE '%@example.com' OR name LIKE '50!%' ESCAPE '!'

SELECT 1

SELECT 1 AS one, 'it''s' AS text, 1.5e3 AS many, -1 AS less, NULL AS nothing, TRUE AS yes

SELECT 2 + 3 * 4 - 10 / 5, 7 % 3, (1 + 2) * 3, 'a' || 'b' || 'c'

VALUES (1, 'a'), (2, 'b')

SELECT * FROM (VALUES (1, 'new'), (2, 'paid')) AS s (rank, state) JOIN orders o ON o.state = s.state

TABLE product

SELECT CURRENT_DATE, CURRENT_TIMESTAMP, LOCALTIMESTAMP, CURRENT_USER

@ 1
SELECT * FROM customer WHERE id = ?

@ 'Ada', 'GB', 10
SELECT * FROM customer WHERE name = ? AND country = ? ORDER BY id LIMIT ?

@ 10, 5
SELECT id FROM orders ORDER BY placed_at DESC, id DESC LIMIT ? OFFSET ?

@ 1, 2, 3
SELECT * FROM product WHERE id IN (?, ?, ?)

SELECT * FROM product ORDER BY price DESC FETCH FIRST 2 ROWS ONLY

SELECT * FROM product ORDER BY category FETCH FIRST 2 ROWS WITH TIES

SELECT * FROM product ORDER BY id OFFSET 1 ROW FETCH NEXT ROW ONLY

# conditions and expressions

SELECT id, CASE WHEN total > 50 THEN 'big' WHEN total > 10 THEN 'middle' ELSE 'small' END AS size FROM orders

SELECT CASE state WHEN 'new' THEN 1 WHEN 'paid' THEN 2 ELSE 3 END, count(*) FROM orders GROUP BY CASE state WHEN 'new' THEN 1 WHEN 'paid' THEN 2 ELSE 3 END

SELECT sum(CASE WHEN state = 'new' THEN 1 ELSE 0 END) AS fresh, sum(CASE WHEN state = 'paid' THEN total ELSE 0 END) AS paid FROM orders

SELECT count(*) FILTER (WHERE state = 'new') AS fresh, count(*) FILTER (WHERE state = 'paid') AS paid FROM orders

SELECT coalesce(note, 'none'), nullif(state, 'new'), greatest(total, 10), least(total, 10) FROM orders

SELECT CAST(total AS INTEGER), CAST(id AS VARCHAR(20)), CAST('2026-01-02' AS DATE), CAST(NULL AS BIGINT) FROM orders

SELECT * FROM customer WHERE referred_by IS NOT DISTINCT FROM 1

SELECT * FROM customer WHERE country IS DISTINCT FROM 'US'

SELECT * FROM customer WHERE active IS TRUE AND active IS NOT FALSE

SELECT * FROM customer WHERE (country, active) IN (('US', TRUE), ('GB', TRUE))

SELECT * FROM order_item WHERE (order_id, line) > (1, 1) ORDER BY order_id, line

SELECT * FROM orders WHERE customer_id = ANY (SELECT id FROM customer WHERE country = 'US')

SELECT * FROM orders WHERE total >= ALL (SELECT total FROM orders)

SELECT * FROM orders WHERE total > SOME (SELECT amount FROM payment)

SELECT substring(name FROM 1 FOR 2), position('a' IN name), trim(BOTH ' ' FROM name), trim(name), char_length(name) FROM customer

SELECT replace(name, 'a', 'b'), lower(name), concat(name, '-', country), lpad(country, 4, '.'), left(name, 1), right(name, 1) , repeat('x', 3) FROM customer

SELECT round(total, 1), floor(total), ceil(total), abs(total), mod(id, 2), power(2, 3), sqrt(16), sign(total), exp(1), ln(2) FROM orders

SELECT trunc(price), truncate_me FROM (SELECT price, price AS truncate_me FROM product) p

SELECT coalesce(sum(total), 0) AS total FROM orders WHERE customer_id = -1

SELECT (SELECT max(total) FROM orders) - (SELECT min(total) FROM orders) AS spread

SELECT EXISTS (SELECT 1 FROM orders WHERE state = 'new')

SELECT id FROM orders WHERE upper(state) = upper('New') AND length(trim(coalesce(note, ''))) = 0

SELECT name FROM customer WHERE lower(name) LIKE lower('%' || 'AD' || '%')

SELECT ((((1))))

# dates

SELECT * FROM orders WHERE placed_at >= CURRENT_TIMESTAMP - INTERVAL '30' DAY

SELECT placed_at + INTERVAL '1' HOUR, placed_at - INTERVAL '2' MONTH, CAST(placed_at AS DATE) FROM orders

SELECT EXTRACT(YEAR FROM placed_at), EXTRACT(MONTH FROM placed_at), EXTRACT(DAY FROM placed_at), EXTRACT(HOUR FROM placed_at), EXTRACT(DOW FROM placed_at) FROM orders

SELECT date_trunc('month', placed_at) AS in_month, sum(total) FROM orders GROUP BY date_trunc('month', placed_at) ORDER BY 1

SELECT CAST(placed_at AS DATE) AS on_date, count(*) FROM orders GROUP BY CAST(placed_at AS DATE) HAVING count(*) > 0 ORDER BY on_date

SELECT * FROM employee WHERE hired < DATE '2022-01-01'

SELECT DATE '2026-05-01', TIME '10:11:12', TIMESTAMP '2026-05-01 10:11:12.123456', TIMESTAMP WITH TIME ZONE '2026-05-01 10:11:12+02:00'

SELECT {d '2026-05-01'}, {t '10:11:12'}, {ts '2026-05-01 10:11:12'}

SELECT * FROM orders WHERE placed_at > {ts '2026-01-01 00:00:00'} AND state = {fn lcase('NEW')}

SELECT {fn ucase(name)}, {fn length(name)}, {fn concat(name, country)} FROM customer

SELECT name FROM customer WHERE name LIKE 'A|_%' {escape '|'}

SELECT * FROM {oj customer c LEFT OUTER JOIN orders o ON o.customer_id = c.id}

SELECT created_at AT TIME ZONE 'UTC' FROM customer

# joins

SELECT o.id, c.name FROM orders o JOIN customer c ON c.id = o.customer_id

SELECT o.id, c.name FROM orders o, customer c WHERE c.id = o.customer_id AND o.total > 0

SELECT c.name, o.id FROM customer c LEFT JOIN orders o ON o.customer_id = c.id AND o.state = 'new' WHERE o.id IS NULL

SELECT c.name, o.id FROM orders o RIGHT OUTER JOIN customer c ON o.customer_id = c.id

SELECT c.name, e.name FROM customer c CROSS JOIN employee e

SELECT p.name, i.quantity FROM product p INNER JOIN order_item i ON i.product_id = p.id INNER JOIN orders o ON o.id = i.order_id LEFT JOIN payment y ON y.order_id = o.id

SELECT o.state, a.archived_at FROM orders o JOIN archived_order a USING (id)

SELECT * FROM orders NATURAL JOIN archived_order

SELECT e.name, m.name AS manager FROM employee e LEFT JOIN employee m ON m.id = e.manager_id

SELECT c.name FROM customer c JOIN (orders o JOIN payment p ON p.order_id = o.id) ON o.customer_id = c.id

SELECT o.id FROM orders o JOIN (SELECT order_id, sum(amount) AS paid FROM payment GROUP BY order_id) p ON p.order_id = o.id WHERE p.paid >= o.total

SELECT c.name, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) AS orders FROM customer c ORDER BY orders DESC

SELECT * FROM customer c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id))

SELECT * FROM customer c WHERE NOT EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id)

SELECT * FROM customer WHERE id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL)

SELECT name FROM open_order WHERE total > 10

# groups, windows, sets

SELECT country, count(*) AS cnt FROM customer GROUP BY country HAVING count(*) >= 1 ORDER BY cnt DESC, country

SELECT c.country, o.state, sum(o.total) FROM customer c JOIN orders o ON o.customer_id = c.id GROUP BY c.country, o.state

SELECT string_agg(name, ', ' ORDER BY name) FROM customer

SELECT array_agg(id ORDER BY id DESC) FROM customer

SELECT id, row_number() OVER (ORDER BY total DESC) AS place FROM orders

SELECT id, rank() OVER (PARTITION BY customer_id ORDER BY total DESC), dense_rank() OVER (PARTITION BY customer_id ORDER BY total DESC), percent_rank() OVER (ORDER BY total) FROM orders

SELECT id, sum(total) OVER (PARTITION BY customer_id ORDER BY placed_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM orders

SELECT sensor, taken_at, avg(measured) OVER (PARTITION BY sensor ORDER BY taken_at ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING) FROM reading

SELECT sensor, measured - lag(measured) OVER (PARTITION BY sensor ORDER BY taken_at) AS change, lead(measured, 1, 0.0) OVER (PARTITION BY sensor ORDER BY taken_at) FROM reading

SELECT id, first_value(total) OVER w, last_value(total) OVER w, nth_value(total, 2) OVER w FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY placed_at RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)

SELECT id, ntile(4) OVER (ORDER BY id), cume_dist() OVER (ORDER BY id) FROM orders

SELECT sum(total) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM orders

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total), percentile_disc(0.9) WITHIN GROUP (ORDER BY total), mode() WITHIN GROUP (ORDER BY state) FROM orders

SELECT id FROM orders UNION SELECT id FROM archived_order

SELECT id, 'live' AS origin FROM orders UNION ALL SELECT id, 'old' FROM archived_order ORDER BY id LIMIT 10

SELECT customer_id FROM orders INTERSECT SELECT id FROM customer

SELECT id FROM customer EXCEPT SELECT customer_id FROM orders

(SELECT id FROM orders ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM archived_order ORDER BY id LIMIT 1)

SELECT * FROM (SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY placed_at DESC, id DESC) AS rn FROM orders) t WHERE rn = 1

SELECT stddev_pop(total), stddev_samp(total), var_pop(total), var_samp(total), corr(total, id), covar_pop(total, id), regr_slope(total, id) FROM orders

SELECT bool_and(active), every(active), bool_or(active) FROM customer

# common table expressions

WITH big AS (SELECT * FROM orders WHERE total > 50) SELECT b.id, c.name FROM big b JOIN customer c ON c.id = b.customer_id

WITH a AS (SELECT id FROM customer), b AS (SELECT customer_id FROM orders), d AS (SELECT a.id FROM a JOIN b ON a.id = b.customer_id) SELECT count(*) FROM d

WITH RECURSIVE tree (id, name, depth) AS (SELECT id, name, 0 FROM employee WHERE manager_id IS NULL UNION ALL SELECT e.id, e.name, t.depth + 1 FROM employee e JOIN tree t ON e.manager_id = t.id) SELECT * FROM tree ORDER BY depth, name

WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 10) SELECT sum(n) FROM counter

WITH totals AS (SELECT customer_id, sum(total) AS amount FROM orders GROUP BY customer_id), ranked AS (SELECT customer_id, amount, rank() OVER (ORDER BY amount DESC) AS place FROM totals) SELECT c.name, r.amount FROM ranked r JOIN customer c ON c.id = r.customer_id WHERE r.place <= 3

# rows added

INSERT INTO customer (name, email) VALUES ('Edsger', 'edsger@example.org')

@ 'Donald', 'donald@example.org', 'US'
INSERT INTO customer (name, email, country, created_at) VALUES (?, ?, ?, CURRENT_TIMESTAMP)

INSERT INTO product (sku, name, price) VALUES ('D-4', 'Drum', 1.00), ('E-5', 'Eraser', 2.00), ('F-6', 'Fork', 3.00);

INSERT INTO stock_movement VALUES (1, 5, DEFAULT, 'delivery')

INSERT INTO daily_total (on_day, total, orders) SELECT CURRENT_DATE, coalesce(sum(total), 0), count(*) FROM orders

INSERT INTO archived_order (id, customer_id, state, total, placed_at) SELECT id, customer_id, state, total, placed_at FROM orders WHERE state = 'shipped'

INSERT INTO stock_movement (product_id, quantity, reason) SELECT product_id, -sum(quantity), 'sold' FROM order_item GROUP BY product_id

INSERT INTO job (queue, state, run_at, payload) SELECT 'remind', 'ready', CURRENT_TIMESTAMP, name FROM customer c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)

INSERT INTO order_item (order_id, line, product_id, quantity, price) VALUES (3, (SELECT max(line) + 1 FROM order_item WHERE order_id = 3), 2, 4, 0.10)

INSERT INTO archived_order (id, state) SELECT * FROM (VALUES (100, 'lost'), (101, 'lost')) v

INSERT INTO employee SELECT max(id) + 1, 'New one', 1, 'it', 3000, CURRENT_DATE FROM employee

INSERT INTO customer (name, email) SELECT 'Twin of ' || name, 'twin.' || email FROM customer WHERE id = 1

# rows changed

UPDATE customer SET active = FALSE WHERE id = 3

@ 'Ada L.', 1
UPDATE customer SET name = ? WHERE id = ?

UPDATE orders SET state = 'paid', version = version + 1 WHERE id = 1 AND version = 0

UPDATE product SET stock = stock - 1 WHERE id = 1 AND stock > 0

UPDATE product SET price = round(price * 1.1, 2)

UPDATE orders SET note = DEFAULT, state = DEFAULT WHERE id = 3

UPDATE orders SET (state, note) = ('done', 'by hand') WHERE id = 3

UPDATE orders SET total = (SELECT sum(quantity * price) FROM order_item i WHERE i.order_id = orders.id) WHERE id IN (SELECT order_id FROM order_item)

UPDATE orders AS o SET note = 'from ' || (SELECT c.name FROM customer c WHERE c.id = o.customer_id) WHERE o.total > 50

UPDATE customer SET balance = balance + CASE WHEN country = 'US' THEN 5 ELSE 3 END WHERE active = TRUE

UPDATE job SET state = 'running', locked_by = 'node-1', attempts = attempts + 1 WHERE id = (SELECT id FROM job WHERE state = 'ready' ORDER BY run_at FETCH FIRST 1 ROW ONLY)

UPDATE job SET state = 'ready', locked_by = NULL WHERE state = 'running' AND run_at < CURRENT_TIMESTAMP - INTERVAL '10' MINUTE

UPDATE employee SET salary = salary * 1.02 WHERE department = 'sales' AND EXISTS (SELECT 1 FROM employee m WHERE m.id = employee.manager_id AND m.department = 'board')

UPDATE customer SET email = NULL WHERE email = ''

UPDATE orders SET (total, note) = (SELECT sum(i.price), 'summed' FROM order_item i WHERE i.order_id = orders.id) WHERE state = 'new'

# rows removed

DELETE FROM job WHERE state = 'done'

@ 3
DELETE FROM payment WHERE order_id = ?

DELETE FROM stock_movement

DELETE FROM reading WHERE taken_at < CURRENT_TIMESTAMP - INTERVAL '90' DAY

DELETE FROM order_item WHERE order_id IN (SELECT id FROM orders WHERE state = 'cancelled')

DELETE FROM payment p WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = p.order_id)

DELETE FROM employee AS e WHERE e.id = 4 AND e.manager_id = 2

TRUNCATE TABLE stock_movement

# merges

MERGE INTO product p USING (VALUES ('A-1', 7), ('Z-9', 1)) AS s (sku, quantity) ON p.sku = s.sku WHEN MATCHED THEN UPDATE SET stock = p.stock + s.quantity WHEN NOT MATCHED THEN INSERT (sku, name, stock) VALUES (s.sku, 'new', s.quantity)

MERGE INTO daily_total d USING (SELECT CAST(placed_at AS DATE) AS on_day, sum(total) AS total, count(*) AS cnt FROM orders GROUP BY CAST(placed_at AS DATE)) s ON d.on_day = s.on_day WHEN MATCHED THEN UPDATE SET total = s.total, orders = s.cnt WHEN NOT MATCHED THEN INSERT (on_day, total, orders) VALUES (s.on_day, s.total, s.cnt)

MERGE INTO archived_order a USING orders o ON a.id = o.id WHEN NOT MATCHED AND o.state = 'shipped' THEN INSERT (id, state) VALUES (o.id, o.state)

MERGE INTO job j USING orders o ON j.id = o.id WHEN MATCHED AND o.state = 'shipped' THEN DELETE WHEN MATCHED THEN UPDATE SET payload = o.state

# locks

SELECT * FROM orders WHERE id = 1 FOR UPDATE

SELECT id FROM job WHERE state = 'ready' ORDER BY run_at LIMIT 5 FOR UPDATE SKIP LOCKED

SELECT id FROM job WHERE id = 1 FOR UPDATE NOWAIT

# comments and layout

SELECT /* of all */ id -- every one
FROM customer -- no limit

/* report 7 */ SELECT count(*) FROM orders /* end */;

-- sqlcommenter
SELECT id FROM orders WHERE state = 'new' /*controller='orders',framework='spring',traceparent='00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01'*/

SELECT /*+ INDEX(o orders_pkey) */ o.id FROM orders o WHERE o.id = 1

/* DELETE FROM customer; DROP TABLE orders; */ SELECT 'not deleted' AS result

-- UPDATE customer SET name = 'x'
SELECT name FROM customer WHERE id = 1

SELECT 'DELETE FROM customer; -- no' AS text, 'insert into /* x */ orders' AS more

SELECT 'ünïcödé', '日本語', '全角ＡＢＣ', '😀 emoji', 'zero' || '' AS empty /* 😀 コメント */

SELECT
	o.id,
	o.total
FROM	orders o
WHERE	o.state = 'new'
	AND o.total > 0
ORDER BY	o.id

INSERT INTO stock_movement (product_id, quantity, reason) VALUES (2, -1, 'a ''quoted'' word; a semicolon -- and dashes /* and stars')

UPDATE orders SET note = 'line one
line two
	tabbed' WHERE id = 1

SELECT id AS "Order No.", total AS "total (€)", note AS "select" FROM orders

SELECT id FROM orders WHERE id = 1 AND 1 = 1 AND TRUE

# names that look like words of SQL

SELECT c.name, c.country AS type, c.active AS level, c.balance AS comment FROM customer c

WITH deleted AS (SELECT id FROM orders WHERE state = 'deleted'), inserted AS (SELECT id FROM archived_order) SELECT * FROM deleted UNION ALL SELECT * FROM inserted

SELECT updated.id FROM (SELECT id FROM orders) updated

SELECT o.state AS "update", o.note AS "delete", o.total AS "insert" FROM orders o

SELECT count(*) AS replaced, sum(total) AS merged FROM orders

SELECT replace(replace(note, 'delete', 'update'), 'drop', 'insert') FROM orders WHERE note IN ('insert', 'truncate', 'merge')

SELECT t.state FROM orders t WHERE t.state LIKE '%delete%' OR t.note = 'drop table customer'

# numbers of sequences

SELECT nextval('invoice_numbers')

# transactions as text

COMMIT

ROLLBACK

# tables (kept)

CREATE TABLE coupon (code VARCHAR(20) PRIMARY KEY, percent INT NOT NULL CHECK (percent BETWEEN 1 AND 100), valid_until DATE DEFAULT CURRENT_DATE, customer_id BIGINT REFERENCES customer (id) ON DELETE SET NULL, UNIQUE (customer_id, code))

CREATE TABLE IF NOT EXISTS coupon (code VARCHAR(20))

CREATE INDEX coupon_until ON coupon (valid_until DESC)

CREATE UNIQUE INDEX coupon_code ON coupon (code)

CREATE INDEX IF NOT EXISTS coupon_until ON coupon (valid_until)

ALTER TABLE coupon ADD COLUMN used INT DEFAULT 0 NOT NULL

ALTER TABLE coupon ADD COLUMN IF NOT EXISTS note VARCHAR(100)

ALTER TABLE coupon ALTER COLUMN note SET DEFAULT 'none'

ALTER TABLE coupon ALTER COLUMN note DROP DEFAULT

ALTER TABLE coupon ALTER COLUMN note SET NOT NULL

ALTER TABLE coupon ALTER COLUMN note DROP NOT NULL

ALTER TABLE coupon ALTER COLUMN used SET DATA TYPE BIGINT

ALTER TABLE coupon ADD CONSTRAINT coupon_used CHECK (used >= 0)

ALTER TABLE coupon DROP CONSTRAINT coupon_used

ALTER TABLE coupon ADD CONSTRAINT coupon_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE ON UPDATE CASCADE

ALTER TABLE coupon DROP CONSTRAINT IF EXISTS coupon_customer

ALTER TABLE coupon ADD COLUMN obsolete INT

ALTER TABLE coupon DROP COLUMN IF EXISTS obsolete

ALTER TABLE coupon RENAME TO voucher

ALTER TABLE voucher RENAME TO coupon

CREATE VIEW valid_coupon AS SELECT code, percent FROM coupon WHERE valid_until >= CURRENT_DATE

CREATE OR REPLACE VIEW valid_coupon AS SELECT code, percent FROM coupon WHERE valid_until > CURRENT_DATE

SELECT * FROM valid_coupon

DROP VIEW valid_coupon

DROP VIEW IF EXISTS valid_coupon

CREATE SEQUENCE IF NOT EXISTS coupon_numbers START WITH 10 INCREMENT BY 5 MINVALUE 1 MAXVALUE 1000000 CACHE 20 NO CYCLE

ALTER SEQUENCE coupon_numbers RESTART WITH 100

SELECT nextval('coupon_numbers')

DROP SEQUENCE coupon_numbers

DROP SEQUENCE IF EXISTS coupon_numbers

COMMENT ON TABLE coupon IS 'what customers cut out'

COMMENT ON COLUMN coupon.percent IS 'off the price'

DROP INDEX coupon_until

DROP TABLE IF EXISTS coupon

CREATE TABLE order_copy AS SELECT * FROM orders WHERE state = 'new'

CREATE TABLE order_shape AS SELECT id, total FROM orders WITH NO DATA

DROP TABLE order_copy, order_shape

# how a statement runs

EXPLAIN SELECT * FROM orders WHERE id = 1

# what tools ask

SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name

SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_name = 'orders' ORDER BY ordinal_position

SELECT tc.constraint_name, tc.constraint_type, kcu.column_name FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu ON kcu.constraint_name = tc.constraint_name AND kcu.constraint_schema = tc.constraint_schema WHERE tc.table_name = 'orders'

SELECT rc.constraint_name, rc.update_rule, rc.delete_rule FROM information_schema.referential_constraints rc

SELECT sequence_name, start_value, increment FROM information_schema.sequences

SELECT schema_name FROM information_schema.schemata

SELECT table_name, view_definition FROM information_schema.views WHERE table_schema = 'public'
