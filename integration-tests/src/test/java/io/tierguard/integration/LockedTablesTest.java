package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PostgreSQL tells the query of a view, and the body of a routine that it keeps parsed, only to who may lock the tables that it names: a
 * migration that keeps one locked must not keep the guard from reading the rest.
 */
class LockedTablesTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on *
            }
            """;

    /** ERROR: lock not available. */
    private static final String LOCKED = "55P03";

    /** Longer than a reading of a small schema is taken as fresh. */
    private static final long OLD_MILLIS = 1_500;

    @TempDir
    private Path folder;

    private GuardedTables tables;

    @BeforeEach
    void open() throws Exception {
        tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE orders (id INT PRIMARY KEY, v INT)",
                "CREATE TABLE draft (id INT PRIMARY KEY)",
                "CREATE TABLE ledger (id INT, o INT)",
                "CREATE VIEW seen AS SELECT id FROM orders",
                "CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM orders; END",
                "INSERT INTO orders VALUES (1, 1)",
                "INSERT INTO ledger VALUES (1, 1)");
    }

    @AfterEach
    void close() throws SQLException {
        tables.close();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whatIsCommittedBesideALockIsKnownAtOnceAndSoIsWhatEndsIt(boolean isAutoCommit) throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = tables.connectPastTheGuard();
                Statement lock = migration.createStatement();
                Connection other = tables.connect();
                Statement ddl = other.createStatement()) {
            statement.execute("SELECT id FROM seen");
            statement.execute("DELETE FROM draft");
            connection.setAutoCommit(isAutoCommit);
            migration.setAutoCommit(false);
            lock.execute("ALTER TABLE orders ADD COLUMN n INT");
            tables.prepare("ALTER TABLE ledger ADD FOREIGN KEY (o) REFERENCES draft (id) ON DELETE CASCADE NOT VALID");
            ddl.execute("CREATE TABLE fresh (id INT)");
            GuardedTables.assertDenied(statement, Reason.CASCADE, "DELETE FROM draft", "public.draft → public.ledger");
            if (!isAutoCommit) {
                connection.rollback();
            }
            statement.execute("INSERT INTO draft VALUES (1)");
            lock.execute("ALTER TABLE ledger ADD FOREIGN KEY (o) REFERENCES orders (id) ON DELETE CASCADE");
            migration.commit();
            ddl.execute("DROP TABLE fresh");
            GuardedTables.assertDenied(
                    statement, Reason.CASCADE, "DELETE FROM orders", "public.orders → public.ledger");
            if (!isAutoCommit) {
                connection.rollback();
            }
        }
        assertThat(tables.count("ledger")).isOne();
    }

    /** It would wait without the guard too, and then read as before: that is no reason to deny it. */
    @Test
    void aViewOnALockedTableIsTheOneThatWasKnown() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = tables.connectPastTheGuard();
                Statement lock = migration.createStatement();
                Connection other = tables.connect();
                Statement ddl = other.createStatement()) {
            statement.execute("SELECT id FROM seen");
            statement.execute("SET lock_timeout = 50");
            migration.setAutoCommit(false);
            lock.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
            ddl.execute("CREATE TABLE fresh (id INT)");
            for (String sql :
                    new String[] {"SELECT id FROM seen", "DELETE FROM seen", "INSERT INTO draft SELECT id FROM seen"}) {
                assertThatThrownBy(() -> statement.execute(sql), "%s", sql)
                        .isNotInstanceOf(DenialException.class)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                waited -> assertThat(waited.getSQLState()).isEqualTo(LOCKED));
            }
            migration.rollback();
            statement.execute("DELETE FROM seen");
        }
        assertThat(tables.count("orders")).isZero();
    }

    @Test
    void aViewThatAnotherSessionHasChangedBeforeTheLockIsNotTheOneThatWasKnown() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = tables.connectPastTheGuard();
                Statement lock = migration.createStatement();
                Connection other = tables.connect();
                Statement ddl = other.createStatement()) {
            statement.execute("SELECT id FROM seen");
            tables.prepare("CREATE OR REPLACE VIEW seen AS SELECT id FROM ledger");
            migration.setAutoCommit(false);
            lock.execute("LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE");
            ddl.execute("CREATE TABLE fresh (id INT)");
            assertThatThrownBy(() -> statement.execute("DELETE FROM seen")).isInstanceOf(DenialException.class);
            migration.rollback();
            Thread.sleep(OLD_MILLIS);
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM seen", "ledger");
        }
        assertThat(tables.count("ledger")).isOne();
    }

    @Test
    void aRoutineThatNamesALockedTableIsReadOnceThatIsFree() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = tables.connectPastTheGuard();
                Statement lock = migration.createStatement();
                Connection other = tables.connect();
                Statement ddl = other.createStatement()) {
            statement.execute("SELECT counted()");
            migration.setAutoCommit(false);
            lock.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
            ddl.execute("CREATE TABLE fresh (id INT)");
            GuardedTables.assertDenied(
                    statement, Reason.UNKNOWN_ROUTINE, "SELECT counted()", "another session keeps a table locked");
            migration.rollback();
            Thread.sleep(OLD_MILLIS); // longer than after a reading none follows
            statement.execute("SELECT counted()");
        }
    }
}
