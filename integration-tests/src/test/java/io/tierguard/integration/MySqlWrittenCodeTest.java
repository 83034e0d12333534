package io.tierguard.integration;

import static io.tierguard.integration.ProceduresShop.POLICY;
import static io.tierguard.integration.ProceduresShop.assertDenied;
import static io.tierguard.integration.ProceduresShop.assertUntouched;
import static org.assertj.core.api.Assertions.assertThat;

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
}
