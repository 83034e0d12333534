package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs texts on a live H2 without the guard: whenever the table changed, the analysis must have said so. */
class H2CutDifferentialTest {

    private static final List<String> FRAGMENTS = List.of(
            "DELETE FROM ledger",
            "TRUNCATE TABLE ledger",
            "UPDATE ledger SET id = id + 1",
            "INSERT INTO ledger VALUES (9)",
            "DELETE FROM \"LEDGER\"",
            "DELETE FROM `ledger`",
            "DELETE FROM U&\"\\004cEDGER\"",
            "DELETE ledger",
            "SELECT 1",
            "SELECT 'a'",
            "SELECT * FROM OLD TABLE (DELETE FROM ledger)",
            "MERGE INTO ledger KEY(id) VALUES (7)",
            "'",
            "'",
            "\"",
            "`",
            "/*",
            "*/",
            "--",
            "//",
            "\n",
            "\r",
            ";",
            ";",
            "$$",
            "$",
            "?",
            "{",
            "}",
            "\\",
            "E'",
            "N'",
            "x'",
            "U&'",
            "[",
            "]",
            " ",
            " ",
            "\t",
            "(",
            ")",
            "SELECT",
            ",",
            "1",
            "0x1",
            "a",
            "{d '2020-01-01'}",
            "{fn ",
            "||",
            "WITH x AS (SELECT 1) ",
            "EXPLAIN ANALYZE ",
            "EXPLAIN ",
            "CALL 1",
            "#",
            "@",
            "U&\"",
            "UESCAPE '!'",
            "/**/",
            "/*/",
            "CREATE TABLE x AS ",
            "SELECT $$ ",
            "\u00e9",
            "1e",
            ".",
            ":",
            "TABLE ledger",
            "DROP TABLE ledger",
            "EXECUTE IMMEDIATE '",
            "EXECUTE IMMEDIATE $$DELETE FROM ledger$$",
            "FROM FINAL TABLE (",
            "DELETE FROM [LEDGER]",
            "DELETE FROM LEDGER#",
            "SET MODE MSSQLServer;",
            "SET MODE Regular;",
            "??(",
            "??)",
            "ARRAY[",
            "10K",
            "0x",
            "IS OF (INT)",
            "FORMAT JSON",
            "VALUES 1,",
            "UPDATE TOP (5) ledger SET (id) = id + 10",
            "INSERT INTO ledger VALUES 8",
            "FROM ledger SELECT",
            "@a := ",
            "AT LOCAL",
            "WHERE id IN (1, SELECT 2",
            "FETCH FIRST ROW ONLY");

    private static final List<String> MODES = List.of(
            "REGULAR",
            "STRICT",
            "LEGACY",
            "DB2",
            "Derby",
            "HSQLDB",
            "MSSQLServer",
            "MariaDB",
            "MySQL",
            "Oracle",
            "PostgreSQL");

    private static final List<String> SETTINGS =
            List.of("", ";DATABASE_TO_LOWER=TRUE", ";DATABASE_TO_UPPER=FALSE", ";CASE_INSENSITIVE_IDENTIFIERS=TRUE");

    private Connection connection;
    private boolean squareBrackets;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        restore();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM ledger",
                "DELETE ledger",
                "DELETE/**/FROM//\nledger",
                "SELECT 1; DELETE FROM ledger",
                "SELECT 1 // '\n; DELETE FROM ledger; // '",
                "SELECT 1 -- '\r; DELETE FROM ledger; -- '",
                "SELECT '\\'; DELETE FROM ledger; --'",
                "SELECT $$'$$; DELETE FROM ledger; --'",
                "DELETE FROM \"LEDGER\"",
                "DELETE FROM `ledger`",
                "DELETE FROM U&\"\\004cEDGER\"",
                "DELETE FROM PUBLIC.\"LEDGER\"",
                "DELETE /* /* */ ; SELECT ' */ FROM ledger -- '",
                "SELECT * FROM OLD TABLE (DELETE FROM ledger)",
                "SELECT * FROM OLD TABLE (UPDATE ledger SET id = id + 10)",
                "SELECT (SELECT COUNT(*) FROM OLD TABLE (DELETE FROM ledger))",
                "EXPLAIN ANALYZE DELETE FROM ledger",
                "MERGE INTO ledger KEY(id) VALUES (7)",
                "MERGE INTO ledger USING (SELECT 1 x) s ON id = s.x WHEN MATCHED THEN DELETE",
                "CREATE TABLE x AS SELECT * FROM OLD TABLE (DELETE FROM ledger)",
                "INSERT INTO t SELECT id FROM OLD TABLE (DELETE FROM ledger)",
                "TRUNCATE TABLE ledger RESTART IDENTITY",
                "DROP TABLE ledger",
                "DROP ALL OBJECTS",
                "ALTER TABLE ledger RENAME TO x",
                "EXECUTE IMMEDIATE 'DELETE FROM ledger'",
                "SET @a = (SELECT COUNT(*) FROM OLD TABLE (DELETE FROM ledger))",
                "CALL (SELECT COUNT(*) FROM OLD TABLE (DELETE FROM ledger))",
                "VALUES (SELECT COUNT(*) FROM OLD TABLE (DELETE FROM ledger))",
                "DELETE FROM {oj ledger}",
                "{call (SELECT COUNT(*) FROM OLD TABLE (DELETE FROM ledger))}",
                "DELETE FROM ledger WHERE id IN (1, 2, 3)",
                "DELETE FROM ledger FETCH FIRST 1 ROW ONLY",
                "UPDATE ledger AS x SET x.id = x.id + 10",
                "INSERT INTO ledger SELECT 5",
                "INSERT INTO ledger SET id = 5",
                "INSERT INTO ledger DEFAULT VALUES",
                "WITH s AS (SELECT 1) SELECT * FROM s; DELETE FROM ledger",
                "TABLE t; DELETE FROM ledger"
            })
    void aTextThatChangesTheTableOnH2IsSaidToWriteIt(String sql) throws SQLException {
        assertThat(changes(sql)).as("changes the table on H2").isTrue();
        assertThat(mayChangeLedger(sql)).isTrue();
    }

    @Test
    void noTextOfRandomFragmentsChangesTheTableUnsaid() throws SQLException {
        long seed = 20261122L;
        System.out.println("H2CutDifferentialTest seed " + seed);
        Random random = new Random(seed);
        int changed = 0;
        for (int i = 0; i < 20_000; i++) {
            String sql = randomText(random);
            boolean said = mayChangeLedger(sql);
            if (changes(sql)) {
                changed++;
                assertThat(said).as("seed %d, text %d: %s", seed, i, sql).isTrue();
            }
        }
        assertThat(changed).as("texts that did change the table").isGreaterThan(500);
    }

    @ParameterizedTest
    @FieldSource("MODES")
    void noTextOfRandomFragmentsChangesTheTableUnsaidInAnyMode(String mode) throws SQLException {
        long seed = 20261128L + MODES.indexOf(mode);
        System.out.println("H2CutDifferentialTest mode " + mode + " seed " + seed);
        Random random = new Random(seed);
        connection.close();
        connection = DriverManager.getConnection(
                "jdbc:h2:mem:;MODE=" + mode + SETTINGS.get(MODES.indexOf(mode) % SETTINGS.size()));
        restore();
        int changed = 0;
        for (int i = 0; i < 1_000; i++) {
            setMode(mode);
            String sql = randomText(random);
            boolean said = mayChangeLedger(sql);
            if (changes(sql)) {
                changed++;
                assertThat(said)
                        .as("mode %s, seed %d, text %d: %s", mode, seed, i, sql)
                        .isTrue();
            }
        }
        assertThat(changed).as("texts that did change the table").isGreaterThan(5);
    }

    private void setMode(String mode) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET MODE " + mode);
        }
        squareBrackets = mode.equals("MSSQLServer");
    }

    private static String randomText(Random random) {
        StringBuilder sql = new StringBuilder();
        int count = 1 + random.nextInt(8);
        for (int k = 0; k < count; k++) {
            sql.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            if (random.nextInt(3) > 0) {
                sql.append(' ');
            }
        }
        return sql.toString();
    }

    private boolean mayChangeLedger(String sql) {
        AnalyzedText text =
                new SqlAnalyzer(new LexicalModes(Dialect.H2, false, squareBrackets)).analyze(sql, Placeholders.NONE);
        Set<String> writes = Analysis.writes(text);
        for (String write : writes) {
            if (write.equals("UNREADABLE") || write.endsWith("ledger") || write.endsWith("everything")) {
                return true;
            }
        }
        return false;
    }

    private boolean changes(String sql) throws SQLException {
        String before = state();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            // Part of a text may have run before another failed.
        }
        boolean changed = !state().equals(before);
        if (changed) {
            restore();
        }
        return changed;
    }

    private String state() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) || '/' || SUM(id) FROM ledger")) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException gone) {
            return "gone";
        }
    }

    private void restore() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
            statement.execute("CREATE TABLE t(id INT)");
            statement.execute("CREATE TABLE ledger(id INT DEFAULT 6 PRIMARY KEY)");
            statement.execute("INSERT INTO ledger VALUES (1), (2), (3)");
        }
    }
}
