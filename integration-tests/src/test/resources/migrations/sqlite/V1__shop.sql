CREATE TABLE customer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  seen TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE purchase (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE,
  amount NUMERIC(12, 2) NOT NULL DEFAULT 0 CHECK (amount >= 0),
  doc TEXT CHECK (json_valid(doc)),
  taxed AS (amount * 1.2) STORED
);
CREATE INDEX purchase_of_customer ON purchase (customer_id, amount DESC) WHERE amount > 0;
INSERT INTO customer (name, seen) VALUES ('Ada; the first', '2026-01-01'), ('Grace', '2026-01-02');
INSERT INTO purchase (customer_id, amount) SELECT id, id * 10 FROM customer;
