CREATE TABLE document (id BIGINT AUTO_INCREMENT PRIMARY KEY, title VARCHAR_IGNORECASE(200), body CLOB, data JSON, tags VARCHAR(20) ARRAY, photo BLOB, external_id UUID DEFAULT RANDOM_UUID(), mood ENUM('sad', 'ok', 'happy') DEFAULT 'ok');

CREATE TABLE setting ("user" VARCHAR(20), "key" VARCHAR(20), "value" VARCHAR(100), name VARCHAR(20), type VARCHAR(20), level INT, comment VARCHAR(20), "date" DATE, "timestamp" TIMESTAMP, "order" INT, "delete" BOOLEAN, "update" BOOLEAN, "insert" INT, "select" INT, "from" INT, "table" VARCHAR(20), PRIMARY KEY ("user", "key"));

CREATE TABLE "Mixed Case" ("Id" INT PRIMARY KEY, "some column" VARCHAR(20), "semi;colon" VARCHAR(20));

CREATE SCHEMA report;

CREATE TABLE report.monthly (first_day DATE PRIMARY KEY, total NUMERIC(12, 2), refreshed TIMESTAMP WITH TIME ZONE);

INSERT INTO document (title, body, data, tags, photo) VALUES ('First', 'quick brown fox', JSON '{"a": 1, "b": [1, 2]}', ARRAY['x', 'y'], X'0102'), ('Second', 'lazy dog', JSON '{}', ARRAY[], NULL);

INSERT INTO setting ("user", "key", "value", level) VALUES ('ada', 'theme', 'dark', 1);
