package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A live database whose tables and policy a test makes up, asked through the guard as one component. */
final class GuardedTables implements AutoCloseable {
    private static final String HEAD = """
            tier ledger is immutable

            tier operational is mutable

            tier closed is frozen

            """;

    private final TestDatabase database;
    private final String realUrl;
    private final Path policy;
    private final Path audit;

    private GuardedTables(TestDatabase database, String realUrl, Path policy, Path audit) {
        this.database = database;
        this.realUrl = realUrl;
        this.policy = policy;
        this.audit = audit;
    }

    /**
     * Makes the database.
     *
     * @param rules the policy but for its tiers, which are {@code ledger}, {@code operational} and {@code closed}; its
     *     component is {@code app}
     */
    static GuardedTables open(TestDatabase database, Path folder, String rules, String... schema)
            throws SQLException, IOException {
        // A policy is read once for all connections that name its file.
        Path policy = Files.createTempFile(folder, "shop", ".tierguard");
        Files.writeString(policy, HEAD + rules);
        GuardedTables tables = new GuardedTables(
                database, database.createDatabase(), policy, folder.resolve("audit-" + database + ".jsonl"));
        tables.prepare(schema);
        return tables;
    }

    /** Runs statements past the guard. */
    void prepare(String... statements) throws SQLException {
        try (Connection connection = database.connect(realUrl);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The real URL. */
    String realUrl() {
        return realUrl;
    }

    /** The settings of the component, by their keys. */
    Map<String, String> settings() {
        return Map.of(
                "tierguard.policy", policy.toString(),
                "tierguard.component", "app",
                "tierguard.audit", audit.toString());
    }

    /** A connection of the real driver. */
    Connection connectPastTheGuard() throws SQLException {
        return database.connect(realUrl);
    }

    Connection connect() throws SQLException {
        return connectAs(database.user(), "");
    }

    /** A connection whose transaction goes on after a denial. */
    Connection connectToGoOn() throws SQLException {
        return connectToGoOn("");
    }

    /** The same of one that takes several statements in a text, where that has to be set. */
    Connection connectToGoOnWithTexts() throws SQLException {
        return connectToGoOn(database instanceof MySqlDatabase ? "allowMultiQueries" : "");
    }

    /** A connection that takes several statements in a text, where that has to be set. */
    Connection connectWithTexts() throws SQLException {
        String url =
                database instanceof MySqlDatabase ? database.withSetting(url(), "allowMultiQueries", "true") : url();
        return DriverManager.getConnection(url, database.user(), "");
    }

    /** The same with settings of the real driver, each of them true. */
    Connection connectWith(String... settings) throws SQLException {
        String url = url();
        for (String setting : settings) {
            url = database.withSetting(url, setting, "true");
        }
        return DriverManager.getConnection(url, database.user(), "");
    }

    /** The same with one setting of the real driver and its value. */
    Connection connectSetting(String name, String value) throws SQLException {
        return DriverManager.getConnection(database.withSetting(url(), name, value), database.user(), "");
    }

    private Connection connectToGoOn(String setting) throws SQLException {
        String url = database.withSetting(url(), "tierguard.on-denial", "continue");
        return DriverManager.getConnection(
                setting.isEmpty() ? url : database.withSetting(url, setting, "true"), database.user(), "");
    }

    /** A connection by another URL of the same database, as a second pool of the process may have it. */
    Connection connectBesides() throws SQLException {
        String besides = switch (database.dialect()) {
            case ANSI, ORACLE, SQLSERVER -> throw new AssertionError("none is read so here");
            case H2 -> database.withSetting(url(), "LOCK_TIMEOUT", "5000");
            case POSTGRESQL -> database.withSetting(url(), "ApplicationName", "migration");
            case MYSQL, MARIADB -> database.withSetting(url(), "connectTimeout", "5000");
            case SQLITE -> database.withSetting(url(), "cache_size", "-4000");
        };
        return DriverManager.getConnection(besides, database.user(), "");
    }

    /** Drops the database and makes another one under its URL. */
    void recreate(String... statements) throws SQLException {
        database.dropDatabase(realUrl);
        database.createDatabase(realUrl);
        prepare(statements);
    }

    Connection connectAs(String user, String password) throws SQLException {
        return DriverManager.getConnection(url(), user, password);
    }

    private String url() {
        String url = realUrl.replaceFirst("^jdbc:", "jdbc:tierguard:");
        url = database.withSetting(url, "tierguard.policy", policy.toString());
        url = database.withSetting(url, "tierguard.component", "app");
        return database.withSetting(url, "tierguard.audit", audit.toString());
    }

    /** Runs statements through the guard, each on a connection of its own. */
    void assertAllowed(String... statements) throws SQLException {
        for (String sql : statements) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** Asks for statements on a connection of their own that the guard must pass, whatever the database makes of them. */
    void assertPassed(String... statements) throws SQLException {
        for (String sql : statements) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .as(sql)
                        .isInstanceOf(SQLException.class)
                        .isNotInstanceOf(DenialException.class);
            }
        }
    }

    void assertDenied(Reason reason, String sql, String... parts) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertDenied(statement, reason, sql, parts);
        }
    }

    static void assertDenied(Statement statement, Reason reason, String sql, String... parts) {
        assertThatThrownBy(() -> statement.execute(sql), "%s", sql)
                .isInstanceOfSatisfying(DenialException.class, denial -> {
                    assertThat(denial.reason()).as(denial.getMessage()).isEqualTo(reason);
                    for (String part : parts) {
                        assertThat(denial.getMessage()).contains(part);
                    }
                });
    }

    /** How many rows a table has, seen past the guard. */
    int count(String table) throws SQLException {
        try (Connection connection = database.connect(realUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        database.dropDatabase(realUrl);
    }
}
