package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What MariaDB and MySQL tell of a statement that is held to a limit of rows is what they tell of it without. */
class LimitedDiagnosticsTest {
    private static final String RULES = """
            tier counted is mutable {
              limit update 2 rows
            }

            table item is counted

            component app {
              grant select, insert, update on tier counted
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(3))",
        "INSERT INTO item VALUES (1, 'a'), (2, 'b'), (3, 'c')",
    };

    private static final String CUTS = "UPDATE item SET name = CONCAT(id, 'too long') WHERE id <= 2";

    private static final String RESET = "UPDATE item SET name = 'x' WHERE id <= 2";

    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database) throws Exception {
        return GuardedTables.open(database, folder, RULES, SCHEMA);
    }

    private static List<String> told(ResultSet rows) throws SQLException {
        List<String> told = new ArrayList<>();
        while (rows.next()) {
            told.add(rows.getString(1));
        }
        return told;
    }

    private static List<Integer> codes(SQLWarning first) {
        List<Integer> codes = new ArrayList<>();
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            codes.add(warning.getErrorCode());
        }
        return codes;
    }

    /** Each asked for right behind the statement, as whatever is said in between takes it away. */
    private static List<Object> inTransaction(Connection connection) throws SQLException {
        List<Object> seen = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                Statement other = connection.createStatement()) {
            statement.execute("SET sql_mode = ''");
            connection.setAutoCommit(false);
            for (String asking : new String[] {"SHOW WARNINGS", "SELECT ROW_COUNT()", "SHOW COUNT(*) WARNINGS"}) {
                seen.add(statement.executeUpdate(RESET));
                seen.add(statement.executeUpdate(CUTS));
                try (ResultSet rows = other.executeQuery(asking)) {
                    seen.add(told(rows));
                }
            }
            seen.addAll(warnings(connection));
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return seen;
    }

    private static List<Object> warnings(Connection connection) throws SQLException {
        List<Object> seen = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(CUTS)) {
            statement.executeUpdate(RESET);
            statement.executeUpdate(CUTS);
            seen.add(codes(statement.getWarnings()));
            statement.clearWarnings();
            seen.add(codes(statement.getWarnings()));
            statement.executeUpdate(RESET);
            seen.add(codes(statement.getWarnings()));
            prepared.execute();
            seen.add(codes(prepared.getWarnings()));
            statement.executeUpdate(RESET);
        }
        return seen;
    }

    @ParameterizedTest
    @EnumSource
    void inATransactionAllOfItIsTheSame(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection bare = tables.connectPastTheGuard();
                Connection guarded = tables.connect()) {
            List<Object> expected = inTransaction(bare);
            assertThat(expected).contains(List.of("2"), List.of(1265, 1265));
            assertThat(inTransaction(guarded)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutOneTheWarningsAre(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection bare = tables.connectPastTheGuard();
                Connection guarded = tables.connect()) {
            for (Connection each : List.of(bare, guarded)) {
                try (Statement statement = each.createStatement()) {
                    statement.execute("SET sql_mode = ''");
                }
            }
            List<Object> expected = warnings(bare);
            assertThat(expected.get(0)).isEqualTo(List.of(1265, 1265));
            assertThat(warnings(guarded)).isEqualTo(expected);
        }
    }

    /** One savepoint of ours takes the place of another, and none is in the way of the application's own. */
    @ParameterizedTest
    @EnumSource
    void whatIsOverTheLimitIsUndoneAlone(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE item SET name = 'p' WHERE id = 1");
            Savepoint first = connection.setSavepoint();
            statement.executeUpdate("UPDATE item SET name = 'q' WHERE id = 1");
            GuardedTables.assertDenied(statement, Reason.ROW_LIMIT, "UPDATE item SET name = 'r'");
            statement.executeUpdate("UPDATE item SET name = 's' WHERE id = 2");
            GuardedTables.assertDenied(statement, Reason.ROW_LIMIT, "UPDATE item SET name = 't'");
            connection.rollback(first);
            statement.executeUpdate("UPDATE item SET name = 'u' WHERE id = 3");
            connection.commit();
            assertThat(tables.count("item WHERE CONCAT(id, name) IN ('1p', '2b', '3u')"))
                    .isEqualTo(3);
        }
    }

    /** The driver of MySQL takes a transaction to be open that a text has ended for good. */
    @ParameterizedTest
    @EnumSource
    void autoCommitThatATextSetLetsNothingOverTheLimitStay(MySqlDatabase database) throws Exception {
        for (String text :
                List.of("SET autocommit = 1", "SET SESSION autocommit = DEFAULT", "SET @x = 1, autocommit = 1")) {
            try (GuardedTables tables = open(database);
                    Connection connection = tables.connectToGoOn();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(text);
                GuardedTables.assertDenied(statement, Reason.ROW_LIMIT, "UPDATE item SET name = 'z'");
                connection.commit();
                assertThat(tables.count("item WHERE name = 'z'")).as(text).isZero();
            }
        }
    }

    /** Some settings let MySQL's driver keep a rollback from the server. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aBatchThatFailsLeavesNothing(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connectWith("useLocalTransactionState", "rewriteBatchedStatements");
                Statement statement = connection.createStatement()) {
            for (int id = 1; id <= 4; id++) {
                statement.addBatch("UPDATE item SET name = 'z' WHERE id = " + id);
            }
            statement.addBatch("INSERT INTO item (id) VALUES (1)");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
            assertThat(tables.count("item WHERE name = 'z'")).isZero();
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    /** After an error the driver does not know that a transaction is open, and would keep its end from the server. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void eachTransactionEndsThoughTheDriverDoesNotKnowOfIt(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connectWith("useLocalTransactionState", "allowMultiQueries");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() ->
                            statement.execute("INSERT INTO item VALUES (8, 'h'); INSERT INTO item VALUES (1, 'h')"))
                    .isInstanceOf(SQLException.class);
            GuardedTables.assertDenied(statement, Reason.NOT_GRANTED, "DELETE FROM item");
            connection.rollback();
            connection.commit();
            assertThat(tables.count("item")).as("rolled back").isEqualTo(3);
            assertThatThrownBy(() ->
                            statement.execute("INSERT INTO item VALUES (9, 'i'); INSERT INTO item VALUES (1, 'i')"))
                    .isInstanceOf(SQLException.class);
            connection.commit();
            assertThat(tables.count("item")).as("kept").isEqualTo(4);
            connection.rollback();
        }
    }

    /** Connector/J tells what auto-commit was also of a connection that is broken. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aBrokenConnectionHasItsAutoCommit(MySqlDatabase database) throws Exception {
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (GuardedTables tables = open(database);
                    Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(autoCommit);
                try (ResultSet id = statement.executeQuery("SELECT CONNECTION_ID()");
                        Connection bare = tables.connectPastTheGuard();
                        Statement killing = bare.createStatement()) {
                    id.next();
                    killing.execute("KILL " + id.getLong(1));
                }
                assertThatThrownBy(() -> statement.executeUpdate(RESET)).isInstanceOf(SQLException.class);
                assertThat(connection.isClosed()).isTrue();
                assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
                assertThat(tables.count("item WHERE name = 'x'")).isZero();
            }
        }
    }
}
