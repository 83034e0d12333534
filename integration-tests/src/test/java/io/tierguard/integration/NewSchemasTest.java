package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A new schema needs no power, and what it makes of names that have no schema counts from then on. */
class NewSchemasTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on *
            }
            """;

    /** A schema that the path of its user names from the beginning, with a view in the place of a table. */
    private static final String IN_FRONT =
            "CREATE SCHEMA postgres CREATE VIEW orders AS SELECT id, o AS state FROM public.ledger";

    @TempDir
    private Path folder;

    private GuardedTables shop(TestDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE TABLE ledger (id INT PRIMARY KEY, o INT)",
                "CREATE TABLE orders (id INT PRIMARY KEY, state INT)",
                "INSERT INTO ledger VALUES (7, 1)",
                "INSERT INTO orders VALUES (7, 1)");
    }

    @ParameterizedTest
    @EnumSource
    void itIsMadeAndFilledWithoutAPower(LiveDatabase database) throws Exception {
        try (GuardedTables tables = shop(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String text : List.of(
                    "CREATE SCHEMA archive",
                    "CREATE SCHEMA IF NOT EXISTS archive",
                    "CREATE TABLE archive.bill (id INT PRIMARY KEY)",
                    "INSERT INTO archive.bill VALUES (1)",
                    "CREATE SCHEMA other; CREATE TABLE other.bill (id INT); INSERT INTO other.bill VALUES (1)",
                    "UPDATE orders SET state = 2")) {
                statement.execute(text);
            }
            assertThat(tables.count("archive.bill")).isOne();
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM ledger", "ledger");
        }
    }

    @Test
    void aBlockMakesOneThatIsNotThere() throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (int time = 0; time < 2; time++) {
                statement.execute("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'archive')"
                        + " THEN CREATE SCHEMA archive; END IF; END $$");
            }
            statement.execute("CREATE TABLE archive.bill (id INT)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseIsMadeWithoutAPower(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = shop(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            String name = connection.getCatalog() + "_archive";
            statement.execute("CREATE DATABASE IF NOT EXISTS " + name + " CHARACTER SET utf8mb4");
            try {
                statement.execute("CREATE TABLE " + name + ".bill (id INT PRIMARY KEY)");
                assertThat(statement.executeUpdate("INSERT INTO " + name + ".bill VALUES (1)"))
                        .isOne();
            } finally {
                tables.prepare("DROP DATABASE " + name);
            }
        }
    }

    @Test
    void aViewThatComesWithItStandsBeforeTheTable() throws Exception {
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                    Connection connection = tables.connect();
                    Statement statement = connection.createStatement();
                    Connection besides = tables.connect();
                    Statement other = besides.createStatement()) {
                other.execute("SELECT 1 FROM orders");
                connection.setAutoCommit(autoCommit);
                statement.execute(IN_FRONT);
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM orders", "ledger");
                if (autoCommit) {
                    GuardedTables.assertDenied(other, Reason.IMMUTABLE_TIER, "DELETE FROM orders", "ledger");
                } else {
                    connection.rollback();
                    statement.execute("DELETE FROM orders");
                }
                assertThat(tables.count("public.ledger")).isOne();
            }
        }
    }

    /** Whoever may do everything may make views there, and nobody lists them. */
    @Test
    void aPathThroughASchemaOfTheServersOwnLeadsToNothingThatIsWritten() throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            tables.prepare(
                    "CREATE VIEW information_schema.seen AS SELECT * FROM public.ledger",
                    "CREATE VIEW information_schema.orders AS SELECT id, o AS state FROM public.ledger");
            statement.execute("SET search_path = information_schema, public");
            for (String text : List.of(
                    "CREATE VIEW kept AS SELECT * FROM public.ledger",
                    "CREATE TABLE kept (id INT)",
                    "DELETE FROM seen",
                    "UPDATE orders SET state = 2",
                    "INSERT INTO orders VALUES (8, 1)")) {
                GuardedTables.assertDenied(statement, Reason.FORBIDDEN_VERB, text, "catalogs");
            }
            statement.execute("SELECT table_name FROM tables");
            statement.execute("SET search_path = public, information_schema");
            statement.execute("UPDATE orders SET state = 2");
            statement.execute("CREATE TABLE kept (id INT)");
            statement.execute("DELETE FROM kept");
            GuardedTables.assertDenied(statement, Reason.FORBIDDEN_VERB, "DELETE FROM seen", "catalogs");
            assertThat(tables.count("public.ledger")).isOne();
        }
    }

    @Test
    void itDoesSoInTheSameTextAndBatch() throws Exception {
        try (GuardedTables tables = shop(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(IN_FRONT + "; DELETE FROM orders"))
                    .isInstanceOf(DenialException.class);
            assertThatThrownBy(() -> statement.execute("CREATE SCHEMA postgres; CREATE VIEW postgres.orders AS"
                            + " SELECT id, o AS state FROM ledger; DELETE FROM orders"))
                    .isInstanceOf(DenialException.class);
            statement.addBatch(IN_FRONT);
            statement.addBatch("DELETE FROM orders");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(DenialException.class);
            assertThat(tables.count("ledger")).isOne();
        }
    }
}
