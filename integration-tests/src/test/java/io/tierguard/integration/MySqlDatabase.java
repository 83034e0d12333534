package io.tierguard.integration;

import io.tierguard.integration.server.MySqlServers;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** A server of the MySQL family through one of the two drivers, each of which connects to either. */
public enum MySqlDatabase implements TestDatabase {
    MARIADB(MySqlServers.MARIADB, Client.MARIADB),
    MYSQL(MySqlServers.MYSQL, Client.CONNECTOR_J),
    OLDER_MARIADB_BY_CONNECTOR_J(MySqlServers.OLDER_MARIADB, Client.CONNECTOR_J),
    MYSQL_BY_MARIADB_DRIVER(MySqlServers.MYSQL, Client.MARIADB);

    /** A driver, as its URLs have it. */
    private enum Client {
        MARIADB("jdbc:mariadb://", "?sslMode=disable"),
        CONNECTOR_J("jdbc:mysql://", "?sslMode=DISABLED");

        private final String prefix;
        private final String settings;

        Client(String prefix, String settings) {
            this.prefix = prefix;
            this.settings = settings;
        }
    }

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final MySqlServers server;
    private final Client client;

    MySqlDatabase(MySqlServers server, Client client) {
        this.server = server;
        this.client = client;
    }

    /** Whether the server is MariaDB's. */
    boolean isMariaDb() {
        return server != MySqlServers.MYSQL;
    }

    /** Whether the server can run on this platform. */
    boolean isAvailable() {
        return server.isAvailable();
    }

    /** The URL of a database of the server, which need not be there. */
    String url(String name) {
        Assumptions.assumeTrue(
                server.isAvailable(),
                () -> "there is no " + server + " for this platform among Maven's artifacts: its tests are skipped");
        return client.prefix + "127.0.0.1:" + server.port() + "/" + name + client.settings;
    }

    /** The name of the database that a URL leads to. */
    static String nameIn(String url) {
        return url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    }

    @Override
    public String createDatabase() throws SQLException {
        String url = url("shop" + NUMBERS.incrementAndGet());
        createDatabase(url);
        return url;
    }

    @Override
    public void createDatabase(String url) throws SQLException {
        try (Connection connection = connect(url(""));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + nameIn(url) + " CHARACTER SET utf8mb4");
        }
    }

    @Override
    public void dropDatabase(String url) throws SQLException {
        try (Connection connection = connect(url(""));
                Statement statement = connection.createStatement()) {
            for (String session : sessionsIn(statement, nameIn(url))) {
                end(statement, session);
            }
            statement.execute("DROP DATABASE IF EXISTS " + nameIn(url));
        }
    }

    private static List<String> sessionsIn(Statement statement, String name) throws SQLException {
        List<String> sessions = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT id FROM information_schema.processlist WHERE db = '" + name + "'")) {
            while (rows.next()) {
                sessions.add(rows.getString(1));
            }
        }
        return sessions;
    }

    private static void end(Statement statement, String session) {
        try {
            statement.execute("KILL " + session);
        } catch (SQLException endedMeanwhile) {
            // What has ended by itself holds nothing any more.
        }
    }

    @Override
    public String withSetting(String url, String name, String value) {
        return url + "&" + name + "=" + value;
    }

    @Override
    public String schemaOf(String url) {
        return nameIn(url);
    }

    @Override
    public Driver driver() {
        return switch (client) {
            case MARIADB -> new org.mariadb.jdbc.Driver();
            case CONNECTOR_J -> connectorJ();
        };
    }

    private static Driver connectorJ() {
        try {
            return new com.mysql.cj.jdbc.Driver();
        } catch (SQLException unregistered) {
            throw new IllegalStateException(unregistered);
        }
    }

    @Override
    public Dialect dialect() {
        return isMariaDb() ? Dialect.MARIADB : Dialect.MYSQL;
    }

    @Override
    public String user() {
        return "root";
    }
}
