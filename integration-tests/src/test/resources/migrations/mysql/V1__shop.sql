-- What a shop begins with.
CREATE TABLE customer (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) NOT NULL UNIQUE, -- as on the invoice; not "login"
  born DATE,
  last_updated TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COMMENT = 'who buys; and pays';
CREATE TABLE `order` (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT NOT NULL,
  kind ENUM('web', 'it''s by phone') NOT NULL DEFAULT 'web',
  amount DECIMAL(12, 2) DEFAULT 0,
  PRIMARY KEY (id),
  KEY order_customer (customer_id),
  CONSTRAINT order_of FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE
);
INSERT INTO customer (name, born) VALUES ('Ada; the first', '1815-12-10'), ('Grace \'H\'', NULL), ("Barbara's", NULL);
INSERT INTO `order` (customer_id, amount) SELECT id, 10 FROM customer;
CREATE TABLE measurement (at DATE NOT NULL, value INT) PARTITION BY RANGE (YEAR(at)) (
  PARTITION early VALUES LESS THAN (2020), PARTITION late VALUES LESS THAN MAXVALUE);
