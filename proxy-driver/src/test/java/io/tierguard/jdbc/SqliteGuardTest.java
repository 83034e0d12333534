package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard knows of a live file of SQLite beyond the text of a statement. */
class SqliteGuardTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM parent WHERE id = 1",
                "UPDATE parent SET id = 9 WHERE id = 1",
                "UPDATE parent SET rowid = 9 WHERE id = 1",
                "REPLACE INTO parent (id) VALUES (1)",
                "UPDATE OR REPLACE parent SET name = 'x'",
                "DROP TABLE parent"
            })
    void aForeignKeyIsFollowedWhetherItIsEnforcedNowOrNot(String sql) throws Exception {
        SqliteShop shop = SqliteShop.of(
                folder,
                SqliteShop.POLICY.replace(
                        "table ledger is ledger", "table ledger is ledger\n            table child is ledger"),
                "CREATE TABLE parent (id INTEGER PRIMARY KEY, name)",
                "CREATE TABLE child (p REFERENCES parent ON DELETE CASCADE ON UPDATE CASCADE)");
        try (Connection connection = shop.guarded("app")) {
            assertDenied(connection, sql, "child", "foreign key");
            SqliteShop.run(connection, "INSERT INTO parent VALUES (5, 'x')", "UPDATE parent SET name = 'y'");
        }
    }

    @Test
    void aForeignKeyIsFollowedFromATableThatIsNotThereYet() throws Exception {
        SqliteShop shop = SqliteShop.of(
                folder,
                SqliteShop.POLICY.replace(
                        "table ledger is ledger", "table ledger is ledger\n            table child is ledger"),
                "CREATE TABLE child (p REFERENCES absent (id) ON DELETE CASCADE)",
                "INSERT INTO child VALUES (1)");
        try (Connection connection = shop.guarded("app")) {
            assertDenied(
                    connection,
                    "CREATE TABLE absent (id INTEGER PRIMARY KEY); INSERT INTO absent VALUES (1); DELETE FROM absent",
                    "child");
            SqliteShop.run(connection, "CREATE TABLE absent (id INTEGER PRIMARY KEY); INSERT INTO absent VALUES (1)");
            assertDenied(connection, "DELETE FROM absent", "child");
        }
    }

    @Test
    void aConstraintThatReplacesRowsDeletesThem() throws Exception {
        SqliteShop shop = SqliteShop.of(
                folder,
                SqliteShop.POLICY.replace(
                        "table ledger is ledger", "table ledger is ledger\n            table unique_* is ledger"),
                "CREATE TABLE unique_rows (a UNIQUE ON CONFLICT REPLACE)",
                "CREATE TABLE unique_keys (a UNIQUE ON CONFLICT IGNORE)");
        try (Connection connection = shop.guarded("app")) {
            assertDenied(connection, "INSERT INTO unique_rows VALUES (1)", "DELETE", "ON CONFLICT REPLACE");
            SqliteShop.run(connection, "INSERT INTO unique_keys VALUES (1)");
        }
    }

    @Test
    void aTableOfAVirtualTableIsThatTable() throws Exception {
        SqliteShop shop = SqliteShop.of(
                folder,
                SqliteShop.POLICY.replace(
                        "table ledger is ledger", "table ledger is ledger\n            table docs is ledger"),
                "CREATE VIRTUAL TABLE docs USING fts5 (body)",
                "CREATE TABLE docs_meta (a)");
        try (Connection connection = shop.guarded("app")) {
            SqliteShop.run(connection, "INSERT INTO docs VALUES ('x')", "INSERT INTO docs (body) VALUES ('y')");
            SqliteShop.run(connection, "DELETE FROM docs_meta");
            for (String sql : List.of(
                    "DELETE FROM docs_content",
                    "UPDATE docs_data SET block = x'00'",
                    "INSERT INTO docs_content VALUES (7, 'z')",
                    "INSERT INTO docs_data VALUES (7, x'00')",
                    "DROP TABLE docs_idx",
                    "INSERT INTO docs (docs) VALUES ('delete-all')",
                    "INSERT INTO docs (docs, rowid, body) VALUES ('delete', 1, 'x')")) {
                assertDenied(connection, sql, "docs");
            }
        }
    }

    @Test
    void aVirtualTableMustNotTakeAProtectedTableForItsOwn() throws Exception {
        SqliteShop shop = SqliteShop.of(
                folder,
                SqliteShop.POLICY.replace(
                        "table ledger is ledger", "table ledger is ledger\n            table words_stat is ledger"),
                "CREATE TABLE words_stat (id INTEGER PRIMARY KEY, value BLOB)",
                "INSERT INTO words_stat VALUES (0, 'kept')");
        try (Connection connection = shop.guarded("app")) {
            assertDenied(connection, "CREATE VIRTUAL TABLE words USING fts4 (a)", "words_stat");
            SqliteShop.run(
                    connection,
                    "CREATE VIRTUAL TABLE speech USING fts4 (a)",
                    "INSERT INTO speech VALUES ('x')",
                    "INSERT INTO speech (speech) VALUES ('optimize')",
                    "UPDATE speech SET a = 'y'",
                    "DROP TABLE speech");
            try (Connection other = shop.bare()) {
                SqliteShop.run(other, "CREATE VIRTUAL TABLE words USING fts3 (a)");
            }
            pause();
            assertDenied(connection, "DROP TABLE words", "words_stat");
            assertDenied(connection, "INSERT INTO words (words) VALUES ('automerge=2')", "words_stat");
            assertDenied(connection, "UPDATE words_stat SET value = 1", "words_stat");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT OR REPLACE INTO entry VALUES (1)",
                "REPLACE INTO entry VALUES (1)",
                "UPDATE OR REPLACE entry SET a = 1",
                "INSERT OR REPLACE INTO first VALUES (1)"
            })
    void whatReplacesRowsDoesSoInItsTriggersToo(String sql) throws Exception {
        SqliteShop shop = SqliteShop.in(
                folder,
                "CREATE TABLE entry (a)",
                "CREATE TABLE first (a)",
                "CREATE TRIGGER f AFTER INSERT ON first BEGIN INSERT INTO entry VALUES (new.a); END",
                "CREATE TRIGGER i AFTER INSERT ON entry BEGIN INSERT INTO ledger (id) VALUES (new.a); END",
                "CREATE TRIGGER u AFTER UPDATE ON entry BEGIN INSERT INTO ledger (id) VALUES (new.a); END",
                "INSERT INTO entry VALUES (7)");
        try (Connection bare = shop.bare()) {
            bare.setAutoCommit(false);
            String before = SqliteShop.ledger(bare);
            SqliteShop.run(bare, sql);
            assertThat(SqliteShop.ledger(bare)).isNotEqualTo(before).doesNotContain("1cash10");
            bare.rollback();
        }
        try (Connection connection = shop.guarded("app")) {
            assertDenied(connection, sql, "DELETE", "ledger");
            SqliteShop.run(connection, "INSERT INTO first VALUES (8)", "INSERT OR IGNORE INTO entry VALUES (9)");
        }
    }

    @Test
    void whatOnlyTheConnectionHasIsFree() throws Exception {
        SqliteShop shop = SqliteShop.of(folder, SqliteShop.POLICY.replace("table * is", "table orders is"));
        try (Connection connection = shop.guarded("app")) {
            for (int times = 0; times < 2; times++) {
                SqliteShop.run(
                        connection,
                        "CREATE TEMP TABLE IF NOT EXISTS draft (a INTEGER PRIMARY KEY, b)",
                        "CREATE INDEX IF NOT EXISTS temp.draft_b ON draft (b)",
                        "INSERT INTO draft (b) SELECT amount FROM ledger",
                        "UPDATE draft SET b = 1",
                        "REPLACE INTO temp.draft VALUES (1, 2)",
                        "ALTER TABLE draft ADD COLUMN c",
                        "CREATE TEMP VIEW IF NOT EXISTS sums AS SELECT sum(b) FROM draft",
                        "DELETE FROM draft",
                        "CREATE TEMP TABLE x AS SELECT * FROM draft; INSERT INTO x (a) VALUES (1); DROP TABLE x");
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT * FROM sums, temp.draft, ledger")) {
                    assertThat(rows.next()).isFalse();
                }
                SqliteShop.run(connection, "DROP VIEW sums", "DROP TABLE draft");
            }
            assertDenied(connection, "DELETE FROM draft", "no pattern of the policy covers draft");
            assertDenied(connection, "CREATE TEMP TABLE ledger (id)", "ledger");
            assertDenied(connection, "CREATE TABLE draft (a)", "draft");
        }
    }

    @Test
    void aTemporaryNameProtectsNobodyFromWhatItHides() throws Exception {
        SqliteShop shop = SqliteShop.in(folder, "CREATE TABLE other (a)");
        try (Connection connection = shop.guarded("owner")) {
            SqliteShop.run(connection, "CREATE TEMP TRIGGER t AFTER INSERT ON other BEGIN SELECT 1; END");
            assertDenied(
                    connection,
                    "CREATE TEMP TRIGGER u AFTER INSERT ON main.other BEGIN DELETE FROM ledger; END",
                    "ledger");
            SqliteShop.run(connection, "DROP TRIGGER t", "INSERT INTO other VALUES (1)");
        }
    }

    @Test
    void whatAnotherClientMakesIsSeenAtOnce() throws Exception {
        SqliteShop shop = SqliteShop.in(folder, "CREATE TABLE plain (a)");
        try (Connection connection = shop.guarded("app");
                Connection other = shop.bare();
                PreparedStatement prepared = connection.prepareStatement("INSERT INTO plain VALUES (1)")) {
            prepared.executeUpdate();
            SqliteShop.run(other, "CREATE TRIGGER t AFTER INSERT ON plain BEGIN DELETE FROM ledger; END");
            pause();
            assertThatThrownBy(prepared::executeUpdate)
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining("ledger");
            SqliteShop.run(other, "DROP TRIGGER t");
            pause();
            prepared.executeUpdate();
        }
    }

    @Test
    void whatATransactionMadeIsGoneWithIt() throws Exception {
        SqliteShop shop = SqliteShop.in(folder);
        try (Connection connection = shop.guarded("app");
                Connection other = shop.bare()) {
            connection.setAutoCommit(false);
            SqliteShop.run(connection, "CREATE TABLE made (a)", "INSERT INTO made VALUES (1)");
            connection.rollback();
            SqliteShop.run(
                    other,
                    "CREATE VIEW made AS SELECT * FROM ledger",
                    "CREATE TRIGGER t INSTEAD OF INSERT ON made BEGIN DELETE FROM ledger; END");
            pause();
            assertDenied(connection, "INSERT INTO made (id) VALUES (1)", "ledger");
            connection.rollback();
        }
    }

    @Test
    void anAttachedFileIsReadAndItsTablesAreThoseOfItsName() throws Exception {
        SqliteShop shop = SqliteShop.of(
                folder,
                SqliteShop.POLICY.replace(
                        "table ledger is ledger", "table ledger is ledger\n            table archive.kept is ledger"));
        SqliteShop archive = SqliteShop.in(folder, "CREATE TABLE kept (a)", "CREATE TABLE only_there (a)");
        try (Connection connection = shop.guarded("owner")) {
            SqliteShop.run(connection, "ATTACH '" + archive.file + "' AS archive");
            assertDenied(connection, "DELETE FROM archive.kept", "kept");
            assertDenied(connection, "DELETE FROM kept", "kept");
            SqliteShop.run(connection, "DETACH archive");
        }
        try (Connection connection = shop.guarded("app")) {
            assertDenied(connection, "ATTACH '" + archive.file + "' AS archive", "administer");
            assertDenied(connection, "VACUUM INTO '" + folder.resolve("copy.db") + "'", "administer");
            assertDenied(connection, "backup to '" + folder.resolve("copy.db") + "'", "administer");
            assertDenied(connection, "SELECT load_extension('x')", "load_extension");
            SqliteShop.run(connection, "VACUUM", "ANALYZE", "REINDEX");
        }
    }

    @Test
    void aViewIsWrittenByItsTriggersAlone() throws Exception {
        SqliteShop shop = SqliteShop.in(
                folder,
                "CREATE TABLE edits (id, amount)",
                "CREATE TRIGGER t INSTEAD OF UPDATE ON entries BEGIN INSERT INTO edits VALUES (old.id, new.amount); END");
        try (Connection connection = shop.guarded("app")) {
            SqliteShop.run(connection, "UPDATE entries SET amount = 5 WHERE id = 1");
        }
    }

    @Test
    void rowsOverALimitAreUndone() throws Exception {
        SqliteShop shop = SqliteShop.of(
                folder,
                SqliteShop.POLICY.replace(
                        "tier operational is mutable",
                        "tier operational is mutable {\n              limit delete 1 row\n            }"));
        try (Connection connection = shop.guarded("app")) {
            assertDenied(connection, "DELETE FROM orders", "1 row");
            SqliteShop.run(connection, "DELETE FROM orders WHERE id = 1");
            connection.setAutoCommit(false);
            SqliteShop.run(connection, "INSERT INTO orders VALUES (7, 7, 'x')");
            assertDenied(connection, "DELETE FROM orders", "1 row");
            connection.rollback();
            connection.setAutoCommit(true);
            SqliteShop.run(connection, "SAVEPOINT a", "UPDATE orders SET state = 'z'", "RELEASE a");
            SqliteShop.run(connection, "DELETE FROM orders WHERE id = 2");
        }
        try (Connection bare = shop.bare();
                Statement statement = bare.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM orders")) {
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "enable_load_extension=true"})
    void aSettingThatTakesAProtectionAwayIsAskedForBeforeConnecting(String setting) throws Exception {
        SqliteShop shop = SqliteShop.in(folder);
        String url = "sqlite:" + shop.file + "?" + setting;
        assertThatThrownBy(() -> shop.guarded("app", url)).isInstanceOf(DenialException.class);
        shop.guarded("owner", url).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite::memory:",
                "sqlite:",
                "sqlite:file:shared?mode=memory&cache=shared",
                "sqlite:PATH?journal_mode=WAL&foreign_keys=on&busy_timeout=100&synchronous=NORMAL&cache_size=-100"
            })
    void connectsToWhateverItsDriverConnectsTo(String url) throws Exception {
        SqliteShop shop = SqliteShop.in(folder);
        try (Connection connection =
                shop.guarded("app", url.replace("PATH", folder.resolve("new.db").toString()))) {
            SqliteShop.run(
                    connection,
                    "CREATE TABLE t (a INTEGER PRIMARY KEY, b)",
                    "INSERT INTO t (b) VALUES (1), (2)",
                    "PRAGMA foreign_keys = ON",
                    "PRAGMA user_version = 3");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("SQLite");
            assertDenied(connection, "PRAGMA writable_schema = ON", "writable_schema");
            assertDenied(connection, "PRAGMA foreign_keys = OFF", "foreign_keys");
        }
    }

    @Test
    void whoReadsAnObjectThatHidesCodeIsToldSo() throws Exception {
        SqliteShop shop = SqliteShop.in(folder);
        try (Connection connection = shop.guarded("app")) {
            assertThatThrownBy(() -> connection.unwrap(org.sqlite.SQLiteConnection.class))
                    .isInstanceOf(DenialException.class);
            assertThatCode(() -> connection
                            .prepareStatement("SELECT upper(account) FROM ledger WHERE id = :id")
                            .close())
                    .doesNotThrowAnyException();
        }
    }

    /** A look is followed by a pause of some times as long as it took. */
    private static void pause() throws InterruptedException {
        Thread.sleep(50);
    }

    private static void assertDenied(Connection connection, String sql, String... parts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate(sql))
                    .as(sql)
                    .isInstanceOf(DenialException.class)
                    .hasMessageContainingAll(parts);
        }
    }
}
