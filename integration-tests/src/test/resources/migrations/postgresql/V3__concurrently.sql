CREATE INDEX CONCURRENTLY customer_birthday ON customer (birthday);
