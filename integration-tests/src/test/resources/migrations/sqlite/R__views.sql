DROP VIEW IF EXISTS good_customer;
CREATE VIEW good_customer AS SELECT c.id, c.name, sum(p.amount) AS total FROM customer c LEFT JOIN purchase p ON p.customer_id = c.id GROUP BY c.id;
