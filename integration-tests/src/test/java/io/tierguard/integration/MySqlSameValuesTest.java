package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An upsert that sets columns to themselves, as mappers write one that does nothing, changes no protected row and needs no right to. */
class MySqlSameValuesTest {
    private static final String RULES = """
            table ledger is ledger

            table traced is ledger

            table ledger_* is ledger

            table mixed is ledger { mutable state }

            table orders is operational
            table numbers is operational
            table keys_alone is operational

            component app {
              grant select, insert on tier ledger
              grant update (state) on mixed
              grant select on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT, changed TIMESTAMP(6) NULL ON UPDATE CURRENT_TIMESTAMP(6))",
        "INSERT INTO ledger VALUES (1, 10, NULL)",
        "CREATE TABLE traced (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO traced VALUES (1, 10)",
        "CREATE TRIGGER touch BEFORE UPDATE ON traced FOR EACH ROW SET NEW.amount = NEW.amount + 1",
        "CREATE TABLE orders (id INT PRIMARY KEY, amount INT)",
        "CREATE VIEW shown AS SELECT id, amount FROM ledger",
        "CREATE TABLE ledger_signed (id BIGINT AUTO_INCREMENT PRIMARY KEY, k INT UNIQUE, note INT,"
                + " changed TIMESTAMP(6) NULL ON UPDATE CURRENT_TIMESTAMP(6))",
        "INSERT INTO ledger_signed VALUES (5, 1, 1, NULL), (-5, 2, 2, NULL)",
        "CREATE TABLE ledger_plain (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, k INT UNIQUE, amount INT, total INT UNSIGNED)",
        "INSERT INTO ledger_plain VALUES (7, 1, -9, 3)",
        "CREATE TABLE ledger_lasting (id INT AUTO_INCREMENT PRIMARY KEY, k INT UNIQUE) ENGINE = MyISAM",
        "INSERT INTO ledger_lasting VALUES (3, 3), (-6, 1)",
        "CREATE TABLE ledger_dated (id INT AUTO_INCREMENT PRIMARY KEY,"
                + " made TIMESTAMP DEFAULT CURRENT_TIMESTAMP, changed TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE"
                + " CURRENT_TIMESTAMP)",
        "INSERT INTO ledger_dated VALUES (1, '2020-01-01', '2020-01-01')",
        "CREATE TABLE mixed (id INT AUTO_INCREMENT PRIMARY KEY, k INT UNIQUE, state INT)",
        "INSERT INTO mixed VALUES (5, 1, 1)",
        "CREATE TABLE numbers (k INT, id INT)",
        "INSERT INTO numbers VALUES (1, 99)",
        "CREATE TABLE keys_alone (k INT)",
        "INSERT INTO keys_alone VALUES (1)",
        "CREATE VIEW renamed AS SELECT id AS row_id, k AS other, note AS row_note FROM ledger_signed",
        "CREATE VIEW renamed_again AS SELECT row_id AS number, other FROM renamed",
        "CREATE FUNCTION seen (x INT) RETURNS INT NO SQL RETURN x",
        "CREATE VIEW with_code AS SELECT id AS row_id, k AS other FROM ledger_signed WHERE seen(id) = id",
    };

    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database) throws Exception {
        return GuardedTables.open(database, folder, RULES, SCHEMA);
    }

    @ParameterizedTest
    @EnumSource
    void whatSetsColumnsToThemselvesIsNoUpdate(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            String before = rows(tables);
            tables.assertAllowed(
                    "INSERT INTO ledger (id, amount) VALUES (1, 99) ON DUPLICATE KEY UPDATE id = id",
                    "INSERT INTO `ledger` (`id`, `amount`) VALUES (1, 99), (1, 98) ON DUPLICATE KEY UPDATE `id`=`ledger`.`id`",
                    "INSERT INTO ledger_dated (id) VALUES (1) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
                    "INSERT INTO ledger_dated (id) VALUES (1) ON DUPLICATE KEY UPDATE id = id",
                    "INSERT INTO ledger SET id = 1, amount = 9 ON DUPLICATE KEY UPDATE ledger.id = ID, amount = amount");
            assertThat(rows(tables)).isEqualTo(before);
        }
    }

    /** Names of tables and aliases that differ by letter case alone are two on these servers. */
    @ParameterizedTest
    @EnumSource
    void aNameInAnotherCaseIsAnother(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            tables.prepare(
                    "CREATE TABLE LEDGER (id INT, amount INT)",
                    "INSERT INTO LEDGER VALUES (1, 77)",
                    "INSERT INTO orders VALUES (1, 66)");
            String before = rows(tables);
            for (String sql : new String[] {
                "INSERT INTO ledger (id) SELECT Ledger.id FROM orders AS Ledger ON DUPLICATE KEY UPDATE amount = Ledger.amount",
                "INSERT INTO ledger (id) SELECT `Ledger`.id FROM orders AS `Ledger`"
                        + " ON DUPLICATE KEY UPDATE amount = `Ledger`.`amount`",
                "INSERT INTO `ledger` (id) SELECT LEDGER.id FROM LEDGER ON DUPLICATE KEY UPDATE amount = (LEDGER.amount)",
                "INSERT INTO ledger_plain (k) SELECT Ledger_plain.k FROM numbers AS Ledger_plain"
                        + " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(Ledger_plain.id)",
                "INSERT INTO ledger (id) SELECT 1 FROM JSON_TABLE('[5]', '$[*]' COLUMNS (amount INT PATH '$')) AS Ledger"
                        + " ON DUPLICATE KEY UPDATE amount = Ledger.amount",
                "INSERT INTO shown (id) SELECT Shown.id FROM orders AS Shown ON DUPLICATE KEY UPDATE amount = Shown.amount",
            }) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, sql);
            }
            tables.assertAllowed(
                    "INSERT INTO ledger_dated (id) VALUES (1) ON DUPLICATE KEY UPDATE id = ledger_dated.id",
                    "INSERT INTO ledger (id, amount) VALUES (1, 9) ON DUPLICATE KEY UPDATE `ledger`.`id` = ledger.id",
                    "INSERT INTO `ledger` (id, amount) VALUES (1, 9) ON DUPLICATE KEY UPDATE id = ledger.ID");
            assertThat(rows(tables)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCouldSetAnotherValueIsOne(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            String before = rows(tables);
            for (String sql : new String[] {
                "INSERT INTO ledger (id, amount) VALUES (1, 99) ON DUPLICATE KEY UPDATE id = amount",
                "INSERT INTO ledger (id, amount) VALUES (1, 99) ON DUPLICATE KEY UPDATE id = id, amount = VALUES(amount)",
                "INSERT INTO ledger (id, amount) VALUES (1, 99) ON DUPLICATE KEY UPDATE amount = amount + 1",
                "INSERT INTO ledger (id, amount) SELECT id, amount FROM orders ON DUPLICATE KEY UPDATE amount = orders.amount",
                "INSERT INTO traced (id, amount) VALUES (1, 99) ON DUPLICATE KEY UPDATE id = id",
            }) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, sql);
            }
            if (!database.isMariaDb()) {
                for (String sql : new String[] {
                    "INSERT INTO ledger (id, amount) VALUES (1, 99) AS id ON DUPLICATE KEY UPDATE amount = id.amount",
                    "INSERT INTO ledger (id, amount) VALUES (1, 99) AS n (a, amount) ON DUPLICATE KEY UPDATE amount = amount",
                }) {
                    tables.assertDenied(Reason.IMMUTABLE_TIER, sql);
                }
            }
            assertThat(rows(tables)).isEqualTo(before);
        }
    }

    private static final String TELLING =
            "INSERT INTO %s (k) VALUES (%s) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)";

    /** The documented way to learn the number of a row that is there already. */
    @ParameterizedTest
    @EnumSource
    void neitherIsWhatTellsTheNumberOfTheRow(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            String before = rows(tables);
            statement.execute(TELLING.formatted("ledger_signed", "1"), Statement.RETURN_GENERATED_KEYS);
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt(1)).isEqualTo(5);
            }
            statement.execute(TELLING.formatted("`ledger_plain`", "1").replace("(id)", "(`ledger_plain`.`id`)"));
            statement.execute(
                    "INSERT INTO mixed (k, state) VALUES (1, 2) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id),"
                            + " state = VALUES(state)");
            assertThat(tables.count("mixed WHERE id = 5 AND state = 2")).isOne();
            assertThat(catchThrowable(() -> statement.execute(TELLING.formatted("ledger_signed", "2"))))
                    .as("no number for what is negative")
                    .isInstanceOf(SQLException.class)
                    .isNotInstanceOf(DenialException.class);
            assertThat(rows(tables)).isEqualTo(before);
            statement.execute("SET sql_mode = ''");
            statement.execute(TELLING.formatted("ledger_plain", "1"));
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, TELLING.formatted("ledger_signed", "2"));
            statement.execute("SET sql_mode = 'TRADITIONAL'");
            statement.execute(TELLING.formatted("ledger_signed", "1"));
            statement.execute("SET sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')");
            statement.execute(TELLING.formatted("ledger_signed", "1"));
            assertThat(rows(tables)).isEqualTo(before);
        }
    }

    /** Parentheses, a query of rows and a view that gives the column another name change nothing of that. */
    @ParameterizedTest
    @EnumSource
    void noMatterHowItIsWritten(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            String before = rows(tables);
            tables.assertAllowed(
                    TELLING.formatted("ledger_signed", "1").replace("= LAST_INSERT_ID(id)", "= (LAST_INSERT_ID((id)))"),
                    TELLING.formatted("ledger_signed", "1")
                            .replace("= LAST", "= ( ( LAST")
                            .replace("(id)", "(`ledger_signed`.id))), k = (k)"),
                    TELLING.formatted("ledger_signed", "1").replace("VALUES (1)", "SELECT 1"),
                    TELLING.formatted("ledger_signed", "1").replace("VALUES (1)", "SELECT k FROM keys_alone"),
                    TELLING.formatted("ledger_signed", "1").replace("VALUES (1)", "(SELECT k FROM keys_alone)"),
                    "INSERT INTO ledger_signed (k) SELECT n.k FROM numbers n ON DUPLICATE KEY UPDATE ledger_signed.id ="
                            + " LAST_INSERT_ID(ledger_signed.id)",
                    "INSERT INTO renamed (other) VALUES (1) ON DUPLICATE KEY UPDATE row_id = LAST_INSERT_ID(row_id)",
                    "INSERT INTO renamed_again (other) SELECT 1 ON DUPLICATE KEY UPDATE number = LAST_INSERT_ID(number)",
                    "INSERT INTO renamed (other) VALUES (1) ON DUPLICATE KEY UPDATE row_note = row_note");
            assertThat(rows(tables)).isEqualTo(before);
        }
    }

    /** Which of two columns of a name is meant no server guesses, so that the guard need not. */
    @ParameterizedTest
    @EnumSource
    void aNameThatTheQueryHasTooIsRefusedByTheServer(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            String before = rows(tables);
            for (String query : new String[] {
                "SELECT k FROM numbers",
                "(SELECT k FROM numbers)",
                "SELECT d.k FROM (SELECT 1 AS k, 99 AS id) d",
                "WITH ledger_signed AS (SELECT 1 AS k, 99 AS id) SELECT k FROM ledger_signed",
                "SELECT n.k FROM numbers n JOIN keys_alone USING (k)",
                "SELECT n.k FROM numbers n NATURAL JOIN (SELECT 99 AS id) d",
                "SELECT ledger_signed.k FROM numbers ledger_signed",
            }) {
                for (String id : new String[] {"id", "ledger_signed.id"}) {
                    String sql = "INSERT INTO ledger_signed (k) " + query
                            + " ON DUPLICATE KEY UPDATE ledger_signed.id = LAST_INSERT_ID(" + id + ")";
                    try {
                        tables.prepare(sql);
                    } catch (SQLException refused) {
                        assertThat(refused.getErrorCode()).as(sql + refused).isEqualTo(1052);
                    }
                    assertThat(rows(tables)).as(sql).isEqualTo(before);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDenialSaysWhatFits(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    TELLING.formatted("ledger_lasting", "3"),
                    "SELECT tells the number of a row");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "INSERT INTO ledger (id, amount) VALUES (1, 9) ON DUPLICATE KEY UPDATE amount = 9",
                    "INSERT IGNORE adds");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTellsAnotherNumberIsAnUpdate(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connectWithTexts();
                Statement statement = connection.createStatement()) {
            String before = rows(tables);
            for (String sql : new String[] {
                TELLING.formatted("ledger_signed", "2").replace("INSERT INTO", "INSERT IGNORE INTO"),
                TELLING.formatted("ledger_lasting", "3), (1"),
                TELLING.formatted("ledger_signed", "1").replace("(id)", "(id + 1)"),
                TELLING.formatted("ledger_signed", "1").replace("(id)", "(k)"),
                TELLING.formatted("ledger_signed", "1").replace("id = ", "note = "),
                TELLING.formatted("ledger_plain", "1")
                        .replace("id = LAST_INSERT_ID(id)", "amount = LAST_INSERT_ID(amount)"),
                TELLING.formatted("ledger_signed", "1").replace("(id)", "(id), note = 5"),
                TELLING.formatted("ledger_signed", "1").replace("(id)", "(id), id = 9"),
                TELLING.formatted("ledger_signed", "1").replace("(id)", "((id) + 1)"),
                TELLING.formatted("ledger_signed", "1").replace("LAST_INSERT_ID(id)", "(SELECT LAST_INSERT_ID(id))"),
                "INSERT INTO ledger_signed (k) SELECT n.k FROM numbers n ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(n.id)",
                "INSERT INTO ledger_signed (k) SELECT n.k FROM numbers n ON DUPLICATE KEY UPDATE id = n.id",
                "INSERT INTO ledger_signed (k) SELECT k FROM numbers ON DUPLICATE KEY UPDATE note = id",
                TELLING.formatted("renamed", "1").replace("(k)", "(other)").replace("id", "row_note"),
                TELLING.formatted("renamed", "1")
                        .replace("(k)", "(other)")
                        .replace("(id)", "(other)")
                        .replace("id =", "row_id ="),
                TELLING.formatted("with_code", "1").replace("id", "row_id").replace("(k)", "(other)"),
                "SET sql_mode = ''; " + TELLING.formatted("ledger_signed", "2"),
                "SET sql_mode = REPLACE(REPLACE(@@sql_mode, 'STRICT_TRANS_TABLES', ''), 'TRADITIONAL', ''); "
                        + TELLING.formatted("ledger_signed", "2"),
            }) {
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, sql);
                assertThat(rows(tables)).as(sql).isEqualTo(before);
            }
            GuardedTables.assertDenied(
                    statement,
                    Reason.IMMUTABLE_COLUMN,
                    "INSERT INTO mixed (k, state) VALUES (1, 2) ON DUPLICATE KEY UPDATE k = LAST_INSERT_ID(k), state = 3");
            String otherwise = database.isMariaDb()
                    ? "SET STATEMENT sql_mode = '' FOR " + TELLING.formatted("ledger_signed", "2")
                    : TELLING.formatted("ledger_signed", "2")
                            .replace("INSERT INTO", "INSERT /*+ SET_VAR(sql_mode = 'ANSI') */ INTO");
            assertThat(catchThrowable(() -> statement.execute(otherwise))).isInstanceOf(DenialException.class);
            tables.prepare(otherwise);
            assertThat(rows(tables)).isNotEqualTo(before);
        }
    }

    /** There a name may be a variable's, and MariaDB keeps a version of each row that is set, whatever it is set to. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void neitherInCodeNorWhereVersionsAreKept(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            String before = rows(tables);
            tables.prepare("CREATE TABLE ledger_kept (id INT PRIMARY KEY, amount INT) WITH SYSTEM VERSIONING");
            for (String sql : new String[] {
                "BEGIN NOT ATOMIC DECLARE amount INT DEFAULT 66; INSERT INTO ledger (id) VALUES (1)"
                        + " ON DUPLICATE KEY UPDATE amount = amount; END",
                "BEGIN NOT ATOMIC FOR ledger IN (SELECT 1 AS id, 66 AS amount) DO INSERT INTO ledger (id) VALUES (1)"
                        + " ON DUPLICATE KEY UPDATE amount = ledger.amount; END FOR; END",
                "INSERT INTO ledger_kept (id, amount) VALUES (1, 1) ON DUPLICATE KEY UPDATE id = id",
            }) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, sql);
            }
            assertThat(rows(tables)).isEqualTo(before);
        }
    }

    /** MySQL computes stored columns anew, by what the session has set meanwhile. */
    @ParameterizedTest
    @EnumSource
    void notWhereTheServerComputesAColumn(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            tables.prepare(
                    "CREATE TABLE ledger_stored (id INT PRIMARY KEY, at INT DEFAULT 1000000, shown "
                            + (database.isMariaDb()
                                    ? "INT AS (at + 1) STORED)"
                                    : "DATETIME AS (FROM_UNIXTIME(at)) STORED)"),
                    "INSERT INTO ledger_stored (id) VALUES (1)");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER, "INSERT INTO ledger_stored (id) VALUES (1) ON DUPLICATE KEY UPDATE id = id");
        }
    }

    private static String rows(GuardedTables tables) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement()) {
            for (String table :
                    new String[] {"ledger", "traced", "ledger_signed", "ledger_plain", "ledger_lasting", "ledger_dated"
                    }) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            all.append(rows.getString(i)).append(' ');
                        }
                    }
                }
            }
        }
        return all.toString();
    }
}
