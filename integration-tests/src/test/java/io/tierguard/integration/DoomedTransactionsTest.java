package io.tierguard.integration;

import static io.tierguard.integration.GuardedTables.assertDenied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardDataSource;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** After a denial nothing of its transaction is kept, whatever the application does with the exception. */
class DoomedTransactionsTest {
    private static final String POLICY = """
            table payment is ledger
            table note is operational
            table draft is operational {
              limit delete 1 row
            }

            component app {
              grant select on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    private static final String REFUSED = "DELETE FROM payment WHERE id = 1";

    @TempDir
    private Path folder;

    static List<TestDatabase> databases() {
        List<TestDatabase> databases = new ArrayList<>(List.of(LiveDatabase.values()));
        databases.addAll(List.of(MySqlDatabase.values()));
        return databases;
    }

    private GuardedTables open(TestDatabase database, String policy) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                policy,
                "CREATE TABLE payment (id INT PRIMARY KEY)",
                "INSERT INTO payment VALUES (1)",
                "CREATE TABLE draft (id INT PRIMARY KEY)",
                "INSERT INTO draft VALUES (1), (2)",
                "CREATE TABLE note (id INT PRIMARY KEY)");
    }

    private GuardedTables open(TestDatabase database) throws Exception {
        return open(database, POLICY);
    }

    private static String note(int id) {
        return "INSERT INTO note VALUES (" + id + ")";
    }

    private static void doomed(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.reason()).isEqualTo(Reason.TRANSACTION_DENIED));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void nothingButARollbackPassesAndNothingIsKept(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("INSERT INTO note VALUES (?)")) {
            connection.setAutoCommit(false);
            statement.execute(note(1));
            DenialException first = catchThrowableOfType(DenialException.class, () -> statement.execute(REFUSED));

            prepared.setInt(1, 2);
            doomed(prepared::executeUpdate);
            prepared.addBatch();
            doomed(prepared::executeBatch);
            doomed(() -> statement.execute(note(2)));
            doomed(() -> statement.executeQuery("SELECT id FROM note"));
            doomed(() -> connection.prepareStatement(note(2)));
            doomed(() -> statement.addBatch(note(2)));
            doomed(() -> statement.execute("COMMIT"));
            doomed(() -> statement.execute("SAVEPOINT later"));
            doomed(() -> statement.execute(REFUSED));
            doomed(connection::setSavepoint);
            doomed(() -> connection.setSavepoint("later"));
            doomed(() -> connection.setAutoCommit(true));
            doomed(() -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
            assertThatThrownBy(connection::commit)
                    .hasMessageContaining("Connection.commit")
                    .hasMessageContaining("(immutable-tier, audit " + first.auditId() + ")")
                    .hasMessageContaining("roll the transaction back");
            assertThat(connection.isValid(5)).isTrue();
            assertThat(connection.getAutoCommit()).isFalse();

            connection.rollback();
            statement.clearBatch();
            assertThat(tables.count("note")).isZero();
            statement.execute(note(3));
            connection.commit();
            connection.setAutoCommit(true);
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void soItIsInATransactionThatATextBegins(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute(note(1));
            assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
            doomed(() -> statement.execute(note(2)));
            doomed(() -> statement.execute("COMMIT"));
            doomed(() -> connection.setAutoCommit(true));
            statement.execute("ROLLBACK");
            statement.execute(note(3));
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(tables.count("note")).isEqualTo(1);
            assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
            statement.execute(note(4));
        }
    }

    /** What a driver knows of its transaction it may forget with an answer that says nothing of it. */
    @ParameterizedTest
    @EnumSource
    void soItIsWhereTheDriverHasForgottenTheTransaction(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Statement streaming = connection.createStatement()) {
            streaming.setFetchSize(database.driver() instanceof com.mysql.cj.jdbc.Driver ? Integer.MIN_VALUE : 1);
            for (int way = 0; way < 2; way++) {
                statement.execute("BEGIN");
                statement.execute(note(1));
                if (way == 0) {
                    assertThat(connection.isValid(5)).isTrue();
                } else {
                    streaming.executeQuery("SELECT 1 UNION SELECT 2").close();
                }
                assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
                doomed(() -> statement.execute(note(2)));
                statement.execute("ROLLBACK");
            }
            assertThat(tables.count("note")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostWhereTheDriverHasForgottenTheTransaction(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(note(1));
            assertThat(connection.isValid(5)).isTrue();
            connection.setCatalog(connection.getCatalog()); // so that the session is read again
            assertThat(connection.isValid(5)).isTrue();
            statement.execute(note(2));
            connection.commit();
            assertThat(tables.count("note")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aSavepointThatWasSetBeforeIsTheOtherWayBack(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(note(1));
            Savepoint outer = connection.setSavepoint("outer_one");
            statement.execute(note(2));
            Savepoint inner = connection.setSavepoint();
            statement.execute(note(3));
            assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
            connection.releaseSavepoint(inner);
            doomed(() -> statement.execute(note(4)));
            connection.rollback(outer);
            statement.execute(note(5));
            connection.commit();
            assertThat(tables.count("note WHERE id IN (1, 5)")).isEqualTo(2);
            assertThat(tables.count("note")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void soIsOneThatATextSets(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(note(1));
            statement.execute("SAVEPOINT one");
            statement.execute(note(2));
            assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
            assertThatThrownBy(() -> statement.execute("ROLLBACK TO SAVEPOINT nowhere"))
                    .isInstanceOf(SQLException.class)
                    .isNotInstanceOf(DenialException.class);
            doomed(() -> statement.execute(note(3)));
            doomed(connection::commit);
            statement.execute("ROLLBACK TO SAVEPOINT one");
            statement.execute(note(4));
            connection.commit();
            assertThat(tables.count("note WHERE id IN (1, 4)")).isEqualTo(2);
            assertThat(tables.count("note")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whateverIsRefusedAStatementABatchOrAChangeOfRows(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            connection.setAutoCommit(false);
            dooms(connection, () -> connection.prepareStatement(REFUSED));
            dooms(connection, () -> connection.prepareCall(REFUSED));
            dooms(connection, () -> statement.addBatch(REFUSED));
            assertThatThrownBy(statement::executeBatch).isInstanceOf(DenialException.class);
            connection.rollback();
            statement.clearBatch();
            dooms(connection, () -> statement.execute("DELETE FROM draft WHERE id > 0"));
            dooms(connection, () -> {
                try (ResultSet rows = statement.executeQuery("SELECT id FROM payment")) {
                    rows.next();
                    rows.deleteRow();
                }
            });
            dooms(connection, () -> statement.execute("FROB THE knob"));
            assertThat(tables.count("note")).isZero();
            assertThat(tables.count("draft")).isEqualTo(2);
        }
    }

    private static void dooms(Connection connection, ThrowingCallable refused) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(note(1));
            assertThatThrownBy(refused)
                    .isInstanceOfSatisfying(
                            DenialException.class,
                            denial -> assertThat(denial.reason()).isNotEqualTo(Reason.TRANSACTION_DENIED));
            doomed(() -> statement.execute(note(2)));
            doomed(connection::commit);
        } finally {
            connection.rollback();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void anObjectThatIsNotHandedOutDoomsNothing(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Connection real = tables.connectPastTheGuard();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(note(1));
            assertThatThrownBy(() -> connection.unwrap(real.getClass())).isInstanceOf(DenialException.class);
            connection.commit();
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void withoutATransactionNothingIsDoomed(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
            assertDenied(statement, Reason.ROW_LIMIT, "DELETE FROM draft");
            assertThatThrownBy(() -> connection.prepareStatement(REFUSED)).isInstanceOf(DenialException.class);
            statement.execute(note(1));
            statement.execute("BEGIN");
            statement.execute(note(2));
            statement.execute("COMMIT");
            assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
            statement.execute(note(3));
            connection.setAutoCommit(false);
            connection.setAutoCommit(true);
            assertThat(tables.count("note")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatIsOnlyObservedDoomsNothing(TestDatabase database) throws Exception {
        String observed = POLICY + """

                observe app {
                  reasons immutable-tier, not-granted
                  why "we look first"
                  until 2126-01-01T00:00Z
                }
                """;
        try (GuardedTables tables = open(database, observed);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(REFUSED);
            statement.execute(note(1));
            connection.commit();
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whoMustCanGoOn(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            Map<String, String> settings = new HashMap<>(tables.settings());
            settings.put("tierguard.on-denial", "continue");
            try (Connection connection =
                            new TierguardDataSource(new CountedConnections(tables), settings).getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(note(1));
                assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
                statement.execute(note(2));
                connection.commit();
            }
            assertThat(tables.count("note")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void closingKeepsNothing(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(note(1));
                assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
            }
            assertThat(tables.count("note")).isZero();
        }
    }
}
