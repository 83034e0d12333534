package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The savepoint that begins a transaction of SQLite keeps it when it is released. */
class SqliteSavepointsTest {
    private static final String RULES = """
            table ledger is ledger
            table item is operational {
              limit update 2 rows
              limit insert 2 rows
            }

            component app {
              grant select, insert, update on item
              grant select, insert on ledger
            }
            """;

    @TempDir
    private Path folder;

    private GuardedTables tables;

    @BeforeEach
    void open() throws Exception {
        tables = GuardedTables.open(
                SqliteDatabase.SQLITE,
                folder,
                RULES,
                "CREATE TABLE ledger (id INTEGER PRIMARY KEY)",
                "CREATE TABLE item (id INTEGER PRIMARY KEY, v INT)",
                "INSERT INTO ledger VALUES (1)",
                "INSERT INTO item VALUES (1, 1), (2, 1), (3, 1)");
    }

    @AfterEach
    void close() throws SQLException {
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM ledger", "UPDATE item SET v = 9"})
    void oneOfADoomedTransactionIsNotReleased(String denied) throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            Savepoint savepoint = connection.setSavepoint();
            statement.execute("INSERT INTO item VALUES (7, 7)");
            assertThatThrownBy(() -> statement.execute(denied)).isInstanceOf(DenialException.class);
            assertThatThrownBy(() -> connection.releaseSavepoint(savepoint))
                    .isInstanceOfSatisfying(
                            DenialException.class,
                            denial -> assertThat(denial.reason()).isEqualTo(Reason.TRANSACTION_DENIED));
            connection.rollback();
            statement.execute("INSERT INTO item VALUES (8, 8)");
            connection.commit();
        }
        assertThat(tables.count("item WHERE id > 3")).isOne();
        assertThat(tables.count("item WHERE id = 7 OR v = 9")).isZero();
    }

    @Test
    void anyOtherIsReleasedAndKept() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            Savepoint savepoint = connection.setSavepoint();
            statement.execute("INSERT INTO item VALUES (7, 7)");
            connection.releaseSavepoint(savepoint);
        }
        assertThat(tables.count("item WHERE id = 7")).isOne();
    }

    /** The driver takes a transaction to be open that a text has ended, so that the guard's own savepoint begins one. */
    @Test
    void afterAStatementThatFailedUnderALimitNothingIsLost() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO item VALUES (7, 7)");
            statement.execute("COMMIT");
            assertThatThrownBy(() -> statement.execute("INSERT INTO item VALUES (7, 9)"))
                    .isNotInstanceOf(DenialException.class)
                    .isInstanceOf(SQLException.class);
            statement.execute("INSERT INTO item VALUES (8, 8)");
        }
        assertThat(tables.count("item WHERE id > 3")).isEqualTo(2);
    }
}
