package io.tierguard.integration;

import static io.tierguard.integration.GuardedTables.assertDenied;
import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table that only one session has is that session's affair, for as long as it is there. */
class TemporaryTableTest {
    private static final String POLICY = """
            table payment is ledger
            table orders is operational
            table archive_* is ledger

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE payment (id INT)",
        "CREATE TABLE orders (id INT)",
        "CREATE TABLE other (id INT)",
        "INSERT INTO payment VALUES (1)",
        "INSERT INTO orders VALUES (1)"
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void isFree(LiveDatabase database) throws Exception { // V16
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, SCHEMA);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE LOCAL TEMPORARY TABLE hurry (id INT PRIMARY KEY)");
            for (int round = 0; round < 2; round++) {
                statement.execute("INSERT INTO hurry SELECT id FROM payment");
                statement.execute("UPDATE hurry SET id = id + 1");
                assertThat(statement.executeQuery("SELECT id FROM hurry").next())
                        .isTrue();
                statement.execute("CREATE INDEX hurry_" + round + " ON hurry (id)");
                statement.execute("DELETE FROM hurry");
                statement.execute("TRUNCATE TABLE hurry");
                connection.setAutoCommit(false);
            }
            statement.execute("DELETE FROM orders WHERE id IN (SELECT id FROM hurry)");
            assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment WHERE id IN (SELECT id FROM hurry)");
            connection.commit();
            statement.execute("INSERT INTO hurry (id) VALUES (1)");
            statement.execute("DROP TABLE hurry");
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "SELECT id FROM hurry");
        }
    }

    @Test
    void isFreeHoweverItIsMade() throws Exception { // V16
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String made : List.of(
                    "CREATE TEMP TABLE hurry AS SELECT id FROM payment",
                    "SELECT id INTO TEMP hurry FROM payment",
                    "SELECT id INTO TEMPORARY TABLE hurry FROM payment",
                    "CREATE TEMP TABLE IF NOT EXISTS hurry (LIKE payment)",
                    "CREATE TABLE pg_temp.hurry (id int)",
                    "CREATE TEMP TABLE hurry (id int); INSERT INTO hurry VALUES (1)")) {
                statement.execute(made);
                statement.execute("DELETE FROM hurry");
                statement.execute("DELETE FROM pg_temp.hurry");
                statement.execute("ALTER TABLE hurry RENAME TO hurried");
                statement.execute("UPDATE hurried SET id = 1");
                assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM hurry");
                assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM public.hurried");
                statement.execute("DROP TABLE hurried");
                assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM hurried");
            }
            assertDenied(
                    statement, Reason.UNCLASSIFIED_TABLE, "CREATE TEMP TABLE hurry AS SELECT id FROM other", "other");
        }
    }

    @Test
    void isReadAsBeforeOnceItsTransactionMayHaveTakenItAway() throws Exception { // V18
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE hurry (id int) ON COMMIT DROP");
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM hurry");
            connection.setAutoCommit(false);
            statement.execute("CREATE TEMP TABLE hurry (id int) ON COMMIT DROP");
            statement.execute("DELETE FROM hurry");
            connection.commit();
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM hurry");
            connection.rollback();
            statement.execute("CREATE TEMP TABLE hurry (id int)");
            statement.execute("DELETE FROM hurry");
            connection.rollback();
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM hurry");
            connection.rollback();
            statement.execute("SELECT 1");
            var savepoint = connection.setSavepoint();
            statement.execute("CREATE TEMP TABLE hurry (id int)");
            statement.execute("DELETE FROM hurry");
            connection.rollback(savepoint);
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM hurry");
            connection.rollback();
            connection.setAutoCommit(true);
            statement.execute("BEGIN");
            statement.execute("CREATE TEMP TABLE hurry (id int)");
            statement.execute("DELETE FROM hurry");
            statement.execute("ROLLBACK");
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM hurry");
            assertDenied(
                    statement,
                    Reason.UNCLASSIFIED_TABLE,
                    "CREATE TEMP TABLE hurry (id int) ON COMMIT DROP; COMMIT; DELETE FROM hurry");
            statement.execute("CREATE TEMP TABLE hurry (id int)");
            statement.execute("DISCARD TEMP");
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM hurry");
            assertDenied(
                    statement,
                    Reason.UNCLASSIFIED_TABLE,
                    "CREATE TEMP TABLE hurry (id int); DROP TABLE hurry; DELETE FROM hurry");
        }
    }

    @Test
    void mayNotHideATableThatMatters() throws Exception { // V17
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String made : List.of(
                    "CREATE TEMP TABLE payment (id int)",
                    "CREATE TEMP TABLE orders (id int)",
                    "CREATE TEMP TABLE pg_temp.orders (id int)",
                    "CREATE TABLE pg_temp.payment (id int)",
                    "CREATE TEMP TABLE other (id int)",
                    "SELECT 1 AS id INTO TEMP payment",
                    "CREATE TEMP TABLE hurry (id int); ALTER TABLE hurry RENAME TO payment")) {
                assertDenied(statement, Reason.SESSION_CHANGE, made, "it would hide");
            }
            statement.execute("CREATE TEMP TABLE archive_of_hurry (id int)");
            statement.execute("DELETE FROM archive_of_hurry");
            statement.execute("CREATE TEMP TABLE hurry (id int)");
            assertDenied(statement, Reason.SESSION_CHANGE, "ALTER TABLE hurry RENAME TO payment", "it would hide");
            // A table made for all to see takes no freedom from its name.
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "CREATE TABLE hurry (id int)");
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "CREATE TABLE hurry AS SELECT 1 AS id");
            tables.prepare("CREATE TABLE archive_of_hurry (id int)", "INSERT INTO archive_of_hurry VALUES (1)");
        }
        try (GuardedTables tables =
                        GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, "CREATE TABLE archive_x (id int)");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO public, pg_temp");
            assertDenied(statement, Reason.SESSION_CHANGE, "CREATE TEMP TABLE archive_x (id int)");
            statement.execute("CREATE TEMP TABLE hurry (id int)");
            statement.execute("DELETE FROM pg_temp.hurry");
        }
    }

    @Test
    void mayNotStandBehindAView() throws Exception { // V17
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE hurry AS SELECT 1 AS id");
            assertDenied(
                    statement,
                    Reason.UNREADABLE_SQL,
                    "CREATE VIEW orders AS SELECT p.id FROM payment p WHERE p.id IN (SELECT id FROM hurry)",
                    "temporary");
        }
    }

    @Test
    void isWhatItsNameMeansInH2WhereNoPatternCoversIt() throws Exception { // V17
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, POLICY, SCHEMA);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            assertDenied(statement, Reason.SESSION_CHANGE, "CREATE LOCAL TEMPORARY TABLE payment (id INT)");
            assertDenied(statement, Reason.NOT_GRANTED, "CREATE LOCAL TEMPORARY TABLE archive_x (id INT)");
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "CREATE TEMPORARY TABLE hurry (id INT)");
            assertDenied(
                    statement, Reason.UNCLASSIFIED_TABLE, "CREATE LOCAL TEMPORARY TABLE IF NOT EXISTS other (id INT)");
            statement.execute("CREATE LOCAL TEMPORARY TABLE IF NOT EXISTS hurry (id INT)");
            statement.execute("DELETE FROM hurry");
            tables.prepare("CREATE INDEX hurry ON payment (id)", "CREATE SEQUENCE hurry");
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DROP INDEX hurry");
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "ALTER SEQUENCE hurry RESTART");
        }
    }

    /** Another client, past the guard, makes a table that H2 finds first. */
    @Test
    void isLookedAfterInH2() throws Exception { // V17
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, POLICY, SCHEMA);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE LOCAL TEMPORARY TABLE hurry (id INT)");
            statement.execute("INSERT INTO hurry VALUES (1)");
            tables.prepare("CREATE TABLE hurry AS SELECT id FROM payment");
            Thread.sleep(1100); // what is read holds for a second
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM hurry");
            assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "TRUNCATE TABLE hurry");
            assertThat(tables.count("hurry")).isOne();
        }
    }

    /** With the session's own schema last on the path, whatever another client makes is found before. */
    @Test
    void isFreeOnlyWhereItIsFoundFirst() throws Exception { // V17
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO public, pg_temp");
            statement.execute("CREATE TEMP TABLE archive_x (id INT)");
            assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM archive_x");
            statement.execute("DELETE FROM pg_temp.archive_x");
            assertDenied(
                    statement,
                    Reason.NOT_GRANTED,
                    "CREATE TABLE public.archive_x AS SELECT 1 AS id; DELETE FROM archive_x");

            statement.execute("SET search_path TO pg_temp, public");
            statement.execute("DELETE FROM archive_x");
            statement.execute("SET search_path TO \"pg_temp\"");
            statement.execute("DELETE FROM archive_x");
            statement.execute("RESET search_path");
            statement.execute("DELETE FROM archive_x");
        }
    }
}
