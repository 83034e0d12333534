package io.tierguard.integration;

import io.tierguard.integration.oracle.PostgresServers;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** A real database that the tests start themselves; one server for the whole run, a database of its own for each asker. */
public enum LiveDatabase {
    H2("sa") {
        @Override
        public String createDatabase() {
            return "jdbc:h2:mem:shop" + NUMBERS.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
        }

        @Override
        void createDatabase(String url) {
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
        String withSetting(String url, String name, String value) {
            return url + ";" + name + "=" + value;
        }

        @Override
        Driver driver() {
            return new org.h2.Driver();
        }
    },
    POSTGRESQL("postgres") {
        @Override
        public String createDatabase() throws SQLException {
            String name = "shop" + NUMBERS.incrementAndGet();
            createDatabase(server() + name);
            return server() + name;
        }

        @Override
        void createDatabase(String url) throws SQLException {
            administer("CREATE DATABASE " + url.substring(server().length()));
        }

        @Override
        public void dropDatabase(String url) throws SQLException {
            administer("DROP DATABASE " + url.substring(server().length()) + " WITH (FORCE)");
        }

        private void administer(String sql) throws SQLException {
            try (Connection connection = connect(server() + "postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        private String server() {
            return PostgresServers.NEWEST.url();
        }

        @Override
        String withSetting(String url, String name, String value) {
            return url + (url.contains("?") ? "&" : "?") + name + "=" + value;
        }

        @Override
        Driver driver() {
            return new org.postgresql.Driver();
        }
    };

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String user;

    LiveDatabase(String user) {
        this.user = user;
    }

    /** Creates an empty database and gives its real JDBC URL. */
    public abstract String createDatabase() throws SQLException;

    /** Creates an empty database of this URL, which is one that another had. */
    abstract void createDatabase(String url) throws SQLException;

    /** Drops a database that {@link #createDatabase} made, whoever is still connected to it. */
    public abstract void dropDatabase(String url) throws SQLException;

    /** The URL with one more setting, written as this database's URLs write settings. */
    abstract String withSetting(String url, String name, String value);

    /** The real driver. */
    abstract Driver driver();

    Dialect dialect() {
        return switch (this) {
            case H2 -> Dialect.H2;
            case POSTGRESQL -> Dialect.POSTGRESQL;
        };
    }

    String user() {
        return user;
    }

    /** Connects with the real driver, past the guard. */
    public Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", "");
        return driver().connect(url, properties);
    }

    /** A connection past the guard on which a plan can be asked for before anything is bound. */
    Connection connectToPlan(String url) throws SQLException {
        return switch (this) {
            case H2 -> connect(url);
            case POSTGRESQL -> connect(withSetting(url, "preferQueryMode", "simple"));
        };
    }
}
