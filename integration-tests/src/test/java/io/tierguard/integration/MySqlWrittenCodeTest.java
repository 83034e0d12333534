package io.tierguard.integration;

import static io.tierguard.integration.ProceduresShop.POLICY;
import static io.tierguard.integration.ProceduresShop.assertDenied;
import static io.tierguard.integration.ProceduresShop.assertUntouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code is read as it was written, although the catalogs of MySQL and MariaDB tell its strings without some of their signs. */
class MySqlWrittenCodeTest {
    private static final List<String> ORDINARY = List.of(
            "(a INT, b VARCHAR(9)) COMMENT 'it''s (a)' BEGIN UPDATE orders SET state = CONCAT('it''s (', a, ' = \\'b\\'); ') WHERE id ="
                    + " 1; END",
            "(a INT, b VARCHAR(9)) BEGIN IF a < 0 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Update of \"orders\" failed;"
                    + " select more'; END IF; INSERT INTO note VALUES (a, 5); END",
            "(a INT, b VARCHAR(9)) START_HERE: BEGIN START TRANSACTION; UPDATE orders SET state = \"'(x)'\"; COMMIT; END");

    /** Cut as the catalogs tell them, the change stands in a string of some of these. */
    private static final List<String> HARMFUL = List.of(
            "BEGIN SELECT 'x'' '; DELETE FROM ledger; SELECT ' ''y'; END",
            "BEGIN SELECT 'x\\' '; DELETE FROM ledger; SELECT ' \\'y'; END",
            "BEGIN SELECT 'x\\\\'; DELETE FROM ledger; SELECT '(y'; END",
            "BEGIN SELECT \"x\"\" \"; DELETE FROM ledger; SELECT \" \"\"(y)\"; END",
            "BEGIN SET @a = '\\'\\0'; DELETE FROM ledger; SET @b = '\\'\\''; END",
            "BEGIN SELECT '(it''s)'; UPDATE ledger SET amount = 0; END");

    /** MySQL's catalog tells each up to the NUL, by which some are whole. */
    private static final List<String> CUT_OFF = List.of(
            "SELECT '\\'\\0', wipes()",
            "SELECT 'a\\' FROM note \\0', wipes()",
            "UPDATE orders SET state = '\\' WHERE id = 1 \\0', id = wipes()",
            "DELETE FROM note WHERE id = '\\'\\0' OR wipes()",
            "x: BEGIN SELECT '\\'\\0', wipes(); END");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatStandsInStringsIsNoReasonToRefuse(MySqlDatabase database) throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < ORDINARY.size(); i++) {
            made.add("CREATE PROCEDURE p" + i + " " + ORDINARY.get(i));
        }
        made.add("CREATE FUNCTION named (a INT) RETURNS VARCHAR(30) DETERMINISTIC RETURN CONCAT('it''s (', a, ')')");
        made.add(
                "CREATE TRIGGER t BEFORE UPDATE ON note FOR EACH ROW SET NEW.orders_id = IF(NEW.id = 0, '1', LENGTH('a''(;'))");
        try (GuardedTables tables = ProceduresShop.open(database, folder, POLICY, made.toArray(String[]::new));
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < ORDINARY.size(); i++) {
                statement.execute("CALL p" + i + "(" + (i + 7) + ", 'x')");
            }
            statement.execute("SELECT named(1)");
            statement.execute("UPDATE note SET orders_id = 1");
            assertThat(tables.count("note WHERE orders_id = 4")).isEqualTo(2);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatStandsBesideThemCounts(MySqlDatabase database) throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < HARMFUL.size(); i++) {
            made.add("CREATE PROCEDURE p" + i + " () " + HARMFUL.get(i));
        }
        try (GuardedTables tables = ProceduresShop.open(database, folder, POLICY, made.toArray(String[]::new));
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < HARMFUL.size(); i++) {
                assertDenied(statement, "CALL p" + i + "()");
                assertUntouched(tables);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatStandsBehindTheEndOfAStringCounts(MySqlDatabase database) throws Exception {
        List<String> made = new ArrayList<>(List.of(
                "CREATE FUNCTION wipes () RETURNS INT MODIFIES SQL DATA BEGIN DELETE FROM ledger; RETURN 1; END",
                "CREATE FUNCTION wiping () RETURNS INT MODIFIES SQL DATA RETURN '\\'\\0' OR wipes()",
                "CREATE PROCEDURE written () UPDATE orders SET state = CONCAT('\\' x\\0', 'y') WHERE id = 1",
                "CREATE PROCEDURE plain () UPDATE orders SET state = 'y' WHERE id = 1",
                "CREATE FUNCTION named () RETURNS TEXT NO SQL RETURN CONCAT('it\\'s \\0', 'y')"));
        for (int i = 0; i < CUT_OFF.size(); i++) {
            made.add("CREATE PROCEDURE p" + i + " () " + CUT_OFF.get(i));
        }
        made.add("CREATE PROCEDURE raw () SELECT '\\'\0', wipes()");
        try (GuardedTables tables = ProceduresShop.open(database, folder, POLICY, made.toArray(String[]::new));
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < CUT_OFF.size(); i++) {
                assertDenied(statement, "CALL p" + i + "()");
            }
            assertDenied(statement, "SELECT wiping()");
            assertDenied(statement, "CALL raw()");
            statement.execute("CALL plain()");
            statement.execute("CALL written()");
            statement.execute("SELECT named()");
            assertThat(tables.count("orders WHERE state LIKE '% xy' OR LENGTH(state) = 5"))
                    .isOne();
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void soItDoesInAnEvent(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = ProceduresShop.open(
                database,
                folder,
                POLICY,
                "CREATE FUNCTION sweeps () RETURNS INT MODIFIES SQL DATA BEGIN DELETE FROM swept; RETURN 1; END",
                "CREATE EVENT cleans ON SCHEDULE EVERY 100 DAY STARTS '2037-01-01 00:00:00' DO DELETE FROM note WHERE id ="
                        + " '\\'\\0' OR sweeps()")) {
            tables.assertAllowed("CREATE VIEW shown AS SELECT id FROM ledger");
            tables.assertDenied(Reason.CASCADE, "CREATE VIEW swept AS SELECT id FROM ledger", "event", "cleans");
        }
    }
}
