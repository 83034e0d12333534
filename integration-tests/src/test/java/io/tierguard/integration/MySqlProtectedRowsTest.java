package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The oracle on MariaDB and MySQL: through the guard no row of an immutable table changes, and past the guard each statement
 * shows that it would have changed one.
 */
class MySqlProtectedRowsTest {
    private static final String POLICY = """
            table ledger is ledger
            table versioned is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    /** What stands in the place of the folder of files. */
    private static final String FILE = "PATH";

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE ledger (id INT PRIMARY KEY, account VARCHAR(20), amount INT)",
            "INSERT INTO ledger VALUES (1, 'cash', 10), (2, 'bank', 20), (3, 'cash', 30)",
            "CREATE TABLE orders (id INT PRIMARY KEY, entry INT, state VARCHAR(20))",
            "INSERT INTO orders VALUES (1, 1, 'new'), (2, 2, 'paid')",
            "CREATE VIEW entries AS SELECT id, amount FROM ledger");

    private static final List<String> ON_BOTH = List.of(
            "UPDATE ledger SET amount = 0",
            "UPDATE `ledger` SET amount = 0 WHERE id = 1",
            "UPDATE DB.ledger SET amount = 0",
            "UPDATE LOW_PRIORITY IGNORE ledger SET amount = 0",
            "UPDATE ledger SET amount = 0 ORDER BY id LIMIT 1",
            "UPDATE ledger AS orders SET amount = 0",
            "UPDATE orders o, ledger l SET l.amount = 0 WHERE o.entry = l.id",
            "UPDATE orders o JOIN ledger l ON o.entry = l.id SET amount = 0",
            "UPDATE entries SET amount = 0",
            "DELETE FROM ledger",
            "DELETE QUICK IGNORE FROM ledger WHERE id = 1 LIMIT 1",
            "DELETE orders, ledger FROM orders JOIN ledger ON orders.entry = ledger.id",
            "DELETE l FROM ledger l",
            "DELETE orders FROM ledger orders",
            "DELETE FROM l USING ledger l",
            "DELETE FROM entries",
            "REPLACE INTO ledger VALUES (1, 'cash', 0)",
            "REPLACE ledger SET id = 1, amount = 0",
            "REPLACE INTO ledger SELECT id, state, 0 FROM orders",
            "INSERT INTO ledger VALUES (1, 'cash', 0) ON DUPLICATE KEY UPDATE amount = 0",
            "INSERT INTO ledger (id, amount) SELECT id, 0 FROM orders ON DUPLICATE KEY UPDATE ledger.amount = 0",
            "TRUNCATE TABLE ledger",
            "TRUNCATE ledger",
            "DROP TABLE IF EXISTS orders, ledger",
            "ALTER TABLE ledger DROP COLUMN amount",
            "ALTER TABLE ledger CHANGE amount money INT, ALGORITHM = COPY",
            "RENAME TABLE ledger TO gone",
            "RENAME TABLE orders TO hold, ledger TO orders, hold TO ledger",
            "DROP DATABASE DB",
            "LOAD DATA LOCAL INFILE 'PATH' REPLACE INTO TABLE ledger",
            "/*! DELETE FROM ledger */",
            "/*!50000 DELETE FROM ledger */",
            "SELECT 1 /*! INTO @x */; DELETE FROM ledger",
            "DELETE /* orders */ FROM # orders\n ledger",
            "DELETE FROM ledger -- orders",
            "SELECT 'a\\'; DELETE FROM ledger -- '; DELETE FROM ledger",
            "SELECT \"'\"; DELETE FROM ledger -- '",
            "PREPARE s FROM 'DELETE FROM ledger'; EXECUTE s",
            "SET @text = 'DELETE FROM ledger'; PREPARE s FROM @text; EXECUTE s",
            "SET sql_mode = 'ANSI_QUOTES'; DELETE FROM \"ledger\"",
            "SET sql_mode = 'NO_BACKSLASH_ESCAPES'; SELECT '\\'; DELETE FROM ledger -- '",
            "SET foreign_key_checks = 0; DELETE FROM ledger",
            "CREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW DELETE FROM ledger; INSERT INTO orders VALUES (9, 1, 'x')",
            "CREATE PROCEDURE p () DELETE FROM ledger; CALL p()",
            "CREATE OR REPLACE VIEW orders2 AS SELECT * FROM ledger; DELETE FROM orders2",
            "USE DB; DELETE FROM ledger",
            "LOCK TABLES ledger WRITE; DELETE FROM ledger; UNLOCK TABLES",
            "START TRANSACTION; DELETE FROM ledger; COMMIT");

    private static final List<String> ON_MARIADB = List.of(
            "/*M! DELETE FROM ledger */",
            "/*M!100100 DELETE FROM ledger */",
            "DELETE FROM ledger RETURNING id",
            "INSERT INTO ledger VALUES (1, 'a', 0) ON DUPLICATE KEY UPDATE amount = VALUE(amount) RETURNING id",
            "REPLACE INTO ledger VALUES (1, 'cash', 0) RETURNING id",
            "UPDATE .ledger SET amount = 0",
            "UPDATE LOW_PRIORITY IGNORE . `ledger` SET amount = 0",
            "DELETE FROM ./**/ledger",
            "REPLACE .ledger SET id = 1, amount = 0",
            "SET STATEMENT max_statement_time = 10 FOR DELETE FROM ledger",
            "ANALYZE DELETE FROM ledger",
            "ANALYZE FORMAT = JSON UPDATE ledger SET amount = 0",
            "EXECUTE IMMEDIATE 'DELETE FROM ledger'",
            "EXECUTE IMMEDIATE CONCAT('DELETE', ' FROM ledger')",
            "BEGIN NOT ATOMIC DELETE FROM ledger; END",
            "CREATE OR REPLACE TABLE ledger (id INT)",
            "UPDATE orders SET state = (SELECT 1), orders.entry = 1; DELETE FROM ledger",
            "ALTER TABLE IF EXISTS ledger DROP COLUMN IF EXISTS amount");

    private static final List<String> ON_MYSQL = List.of(
            "WITH c AS (SELECT 1 AS id) DELETE FROM ledger WHERE id IN (SELECT id FROM c)",
            "WITH c AS (SELECT 1 AS id) UPDATE ledger, c SET amount = 0 WHERE ledger.id = c.id",
            "INSERT INTO ledger VALUES (1, 'a', 0) ON DUPLICATE KEY UPDATE amount = VALUES(amount)",
            "ALTER TABLE ledger DROP COLUMN amount, ALGORITHM = INPLACE");

    @TempDir
    private Path folder;

    private static List<String> statements(MySqlDatabase database) {
        List<String> all = new ArrayList<>(ON_BOTH);
        all.addAll(database.isMariaDb() ? ON_MARIADB : ON_MYSQL);
        return all;
    }

    private String made(String sql, GuardedTables tables) throws Exception {
        Path file = folder.resolve("rows.txt");
        Files.writeString(file, "1\tcash\t0\n");
        return sql.replace(FILE, file.toString()).replace("DB", MySqlDatabase.nameIn(tables.realUrl()));
    }

    private Connection connect(MySqlDatabase database, GuardedTables tables, boolean isGuarded) throws SQLException {
        String url = tables.realUrl() + "&allowMultiQueries=true"
                + (tables.realUrl().startsWith("jdbc:mysql:")
                        ? "&allowLoadLocalInfile=true"
                        : "&allowLocalInfile=true");
        if (!isGuarded) {
            return database.connect(url);
        }
        Properties properties = new Properties();
        tables.settings().forEach(properties::setProperty);
        properties.setProperty("user", database.user());
        properties.setProperty("password", "");
        return DriverManager.getConnection(url.replaceFirst("^jdbc:", "jdbc:tierguard:"), properties);
    }

    @ParameterizedTest
    @EnumSource
    void noWayInChangesAProtectedRow(MySqlDatabase database) throws Exception {
        List<String> passed = new ArrayList<>();
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, SCHEMA.toArray(String[]::new))) {
            try (Connection bare = database.connect(tables.realUrl());
                    Connection connection = connect(database, tables, true);
                    Statement statement = connection.createStatement()) {
                String before = rows(bare);
                for (String each : statements(database)) {
                    String sql = made(each, tables);
                    tryAll(connection, statement, sql, passed);
                    assertThat(rows(bare)).as(sql).isEqualTo(before);
                }
            }
        }
        assertThat(passed).isEmpty();
    }

    /** A part of a text before the one that is denied may be run by itself; nothing of it runs here. */
    private static void tryAll(Connection connection, Statement statement, String sql, List<String> passed)
            throws SQLException {
        try {
            statement.execute(sql);
            passed.add(sql);
        } catch (DenialException expected) {
            assertThat(expected.getSQLState()).isEqualTo("42501");
        } catch (SQLException refused) {
            passed.add("refused by the database: " + sql + " " + refused.getMessage());
        }
        assertThatThrownBy(() -> statement.executeQuery(sql)).as(sql).isInstanceOf(DenialException.class);
        assertThatThrownBy(() -> statement.executeUpdate(sql)).as(sql).isInstanceOf(DenialException.class);
        assertThatThrownBy(() -> {
                    statement.addBatch(sql);
                    statement.executeBatch();
                })
                .as(sql)
                .isInstanceOf(DenialException.class);
        statement.clearBatch();
        assertThatThrownBy(() -> {
                    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
                        prepared.execute();
                    }
                })
                .as(sql)
                .isInstanceOf(DenialException.class);
        assertThatThrownBy(() -> connection.prepareCall(sql)).as(sql).isInstanceOf(DenialException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void pastTheGuardEachStatementDoesItsDamage(MySqlDatabase database) throws Exception {
        List<String> harmless = new ArrayList<>();
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, SCHEMA.toArray(String[]::new))) {
            for (String each : statements(database)) {
                String sql = made(each, tables);
                String before;
                try (Connection bare = database.connect(tables.realUrl())) {
                    before = rows(bare);
                }
                try (Connection connection = connect(database, tables, false);
                        Statement statement = connection.createStatement()) {
                    boolean more = statement.execute(sql);
                    while (more || statement.getUpdateCount() >= 0) {
                        more = statement.getMoreResults();
                    }
                } catch (SQLException failure) {
                    harmless.add(sql + ": " + failure.getMessage());
                }
                try (Connection server = database.connect(database.url(""))) {
                    if (rows(tables, server).equals(before)) {
                        harmless.add(sql);
                    }
                }
                tables.recreate(SCHEMA.toArray(String[]::new));
            }
        }
        assertThat(harmless).isEmpty();
    }

    private static String rows(GuardedTables tables, Connection server) {
        try {
            server.setCatalog(MySqlDatabase.nameIn(tables.realUrl()));
            return rows(server);
        } catch (SQLException gone) {
            return "gone";
        }
    }

    private static String rows(Connection connection) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, account, amount FROM ledger ORDER BY id")) {
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
