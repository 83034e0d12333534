package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application behind HikariCP changes its URL and nothing else. */
class PooledApplicationTest {

    @ParameterizedTest
    @EnumSource
    void runsTheSameWithAndWithoutTheGuard(LiveDatabase database, @TempDir Path folder) throws Exception {
        try (Shop bare = Shop.open(database, folder);
                Shop guarded = Shop.open(database, folder)) {
            List<String> expected;
            try (HikariDataSource pool = pool(bare.realUrl, database)) {
                expected = runApplication(pool);
            }
            try (HikariDataSource pool = pool(guarded.guardedUrl("checkout"), database)) {
                assertThat(runApplication(pool)).isEqualTo(expected);
            }
            for (String table : List.of("ledger_entry", "payment", "orders", "customer")) {
                assertThat(guarded.rowsOf(table)).isEqualTo(bare.rowsOf(table));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsConnectionsThroughDenials(LiveDatabase database, @TempDir Path folder) throws Exception {
        try (Shop shop = Shop.open(database, folder)) {
            try (HikariDataSource pool = pool(shop.guardedUrl("checkout"), database)) {
                pool.setMaximumPoolSize(1);
                String before = describe(pool);
                for (int attempt = 0; attempt < 5; attempt++) {
                    try (Connection connection = pool.getConnection();
                            Statement statement = connection.createStatement()) {
                        assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM ledger_entry"))
                                .isInstanceOf(DenialException.class);
                        assertThat(connection.isValid(1)).isTrue();
                    }
                }
                assertThat(describe(pool)).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsUnderManyThreads(LiveDatabase database, @TempDir Path folder) throws Exception {
        try (Shop shop = Shop.open(database, folder)) {
            List<String> ledger = shop.rowsOf("ledger_entry");
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try (HikariDataSource pool = pool(shop.guardedUrl("checkout"), database)) {
                List<Callable<Integer>> tasks = new ArrayList<>();
                for (int task = 0; task < 40; task++) {
                    int number = task;
                    tasks.add(() -> attack(pool, number));
                }
                int denials = 0;
                for (Future<Integer> outcome : threads.invokeAll(tasks)) {
                    denials += outcome.get();
                }
                assertThat(denials).isEqualTo(400);
            } finally {
                threads.shutdownNow();
            }
            assertThat(shop.rowsOf("ledger_entry")).isEqualTo(ledger);
            assertThat(shop.auditLines().stream().filter(line -> line.contains("\"deny\"")))
                    .hasSize(400);
        }
    }

    private static int attack(DataSource pool, int number) throws SQLException {
        int denials = 0;
        for (int round = 0; round < 10; round++) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE orders SET state = 'paid' WHERE id = 1");
                statement.executeUpdate("DELETE FROM ledger_entry WHERE id = " + (number % 3));
            } catch (DenialException e) {
                denials++;
            }
        }
        return denials;
    }

    private static List<String> runApplication(DataSource dataSource) throws SQLException {
        List<String> log = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO orders (id, customer_id, state) VALUES (?, ?, ?)", Statement.RETURN_GENERATED_KEYS)) {
                for (int id = 10; id < 15; id++) {
                    insert.setInt(1, id);
                    insert.setInt(2, 1);
                    insert.setString(3, "new");
                    insert.addBatch();
                }
                log.add("batch " + insert.executeBatch().length);
            }
            try (PreparedStatement entry = connection.prepareStatement("INSERT INTO ledger_entry VALUES (?, ?, ?)")) {
                entry.setInt(1, 100);
                entry.setString(2, "cash");
                entry.setObject(3, 12);
                log.add("entry " + entry.executeUpdate());
            }
            connection.commit();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(
                            "SELECT c.name, count(*) AS n FROM orders o JOIN customer c ON c.id = o.customer_id"
                                    + " GROUP BY c.name ORDER BY c.name")) {
                while (result.next()) {
                    log.add(result.getString("name") + " " + result.getInt("n"));
                }
            }
            try (Statement statement = connection.createStatement()) {
                log.add("deleted " + statement.executeUpdate("DELETE FROM orders WHERE id = 14"));
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
        return log;
    }

    private static String describe(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.getMetaData().getURL() + connection.unwrap(Connection.class);
        }
    }

    private static HikariDataSource pool(String url, LiveDatabase database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(database.user());
        config.setPassword("");
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }
}
