DROP VIEW IF EXISTS rich_customer;
CREATE VIEW rich_customer AS
SELECT c.name, t.amount FROM customer c
JOIN (SELECT customer_id, SUM(amount) AS amount FROM `order` GROUP BY customer_id) t ON t.customer_id = c.id
WHERE t.amount > 5;
