package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch to which something could not be added, and one of which the driver tells no counts. */
class RefusedBatchesTest {
    private static final String RULES = """
            tier counted is mutable {
              limit insert 3 rows
              limit update 3 rows
            }

            table payment is ledger
            table draft is operational
            table item is counted

            component app {
              grant select on tier ledger
              grant select, insert, delete on tier operational
              grant select, insert, update on tier counted
            }
            """;

    @TempDir
    private Path folder;

    static List<TestDatabase> databases() {
        return DoomedTransactionsTest.databases();
    }

    private GuardedTables open(TestDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE TABLE payment (id INT PRIMARY KEY)",
                "CREATE TABLE draft (id INT PRIMARY KEY)",
                "CREATE TABLE item (id INT PRIMARY KEY, v INT)");
    }

    private static void refused(Statement statement, Reason reason, String part) {
        assertThatThrownBy(statement::executeBatch)
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.reason()).isEqualTo(reason))
                .hasMessageContaining(part);
        assertThatThrownBy(statement::executeLargeBatch).isInstanceOf(DenialException.class);
    }

    /** Half a unit of work would run, so that nothing of it is kept. */
    @ParameterizedTest
    @MethodSource("databases")
    void theTransactionIsDoomedInWhichARefusedBatchIsRun(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement batch = connection.createStatement();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> batch.addBatch("DELETE FROM payment")).isInstanceOf(DenialException.class);
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO draft VALUES (1)");
            refused(batch, Reason.IMMUTABLE_TIER, "payment");
            GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, "INSERT INTO draft VALUES (2)");
            assertThatThrownBy(connection::commit).isInstanceOf(DenialException.class);
            connection.rollback();
            batch.clearBatch();
            statement.executeUpdate("INSERT INTO draft VALUES (3)");
            connection.commit();
            assertThat(tables.count("draft")).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatWasAddedToABatchInADoomedTransactionIsToBeAddedAgain(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement batch = connection.createStatement();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
            assertThatThrownBy(() -> batch.addBatch("INSERT INTO draft VALUES (1)"))
                    .isInstanceOf(DenialException.class);
            connection.rollback();
            statement.executeUpdate("INSERT INTO draft VALUES (2)");
            refused(batch, Reason.TRANSACTION_DENIED, "clearBatch");
            assertThatThrownBy(connection::commit).isInstanceOf(DenialException.class);
            connection.rollback();
            batch.clearBatch();
            batch.addBatch("INSERT INTO draft VALUES (3)");
            batch.executeBatch();
            connection.commit();
            assertThat(tables.count("draft")).isOne();
        }
    }

    /** The drivers make one statement of several, and tell of none how many rows it changed. */
    @ParameterizedTest
    @MethodSource("databases")
    void insertsOfOneRowAreCountedWhereTheDriverMakesOneOfThem(TestDatabase database) throws Exception {
        if (database == LiveDatabase.H2) {
            return; // it has no such setting
        }
        String[] settings = database == LiveDatabase.POSTGRESQL
                ? new String[] {"reWriteBatchedInserts"}
                : new String[] {"rewriteBatchedStatements", "useBulkStmts"};
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (GuardedTables tables = open(database);
                    Connection connection = tables.connectWith(settings)) {
                connection.setAutoCommit(autoCommit);
                insert(connection, "INSERT INTO item (id, v) VALUES (?, ?)", 10, 3);
                assertThatThrownBy(() -> insert(connection, "INSERT INTO item (id, v) VALUES (?, ?)", 20, 4))
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("4 rows into item");
                if (!autoCommit) {
                    connection.rollback();
                }
                assertThat(tables.count("item")).isEqualTo(autoCommit ? 3 : 0);
                if (database == LiveDatabase.POSTGRESQL) {
                    String upsert = "INSERT INTO item VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET v = excluded.v";
                    insert(connection, upsert, 10, 3);
                    assertThatThrownBy(() -> insert(connection, upsert, 10, 4)).isInstanceOf(DenialException.class);
                }
                assertThatThrownBy(() -> insert(connection, "INSERT INTO item SELECT ?, ?", 30, 4))
                        .isInstanceOf(SQLException.class); // MariaDB prepares no such query with bulk statements
                assertThat(tables.count("item WHERE id >= 20")).isZero();
            }
        }
    }

    /** For rows that come back the driver tells that it changed none. */
    @Test
    void rowsThatComeBackInABatchAreNotTakenForNone() throws Exception {
        List<String> texts = List.of(
                "UPDATE item SET v = 1 RETURNING id",
                "INSERT INTO item SELECT g, 0 FROM generate_series(20, 30) g RETURNING id",
                "/**/UPDATE item SET v = 1 RETURNING E'a\\\\b'");
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connectToGoOn()) {
            tables.prepare("INSERT INTO item SELECT g, 0 FROM generate_series(1, 9) g");
            for (boolean autoCommit : new boolean[] {true, false}) {
                connection.setAutoCommit(autoCommit);
                for (String sql : texts) {
                    overLimit(connection.createStatement(), sql, "UPDATE item SET v = 0 WHERE id = 1");
                    overLimit(connection.createStatement(), sql);
                    overLimit(connection.prepareStatement(sql));
                    overLimit(connection.prepareStatement(sql, Statement.NO_GENERATED_KEYS));
                    overLimit(connection.prepareStatement(
                            sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY));
                    overLimit(connection.prepareCall(sql));
                }
                String name = "returning_" + autoCommit;
                connection.createStatement().execute("PREPARE " + name + " AS UPDATE item SET v = 1 RETURNING id");
                overLimit(connection.createStatement(), "EXECUTE " + name);
            }
            assertThat(tables.count("item WHERE v = 0")).isEqualTo(9);
            assertThat(tables.count("item")).isEqualTo(9);
            connection.rollback();
            try (PreparedStatement counted =
                    connection.prepareStatement("UPDATE item SET v = 1 WHERE id = ? RETURNING id")) {
                for (int id : new int[] {1, 99}) {
                    counted.setInt(1, id);
                    counted.addBatch();
                    assertThat(counted.executeBatch()).containsExactly(id == 1 ? 1 : 0);
                }
            }
        }
    }

    /** Connector/J takes texts beside parameters, and tells their counts in the order in which they were added. */
    @Test
    void textsBesideParametersAreNotCountedForThem() throws Exception {
        try (GuardedTables tables = open(MySqlDatabase.MYSQL);
                Connection connection = tables.connect();
                PreparedStatement mixed = connection.prepareStatement("INSERT INTO item VALUES (?, 0)")) {
            tables.prepare("INSERT INTO item VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0)");
            mixed.setInt(1, 9);
            mixed.addBatch();
            mixed.addBatch("UPDATE item SET v = 1");
            assertThatThrownBy(mixed::executeBatch).isInstanceOf(DenialException.class);
            assertThat(tables.count("item WHERE v = 1")).isZero();
        }
    }

    private static void overLimit(Statement statement, String... texts) throws SQLException {
        try (statement) {
            for (String sql : texts) {
                statement.addBatch(sql);
            }
            if (statement instanceof PreparedStatement prepared) {
                prepared.addBatch();
            }
            assertThatThrownBy(statement::executeBatch).isInstanceOf(DenialException.class);
        }
    }

    private static void insert(Connection connection, String sql, int first, int rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int id = first; id < first + rows; id++) {
                statement.setInt(1, id);
                statement.setInt(2, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
