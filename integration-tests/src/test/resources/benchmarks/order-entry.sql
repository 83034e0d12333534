# the schema of an order-entry benchmark (kept)

CREATE TABLE warehouse (w_id INT PRIMARY KEY, w_name VARCHAR(10), w_street VARCHAR(20), w_city VARCHAR(20), w_zip CHAR(9), w_tax DECIMAL(4, 4), w_ytd DECIMAL(12, 2))

CREATE TABLE district (d_id INT, d_w_id INT REFERENCES warehouse (w_id), d_name VARCHAR(10), d_tax DECIMAL(4, 4), d_ytd DECIMAL(12, 2), d_next_o_id INT, PRIMARY KEY (d_w_id, d_id))

CREATE TABLE client (c_id INT, c_d_id INT, c_w_id INT, c_first VARCHAR(16), c_last VARCHAR(16), c_credit CHAR(2), c_discount DECIMAL(4, 4), c_balance DECIMAL(12, 2), c_ytd_payment DECIMAL(12, 2), c_payment_cnt INT, c_delivery_cnt INT, c_data VARCHAR(500), PRIMARY KEY (c_w_id, c_d_id, c_id), FOREIGN KEY (c_w_id, c_d_id) REFERENCES district (d_w_id, d_id))

CREATE INDEX client_by_name ON client (c_w_id, c_d_id, c_last, c_first)

CREATE TABLE past_payment (h_c_id INT, h_c_d_id INT, h_c_w_id INT, h_d_id INT, h_w_id INT, h_date TIMESTAMP, h_amount DECIMAL(6, 2), h_data VARCHAR(24))

CREATE TABLE purchase (o_id INT, o_d_id INT, o_w_id INT, o_c_id INT, o_entry_d TIMESTAMP, o_carrier_id INT, o_ol_cnt INT, o_all_local INT, PRIMARY KEY (o_w_id, o_d_id, o_id))

CREATE TABLE new_purchase (no_o_id INT, no_d_id INT, no_w_id INT, PRIMARY KEY (no_w_id, no_d_id, no_o_id))

CREATE TABLE item (i_id INT PRIMARY KEY, i_name VARCHAR(24), i_price DECIMAL(5, 2), i_data VARCHAR(50))

CREATE TABLE stock (s_i_id INT, s_w_id INT, s_quantity INT, s_dist_01 CHAR(24), s_ytd INT, s_order_cnt INT, s_remote_cnt INT, s_data VARCHAR(50), PRIMARY KEY (s_w_id, s_i_id))

CREATE TABLE purchase_line (ol_o_id INT, ol_d_id INT, ol_w_id INT, ol_number INT, ol_i_id INT, ol_supply_w_id INT, ol_delivery_d TIMESTAMP, ol_quantity INT, ol_amount DECIMAL(6, 2), ol_dist_info CHAR(24), PRIMARY KEY (ol_w_id, ol_d_id, ol_o_id, ol_number))

INSERT INTO warehouse VALUES (1, 'main', 'street', 'city', '123456789', 0.1, 300000)

INSERT INTO district SELECT n, 1, 'd', 0.05, 30000, 3001 FROM (VALUES (1), (2), (3)) AS v (n)

INSERT INTO client SELECT n, 1, 1, 'first', 'BARBAR', 'GC', 0.1, -10, 10, 1, 0, 'data' FROM (VALUES (1), (2), (3)) AS v (n)

INSERT INTO item SELECT n, 'item', 9.99, 'data' FROM (VALUES (1), (2), (3)) AS v (n)

INSERT INTO stock SELECT n, 1, 50, 'info', 0, 0, 0, 'data' FROM (VALUES (1), (2), (3)) AS v (n)

# a new order

@ 1, 1, 1
SELECT c_discount, c_last, c_credit, w_tax FROM client, warehouse WHERE w_id = ? AND c_w_id = w_id AND c_d_id = ? AND c_id = ?

@ 1, 1
SELECT d_next_o_id, d_tax FROM district WHERE d_w_id = ? AND d_id = ? FOR UPDATE

@ 1, 1
UPDATE district SET d_next_o_id = d_next_o_id + 1 WHERE d_w_id = ? AND d_id = ?

@ 3001, 1, 1, 1, 2, 1
INSERT INTO purchase (o_id, o_d_id, o_w_id, o_c_id, o_entry_d, o_ol_cnt, o_all_local) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, ?, ?)

@ 3001, 1, 1
INSERT INTO new_purchase (no_o_id, no_d_id, no_w_id) VALUES (?, ?, ?)

@ 1
SELECT i_price, i_name, i_data FROM item WHERE i_id = ?

@ 1, 1
SELECT s_quantity, s_data, s_dist_01 FROM stock WHERE s_i_id = ? AND s_w_id = ? FOR UPDATE

@ 40, 5, 0, 1, 1
UPDATE stock SET s_quantity = ?, s_ytd = s_ytd + ?, s_order_cnt = s_order_cnt + 1, s_remote_cnt = s_remote_cnt + ? WHERE s_i_id = ? AND s_w_id = ?

@ 3001, 1, 1, 1, 1, 1, 5, 50, 'info'
INSERT INTO purchase_line (ol_o_id, ol_d_id, ol_w_id, ol_number, ol_i_id, ol_supply_w_id, ol_quantity, ol_amount, ol_dist_info) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)

# a payment

@ 100, 1
UPDATE warehouse SET w_ytd = w_ytd + ? WHERE w_id = ?

@ 100, 1, 1
UPDATE district SET d_ytd = d_ytd + ? WHERE d_w_id = ? AND d_id = ?

@ 'BARBAR', 1, 1
SELECT count(*) FROM client WHERE c_last = ? AND c_d_id = ? AND c_w_id = ?

@ 1, 1, 'BARBAR'
SELECT c_first, c_id, c_balance FROM client WHERE c_w_id = ? AND c_d_id = ? AND c_last = ? ORDER BY c_first

@ 100, 100, 'more ', 1, 1, 1
UPDATE client SET c_balance = c_balance - ?, c_ytd_payment = c_ytd_payment + ?, c_payment_cnt = c_payment_cnt + 1, c_data = substring(? || c_data FROM 1 FOR 500) WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?

@ 1, 1, 1, 1, 1, 100, 'main d'
INSERT INTO past_payment (h_c_d_id, h_c_w_id, h_c_id, h_d_id, h_w_id, h_date, h_amount, h_data) VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP, ?, ?)

# status, delivery, stock level

@ 1, 1, 1
SELECT o_id, o_carrier_id, o_entry_d FROM purchase WHERE o_w_id = ? AND o_d_id = ? AND o_c_id = ? ORDER BY o_id DESC FETCH FIRST 1 ROW ONLY

@ 1, 1
SELECT min(no_o_id) FROM new_purchase WHERE no_d_id = ? AND no_w_id = ?

@ 3001, 1, 1
DELETE FROM new_purchase WHERE no_o_id = ? AND no_d_id = ? AND no_w_id = ?

@ 7, 3001, 1, 1
UPDATE purchase SET o_carrier_id = ? WHERE o_id = ? AND o_d_id = ? AND o_w_id = ?

@ 3001, 1, 1
UPDATE purchase_line SET ol_delivery_d = CURRENT_TIMESTAMP WHERE ol_o_id = ? AND ol_d_id = ? AND ol_w_id = ?

UPDATE client SET c_balance = c_balance + (SELECT coalesce(sum(ol_amount), 0) FROM purchase_line WHERE ol_o_id = 3001 AND ol_w_id = 1), c_delivery_cnt = c_delivery_cnt + 1 WHERE c_id = 1 AND c_d_id = 1 AND c_w_id = 1

@ 1, 1, 3021, 3001, 15
SELECT count(DISTINCT s_i_id) FROM purchase_line, stock WHERE ol_w_id = ? AND ol_d_id = ? AND ol_o_id < ? AND ol_o_id >= ? AND s_w_id = ol_w_id AND s_i_id = ol_i_id AND s_quantity < ?

# the schema of a bank's benchmark (kept)

DROP TABLE IF EXISTS bench_accounts, bench_branches, bench_history, bench_tellers

CREATE TABLE bench_history (tid INT, bid INT, aid INT, delta INT, mtime TIMESTAMP, filler CHAR(22))

CREATE TABLE bench_tellers (tid INT NOT NULL, bid INT, tbalance INT, filler CHAR(84))

CREATE TABLE bench_accounts (aid INT NOT NULL, bid INT, abalance INT, filler CHAR(84))

CREATE TABLE bench_branches (bid INT NOT NULL, bbalance INT, filler CHAR(88))

TRUNCATE TABLE bench_history

INSERT INTO bench_branches (bid, bbalance) VALUES (1, 0)

INSERT INTO bench_tellers (tid, bid, tbalance) SELECT n, 1, 0 FROM (VALUES (1), (2)) AS v (n)

INSERT INTO bench_accounts (aid, bid, abalance, filler) SELECT n, 1, 0, '' FROM (VALUES (1), (2)) AS v (n)

ALTER TABLE bench_branches ADD PRIMARY KEY (bid)

ALTER TABLE bench_tellers ADD PRIMARY KEY (tid)

ALTER TABLE bench_accounts ADD PRIMARY KEY (aid)

ALTER TABLE bench_tellers ADD CONSTRAINT tellers_branch FOREIGN KEY (bid) REFERENCES bench_branches

# a bank's transaction

@ 50, 1
UPDATE bench_accounts SET abalance = abalance + ? WHERE aid = ?

@ 1
SELECT abalance FROM bench_accounts WHERE aid = ?

@ 50, 1
UPDATE bench_tellers SET tbalance = tbalance + ? WHERE tid = ?

@ 50, 1
UPDATE bench_branches SET bbalance = bbalance + ? WHERE bid = ?

@ 1, 1, 1, 50
INSERT INTO bench_history (tid, bid, aid, delta, mtime) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)
