package io.tierguard.integration;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A small shop in a live database, behind the guard and, for the tests' own look at it, past the guard. */
final class Shop implements AutoCloseable {
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE ledger_entry (id INT PRIMARY KEY, account VARCHAR(20), amount NUMERIC(10, 2) NOT NULL)",
            "CREATE TABLE payment (id INT PRIMARY KEY, amount NUMERIC(10, 2) NOT NULL, status VARCHAR(20))",
            "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, state VARCHAR(20))",
            "CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(40))",
            "CREATE TABLE unclassified (id INT PRIMARY KEY, note VARCHAR(40))",
            "CREATE SEQUENCE order_ids START WITH 1000",
            "INSERT INTO ledger_entry VALUES (1, 'cash', 10.00), (2, 'cash', 20.00), (3, 'bank', 30.00)",
            "INSERT INTO payment VALUES (1, 10.00, 'open'), (2, 20.00, 'open')",
            "INSERT INTO orders VALUES (1, 1, 'new'), (2, 2, 'new')",
            "INSERT INTO customer VALUES (1, 'Ada'), (2, 'Grace')",
            "INSERT INTO unclassified VALUES (1, 'nobody named me')");

    final LiveDatabase database;
    final String realUrl;
    final Path auditFile;

    private Shop(LiveDatabase database, String realUrl, Path auditFile) {
        this.database = database;
        this.realUrl = realUrl;
        this.auditFile = auditFile;
    }

    static Shop open(LiveDatabase database, Path folder) throws SQLException {
        String url = database.createDatabase();
        Shop shop = new Shop(database, url, folder.resolve("audit-" + database + ".jsonl"));
        try (Connection connection = shop.connectPastTheGuard();
                Statement statement = connection.createStatement()) {
            for (String sql : SCHEMA) {
                statement.execute(sql);
            }
        }
        return shop;
    }

    Connection connectPastTheGuard() throws SQLException {
        return database.connect(realUrl);
    }

    /** Drops the database. */
    @Override
    public void close() throws SQLException {
        database.dropDatabase(realUrl);
    }

    /** The URL an application uses to run as a component. */
    String guardedUrl(String component) {
        return guardedUrl(component, policy());
    }

    /** The same under a policy of its own. */
    String guardedUrl(String component, Path policy) {
        String url = realUrl.replaceFirst("^jdbc:", "jdbc:tierguard:");
        url = database.withSetting(url, "tierguard.policy", policy.toString());
        url = database.withSetting(url, "tierguard.component", component);
        url = database.withSetting(url, "tierguard.release", "4.2");
        return database.withSetting(url, "tierguard.audit", auditFile.toString());
    }

    Connection connectAs(String component) throws SQLException {
        return DriverManager.getConnection(guardedUrl(component), database.user(), "");
    }

    Connection connectAs(String component, Path policy) throws SQLException {
        return DriverManager.getConnection(guardedUrl(component, policy), database.user(), "");
    }

    /** A connection whose transaction goes on after a denial. */
    Connection connectToGoOn(String component, Path policy) throws SQLException {
        String url = database.withSetting(guardedUrl(component, policy), "tierguard.on-denial", "continue");
        return DriverManager.getConnection(url, database.user(), "");
    }

    static Path policy() {
        try {
            return Path.of(Objects.requireNonNull(Shop.class.getResource("/shop.tierguard"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every row of a table, each as one text, in order; the answer fails where the table is gone. */
    List<String> rowsOf(String table) throws SQLException {
        try (Connection connection = connectPastTheGuard()) {
            return rowsOf(connection, table);
        }
    }

    /** The same as a connection sees it. */
    static List<String> rowsOf(Connection connection, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + table + " ORDER BY id")) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(row.isEmpty() ? "" : " | ").append(result.getString(column));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    /** What the audit file holds, a line each, as soon as what may be written later is there too. */
    List<String> auditLines() throws IOException, InterruptedException {
        List<String> lines = recorded();
        List<String> before;
        do {
            before = lines;
            Thread.sleep(100);
            lines = recorded();
        } while (lines.size() > before.size());
        return lines;
    }

    /** What it holds now. */
    List<String> recorded() throws IOException {
        return Files.exists(auditFile) ? Files.readAllLines(auditFile) : List.of();
    }
}
