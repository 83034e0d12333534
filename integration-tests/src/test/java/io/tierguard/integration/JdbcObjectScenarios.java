package io.tierguard.integration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** The lives of statements and result sets over several calls. */
final class JdbcObjectScenarios {
    private JdbcObjectScenarios() {}

    static void identities(Connection connection, Sightings sightings) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(JdbcScenariosTest.ROWS);
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

    static void endsOfParents(Connection connection, Sightings sightings) throws SQLException {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(JdbcScenariosTest.ROWS);
        PreparedStatement prepared = connection.prepareStatement(JdbcScenariosTest.ROWS);
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

    static void closeOnCompletion(Connection connection, Sightings sightings) throws SQLException {
        Statement statement = connection.createStatement();
        sightings.see("before", statement.isCloseOnCompletion());
        statement.closeOnCompletion();
        ResultSet rows = statement.executeQuery(JdbcScenariosTest.ROWS);
        rows.next();
        sightings.see("open", statement.isClosed() + " " + statement.isCloseOnCompletion());
        rows.close();
        sightings.see("completed", statement.isClosed());
    }

    static void closeTwice(Connection connection, Sightings sightings) throws SQLException {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(JdbcScenariosTest.ROWS);
        rows.close();
        rows.close();
        statement.close();
        statement.close();
        connection.close();
        connection.close();
        sightings.see("closed", rows.isClosed() + " " + statement.isClosed() + " " + connection.isClosed());
    }

    static void severalResults(Connection connection, Sightings sightings) throws SQLException {
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
                    sightings.see("more " + mode, JdbcScenariosTest.answer(() -> statement.getMoreResults(mode)));
                    sightings.see("count", JdbcScenariosTest.answer(statement::getUpdateCount));
                    sightings.see("rows", JdbcScenariosTest.answer(() -> statement.getResultSet() != null));
                }
                sightings.see("first closed", JdbcScenariosTest.answer(first::isClosed));
            }
        }
    }

    static void executingAgainCloses(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet first = statement.executeQuery(JdbcScenariosTest.ROWS);
            ResultSet second = statement.executeQuery(JdbcScenariosTest.ROWS);
            sightings.see("first", first.isClosed());
            statement.executeUpdate("UPDATE item SET name = name");
            sightings.see("second", second.isClosed());
            sightings.see("none", statement.getResultSet() == null);
        }
    }

    static void holdability(Connection connection, Sightings sightings) throws SQLException {
        connection.setAutoCommit(false);
        for (int holdability : new int[] {ResultSet.HOLD_CURSORS_OVER_COMMIT, ResultSet.CLOSE_CURSORS_AT_COMMIT}) {
            try (Statement statement =
                    connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, holdability)) {
                statement.setFetchSize(1);
                ResultSet rows = statement.executeQuery(JdbcScenariosTest.ROWS);
                rows.next();
                connection.commit();
                sightings.see(
                        "after the commit",
                        JdbcScenariosTest.answer(rows::isClosed) + " " + JdbcScenariosTest.answer(rows::next));
            }
        }
        connection.rollback();
    }

    static void scrolling(Connection connection, Sightings sightings) throws SQLException {
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
            sightings.see("updated", rows.getString("name") + " " + JdbcScenariosTest.answer(rows::rowUpdated));
            rows.moveToInsertRow();
            rows.updateInt("id", 71);
            rows.updateString("name", "new");
            rows.insertRow();
            rows.moveToCurrentRow();
            sightings.see("current", rows.getInt(1));
            rows.last();
            rows.deleteRow();
            sightings.see("deleted", JdbcScenariosTest.answer(rows::rowDeleted));
        }
    }

    static void streaming(Connection connection, Sightings sightings) throws SQLException {
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

    static void maxRows(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(2);
            ResultSet rows = statement.executeQuery(JdbcScenariosTest.ROWS);
            sightings.see("two", rows.next() + " " + rows.next() + " " + rows.next());
            sightings.see("set", JdbcScenariosTest.answer(() -> {
                statement.setLargeMaxRows(1);
                return true;
            }));
            sightings.see("most", JdbcScenariosTest.answer(statement::getLargeMaxRows) + " " + statement.getMaxRows());
        }
    }

    static void quoting(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : List.of("plain", "it's", "Mixed", "with \"quotes\"", "", "1st", "select")) {
                sightings.see(
                        "quoted",
                        JdbcScenariosTest.answer(() -> statement.enquoteLiteral(text))
                                + JdbcScenariosTest.answer(() -> statement.enquoteNCharLiteral(text))
                                + JdbcScenariosTest.answer(() -> statement.enquoteIdentifier(text, false))
                                + JdbcScenariosTest.answer(() -> statement.enquoteIdentifier(text, true))
                                + JdbcScenariosTest.answer(() -> statement.isSimpleIdentifier(text)));
            }
        }
    }

    static void wrappers(Connection connection, Sightings sightings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Object object : new Object[] {connection, statement, statement.executeQuery(JdbcScenariosTest.ROWS)}) {
                java.sql.Wrapper wrapper = (java.sql.Wrapper) object;
                sightings.see("own class", wrapper.isWrapperFor(object.getClass()));
                sightings.see("itself", wrapper.unwrap(object.getClass()) == object);
                sightings.see("another", wrapper.isWrapperFor(StringBuilder.class));
                sightings.see("not another", JdbcScenariosTest.answer(() -> wrapper.unwrap(StringBuilder.class)));
            }
        }
    }

    static void manyStatements(Connection connection, Sightings sightings) throws SQLException {
        int rows = 0;
        for (int i = 0; i < 2000; i++) {
            // Never closed: only what nobody refers to any more may go.
            Statement statement = connection.createStatement();
            ResultSet result = statement.executeQuery(JdbcScenariosTest.ROWS);
            rows += result.next() ? 1 : 0;
        }
        sightings.see("rows", rows);
    }
}
