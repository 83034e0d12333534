package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The oracle on SQLite: through the guard no row of an immutable table changes, and past the guard each text shows that it
 * would have changed one.
 */
class SqliteProtectedRowsTest {
    /** What stands in the place of the database's own file. */
    private static final String FILE = "SHOP";

    private static final String[] RELATED = {
        "CREATE TABLE customer (id INTEGER PRIMARY KEY)",
        "INSERT INTO customer VALUES (1), (2)",
        "CREATE TABLE watched (a)",
        "INSERT INTO watched VALUES (1)",
        "CREATE TRIGGER watched_insert AFTER INSERT ON watched WHEN new.a > 0 BEGIN DELETE FROM ledger; END",
        "CREATE TRIGGER watched_delete BEFORE DELETE ON watched BEGIN UPDATE ledger SET amount = 0; END",
        "CREATE TRIGGER chain AFTER UPDATE OF state ON orders BEGIN INSERT INTO watched VALUES (1); END",
        "CREATE VIEW paid AS SELECT * FROM orders WHERE state = 'paid'",
        "CREATE TRIGGER paid_delete INSTEAD OF DELETE ON paid BEGIN DELETE FROM ledger WHERE id = old.entry; END",
        "CREATE TABLE keys (id)",
        "INSERT INTO keys VALUES (1)",
        "CREATE TABLE bin (id INTEGER PRIMARY KEY, a UNIQUE ON CONFLICT REPLACE, b)"
    };

    private static final List<String> TEXTS = List.of(
            "UPDATE ledger SET amount = 0",
            "UPDATE 'ledger' SET 'amount' = 0 WHERE id = 1",
            "UPDATE [main].[ledger] SET rowid = 9 WHERE id = 1",
            "UPDATE OR IGNORE \"LEDGER\" AS orders SET amount = 0",
            "UPDATE ledger SET amount = state FROM orders WHERE entry = ledger.id",
            "UPDATE ledger SET (account, amount) = (SELECT state, 0 FROM orders)",
            "UPDATE ledger SET amount = 0 RETURNING id",
            "UPDATE ledger SET amount = 0 ORDER BY id LIMIT 1",
            "DELETE FROM ledger",
            "DELETE FROM `main`.'ledger' WHERE id IN keys",
            "DELETE FROM ledger NOT INDEXED WHERE id = 1",
            "WITH ledger AS (SELECT 1) DELETE FROM ledger",
            "WITH c AS (SELECT 1 AS id) DELETE FROM ledger WHERE id IN c RETURNING *",
            "REPLACE INTO ledger VALUES (1, 'cash', 0)",
            "INSERT OR REPLACE INTO ledger SELECT id, state, 0 FROM orders",
            "INSERT INTO ledger VALUES (1, 'cash', 0) ON CONFLICT DO UPDATE SET amount = 0",
            "INSERT INTO ledger (id) SELECT entry FROM orders WHERE true ON CONFLICT (id) DO NOTHING; DELETE FROM ledger",
            "INSERT INTO ledger VALUES (1, 'x', 0) ON CONFLICT (id) DO UPDATE SET account = 'x' ON CONFLICT DO NOTHING",
            "DROP TABLE ledger",
            "DROP TABLE IF EXISTS main.ledger",
            "ALTER TABLE ledger RENAME TO gone",
            "ALTER TABLE ledger RENAME COLUMN amount TO money",
            "ALTER TABLE ledger DROP account",
            "ALTER TABLE ledger RENAME TO hold; ALTER TABLE orders RENAME TO ledger",
            "SELECT 1; DELETE FROM ledger",
            "SELECT 1 -- \r; SELECT 2\n; DELETE FROM ledger",
            "SELECT ';'; DELETE /* /* */ FROM ledger -- */",
            "SELECT \"'\"; DELETE FROM ledger -- '",
            "SELECT 1 AS [']; DELETE FROM ledger -- ']",
            "SELECT '\\'; DELETE FROM ledger -- '",
            "\uFEFFDELETE FROM ledger /* never closed",
            "DELETE\fFROM \uFEFFledger",
            "SELECT :a(--); DELETE FROM ledger",
            "SELECT $a::b('), 1; DELETE FROM ledger",
            "BEGIN; DELETE FROM ledger; COMMIT",
            "SAVEPOINT a; DELETE FROM ledger; RELEASE a",
            "INSERT INTO watched VALUES (1)",
            "DELETE FROM watched",
            "UPDATE orders SET state = 'x'",
            "INSERT INTO orders VALUES (1, 1, 'x') ON CONFLICT DO UPDATE SET state = 'y'",
            "DELETE FROM paid",
            "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'ledger'",
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE ledger (id)' WHERE name = 'ledger'",
            "ATTACH 'SHOP' AS other; DELETE FROM other.ledger",
            "ATTACH 'SHOP' AS other; DETACH other; DELETE FROM ledger",
            "CREATE TEMP TABLE ledger (id); DELETE FROM main.ledger",
            "CREATE TEMP TABLE t (id); DROP TABLE t; DELETE FROM ledger",
            "CREATE TEMP VIEW v AS SELECT * FROM ledger; DROP VIEW v; DELETE FROM ledger",
            "CREATE TEMP TABLE orders (id); INSERT INTO main.watched VALUES (1)",
            "CREATE TRIGGER t AFTER INSERT ON customer BEGIN DELETE FROM ledger; END; INSERT INTO customer VALUES (9)",
            "CREATE TEMP TRIGGER t AFTER INSERT ON customer BEGIN DELETE FROM ledger; END; INSERT INTO customer VALUES (9)",
            "ALTER TABLE bin RENAME TO b2; ALTER TABLE ledger RENAME TO bin; INSERT OR REPLACE INTO bin VALUES (1, 1, 1)",
            "RESTORE FROM 'EMPTY'",
            "restore main from EMPTY");

    @TempDir
    private Path folder;

    @Test
    void noWayInChangesAProtectedRow() throws Exception {
        SqliteShop shop = SqliteShop.in(folder, RELATED);
        List<String> passed = new ArrayList<>();
        try (Connection bare = shop.bare();
                Connection connection = shop.guarded("app");
                Statement statement = connection.createStatement()) {
            String before = SqliteShop.ledger(bare);
            for (String each : TEXTS) {
                String sql = made(each, shop);
                tryAll(connection, statement, sql, passed);
                assertThat(SqliteShop.ledger(bare)).as(sql).isEqualTo(before);
            }
        }
        assertThat(passed).isEmpty();
    }

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
        assertThatThrownBy(() -> statement.executeLargeUpdate(sql)).as(sql).isInstanceOf(DenialException.class);
        assertThatThrownBy(() -> {
                    statement.addBatch("INSERT INTO bin (b) VALUES (1)");
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
    }

    @Test
    void pastTheGuardEachTextDoesItsDamage() throws Exception {
        List<String> harmless = new ArrayList<>();
        for (String each : TEXTS) {
            SqliteShop shop = SqliteShop.in(folder, RELATED);
            String sql = made(each, shop);
            String before;
            try (Connection bare = shop.bare();
                    Statement statement = bare.createStatement()) {
                before = SqliteShop.ledger(bare);
                statement.executeUpdate(sql);
            } catch (SQLException failure) {
                harmless.add(sql + ": " + failure.getMessage());
                continue;
            }
            try (Connection bare = shop.bare()) {
                if (SqliteShop.ledger(bare).equals(before)) {
                    harmless.add(sql);
                }
            }
        }
        assertThat(harmless).isEmpty();
    }

    private String made(String text, SqliteShop shop) throws SQLException {
        String empty = folder.resolve("empty.db").toString();
        try (Connection connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + empty)) {
            SqliteShop.run(connection, "CREATE TABLE IF NOT EXISTS t (a)");
        }
        return text.replace(FILE, shop.file.toString()).replace("EMPTY", empty);
    }
}
