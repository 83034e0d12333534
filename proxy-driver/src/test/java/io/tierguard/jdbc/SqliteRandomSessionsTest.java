package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random statements on a live SQLite, over protected and free tables, some of them broken: whatever the guard passes leaves
 * each protected row, and how its table is made, as it was.
 */
class SqliteRandomSessionsTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_128L);

    private static final long SECONDS = Long.getLong("fuzz.seconds", 0L);

    /** How many schemas a build tries, whatever its machine. */
    private static final int ROUNDS = 12;

    private static final String POLICY = SqliteShop.POLICY.replace("table ledger is ledger", """
            table ledger is ledger
            table journal is ledger
            table docs is ledger
            table kids is ledger""");

    private static final String[] SCHEMA = {
        "CREATE TABLE journal (a UNIQUE ON CONFLICT REPLACE, b)",
        "INSERT INTO journal VALUES (1, 2), (2, 3)",
        "CREATE VIRTUAL TABLE docs USING fts5 (body)",
        "INSERT INTO docs VALUES ('one'), ('two')",
        "CREATE VIEW v_docs AS SELECT body FROM docs",
        "CREATE TRIGGER ue INSTEAD OF UPDATE ON entries BEGIN UPDATE ledger SET amount = 0 WHERE id = old.id; END",
        "CREATE TABLE watched (a)",
        "CREATE TRIGGER w AFTER INSERT ON watched BEGIN DELETE FROM ledger WHERE id = 1; END",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, name)",
        "INSERT INTO parent VALUES (1, 'p')",
        "CREATE TABLE kids (p REFERENCES parent ON DELETE CASCADE ON UPDATE SET NULL)",
        "INSERT INTO kids VALUES (1)"
    };

    private static final String PROTECTED = """
            SELECT group_concat(id || account || amount) FROM main.ledger WHERE id < 4
            UNION ALL SELECT group_concat(rowid || a || b) FROM main.journal WHERE rowid < 3
            UNION ALL SELECT group_concat(rowid || body) FROM main.docs WHERE rowid < 3
            UNION ALL SELECT count(*) FROM main.docs ('one') WHERE rowid = 1
            UNION ALL SELECT p FROM main.kids WHERE rowid = 1
            UNION ALL SELECT group_concat(sql) FROM main.sqlite_schema
              WHERE name IN ('ledger', 'journal', 'docs') AND type = 'table'""";

    private static final List<String> TABLES = List.of(
            "ledger",
            "journal",
            "docs",
            "kids",
            "entries",
            "v_docs",
            "docs_content",
            "docs_data",
            "orders",
            "watched",
            "parent",
            "mine");

    private static final List<String> COLUMNS = List.of(
            "id", "account", "amount", "a", "b", "body", "docs", "p", "entry", "state", "name", "rowid", "block");

    private final Random random = new Random(SEED);

    @TempDir
    private Path folder;

    @Test
    void whateverPassesLeavesProtectedRowsAsTheyWere() throws Exception {
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        int texts = 0;
        int denied = 0;
        int ran = 0;
        for (int round = 0; round < ROUNDS || System.nanoTime() < end; round++) {
            SqliteShop shop = SqliteShop.of(folder, POLICY, SCHEMA);
            try (Connection bare = shop.bare();
                    Connection connection =
                            shop.guarded("owner", "sqlite:" + shop.file + "?synchronous=OFF&journal_mode=MEMORY")) {
                String before = state(bare);
                for (int i = 0; i < 60; i++) {
                    String sql = broken(statement());
                    texts++;
                    try {
                        run(connection, sql);
                        ran++;
                    } catch (DenialException refused) {
                        denied++;
                    } catch (SQLException unlike) {
                        // Many a random statement is none.
                    }
                    endTransaction(connection);
                    assertThat(state(bare))
                            .as("seed %d, text %d: %s", SEED, texts, sql)
                            .isEqualTo(before);
                }
            }
        }
        System.out.println("SqliteRandomSessionsTest, seed " + SEED + ": " + texts + " texts, " + denied + " denied, "
                + ran + " ran");
        assertThat(denied).isGreaterThan(texts / 10);
        assertThat(ran).isGreaterThan(texts / 20);
    }

    private static String state(Connection bare) throws SQLException {
        List<String> state = new ArrayList<>();
        try (Statement statement = bare.createStatement();
                ResultSet rows = statement.executeQuery(PROTECTED)) {
            while (rows.next()) {
                state.add(String.valueOf(rows.getString(1)));
            }
        } catch (SQLException gone) {
            return "gone: " + gone.getMessage();
        }
        return state.toString();
    }

    private void run(Connection connection, String sql) throws SQLException {
        switch (random.nextInt(4)) {
            case 0 -> {
                try (PreparedStatement prepared = connection.prepareStatement(sql)) {
                    prepared.execute();
                }
            }
            case 1 -> {
                try (Statement statement = connection.createStatement()) {
                    statement.addBatch(sql);
                    statement.executeBatch();
                }
            }
            case 2 -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            }
            default -> SqliteShop.run(connection, sql);
        }
    }

    private static void endTransaction(Connection connection) {
        try {
            SqliteShop.run(connection, "ROLLBACK");
        } catch (SQLException none) {
            // None was open.
        }
    }

    private String statement() {
        String one = change();
        return switch (random.nextInt(12)) {
            case 0 -> query(2);
            case 1 -> definition();
            case 2 -> definition() + "; " + one;
            case 3 ->
                any("BEGIN", "SAVEPOINT s", "PRAGMA foreign_keys = ON", "PRAGMA recursive_triggers = ON") + "; " + one
                        + "; COMMIT";
            case 4 -> query(1) + "; " + one;
            default -> one;
        };
    }

    private String change() {
        String table = table();
        String with = random.nextInt(6) == 0 ? "WITH " + any("ledger", "c") + " AS (" + query(1) + ") " : "";
        String where = random.nextBoolean() ? " WHERE " + value(2) : "";
        return with
                + switch (random.nextInt(5)) {
                    case 0 -> "DELETE FROM " + table + where + any("", "", " RETURNING 1", " ORDER BY 1 LIMIT 1");
                    case 1 ->
                        "UPDATE " + any("", "OR IGNORE ", "OR REPLACE ") + table + " SET " + column() + " = " + value(1)
                                + any("", " FROM orders") + where;
                    case 2 ->
                        any("REPLACE", "INSERT OR REPLACE") + " INTO " + table + " (" + column() + ") " + source();
                    case 3 ->
                        "INSERT INTO " + table + " (" + column() + ") " + source() + " ON CONFLICT DO UPDATE SET "
                                + column() + " = " + value(1);
                    default ->
                        "INSERT INTO " + table + " (" + column() + ", " + column() + ") VALUES (" + value(1) + ", 1)";
                };
    }

    private String definition() {
        String table = table();
        return switch (random.nextInt(9)) {
            case 0 -> "CREATE TEMP TABLE " + any("mine", table) + " (a, b)";
            case 1 -> "CREATE TEMP VIEW " + any("mine", table) + " AS " + query(1);
            case 2, 3 ->
                "CREATE " + any("", "TEMP ") + "TRIGGER t" + random.nextInt(3) + any(" AFTER ", " INSTEAD OF ")
                        + any("INSERT", "UPDATE", "DELETE") + " ON " + table + " BEGIN " + change() + "; END";
            case 4 -> "ALTER TABLE " + table + " RENAME TO " + any("gone", table());
            case 5 -> "ALTER TABLE " + table + any(" DROP COLUMN ", " RENAME COLUMN x TO ") + column();
            case 6 -> "DROP " + any("TABLE ", "VIEW ") + table;
            case 7 -> "CREATE TABLE mine (a REFERENCES " + table + " ON DELETE CASCADE, b)";
            default -> "DROP TRIGGER " + any("w", "ue", "t0", "t1");
        };
    }

    private String source() {
        return random.nextBoolean() ? "VALUES (" + value(1) + ")" : query(1) + " WHERE true";
    }

    private String query(int depth) {
        return "SELECT " + value(depth - 1) + " FROM " + table();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth <= 0 ? 3 : 7)) {
            case 0 -> column();
            case 1 -> any("1", "2", "'cash'", "'delete-all'", "NULL", "x'00'");
            case 2 -> "1";
            case 3 -> "(" + query(depth) + ")";
            case 4 -> "upper(" + value(depth - 1) + ")";
            case 5 -> value(depth - 1) + any(" = ", " + ", " IS ", " || ") + value(depth - 1);
            default -> value(depth - 1) + " IN " + any("watched", "(" + query(1) + ")");
        };
    }

    private String table() {
        return any("", "", "", "main.", "temp.") + quoted(TABLES.get(random.nextInt(TABLES.size())));
    }

    private String column() {
        return quoted(COLUMNS.get(random.nextInt(COLUMNS.size())));
    }

    private String quoted(String name) {
        return switch (random.nextInt(8)) {
            case 0 -> '"' + name + '"';
            case 1 -> '[' + name + ']';
            case 2 -> '`' + name + '`';
            default -> name;
        };
    }

    /** Most texts as they are, some with a mark where none belongs. */
    private String broken(String sql) {
        if (random.nextInt(5) > 0) {
            return sql;
        }
        int at = random.nextInt(sql.length() + 1);
        String mark = any(
                "'",
                "\"",
                "[",
                "]",
                "--",
                "/*",
                "*/",
                ";",
                "\n",
                "(",
                ")",
                "$a(",
                "\uFEFF",
                "\u00a0",
                " ledger ",
                "/**/");
        return sql.substring(0, at) + mark + sql.substring(at);
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
