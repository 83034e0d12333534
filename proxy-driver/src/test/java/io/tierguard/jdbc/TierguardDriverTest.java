package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.policy.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TierguardDriverTest extends GuardedShop {
    @Test
    void aDeleteOnAnImmutableTierIsDenied() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM payment"))
                    .isInstanceOfSatisfying(DenialException.class, denial -> {
                        assertThat(denial.getSQLState()).isEqualTo("42501");
                        assertThat(denial.reason()).isEqualTo(Reason.IMMUTABLE_TIER);
                        assertThat(denial.auditId()).isNotEmpty();
                        assertThat(denial.rule()).contains("shop.tierguard:");
                    });
        }
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(1);
    }

    @Test
    void whatThePolicyAllowsRunsAsOnTheBareDriver() throws SQLException {
        try (Connection connection = connect("");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO payment VALUES (?, ?)")) {
            insert.setInt(1, 2);
            insert.setInt(2, 200);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            insert.setInt(1, 3);
            insert.addBatch();
            insert.setInt(1, 4);
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1, 1);
        }
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(4);
    }

    @Test
    void anUpdatableResultSetCannotChangeAnImmutableTable() throws SQLException {
        try (Connection connection = connect("");
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("SELECT id, amount FROM payment")) {
            rows.next();
            rows.updateInt("amount", 0);
            assertThatThrownBy(rows::updateRow).isInstanceOf(DenialException.class);
            assertThatThrownBy(rows::deleteRow).isInstanceOf(DenialException.class);
        }
        assertThat(count("SELECT SUM(amount) FROM payment")).isEqualTo(100);
    }

    @Test
    void aBatchCannotTakeAProtectedTablesNameThroughAnotherSchema() throws SQLException, IOException {
        Files.writeString(
                policy,
                POLICY.replace("table payment is ledger", "table payment is ledger\ntable books.orders is ledger"));
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE SCHEMA books");
            statement.execute("CREATE TABLE books.orders (id INT PRIMARY KEY)");
            statement.execute("INSERT INTO books.orders VALUES (1)");
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA books TO checkout_rw");
        }
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.addBatch("SET SCHEMA books");
            statement.addBatch("DELETE FROM orders");
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOfSatisfying(
                            DenialException.class,
                            denial -> assertThat(denial.reason()).isEqualTo(Reason.IMMUTABLE_TIER));
        }
        assertThat(count("SELECT COUNT(*) FROM books.orders")).isEqualTo(1);
    }

    @Test
    void aCascadeMadePastTheGuardIsKnownToAConnectionASecondLater() throws SQLException, InterruptedException {
        try (Connection first = connect("");
                Statement early = first.createStatement();
                Statement statement = owner.createStatement()) {
            assertThat(early.executeUpdate("DELETE FROM orders WHERE id = 7")).isZero();
            statement.execute("ALTER TABLE payment ADD COLUMN for_order INT");
            statement.execute(
                    "ALTER TABLE payment ADD FOREIGN KEY (for_order) REFERENCES orders (id) ON DELETE CASCADE");
            statement.execute("UPDATE payment SET for_order = 1");
            Thread.sleep(1100);
            try (Connection second = connect("");
                    Statement late = second.createStatement()) {
                assertThatThrownBy(() -> late.executeUpdate("DELETE FROM orders"))
                        .isInstanceOf(DenialException.class);
            }
        }
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(1);
    }

    @Test
    void otherDriversUrlsAreLeftToThem() throws SQLException {
        assertThat(driver.acceptsURL("jdbc:h2:mem:x")).isFalse();
        assertThat(driver.connect("jdbc:h2:mem:x", new Properties())).isNull();
        assertThat(driver.acceptsURL("jdbc:tierguard:oracle:thin:@x")).isTrue();
    }

    @Test
    void theServiceLoaderKnowsTheDriver() throws SQLException {
        assertThat(DriverManager.getDriver("jdbc:tierguard:h2:mem:x")).isInstanceOf(TierguardDriver.class);
    }

    @Test
    void whatAPoolAsksOfAConnectionWorks() throws SQLException {
        try (Connection connection = connect("")) {
            assertThat(connection.isValid(1)).isTrue();
            connection.setNetworkTimeout(Runnable::run, 1000);
            assertThat(connection.getNetworkTimeout()).isNotNegative();
            connection.setReadOnly(false);
            connection.setAutoCommit(false);
            connection.rollback();
            connection.setAutoCommit(true);
            connection.clearWarnings();
            assertThat(connection.getSchema()).isEqualToIgnoringCase("public");
        }
    }

    @Test
    void manyThreadsWithConnectionsOfTheirOwnAreAllGuarded() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> denials = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                denials.add(threads.submit(() -> deniedDeletes(20)));
            }
            for (Future<Integer> denied : denials) {
                assertThat(denied.get()).isEqualTo(20);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(1);
    }

    private int deniedDeletes(int attempts) throws SQLException {
        int denied = 0;
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < attempts; i++) {
                try (ResultSet rows = statement.executeQuery("SELECT id FROM payment")) {
                    assertThat(rows.next()).isTrue();
                }
                try {
                    statement.execute("DELETE FROM payment WHERE id = " + i);
                } catch (DenialException expected) {
                    denied++;
                }
            }
        }
        return denied;
    }
}
