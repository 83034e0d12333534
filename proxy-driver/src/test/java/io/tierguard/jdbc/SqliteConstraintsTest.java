package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of SQLite after which what a protected table's constraints, indexes and triggers say no longer holds. */
class SqliteConstraintsTest {
    private static final String POLICY = SqliteShop.POLICY.replace(
            "table ledger is ledger", "table kept is ledger\n            table ledger is ledger");

    private static final String SENSITIVE = "PRAGMA case_sensitive_like = 1";

    @TempDir
    private Path folder;

    /** What is there already, and what a session does that is denied; past the guard it leaves what the last column tells. */
    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    CREATE TABLE kept (a, b CHECK (b NOT LIKE 'void%')) ¦ PRAGMA case_sensitive_like = 1;; INSERT INTO kept VALUES (1, 'VOID') ¦ CHECK constraint failed in kept
                    CREATE TABLE kept (a, b CHECK (NOT "like"('void%', b))) ¦ PRAGMA main.case_sensitive_like(on);; INSERT INTO kept VALUES (1, 'VOID') ¦ CHECK constraint failed in kept
                    CREATE TABLE kept (a, b);; CREATE UNIQUE INDEX one ON kept (a) WHERE b LIKE 'open%';; INSERT INTO kept VALUES (1, 'open') ¦ PRAGMA case_sensitive_like = true;; INSERT INTO kept VALUES (1, 'OPEN') ¦ row 2 missing from index one
                    CREATE TABLE kept (a, b);; CREATE UNIQUE INDEX one ON kept (a, b LIKE 'open%');; INSERT INTO kept VALUES (1, 'open') ¦ PRAGMA case_sensitive_like = yes;; INSERT INTO kept VALUES (1, 'OPEN') ¦ row 2 missing from index one
                    CREATE TABLE kept (a, b, g AS (b LIKE 'open%') STORED UNIQUE);; INSERT INTO kept VALUES (1, 'open') ¦ PRAGMA case_sensitive_like = 'ON';; INSERT INTO kept VALUES (1, 'OPEN') ¦ rows 1 open 1, 1 OPEN 0
                    CREATE TABLE kept (a, b);; CREATE TRIGGER no BEFORE INSERT ON kept WHEN new.b LIKE 'void%' BEGIN SELECT RAISE(ABORT, 'no'); END ¦ PRAGMA case_sensitive_like = 1;; INSERT INTO kept VALUES (1, 'VOID') ¦ rows 1 VOID
                    CREATE TABLE kept (a, b);; CREATE VIEW void AS SELECT * FROM kept WHERE b LIKE 'void%';; CREATE TRIGGER no AFTER INSERT ON kept WHEN EXISTS (SELECT 1 FROM void) BEGIN SELECT RAISE(ABORT, 'no'); END ¦ PRAGMA case_sensitive_like = 1;; INSERT INTO kept VALUES (1, 'VOID') ¦ rows 1 VOID
                    CREATE TABLE p (id INTEGER PRIMARY KEY);; CREATE TABLE kept (a REFERENCES p);; INSERT INTO p VALUES (1);; INSERT INTO kept VALUES (1) ¦ PRAGMA foreign_keys = 1;; BEGIN;; PRAGMA defer_foreign_keys = 1;; DELETE FROM p;; PRAGMA defer_foreign_keys = 0;; COMMIT ¦ kept 1 p 0
                    CREATE TABLE p (id INTEGER PRIMARY KEY);; CREATE TABLE kept (a REFERENCES p) ¦ PRAGMA foreign_keys = 1;; SAVEPOINT s;; PRAGMA defer_foreign_keys(true);; INSERT INTO kept VALUES (7);; PRAGMA defer_foreign_keys(no);; RELEASE s ¦ kept 1 p 0
                    CREATE TABLE kept (a, b CHECK (b > 0)) ¦ PRAGMA ignore_check_constraints = 1;; INSERT INTO kept VALUES (1, 0) ¦ CHECK constraint failed in kept
                    """)
    void whatAConstraintMeansStaysForEverySession(String before, String sql, String damage) throws Exception {
        SqliteShop shop = SqliteShop.of(folder, POLICY, before.split(";; "));
        String[] texts = sql.split(";; ");
        try (Connection connection = shop.guarded("app")) {
            assertThatThrownBy(() -> SqliteShop.run(connection, texts)).isInstanceOf(DenialException.class);
        }
        try (Connection connection = shop.guarded("app")) {
            assertThatThrownBy(() -> SqliteShop.run(connection, String.join("; ", texts)))
                    .isInstanceOf(DenialException.class);
        }
        assertThat(state(shop)).doesNotContain(damage);
        try (Connection bare = shop.bare()) {
            SqliteShop.run(bare, texts);
        }
        assertThat(state(shop)).contains(damage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE kept (a, b CHECK (b GLOB 'x*'), \"like\" DEFAULT 'like', alike)",
                "CREATE VIEW alike AS SELECT * FROM orders WHERE state LIKE 'new%'",
                "CREATE INDEX i ON orders (state) WHERE state > 'like'"
            })
    void likeMayMeanWhatItIsToldWhereNothingIsKeptByIt(String before) throws Exception {
        SqliteShop shop = SqliteShop.of(folder, POLICY, before);
        try (Connection connection = shop.guarded("app")) {
            assertThatCode(() -> SqliteShop.run(
                            connection, SENSITIVE, "PRAGMA case_sensitive_like = 0", "PRAGMA defer_foreign_keys = ON"))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void whatIsMadeByOthersMeanwhileIsSeen() throws Exception {
        SqliteShop shop = SqliteShop.of(folder, POLICY, "CREATE TABLE kept (a)");
        try (Connection connection = shop.guarded("app");
                Connection bare = shop.bare()) {
            SqliteShop.run(connection, SENSITIVE, "PRAGMA case_sensitive_like = off");
            SqliteShop.run(bare, "CREATE TABLE other (a CHECK (a LIKE 'x%'))");
            Thread.sleep(50);
            assertThatThrownBy(() -> SqliteShop.run(connection, SENSITIVE))
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining("set case_sensitive_like");
            SqliteShop.run(connection, "PRAGMA case_sensitive_like = off");
        }
    }

    @Test
    void whatTheSameTextMakesCounts() throws Exception {
        SqliteShop shop = SqliteShop.of(folder, POLICY, "CREATE TABLE kept (a)");
        try (Connection connection = shop.guarded("app")) {
            assertThatThrownBy(() -> SqliteShop.run(
                            connection, "CREATE INDEX i ON orders (state) WHERE state LIKE 'x'; " + SENSITIVE))
                    .isInstanceOf(DenialException.class);
        }
    }

    @Test
    void theSettingOfTheDriverIsDeniedToo() throws Exception {
        SqliteShop shop = SqliteShop.of(folder, POLICY, "CREATE TABLE kept (a CHECK (a LIKE 'x%'))");
        assertThatThrownBy(() -> shop.guarded("app", "sqlite:" + shop.file + "?case_sensitive_like=true"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("case_sensitive_like");
    }

    /** What the database says of itself, all rows that are kept, and of how many. */
    private static String state(SqliteShop shop) throws SQLException {
        List<String> state = new ArrayList<>();
        try (Connection bare = shop.bare();
                Statement statement = bare.createStatement()) {
            try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
                while (rows.next()) {
                    state.add(rows.getString(1));
                }
            }
            List<String> kept = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT * FROM kept ORDER BY rowid")) {
                while (rows.next()) {
                    StringBuilder row = new StringBuilder(rows.getString(1));
                    for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) {
                        row.append(' ').append(rows.getString(i));
                    }
                    kept.add(row.toString());
                }
            }
            state.add("rows " + String.join(", ", kept));
            boolean hasParent = statement
                    .executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'p'")
                    .next();
            if (hasParent) {
                state.add("kept " + kept.size() + " p "
                        + statement.executeQuery("SELECT count(*) FROM p").getInt(1));
            }
        }
        return String.join("; ", state);
    }
}
