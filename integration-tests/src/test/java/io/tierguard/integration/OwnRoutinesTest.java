package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routines that a transaction makes itself are known to it under each isolation level of PostgreSQL. */
class OwnRoutinesTest {
    private static final String RULES = """
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
              grant select, insert on tier ledger
            }

            trust app {
              why "it makes the functions of the application"
              owner "dba@example.com"
              until 2126-01-01T00:00Z
              define
            }
            """;

    @TempDir
    private Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE orders (id INT PRIMARY KEY, k INT)",
                "CREATE TABLE ledger (id INT PRIMARY KEY)",
                "INSERT INTO orders VALUES (1, 1)",
                "INSERT INTO ledger VALUES (1)");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void whatATransactionMakesIsKnownToIt(int isolation) throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(false);
            for (String sql : new String[] {
                "SELECT count(*) FROM orders",
                "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "SELECT one()",
                "CREATE TABLE made (id INT DEFAULT one())",
                "INSERT INTO made VALUES (DEFAULT)",
                "CREATE FUNCTION counting() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.k := 7; RETURN NEW; END'",
                "CREATE TRIGGER counting BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION counting()",
                "UPDATE orders SET k = 2",
                "CREATE PROCEDURE adding() LANGUAGE plpgsql AS 'BEGIN INSERT INTO orders VALUES (2, 2); END'",
                "CALL adding()"
            }) {
                statement.execute(sql);
            }
            connection.commit();
            assertThat(tables.count("orders WHERE k = 7")).isOne();
            assertThat(tables.count("orders")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void whatItMakesIsHeldAgainstThePolicy(int isolation) throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM orders");
            statement.execute("CREATE TABLE made (id INT)");
            GuardedTables.assertDenied(
                    statement,
                    Reason.CASCADE,
                    "CREATE FUNCTION wiping() RETURNS int LANGUAGE plpgsql AS 'BEGIN DELETE FROM ledger; RETURN 1; END'");
            // Others make it meanwhile, under the name of one that the transaction has made.
            statement.execute("CREATE FUNCTION harmless() RETURNS int LANGUAGE sql AS 'SELECT 1'");
            tables.prepare("CREATE FUNCTION harmless(int) RETURNS int LANGUAGE plpgsql AS"
                    + " 'BEGIN DELETE FROM ledger; RETURN 1; END'");
            Thread.sleep(1_500);
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "SELECT harmless(1) FROM orders", "ledger");
            connection.rollback();
            assertThat(tables.count("ledger")).isOne();
        }
    }
}
