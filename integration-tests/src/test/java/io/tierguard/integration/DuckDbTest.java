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
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DuckDB under {@code read as ansi}: its SQL has many forms that no other database has. */
class DuckDbTest {
    private static final String POLICY = """
            policy shop {
              read as ansi "duckdb"
            }
            tier ledger is immutable
            tier operational is mutable
            table ledger is ledger
            table * is operational
            component app {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
              grant select, insert on ledger
            }
            """;

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE ledger (id int NOT NULL PRIMARY KEY, amount int)",
            "CREATE TABLE orders (id int NOT NULL PRIMARY KEY, name varchar)",
            "CREATE VIEW every_entry AS SELECT id, amount FROM ledger",
            "INSERT INTO ledger VALUES (1, 10), (2, 20)",
            "INSERT INTO orders VALUES (1, 'x'), (2, 'y')");

    @TempDir
    private Path folder;

    private Connection bare;

    @BeforeEach
    void makeDatabase() throws Exception {
        Files.writeString(folder.resolve("shop.tierguard"), POLICY);
        bare = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.db"));
        run(bare, SCHEMA.toArray(String[]::new));
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        bare.close();
    }

    @Test
    void anApplicationWorksOnItsOwnTables() throws Exception {
        try (Connection guarded = guarded()) {
            run(
                    guarded,
                    "CREATE TABLE note (id int NOT NULL, text varchar(100) DEFAULT 'none', PRIMARY KEY (id))",
                    "CREATE INDEX note_text ON note (text)",
                    "ALTER TABLE note ADD COLUMN stars int",
                    "INSERT INTO note (id, text, stars) VALUES (1, 'it''s', 1), (2, 'b', 2)",
                    "UPDATE note SET stars = stars + 1 WHERE text LIKE 'it''s%'",
                    "SELECT o.name, count(*), max(n.stars), coalesce(sum(n.stars), 0)"
                            + " FROM orders o LEFT JOIN note n ON n.id = o.id GROUP BY o.name ORDER BY 1",
                    "SELECT id, row_number() OVER (ORDER BY id) FROM orders",
                    "WITH x AS (SELECT id FROM orders) SELECT * FROM x",
                    "SELECT count(*) FROM information_schema.tables",
                    "INSERT INTO ledger VALUES (3, 30)",
                    "DROP INDEX note_text",
                    "DROP TABLE note");
            guarded.setAutoCommit(false);
            try (PreparedStatement delete = guarded.prepareStatement("DELETE FROM orders WHERE id = ?")) {
                delete.setInt(1, 2);
                assertThat(delete.executeUpdate()).isEqualTo(1);
            }
            guarded.rollback();
            assertThat(number("SELECT count(*) FROM orders")).isEqualTo(2);
            assertThat(number("SELECT sum(amount) FROM ledger")).isEqualTo(60);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM ledger",
                "DELETE FROM shop.main.ledger",
                "DELETE FROM shop.ledger",
                "UPDATE ledger SET amount = 0",
                "UPDATE ledger AS orders SET amount = 0 WHERE orders.id = 1",
                "INSERT OR REPLACE INTO ledger VALUES (1, 0)",
                "INSERT INTO ledger VALUES (1, 0) ON CONFLICT DO UPDATE SET amount = 0",
                "MERGE INTO ledger l USING orders o ON l.id = o.id WHEN MATCHED THEN UPDATE SET amount = 0",
                "MERGE INTO ledger l USING orders o ON l.id = o.id WHEN MATCHED THEN DELETE",
                "TRUNCATE ledger",
                "TRUNCATE TABLE ledger",
                "DROP TABLE ledger",
                "CREATE OR REPLACE TABLE ledger (id int)",
                "ALTER TABLE ledger DROP COLUMN amount",
                "ALTER TABLE ledger RENAME TO gone",
                "PREPARE p AS DELETE FROM ledger",
                "EXPLAIN ANALYZE DELETE FROM ledger",
                "SELECT 1; DELETE FROM ledger",
                "DROP SCHEMA main CASCADE"
            })
    void nothingChangesAProtectedRow(String sql) throws Exception {
        try (Connection guarded = guarded()) {
            assertThatThrownBy(() -> run(guarded, sql)).as(sql).isInstanceOf(DenialException.class);
        }
        assertThat(number("SELECT sum(amount) FROM ledger")).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read_csv('x.csv')", "query('SELECT 1')", "query_table('ledger')"})
    void aFunctionThatReadsWhatNobodySeesIsNotKnown(String function) throws Exception {
        try (Connection guarded = guarded()) {
            assertThatThrownBy(() -> run(guarded, "SELECT * FROM " + function))
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining(function.substring(0, function.indexOf('(')));
        }
    }

    /** A macro stands before the built-in of its name, in whatever case. */
    @ParameterizedTest
    @ValueSource(strings = {"wipe", "sum", "Round"})
    void aMacroOfAUsersIsNotKnown(String name) throws Exception {
        run(bare, "CREATE MACRO " + name + "(x) AS x + 1");
        try (Connection guarded = guarded()) {
            run(guarded, "SELECT max(id), abs(min(id)) FROM orders");
            assertThatThrownBy(() -> run(guarded, "SELECT " + name + "(id) FROM orders"))
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining("may not call main." + name.toLowerCase(Locale.ROOT));
        }
    }

    private Connection guarded() throws SQLException {
        return DriverManager.getConnection("jdbc:tierguard:duckdb:" + folder.resolve("shop.db") + ";tierguard.policy="
                + folder.resolve("shop.tierguard") + ";tierguard.component=app;tierguard.audit="
                + folder.resolve("audit.jsonl"));
    }

    private static void run(Connection connection, String... texts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : texts) {
                statement.execute(sql);
            }
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = bare.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }
}
