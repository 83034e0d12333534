package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ways on which SQLite comes to a protected table that the statement does not name: past the guard each of them changes it,
 * and so each must be denied.
 */
class SqliteHiddenWaysTest {
    private static final String POLICY = SqliteShop.POLICY.replace(
            "table ledger is ledger",
            "table ledger is ledger\n            table notes is ledger\n            table kept_* is ledger");

    private static final List<String> PROTECTED =
            List.of("ledger", "notes", "kept_content", "kept_docsize", "kept_stat", "kept_data");

    private static final String ADDING = "INSERT INTO ledger (id, amount) VALUES (new.a, 0)";

    @TempDir
    private Path folder;

    /** What is there already and what runs, each with {@code ;;} between statements. */
    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    CREATE TABLE e (a);; CREATE TRIGGER t AFTER INSERT ON e BEGIN ADDING; END ¦ INSERT OR REPLACE INTO e VALUES (1)
                    CREATE TABLE e (a);; CREATE TRIGGER t BEFORE UPDATE ON e BEGIN INSERT OR IGNORE INTO ledger (id) VALUES (1); END;; INSERT INTO e VALUES (1) ¦ UPDATE OR REPLACE e SET a = 1
                    CREATE TABLE e (a);; CREATE VIEW v AS SELECT * FROM e;; CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN ADDING; END ¦ REPLACE INTO v VALUES (1)
                    CREATE TABLE e (a);; CREATE TABLE f (a);; CREATE TRIGGER t AFTER INSERT ON e BEGIN INSERT OR REPLACE INTO f VALUES (new.a); END;; CREATE TRIGGER u AFTER INSERT ON f BEGIN ADDING; END ¦ INSERT INTO e VALUES (1)
                    CREATE TABLE e (a UNIQUE);; CREATE TRIGGER t AFTER DELETE ON e BEGIN INSERT INTO ledger (id) VALUES (1); END;; INSERT INTO e VALUES (1) ¦ PRAGMA recursive_triggers = ON;; INSERT OR REPLACE INTO e VALUES (1)
                    CREATE TABLE e (a UNIQUE ON CONFLICT REPLACE);; CREATE TRIGGER t AFTER DELETE ON e BEGIN INSERT INTO ledger (id) VALUES (1); END;; INSERT INTO e VALUES (1) ¦ PRAGMA recursive_triggers = ON;; INSERT INTO e VALUES (1)
                    CREATE TABLE e (a);; CREATE TRIGGER t AFTER UPDATE OF b, "A" ON e BEGIN DELETE FROM ledger; END;; INSERT INTO e VALUES (1) ¦ UPDATE e SET a = 2
                    CREATE TABLE e (i INTEGER PRIMARY KEY, a);; CREATE TRIGGER t AFTER UPDATE OF rowid ON e BEGIN DELETE FROM ledger; END;; INSERT INTO e VALUES (1, 1) ¦ UPDATE e SET rowid = 2
                    CREATE TABLE e (i INTEGER PRIMARY KEY, a);; CREATE TRIGGER t AFTER UPDATE OF a ON e BEGIN DELETE FROM ledger; END;; INSERT INTO e VALUES (1, 1) ¦ INSERT INTO e VALUES (1, 2) ON CONFLICT DO UPDATE SET (a) = (3)
                    CREATE TABLE e (i INTEGER PRIMARY KEY, a, g AS (a * 2) STORED UNIQUE);; CREATE TABLE kept_stat (r REFERENCES e (g) ON UPDATE CASCADE);; INSERT INTO e (i, a) VALUES (1, 1);; INSERT INTO kept_stat VALUES (2) ¦ PRAGMA foreign_keys = ON;; UPDATE e SET a = 9
                    CREATE TABLE e (i INTEGER PRIMARY KEY, a, g AS (a * 2), h AS (g + 1) UNIQUE);; CREATE TABLE kept_stat (r REFERENCES e (h) ON UPDATE SET NULL);; INSERT INTO e (i, a) VALUES (1, 1);; INSERT INTO kept_stat VALUES (3) ¦ PRAGMA foreign_keys = ON;; INSERT INTO e (i, a) VALUES (1, 1) ON CONFLICT (i) DO UPDATE SET a = 7
                    CREATE VIRTUAL TABLE w USING fts4 (a);; INSERT INTO w VALUES ('x');; INSERT INTO w VALUES ('y');; CREATE TRIGGER t AFTER DELETE ON w_segdir BEGIN DELETE FROM ledger; END ¦ SELECT optimize(w) FROM w LIMIT 1
                    CREATE VIRTUAL TABLE w USING fts5 (a);; CREATE TRIGGER t AFTER INSERT ON w_content BEGIN DELETE FROM ledger; END ¦ INSERT INTO w VALUES ('x')
                    CREATE VIRTUAL TABLE w USING fts5 (a);; CREATE TRIGGER t AFTER INSERT ON w_docsize BEGIN INSERT INTO ledger (id) VALUES (new.id); END ¦ INSERT INTO w (rowid, a) VALUES (1, 'x')
                    CREATE VIRTUAL TABLE w USING fts5 (a);; CREATE TRIGGER t AFTER DELETE ON w_docsize BEGIN DELETE FROM ledger; END;; INSERT INTO w VALUES ('x') ¦ DELETE FROM w
                    CREATE VIRTUAL TABLE w USING fts4 (a);; CREATE TRIGGER t AFTER INSERT ON w_segdir BEGIN DELETE FROM ledger; END ¦ INSERT INTO w VALUES ('x')
                    CREATE VIRTUAL TABLE w USING rtree (i, x, y);; CREATE TRIGGER t AFTER INSERT ON w_rowid BEGIN DELETE FROM ledger; END ¦ INSERT INTO w VALUES (1, 2, 3)
                    CREATE VIRTUAL TABLE w USING fts5 (a);; INSERT INTO w VALUES ('x');; CREATE TABLE kept_data (r REFERENCES w_content (id) ON DELETE CASCADE);; INSERT INTO kept_data VALUES (1) ¦ PRAGMA foreign_keys = ON;; DELETE FROM w
                    CREATE VIRTUAL TABLE notes USING fts5 (a);; INSERT INTO notes VALUES ('x') ¦ DELETE FROM notes_content
                    CREATE VIRTUAL TABLE notes USING fts5 (a);; INSERT INTO notes VALUES ('x') ¦ INSERT OR REPLACE INTO notes_content VALUES (1, 'y')
                    CREATE VIRTUAL TABLE notes USING fts4 (a);; INSERT INTO notes VALUES ('x') ¦ DROP TABLE notes_content
                    CREATE VIRTUAL TABLE notes USING fts4 (a, matchinfo=fts3, tokenize=simple);; INSERT INTO notes VALUES ('x') ¦ UPDATE notes_content SET c0a = 'y'
                    CREATE VIRTUAL TABLE notes USING fts3 (content='x', a);; INSERT INTO notes (a) VALUES ('x') ¦ DELETE FROM notes_content
                    CREATE VIRTUAL TABLE notes USING fts5 (a, content = '', contentless_unindexed = 1, contentless_delete = 1, b UNINDEXED);; INSERT INTO notes VALUES ('x', 'y') ¦ DELETE FROM notes_content
                    CREATE VIRTUAL TABLE notes USING rtree (i, x, y);; INSERT INTO notes VALUES (1, 2, 3) ¦ DELETE FROM notes_node
                    CREATE VIRTUAL TABLE notes USING fts5 (a);; INSERT INTO notes VALUES ('x');; CREATE TABLE e (a);; CREATE TRIGGER t AFTER INSERT ON e BEGIN DELETE FROM notes_content; END ¦ INSERT INTO e VALUES (1)
                    CREATE TABLE kept_stat (a);; CREATE VIRTUAL TABLE kept USING fts3 (a) ¦ DROP TABLE kept
                    CREATE TABLE kept_docsize (a);; CREATE VIRTUAL TABLE kept USING fts4 (a, matchinfo=fts3) ¦ DROP TABLE kept
                    CREATE TABLE kept_stat (id INTEGER PRIMARY KEY, value);; INSERT INTO kept_stat VALUES (2, 'x');; CREATE VIRTUAL TABLE kept USING fts3 (a) ¦ INSERT INTO kept (kept) VALUES ('automerge=2')
                    CREATE TABLE kept_stat (id INTEGER PRIMARY KEY, value);; INSERT INTO kept_stat VALUES (0, 'x');; CREATE VIRTUAL TABLE kept USING fts4 (a) ¦ INSERT INTO kept VALUES ('y')
                    CREATE TABLE kept_stat (a);; CREATE VIRTUAL TABLE kept USING fts3 (a) ¦ ALTER TABLE kept RENAME TO gone
                    CREATE TABLE kept_stat (a) ¦ CREATE VIRTUAL TABLE kept USING fts3 (a);; DROP TABLE kept
                    CREATE TABLE kept_stat (a);; CREATE VIRTUAL TABLE w USING fts3 (a) ¦ ALTER TABLE w RENAME TO kept;; DROP TABLE kept
                    CREATE TABLE kept_content (a) ¦ CREATE VIRTUAL TABLE kept USING fts5 (a, cont = '');; DROP TABLE kept_content
                    CREATE TABLE kept_content (a);; CREATE VIRTUAL TABLE kept USING fts4 (a, content='') ¦ ALTER TABLE kept_content ADD b DEFAULT 0;; DROP TABLE kept_content
                    """)
    void whatSqliteComesToIsDenied(String before, String sql) throws Exception {
        SqliteShop shop = shop(before);
        String[] texts = statements(sql);
        try (Connection connection = shop.guarded("app")) {
            assertThatThrownBy(() -> SqliteShop.run(connection, texts)).isInstanceOf(DenialException.class);
        }
        try (Connection connection = shop.guarded("app")) {
            assertThatThrownBy(() -> SqliteShop.run(connection, String.join("; ", texts)))
                    .isInstanceOf(DenialException.class);
        }
        try (Connection bare = shop(before).bare()) {
            String rows = rows(bare);
            SqliteShop.run(bare, texts);
            assertThat(rows(bare)).isNotEqualTo(rows);
        }
    }

    /** The same names and words where SQLite leaves what is protected as it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    CREATE TABLE e (a, b);; INSERT INTO e VALUES (1, 2);; CREATE TRIGGER t AFTER UPDATE OF a ON e BEGIN DELETE FROM ledger; END ¦ UPDATE e SET b = 3
                    CREATE TABLE e (a NOT NULL ON CONFLICT REPLACE DEFAULT 0);; CREATE TRIGGER t AFTER DELETE ON e BEGIN DELETE FROM ledger; END ¦ INSERT INTO e VALUES (NULL);; UPDATE e SET a = 2
                    CREATE TABLE e (a UNIQUE ON CONFLICT REPLACE);; INSERT INTO e VALUES (1);; CREATE TRIGGER t AFTER DELETE ON e BEGIN DELETE FROM ledger; END ¦ INSERT OR IGNORE INTO e VALUES (1);; UPDATE OR ABORT e SET a = 2
                    CREATE TABLE e (a);; CREATE TABLE f (a UNIQUE ON CONFLICT REPLACE);; CREATE TRIGGER t AFTER INSERT ON e BEGIN INSERT INTO f VALUES (new.a); END;; CREATE TRIGGER u AFTER DELETE ON f BEGIN DELETE FROM ledger; END ¦ PRAGMA recursive_triggers = ON;; INSERT OR IGNORE INTO e VALUES (1), (1)
                    CREATE TABLE kept_content (a) ¦ CREATE VIRTUAL TABLE kept2 USING fts5 (a, content = '');; INSERT INTO kept2 VALUES ('x');; DROP TABLE kept2
                    CREATE TABLE w_content (a);; CREATE VIRTUAL TABLE notes USING fts5 (a) ¦ CREATE VIRTUAL TABLE w USING fts5 (a, content = '');; INSERT INTO w VALUES ('x');; DELETE FROM w_content;; DROP TABLE w_content
                    CREATE TABLE notes_content (a);; CREATE VIRTUAL TABLE notes USING fts5 (a, content = '') ¦ INSERT INTO notes_content VALUES (1);; DELETE FROM notes_content
                    CREATE TABLE notes_meta (a);; CREATE VIRTUAL TABLE notes USING fts5 (a) ¦ INSERT INTO notes_meta VALUES (1);; DELETE FROM notes_meta
                    CREATE TABLE pet (id INTEGER PRIMARY KEY AUTOINCREMENT);; INSERT INTO pet VALUES (7) ¦ DELETE FROM sqlite_sequence WHERE name = 'pet';; UPDATE sqlite_sequence SET seq = 0 WHERE name = 'pet';; UPDATE main.sqlite_sequence SET "seq" = (SELECT max(id) FROM pet) WHERE "name" = 'pet'
                    CREATE TABLE pet (id INTEGER PRIMARY KEY AUTOINCREMENT);; CREATE TABLE dog (id INTEGER PRIMARY KEY AUTOINCREMENT);; INSERT INTO pet VALUES (7);; INSERT INTO dog VALUES (7) ¦ UPDATE "sqlite_sequence" SET "seq" = 0 WHERE "name" IN ('pet', 'dog');; UPDATE sqlite_sequence SET seq = 0 WHERE name = "pet" OR sqlite_sequence.name == 'dog';; DELETE FROM sqlite_sequence WHERE name IN ('pet', "dog");; INSERT INTO sqlite_sequence (name, seq) VALUES ('pet', 10), ("dog", (SELECT max(id) FROM pet WHERE id IN (1, 2)));; INSERT INTO main.sqlite_sequence VALUES ('pet', 10);; INSERT INTO sqlite_sequence ("seq", name) VALUES (abs(1), 'pet')
                    CREATE TABLE "with" ("with");; CREATE TABLE x ("with") ¦ CREATE INDEX i ON with (with);; INSERT INTO with VALUES (max(1, 2));; CREATE INDEX j ON x (lower(with), with DESC)
                    """)
    void whatSqliteLeavesIsNotDenied(String before, String sql) throws Exception {
        SqliteShop shop = shop(before);
        try (Connection bare = shop.bare()) {
            String rows = rows(bare);
            try (Connection connection = shop.guarded("app")) {
                SqliteShop.run(connection, statements(sql));
            }
            assertThat(rows(bare)).isEqualTo(rows);
        }
    }

    @Test
    void aVirtualTableNeedsNoRightOnTheTablesOfItsRows() throws Exception {
        SqliteShop shop = SqliteShop.of(
                folder,
                SqliteShop.POLICY.replace("table * is", "table words is"),
                "CREATE VIRTUAL TABLE words USING fts4 (a)");
        try (Connection connection = shop.guarded("app")) {
            SqliteShop.run(
                    connection,
                    "INSERT INTO words VALUES ('x')",
                    "UPDATE words SET a = 'y'",
                    "INSERT INTO words (words) VALUES ('optimize')",
                    "DELETE FROM words",
                    "DROP TABLE words");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
                    ALTER TABLE temp.z RENAME TO ledger
                    ALTER TABLE z RENAME TO ledger
                    CREATE TEMP VIEW ledger AS SELECT 0 AS id
                    CREATE VIEW temp.ledger AS SELECT 0 AS id
                    CREATE VIRTUAL TABLE temp.ledger USING fts5 (id)
                    CREATE VIRTUAL TABLE temp.kept USING fts5 (id)
                    CREATE VIRTUAL TABLE temp.w USING fts5 (id); ALTER TABLE temp.w RENAME TO kept
                    CREATE TEMP TABLE ledger AS SELECT 1 AS id
                    """)
    void nothingOfTheSessionHidesAProtectedTable(String sql) throws Exception {
        SqliteShop shop = shop("CREATE TABLE kept_data (id)");
        try (Connection connection = shop.guarded("app")) {
            SqliteShop.run(connection, "CREATE TEMP TABLE z (id)");
            assertThatThrownBy(() -> SqliteShop.run(connection, sql))
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining("hide");
            SqliteShop.run(connection, "ALTER TABLE temp.z RENAME TO y", "INSERT INTO y VALUES (1)");
            SqliteShop.run(connection, "CREATE TEMP VIEW own AS SELECT * FROM y");
        }
    }

    @Test
    void rowsThatAreReplacedAreHeldToTheLimitThatNobodyCanCount() throws Exception {
        SqliteShop shop = SqliteShop.of(
                folder,
                SqliteShop.POLICY.replace(
                        "tier operational is mutable", "tier operational is mutable {\n  limit delete 2 rows\n}"));
        try (Connection connection = shop.guarded("app")) {
            SqliteShop.run(connection, "DELETE FROM orders WHERE id = 1", "INSERT INTO orders (id) VALUES (8)");
            for (String sql : List.of("REPLACE INTO orders (id) VALUES (2)", "UPDATE OR REPLACE orders SET id = 2")) {
                assertThatThrownBy(() -> SqliteShop.run(connection, sql))
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("DELETE");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
                    DELETE FROM sqlite_sequence
                    DELETE FROM sqlite_sequence WHERE name = 'ledger'
                    UPDATE sqlite_sequence SET seq = 0 WHERE name = 'Ledger'
                    UPDATE sqlite_sequence SET name = 'ledger' WHERE name = 'pet'
                    DELETE FROM sqlite_sequence WHERE name = 'pet' OR 1
                    DELETE FROM sqlite_sequence WHERE name = "name"
                    DELETE FROM sqlite_sequence WHERE name = "Seq"
                    DELETE FROM sqlite_sequence WHERE name = "LEDGER"
                    DELETE FROM sqlite_sequence WHERE name IN ('pet', 'ledger')
                    DELETE FROM sqlite_sequence WHERE name IN ('pet', name)
                    DELETE FROM sqlite_sequence WHERE name IN ('pet', 'x' || 'y')
                    DELETE FROM sqlite_sequence WHERE name NOT IN ('pet')
                    DELETE FROM sqlite_sequence WHERE name IN ('pet') OR name = 'ledger'
                    DELETE FROM sqlite_sequence WHERE name IN ('pet') OR seq = 1
                    DELETE FROM sqlite_sequence WHERE name IN (SELECT 'pet')
                    UPDATE sqlite_sequence SET seq = 0 FROM orders AS pet WHERE name = "state"
                    UPDATE sqlite_sequence AS s SET seq = 0 FROM orders AS sqlite_sequence WHERE sqlite_sequence.name = 'pet'
                    UPDATE sqlite_sequence SET seq = 0, name = 'ledger' WHERE name IN ('pet')
                    UPDATE "sqlite_sequence" SET "seq" = 0 WHERE "name" IN ('pet', 'ledger')
                    INSERT INTO sqlite_sequence (name, seq) VALUES ('pet', 1), ('ledger', 9)
                    INSERT INTO sqlite_sequence (seq, name) VALUES ('pet', 'ledger')
                    INSERT INTO sqlite_sequence (name, name) VALUES ('pet', 'ledger')
                    INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq) VALUES (1, 'pet', 1)
                    INSERT INTO sqlite_sequence (name, seq) SELECT 'pet', 1
                    INSERT INTO sqlite_sequence (name, seq) VALUES ('pet' || '', 1)
                    INSERT INTO sqlite_sequence (seq) VALUES (1)
                    REPLACE INTO sqlite_sequence VALUES ('ledger', 9)
                    DELETE FROM sqlite_sequence AS name WHERE name = 'ledger'
                    INSERT INTO sqlite_sequence VALUES ('ledger', 9)
                    """)
    void theNumbersOfAProtectedTableStay(String sql) throws Exception {
        SqliteShop shop = shop("CREATE TABLE pet (id INTEGER PRIMARY KEY AUTOINCREMENT)");
        try (Connection connection = shop.guarded("app")) {
            assertThatThrownBy(() -> SqliteShop.run(connection, sql)).isInstanceOf(DenialException.class);
        }
    }

    private SqliteShop shop(String before) throws Exception {
        return SqliteShop.of(folder, POLICY, statements(before));
    }

    private static String[] statements(String text) {
        return text.replace("ADDING", ADDING).split(";; ");
    }

    /** What the protected tables hold and how they are made. */
    private static String rows(Connection connection) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            for (String table : PROTECTED) {
                try (ResultSet row =
                        statement.executeQuery("SELECT sql FROM sqlite_schema WHERE name = '" + table + "'")) {
                    if (!row.next()) {
                        continue;
                    }
                    rows.append(row.getString(1)).append('\n');
                }
                read(statement, table, rows);
            }
        }
        return rows.toString();
    }

    private static void read(Statement statement, String table, StringBuilder rows) {
        try (ResultSet row = statement.executeQuery("SELECT rowid, * FROM " + table)) {
            while (row.next()) {
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    rows.append(row.getString(i)).append(' ');
                }
            }
        } catch (SQLException broken) {
            rows.append(broken.getMessage());
        }
    }
}
