package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.DenialListener;
import io.tierguard.jdbc.DenialListeners;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What drivers and pools send of themselves is never denied. */
class PoolsAndMetadataTest {

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void allThatDatabaseMetaDataAsks(TestDatabase database, @TempDir Path folder) throws Exception {
        try (ApplicationDatabase shop = ApplicationDatabase.guarded(database, "applications.tierguard", folder);
                Connection connection = ProtectedTables.guarded(
                        database,
                        shop.realUrl(),
                        ApplicationDatabase.resource("applications.tierguard"),
                        folder.resolve("audit"))) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(40))");
                statement.execute("CREATE TABLE orders (id INT PRIMARY KEY, customer INT REFERENCES customer (id))");
            }
            List<DenialException> denials = new CopyOnWriteArrayList<>();
            DenialListener listener = denials::add;
            DenialListeners.add(listener);
            int asked = 0;
            try {
                for (Method method : DatabaseMetaData.class.getMethods()) {
                    asked += ask(connection.getMetaData(), method) ? 1 : 0;
                }
            } finally {
                DenialListeners.remove(listener);
            }
            assertThat(denials).isEmpty();
            assertThat(asked).isGreaterThan(150);
        }
    }

    private static boolean ask(DatabaseMetaData metadata, Method method) throws IllegalAccessException {
        if (method.getDeclaringClass() != DatabaseMetaData.class) {
            return false;
        }
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(PoolsAndMetadataTest::argument)
                .toArray();
        try {
            if (method.invoke(metadata, arguments) instanceof ResultSet rows) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
            return true;
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).isNotInstanceOf(DenialException.class);
            return false;
        } catch (SQLException e) {
            assertThat((Throwable) e).isNotInstanceOf(DenialException.class);
            return false;
        }
    }

    private static Object argument(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == String[].class) {
            return new String[] {"TABLE", "VIEW"};
        }
        return type == int[].class ? new int[] {1} : "customer";
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void whatPoolsSend(TestDatabase database, @TempDir Path folder) throws Exception {
        ApplicationSql.hold("Pools", database, folder, 0, (hikari, sightings) -> {
            useAsPoolsDo(hikari, false);
            for (String probe : List.of("SELECT 1", "select 1", "SELECT 1 AS one", "/* ping */ SELECT 1", "VALUES 1")) {
                if (database == LiveDatabase.H2 || !probe.equals("VALUES 1")) {
                    try (Connection connection = hikari.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute(probe);
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void whatOtherPoolsSend(TestDatabase database, @TempDir Path folder) throws Exception {
        List<DenialException> denials = new CopyOnWriteArrayList<>();
        DenialListener listener = denials::add;
        try (ApplicationDatabase shop = ApplicationDatabase.guarded(database, "applications.tierguard", folder)) {
            String url = shop.dataSource().getJdbcUrl();
            DenialListeners.add(listener);
            try (BasicDataSource dbcp = new BasicDataSource()) {
                dbcp.setUrl(url);
                dbcp.setUsername(database.user());
                dbcp.setPassword("");
                dbcp.setValidationQuery("SELECT 1");
                dbcp.setTestOnBorrow(true);
                dbcp.setTestOnReturn(true);
                dbcp.setConnectionInitSqls(List.of("SELECT 1"));
                dbcp.setRollbackOnReturn(true);
                dbcp.setDefaultReadOnly(false);
                dbcp.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                dbcp.setPoolPreparedStatements(true);
                useAsPoolsDo(dbcp, true);
            }
            PoolProperties properties = new PoolProperties();
            properties.setUrl(url);
            properties.setDriverClassName("io.tierguard.jdbc.TierguardDriver");
            properties.setUsername(database.user());
            properties.setPassword("");
            properties.setValidationQuery("SELECT 1");
            properties.setTestOnBorrow(true);
            properties.setTestOnConnect(true);
            properties.setInitSQL("SELECT 1");
            properties.setJdbcInterceptors("ConnectionState;StatementFinalizer;ResetAbandonedTimer");
            properties.setDefaultTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            var tomcat = new org.apache.tomcat.jdbc.pool.DataSource(properties);
            useAsPoolsDo(tomcat, true);
            tomcat.close();
        } finally {
            DenialListeners.remove(listener);
        }
        assertThat(denials).isEmpty();
    }

    private static void useAsPoolsDo(DataSource dataSource, boolean isOther) throws SQLException {
        for (int round = 0; round < 3; round++) {
            try (Connection connection = dataSource.getConnection()) {
                assertThat(connection.isValid(2)).isTrue();
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                connection.setReadOnly(true);
                connection.setReadOnly(false);
                if (!isOther) {
                    connection.setNetworkTimeout(Runnable::run, 1000);
                    connection.setNetworkTimeout(Runnable::run, 0);
                }
                connection.setClientInfo(new Properties());
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE IF NOT EXISTS customer (id INT PRIMARY KEY, name VARCHAR(40))");
                }
                Savepoint named = connection.setSavepoint("before it");
                Savepoint plain = connection.setSavepoint();
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO customer (id, name) VALUES (?, ?)")) {
                    for (int id = 0; id < 12; id++) {
                        insert.setInt(1, id + 100 * round);
                        insert.setString(2, "name " + id);
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
                connection.rollback(plain);
                connection.releaseSavepoint(named);
                try (PreparedStatement query = connection.prepareStatement("SELECT name FROM customer WHERE id = ?")) {
                    query.setFetchSize(5);
                    query.setQueryTimeout(5);
                    query.getMetaData();
                    query.getParameterMetaData().getParameterCount();
                    for (int times = 0; times < 7; times++) {
                        query.setInt(1, times);
                        query.executeQuery().close();
                    }
                    query.cancel();
                }
                connection.commit();
            }
        }
    }
}
