package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardDataSource;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Under REPEATABLE READ and SERIALIZABLE PostgreSQL tells a transaction of the catalog what was committed when it began, and finds what
 * is there now: what another session has changed meanwhile may come under a name that only the transaction knows.
 */
class OldCatalogTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop, truncate on *
            }
            """;

    private static final String TRIGGER = "CREATE TRIGGER t BEFORE INSERT ON draft FOR EACH ROW EXECUTE FUNCTION eat()";

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
                "CREATE TABLE orders (id INT PRIMARY KEY, state INT)",
                "CREATE TABLE draft (id INT PRIMARY KEY, v INT)",
                "CREATE TABLE mid (id INT PRIMARY KEY, d INT)",
                "CREATE TABLE part (id INT, v INT) PARTITION BY LIST (id)",
                "CREATE TABLE apart (id INT, v INT)",
                "CREATE TABLE ledger (id INT, o INT)",
                "INSERT INTO ledger VALUES (7, NULL)",
                "CREATE VIEW seen AS SELECT id, v FROM draft",
                "CREATE VIEW seer AS SELECT id, v FROM seen",
                "CREATE DOMAIN amount AS INT",
                "CREATE SCHEMA other",
                "CREATE FUNCTION eat() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM public.ledger; RETURN NEW; END'",
                "CREATE FUNCTION meek() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE FUNCTION take() RETURNS int LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM public.ledger; RETURN 1; END'",
                "CREATE TRIGGER m BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION meek()");
    }

    @AfterEach
    void close() throws SQLException {
        tables.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                TRIGGER + " | ALTER TABLE draft RENAME TO drafts | INSERT INTO drafts VALUES (2, 2)",
                TRIGGER + " | ALTER TABLE draft SET SCHEMA other | INSERT INTO other.draft VALUES (2, 2)",
                TRIGGER
                        + " | DO $$ BEGIN ALTER TABLE draft RENAME TO drafts; END $$ | INSERT INTO drafts VALUES (2, 2)",
                TRIGGER + "; ALTER TABLE draft DISABLE TRIGGER t | ALTER TABLE draft ENABLE TRIGGER t"
                        + " | INSERT INTO draft VALUES (2, 2)",
                "CREATE RULE r AS ON INSERT TO draft DO ALSO DELETE FROM ledger | ALTER TABLE draft RENAME TO drafts"
                        + " | INSERT INTO drafts VALUES (2, 2)",
                "ALTER TABLE ledger ADD FOREIGN KEY (o) REFERENCES draft (id) ON DELETE CASCADE"
                        + " | ALTER TABLE draft RENAME TO drafts | DELETE FROM drafts",
                "ALTER TABLE ledger ADD FOREIGN KEY (o) REFERENCES mid (id) ON DELETE CASCADE"
                        + " | ALTER TABLE mid ADD FOREIGN KEY (d) REFERENCES draft (id) ON DELETE CASCADE"
                        + " | DELETE FROM draft",
                "ALTER TABLE draft ALTER v SET DEFAULT take() | CREATE TABLE copy (LIKE draft INCLUDING ALL)"
                        + " | INSERT INTO copy (id) VALUES (2)",
                "ALTER TABLE draft ALTER v SET DEFAULT take() | CREATE TEMP TABLE copy (LIKE draft INCLUDING ALL)"
                        + " | INSERT INTO copy (id) VALUES (2)",
                "ALTER TABLE draft ADD CHECK (take() = 1) NOT VALID | ALTER TABLE draft RENAME TO drafts"
                        + " | INSERT INTO drafts VALUES (2, 2)",
                "CREATE TRIGGER t BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION eat()"
                        + " | CREATE TABLE p1 PARTITION OF part FOR VALUES IN (1) | INSERT INTO p1 VALUES (1, 2)",
                "CREATE TRIGGER t BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION eat()"
                        + " | ALTER TABLE part ATTACH PARTITION apart FOR VALUES IN (1) | INSERT INTO apart VALUES (1, 2)",
                "CREATE OR REPLACE FUNCTION meek() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM public.ledger; RETURN NEW; END' | ALTER TABLE orders RENAME TO ordered"
                        + " | INSERT INTO ordered VALUES (2, 2)",
                "CREATE OR REPLACE VIEW seen AS SELECT id, o AS v FROM ledger | ALTER VIEW seen RENAME TO seeing"
                        + " | DELETE FROM seeing",
                "CREATE OR REPLACE VIEW seen AS SELECT id, o AS v FROM ledger | ALTER VIEW seer RENAME TO seeing"
                        + " | DELETE FROM seeing",
                "CREATE OR REPLACE VIEW seen AS SELECT id, o AS v FROM ledger | CREATE VIEW mine AS SELECT * FROM seen"
                        + " | DELETE FROM mine",
                "CREATE VIEW new AS SELECT id, o AS v FROM ledger | CREATE VIEW mine AS SELECT * FROM new"
                        + " | DELETE FROM mine",
                "ALTER DOMAIN amount ADD CHECK (take() = 1) | CREATE TABLE copy (id INT, a amount)"
                        + " | INSERT INTO copy VALUES (1, 1)",
            })
    void whatATransactionChangesOfWhatAnotherSessionHasChangedIsRefused(String other, String own, String write)
            throws Exception {
        try (Connection connection = old(tables.connect());
                Statement statement = connection.createStatement()) {
            tables.prepare(other);
            assertAnyDenied(statement, own, write);
            connection.rollback();
        }
        assertThat(tables.count("ledger")).isOne();
    }

    /** Also where the URL sets the session, for whoever reads the schema besides as for the application. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c search_path=public",
                "-c statement_timeout=60000 -c default_transaction_isolation=serializable"
            })
    void alsoWhereTheUrlHasOptions(String options) throws Exception {
        try (Connection connection = old(tables.connectSetting("options", options.replace(" ", "%20")));
                Statement statement = connection.createStatement()) {
            tables.prepare("CREATE FUNCTION theirs() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'", TRIGGER);
            assertAnyDenied(statement, "ALTER TABLE draft RENAME TO drafts", "INSERT INTO drafts VALUES (2, 2)");
            connection.rollback();
        }
        try (Connection connection = old(tables.connectSetting("options", options.replace(" ", "%20")));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE mine (id INT)");
            tables.prepare("CREATE OR REPLACE FUNCTION theirs() RETURNS int LANGUAGE plpgsql AS"
                    + " 'BEGIN DELETE FROM public.ledger; RETURN 1; END'");
            assertAnyDenied(statement, "SELECT theirs()", "INSERT INTO mine VALUES (theirs())");
            connection.rollback();
        }
        assertThat(tables.count("ledger")).isOne();
    }

    @Test
    void aChainIntoWhatAnotherSessionHasChangedIsFollowed() throws Exception {
        tables.prepare(
                "CREATE TABLE far (id INT PRIMARY KEY, m INT REFERENCES mid (id) ON DELETE CASCADE)",
                "INSERT INTO draft VALUES (5, 5)");
        try (Connection connection = old(tables.connect());
                Statement statement = connection.createStatement()) {
            tables.prepare("ALTER TABLE ledger ADD FOREIGN KEY (o) REFERENCES far (id) ON DELETE CASCADE");
            statement.execute("ALTER TABLE mid ADD FOREIGN KEY (d) REFERENCES draft (id) ON DELETE CASCADE");
            GuardedTables.assertDenied(statement, Reason.CASCADE, "DELETE FROM draft", "public.far → public.ledger");
            connection.rollback();
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aTriggerForWhichAChangeHasWaitedIsNotLost() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection connection = old(tables.connect());
                Statement statement = connection.createStatement();
                Connection migration = tables.connectPastTheGuard();
                Statement ddl = migration.createStatement()) {
            migration.setAutoCommit(false);
            ddl.execute("CREATE TRIGGER t BEFORE INSERT ON mid FOR EACH ROW EXECUTE FUNCTION eat()");
            Future<Boolean> renaming = thread.submit(() -> statement.execute("ALTER TABLE mid RENAME TO middle"));
            awaitLock(ddl);
            Thread.sleep(OLD_MILLIS);
            migration.commit();
            renaming.get();
            GuardedTables.assertDenied(
                    statement, Reason.UNREADABLE_SQL, "INSERT INTO middle VALUES (2, 2)", "changed mid");
            connection.rollback();
        } finally {
            thread.shutdown();
        }
        assertThat(tables.count("ledger")).isOne();
    }

    @Test
    void oneThatBeginsAgainSeesIt() throws Exception {
        try (Connection connection = old(tables.connect());
                Statement statement = connection.createStatement()) {
            tables.prepare("ALTER TABLE draft ADD UNIQUE (v)");
            GuardedTables.assertDenied(
                    statement,
                    Reason.UNREADABLE_SQL,
                    "ALTER TABLE draft RENAME TO drafts",
                    "another session has changed draft",
                    "begin again");
            connection.rollback();
            statement.execute("SELECT 1 FROM orders");
            statement.execute("ALTER TABLE draft RENAME TO drafts");
            statement.execute("INSERT INTO drafts VALUES (2, 2)");
            connection.commit();
        }
        assertThat(tables.count("drafts")).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
    void whatAnotherSessionHasChangedElsewhereIsNothingToIt(int isolation) throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(false);
            statement.execute("SELECT 1 FROM orders");
            tables.prepare(
                    "CREATE TABLE fresh (id INT)",
                    "CREATE TABLE p2 PARTITION OF part FOR VALUES IN (2)",
                    "CREATE TRIGGER t BEFORE INSERT ON mid FOR EACH ROW EXECUTE FUNCTION meek()");
            for (String text : new String[] {
                "CREATE TEMP TABLE copy AS SELECT * FROM part",
                "INSERT INTO copy VALUES (1, 1)",
                "DELETE FROM copy",
                "DROP TABLE copy",
                "CREATE TABLE perm (id INT PRIMARY KEY, d INT REFERENCES draft (id))",
                "INSERT INTO perm VALUES (1)",
                "ALTER TABLE draft RENAME TO drafts",
                "SAVEPOINT a",
                "ALTER TABLE drafts ADD COLUMN n INT",
                "ROLLBACK TO SAVEPOINT a",
                "INSERT INTO drafts VALUES (1, 1)",
                "CREATE OR REPLACE VIEW seen AS SELECT id, v, 1 AS w FROM drafts",
                "ALTER VIEW seen RENAME TO seeing",
                "INSERT INTO seeing (id) VALUES (3)",
                "INSERT INTO part VALUES (2, 2)",
                "DELETE FROM orders",
                "COMMIT AND CHAIN",
                "ALTER TABLE drafts ADD COLUMN n INT",
                "INSERT INTO drafts VALUES (2, 2)",
                "ROLLBACK AND CHAIN",
                "ALTER TABLE drafts ADD COLUMN n INT",
                "INSERT INTO drafts VALUES (2, 2)",
            }) {
                statement.execute(text);
            }
            connection.commit();
        }
    }

    @Test
    void aTextThatBeginsTheTransactionChangesNothingOfOthers() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL SERIALIZABLE; ALTER TABLE draft RENAME TO drafts");
            statement.execute("ALTER TABLE drafts ADD COLUMN n INT");
            statement.execute("INSERT INTO drafts VALUES (1, 1)");
            statement.execute("COMMIT");
        }
    }

    /** Behind a data source there are no side connections: what is known of others may be older than the transaction, or newer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void behindADataSourceWhatIsKnownOfOthersCountsWhereItIsNewer(boolean isNewer) throws Exception {
        PGSimpleDataSource real = new PGSimpleDataSource();
        real.setUrl(tables.realUrl());
        real.setUser(LiveDatabase.POSTGRESQL.user());
        TierguardDataSource guarded = new TierguardDataSource(real, tables.settings());
        try (Connection connection = guarded.getConnection();
                Statement statement = connection.createStatement()) {
            String change = "ALTER TABLE draft ADD UNIQUE (v)";
            if (!isNewer) {
                tables.prepare(change);
            }
            old(connection);
            if (isNewer) {
                tables.prepare(change);
                Thread.sleep(OLD_MILLIS);
                guarded.getConnection().close();
                GuardedTables.assertDenied(
                        statement, Reason.UNREADABLE_SQL, "ALTER TABLE draft RENAME TO drafts", "changed draft");
            } else {
                statement.execute("ALTER TABLE draft RENAME TO drafts");
                statement.execute("INSERT INTO drafts VALUES (1, 1)");
            }
            connection.rollback();
        }
    }

    /** A transaction that has begun, and reads the catalog as it is now from here on. */
    private static Connection old(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM orders");
        }
        return connection;
    }

    private static void awaitLock(Statement statement) throws Exception {
        boolean isWaiting = false;
        while (!isWaiting) {
            Thread.sleep(20);
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted"
                    + " AND mode = 'AccessExclusiveLock' AND relation = 'mid'::regclass")) {
                rows.next();
                isWaiting = rows.getInt(1) > 0;
            }
        }
    }

    private static void assertAnyDenied(Statement statement, String... texts) {
        assertThat(Stream.of(texts).anyMatch(text -> isDenied(statement, text)))
                .as(String.join("; ", texts))
                .isTrue();
    }

    private static boolean isDenied(Statement statement, String text) {
        try {
            statement.execute(text);
            return false;
        } catch (DenialException denial) {
            return true;
        } catch (SQLException failure) {
            throw new AssertionError(text, failure);
        }
    }
}
