package io.tierguard.measure;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** A live PostgreSQL with the database that its regression tests expect. */
final class RegressionDatabase implements AutoCloseable {

    /** What pg_regress sets for its sessions; the date style stays one that the JDBC driver can read. */
    private static final List<String> SETTINGS = List.of(
            "SET timezone TO 'America/Los_Angeles'",
            "SET intervalstyle TO postgres_verbose",
            "SET datestyle TO 'ISO, MDY'");

    private final EmbeddedPostgres server;
    private final Path policy;
    private final Path audit;

    private RegressionDatabase(EmbeddedPostgres server, Path policy, Path audit) {
        this.server = server;
        this.policy = policy;
        this.audit = audit;
    }

    static RegressionDatabase start(Path policy, Path audit) throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_prepared_transactions", "2")
                .start();
        RegressionDatabase database = new RegressionDatabase(server, policy, audit);
        try (Connection connection = DriverManager.getConnection(database.url("postgres"), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE regression TEMPLATE template0 LOCALE 'C'");
            for (String setting : List.of("lc_messages", "lc_monetary", "lc_numeric", "lc_time")) {
                statement.execute("ALTER DATABASE regression SET " + setting + " TO 'C'");
            }
            statement.execute("ALTER DATABASE regression SET bytea_output TO 'hex'");
        }
        return database;
    }

    /** A session through the guard, which hands out its real connection when asked. */
    Connection connect(String database, String user) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", "");
        properties.setProperty("tierguard.policy", policy.toString());
        properties.setProperty("tierguard.component", PermissivePolicy.COMPONENT);
        properties.setProperty("tierguard.audit", audit.toString());
        properties.setProperty("allowEncodingChanges", "true");
        properties.setProperty("preferQueryMode", "simple");
        Connection connection = DriverManager.getConnection(
                url(database).replaceFirst("^jdbc:", "jdbc:tierguard:"), properties);
        try (Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute(setting);
            }
        }
        return connection;
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
