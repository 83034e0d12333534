package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What another client does to the schema is known before it matters, and looking for it disturbs nobody. */
class SchemaLifecycleTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on *
            }
            """;

    /** Longer than a reading of a small schema is taken as fresh. */
    private static final long OLD_MILLIS = 1_500;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"H2, true", "H2, false", "POSTGRESQL, true", "POSTGRESQL, false"})
    void aTableThatAnotherClientMakesIsKnownWhenItIsNamed(LiveDatabase database, boolean autoCommit) throws Exception {
        try (GuardedTables tables = shop(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(autoCommit);
            statement.execute("UPDATE orders SET state = 1");
            Thread.sleep(OLD_MILLIS);
            tables.prepare(
                    "CREATE TABLE fresh (id INT PRIMARY KEY)",
                    "INSERT INTO fresh VALUES (1)",
                    "INSERT INTO ledger VALUES (7, NULL)",
                    "ALTER TABLE ledger ADD COLUMN f INT",
                    "UPDATE ledger SET f = 1",
                    "ALTER TABLE ledger ADD CONSTRAINT fk_fresh FOREIGN KEY (f) REFERENCES fresh (id)"
                            + " ON DELETE CASCADE");
            GuardedTables.assertDenied(statement, Reason.CASCADE, "DELETE FROM fresh WHERE id = 1", "fk_fresh");
            assertThat(tables.count("ledger")).isOne();
        }
    }

    @Test
    void aViewThatAnotherClientMakesIsSeenThroughWhenItIsNamed() throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT 1 FROM orders");
            Thread.sleep(OLD_MILLIS);
            tables.prepare("CREATE VIEW fresh AS SELECT * FROM ledger");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "UPDATE fresh SET id = 1", "ledger");
            connection.rollback();
            assertThat(sideConnections(tables)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForeignKeyOfAnotherSessionCountsInATransactionThatIsOpen(LiveDatabase database) throws Exception {
        try (GuardedTables tables = shop(database);
                Connection long1 = tables.connect();
                Statement statement = long1.createStatement();
                Connection migration = tables.connect();
                Statement ddl = migration.createStatement()) {
            long1.setAutoCommit(false);
            statement.execute("SELECT 1 FROM draft");
            Thread.sleep(OLD_MILLIS);
            ddl.execute(
                    "CREATE TABLE line (id INT PRIMARY KEY, o INT, CONSTRAINT fk_line FOREIGN KEY (o) REFERENCES orders (id)"
                            + " ON DELETE CASCADE)");
            // The chain into the ledger is past the guard, and not known by any name that the statement holds.
            tables.prepare(
                    "ALTER TABLE ledger ADD COLUMN l INT",
                    "ALTER TABLE ledger ADD CONSTRAINT fk_l FOREIGN KEY (l) REFERENCES line (id) ON DELETE CASCADE");
            GuardedTables.assertDenied(statement, Reason.CASCADE, "DELETE FROM orders", "fk_line", "fk_l");
            long1.rollback();
        }
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void aForeignKeyThatAPoolWithAnotherUrlAddsCountsAtOnce(TestDatabase database) throws Exception {
        try (GuardedTables tables = shop(database)) {
            tables.prepare(
                    "CREATE TABLE line (id INT PRIMARY KEY, o INT)",
                    "ALTER TABLE ledger ADD CONSTRAINT fk_l FOREIGN KEY (o) REFERENCES line (id) ON DELETE CASCADE",
                    "INSERT INTO orders VALUES (1, 1)",
                    "INSERT INTO line VALUES (5, 1)",
                    "INSERT INTO ledger VALUES (7, 5)");
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement();
                    Connection migration = tables.connectBesides();
                    Statement ddl = migration.createStatement()) {
                statement.execute("DELETE FROM orders WHERE id = 2");
                ddl.execute("ALTER TABLE line ADD CONSTRAINT fk_o FOREIGN KEY (o) REFERENCES orders (id)"
                        + " ON DELETE CASCADE");
                connection.setAutoCommit(false);
                GuardedTables.assertDenied(
                        statement, Reason.CASCADE, "DELETE FROM orders WHERE id = 1", "fk_o", "fk_l");
                connection.rollback();
                assertThat(tables.count("ledger")).isOne();
            }
        }
    }

    @Test
    void aRoutineThatAPoolWithAnotherUrlMakesIsKnownWhenItIsCalled() throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = tables.connectBesides();
                Statement ddl = migration.createStatement()) {
            statement.execute("UPDATE orders SET state = 1");
            GuardedTables.assertDenied(statement, Reason.UNKNOWN_ROUTINE, "SELECT touch()");
            tables.prepare(
                    "CREATE FUNCTION touch() RETURNS INT LANGUAGE sql AS 'UPDATE orders SET state = 2; SELECT 1'");
            ddl.execute("CREATE TABLE made (id INT)");
            statement.execute("SELECT touch()");
        }
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void aTableThatAPoolWithAnotherUrlRenamesCountsAtOnce(TestDatabase database) throws Exception {
        try (GuardedTables tables = shop(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = tables.connectBesides();
                Statement ddl = migration.createStatement()) {
            statement.execute("UPDATE orders SET state = 1");
            ddl.execute("ALTER TABLE orders RENAME TO orders_old");
            tables.prepare(
                    "INSERT INTO ledger VALUES (7, 1)", "CREATE VIEW orders AS SELECT id, o AS state FROM ledger");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "UPDATE orders SET state = 1", "ledger");
        }
    }

    @Test
    void aSchemaOfTheUsersNameThatIsMadeLaterIsSearchedFirst() throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = tables.connect();
                Statement ddl = migration.createStatement()) {
            statement.execute("DELETE FROM orders");
            tables.prepare("CREATE SCHEMA postgres", "INSERT INTO ledger VALUES (7, 1)");
            ddl.execute("CREATE VIEW postgres.orders AS SELECT id, o AS state FROM ledger");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM orders", "ledger");
            assertThat(tables.count("ledger")).isOne();
        }
    }

    /** PostgreSQL finds names by the newest catalog, and tells of it what was committed when the transaction began. */
    @ParameterizedTest
    @CsvSource({
        "CREATE TEMP TABLE hurry (id int), true",
        "CREATE TABLE perm (id int), true",
        "CREATE TEMP TABLE hurry (id int), false",
    })
    void aTransactionThatReadsAnOldCatalogIsJudgedByTheNewOneToo(String own, boolean isChangedBefore) throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = tables.connect();
                Statement ddl = migration.createStatement()) {
            tables.prepare("CREATE VIEW seen AS SELECT id, state FROM orders", "INSERT INTO ledger VALUES (7, 1)");
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            statement.execute("SELECT 1 FROM draft");
            String change = "CREATE OR REPLACE VIEW seen AS SELECT id, o AS state FROM ledger";
            if (isChangedBefore) {
                ddl.execute(change);
            }
            statement.execute(own);
            if (!isChangedBefore) {
                statement.execute("SELECT 1 FROM hurry");
                ddl.execute(change);
            }
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM seen", "ledger");
            connection.rollback();
            assertThat(tables.count("ledger")).isOne();
        }
    }

    @Test
    void whatSuchATransactionMakesItselfIsItsOwn() throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            for (String text : new String[] {
                "CREATE TEMP TABLE hurry (id int)",
                "INSERT INTO hurry VALUES (1)",
                "DELETE FROM hurry",
                "CREATE TABLE perm (id int PRIMARY KEY)",
                "INSERT INTO perm VALUES (1)",
                "ALTER TABLE perm ADD COLUMN n int",
                "UPDATE perm SET n = 1",
                "DELETE FROM orders",
                "DROP TABLE perm",
                "DROP TABLE hurry",
            }) {
                statement.execute(text);
            }
            connection.commit();
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void aLockThatATransactionHoldsIsNotWaitedForLong() throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = tables.connect();
                Statement ddl = migration.createStatement()) {
            tables.prepare("CREATE VIEW seen AS SELECT id FROM orders");
            connection.setAutoCommit(false);
            statement.execute("SELECT 1 FROM draft");
            migration.setAutoCommit(false);
            ddl.execute("ALTER VIEW seen ALTER COLUMN id SET DEFAULT 1");
            Thread.sleep(OLD_MILLIS);
            statement.execute("UPDATE draft SET id = 1");
            connection.commit();
            migration.rollback();
        }
    }

    @Test
    void whereNoSideConnectionMayBeHadStatementsRunAsBefore() throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL)) {
            tables.prepare(
                    "CREATE ROLE lonely LOGIN PASSWORD 'x' CONNECTION LIMIT 1",
                    "GRANT ALL ON ALL TABLES IN SCHEMA public TO lonely");
            try (Connection connection = tables.connectAs("lonely", "x");
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("UPDATE draft SET id = 1");
                Thread.sleep(OLD_MILLIS);
                tables.prepare("CREATE TABLE fresh (id INT)", "GRANT ALL ON fresh TO lonely");
                statement.execute("UPDATE fresh SET id = 1");
                statement.execute("UPDATE fresh SET id = 2");
                connection.commit();
            } finally {
                tables.prepare("DROP OWNED BY lonely", "DROP ROLE lonely");
            }
        }
    }

    /** After a plain change, once the last reading is a second old. */
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void aReaderKnowsOfWhatAnotherSessionOfTheProcessHasMade(boolean isBesides, boolean autoCommit) throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = isBesides ? tables.connectBesides() : tables.connect();
                Statement ddl = migration.createStatement()) {
            connection.setAutoCommit(autoCommit);
            statement.execute("SELECT id FROM draft");
            if (!autoCommit) {
                connection.commit(); // which leaves the table to others
            }
            tables.prepare(
                    "CREATE FUNCTION take() RETURNS int LANGUAGE plpgsql AS"
                            + " 'BEGIN DELETE FROM public.ledger; RETURN 1; END'",
                    "CREATE POLICY p ON draft USING (take() = 1)",
                    "ALTER TABLE draft ENABLE ROW LEVEL SECURITY");
            Thread.sleep(OLD_MILLIS);
            statement.execute("SELECT id FROM draft");
            ddl.execute("CREATE TABLE made (id INT)");
            GuardedTables.assertDenied(
                    statement, Reason.CASCADE, "SELECT id FROM draft", "policy p", "routine public.take");
            if (!autoCommit) {
                connection.rollback();
            }
        }
    }

    @Test
    void aTriggerOnReadingThatAPoolWithAnotherUrlHasMadeIsKnownToReaders() throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.H2);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection migration = tables.connectBesides();
                Statement ddl = migration.createStatement()) {
            statement.execute("SELECT id FROM draft");
            tables.prepare("CREATE TRIGGER watch BEFORE SELECT ON draft CALL '" + Watch.class.getName() + "'");
            Thread.sleep(OLD_MILLIS);
            ddl.execute("CREATE TABLE made (id INT)");
            GuardedTables.assertDenied(statement, Reason.UNKNOWN_ROUTINE, "SELECT id FROM draft", "watch");
        }
    }

    /** Does nothing, of which its name does not tell. */
    public static final class Watch implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {}
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsMadeAnewUnderItsNameIsReadAnew(LiveDatabase database) throws Exception {
        try (GuardedTables tables = shop(database)) {
            tables.assertAllowed("DELETE FROM orders");
            Thread.sleep(OLD_MILLIS);
            tables.recreate(
                    "CREATE TABLE orders (id INT PRIMARY KEY)",
                    "CREATE TABLE ledger (id INT, o INT, CONSTRAINT fk_o FOREIGN KEY (o) REFERENCES orders (id)"
                            + " ON DELETE CASCADE)");
            tables.assertDenied(Reason.CASCADE, "DELETE FROM orders", "fk_o");
        }
    }

    private GuardedTables shop(TestDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE TABLE orders (id INT PRIMARY KEY, state INT)",
                "CREATE TABLE draft (id INT)",
                "CREATE TABLE ledger (id INT, o INT)");
    }

    private static int sideConnections(GuardedTables tables) throws SQLException {
        try (Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE application_name = 'tierguard' AND datname = current_database()")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
