package io.tierguard.cli.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The shop's database as its owner sees it, past the guard; it lives in memory, as long as this object is open. */
final class Shop implements AutoCloseable {
    private final String name = "shop-" + UUID.randomUUID();
    private final Connection owner;

    /** A shop with tables, rows, and a login for each user that may do everything in the database. */
    Shop(List<String> users) throws SQLException {
        owner = DriverManager.getConnection("jdbc:h2:mem:" + name);
        try (Statement statement = owner.createStatement()) {
            for (String user : users) {
                statement.execute("CREATE USER " + user + " PASSWORD '" + user + "' ADMIN");
            }
            statement.execute("CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(40))");
            statement.execute("CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, state VARCHAR(20))");
            statement.execute("CREATE TABLE payment (id INT PRIMARY KEY, order_id INT, amount DECIMAL(9, 2))");
            statement.execute("CREATE TABLE session (id VARCHAR(20) PRIMARY KEY, expired BOOLEAN)");
            statement.execute("CREATE TABLE audit_trail (id INT PRIMARY KEY)");
            statement.execute("INSERT INTO customer VALUES (1, 'Ada'), (2, 'Grace')");
            statement.execute("INSERT INTO orders VALUES (10, 1, 'paid'), (11, 2, 'paid'), (12, 2, 'open')");
            statement.execute("INSERT INTO payment VALUES (1, 10, 40.00), (2, 11, 12.50), (3, 11, 7.25)");
            statement.execute("INSERT INTO session VALUES ('s1', TRUE), ('s2', TRUE), ('s3', FALSE)");
        }
    }

    /** The URL by which an application reaches the shop through the guard. */
    String guardedUrl() {
        return "jdbc:tierguard:h2:mem:" + name;
    }

    /** The rows of the ledger. */
    List<String> ledger() throws SQLException {
        return rows("SELECT id, order_id, amount FROM payment ORDER BY id");
    }

    /** What else must be as it was: everything that a denied statement would have taken along. */
    List<String> bystanders() throws SQLException {
        List<String> rows = new ArrayList<>(rows("SELECT id FROM session WHERE NOT expired"));
        rows.addAll(rows("SELECT id, state FROM orders WHERE id IN (10, 11) ORDER BY id"));
        return rows;
    }

    @Override
    public void close() throws SQLException {
        owner.close();
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = owner.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            int columns = results.getMetaData().getColumnCount();
            while (results.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(results.getString(i));
                }
                rows.add(String.join("  ", values));
            }
        }
        return rows;
    }
}
