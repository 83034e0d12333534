package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of rows where a transaction is open; the oracle is what the database shows past the guard. */
class RowLimitsInTransactionsTest extends LimitedShop {
    @ParameterizedTest
    @EnumSource
    void inATransactionOnlyWhatIsOverTheLimitIsUndone(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET price = 1 WHERE id = 1");
            assertOverLimit(() -> statement.executeUpdate("UPDATE item SET price = 2"));
            statement.executeUpdate("UPDATE item SET price = 1 WHERE id = 2");
            connection.commit();
            assertThat(changed(shop)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLimitPerTransactionSumsUntilTheTransactionEnds(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("DELETE FROM item WHERE id <= 2");
            Savepoint savepoint = connection.setSavepoint();
            connection.rollback(savepoint);
            statement.execute("SAVEPOINT a");
            statement.execute("ROLLBACK TO SAVEPOINT a");
            assertOverLimit(() -> statement.executeUpdate("DELETE FROM item WHERE id IN (3, 4)"));
            statement.executeUpdate("DELETE FROM item WHERE id = 3");
            assertOverLimit(() -> statement.executeUpdate("DELETE FROM item WHERE id = 4"));
            connection.commit();
            assertThat(count(shop)).isEqualTo(6);
            statement.executeUpdate("DELETE FROM item WHERE id = 4");
            connection.rollback();
            statement.executeUpdate("DELETE FROM item WHERE id IN (4, 5, 6)");
            connection.commit();
            assertThat(count(shop)).isEqualTo(3);
        }
    }

    @Test
    void aTransactionBegunByATextOfPostgresqlIsNoPlaceForALimit() throws Exception {
        try (Shop shop = open(LiveDatabase.POSTGRESQL);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            assertOverLimit(() -> statement.executeUpdate("UPDATE item SET price = 2"));
            statement.execute("INSERT INTO note (price) VALUES (1)");
            statement.execute("COMMIT");
            assertThat(changed(shop)).isZero();
            assertThat(shop.rowsOf("note")).hasSize(1);
            assertThat(statement.executeUpdate("UPDATE item SET price = 2 WHERE id = 1"))
                    .isEqualTo(1);
            statement.execute("BEGIN");
            assertOverLimit(() -> statement.executeUpdate("UPDATE item SET price = 2 WHERE id = 1"));
            statement.execute("ROLLBACK");
            assertThat(changed(shop)).isEqualTo(1);
        }
    }

    @Test
    void aTextOfPostgresqlThatEndsTheTransactionEndsItsSum() throws Exception {
        try (Shop shop = open(LiveDatabase.POSTGRESQL);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(statement.executeUpdate("DELETE FROM item WHERE id <= 3"))
                    .isEqualTo(3);
            assertOverLimit(() -> statement.executeUpdate("DELETE FROM item WHERE id = 4"));
            statement.execute("ROLLBACK");
            assertThat(statement.executeUpdate("DELETE FROM item WHERE id <= 3"))
                    .isEqualTo(3);
            statement.execute("SAVEPOINT a");
            statement.execute("ROLLBACK TO SAVEPOINT a");
            assertOverLimit(() -> statement.executeUpdate("DELETE FROM item WHERE id = 4"));
            connection.rollback();
        }
    }

    @Test
    void aTransactionBegunByATextOfH2IsOne() throws Exception {
        try (Shop shop = open(LiveDatabase.H2);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.executeUpdate("UPDATE item SET price = 1 WHERE id = 1");
            assertOverLimit(() -> statement.executeUpdate("UPDATE item SET price = 2"));
            statement.execute("COMMIT");
            assertThat(changed(shop)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyCommitsInTheMomentBeforeTheRowsAreCounted(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement();
                Statement other = connection.createStatement()) {
            connection.setAutoCommit(false);
            AtomicBoolean isOver = new AtomicBoolean();
            ExecutorService committer = Executors.newSingleThreadExecutor();
            Future<?> commits = committer.submit(() -> {
                while (!isOver.get()) {
                    connection.commit();
                    other.execute("COMMIT");
                }
                return null;
            });
            try {
                for (int attempt = 0; attempt < 300; attempt++) {
                    assertOverLimit(() -> statement.executeUpdate("UPDATE item SET price = 2"));
                }
            } finally {
                isOver.set(true);
                committer.shutdown();
            }
            commits.get();
            connection.commit();
            assertThat(changed(shop)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE TABLE note",
                "ANALYZE TABLE note",
                "SET AUTOCOMMIT ON",
                "INSERT INTO note VALUES (1, 1); TRUNCATE TABLE note",
            })
    void whatCommitsOnH2DoesNotKeepABatchOverItsLimit(String committing) throws Exception {
        try (Shop shop = open(LiveDatabase.H2);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            statement.addBatch("UPDATE item SET price = 1");
            assertThat(catchThrowable(() -> {
                        statement.addBatch(committing);
                        statement.executeBatch();
                    }))
                    .isInstanceOf(SQLException.class);
            assertThat(changed(shop)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(LiveDatabase.class)
    void savepointsOfAnotherThreadDoNotKeepWhatIsOverALimit(LiveDatabase database) throws Exception {
        try (Shop shop = open(database);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            AtomicBoolean goesOn = new AtomicBoolean(true);
            ExecutorService other = Executors.newSingleThreadExecutor();
            Future<?> saving = other.submit(() -> {
                while (goesOn.get()) {
                    Savepoint savepoint = connection.setSavepoint();
                    connection.rollback(savepoint);
                }
                return null;
            });
            for (int attempt = 0; attempt < 200; attempt++) {
                assertThatThrownBy(() -> statement.executeUpdate("UPDATE item SET price = 1 WHERE id <= 4"))
                        .isInstanceOf(SQLException.class);
            }
            goesOn.set(false);
            other.shutdown();
            assertThat(other.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThat(saving).isDone();
            connection.commit();
            assertThat(changed(shop)).isZero();
        }
    }
}
