package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other connections write to a file of SQLite while the guard looks at its schema: that must neither begin nor end what the application does. */
class SqliteBusyTest {
    private static final String RULES = """
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on *
            }
            """;

    private static final String INSERT = "INSERT INTO item (v) VALUES (1)";

    @TempDir
    private Path folder;

    private GuardedTables tables;

    @BeforeEach
    void open() throws Exception {
        tables = GuardedTables.open(
                SqliteDatabase.SQLITE,
                folder,
                RULES,
                "CREATE TABLE ledger (id INTEGER PRIMARY KEY)",
                "CREATE TABLE item (id INTEGER PRIMARY KEY, v INT)",
                "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
                "CREATE TABLE child (id INTEGER PRIMARY KEY, p INT REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)");
    }

    @AfterEach
    void close() throws SQLException {
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAL", "DELETE"})
    void whatIsPreparedTakesNoLock(String journal) throws Exception {
        tables.prepare("PRAGMA journal_mode = " + journal);
        try (Connection connection = tables.connect();
                Connection other = tables.connectPastTheGuard();
                Statement besides = other.createStatement()) {
            connection.setAutoCommit(false);
            for (int round = 0; round < 2; round++) {
                try (PreparedStatement insert = connection.prepareStatement(INSERT);
                        Statement batch = connection.createStatement()) {
                    batch.addBatch(INSERT);
                    besides.executeUpdate(
                            "CREATE TABLE t" + round + " (id INT)"); // so that there is something to look at
                    besides.executeUpdate(INSERT);
                    assertThat(insert.executeUpdate()).isOne();
                    assertThat(batch.executeBatch()).containsExactly(1);
                }
                connection.commit();
            }
        }
        assertThat(tables.count("item")).isEqualTo(6);
    }

    /** Longer than for which nothing is looked at again. */
    private static final long MILLIS = 20;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasBegunInAutoCommitOutlivesALook(boolean isClosedBefore) throws Exception {
        try (Connection connection = tables.connect();
                Statement returning = connection.createStatement();
                Statement statement = connection.createStatement()) {
            ResultSet rows = returning.executeQuery("INSERT INTO item (v) VALUES (1), (2), (3) RETURNING id");
            connection.setAutoCommit(false);
            if (isClosedBefore) {
                rows.close();
            }
            Thread.sleep(MILLIS);
            statement.executeUpdate(INSERT);
            rows.close();
            connection.commit();
        }
        assertThat(tables.count("item")).isEqualTo(4);
    }

    @Test
    void aSavepointOutlivesALook() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Savepoint savepoint = connection.setSavepoint();
            tables.prepare("CREATE TABLE made (id INT)");
            statement.executeUpdate(INSERT);
            connection.rollback(savepoint);
            statement.executeUpdate(INSERT);
            connection.commit();
        }
        assertThat(tables.count("item")).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DROP TABLE IF EXISTS nosuch", "CREATE TEMP TABLE own (id INT)", "CREATE TABLE made (id INT)"})
    void aCommitThatFailsEndsNothing(String change) throws Exception {
        try (Connection connection = tables.connectSetting("foreign_keys", "true");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(change);
            statement.execute(INSERT);
            statement.execute("INSERT INTO child (p) VALUES (5)");
            assertThatThrownBy(connection::commit)
                    .isNotInstanceOf(DenialException.class)
                    .isInstanceOf(SQLException.class);
            statement.execute("INSERT INTO parent VALUES (5)");
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM item")) {
                rows.next();
                assertThat(rows.getInt(1)).isOne();
            }
            connection.commit();
        }
        assertThat(tables.count("item")).isOne();
        assertThat(tables.count("child")).isOne();
    }
}
