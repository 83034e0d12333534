package io.tierguard.integration;

import io.tierguard.sql.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** SQLite in the process of the tests, a file for each asker. */
enum SqliteDatabase implements TestDatabase {
    SQLITE;

    private static final String PREFIX = "jdbc:sqlite:";
    private static final Path FOLDER = Path.of("target", "sqlite");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Nobody's power failure is tested. */
    private static final String QUICK = "?journal_mode=WAL&synchronous=NORMAL";

    @Override
    public String createDatabase() throws SQLException {
        try {
            Files.createDirectories(FOLDER);
        } catch (IOException unable) {
            throw new SQLException(unable);
        }
        String url = PREFIX
                + FOLDER.toAbsolutePath().resolve(ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet())
                + QUICK;
        createDatabase(url);
        return url;
    }

    /** Connecting makes it. */
    @Override
    public void createDatabase(String url) throws SQLException {
        dropDatabase(url);
    }

    @Override
    public void dropDatabase(String url) throws SQLException {
        String file = url.substring(PREFIX.length(), url.indexOf('?'));
        try {
            for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
                Files.deleteIfExists(Path.of(file + suffix));
            }
        } catch (IOException unable) {
            throw new SQLException(unable);
        }
    }

    @Override
    public String withSetting(String url, String name, String value) {
        return url + "&" + name + "=" + value;
    }

    @Override
    public Driver driver() {
        return new org.sqlite.JDBC();
    }

    @Override
    public String schemaOf(String url) {
        return "main";
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public String user() {
        return "";
    }
}
