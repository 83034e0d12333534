package io.tierguard.integration;

import static io.tierguard.integration.GuardedTables.assertDenied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits of rows in a branch of a distributed transaction; the oracle is what the database shows past the guard. */
class BranchRowLimitsTest {
    private static final String POLICY = """
            tier counted is mutable {
              limit update 2 rows per transaction
              limit delete 2 rows
            }

            table item is counted

            component app {
              grant select, insert, update, delete on tier counted
            }
            """;

    @TempDir
    private Path folder;

    /** What is done in a branch. */
    private interface Work {
        void run(Connection handle, Statement statement) throws Exception;
    }

    static List<TestDatabase> databases() {
        return DoomedTransactionsTest.databases();
    }

    private GuardedTables open(TestDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE item (id INT PRIMARY KEY, price INT)",
                "INSERT INTO item VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0)");
    }

    /** Works in a branch of a connection that goes on after a denial, and commits it. */
    private static void inBranch(GuardedTables tables, TestDatabase database, Work work) throws Exception {
        String url = tables.realUrl().replaceFirst("^jdbc:", "jdbc:tierguard:");
        XAConnection connection = DistributedBranch.source(
                        tables, database, database.withSetting(url, "tierguard.on-denial", "continue"))
                .getXAConnection();
        XAResource resource = connection.getXAResource();
        DistributedBranch branch = new DistributedBranch(1);
        try (Connection handle = connection.getConnection();
                Statement statement = handle.createStatement()) {
            resource.start(branch, XAResource.TMNOFLAGS);
            work.run(handle, statement);
            branch.commit(resource);
        } finally {
            connection.close();
        }
    }

    private static void fails(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(SQLException.class).isNotInstanceOf(DenialException.class);
    }

    private static String update(int id) {
        return "UPDATE item SET price = 1 WHERE id = " + id;
    }

    /** PostgreSQL takes nothing more after a failure. */
    @ParameterizedTest
    @MethodSource("databases")
    void aBatchThatFailsLeavesNothing(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            boolean goesOn = database != LiveDatabase.POSTGRESQL;
            inBranch(tables, database, (handle, statement) -> {
                statement.addBatch(update(1));
                statement.addBatch(update(2));
                statement.addBatch("INSERT INTO item VALUES (1, 1)");
                fails(statement::executeBatch);
                if (goesOn) {
                    statement.executeUpdate(update(3));
                    statement.executeUpdate(update(4));
                    assertDenied(statement, Reason.ROW_LIMIT, update(5));
                }
            });
            assertThat(tables.count("item WHERE price = 1 AND id <= 2")).isZero();
            assertThat(tables.count("item WHERE price = 1")).isEqualTo(goesOn ? 2 : 0);
        }
    }

    /** The server has done it when the driver misses rows. */
    @ParameterizedTest
    @MethodSource("databases")
    void whatTheDriverAloneRefusesLeavesNothing(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            inBranch(tables, database, (handle, statement) -> {
                fails(() -> statement.executeQuery(update(1)));
                fails(() -> statement.executeQuery(update(2)));
                statement.executeUpdate(update(3));
                statement.executeUpdate(update(4));
                assertDenied(statement, Reason.ROW_LIMIT, update(5));
            });
            assertThat(tables.count("item WHERE price = 1 AND id <= 2")).isZero();
            assertThat(tables.count("item WHERE price = 1")).isEqualTo(2);
        }
    }

    /** The driver wants a count, and has got rows. */
    @Test
    void rowsThatPostgresqlReturnsUnaskedAreUndone() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL)) {
            inBranch(tables, LiveDatabase.POSTGRESQL, (handle, statement) -> {
                assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM item WHERE id <= 2 RETURNING id"))
                        .isInstanceOf(SQLException.class); // denied, or the driver's own
                assertThat(statement.executeUpdate("DELETE FROM item WHERE id = 5"))
                        .isEqualTo(1);
            });
            assertThat(tables.count("item")).isEqualTo(4);
        }
    }

    /** H2 alone commits each statement then. */
    @Test
    void whatIsOverALimitIsUndoneWhereABranchOfH2IsInAutoCommit() throws Exception {
        for (String text : new String[] {"", "SET AUTOCOMMIT TRUE"}) {
            try (GuardedTables tables = open(LiveDatabase.H2)) {
                inBranch(tables, LiveDatabase.H2, (handle, statement) -> {
                    if (text.isEmpty()) {
                        handle.setAutoCommit(true);
                    } else {
                        statement.execute(text);
                    }
                    assertDenied(statement, Reason.ROW_LIMIT, "DELETE FROM item");
                    statement.executeUpdate("DELETE FROM item WHERE id = 5");
                    assertThat(tables.count("item")).as(text).isEqualTo(4);
                    assertThat(handle.getAutoCommit()).as(text).isTrue();
                });
                assertThat(tables.count("item")).as(text).isEqualTo(4);
            }
        }
    }

    /** H2 changes no row then, and says so. */
    @Test
    void whatIsHeldToALimitDoesNotUndoABranchOfH2ThatIsPrepared() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.H2)) {
            XAConnection connection = DistributedBranch.source(tables, LiveDatabase.H2, tables.realUrl())
                    .getXAConnection();
            XAResource resource = connection.getXAResource();
            DistributedBranch branch = new DistributedBranch(1);
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                resource.start(branch, XAResource.TMNOFLAGS);
                statement.executeUpdate(update(1));
                resource.end(branch, XAResource.TMSUCCESS);
                resource.prepare(branch);
                fails(() -> statement.executeUpdate(update(2)));
                resource.commit(branch, false);
                assertDenied(statement, Reason.ROW_LIMIT, "DELETE FROM item");
                statement.executeUpdate(update(3));
            }
            connection.close();
            assertThat(tables.count("item WHERE price = 1")).isEqualTo(2);
            assertThat(tables.count("item WHERE price = 1 AND id = 2")).isZero();
        }
    }
}
