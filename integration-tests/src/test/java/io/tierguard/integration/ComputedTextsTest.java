package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A text that a variable of the session holds is read when it is prepared, as it is then. */
class ComputedTextsTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend on tier operational
            }
            """;

    /** As migrations write it that may run twice. */
    private static final String IF_ABSENT =
            "SET @text = (SELECT IF((SELECT COUNT(*) FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = DATABASE()"
                    + " AND TABLE_NAME = 'orders' AND COLUMN_NAME = 'state') > 0, 'SELECT 1',"
                    + " 'ALTER TABLE orders ADD COLUMN state VARCHAR(9) DEFAULT ''new'''))";

    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
                "INSERT INTO ledger VALUES (1, 10)",
                "CREATE TABLE orders (id INT PRIMARY KEY, amount INT)",
                "INSERT INTO orders VALUES (1, 10), (2, 20)");
    }

    @ParameterizedTest
    @EnumSource
    void whatMayRunRuns(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (int time = 0; time < 2; time++) {
                for (String sql :
                        new String[] {IF_ABSENT, "PREPARE p FROM @text", "EXECUTE p", "DEALLOCATE PREPARE p"}) {
                    statement.execute(sql);
                }
            }
            assertThat(tables.count("orders WHERE state = 'new'")).isEqualTo(2);
            statement.execute("SET @which = 'orders', @id = 1, sql_select_limit = 0");
            statement.execute("SET @text = CONCAT('DELETE FROM ', @which, ' WHERE id = ?')");
            statement.execute(" prepare p from @text ;");
            statement.execute("-- it's done once\n/* or twice */ PREPARE p FROM @text -- by number");
            statement.execute("EXECUTE p USING @id");
            assertThat(tables.count("orders")).isOne();
            if (database.isMariaDb()) {
                statement.execute("EXECUTE IMMEDIATE CONCAT('DELETE FROM ', @which, ' WHERE id = ', 2)");
                assertThat(tables.count("orders")).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMayNotIsDenied(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET @harmless = 'SELECT 1', @text = 'DELETE FROM ledger', @table = 'ledger'");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "PREPARE p FROM @text", "ledger");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "# c\nPREPARE p FROM @text /* */", "ledger");
            statement.execute("PREPARE p FROM @harmless");
            statement.execute("EXECUTE p");
            if (database.isMariaDb()) {
                GuardedTables.assertDenied(
                        statement, Reason.IMMUTABLE_TIER, "EXECUTE IMMEDIATE CONCAT('DELETE FROM ', @table)", "ledger");
                GuardedTables.assertDenied(
                        statement, Reason.UNREADABLE_SQL, "EXECUTE IMMEDIATE CONCAT(REPEAT(@text, 1))", "computed");
            }
            for (String sql : new String[] {
                "/*!50000 PREPARE p FROM @text */",
                "PREPARE p FROM /* */ @text",
                "SET @harmless = @text; PREPARE p FROM @harmless; EXECUTE p",
                "PREPARE p FROM @none",
            }) {
                GuardedTables.assertDenied(statement, Reason.UNREADABLE_SQL, sql, "computed");
            }
            statement.addBatch("SET @harmless = 'DELETE FROM ledger'");
            statement.addBatch("PREPARE p FROM @harmless");
            statement.addBatch("EXECUTE p");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(DenialException.class);
            statement.clearBatch();
            assertThat(tables.count("ledger")).isOne();
        }
    }

    /** Neither what the session is told by nor what it tells in changes what is judged. */
    @ParameterizedTest
    @EnumSource
    void aTextThatIsConvertedOnItsWayIsNotTold(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                        database,
                        folder,
                        RULES + "table \"\u6f22\" is ledger\n",
                        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
                        "CREATE TABLE `\u6f22` (id INT)",
                        "INSERT INTO `\u6f22` VALUES (1)");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET @text = 'DELETE FROM `\u6f22`'");
            GuardedTables.assertDenied(statement, Reason.UNREADABLE_SQL, "PREPARE p FROM @text", "computed");
            if (database == MySqlDatabase.MYSQL || database == MySqlDatabase.OLDER_MARIADB_BY_CONNECTOR_J) {
                // MariaDB's driver closes a connection that does so.
                statement.execute("SET character_set_results = latin1");
                GuardedTables.assertDenied(statement, Reason.UNREADABLE_SQL, "PREPARE p FROM @text", "computed");
            }
            statement.execute("SET @text = CONVERT('DELETE FROM ledger' USING utf16)");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "PREPARE p FROM @text", "ledger");
            assertThat(tables.count("`\u6f22`")).isOne();
        }
    }

    /** The text of a prepared statement is asked for again each time that it runs. */
    @ParameterizedTest
    @EnumSource
    void aTextThatHasChangedSinceIsReadAnew(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET @text = 'SELECT 1'");
            try (PreparedStatement prepared = connection.prepareStatement("PREPARE p FROM @text")) {
                prepared.execute();
                statement.execute("SET @text = 'DELETE FROM ledger'");
                assertThatThrownBy(prepared::execute).isInstanceOf(DenialException.class);
            }
            statement.execute("EXECUTE p");
            assertThat(tables.count("ledger")).isOne();
        }
    }
}
