package io.tierguard.integration;

import static io.tierguard.integration.GuardedTables.assertDenied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardConnectionPoolDataSource;
import io.tierguard.jdbc.TierguardXADataSource;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The data sources for pools and for distributed transactions as a container sets them up: by properties. */
class PoolBeansTest {
    private static final String POLICY = """
            table payment is ledger
            table draft is operational {
              limit delete 2 rows
            }

            component app {
              grant select on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    @TempDir
    private Path folder;

    static List<TestDatabase> databases() {
        return DoomedTransactionsTest.databases();
    }

    private GuardedTables open(TestDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE payment (id INT PRIMARY KEY)",
                "CREATE TABLE draft (id INT PRIMARY KEY)",
                "INSERT INTO draft VALUES (1), (2), (3), (4), (5)");
    }

    /** The bean as a container sets it up. */
    private static TierguardConnectionPoolDataSource poolSource(
            GuardedTables tables, TestDatabase database, String url) {
        TierguardConnectionPoolDataSource bean = new TierguardConnectionPoolDataSource();
        Map<String, String> settings = tables.settings();
        bean.setUrl(url);
        bean.setUser(database.user());
        bean.setPassword("");
        bean.setPolicy(settings.get("tierguard.policy"));
        bean.setComponent(settings.get("tierguard.component"));
        bean.setAudit(settings.get("tierguard.audit"));
        return bean;
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aPoolsHandlesAreGuarded(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            TierguardConnectionPoolDataSource bean = poolSource(tables, database, tables.realUrl());
            PooledConnection pooled = bean.getPooledConnection();
            for (int round = 0; round < 2; round++) {
                try (Connection handle = pooled.getConnection();
                        Statement statement = handle.createStatement()) {
                    assertThat(statement.executeUpdate("INSERT INTO draft VALUES (1" + round + ")"))
                            .isEqualTo(1);
                    assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
                }
            }
            pooled.close();
            assertThat(tables.count("draft")).isEqualTo(7);
        }
    }

    /** MariaDB's driver gives out the handle that is closed; the others give none. */
    @ParameterizedTest
    @MethodSource("databases")
    void aClosedPooledConnectionGivesWhatTheRealOneGives(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            PooledConnection pooled =
                    poolSource(tables, database, tables.realUrl()).getPooledConnection();
            Connection handle = pooled.getConnection();
            pooled.close();
            if (database == MySqlDatabase.MARIADB || database == MySqlDatabase.MYSQL_BY_MARIADB_DRIVER) {
                Connection again = pooled.getConnection();
                assertThat(again.isClosed()).isTrue();
                assertThatThrownBy(() -> again.createStatement().execute("SELECT 1"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("closed");
                again.close();
            } else {
                assertThatThrownBy(pooled::getConnection).isNotInstanceOf(DenialException.class);
            }
            assertThat(handle.isClosed()).isTrue();
            pooled.close();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void rowsAreCountedInABranchToo(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            String url = tables.realUrl().replaceFirst("^jdbc:", "jdbc:tierguard:");
            TierguardXADataSource bean = DistributedBranch.source(
                    tables, database, database.withSetting(url, "tierguard.on-denial", "continue"));
            XAConnection connection = bean.getXAConnection();
            XAResource resource = connection.getXAResource();
            DistributedBranch branch = new DistributedBranch(1);
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                resource.start(branch, XAResource.TMNOFLAGS);
                assertThat(statement.executeUpdate("DELETE FROM draft WHERE id <= 2"))
                        .isEqualTo(2);
                assertDenied(statement, Reason.ROW_LIMIT, "DELETE FROM draft");
                assertThat(statement.executeUpdate("INSERT INTO draft VALUES (9)"))
                        .isEqualTo(1);
                branch.commit(resource);
            }
            connection.close();
            assertThat(tables.count("draft")).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aBranchIsDoomedByADenial(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            TierguardXADataSource bean = DistributedBranch.source(tables, database, tables.realUrl());
            XAConnection connection = bean.getXAConnection();
            XAResource resource = connection.getXAResource();
            DistributedBranch branch = new DistributedBranch(2);
            DistributedBranch next = new DistributedBranch(3);
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                resource.start(branch, XAResource.TMNOFLAGS);
                statement.executeUpdate("INSERT INTO draft VALUES (20)");
                assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
                assertDenied(statement, Reason.TRANSACTION_DENIED, "INSERT INTO draft VALUES (21)");
                resource.end(branch, XAResource.TMSUCCESS);
                assertDenied(statement, Reason.TRANSACTION_DENIED, "COMMIT");
                assertThatThrownBy(handle::commit).isInstanceOf(DenialException.class);
                outside(() -> resource.start(next, XAResource.TMNOFLAGS));
                assertThatThrownBy(() -> resource.commit(branch, true))
                        .isInstanceOfSatisfying(
                                XAException.class,
                                failure -> assertThat(failure.errorCode).isEqualTo(XAException.XA_RBROLLBACK));
                resource.start(next, XAResource.TMNOFLAGS);
                statement.executeUpdate("INSERT INTO draft VALUES (22)");
                next.commit(resource);
                statement.executeUpdate("INSERT INTO draft VALUES (23)");
            }
            connection.close();
            assertThat(tables.count("draft WHERE id = 22")).isEqualTo(1);
            assertThat(tables.count("draft WHERE id IN (20, 21)")).isZero();
        }
    }

    /** A denial after the branch's end and before it is kept: on H2 and PostgreSQL what runs then becomes a part of it. */
    @ParameterizedTest
    @MethodSource("databases")
    void aBranchIsDoomedByADenialAfterItsEndToo(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            XAConnection connection =
                    DistributedBranch.source(tables, database, tables.realUrl()).getXAConnection();
            XAResource resource = connection.getXAResource();
            DistributedBranch branch = new DistributedBranch(5);
            DistributedBranch next = new DistributedBranch(6);
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                for (boolean onePhase : new boolean[] {true, false}) {
                    resource.start(branch, XAResource.TMNOFLAGS);
                    statement.executeUpdate("INSERT INTO draft VALUES (50)");
                    resource.end(branch, XAResource.TMSUCCESS);
                    assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
                    assertDenied(statement, Reason.TRANSACTION_DENIED, "INSERT INTO draft VALUES (51)");
                    assertThatThrownBy(handle::commit).isInstanceOf(DenialException.class);
                    assertThatThrownBy(() -> handle.setAutoCommit(true)).isInstanceOf(DenialException.class);
                    outside(() -> resource.start(next, XAResource.TMNOFLAGS));
                    rolledBack(() -> {
                        if (onePhase) {
                            resource.commit(branch, true);
                        } else {
                            resource.prepare(branch);
                        }
                    });
                    assertThat(handle.isValid(1)).isTrue();
                    assertThat(statement.executeUpdate("INSERT INTO draft VALUES (6" + (onePhase ? 0 : 1) + ")"))
                            .isEqualTo(1);
                }
                resource.start(next, XAResource.TMNOFLAGS);
                statement.executeUpdate("INSERT INTO draft VALUES (52)");
                next.commit(resource);
            }
            connection.close();
            assertThat(tables.count("draft WHERE id IN (50, 51)")).isZero();
            assertThat(tables.count("draft WHERE id IN (52, 60, 61)")).isEqualTo(3);
        }
    }

    /** The MySQL family refuses the queries of a new handle then. */
    @ParameterizedTest
    @EnumSource(LiveDatabase.class)
    void theNextHandleTakesTheDoomOfAnEndedBranchOver(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            XAConnection connection =
                    DistributedBranch.source(tables, database, tables.realUrl()).getXAConnection();
            XAResource resource = connection.getXAResource();
            DistributedBranch branch = new DistributedBranch(7);
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                resource.start(branch, XAResource.TMNOFLAGS);
                statement.executeUpdate("INSERT INTO draft VALUES (70)");
                resource.end(branch, XAResource.TMSUCCESS);
                assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
            }
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                assertDenied(statement, Reason.TRANSACTION_DENIED, "INSERT INTO draft VALUES (71)");
                rolledBack(() -> resource.commit(branch, true));
                assertThat(statement.executeUpdate("INSERT INTO draft VALUES (72)"))
                        .isEqualTo(1);
            }
            connection.close();
            assertThat(tables.count("draft WHERE id IN (70, 71)")).isZero();
            assertThat(tables.count("draft WHERE id = 72")).isEqualTo(1);
        }
    }

    /** MariaDB's driver makes another resource each time that it is asked for it. */
    @ParameterizedTest
    @MethodSource("databases")
    void aDoomedBranchIsDoomedForEachResourceOfItsConnection(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            XAConnection connection =
                    DistributedBranch.source(tables, database, tables.realUrl()).getXAConnection();
            DistributedBranch branch = new DistributedBranch(11);
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                for (boolean onePhase : new boolean[] {true, false}) {
                    connection.getXAResource().start(branch, XAResource.TMNOFLAGS);
                    statement.executeUpdate("INSERT INTO draft VALUES (110)");
                    assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
                    connection.getXAResource().end(branch, XAResource.TMSUCCESS);
                    rolledBack(() -> {
                        if (onePhase) {
                            connection.getXAResource().commit(branch, true);
                        } else {
                            connection.getXAResource().prepare(branch);
                        }
                    });
                    statement.executeUpdate("INSERT INTO draft VALUES (11" + (onePhase ? 1 : 2) + ")");
                }
            }
            connection.close();
            assertThat(tables.count("draft WHERE id = 110")).isZero();
            assertThat(tables.count("draft WHERE id IN (111, 112)")).isEqualTo(2);
        }
    }

    /** What is refused once the branch is settled has no part in it, and nothing is open then that it could doom. */
    @ParameterizedTest
    @MethodSource("databases")
    void aDenialAfterABranchDoomsNothing(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            XAConnection connection =
                    DistributedBranch.source(tables, database, tables.realUrl()).getXAConnection();
            XAResource resource = connection.getXAResource();
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                resource.start(new DistributedBranch(8), XAResource.TMNOFLAGS);
                statement.executeUpdate("INSERT INTO draft VALUES (80)");
                new DistributedBranch(8).commit(resource);
                assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
                statement.executeUpdate("INSERT INTO draft VALUES (81)");
                resource.start(new DistributedBranch(9), XAResource.TMNOFLAGS);
                statement.executeUpdate("INSERT INTO draft VALUES (82)");
                resource.end(new DistributedBranch(9), XAResource.TMSUCCESS);
                resource.rollback(new DistributedBranch(9));
                assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
                statement.executeUpdate("INSERT INTO draft VALUES (83)");
            }
            connection.close();
            assertThat(tables.count("draft WHERE id IN (80, 81, 83)")).isEqualTo(3);
            assertThat(tables.count("draft WHERE id = 82")).isZero();
        }
    }

    /** A server of the MySQL family refuses everything between the end and the commit itself. */
    @ParameterizedTest
    @MethodSource("databases")
    void rowsAreCountedAfterTheEndOfABranchToo(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            String url = tables.realUrl().replaceFirst("^jdbc:", "jdbc:tierguard:");
            XAConnection connection = DistributedBranch.source(
                            tables, database, database.withSetting(url, "tierguard.on-denial", "continue"))
                    .getXAConnection();
            XAResource resource = connection.getXAResource();
            DistributedBranch branch = new DistributedBranch(10);
            boolean joins = database instanceof LiveDatabase;
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                resource.start(branch, XAResource.TMNOFLAGS);
                statement.executeUpdate("INSERT INTO draft VALUES (90)");
                resource.end(branch, XAResource.TMSUCCESS);
                if (joins) {
                    assertThat(statement.executeUpdate("DELETE FROM draft WHERE id <= 2"))
                            .isEqualTo(2);
                    assertDenied(statement, Reason.ROW_LIMIT, "DELETE FROM draft");
                } else {
                    assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM draft WHERE id <= 2"))
                            .isInstanceOf(SQLException.class)
                            .isNotInstanceOf(DenialException.class)
                            .hasMessageContaining("XAER_RMFAIL");
                }
                resource.commit(branch, true);
                assertThat(statement.executeUpdate("DELETE FROM draft WHERE id = 3"))
                        .isEqualTo(1);
            }
            connection.close();
            assertThat(tables.count("draft")).isEqualTo(joins ? 3 : 5);
        }
    }

    private static void rolledBack(ThrowingCallable keeping) {
        assertThatThrownBy(keeping)
                .isInstanceOfSatisfying(
                        XAException.class,
                        failure -> assertThat(failure.errorCode).isEqualTo(XAException.XA_RBROLLBACK))
                .hasCauseInstanceOf(DenialException.class);
    }

    private static void outside(ThrowingCallable start) {
        assertThatThrownBy(start)
                .isInstanceOfSatisfying(
                        XAException.class,
                        failure -> assertThat(failure.errorCode).isEqualTo(XAException.XAER_OUTSIDE));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void noBranchTakesUpWhatIsDoomed(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            TierguardXADataSource bean = DistributedBranch.source(tables, database, tables.realUrl());
            XAConnection connection = bean.getXAConnection();
            XAResource resource = connection.getXAResource();
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                handle.setAutoCommit(false);
                statement.executeUpdate("INSERT INTO draft VALUES (30)");
                assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
                outside(() -> resource.start(new DistributedBranch(4), XAResource.TMNOFLAGS));
                handle.rollback();
                handle.setAutoCommit(true);
            }
            connection.close();
            assertThat(tables.count("draft WHERE id = 30")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatATextHasBegunIsUndoneWithItsHandle(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            TierguardConnectionPoolDataSource bean = poolSource(tables, database, tables.realUrl());
            PooledConnection pooled = bean.getPooledConnection();
            for (boolean closes : new boolean[] {true, false}) {
                Connection handle = pooled.getConnection();
                Statement statement = handle.createStatement();
                statement.execute("BEGIN");
                statement.executeUpdate("INSERT INTO draft VALUES (40)");
                assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
                if (closes) {
                    handle.close();
                }
                try (Connection next = pooled.getConnection();
                        Statement last = next.createStatement()) {
                    last.execute("COMMIT");
                }
                assertThat(tables.count("draft WHERE id = 40")).isZero();
            }
            pooled.close();
        }
    }

    @Test
    void withoutAUrlThereIsNoConnection() {
        assertThatThrownBy(() -> new TierguardXADataSource().getXAConnection())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("has no URL");
        TierguardConnectionPoolDataSource unknown = new TierguardConnectionPoolDataSource();
        unknown.setUrl("jdbc:oracle:thin:scott/tiger@db");
        assertThatThrownBy(unknown::getPooledConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageNotContaining("tiger@");
    }
}
