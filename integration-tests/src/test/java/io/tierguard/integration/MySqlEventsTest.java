package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An event runs where nobody judges it, so nobody gives a name that it writes to what it may not write. */
class MySqlEventsTest {
    private static final String RULES = """
            tier counted is mutable { forbid delete }

            table ledger is ledger
            table ledger_line is ledger
            table counted is counted
            table * is operational

            component app {
              grant select, insert, create on tier ledger
              grant select, insert, update, create, extend, alter, drop on tier counted
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    private static final String TRUST = """

            trust app {
              why "migrates"
              owner "data-guardians@shop.example"
              define
              until 2999-01-01T00:00Z
            }
            """;

    /** What the event does, as a procedure too, so that a test may let it happen. */
    private static final String CLEARING =
            "BEGIN DELETE FROM cleared; UPDATE touched SET id = id + 100; CALL sweeping(); INSERT INTO told VALUES (7);"
                    + " DELETE FROM seen; END";

    private static final String EVENT = "CREATE EVENT %s ON SCHEDULE EVERY 100 DAY STARTS '2037-01-01 00:00:00' DO ";

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT PRIMARY KEY)",
        "INSERT INTO ledger VALUES (1)",
        "CREATE TABLE counted (id INT PRIMARY KEY)",
        "INSERT INTO counted VALUES (1)",
        "CREATE TABLE ledger_line (id INT PRIMARY KEY, cleared INT)",
        "INSERT INTO ledger_line VALUES (1, 5)",
        "CREATE TABLE orders (id INT PRIMARY KEY)",
        "INSERT INTO orders VALUES (1)",
        "CREATE TABLE cleared (id INT PRIMARY KEY)",
        "INSERT INTO cleared VALUES (5)",
        "CREATE TABLE touched (id INT PRIMARY KEY)",
        "CREATE TABLE swept (id INT PRIMARY KEY)",
        "CREATE TABLE told (id INT)",
        "CREATE TABLE heard (id INT PRIMARY KEY)",
        "CREATE TRIGGER hear AFTER INSERT ON told FOR EACH ROW DELETE FROM heard",
        "CREATE VIEW behind AS SELECT id FROM ledger",
        "CREATE TABLE plain (id INT PRIMARY KEY)",
        "CREATE VIEW seen_first AS SELECT id FROM plain",
        "CREATE VIEW seen AS SELECT id FROM seen_first",
        "CREATE PROCEDURE sweeping () DELETE FROM swept",
        "CREATE PROCEDURE clearing () " + CLEARING,
        "CREATE PROCEDURE make_view () CREATE VIEW swept AS SELECT id FROM ledger",
        EVENT.formatted("clear_up") + CLEARING,
    };

    private static final String LINED =
            "CREATE TABLE ledger_line (id INT PRIMARY KEY, cleared INT, FOREIGN KEY (cleared)"
                    + " REFERENCES cleared (id) ON DELETE CASCADE)";

    /** By each of these the event changes what is protected, once the name is free. */
    private static final List<String> HARMFUL = List.of(
            "CREATE VIEW cleared AS SELECT id FROM ledger",
            "CREATE OR REPLACE ALGORITHM = MERGE VIEW cleared AS SELECT id FROM behind",
            "CREATE VIEW touched (id) AS SELECT l.id FROM ledger l",
            "RENAME TABLE behind TO swept",
            "CREATE VIEW swept AS SELECT id FROM ledger",
            "ALTER VIEW seen AS SELECT id FROM ledger",
            "CREATE OR REPLACE VIEW seen_first AS SELECT id FROM ledger",
            "RENAME TABLE plain TO old, behind TO plain",
            "CREATE VIEW heard AS SELECT id FROM ledger",
            "ALTER TABLE counted RENAME TO cleared",
            "RENAME TABLE cleared TO old, counted TO cleared");

    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database, String rules) throws Exception {
        return GuardedTables.open(database, folder, rules, SCHEMA);
    }

    @ParameterizedTest
    @EnumSource
    void noNameThatAnEventWritesIsGivenToWhatItMayNotWrite(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, RULES);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : HARMFUL) {
                GuardedTables.assertDenied(statement, Reason.CASCADE, sql, "event", "clear_up");
            }
            GuardedTables.assertDenied(
                    statement, Reason.CASCADE, "PREPARE p FROM '" + HARMFUL.get(0) + "'", "clear_up");
            GuardedTables.assertDenied(statement, Reason.CASCADE, "CALL make_view()", "clear_up");
            String elsewhere = MySqlDatabase.nameIn(tables.realUrl()) + ".cleared";
            GuardedTables.assertDenied(
                    statement, Reason.CASCADE, "CREATE VIEW " + elsewhere + " AS SELECT id FROM ledger", "clear_up");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void pastTheGuardTheEventWritesThem(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, RULES)) {
            for (String name : new String[] {"cleared", "swept", "heard"}) {
                tables.prepare(
                        "DROP TABLE " + name, "CREATE VIEW " + name + " AS SELECT id FROM behind", "CALL clearing()");
                assertThat(tables.count("ledger")).as(name).isZero();
                tables.prepare(
                        "INSERT INTO ledger VALUES (1)",
                        "DROP VIEW " + name,
                        "CREATE TABLE " + name + " (id INT PRIMARY KEY)");
            }
            tables.prepare("RENAME TABLE cleared TO old, counted TO cleared", "CALL clearing()");
            assertThat(tables.count("cleared")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void noKeyBringsItToOtherRows(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, RULES)) {
            tables.prepare("DROP TABLE ledger_line");
            tables.assertDenied(Reason.CASCADE, LINED, "event", "clear_up");
            tables.assertAllowed(LINED.replace("ledger_line", "orders_line"), LINED.replace(" ON DELETE CASCADE", ""));
            tables.prepare("DROP TABLE ledger_line", LINED, "INSERT INTO ledger_line VALUES (1, 5)", "CALL clearing()");
            assertThat(isUntouched(tables)).isFalse();
        }
    }

    /** What the text has made before is not known of the schema yet, in whatever way it is run. */
    @ParameterizedTest
    @EnumSource
    void norByOneNameAfterTheOther(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, RULES + TRUST);
                Connection connection = tables.connectWithTexts();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE cleared, swept");
            for (String sql : new String[] {
                "CREATE VIEW first AS SELECT id FROM ledger; CREATE VIEW cleared AS SELECT id FROM first",
                "CREATE VIEW cleared AS SELECT id FROM orders; RENAME TABLE orders TO old, behind TO orders",
                EVENT.formatted("other") + "DELETE FROM other; CREATE VIEW other AS SELECT id FROM ledger",
                "CREATE PROCEDURE p () DELETE FROM swept; CREATE VIEW first AS SELECT id FROM ledger",
            }) {
                assertThat(catchThrowable(() -> statement.execute(sql))).as(sql).isInstanceOf(DenialException.class);
            }
            statement.execute("CREATE VIEW first AS SELECT id FROM ledger");
            assertThat(catchThrowable(() -> statement.execute("CREATE VIEW cleared AS SELECT id FROM first")))
                    .isInstanceOf(DenialException.class);
            statement.execute("CREATE VIEW cleared AS SELECT id FROM orders");
            assertThat(catchThrowable(() -> statement.execute("RENAME TABLE orders TO old, behind TO orders")))
                    .isInstanceOf(DenialException.class);
            statement.execute(EVENT.formatted("another") + "DELETE FROM another");
            assertThat(catchThrowable(() -> statement.execute("CREATE VIEW another AS SELECT id FROM ledger")))
                    .isInstanceOf(DenialException.class);
            assertThat(isUntouched(tables)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatChangesNothingForAnEventPasses(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, RULES)) {
            tables.assertAllowed(
                    "CREATE VIEW shown AS SELECT id FROM ledger",
                    "CREATE TABLE cleared_new (id INT PRIMARY KEY)",
                    "RENAME TABLE cleared TO cleared_old, cleared_new TO cleared",
                    "ALTER TABLE cleared ADD COLUMN more INT, COMMENT = 'x'",
                    "CREATE INDEX i ON cleared (id)",
                    "DROP TABLE cleared",
                    "CREATE TABLE cleared (id INT) SELECT id FROM ledger",
                    "DROP TABLE cleared",
                    "CREATE VIEW cleared AS SELECT id FROM orders",
                    "DROP TABLE touched",
                    "CREATE TABLE IF NOT EXISTS touched LIKE ledger",
                    "ALTER TABLE counted RENAME TO counted_once");
            assertThat(tables.count("ledger WHERE id = 1")).isEqualTo(1);
        }
    }

    /** Of code that is not read nobody knows but its words, and it is no reason to refuse whatever it does not name. */
    @ParameterizedTest
    @EnumSource
    void anEventThatIsNotReadMayWriteWhatItNames(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, RULES)) {
            String running = "BEGIN SET @s = 'DELETE FROM staged'; PREPARE p FROM @s; EXECUTE p; END";
            tables.prepare("CREATE PROCEDURE staging () " + running, EVENT.formatted("stage") + "CALL staging()");
            tables.assertAllowed(
                    "CREATE TABLE staged (id INT)",
                    "ALTER TABLE staged ADD COLUMN more INT",
                    "DROP TABLE staged",
                    "CREATE VIEW staged_too AS SELECT id FROM ledger",
                    "RENAME TABLE orders TO staged",
                    "RENAME TABLE staged TO orders");
            tables.assertDenied(
                    Reason.CASCADE, "CREATE VIEW staged AS SELECT id FROM ledger", "event", ".stage", "when it runs");
            assertThat(isUntouched(tables)).isTrue();
        }
    }

    private static boolean isUntouched(GuardedTables tables) throws SQLException {
        return tables.count("ledger WHERE id = 1") == 1
                && tables.count("counted WHERE id = 1") == 1
                && tables.count("ledger_line WHERE id = 1") == 1;
    }
}
