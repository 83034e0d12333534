package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What JDBC does over several calls is the same through the guard: the lives of objects, cursors, timeouts, cancelling. */
class JdbcScenariosTest {
    private static final String POLICY = """
            table * is operational

            component app {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;
    private static final String ROWS = "SELECT id, name FROM item ORDER BY id";

    /** What an application does with a connection. */
    private interface Scenario {
        void play(Connection connection, Sightings sightings) throws Exception;
    }

    private final Map<String, Scenario> scenarios = new TreeMap<>();

    @TempDir
    private Path folder;

    JdbcScenariosTest() {
        scenarios.put("identities", JdbcScenariosTest::identities);
        scenarios.put("ends of parents", JdbcScenariosTest::endsOfParents);
        scenarios.put("closing on completion", JdbcScenariosTest::closeOnCompletion);
        scenarios.put("closing twice", JdbcScenariosTest::closeTwice);
        scenarios.put("several results", JdbcScenariosTest::severalResults);
        scenarios.put("executing again closes", JdbcScenariosTest::executingAgainCloses);
        scenarios.put("holdability", JdbcScenariosTest::holdability);
        scenarios.put("cursors that scroll", JdbcScenariosTest::scrolling);
        scenarios.put("streaming", JdbcScenariosTest::streaming);
        scenarios.put("most rows", JdbcScenariosTest::maxRows);
        scenarios.put("generated keys", JdbcScenariosTest::generatedKeys);
        scenarios.put("large counts", JdbcScenariosTest::largeCounts);
        scenarios.put("callables", JdbcScenariosTest::callables);
        scenarios.put("savepoints", JdbcScenariosTest::savepoints);
        scenarios.put("quoting", JdbcScenariosTest::quoting);
        scenarios.put("read-only and isolation", JdbcScenariosTest::modes);
        scenarios.put("wrappers", JdbcScenariosTest::wrappers);
        scenarios.put("a query's timeout", JdbcScenariosTest::queryTimeout);
        scenarios.put("cancelling", JdbcScenariosTest::cancelling);
        scenarios.put("interruption", JdbcScenariosTest::interruption);
        scenarios.put("aborting", JdbcScenariosTest::aborting);
        scenarios.put("many statements", JdbcScenariosTest::manyStatements);
    }

    @ParameterizedTest
    @EnumSource
    void everyScenarioGoesTheSame(LiveDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY);
                JdbcBed bed = new JdbcBed(database, tables.connectPastTheGuard())) {
            for (Map.Entry<String, Scenario> each : scenarios.entrySet()) {
                List<String> bare = played(tables.connectPastTheGuard(), each.getValue());
                String left = bed.reset();
                List<String> guarded = played(tables.connect(), each.getValue());
                assertThat(bare).as(each.getKey()).isNotEmpty().noneMatch(seen -> seen.startsWith("ended by"));
                assertThat(guarded).as(each.getKey()).isEqualTo(bare);
                assertThat(bed.reset()).as(each.getKey()).isEqualTo(left);
            }
        }
    }

    private static List<String> played(Connection connection, Scenario scenario) throws SQLException {
        Sightings sightings = new Sightings();
        try (connection) {
            scenario.play(connection, sightings);
        } catch (Exception | Error failure) {
            sightings.see("ended by", JdbcOutcome.ofFailure(failure));
        }
        return sightings.all();
    }

    private static void identities(Connection connection, Sightings sightings) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(ROWS);
                Statement statement = connection.createStatement()) {
            ResultSet rows = prepared.executeQuery();
            sightings.see("statement of rows", rows.getStatement() == prepared);
            sightings.see("connection of statement", prepared.getConnection() == connection);
            sightings.see("result set of statement", prepared.getResultSet() == rows);
            sightings.see("connection of metadata", connection.getMetaData().getConnection() == connection);
            sightings.see("itself", isItself(connection) && isItself(rows) && isItself(prepared));
            sightings.see("others", prepared.equals(statement) || prepared.equals(rows));
            sightings.see("hash", Set.of(rows).contains(rows));
            sightings.see("text", JdbcOutcome.normalized(prepared.toString()));
        }
    }

    private static boolean isItself(Object object) {
        return Set.of(object).contains(object);
    }

    private static void endsOfParents(Connection connection, Sightings sightings) throws SQLException {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ROWS);
        PreparedStatement prepared = connection.prepareStatement(ROWS);
        ResultSet others = prepared.executeQuery();
        statement.close();
        sightings.see("rows of a closed statement", rows.isClosed());
        sightings.see("others", others.isClosed());
        connection.close();
        sightings.see("all", prepared.isClosed() + " " + others.isClosed() + " " + connection.isClosed());
        sightings.see("valid", connection.isValid(1));
        try {
            prepared.executeQuery();
        } catch (SQLException closed) {
            sightings.see("closed", JdbcOutcome.ofFailure(closed));
        }
    }

    private static void closeOnCompletion(Connection connection, Sightings sightings) throws SQLException {
        Statement statement = connection.createStatement();
        sightings.see("before", statement.isCloseOnCompletion());
        statement.closeOnCompletion();
        ResultSet rows = statement.executeQuery(ROWS);
        rows.next();
        sightings.see("open", statement.isClosed() + " " + statement.isCloseOnCompletion());
        rows.close();
        sightings.see("completed", statement.isClosed());
    }

    private static void closeTwice(Connection connection, Sightings sightings) throws SQLException {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ROWS);
        rows.close();
        rows.close();
        statement.close();
        statement.close();
        connection.close();
        connection.close();
        sightings.see("closed", rows.isClosed() + " " + statement.isClosed() + " " + connection.isClosed());
    }

    private static void severalResults(Connection connection, Sightings sightings) throws SQLException {
        for (int mode :
                new int[] {Statement.CLOSE_CURRENT_RESULT, Statement.KEEP_CURRENT_RESULT, Statement.CLOSE_ALL_RESULTS
                }) {
            try (Statement statement = connection.createStatement()) {
                sightings.see(
                        "first",
                        statement.execute("SELECT id FROM item WHERE id = 1; UPDATE item SET name = 'n'"
                                + " WHERE id = 2; SELECT name FROM item WHERE id = 2"));
                ResultSet first = statement.getResultSet();
                for (int i = 0; i < 3; i++) {
                    sightings.see("more " + mode, answer(() -> statement.getMoreResults(mode)));
                    sightings.see("count", answer(statement::getUpdateCount));
                    sightings.see("rows", answer(() -> statement.getResultSet() != null));
                }
                sightings.see("first closed", answer(first::isClosed));
            }
        }
    }

    private static void executingAgainCloses(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet first = statement.executeQuery(ROWS);
            ResultSet second = statement.executeQuery(ROWS);
            sightings.see("first", first.isClosed());
            statement.executeUpdate("UPDATE item SET name = name");
            sightings.see("second", second.isClosed());
            sightings.see("none", statement.getResultSet() == null);
        }
    }

    private static void holdability(Connection connection, Sightings sightings) throws SQLException {
        connection.setAutoCommit(false);
        for (int holdability : new int[] {ResultSet.HOLD_CURSORS_OVER_COMMIT, ResultSet.CLOSE_CURSORS_AT_COMMIT}) {
            try (Statement statement =
                    connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, holdability)) {
                statement.setFetchSize(1);
                ResultSet rows = statement.executeQuery(ROWS);
                rows.next();
                connection.commit();
                sightings.see("after the commit", answer(rows::isClosed) + " " + answer(rows::next));
            }
        }
        connection.rollback();
    }

    private static void scrolling(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("SELECT id, name, amount FROM item ORDER BY id")) {
            sightings.see("last", rows.last() + " " + rows.getRow() + " " + rows.isLast());
            sightings.see("absolute", rows.absolute(-2) + " " + rows.getInt(1));
            sightings.see("relative", rows.relative(5) + " " + rows.isAfterLast());
            rows.first();
            rows.updateString("name", "thrown away");
            rows.cancelRowUpdates();
            sightings.see("cancelled", rows.getString(2));
            rows.updateString(2, "kept");
            rows.updateRow();
            rows.refreshRow();
            sightings.see("updated", rows.getString("name") + " " + answer(rows::rowUpdated));
            rows.moveToInsertRow();
            rows.updateInt("id", 71);
            rows.updateString("name", "new");
            rows.insertRow();
            rows.moveToCurrentRow();
            sightings.see("current", rows.getInt(1));
            rows.last();
            rows.deleteRow();
            sightings.see("deleted", answer(rows::rowDeleted));
        }
    }

    private static void streaming(Connection connection, Sightings sightings) throws SQLException {
        connection.setAutoCommit(false);
        String many = "SELECT a.id FROM item a, item b, item c, item d, item e, item f, item g, item h";
        try (PreparedStatement statement = connection.prepareStatement(many)) {
            statement.setFetchSize(10);
            ResultSet rows = statement.executeQuery();
            int seen = 0;
            while (rows.next()) {
                seen++;
            }
            sightings.see("rows", seen + " of batches of " + rows.getFetchSize());
        }
        connection.rollback();
    }

    private static void maxRows(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(2);
            ResultSet rows = statement.executeQuery(ROWS);
            sightings.see("two", rows.next() + " " + rows.next() + " " + rows.next());
            sightings.see("set", answer(() -> {
                statement.setLargeMaxRows(1);
                return true;
            }));
            sightings.see("most", answer(statement::getLargeMaxRows) + " " + statement.getMaxRows());
        }
    }

    private static void generatedKeys(Connection connection, Sightings sightings) throws SQLException {
        String upper = connection.getMetaData().storesUpperCaseIdentifiers() ? "ID" : "id";
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO item (name) VALUES (?)", new String[] {upper})) {
            for (String name : List.of("a", "b")) {
                insert.setString(1, name);
                insert.addBatch();
            }
            sightings.see("batch", insert.executeBatch().length);
            sightings.see("keys", JdbcOutcome.ofValue(insert.getGeneratedKeys()));
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO item (name) VALUES ('c')");
            sightings.see("none asked for", JdbcOutcome.ofValue(statement.getGeneratedKeys()));
        }
    }

    private static void largeCounts(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            sightings.see("count", statement.executeLargeUpdate("UPDATE item SET name = name"));
            sightings.see("again", statement.getLargeUpdateCount());
            statement.addBatch("UPDATE item SET name = name");
            statement.addBatch("DELETE FROM item WHERE id = 2");
            sightings.see("batch", JdbcOutcome.ofValue(statement.executeLargeBatch()));
        }
    }

    private static void callables(Connection connection, Sightings sightings) throws SQLException {
        try (CallableStatement call = connection.prepareCall("{? = call abs(?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, -4);
            sightings.see("run", call.execute());
            sightings.see("out", call.getInt(1) + " " + call.wasNull());
            sightings.see("by name", answer(() -> call.getInt("result")));
        }
    }

    private static void savepoints(Connection connection, Sightings sightings) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE item SET name = 'first' WHERE id = 1");
            Savepoint savepoint = connection.setSavepoint("between");
            statement.executeUpdate("UPDATE item SET name = 'second' WHERE id = 1");
            connection.rollback(savepoint);
            connection.commit();
            sightings.see("released", answer(() -> {
                connection.releaseSavepoint(savepoint);
                return true;
            }));
        }
    }

    private static void quoting(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : List.of("plain", "it's", "Mixed", "with \"quotes\"", "", "1st", "select")) {
                sightings.see(
                        "quoted",
                        answer(() -> statement.enquoteLiteral(text))
                                + answer(() -> statement.enquoteNCharLiteral(text))
                                + answer(() -> statement.enquoteIdentifier(text, false))
                                + answer(() -> statement.enquoteIdentifier(text, true))
                                + answer(() -> statement.isSimpleIdentifier(text)));
            }
        }
    }

    private static void modes(Connection connection, Sightings sightings) throws SQLException {
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            sightings.see("write", answer(() -> statement.executeUpdate("UPDATE item SET name = 'w' WHERE id = 1")));
        }
        connection.setReadOnly(false);
        for (int isolation : new int[] {1, 2, 4, 8, 3}) {
            sightings.see("isolation", answer(() -> {
                connection.setTransactionIsolation(isolation);
                return connection.getTransactionIsolation();
            }));
        }
        sightings.see("network", answer(() -> {
            connection.setNetworkTimeout(Runnable::run, 9000);
            return connection.getNetworkTimeout();
        }));
        sightings.see("client", answer(() -> {
            connection.setClientInfo("ApplicationName", "scenario");
            return connection.getClientInfo("ApplicationName");
        }));
        sightings.see("unknown client info", answer(() -> {
            connection.setClientInfo("nothing", "x");
            return connection.getClientInfo().size();
        }));
        sightings.see("types", connection.getTypeMap());
    }

    private static void wrappers(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Object object : new Object[] {connection, statement, statement.executeQuery(ROWS)}) {
                java.sql.Wrapper wrapper = (java.sql.Wrapper) object;
                sightings.see("own class", wrapper.isWrapperFor(object.getClass()));
                sightings.see("itself", wrapper.unwrap(object.getClass()) == object);
                sightings.see("another", wrapper.isWrapperFor(StringBuilder.class));
                sightings.see("not another", answer(() -> wrapper.unwrap(StringBuilder.class)));
            }
        }
    }

    private static void queryTimeout(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            sightings.see("timeout", kind(() -> statement.executeQuery(endless())));
            statement.setQueryTimeout(0);
            sightings.see("again", statement.executeQuery(ROWS).next());
        }
    }

    private static void cancelling(Connection connection, Sightings sightings) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Statement statement = connection.createStatement()) {
            Future<String> result = other.submit(() -> kind(() -> statement.executeQuery(endless())));
            while (!result.isDone()) {
                TimeUnit.MILLISECONDS.sleep(50);
                statement.cancel();
            }
            sightings.see("cancelled", result.get());
            sightings.see(
                    "again",
                    answer(() -> connection.createStatement().executeQuery(ROWS).next()));
        } finally {
            other.shutdownNow();
        }
    }

    private static void interruption(Connection connection, Sightings sightings) throws SQLException {
        Thread.currentThread().interrupt();
        try (Statement statement = connection.createStatement()) {
            sightings.see(
                    "interrupted", answer(() -> statement.executeQuery(ROWS).next()));
        } finally {
            sightings.see("still", Thread.interrupted());
        }
    }

    private static void aborting(Connection connection, Sightings sightings) throws SQLException {
        Statement statement = connection.createStatement();
        connection.abort(Runnable::run);
        sightings.see("closed", connection.isClosed() + " " + connection.isValid(1));
        sightings.see("statement", kind(() -> statement.executeQuery(ROWS)));
        connection.abort(Runnable::run);
    }

    private static void manyStatements(Connection connection, Sightings sightings) throws SQLException {
        int rows = 0;
        for (int i = 0; i < 2000; i++) {
            // Never closed: only what nobody refers to any more may go.
            Statement statement = connection.createStatement();
            ResultSet result = statement.executeQuery(ROWS);
            rows += result.next() ? 1 : 0;
        }
        sightings.see("rows", rows);
    }

    /** A text that runs until it is stopped, on either database. */
    private static String endless() {
        String crossed =
                "item a, item b, item c, item d, item e, item f, item g, item h, item i, item j, item k, item l";
        return "SELECT count(*) FROM " + crossed + ", item m, item n, item o, item p, item q, item r, item s, item t";
    }

    private interface Answering {
        Object answer() throws Exception;
    }

    private static String answer(Answering answering) {
        try {
            return JdbcOutcome.ofValue(answering.answer());
        } catch (Exception failure) {
            return JdbcOutcome.ofFailure(failure);
        }
    }

    /** Only what kind of failure it is: which of a driver's messages is last depends on the moment. */
    private static String kind(Answering answering) {
        try {
            answering.answer();
            return "passed";
        } catch (Exception failure) {
            return failure.getClass() + " " + (failure instanceof SQLException sql ? sql.getSQLState() : "");
        }
    }
}
