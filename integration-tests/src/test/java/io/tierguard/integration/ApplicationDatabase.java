package io.tierguard.integration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** An empty live database for one application, which reaches it through a pool, with the guard or without. */
final class ApplicationDatabase implements AutoCloseable {
    private final TestDatabase database;
    private final String realUrl;
    private final Path auditFile;
    private final HikariDataSource pool;

    private ApplicationDatabase(TestDatabase database, String realUrl, String url, Path auditFile) {
        this.database = database;
        this.realUrl = realUrl;
        this.auditFile = auditFile;
        this.pool = pool(database, url);
    }

    /** A database that the application reaches with the real driver. */
    static ApplicationDatabase bare(TestDatabase database, Path folder) throws SQLException {
        String url = database.createDatabase();
        return new ApplicationDatabase(database, url, url, folder.resolve("none"));
    }

    /** A database that the application reaches through the guard, under a policy among the test resources. */
    static ApplicationDatabase guarded(TestDatabase database, String policy, Path folder) throws SQLException {
        return guarded(database, "", policy, folder);
    }

    /** The same on a database with options in its URL. */
    static ApplicationDatabase guarded(TestDatabase database, String options, String policy, Path folder)
            throws SQLException {
        String realUrl = database.createDatabase() + options;
        Path auditFile = folder.resolve("audit-" + policy + "-" + database + ".jsonl");
        String url = realUrl.replaceFirst("^jdbc:", "jdbc:tierguard:");
        url = database.withSetting(url, "tierguard.policy", resource(policy).toString());
        url = database.withSetting(url, "tierguard.component", "application");
        url = database.withSetting(url, "tierguard.release", "1.0");
        url = database.withSetting(url, "tierguard.audit", auditFile.toString());
        return new ApplicationDatabase(database, realUrl, url, auditFile);
    }

    /** A policy among the test resources. */
    static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(ApplicationDatabase.class.getResource("/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HikariDataSource pool(TestDatabase database, String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(database.user());
        config.setPassword("");
        config.setMaximumPoolSize(6);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /** The application's way to the database. */
    HikariDataSource dataSource() {
        return pool;
    }

    String realUrl() {
        return realUrl;
    }

    Connection connectPastTheGuard() throws SQLException {
        return database.connect(realUrl);
    }

    /** What is in the database, as the real driver shows it. */
    DatabaseContents contents() throws SQLException {
        try (Connection connection = connectPastTheGuard()) {
            return DatabaseContents.read(connection);
        }
    }

    /** The decisions in the audit log, a line each, as soon as what may be written later is there too. */
    List<String> decisions() throws IOException, InterruptedException {
        List<String> lines = readAuditFile();
        List<String> before;
        do {
            before = lines;
            Thread.sleep(100);
            lines = readAuditFile();
        } while (lines.size() > before.size());
        return lines.stream()
                .filter(line -> line.contains("\"stage\":\"decision\""))
                .toList();
    }

    private List<String> readAuditFile() throws IOException {
        return Files.exists(auditFile) ? Files.readAllLines(auditFile) : List.of();
    }

    /** Drops the database. */
    @Override
    public void close() throws SQLException {
        pool.close();
        database.dropDatabase(realUrl);
    }
}
