package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While a change of SQLite's has still rows to give, no transaction can end: what is asked then must begin none, or what follows is lost. */
class SqliteOpenRowsTest {
    private static final String RULES = """
            table ledger is ledger
            table item is operational {
              limit update 2 rows
            }
            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on *
            }
            """;

    private static final String RETURNING = "INSERT INTO note (id) VALUES (1), (2), (3) RETURNING id";

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
                "CREATE TABLE note (id INTEGER PRIMARY KEY)",
                "INSERT INTO ledger VALUES (1)",
                "INSERT INTO item VALUES (1, 1), (2, 1), (3, 1)");
    }

    @AfterEach
    void close() throws SQLException {
        tables.close();
    }

    @Test
    void aLimitedStatementBesideThemIsDeniedAndNothingElseIsLost() throws Exception {
        try (Connection connection = tables.connect();
                Statement returning = connection.createStatement();
                Statement other = connection.createStatement()) {
            other.executeUpdate("UPDATE item SET v = 2 WHERE id = 1");
            try (ResultSet rows = returning.executeQuery(RETURNING)) {
                for (String sql : List.of("UPDATE item SET v = 9 WHERE id = 1", "UPDATE item SET v = 9")) {
                    GuardedTables.assertDenied(other, Reason.ROW_LIMIT, sql, "RETURNING", "close its ResultSet first");
                }
                assertThat(connection.getAutoCommit()).isTrue();
                other.executeUpdate("INSERT INTO item VALUES (7, 7)");
                assertThat(rows.next()).isTrue();
            }
            other.executeUpdate("UPDATE item SET v = 3 WHERE id = 1");
            other.executeUpdate("INSERT INTO item VALUES (8, 8)");
        }
        assertThat(tables.count("note")).isEqualTo(3);
        assertThat(tables.count("item WHERE id > 6 OR v = 3")).isEqualTo(3);
        assertThat(tables.count("item WHERE v = 9")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDenialBesideThemLosesNothingThatIsKept(boolean isAutoCommit) throws Exception {
        try (Connection connection = tables.connectToGoOn();
                Statement returning = connection.createStatement();
                Statement other = connection.createStatement()) {
            connection.setAutoCommit(isAutoCommit);
            try (ResultSet rows = returning.executeQuery(RETURNING)) {
                assertThat(rows.next()).isTrue();
                GuardedTables.assertDenied(other, Reason.IMMUTABLE_TIER, "DELETE FROM ledger", "ledger");
                GuardedTables.assertDenied(other, Reason.ROW_LIMIT, "UPDATE item SET v = 9", "RETURNING");
            }
            other.executeUpdate("INSERT INTO item VALUES (8, 8)");
            other.executeUpdate("UPDATE item SET v = 3 WHERE id = 1");
            if (!isAutoCommit) {
                connection.commit();
            }
        }
        assertThat(tables.count("note")).isEqualTo(3);
        assertThat(tables.count("item WHERE id = 8 OR v = 3")).isEqualTo(2);
        assertThat(tables.count("ledger")).isOne();
    }

    @Test
    void inATransactionOfATextADenialDoomsIt() throws Exception {
        try (Connection connection = tables.connect();
                Statement returning = connection.createStatement();
                Statement other = connection.createStatement()) {
            other.execute("BEGIN");
            try (ResultSet rows = returning.executeQuery(RETURNING)) {
                assertThat(rows.next()).isTrue();
                GuardedTables.assertDenied(other, Reason.IMMUTABLE_TIER, "DELETE FROM ledger", "ledger");
            }
            GuardedTables.assertDenied(other, Reason.TRANSACTION_DENIED, "COMMIT", "immutable-tier");
            other.execute("ROLLBACK");
        }
        assertThat(tables.count("note")).isZero();
    }
}
