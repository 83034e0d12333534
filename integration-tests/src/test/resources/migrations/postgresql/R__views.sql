DROP VIEW IF EXISTS rich_customer CASCADE;
CREATE VIEW rich_customer AS
WITH total AS (SELECT customer_id, sum(amount) AS amount FROM "order" GROUP BY customer_id)
SELECT c.name, t.amount FROM customer c JOIN total t ON t.customer_id = c.id WHERE t.amount > 5;
