CREATE TABLE purchase (
    id INT PRIMARY KEY,
    state VARCHAR(255)
);
CREATE TABLE payment (
    id INT PRIMARY KEY,
    order_id INT NOT NULL REFERENCES purchase,
    amount INT NOT NULL
);
