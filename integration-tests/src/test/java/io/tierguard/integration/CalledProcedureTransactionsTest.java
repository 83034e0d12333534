package io.tierguard.integration;

import static io.tierguard.integration.ProceduresShop.ADD_COLUMN;
import static io.tierguard.integration.ProceduresShop.PAY;
import static io.tierguard.integration.ProceduresShop.POLICY;
import static io.tierguard.integration.ProceduresShop.TRUST;
import static io.tierguard.integration.ProceduresShop.added;
import static io.tierguard.integration.ProceduresShop.assertDenied;
import static io.tierguard.integration.ProceduresShop.assertUntouched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A procedure that changes tables or transactions is judged by what it is now, and leaves the transaction and limits of who calls it as they are. */
class CalledProcedureTransactionsTest {
    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database, String rules, String... more) throws Exception {
        return ProceduresShop.open(database, folder, rules, more);
    }

    @ParameterizedTest
    @EnumSource
    void theBodyThatIsThereNowCounts(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                        database, POLICY + TRUST, "CREATE PROCEDURE p () ALTER TABLE orders ADD COLUMN added INT");
                Connection connection = tables.connect();
                PreparedStatement prepared = connection.prepareStatement("CALL p()");
                Statement statement = connection.createStatement()) {
            prepared.execute();
            tables.prepare("DROP PROCEDURE p", "CREATE PROCEDURE p () BEGIN DELETE FROM ledger; COMMIT; END");
            Thread.sleep(1_100);
            assertThatThrownBy(prepared::execute).isInstanceOf(DenialException.class);
            assertDenied(statement, "CALL p()");
            tables.prepare("DROP PROCEDURE p", "CREATE PROCEDURE p () DROP TABLE ledger");
            Thread.sleep(1_100);
            assertDenied(statement, "CALL p()");
            tables.prepare("DROP PROCEDURE p", "CREATE FUNCTION p () RETURNS INT RETURN 1");
            Thread.sleep(1_100);
            assertThatThrownBy(() -> statement.execute("CALL p()")).isInstanceOf(SQLException.class);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfATransactionIsKeptByACallBehindADenial(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                        database,
                        POLICY + TRUST,
                        "CREATE PROCEDURE kept () COMMIT",
                        "CREATE PROCEDURE undone () ROLLBACK",
                        "CREATE PROCEDURE perhaps () BEGIN IF 0 THEN COMMIT; END IF; END",
                        "CREATE PROCEDURE extended () ALTER TABLE orders ADD COLUMN added INT",
                        "CREATE PROCEDURE opened () BEGIN START TRANSACTION; UPDATE orders SET state = 'open'; END");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DELETE FROM note");
            assertDenied(statement, "DELETE FROM ledger");
            for (String call : List.of("CALL kept()", "CALL extended()", "CALL opened()", "CALL undone()")) {
                GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, call);
            }
            connection.rollback();
            assertThat(tables.count("note")).isEqualTo(1);

            connection.setAutoCommit(true);
            statement.execute("CALL opened()");
            assertDenied(statement, "DELETE FROM ledger");
            GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, "CALL kept()");
            statement.execute("ROLLBACK");
            assertThat(tables.count("orders WHERE state = 'open'")).isZero();

            // It may end no transaction at all, and one that a text has begun goes on.
            statement.execute("START TRANSACTION");
            statement.execute("DELETE FROM note");
            statement.execute("CALL perhaps()");
            assertDenied(statement, "DELETE FROM ledger");
            GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, "COMMIT");
            statement.execute("ROLLBACK");
            assertThat(tables.count("note")).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatItChangesAreUnderNoLimitCounted(MySqlDatabase database) throws Exception {
        String limited = POLICY.replace(
                "component app {", "component app {\n  limit delete 1 row\n  limit update 1 row per transaction");
        try (GuardedTables tables = open(
                        database,
                        limited + TRUST,
                        "INSERT INTO orders VALUES (2, 'new'), (3, 'new')",
                        "CREATE PROCEDURE gone () BEGIN START TRANSACTION; DELETE FROM orders; COMMIT; END",
                        "CREATE PROCEDURE paid () BEGIN START TRANSACTION; UPDATE orders SET state = 'paid'; COMMIT; END",
                        "CREATE PROCEDURE emptied () TRUNCATE TABLE note",
                        "CREATE PROCEDURE kept () COMMIT");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String call : List.of("CALL gone()", "CALL paid()", "CALL emptied()")) {
                GuardedTables.assertDenied(statement, Reason.ROW_LIMIT, call);
            }
            connection.setAutoCommit(false);
            statement.addBatch("DELETE FROM orders");
            statement.addBatch("CALL kept()");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(DenialException.class);
            statement.clearBatch();
            connection.rollback();
            statement.execute("UPDATE orders SET state = 'one' WHERE id = 1");
            statement.execute("CALL kept()");
            connection.rollback();
            assertThat(tables.count("orders WHERE state <> 'new'")).isEqualTo(1);
            assertThat(tables.count("orders")).isEqualTo(3);
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsNamesAreThoseOfItsOwnDatabase(MySqlDatabase database) throws Exception {
        String other = database.createDatabase();
        String name = MySqlDatabase.nameIn(other);
        String rules = POLICY.replace("table closed_book", "table " + name + ".note is ledger\ntable closed_book");
        try (GuardedTables tables = open(database, rules + TRUST, "CREATE PROCEDURE gone () DROP TABLE note")) {
            tables.prepare(
                    "CREATE TABLE " + name + ".note (id INT PRIMARY KEY, orders_id INT)",
                    "INSERT INTO " + name + ".note VALUES (7, 1)",
                    "CREATE PROCEDURE " + name + ".gone () DROP TABLE note",
                    "CREATE PROCEDURE " + name + ".cleared () BEGIN DELETE FROM note; COMMIT; END");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL " + name + ".gone()", name + ".note");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL " + name + ".cleared()", name + ".note");
            tables.assertDenied(Reason.CASCADE, "CREATE PROCEDURE " + name + ".more () DROP TABLE note");
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMPORARY TABLE hurry (id INT)");
                tables.prepare("CREATE PROCEDURE " + name + ".hurried () BEGIN DELETE FROM hurry; COMMIT; END");
                assertThat(tables.count(name + ".note")).isEqualTo(1);
                statement.execute("USE " + name);
                assertDenied(statement, "CALL gone()");
            }
            tables.assertAllowed("CALL gone()");
            assertThat(tables.count(name + ".note")).isEqualTo(1);
        } finally {
            database.dropDatabase(other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOnlyObservedIsHeldAsTheStatementsAre(MySqlDatabase database) throws Exception {
        String observing = """

                observe app {
                  why "introduced"
                  reasons not-granted
                  until 2999-01-01T00:00Z
                }
                """;
        try (GuardedTables tables = open(
                        database,
                        POLICY.replace("truncate, create, extend, alter, drop", "create") + observing,
                        "CREATE PROCEDURE extended () ALTER TABLE orders ADD COLUMN added INT",
                        "CREATE PROCEDURE gone () BEGIN ALTER TABLE note ADD COLUMN x INT; DROP TABLE ledger; END");
                Connection connection = tables.connectWithTexts();
                Statement statement = connection.createStatement()) {
            assertDenied(statement, "CALL gone()");
            assertDenied(statement, "CALL extended(); DELETE FROM orders");
            assertThat(added(tables)).isZero();
            statement.execute("CALL extended()");
            assertThat(added(tables)).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyCallsGoInOneBatch(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, POLICY + TRUST, PAY);
                Connection connection = tables.connect();
                PreparedStatement call = connection.prepareStatement("CALL pay(?, @paid)")) {
            for (int number = 3; number < 6; number++) {
                call.setInt(1, number);
                call.addBatch();
            }
            call.executeBatch();
            assertThat(tables.count("ledger")).isEqualTo(5);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyDefinesOneWithoutTrust(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, POLICY)) {
            tables.assertDenied(Reason.DEFINES_CODE, ADD_COLUMN);
            tables.assertDenied(Reason.DEFINES_CODE, PAY);
        }
    }
}
