package io.tierguard.integration;

import static io.tierguard.integration.ProceduresShop.POLICY;
import static io.tierguard.integration.ProceduresShop.assertDenied;
import static io.tierguard.integration.ProceduresShop.assertUntouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SqlAnalyzer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
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
            "(a INT, b VARCHAR(9)) BEGIN UPDATE orders SET state = 'update\\tset'; UPDATE orders SET state = 'up\tdate;\r\n(';"
                    + " UPDATE note SET orders_id = LENGTH(\"x = \n(\\r\\n' ')\\Z\032\"); END",
            "(a INT, b VARCHAR(9)) BEGIN SET @s = 'UPDATE orders\n  SET state = ''it''\tWHERE id = 1'; PREPARE p FROM @s;"
                    + " EXECUTE p; END",
            "(a INT, b VARCHAR(9)) BEGIN SET @s = 'UPDATE orders\\n\\tSET state = ''it'' WHERE id = 1'; PREPARE p FROM @s;"
                    + " EXECUTE p; END",
            "(a INT, b VARCHAR(9)) START_HERE: BEGIN START TRANSACTION; UPDATE orders SET state = \"'(x)'\"; COMMIT; END");

    /** Cut as the catalogs tell them, the change stands in a string of some of these. */
    private static final List<String> HARMFUL = List.of(
            "BEGIN SELECT 'x'' '; DELETE FROM ledger; SELECT ' ''y'; END",
            "BEGIN SELECT 'x\\' '; DELETE FROM ledger; SELECT ' \\'y'; END",
            "BEGIN SELECT 'x\\\\'; DELETE FROM ledger; SELECT '(y'; END",
            "BEGIN SELECT \"x\"\" \"; DELETE FROM ledger; SELECT \" \"\"(y)\"; END",
            "BEGIN SET @a = '\\'\\0'; DELETE FROM ledger; SET @b = '\\'\\''; END",
            "BEGIN SELECT '(it''s)'; UPDATE ledger SET amount = 0; END",
            "BEGIN SELECT 'x\n\\' '; DELETE FROM ledger; SELECT ' \\'y\\n'; END",
            "BEGIN SELECT 'x\\\\'; DELETE FROM ledger; SELECT '\n(y'; END",
            "BEGIN SELECT 'x\\n\\\\n'; DELETE FROM ledger; SELECT '\t(y'; END",
            "BEGIN SET @s = 'DELETE\nFROM\tledger'; PREPARE p FROM @s; EXECUTE p; END",
            "BEGIN SET @s = 'DELETE\\nFROM\\tledger'; PREPARE p FROM @s; EXECUTE p; END",
            "BEGIN UPDATE orders SET state = 'a;\\nb'; DELETE FROM ledger; END");

    /** Made where a backslash is a sign like any other: cut as where it escapes, the change stands in a string of some of these. */
    private static final List<String> WITHOUT_ESCAPES = List.of(
            "BEGIN SET @a = 'x\n\\'; DELETE FROM ledger; SET @b = ' (\\n'; END",
            "BEGIN SET @a = 'x\n\\', @b = ' (\\n'; DELETE FROM ledger; SET @b = '\\'; END",
            "BEGIN SET @a = 'a;\\nb'; DELETE FROM ledger; END");

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
        made.add("CREATE TRIGGER noted BEFORE INSERT ON orders FOR EACH ROW SET NEW.state = 'a;\\nb'");
        made.add("CREATE TRIGGER raw BEFORE DELETE ON orders FOR EACH ROW SET @o = '(a;\r\n\tb)'");
        try (GuardedTables tables = ProceduresShop.open(database, folder, POLICY, made.toArray(String[]::new));
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < ORDINARY.size(); i++) {
                statement.execute("CALL p" + i + "(" + (i + 7) + ", 'x')");
            }
            statement.execute("SELECT named(1)");
            statement.execute("UPDATE note SET orders_id = 1");
            statement.execute("INSERT INTO orders (id) VALUES (100)");
            statement.execute("DELETE FROM orders WHERE id = 100");
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
    void whatIsMadeInAnotherModeIsNotReadInThisOne(MySqlDatabase database) throws Exception {
        List<String> made = new ArrayList<>(List.of("SET sql_mode = 'NO_BACKSLASH_ESCAPES'"));
        for (int i = 0; i < WITHOUT_ESCAPES.size(); i++) {
            made.add("CREATE PROCEDURE p" + i + " () " + WITHOUT_ESCAPES.get(i));
            made.add("CREATE TABLE t" + i + " (id INT)");
            made.add("CREATE TRIGGER r" + i + " BEFORE INSERT ON t" + i + " FOR EACH ROW " + WITHOUT_ESCAPES.get(i));
        }
        try (GuardedTables tables = ProceduresShop.open(database, folder, POLICY, made.toArray(String[]::new));
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < WITHOUT_ESCAPES.size(); i++) {
                assertDenied(statement, "CALL p" + i + "()");
                assertDenied(statement, "INSERT INTO t" + i + " VALUES (9)");
            }
            assertUntouched(tables);
        }
    }

    /** Every sign in a string, as it is and behind a backslash, and none is told as it would be in another place. */
    @ParameterizedTest
    @EnumSource
    void everySignIsToldAsTheCatalogTellsIt(MySqlDatabase database) throws Exception {
        StringBuilder body = new StringBuilder("BEGIN");
        for (char sign = 1; sign <= 0xff; sign++) {
            String raw = sign == '\'' || sign == '"' || sign == '\\' ? "" : String.valueOf(sign);
            String behind = sign == '0' ? "" : "\\" + sign;
            body.append(" SELECT 'a" + raw + "b" + behind + "c', \"a" + raw + "b" + behind + "c\";");
        }
        // Up to the first NUL MySQL's catalog tells it.
        String definition = "CREATE PROCEDURE tells () " + body.append(" SELECT '\\0'; END");
        SqlAnalyzer analyzer =
                new SqlAnalyzer(LexicalModes.defaultsOf(database.isMariaDb() ? Dialect.MARIADB : Dialect.MYSQL));
        try (GuardedTables tables = ProceduresShop.open(database, folder, POLICY, definition);
                Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement();
                ResultSet told =
                        statement.executeQuery("SELECT routine_definition FROM information_schema.routines WHERE"
                                + " routine_schema = DATABASE() AND routine_name = 'tells'")) {
            assertThat(told.next()).isTrue();
            String text = told.getString(1);
            assertThat(analyzer.bodyWritten(definition, text).isPresent())
                    .as(text)
                    .isTrue();
            assertThat(analyzer.bodyWritten(definition.replace("b\\n", "b\\r"), text))
                    .isEmpty();
            assertThat(analyzer.bodyWritten(definition.replace("b\\nc'", "b\\nc''x'"), text))
                    .isEmpty();
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
