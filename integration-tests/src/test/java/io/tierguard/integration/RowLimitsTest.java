package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle: past the guard the database shows that what was over a limit has changed no row; rule E9. */
class RowLimitsTest extends LimitedShop {
    @ParameterizedTest
    @EnumSource
    void whatIsWithinALimitHappensAndWhatIsOverItDoesNot(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE item SET price = 1 WHERE id <= 3"))
                    .isEqualTo(3);
            assertThat(changed(shop)).isEqualTo(3);
            assertOverLimit(() -> statement.executeUpdate("UPDATE item SET price = 2"));
            assertOverLimit(() -> statement.execute("UPDATE item SET price = 2"));
            assertOverLimit(() -> statement.executeLargeUpdate("UPDATE item SET price = 2"));
            assertOverLimit(() -> statement.executeUpdate("DELETE FROM item WHERE id > 5"));
            assertOverLimit(() -> statement.executeUpdate("INSERT INTO item (price) SELECT price FROM item"));
            assertThat(shop.rowsOf("item")).noneMatch(row -> row.endsWith("| 2"));
            assertThat(count(shop)).isEqualTo(9);
            assertThat(connection.getAutoCommit()).isTrue();
            statement.execute("UPDATE item SET price = 3 WHERE id = 9");
            assertThat(statement.getUpdateCount()).isEqualTo(1);
            assertThat(shop.rowsOf("item")).contains("9 | 3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDenialSaysHowManyRowsAndIsRecorded(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            Throwable denied = catchThrowable(() -> statement.executeUpdate("UPDATE item SET price = 2"));
            assertThat(denied)
                    .hasMessageStartingWith("denied: checkout may not UPDATE 9 rows of item: tier operational limits"
                            + " update to 3 rows (limits.tierguard:8; ask #data-guardians) [audit ");
            assertThat(shop.auditLines())
                    .anyMatch(line -> line.contains("\"decision\":\"deny\"") && line.contains("row-limit"))
                    .anyMatch(line -> line.contains("\"stage\":\"failed\"") && line.contains("42501"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchIsOneCall(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                PreparedStatement prepared = connection.prepareStatement("UPDATE item SET price = 2 WHERE id = ?");
                Statement statement = connection.createStatement()) {
            for (int id = 1; id <= 4; id++) {
                prepared.setInt(1, id);
                prepared.addBatch();
            }
            assertOverLimit(prepared::executeBatch);
            statement.addBatch("UPDATE item SET price = 2 WHERE id < 3");
            statement.addBatch("UPDATE item SET price = 2 WHERE id > 7");
            assertOverLimit(statement::executeBatch);
            assertThat(changed(shop)).isZero();
            for (int id = 1; id <= 3; id++) {
                prepared.setInt(1, id);
                prepared.addBatch();
            }
            assertThat(prepared.executeBatch()).containsExactly(1, 1, 1);
            assertThat(changed(shop)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMergeCountsForEveryVerbItCouldBe(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            List<String> before = shop.rowsOf("item");
            assertOverLimit(() -> statement.executeUpdate("MERGE INTO item USING (SELECT id AS other FROM item) s ON"
                    + " item.id = s.other WHEN MATCHED THEN UPDATE SET price = 2"));
            assertOverLimit(() -> statement.executeUpdate("MERGE INTO item USING (SELECT id AS other FROM item) s ON"
                    + " item.id = s.other AND s.other > 5 WHEN MATCHED THEN DELETE"));
            assertThat(shop.rowsOf("item")).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void generatedKeysAndCountsAreThoseOfTheBareDriver(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                PreparedStatement prepared = connection.prepareStatement(
                        "INSERT INTO item (price) VALUES (5), (6)", Statement.RETURN_GENERATED_KEYS)) {
            assertThat(prepared.executeUpdate()).isEqualTo(2);
            try (ResultSet keys = prepared.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt(1)).isEqualTo(100);
                assertThat(keys.next()).isTrue();
            }
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(count(shop)).isEqualTo(11);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRealDriversFailureComesThroughAndTheTransactionIsAsItLeavesIt(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            String twice = "INSERT INTO item VALUES (1, 7)";
            assertThatThrownBy(() -> statement.executeUpdate(twice))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("23505"));
            assertThat(connection.getAutoCommit()).isTrue();
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET price = 1 WHERE id = 1");
            assertThatThrownBy(() -> statement.executeUpdate(twice)).isNotInstanceOf(DenialException.class);
            Throwable next =
                    catchThrowable(() -> statement.executeQuery("SELECT 1").close());
            if (database == LiveDatabase.POSTGRESQL) {
                assertThat(next).hasMessageContaining("aborted");
                connection.rollback();
                assertThat(changed(shop)).isZero();
            } else {
                assertThat(next).isNull();
                connection.commit();
                assertThat(changed(shop)).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheDriverComplainsOfAfterItRanIsUndoneToo(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("UPDATE item SET price = 2"))
                    .isInstanceOf(SQLException.class);
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.executeQuery("UPDATE item SET price = 2"))
                    .isInstanceOf(SQLException.class);
            connection.commit();
            assertThat(changed(shop)).isZero();
        }
    }

    /** The guard's own commit is what fails; without a limit the statement's is, within the driver's call. */
    @Test
    void aDeferredConstraintFailsAsWithoutALimit() throws Exception {
        try (Shop shop = open(LiveDatabase.POSTGRESQL)) {
            try (Connection connection = shop.connectPastTheGuard();
                    Statement statement = connection.createStatement()) {
                for (String table : List.of("item", "note")) {
                    statement.execute("ALTER TABLE " + table + " ADD FOREIGN KEY (price) REFERENCES " + table
                            + " DEFERRABLE INITIALLY DEFERRED NOT VALID");
                }
                statement.execute("INSERT INTO note (id, price) VALUES (1, 1), (2, 1)");
            }
            try (Connection connection = connect(shop);
                    Statement statement = connection.createStatement()) {
                for (String table : List.of("note", "item")) {
                    String update = "UPDATE " + table + " SET price = 999 WHERE id = ";
                    assertThatThrownBy(() -> statement.executeUpdate(update + 1))
                            .satisfies(RowLimitsTest::isForeignKey);
                    assertThat(statement.getUpdateCount()).isEqualTo(-1);
                    statement.addBatch(update + 1);
                    statement.addBatch(update + 2);
                    assertThatThrownBy(statement::executeBatch)
                            .isInstanceOfSatisfying(BatchUpdateException.class, failure -> {
                                assertThat(failure.getUpdateCounts())
                                        .containsOnly(Statement.EXECUTE_FAILED)
                                        .hasSize(2);
                                isForeignKey(failure);
                                isForeignKey(failure.getNextException());
                                isForeignKey(failure.getCause());
                            });
                    assertThat(connection.getAutoCommit()).isTrue();
                }
                statement.executeUpdate("UPDATE item SET price = 1 WHERE id = 1");
                assertThat(changed(shop)).isEqualTo(1);
                statement.addBatch("UPDATE item SET price = 999");
                assertOverLimit(statement::executeBatch);
            }
        }
    }

    private static void isForeignKey(@Nullable Throwable failure) {
        assertThat(failure)
                .isNotInstanceOf(DenialException.class)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        cause -> assertThat(cause.getSQLState()).isEqualTo("23503"));
    }

    /** In a transaction, as the guard's own, PostgreSQL gives as many rows as the fetch size, and no count before the last. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void generatedKeysAreCountedWhateverTheFetchSizeIs(boolean autoCommit) throws Exception {
        try (Shop shop = open(LiveDatabase.POSTGRESQL);
                Connection connection = connect(shop)) {
            connection.setAutoCommit(autoCommit);
            try (PreparedStatement two = connection.prepareStatement(
                            "INSERT INTO item (price) VALUES (5), (6)", Statement.RETURN_GENERATED_KEYS);
                    PreparedStatement four = connection.prepareStatement(
                            "INSERT INTO item (price) VALUES (5), (6), (7), (8)", Statement.RETURN_GENERATED_KEYS)) {
                two.setFetchSize(1);
                assertThat(two.executeUpdate()).isEqualTo(2);
                try (ResultSet keys = two.getGeneratedKeys()) {
                    assertThat(keys.next()).isTrue();
                    assertThat(keys.next()).isTrue();
                }
                assertThat(two.getFetchSize()).isEqualTo(1);
                four.setFetchSize(1);
                assertOverLimit(four::executeUpdate);
                assertThat(four.getFetchSize()).isEqualTo(1);
            }
            if (!autoCommit) {
                connection.commit();
            }
            assertThat(count(shop)).isEqualTo(11);
        }
    }

    @Test
    void whatH2RunsWhileItConnectsIsNotCountedAndSoDenied() throws Exception {
        try (Shop shop = open(LiveDatabase.H2)) {
            String url = shop.guardedUrl("checkout", policy()) + ";INIT=UPDATE item SET price = 2";
            assertOverLimit(() -> DriverManager.getConnection(url, "sa", "").close());
            assertThat(changed(shop)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsDeletedThroughAResultSetSumUp(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            connection.setAutoCommit(false);
            try (ResultSet rows = statement.executeQuery("SELECT id, price FROM item ORDER BY id")) {
                for (int deleted = 0; deleted < 3; deleted++) {
                    // H2 keeps a deleted row in its result set, PostgreSQL's driver takes it out.
                    assertThat(rows.absolute(database == LiveDatabase.H2 ? deleted + 1 : 1))
                            .isTrue();
                    rows.deleteRow();
                }
                rows.absolute(database == LiveDatabase.H2 ? 4 : 1);
                assertOverLimit(rows::deleteRow);
            }
            connection.commit();
            assertThat(count(shop)).isEqualTo(6);
        }
    }

    @Test
    void rowsInPartitionsAreCountedWithTheirTable() throws Exception { // E16
        try (Shop shop = open(LiveDatabase.POSTGRESQL)) {
            try (Connection connection = shop.connectPastTheGuard();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE item");
                statement.execute("CREATE TABLE item (id INT, price INT) PARTITION BY RANGE (id)");
                statement.execute("CREATE TABLE item_low PARTITION OF item FOR VALUES FROM (0) TO (5)");
                statement.execute("CREATE TABLE item_high PARTITION OF item FOR VALUES FROM (5) TO (50)");
                statement.execute("INSERT INTO item SELECT n, 0 FROM generate_series(1, 9) n");
            }
            try (Connection connection = connect(shop);
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("UPDATE item SET price = 1 WHERE id IN (4, 5, 6)"))
                        .isEqualTo(3);
                assertOverLimit(() -> statement.executeUpdate("UPDATE item SET price = 2 WHERE id > 3"));
                assertThat(changed(shop)).isEqualTo(3);
            }
        }
    }

    /** A linked table changes another database by a connection of its own, whatever becomes of the transaction here. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatH2CannotUndoIsNotBegun(boolean autoCommit) throws Exception {
        try (Shop shop = open(LiveDatabase.H2);
                Shop far = Shop.open(LiveDatabase.H2, folder)) {
            try (Connection connection = shop.connectPastTheGuard();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE item");
                statement.execute("CREATE LINKED TABLE item (NULL, '" + far.realUrl + "', 'sa', '', 'ORDERS')");
            }
            try (Connection connection = connect(shop);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(autoCommit);
                assertOverLimit(() -> statement.executeUpdate("UPDATE item SET customer_id = 7"));
                assertThat(statement.executeQuery("SELECT count(*) FROM item").next())
                        .isTrue();
            }
            assertThat(far.rowsOf("orders")).noneMatch(row -> row.contains("| 7 |"));
        }
    }
}
