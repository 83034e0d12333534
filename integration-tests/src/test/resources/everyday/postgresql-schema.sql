CREATE TABLE document (id BIGSERIAL PRIMARY KEY, title TEXT, body TEXT, data JSONB DEFAULT '{}', tags TEXT[] DEFAULT '{}', search TSVECTOR GENERATED ALWAYS AS (to_tsvector('english', coalesce(title, '') || ' ' || coalesce(body, ''))) STORED, created_at TIMESTAMPTZ DEFAULT now());

CREATE TABLE booking (room INT, during TSRANGE, guest TEXT, price MONEY, span DATERANGE);

CREATE TABLE setting ("user" TEXT, key TEXT, value TEXT, name TEXT, type TEXT, level INT, comment TEXT, date DATE, timestamp TIMESTAMP, "order" INT, "delete" BOOLEAN, "update" BOOLEAN, "insert" INT, "select" INT, "from" INT, "table" TEXT, PRIMARY KEY ("user", key));

CREATE TABLE "Mixed Case" ("Id" INT PRIMARY KEY, "some column" TEXT, "semi;colon" TEXT);

CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');

CREATE TABLE person (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), feels mood, address INET, flags BIT(8), lucky INT[], matrix INT[][], photo BYTEA, notes XML);

CREATE SCHEMA report;

CREATE TABLE report.monthly (month DATE PRIMARY KEY, total NUMERIC, refreshed TIMESTAMPTZ);

CREATE MATERIALIZED VIEW order_stats AS SELECT customer_id, count(*) AS orders FROM orders GROUP BY customer_id;

CREATE TABLE measurement (city INT, logdate DATE, peak INT) PARTITION BY RANGE (logdate);

CREATE TABLE report.measurement_2026 PARTITION OF measurement FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

INSERT INTO document (title, body, data, tags) VALUES ('First', 'quick brown fox', '{"a": 1, "b": {"c": [1, 2, 3]}, "email": "x@example.org"}', '{x,y}'), ('Second', 'lazy dog', '{"a": 2}', '{}');

INSERT INTO booking VALUES (1, '[2026-05-01 10:00,2026-05-01 12:00)', 'Ada', 10, '[2026-05-01,2026-05-03)');

INSERT INTO setting ("user", key, value, level) VALUES ('ada', 'theme', 'dark', 1);

INSERT INTO person (feels, address, flags, lucky, matrix) VALUES ('ok', '192.168.0.1/24', B'10101010', '{1,2,3}', '{{1,2},{3,4}}');

CREATE TABLE device (id INT PRIMARY KEY, uuid UUID UNIQUE, number INT, settings JSONB DEFAULT '[]', map TEXT, by TEXT, current BOOLEAN, force BOOLEAN, values INT, between INT, precision INT, note TEXT);

CREATE TABLE value (id INT, uuid UUID, note TEXT);

INSERT INTO device (id, uuid, number) VALUES (1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 7);
