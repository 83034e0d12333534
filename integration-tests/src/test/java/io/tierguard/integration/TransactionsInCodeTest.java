package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code of PostgreSQL that ends transactions, as that does which deletes in portions, is judged by all that it does before and behind. */
class TransactionsInCodeTest {
    private static final String RULES = """
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
              grant select, insert on tier ledger
            }
            """;

    private static final String PORTIONS = """
            DECLARE
              n int;
            BEGIN
              LOOP
                DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE v = 0 LIMIT 1);
                GET DIAGNOSTICS n = ROW_COUNT;
                EXIT WHEN n = 0;
                COMMIT;
              END LOOP;
            END""";

    @TempDir
    private Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE orders (id INT PRIMARY KEY, v INT)",
                "CREATE TABLE ledger (id INT)",
                "INSERT INTO orders VALUES (1, 0), (2, 0), (3, 1)",
                "INSERT INTO ledger VALUES (7)",
                procedure("portions", PORTIONS),
                procedure("twice", "BEGIN CALL portions(); ROLLBACK; CALL portions(); COMMIT AND CHAIN; END"),
                procedure("wipes", "BEGIN UPDATE orders SET v = 9; COMMIT; DELETE FROM ledger; ROLLBACK; END"),
                procedure(
                        "hides",
                        "BEGIN CREATE TEMP TABLE ledger (id int) ON COMMIT DROP; DELETE FROM ledger; COMMIT;"
                                + " DELETE FROM ledger; END"),
                procedure(
                        "loses", "BEGIN CREATE TEMP TABLE own (id int) ON COMMIT DROP; DELETE FROM own; COMMIT; END"));
    }

    @Test
    void whatItMayDoRuns() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed("DO $$ " + PORTIONS + " $$");
            assertThat(tables.count("orders")).isOne();
            tables.prepare("INSERT INTO orders VALUES (4, 0), (5, 0)");
            tables.assertAllowed("CALL portions()", "CALL twice()");
            assertThat(tables.count("orders")).isOne();
        }
    }

    @Test
    void whatItMayNotDoDoesNotNorWhatTheEndCouldMakeIntoSomethingElse() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL wipes()", "ledger");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "DO $$ BEGIN UPDATE orders SET v = 5; COMMIT; DELETE FROM ledger; ROLLBACK; END $$",
                    "ledger");
            for (String call : new String[] {"CALL hides()", "CALL loses()"}) {
                tables.assertDenied(Reason.UNKNOWN_ROUTINE, call, "its COMMIT changes more than rows");
            }
            tables.assertDenied(
                    Reason.DEFINES_CODE,
                    "DO $$ BEGIN CREATE TABLE made (id int); ROLLBACK; DELETE FROM orders; END $$",
                    "ROLLBACK, beside a statement that it may undo");
            assertThat(tables.count("ledger")).isOne();
            assertThat(tables.count("orders WHERE v IN (5, 9)")).isZero();
        }
    }

    /** The server lets nobody end a transaction so in which the call stands. */
    @Test
    void inATransactionOfTheApplicationItKeepsNothing() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO orders VALUES (9, 9)");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM ledger", "ledger");
            GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, "CALL portions()", "immutable-tier");
            connection.rollback();
            assertThat(tables.count("orders")).isEqualTo(3);
        }
    }

    private static String procedure(String name, String body) {
        return "CREATE PROCEDURE " + name + "() LANGUAGE plpgsql AS $$ " + body + " $$";
    }
}
