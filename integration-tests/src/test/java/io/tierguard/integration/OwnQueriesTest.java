package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.core.BaseConnection;

/** The guard's own queries leave no trace on a connection of the application, whatever becomes of them. */
class OwnQueriesTest {
    private static final String RULES = """
            table ledger is ledger
            table orders is operational
            table mine is operational

            component app {
              grant select, insert, update, delete, create, extend, alter on tier operational
              grant select, insert on tier ledger
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE orders (id INT PRIMARY KEY)",
        "CREATE TABLE ledger (id INT PRIMARY KEY REFERENCES orders ON DELETE CASCADE)",
        "INSERT INTO orders VALUES (1)",
        "INSERT INTO ledger VALUES (1)"
    };

    @TempDir
    private Path folder;

    /** pgjdbc has names on the server for BEGIN, COMMIT and ROLLBACK too, and learns by a failure that they are gone. */
    @Test
    void whatTheApplicationDeallocatesFailsNoTransactionOfIts() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, SCHEMA);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection other = tables.connect();
                Statement migration = other.createStatement()) {
            ((BaseConnection) connection).setFlushCacheOnDeallocate(false);
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO orders VALUES (2)");
            connection.commit();
            statement.executeUpdate("INSERT INTO orders VALUES (3)");
            connection.rollback();
            connection.setAutoCommit(true);
            statement.execute("DEALLOCATE ALL");
            migration.execute("CREATE TABLE mine (id INT)"); // so that the first statement has the schema read again
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO orders VALUES (4)");
            connection.commit();
            assertThat(tables.count("orders")).isEqualTo(3);
            assertThat(connection.getAutoCommit()).isFalse();
        }
    }

    @Test
    void aReadingThatFailsInsideATransactionDoesNotEndIt() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, SCHEMA)) {
            tables.prepare(
                    "CREATE ROLE hindered LOGIN PASSWORD 'x'",
                    "GRANT ALL ON orders, ledger TO hindered",
                    "GRANT CREATE ON SCHEMA public TO hindered");
            try (Connection connection = tables.connectAs("hindered", "x");
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("CREATE TABLE mine (id INT)");
                tables.prepare("REVOKE SELECT ON pg_catalog.pg_trigger FROM PUBLIC");
                statement.executeQuery("SELECT id FROM orders").close();
                connection.commit();
                assertThat(tables.count("mine")).isZero();
            } finally {
                tables.prepare("DROP OWNED BY hindered", "DROP ROLE hindered");
            }
        }
    }

    @Test
    void aLimitOfWhatTheDriverMayBeToldIsNoLimitOfTheSchema() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, SCHEMA);
                Connection connection = connectLimited(tables);
                Statement statement = connection.createStatement()) {
            GuardedTables.assertDenied(statement, Reason.CASCADE, "DELETE FROM orders WHERE id = 1");
            statement.execute("ALTER TABLE orders ADD COLUMN state INT");
            assertThat(statement.executeUpdate("UPDATE orders SET state = 1")).isOne();
            assertThat(tables.count("ledger")).isOne();
        }
    }

    /** So that the server reads its catalog lightly, which is set for the reading. */
    @Test
    void whatTheApplicationHasSetInItsTransactionIsAsItWas() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, SCHEMA);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL work_mem = '3MB'");
            statement.execute("SET jit = on");
            statement.execute("CREATE TABLE mine (id INT)");
            statement.executeQuery("SELECT id FROM mine").close(); // which has the schema read
            assertThat(setting(statement, "work_mem")).isEqualTo("3MB");
            assertThat(setting(statement, "jit")).isEqualTo("on");
            statement.executeUpdate("INSERT INTO orders VALUES (2)");
            connection.commit();
            assertThat(setting(statement, "work_mem")).isEqualTo("4MB");
            assertThat(tables.count("orders")).isEqualTo(2);
            assertThat(tables.count("mine")).isZero();
        }
    }

    private static String setting(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connectLimited(GuardedTables tables) throws SQLException {
        String url = LiveDatabase.POSTGRESQL.withSetting(tables.realUrl(), "maxResultBuffer", "300");
        Properties settings = new Properties();
        settings.putAll(tables.settings());
        settings.setProperty("user", LiveDatabase.POSTGRESQL.user());
        return DriverManager.getConnection(url.replaceFirst("^jdbc:", "jdbc:tierguard:"), settings);
    }
}
