package io.tierguard.integration;

import static io.tierguard.integration.GuardedTables.assertDenied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A denial dooms the transaction that is open, and none that only seems to be, also after a statement that the database has
 * refused: with such an answer the servers of the MySQL family tell nothing of the transaction.
 */
class DoomAfterFailureTest {
    private static final String POLICY = """
            table payment is ledger
            table note is operational
            table parent is operational
            table child is operational
            table draft is operational {
              limit delete 1 row
            }

            component app {
              grant select on tier ledger
              grant select, insert, update, delete, create, truncate on tier operational
            }
            """;

    private static final String REFUSED = "DELETE FROM payment WHERE id = 1";

    private static final String DUPLICATE = "INSERT INTO note VALUES (1)";

    @TempDir
    private Path folder;

    /** What the database refuses. */
    private interface Failing {
        void run(Connection connection, Statement statement) throws SQLException;
    }

    private GuardedTables open(TestDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE payment (id INT PRIMARY KEY)",
                "INSERT INTO payment VALUES (1)",
                "CREATE TABLE draft (id INT PRIMARY KEY)",
                "INSERT INTO draft VALUES (1), (2), (3)",
                "CREATE TABLE parent (id INT PRIMARY KEY)",
                "INSERT INTO parent VALUES (1)",
                "CREATE TABLE child (id INT, FOREIGN KEY (id) REFERENCES parent (id))",
                "INSERT INTO child VALUES (1)",
                "CREATE TABLE note (id INT PRIMARY KEY)",
                DUPLICATE);
    }

    private static List<Failing> failing(TestDatabase database) {
        List<Failing> ways = new ArrayList<>(List.of(
                (connection, statement) -> statement.execute(DUPLICATE),
                (connection, statement) -> statement.execute("SELECT id FROM payment WHERE nowhere = 1"),
                (connection, statement) -> statement.execute("CREATE TABLE note (id INT)"),
                (connection, statement) -> statement.execute("DELETE FROM parent WHERE id = 1"),
                (connection, statement) -> statement.execute("DELETE FROM draft WHERE id / nowhere = 1"),
                (connection, statement) -> {
                    statement.addBatch("INSERT INTO child VALUES (1)");
                    statement.addBatch(DUPLICATE);
                    statement.executeBatch();
                },
                (connection, statement) -> {
                    try (PreparedStatement prepared = connection.prepareStatement("INSERT INTO note VALUES (?)")) {
                        prepared.setInt(1, 1);
                        prepared.executeUpdate();
                    }
                }));
        if (database instanceof MySqlDatabase) {
            ways.add((connection, statement) -> statement.execute("INSERT INTO child VALUES (1); " + DUPLICATE));
            ways.add((connection, statement) -> statement.execute("BEGIN; COMMIT; " + DUPLICATE));
            ways.add((connection, statement) -> statement.execute("TRUNCATE TABLE parent"));
        }
        if (database instanceof MySqlDatabase server && server.isMariaDb()) {
            ways.add((connection, statement) ->
                    statement.execute("BEGIN NOT ATOMIC INSERT INTO child VALUES (1); SIGNAL SQLSTATE '45000'; END"));
        }
        return ways;
    }

    private static void assertFails(Failing way, Connection connection, Statement statement) {
        assertThatThrownBy(() -> way.run(connection, statement))
                .isInstanceOf(SQLException.class)
                .isNotInstanceOf(DenialException.class);
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.DoomedTransactionsTest#databases")
    void nothingIsDoomedAfterWhatTheDatabaseRefusedUnderAutoCommit(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connectWithTexts();
                Statement statement = connection.createStatement()) {
            for (Failing way : failing(database)) {
                assertFails(way, connection, statement);
                assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
                statement.execute("SELECT id FROM payment");
                assertFails(way, connection, statement);
                assertDenied(statement, Reason.ROW_LIMIT, "DELETE FROM draft WHERE id > 0", "3 rows");
                statement.execute("UPDATE note SET id = 1 WHERE id = 1");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.DoomedTransactionsTest#databases")
    void aLimitHoldsAfterIt(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            assertFails((any, with) -> with.execute(DUPLICATE), connection, statement);
            statement.execute("DELETE FROM draft WHERE id = 1");
            assertThat(tables.count("draft")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.DoomedTransactionsTest#databases")
    void theOpenTransactionIsDoomedAfterIt(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("INSERT INTO note VALUES (2)");
            assertFails((any, with) -> with.execute(DUPLICATE), connection, statement);
            assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
            assertDenied(statement, Reason.TRANSACTION_DENIED, "COMMIT");
            statement.execute("ROLLBACK");
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }

    /** What a driver takes for what the failed text has begun is not to be relied on. */
    @ParameterizedTest
    @EnumSource
    void soIsOneThatTheFailedTextHasBegun(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            for (String beginning : List.of("BEGIN", "START TRANSACTION", "SET autocommit = 0")) {
                for (String end : List.of("COMMIT", "SET autocommit = 1", "CREATE TABLE later (id INT)")) {
                    try (Connection connection = tables.connectWithTexts();
                            Statement statement = connection.createStatement()) {
                        String text = beginning + "; INSERT INTO note VALUES (2); " + DUPLICATE;
                        assertFails((any, with) -> with.execute(text), connection, statement);
                        assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
                        assertDenied(statement, Reason.TRANSACTION_DENIED, end);
                    }
                    assertThat(tables.count("note")).as(beginning).isEqualTo(1);
                }
            }
        }
    }
}
