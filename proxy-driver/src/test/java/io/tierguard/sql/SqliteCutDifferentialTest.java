package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our cut and reading of a text against those of a live SQLite without the guard. */
class SqliteCutDifferentialTest {
    private static final long SEED = 20_261_128L;

    private static final List<String> PIECES = List.of(
            "'", "''", "'a'", "'b''c'", "\"", "\"a\"", "\"\"", "`", "`a`", "[", "]", "[a]", "--", "/*", "*/", "/**/",
            "\n", "\r", " ", " ", "\t", "\f", "1", "1_0", "1_", "1e", "1e5", "0x", "0x4", "x'41'", "X'4", "a", "t",
            "t.a", ".", ",", "?", "?1", ":a", ":a::b", "$a(b)", "@a(", "#1", "(", ")", ";", "+", "-", "->", "->>", "=",
            "==", "<>", "!=", "!", "<<", "|", "||", "&", "~", "%", "SELECT", "FROM t", "WHERE", "AS", "\u00e9",
            "\u00a0", "\uFEFF", "NULL", "AND", "{", "}", "\\", "^");

    private static final List<String> FRAGMENTS = List.of(
            "DELETE FROM ledger",
            "DELETE FROM 'ledger'",
            "DELETE FROM [ledger]",
            "DELETE FROM main.\"ledger\"",
            "UPDATE ledger SET id = id + 10",
            "UPDATE OR REPLACE ledger SET rowid = 1",
            "INSERT INTO ledger VALUES (9)",
            "REPLACE INTO ledger VALUES (1)",
            "INSERT OR IGNORE INTO ledger SELECT 8",
            "DROP TABLE ledger",
            "ALTER TABLE ledger RENAME TO x",
            "SELECT 1",
            "SELECT 'a'",
            "SELECT * FROM t",
            "'",
            "'",
            "\"",
            "`",
            "/*",
            "*/",
            "--",
            "\n",
            "\r",
            ";",
            ";",
            ";",
            "?",
            "{",
            "\\",
            "x'",
            "[",
            "]",
            " ",
            "\t",
            "(",
            ")",
            ",",
            "1",
            "a",
            "WITH x AS (SELECT 1) ",
            "WITH ledger AS (SELECT 1) ",
            "EXPLAIN ",
            "EXPLAIN QUERY PLAN ",
            "BEGIN;",
            "COMMIT;",
            "SAVEPOINT a;",
            "RELEASE a;",
            "ROLLBACK;",
            "CREATE TEMP TRIGGER tr AFTER INSERT ON t BEGIN ",
            "END;",
            "INSERT INTO t VALUES (1);",
            "CREATE TRIGGER tr AFTER INSERT ON t WHEN 1 BEGIN DELETE FROM ledger; END;",
            "CREATE VIEW v AS SELECT * FROM ledger;",
            "CREATE TEMP TABLE ledger (id);",
            "DELETE FROM temp.ledger;",
            "PRAGMA foreign_keys = 1;",
            "ON CONFLICT DO UPDATE SET id = 7",
            "WHERE id IN ",
            "RETURNING *",
            "ORDER BY id",
            "LIMIT 1",
            "INDEXED BY i",
            "NOT INDEXED",
            "AS ledger",
            "AS x",
            "$a(",
            ":a(--)",
            "\u00e9",
            "\uFEFF",
            "\u00a0",
            "/*/",
            "/**/",
            "CASE WHEN 1 THEN 2 END",
            "VALUES (1)",
            "UNION ALL",
            "replace(1, 2, 3)",
            "FROM ledger",
            "DELETE",
            "FROM",
            "ledger",
            "INTO",
            "SET id = 5");

    /** Words of texts that may leave something behind although the table is as it was. */
    private static final List<String> LEAVES = List.of("BEGIN", "SAVEPOINT", "CREATE", "PRAGMA", "INSERT INTO t");

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        restore();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void theSameTokensWithOneBlankBetweenThemHaveTheSameOutcome() throws SQLException {
        Random random = new Random(SEED);
        int cut = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("SELECT ");
            int count = 1 + random.nextInt(7);
            for (int k = 0; k < count; k++) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String sql = text.toString();
            String plain = plain(sql);
            if (!plain.isEmpty()) {
                cut++;
                assertThat(outcome(sql))
                        .as("seed %d, text %d: %s is %s", SEED, i, sql, plain)
                        .isEqualTo(outcome(plain));
            }
        }
        System.out.println("SqliteCutDifferentialTest, seed " + SEED + ": " + cut + " texts cut");
        assertThat(cut).isGreaterThan(5_000);
    }

    @Test
    void noTextOfRandomFragmentsChangesTheTableUnsaid() throws SQLException {
        Random random = new Random(SEED);
        int changed = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int count = 1 + random.nextInt(8);
            for (int k = 0; k < count; k++) {
                text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
                text.append(random.nextInt(3) > 0 ? " " : "");
            }
            String sql = text.toString();
            if (changes(sql)) {
                changed++;
                assertThat(mayChangeLedger(sql))
                        .as("seed %d, text %d: %s", SEED, i, sql)
                        .isTrue();
            }
        }
        System.out.println("SqliteCutDifferentialTest, seed " + SEED + ": " + changed + " texts changed the table");
        assertThat(changed).isGreaterThan(500);
    }

    /** The text's tokens with a blank between them; empty where it is not cut or holds more than one statement. */
    private static String plain(String sql) {
        try {
            List<String> tokens = new ArrayList<>();
            for (Token token : new SqliteTokenizer(sql).tokenize()) {
                if (token.isSymbol(";")) {
                    return "";
                }
                tokens.add(sql.substring(token.start(), token.end()));
            }
            return String.join(" ", tokens);
        } catch (UnreadableTextException notCut) {
            return "";
        }
    }

    private String outcome(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getString(i));
                }
            }
            return values.toString();
        } catch (SQLException refused) {
            return "refused";
        }
    }

    private static boolean mayChangeLedger(String sql) {
        Set<String> writes = Analysis.writes(Analysis.of(Dialect.SQLITE, sql));
        AnalyzedText text = Analysis.of(Dialect.SQLITE, sql);
        boolean defines = text.statements().stream()
                .anyMatch(statement -> statement.operation().equals("CREATE TRIGGER"));
        return defines || writes.contains("UNREADABLE") || writes.stream().anyMatch(write -> write.endsWith("ledger"));
    }

    private boolean changes(String sql) throws SQLException {
        String before = state();
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException failed) {
            // Part of a text may have run before another failed.
        }
        boolean changed = !state().equals(before);
        if (changed || LEAVES.stream().anyMatch(sql::contains)) {
            restore();
        }
        return changed;
    }

    private String state() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) || '/' || sum(id) FROM main.ledger")) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException gone) {
            return "gone";
        }
    }

    private void restore() throws SQLException {
        if (connection != null) {
            connection.close();
        }
        connection = DriverManager.getConnection("jdbc:sqlite:");
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE t (a); INSERT INTO t VALUES (5);"
                    + "CREATE TABLE ledger (id INTEGER PRIMARY KEY); INSERT INTO ledger VALUES (1), (2), (3);"
                    + "CREATE INDEX i ON ledger (id)");
        }
    }
}
