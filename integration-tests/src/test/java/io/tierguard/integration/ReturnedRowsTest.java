package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a change gives back under a limit are counted where the driver tells how many, and are what they are without a limit. */
class ReturnedRowsTest extends LimitedShop {
    private static final List<String> WITHIN = List.of(
            "UPDATE item SET price = price + 2 WHERE id <= 3 RETURNING *",
            "update item i set price = 5 where id = 4 returning i.id as number, price * 2, 'returning' as word",
            "DELETE FROM item WHERE id = 9 RETURNING id;",
            "INSERT INTO item (id, price) VALUES (20, 1), (21, 1), (1, 1) ON CONFLICT DO NOTHING RETURNING price, id",
            "WITH cheap AS (SELECT 5 AS id) UPDATE item SET price = 7 FROM cheap WHERE cheap.id = item.id RETURNING item.id",
            "UPDATE item SET price = 8 WHERE id > 1000 RETURNING id",
            "MERGE INTO item USING (VALUES (6), (30)) s (k) ON id = s.k WHEN MATCHED THEN UPDATE SET price = 3"
                    + " WHEN NOT MATCHED THEN INSERT (id, price) VALUES (k, 0) RETURNING merge_action(), id",
            "UPDATE note SET price = 1 RETURNING id");

    private static final List<String> OVER = List.of(
            "UPDATE item SET price = 2 RETURNING *",
            "DELETE FROM item WHERE id <= 4 RETURNING id",
            "INSERT INTO item (id, price) SELECT id + 50, 1 FROM item RETURNING id",
            "WITH d AS (SELECT 1) DELETE FROM item USING d RETURNING item.id");

    /** How a text is run. */
    enum Way {
        QUERY,
        EXECUTE,
        PREPARED_QUERY,
        PREPARED_EXECUTE,
        PREPARED_OF_TYPE,
        PREPARED_WITHOUT_KEYS,
        EXECUTE_WITHOUT_KEYS
    }

    /** Runs a text and tells all that comes of it. */
    private static List<String> outcome(Connection connection, Way way, String sql) throws SQLException {
        List<String> told = new ArrayList<>();
        try (Statement statement = statement(connection, way, sql)) {
            statement.setFetchSize(1);
            boolean isQuery = way == Way.QUERY || way == Way.PREPARED_QUERY;
            if (isQuery) {
                ResultSet rows = statement instanceof PreparedStatement prepared
                        ? prepared.executeQuery()
                        : statement.executeQuery(sql);
                tell(rows, told);
                told.add("same " + (rows == statement.getResultSet()));
            } else {
                boolean isResult;
                if (statement instanceof PreparedStatement prepared) {
                    isResult = prepared.execute();
                } else {
                    isResult = way == Way.EXECUTE_WITHOUT_KEYS
                            ? statement.execute(sql, Statement.NO_GENERATED_KEYS)
                            : statement.execute(sql);
                }
                told.add("result " + isResult);
                if (isResult) {
                    tell(statement.getResultSet(), told);
                }
            }
            told.add("count " + statement.getUpdateCount() + " " + statement.getLargeUpdateCount());
            told.add("more " + statement.getMoreResults() + " " + statement.getUpdateCount() + " "
                    + statement.getResultSet());
            told.add("fetch size " + statement.getFetchSize());
        }
        return told;
    }

    private static Statement statement(Connection connection, Way way, String sql) throws SQLException {
        return switch (way) {
            case QUERY, EXECUTE, EXECUTE_WITHOUT_KEYS -> connection.createStatement();
            case PREPARED_QUERY, PREPARED_EXECUTE -> connection.prepareStatement(sql);
            case PREPARED_WITHOUT_KEYS -> connection.prepareStatement(sql, Statement.NO_GENERATED_KEYS);
            case PREPARED_OF_TYPE ->
                connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        };
    }

    private static void tell(ResultSet rows, List<String> told) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        told.add("type " + rows.getType() + " " + rows.getConcurrency() + " " + rows.getFetchSize());
        for (int at = 1; at <= columns.getColumnCount(); at++) {
            told.add(columns.getColumnLabel(at) + " " + columns.getColumnTypeName(at));
        }
        while (rows.next()) {
            StringBuilder row = new StringBuilder();
            for (int at = 1; at <= columns.getColumnCount(); at++) {
                row.append(rows.getString(at)).append('|');
            }
            told.add(row.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsWithinALimitIsAsWithoutIt(boolean autoCommit) throws Exception {
        for (Way way : Way.values()) {
            List<String> bare = new ArrayList<>();
            List<String> guarded = new ArrayList<>();
            for (List<String> told : List.of(bare, guarded)) {
                try (Shop shop = open(LiveDatabase.POSTGRESQL);
                        Connection connection = told == bare ? shop.connectPastTheGuard() : connect(shop)) {
                    connection.setAutoCommit(autoCommit);
                    for (String sql : WITHIN) {
                        told.add(sql);
                        told.addAll(outcome(connection, way, sql));
                        if (!autoCommit) {
                            connection.commit();
                        }
                    }
                    told.addAll(shop.rowsOf("item"));
                }
            }
            assertThat(guarded).as(way.name()).isEqualTo(bare);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsOverALimitIsUndone(boolean autoCommit) throws Exception {
        try (Shop shop = open(LiveDatabase.POSTGRESQL);
                Connection connection = connect(shop)) {
            List<String> before = shop.rowsOf("item");
            connection.setAutoCommit(autoCommit);
            for (Way way : Way.values()) {
                for (String sql : OVER) {
                    assertOverLimit(() -> outcome(connection, way, sql));
                }
            }
            if (!autoCommit) {
                connection.commit();
            }
            assertThat(shop.rowsOf("item")).isEqualTo(before);
        }
    }

    @Test
    void rowsThatComeBackCountTowardsALimitOfATransaction() throws Exception {
        try (Shop shop = open(LiveDatabase.POSTGRESQL);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement();
                PreparedStatement one = connection.prepareStatement(
                        "DELETE FROM item WHERE id = ? RETURNING id",
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY)) {
            connection.setAutoCommit(false);
            statement
                    .executeQuery("DELETE FROM item WHERE id <= 2 RETURNING id")
                    .close();
            for (int id = 3; id <= 4; id++) {
                one.setInt(1, id);
                if (id == 3) {
                    one.executeQuery().close();
                } else {
                    assertOverLimit(one::executeQuery);
                }
            }
            connection.commit();
            assertThat(count(shop)).isEqualTo(6);
        }
    }

    /** As without a limit, the driver complains once the server has done it; then nothing of it stays. */
    @Test
    void whatAsksForACountAndGetsRowsIsUndone() throws Exception {
        try (Shop shop = open(LiveDatabase.POSTGRESQL);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            String returning = "UPDATE item SET price = 2 WHERE id = 1 RETURNING id";
            assertThatThrownBy(() -> statement.executeUpdate(returning))
                    .isInstanceOf(SQLException.class)
                    .isNotInstanceOf(DenialException.class);
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.executeUpdate(returning)).isInstanceOf(SQLException.class);
            connection.commit();
            assertThat(changed(shop)).isZero();
        }
    }

    /** SQLite rolls nothing back while rows are read, and the connection had to be closed. */
    @Test
    void whatIsDeniedInSqliteLeavesTheConnectionOpen() throws Exception {
        String policy = "table item is operational {\n  limit update 3 rows\n}\n\ncomponent app {\n"
                + "  grant select, update on tier operational\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                        SqliteDatabase.SQLITE,
                        folder,
                        policy,
                        "CREATE TABLE item (id INT PRIMARY KEY, price INT)",
                        "INSERT INTO item VALUES (1, 0), (2, 0)");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            String returning = "UPDATE item SET price = 1 RETURNING id";
            for (int round = 0; round < 2; round++) {
                assertOverLimit(() -> statement.executeQuery(returning));
                assertOverLimit(() -> statement.execute(returning));
                try (PreparedStatement prepared = connection.prepareStatement(returning)) {
                    assertOverLimit(prepared::executeQuery);
                    assertOverLimit(prepared::execute);
                }
                assertThat(statement.executeUpdate("UPDATE item SET price = 0")).isEqualTo(2);
            }
            assertThat(tables.count("item WHERE price = 1")).isZero();
        }
    }

    /** No driver tells of these how many were changed before they are read. */
    @Test
    void rowsThatComeBackOtherwiseAreDenied() throws Exception {
        try (Shop shop = open(LiveDatabase.H2);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            assertOverLimit(() ->
                    statement.executeQuery("SELECT id FROM FINAL TABLE (UPDATE item SET price = 2 WHERE id = 1)"));
            assertThat(changed(shop)).isZero();
        }
        try (Shop shop = open(LiveDatabase.POSTGRESQL);
                Connection connection = connect(shop);
                Statement statement = connection.createStatement()) {
            assertOverLimit(() -> statement.executeQuery(
                    "WITH gone AS (DELETE FROM item WHERE id = 1 RETURNING id) SELECT * FROM gone"));
            assertOverLimit(() -> statement.executeQuery("DELETE FROM item WHERE id = 1 RETURNING E'\\\\'"));
            assertThat(count(shop)).isEqualTo(9);
        }
    }
}
