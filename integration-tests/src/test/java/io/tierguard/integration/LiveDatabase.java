package io.tierguard.integration;

import io.tierguard.integration.oracle.PostgresServers;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** PostgreSQL and H2, whose SQL has most in common. */
public enum LiveDatabase implements TestDatabase {
    H2("sa") {
        @Override
        public String createDatabase() {
            return "jdbc:h2:mem:shop" + NUMBERS.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
        }

        @Override
        public void createDatabase(String url) {
            // Connecting makes it.
        }

        @Override
        public void dropDatabase(String url) throws SQLException {
            try (Connection connection = connect(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN");
            }
        }

        @Override
        public String withSetting(String url, String name, String value) {
            return url + ";" + name + "=" + value;
        }

        @Override
        public Driver driver() {
            return new org.h2.Driver();
        }
    },
    POSTGRESQL("postgres") {
        private @Nullable Connection administrator;

        @Override
        public String createDatabase() throws SQLException {
            String name = "shop" + NUMBERS.incrementAndGet();
            createDatabase(server() + name);
            return server() + name;
        }

        @Override
        public void createDatabase(String url) throws SQLException {
            // Copying files takes a tenth of what writing each page to the log does.
            administer("CREATE DATABASE " + url.substring(server().length()) + " STRATEGY file_copy");
        }

        @Override
        public void dropDatabase(String url) throws SQLException {
            administer("DROP DATABASE " + url.substring(server().length()) + " WITH (FORCE)");
        }

        /** By one connection for all, because the tests make and drop hundreds. */
        private synchronized void administer(String sql) throws SQLException {
            Connection connection = administrator;
            if (connection == null || connection.isClosed()) {
                connection = connect(server() + "postgres");
                administrator = connection;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        private String server() {
            return PostgresServers.NEWEST.url();
        }

        @Override
        public String withSetting(String url, String name, String value) {
            return url + (url.contains("?") ? "&" : "?") + name + "=" + value;
        }

        @Override
        public Driver driver() {
            return new org.postgresql.Driver();
        }
    };

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String user;

    LiveDatabase(String user) {
        this.user = user;
    }

    @Override
    public Dialect dialect() {
        return switch (this) {
            case H2 -> Dialect.H2;
            case POSTGRESQL -> Dialect.POSTGRESQL;
        };
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public Connection connectToPlan(String url) throws SQLException {
        return switch (this) {
            case H2 -> connect(url);
            case POSTGRESQL -> connect(withSetting(url, "preferQueryMode", "simple"));
        };
    }
}
