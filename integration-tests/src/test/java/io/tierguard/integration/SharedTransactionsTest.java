package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.TierguardDataSource;
import io.tierguard.policy.model.Reason;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handles that share one transaction, which somebody else ends, as transaction managers and some pools give them out. */
class SharedTransactionsTest {
    private static final String RULES = """
            table payment is ledger
            table draft is operational {
              limit delete 1 row
            }

            component app {
              grant select on tier ledger
              grant select, insert, delete on tier operational
            }
            """;

    @TempDir
    private Path folder;

    static Stream<TestDatabase> databases() {
        return Stream.concat(DoomedTransactionsTest.databases().stream(), Stream.of(SqliteDatabase.SQLITE));
    }

    private GuardedTables open(TestDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE TABLE payment (id INT PRIMARY KEY)",
                "CREATE TABLE draft (id INT PRIMARY KEY)");
    }

    /** Gives one connection out again and again, which nobody closes who gets it; nor ends its transaction, if that is not its own. */
    private static DataSource sharing(Connection shared, boolean isEndedByOthers) {
        return new BareDataSource() {
            @Override
            public Connection getConnection() {
                return (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> {
                            boolean isEnd = List.of("commit", "rollback", "setAutoCommit")
                                    .contains(method.getName());
                            if (isEnd && isEndedByOthers) {
                                throw new SQLException("the transaction is ended by its manager");
                            }
                            try {
                                return method.getName().equals("close") ? null : method.invoke(shared, arguments);
                            } catch (InvocationTargetException failure) {
                                throw failure.getCause();
                            }
                        });
            }
        };
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatOneHandleHasDoneIsThereForTheNext(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection shared = tables.connectPastTheGuard()) {
            shared.setAutoCommit(false);
            DataSource guarded = TierguardDataSource.wrap(sharing(shared, false), tables.settings());
            for (int id = 1; id <= 3; id++) {
                try (Connection handle = guarded.getConnection();
                        Statement statement = handle.createStatement()) {
                    statement.executeUpdate("INSERT INTO draft VALUES (" + id + ")");
                }
            }
            shared.commit();
            assertThat(tables.count("draft")).isEqualTo(3);
            try (Connection handle = guarded.getConnection();
                    Statement statement = handle.createStatement()) {
                statement.executeUpdate("INSERT INTO draft VALUES (4)");
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
                assertThatThrownBy(() -> handle.setAutoCommit(true)).isInstanceOf(SQLException.class);
            }
            shared.commit();
            assertThat(tables.count("draft")).isEqualTo(3);
        }
    }

    /** Nothing of a transaction is kept in which something was denied, though the connection may not end it. */
    @ParameterizedTest
    @MethodSource("databases")
    void whatIsDoomedIsNotCommittedPastTheGuard(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection shared = tables.connectPastTheGuard()) {
            shared.setAutoCommit(false);
            DataSource guarded = TierguardDataSource.wrap(sharing(shared, true), tables.settings());
            try (Statement first = shared.createStatement()) {
                first.executeUpdate("INSERT INTO draft VALUES (1)");
            }
            try (Connection handle = guarded.getConnection();
                    Statement statement = handle.createStatement()) {
                statement.executeUpdate("INSERT INTO draft VALUES (2)");
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM payment");
            }
            if (database == LiveDatabase.H2) {
                shared.commit();
            } else if (database == SqliteDatabase.SQLITE) {
                assertThatThrownBy(shared::commit).hasMessageContaining("no transaction");
            } else {
                assertThat(shared.isClosed()).isTrue();
            }
            assertThat(tables.count("draft")).isZero();
        }
    }
}
