package io.tierguard.integration;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs that give keys and counts, end a transaction, or are ended from outside. */
final class JdbcRunScenarios {
    private JdbcRunScenarios() {}

    static void generatedKeys(Connection connection, Sightings sightings) throws SQLException {
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
            sightings.see("none asked for", JdbcScenariosTest.answer(statement::getGeneratedKeys));
        }
    }

    static void largeCounts(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            sightings.see("count", statement.executeLargeUpdate("UPDATE item SET name = name"));
            sightings.see("again", statement.getLargeUpdateCount());
            statement.addBatch("UPDATE item SET name = name");
            statement.addBatch("DELETE FROM item WHERE id = 2");
            sightings.see("batch", JdbcOutcome.ofValue(statement.executeLargeBatch()));
        }
    }

    static void callables(Connection connection, Sightings sightings) throws SQLException {
        try (CallableStatement call = connection.prepareCall("{? = call abs(?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, -4);
            sightings.see("run", call.execute());
            sightings.see("out", call.getInt(1) + " " + call.wasNull());
            sightings.see("by name", JdbcScenariosTest.answer(() -> call.getInt("result")));
        }
    }

    static void savepoints(Connection connection, Sightings sightings) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE item SET name = 'first' WHERE id = 1");
            Savepoint savepoint = connection.setSavepoint("between");
            statement.executeUpdate("UPDATE item SET name = 'second' WHERE id = 1");
            connection.rollback(savepoint);
            connection.commit();
            sightings.see("released", JdbcScenariosTest.answer(() -> {
                connection.releaseSavepoint(savepoint);
                return true;
            }));
        }
    }

    static void modes(Connection connection, Sightings sightings) throws SQLException {
        connection.setReadOnly(true);
        try (Statement statement = connection.createStatement()) {
            sightings.see(
                    "write",
                    JdbcScenariosTest.answer(() -> statement.executeUpdate("UPDATE item SET name = 'w' WHERE id = 1")));
        }
        connection.setReadOnly(false);
        for (int isolation : new int[] {1, 2, 4, 8, 3}) {
            sightings.see("isolation", JdbcScenariosTest.answer(() -> {
                connection.setTransactionIsolation(isolation);
                return connection.getTransactionIsolation();
            }));
        }
        sightings.see("network", JdbcScenariosTest.answer(() -> {
            connection.setNetworkTimeout(Runnable::run, 9000);
            return connection.getNetworkTimeout();
        }));
        sightings.see("client", JdbcScenariosTest.answer(() -> {
            connection.setClientInfo("ApplicationName", "scenario");
            return connection.getClientInfo("ApplicationName");
        }));
        sightings.see("unknown client info", JdbcScenariosTest.answer(() -> {
            connection.setClientInfo("nothing", "x");
            return connection.getClientInfo().size();
        }));
        sightings.see("types", connection.getTypeMap());
    }

    static void queryTimeout(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            sightings.see("timeout", JdbcScenariosTest.kind(() -> statement.executeQuery(endless())));
            statement.setQueryTimeout(0);
            sightings.see(
                    "again", statement.executeQuery(JdbcScenariosTest.ROWS).next());
        }
    }

    static void cancelling(Connection connection, Sightings sightings) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Statement statement = connection.createStatement()) {
            Future<String> result = other.submit(() -> JdbcScenariosTest.kind(() -> statement.executeQuery(endless())));
            while (!result.isDone()) {
                TimeUnit.MILLISECONDS.sleep(50);
                statement.cancel();
            }
            sightings.see("cancelled", result.get());
            sightings.see(
                    "again",
                    JdbcScenariosTest.answer(() -> connection
                            .createStatement()
                            .executeQuery(JdbcScenariosTest.ROWS)
                            .next()));
        } finally {
            other.shutdownNow();
        }
    }

    static void interruption(Connection connection, Sightings sightings) throws SQLException {
        Thread.currentThread().interrupt();
        try (Statement statement = connection.createStatement()) {
            sightings.see(
                    "interrupted",
                    JdbcScenariosTest.answer(
                            () -> statement.executeQuery(JdbcScenariosTest.ROWS).next()));
        } finally {
            sightings.see("still", Thread.interrupted());
        }
    }

    static void aborting(Connection connection, Sightings sightings) throws SQLException {
        Statement statement = connection.createStatement();
        connection.abort(Runnable::run);
        sightings.see("closed", connection.isClosed() + " " + connection.isValid(1));
        sightings.see("statement", JdbcScenariosTest.kind(() -> statement.executeQuery(JdbcScenariosTest.ROWS)));
        connection.abort(Runnable::run);
    }

    /** A text that runs until it is stopped, on either database. */
    private static String endless() {
        String crossed =
                "item a, item b, item c, item d, item e, item f, item g, item h, item i, item j, item k, item l";
        return "SELECT count(*) FROM " + crossed + ", item m, item n, item o, item p, item q, item r, item s, item t";
    }
}
