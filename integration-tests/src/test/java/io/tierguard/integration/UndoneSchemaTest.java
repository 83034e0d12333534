package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A change of the schema that its transaction takes back does not count for what runs after it in the same text or batch. */
class UndoneSchemaTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on *
            }
            """;

    private static final String AWAY = "CREATE OR REPLACE VIEW v AS SELECT id FROM orders";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLLBACK TO s; DELETE FROM v",
                "ROLLBACK; DELETE FROM v",
                "ROLLBACK AND CHAIN; DELETE FROM v; COMMIT",
                "ABORT; BEGIN; UPDATE v SET id = 9; COMMIT",
                "ROLLBACK TO s; EXECUTE p; COMMIT"
            })
    void inOneText(String text) throws Exception {
        try (GuardedTables tables = shop();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            run(statement, "BEGIN", "SAVEPOINT s", AWAY, "PREPARE p AS DELETE FROM v");

            assertDenied(() -> statement.execute(text));

            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    @Test
    void inOneBatch() throws Exception {
        try (GuardedTables tables = shop();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            run(statement, "SAVEPOINT s", AWAY);
            statement.addBatch("ROLLBACK TO s");
            statement.addBatch("DELETE FROM v");

            assertDenied(statement::executeBatch);

            connection.rollback();
            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    @Test
    void inAPreparedStatement() throws Exception {
        try (GuardedTables tables = shop();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            run(statement, "SAVEPOINT s", AWAY);
            try (PreparedStatement prepared =
                    connection.prepareStatement("ROLLBACK TO s; DELETE FROM v WHERE id = ?")) {
                prepared.setInt(1, 1);
                assertDenied(prepared::execute);
            }
            connection.rollback();
            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLLBACK TO s; DELETE FROM w",
                "ROLLBACK TO s; UPDATE w SET id = 9",
                "ROLLBACK TO s; WITH d AS (DELETE FROM w RETURNING id) SELECT * FROM d",
                "ROLLBACK TO s; EXECUTE p"
            })
    void toWhatTheTransactionHasMadeItselfBefore(String text) throws Exception {
        try (GuardedTables tables = shop();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            run(statement, "BEGIN", "CREATE VIEW w AS SELECT id FROM ledger", "SAVEPOINT s");
            run(statement, "DROP VIEW w", "CREATE VIEW w AS SELECT id FROM orders");
            run(statement, "PREPARE p AS DELETE FROM w", "DELETE FROM w");

            assertThat(catchThrowable(() -> statement.execute(text)))
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining("one by one");

            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    @Test
    void toWhatTheTransactionHasMadeItselfBeforeInOneBatch() throws Exception {
        try (GuardedTables tables = shop();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            run(statement, "CREATE TEMP VIEW w AS SELECT id FROM ledger", "SAVEPOINT s");
            run(statement, "DROP VIEW w", "CREATE TEMP VIEW w AS SELECT id FROM orders", "DELETE FROM w");
            statement.addBatch("ROLLBACK TO s");
            statement.addBatch("DELETE FROM w");

            assertThat(catchThrowable(statement::executeBatch)).isInstanceOf(DenialException.class);

            connection.rollback();
            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    @Test
    void toWhatItHasCommittedMeanwhile() throws Exception {
        try (GuardedTables tables = shop();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            run(statement, "BEGIN", "CREATE VIEW w AS SELECT id FROM ledger", "COMMIT AND CHAIN");
            run(statement, "DROP VIEW w", "CREATE VIEW w AS SELECT id FROM orders", "DELETE FROM w");

            assertThat(catchThrowable(() -> statement.execute("ROLLBACK; DELETE FROM w")))
                    .isInstanceOf(DenialException.class);

            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    @Test
    void aTriggerThatWasOffIsOnAgain() throws Exception {
        try (GuardedTables tables = shop(
                        "CREATE FUNCTION wipe() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN DELETE FROM ledger; RETURN NEW; END $$",
                        "CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION wipe()",
                        "ALTER TABLE orders DISABLE TRIGGER t");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            run(statement, "BEGIN", "ALTER TABLE orders ENABLE TRIGGER t", "SAVEPOINT s");
            run(statement, "ALTER TABLE orders DISABLE TRIGGER t", "UPDATE orders SET id = 2");

            assertThat(catchThrowable(() -> statement.execute("ROLLBACK TO s; UPDATE orders SET id = 3")))
                    .isInstanceOf(DenialException.class);

            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    @Test
    void oneByOneAndWhereNothingIsUndoneItPasses() throws Exception {
        try (GuardedTables tables = shop();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            run(statement, "BEGIN", "SAVEPOINT s", AWAY, "DELETE FROM v");
            run(statement, "ROLLBACK TO s; SELECT id FROM orders", "DELETE FROM orders; COMMIT");
            run(statement, "BEGIN", AWAY, "COMMIT", "DELETE FROM v");
            run(statement, "BEGIN", "SAVEPOINT s", "ROLLBACK TO s; DELETE FROM orders; COMMIT");
            run(statement, "BEGIN", "DROP VIEW v", "DELETE FROM orders; COMMIT; DELETE FROM orders");

            assertThat(tables.count("orders")).isZero();
            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    private GuardedTables shop(String... more) throws Exception {
        List<String> schema = new ArrayList<>(List.of(
                "CREATE TABLE orders (id INT PRIMARY KEY)",
                "CREATE TABLE ledger (id INT PRIMARY KEY)",
                "INSERT INTO orders VALUES (1)",
                "INSERT INTO ledger VALUES (1), (2)",
                "CREATE VIEW v AS SELECT id FROM ledger"));
        schema.addAll(List.of(more));
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, schema.toArray(new String[0]));
    }

    /** Of MySQL and MariaDB nothing undoes a change of the schema, so what follows in a batch that ends a transaction finds it. */
    @ParameterizedTest
    @EnumSource
    void whatIsCommittedAtOnceIsUndoneByNothing(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                        database,
                        folder,
                        RULES,
                        "CREATE TABLE ledger (id INT PRIMARY KEY)",
                        "INSERT INTO ledger VALUES (1)",
                        "CREATE TABLE a (id INT)",
                        "CREATE TABLE b (id INT)",
                        "INSERT INTO b VALUES (1)");
                Connection connection = tables.connectToGoOnWithTexts();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE b ADD COLUMN state INT");
            statement.addBatch("LOCK TABLES a READ, b WRITE");
            statement.addBatch("UPDATE b SET state = 1");
            statement.addBatch("UNLOCK TABLES");
            statement.executeBatch();
            statement.execute("CREATE TABLE c (id INT)");
            statement.execute("ROLLBACK; INSERT INTO c VALUES (1); COMMIT");
            statement.execute("DROP TABLE a");
            assertDenied(() -> statement.execute("RENAME TABLE b TO a; DELETE FROM ledger"));
            statement.execute("CREATE VIEW a AS SELECT id FROM ledger");
            assertDenied(() -> statement.execute("ROLLBACK; DELETE FROM a"));
            connection.rollback();
            assertDenied(() -> statement.execute("DELETE FROM a"));
            statement.execute("DROP VIEW a");
            statement.execute("CREATE TEMPORARY TABLE own (id INT)");
            statement.execute("ROLLBACK; INSERT INTO own VALUES (1)");
            statement.addBatch("ALTER TABLE c ADD COLUMN x INT");
            statement.addBatch("ALTER TABLE c ADD COLUMN x INT");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
            statement.execute("UPDATE c SET x = 1");
            connection.commit();
            assertThat(tables.count("c WHERE x = 1")).isOne();
            assertThat(tables.count("ledger")).isOne();
        }
    }

    private static void run(Statement statement, String... texts) throws SQLException {
        for (String text : List.of(texts)) {
            statement.execute(text);
        }
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThat(catchThrowable(call)).isInstanceOf(DenialException.class).hasMessageContaining("ledger");
    }
}
