package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An upsert in code that sets columns to themselves changes no protected row, unless a name in it is a variable's. */
class MySqlSameValuesInCodeTest {
    private static final String RULES = """
            table ledger is ledger

            table ledger_* is ledger

            table traced is ledger

            table new is ledger

            table draft* is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT, changed TIMESTAMP(6) NULL ON UPDATE CURRENT_TIMESTAMP(6))",
        "INSERT INTO ledger VALUES (1, 10, NULL)",
        "CREATE TABLE new (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO new VALUES (1, 10)",
        "CREATE TABLE ledger_plain (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, k INT UNIQUE)",
        "INSERT INTO ledger_plain VALUES (7, 1)",
        "CREATE TABLE ledger_signed (id INT AUTO_INCREMENT PRIMARY KEY, k INT UNIQUE)",
        "INSERT INTO ledger_signed VALUES (-5, 1)",
        "CREATE TABLE traced (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO traced VALUES (1, 10)",
        "CREATE TRIGGER touch BEFORE UPDATE ON traced FOR EACH ROW SET NEW.amount = NEW.amount + 1",
    };

    /** Bodies that change nothing; each runs in a procedure and in a trigger. */
    private static final String[] IDLE = {
        "INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE id = id",
        "INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE `ID` = `ledger`.id, amount = (amount)",
        "INSERT INTO ledger SET id = 1 ON DUPLICATE KEY UPDATE ledger.amount = AMOUNT",
        "INSERT INTO ledger_plain (k) VALUES (1) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
        "BEGIN DECLARE x, y INT DEFAULT 1; INSERT INTO ledger (id, amount) VALUES (x, y) ON DUPLICATE KEY UPDATE id = id; END",
        "BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN END;"
                + " IF 1 THEN INSERT INTO ledger (id) SELECT 1 ON DUPLICATE KEY UPDATE amount = amount; END IF; END",
    };

    /** Bodies that change something by the value of a variable, or for another reason. */
    private static final String[] CHANGING = {
        "BEGIN DECLARE amount INT DEFAULT 99; INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE amount = amount; END",
        "BEGIN DECLARE x INT; DECLARE Amount, z INT DEFAULT 99;"
                + " INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE AMOUNT = (amount); END",
        "BEGIN DECLARE `amount` INT DEFAULT 99; BEGIN DECLARE x INT;"
                + " INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE amount = `amount`; END; END",
        "BEGIN DECLARE `ámount` INT DEFAULT 99; INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE amount = amount; END",
        "BEGIN DECLARE k INT DEFAULT 9; INSERT INTO ledger_plain (k) VALUES (1) ON DUPLICATE KEY UPDATE k = LAST_INSERT_ID(k); END",
        "INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE amount = amount + 1",
        "INSERT INTO ledger_signed (k) VALUES (1) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
        "INSERT INTO traced (id) VALUES (1) ON DUPLICATE KEY UPDATE id = id",
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatSetsColumnsToThemselvesIsNoUpdateInCode(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            String before = rows(tables);
            int number = 0;
            for (String body : IDLE) {
                number++;
                tables.prepare(
                        "CREATE PROCEDURE idle" + number + " () " + body,
                        "CREATE PROCEDURE idle_given" + number + " (IN what INT, OUT told INT) " + body,
                        "CREATE TABLE draft" + number + " (id INT)",
                        "CREATE TRIGGER idle" + number + " AFTER INSERT ON draft" + number + " FOR EACH ROW " + body,
                        "CREATE FUNCTION idle_told" + number + " () RETURNS INT MODIFIES SQL DATA BEGIN " + body
                                + "; RETURN 1; END");
            }
            for (number = 1; number <= IDLE.length; number++) {
                tables.assertAllowed(
                        "CALL idle" + number + "()",
                        "CALL idle_given" + number + "(1, @told)",
                        "INSERT INTO draft" + number + " VALUES (5)",
                        "SELECT idle_told" + number + "()");
                assertThat(rows(tables)).as(IDLE[number - 1]).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aVariableOfTheNameIsAnotherValue(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            String before = rows(tables);
            int number = 0;
            for (String body : CHANGING) {
                number++;
                tables.prepare(
                        "CREATE PROCEDURE changing" + number + " () " + body,
                        "CREATE TABLE draft" + number + " (id INT)",
                        "CREATE TRIGGER changing" + number + " AFTER INSERT ON draft" + number + " FOR EACH ROW "
                                + body);
            }
            for (number = 1; number <= CHANGING.length; number++) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL changing" + number + "()");
                tables.assertDenied(Reason.CASCADE, "INSERT INTO draft" + number + " VALUES (5)");
            }
            assertThat(rows(tables)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void soIsAParameterOfTheNameOrTheRowOfATrigger(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            String before = rows(tables);
            String upsert = "INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE amount = amount";
            tables.prepare(
                    "CREATE PROCEDURE given (amount INT) " + upsert,
                    "CREATE PROCEDURE given_more (x INT, INOUT `AMOUNT` INT) " + upsert,
                    "CREATE PROCEDURE given_accents (x INT, `ämount` INT) " + upsert,
                    "CREATE FUNCTION told (amount INT) RETURNS INT MODIFIES SQL DATA BEGIN " + upsert
                            + "; RETURN 1; END",
                    "CREATE PROCEDURE committing (amount INT) BEGIN START TRANSACTION; " + upsert + "; COMMIT; END",
                    "CREATE TABLE draft (id INT, amount INT)",
                    "CREATE TRIGGER of_row AFTER INSERT ON draft FOR EACH ROW"
                            + " INSERT INTO new (id) VALUES (1) ON DUPLICATE KEY UPDATE amount = new.amount");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL given(99)");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL given_more(1, @x)");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL given_accents(1, 99)");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "SELECT told(99)");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL committing(99)");
            tables.assertDenied(Reason.CASCADE, "INSERT INTO draft VALUES (1, 99)");
            assertThat(rows(tables)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPreparedInCodeKnowsNoVariableOfIt(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            String before = rows(tables);
            tables.prepare(
                    "CREATE PROCEDURE preparing () BEGIN PREPARE p FROM 'INSERT INTO ledger (id) VALUES (1)"
                            + " ON DUPLICATE KEY UPDATE amount = amount'; EXECUTE p; DEALLOCATE PREPARE p; END",
                    "CREATE PROCEDURE committing (x INT) BEGIN START TRANSACTION; INSERT INTO ledger (id) VALUES (1)"
                            + " ON DUPLICATE KEY UPDATE amount = ledger.amount; COMMIT; END",
                    "CREATE PROCEDURE counting () BEGIN START TRANSACTION; INSERT INTO ledger_signed (k) VALUES (1)"
                            + " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id); COMMIT; END");
            tables.assertAllowed("CALL preparing()", "CALL committing(1)");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL counting()");
            if (database.isMariaDb()) {
                tables.assertAllowed("BEGIN NOT ATOMIC INSERT INTO ledger (id) VALUES (1)"
                        + " ON DUPLICATE KEY UPDATE amount = amount; END");
                tables.assertDenied(
                        Reason.IMMUTABLE_TIER,
                        "BEGIN NOT ATOMIC DECLARE amount INT DEFAULT 99; INSERT INTO ledger (id) VALUES (1)"
                                + " ON DUPLICATE KEY UPDATE amount = amount; END");
                tables.assertDenied(
                        Reason.IMMUTABLE_TIER,
                        "FOR ledger IN (SELECT 99 AS amount) DO INSERT INTO ledger (id) VALUES (1)"
                                + " ON DUPLICATE KEY UPDATE amount = ledger.amount; END FOR");
            }
            assertThat(rows(tables)).isEqualTo(before);
        }
    }

    private static String rows(GuardedTables tables) throws SQLException {
        StringBuilder rows = new StringBuilder();
        for (String table : new String[] {"ledger", "new", "ledger_plain", "ledger_signed", "traced"}) {
            try (Connection bare = tables.connectPastTheGuard();
                    Statement statement = bare.createStatement();
                    ResultSet row = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
                while (row.next()) {
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        rows.append(row.getString(i)).append(' ');
                    }
                }
            }
        }
        return rows.toString();
    }
}
