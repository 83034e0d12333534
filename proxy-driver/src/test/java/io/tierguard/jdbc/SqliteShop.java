package io.tierguard.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** A file of SQLite with an immutable ledger and ordinary tables, and the ways to it with the guard and without. */
final class SqliteShop {
    /** What is protected, and who may do what else. */
    static final String POLICY = """
            policy shop {
              schema path main
            }
            tier ledger is immutable
            tier operational is mutable
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            component owner {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            trust owner {
              why "tests it"
              owner "data@shop.example"
              define
              administer
              until 2126-06-30T00:00Z
            }
            """;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE ledger (id INTEGER PRIMARY KEY, account TEXT, amount INT)",
            "INSERT INTO ledger VALUES (1, 'cash', 10), (2, 'bank', 20), (3, 'cash', 30)",
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, entry INT, state TEXT)",
            "INSERT INTO orders VALUES (1, 1, 'new'), (2, 2, 'paid')",
            "CREATE VIEW entries AS SELECT id, amount FROM ledger");

    final Path file;
    private final Path policy;
    private final TierguardDriver driver = new TierguardDriver(new Guards(), List.of());

    private SqliteShop(Path file, Path policy) {
        this.file = file;
        this.policy = policy;
    }

    /** A new file in a folder. */
    static SqliteShop in(Path folder, String... more) throws IOException, SQLException {
        return in(folder, POLICY, more);
    }

    static SqliteShop of(Path folder, String policy, String... more) throws IOException, SQLException {
        return in(folder, policy, more);
    }

    private static SqliteShop in(Path folder, String policy, String[] more) throws IOException, SQLException {
        Path file = folder.resolve(UUID.randomUUID() + ".db");
        SqliteShop shop =
                new SqliteShop(file, Files.writeString(folder.resolve(file.getFileName() + ".tierguard"), policy));
        try (Connection bare = shop.bare()) {
            run(bare, TABLES.toArray(String[]::new));
            run(bare, more);
        }
        return shop;
    }

    static void run(Connection connection, String... texts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : texts) {
                statement.executeUpdate(text);
            }
        }
    }

    /** A connection without the guard. */
    Connection bare() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file + "?synchronous=OFF&journal_mode=MEMORY");
    }

    Connection guarded(String component) throws SQLException {
        return guarded(component, "sqlite:" + file);
    }

    /** A guarded connection to another database. */
    Connection guarded(String component, String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("tierguard.policy", policy.toString());
        properties.setProperty("tierguard.component", component);
        Connection connection = driver.connect("jdbc:tierguard:" + url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not take the URL");
        }
        return connection;
    }

    /** The rows that must stay, and how the ledger is made. */
    static String ledger(Connection connection) {
        StringBuilder rows = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id, account, amount FROM main.ledger UNION ALL SELECT 0, sql, count(*) OVER ()"
                                + " FROM main.sqlite_schema WHERE tbl_name = 'ledger' AND type <> 'trigger' ORDER BY 1")) {
            while (row.next()) {
                rows.append(row.getString(1))
                        .append(row.getString(2))
                        .append(row.getString(3))
                        .append(' ');
            }
        } catch (SQLException changed) {
            return "changed";
        }
        return rows.toString();
    }
}
