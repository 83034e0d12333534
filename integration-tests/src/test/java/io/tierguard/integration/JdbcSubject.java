package io.tierguard.integration;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;

/**
 * An object of a driver in a state of its life, made anew for each call.
 *
 * @param name what it is and how it stands
 * @param type the interface whose methods are called
 * @param opening makes it
 * @param ending what has ended before the call
 */
record JdbcSubject(String name, Class<?> type, Opening opening, Ending ending) {

    /** What has ended before the call. */
    enum Ending {
        NOTHING,
        ITSELF,
        ITS_PARENT,
        CONNECTION
    }

    /** How an object is reached from a connection. */
    interface Opening {
        Object open(Connection connection) throws SQLException;
    }

    private static final String ROWS =
            "SELECT id, name, amount, born, stamped, flag, data, words, numbers FROM item ORDER BY id";
    private static final int SCROLL = ResultSet.TYPE_SCROLL_INSENSITIVE;
    private static final int UPDATE = ResultSet.CONCUR_UPDATABLE;

    /** The objects of all interfaces, open and ended. */
    static List<JdbcSubject> all(TestDatabase database) {
        List<JdbcSubject> all = new ArrayList<>();
        connections(all);
        statements(all, database);
        results(all);
        values(all, database);
        return all;
    }

    /** Guarded objects as the drivers' own interfaces, where there are any. */
    static List<JdbcSubject> views(TestDatabase database) {
        List<JdbcSubject> views = new ArrayList<>();
        if (database == LiveDatabase.POSTGRESQL) {
            add(
                    views,
                    "a view of a connection",
                    PGConnection.class,
                    connection -> connection.unwrap(PGConnection.class),
                    Ending.NOTHING);
            add(
                    views,
                    "a view of a connection as pgjdbc's own classes have it",
                    BaseConnection.class,
                    connection -> connection.unwrap(BaseConnection.class),
                    Ending.NOTHING);
            add(
                    views,
                    "a view of a statement",
                    PGStatement.class,
                    connection -> connection.createStatement().unwrap(PGStatement.class),
                    Ending.NOTHING);
        }
        return views;
    }

    private static void connections(List<JdbcSubject> all) {
        add(all, "a connection", Connection.class, connection -> connection, Ending.NOTHING, Ending.ITSELF);
        add(
                all,
                "a connection in a transaction",
                Connection.class,
                connection -> {
                    connection.setAutoCommit(false);
                    try (Statement statement = connection.createStatement()) {
                        statement.executeUpdate("UPDATE item SET name = 'changed' WHERE id = 1");
                    }
                    return connection;
                },
                Ending.NOTHING);
        add(all, "metadata", DatabaseMetaData.class, Connection::getMetaData, Ending.NOTHING, Ending.CONNECTION);
        add(
                all,
                "a savepoint",
                Savepoint.class,
                connection -> {
                    connection.setAutoCommit(false);
                    return connection.setSavepoint();
                },
                Ending.NOTHING,
                Ending.CONNECTION);
        add(
                all,
                "a named savepoint",
                Savepoint.class,
                connection -> {
                    connection.setAutoCommit(false);
                    return connection.setSavepoint("here");
                },
                Ending.NOTHING);
    }

    private static void statements(List<JdbcSubject> all, TestDatabase database) {
        add(
                all,
                "a statement",
                Statement.class,
                Connection::createStatement,
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "a statement that has queried",
                Statement.class,
                connection -> {
                    Statement statement = connection.createStatement(SCROLL, UPDATE);
                    statement.execute(ROWS);
                    return statement;
                },
                Ending.NOTHING,
                Ending.ITSELF);
        add(
                all,
                "a statement that has inserted",
                Statement.class,
                connection -> {
                    Statement statement = connection.createStatement();
                    statement.executeUpdate("INSERT INTO item (name) VALUES ('new')", Statement.RETURN_GENERATED_KEYS);
                    return statement;
                },
                Ending.NOTHING);
        add(
                all,
                "a statement with a batch",
                Statement.class,
                connection -> {
                    Statement statement = connection.createStatement();
                    statement.addBatch("UPDATE item SET name = 'batched' WHERE id = 1");
                    statement.addBatch("DELETE FROM item WHERE id = 2");
                    return statement;
                },
                Ending.NOTHING);
        add(
                all,
                "a prepared query",
                PreparedStatement.class,
                connection -> connection.prepareStatement("SELECT id, name FROM item WHERE id = ? OR name = ?"),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "a prepared insert",
                PreparedStatement.class,
                connection -> {
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO item (id, name) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS);
                    insert.setInt(1, 50);
                    insert.setString(2, "fifty");
                    return insert;
                },
                Ending.NOTHING);
        add(
                all,
                "a prepared batch",
                PreparedStatement.class,
                connection -> {
                    PreparedStatement update = connection.prepareStatement("UPDATE item SET name = ? WHERE id = ?");
                    for (int id = 1; id <= 2; id++) {
                        update.setString(1, "batched");
                        update.setInt(2, id);
                        update.addBatch();
                    }
                    return update;
                },
                Ending.NOTHING);
        String call = switch (database.dialect()) {
            case ANSI -> throw new AssertionError("none is read so here");
            case H2 -> "CALL ABS(?)";
            case POSTGRESQL -> "{? = call abs(?)}";
            case MYSQL, MARIADB -> "{? = call negative(?)}";
            case SQLITE -> "SELECT abs(?)";
        };
        add(
                all,
                "a call",
                CallableStatement.class,
                connection -> connection.prepareCall(call),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "a call that has run",
                CallableStatement.class,
                connection -> {
                    CallableStatement statement = connection.prepareCall(call);
                    if (database != LiveDatabase.H2) {
                        statement.registerOutParameter(1, java.sql.Types.INTEGER);
                        statement.setInt(2, -7);
                    } else {
                        statement.setInt(1, -7);
                    }
                    statement.execute();
                    return statement;
                },
                Ending.NOTHING);
    }

    private static void results(List<JdbcSubject> all) {
        add(
                all,
                "rows",
                ResultSet.class,
                connection -> connection.createStatement().executeQuery(ROWS),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.ITS_PARENT,
                Ending.CONNECTION);
        add(
                all,
                "rows at the first",
                ResultSet.class,
                connection -> {
                    ResultSet rows = connection.createStatement().executeQuery(ROWS);
                    rows.next();
                    return rows;
                },
                Ending.NOTHING);
        add(
                all,
                "rows that scroll and change",
                ResultSet.class,
                connection -> at(connection.createStatement(SCROLL, UPDATE).executeQuery(ROWS), 2),
                Ending.NOTHING,
                Ending.ITSELF);
        add(
                all,
                "rows with a change",
                ResultSet.class,
                connection -> {
                    ResultSet rows =
                            at(connection.createStatement(SCROLL, UPDATE).executeQuery(ROWS), 2);
                    rows.updateString("name", "changed");
                    return rows;
                },
                Ending.NOTHING);
        add(
                all,
                "rows at the new one",
                ResultSet.class,
                connection -> {
                    ResultSet rows =
                            at(connection.createStatement(SCROLL, UPDATE).executeQuery(ROWS), 2);
                    rows.moveToInsertRow();
                    rows.updateInt(1, 60);
                    return rows;
                },
                Ending.NOTHING);
        add(
                all,
                "rows behind the last",
                ResultSet.class,
                connection -> {
                    ResultSet rows = connection.createStatement(SCROLL, UPDATE).executeQuery(ROWS);
                    rows.afterLast();
                    return rows;
                },
                Ending.NOTHING);
        add(
                all,
                "rows of metadata",
                ResultSet.class,
                connection -> connection.getMetaData().getTableTypes(),
                Ending.NOTHING,
                Ending.CONNECTION);
        add(
                all,
                "generated keys",
                ResultSet.class,
                connection -> {
                    Statement statement = connection.createStatement();
                    statement.executeUpdate("INSERT INTO item (name) VALUES ('new')", Statement.RETURN_GENERATED_KEYS);
                    ResultSet keys = statement.getGeneratedKeys();
                    keys.next();
                    return keys;
                },
                Ending.NOTHING);
        add(
                all,
                "metadata of rows",
                ResultSetMetaData.class,
                connection -> connection.createStatement().executeQuery(ROWS).getMetaData(),
                Ending.NOTHING,
                Ending.CONNECTION);
        add(
                all,
                "metadata of a prepared one",
                ResultSetMetaData.class,
                connection -> connection
                        .prepareStatement("SELECT name FROM item WHERE id = ?")
                        .getMetaData(),
                Ending.NOTHING);
        add(
                all,
                "metadata of parameters",
                ParameterMetaData.class,
                connection -> connection
                        .prepareStatement("SELECT name FROM item WHERE id = ?")
                        .getParameterMetaData(),
                Ending.NOTHING,
                Ending.CONNECTION);
    }

    private static void values(List<JdbcSubject> all, TestDatabase database) {
        if (!(database instanceof MySqlDatabase)) {
            arrays(all);
        }
        if (database == LiveDatabase.POSTGRESQL) {
            largeObjects(all);
        } else {
            locators(all);
        }
        add(all, "XML made", SQLXML.class, Connection::createSQLXML, Ending.NOTHING, Ending.ITSELF);
        add(
                all,
                "XML filled",
                SQLXML.class,
                connection -> {
                    SQLXML xml = connection.createSQLXML();
                    xml.setString("<a>b</a>");
                    return xml;
                },
                Ending.NOTHING,
                Ending.ITSELF);
    }

    private static void arrays(List<JdbcSubject> all) {
        add(
                all,
                "an array of a row",
                Array.class,
                connection -> first(connection).getArray("numbers"),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "an array made",
                Array.class,
                connection -> connection.createArrayOf("INTEGER", new Object[] {4, 5}),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "rows of an array",
                ResultSet.class,
                connection -> first(connection).getArray("numbers").getResultSet(),
                Ending.NOTHING);
    }

    private static void locators(List<JdbcSubject> all) {
        add(
                all,
                "a blob of a row",
                Blob.class,
                connection -> first(connection).getBlob("data"),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "a clob of a row",
                Clob.class,
                connection -> first(connection).getClob("words"),
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "an nclob of a row",
                NClob.class,
                connection -> first(connection).getNClob("words"),
                Ending.NOTHING,
                Ending.ITSELF);
        add(all, "a blob made", Blob.class, Connection::createBlob, Ending.NOTHING, Ending.ITSELF);
        add(all, "a clob made", Clob.class, Connection::createClob, Ending.NOTHING, Ending.ITSELF);
    }

    private static void largeObjects(List<JdbcSubject> all) {
        add(
                all,
                "a large object of a row",
                Blob.class,
                connection -> {
                    connection.setAutoCommit(false);
                    ResultSet rows = connection.createStatement().executeQuery("SELECT large FROM item WHERE id = 1");
                    rows.next();
                    return rows.getBlob(1);
                },
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
        add(
                all,
                "a large text of a row",
                Clob.class,
                connection -> {
                    connection.setAutoCommit(false);
                    ResultSet rows = connection.createStatement().executeQuery("SELECT large FROM item WHERE id = 1");
                    rows.next();
                    return rows.getClob(1);
                },
                Ending.NOTHING,
                Ending.ITSELF,
                Ending.CONNECTION);
    }

    private static ResultSet first(Connection connection) throws SQLException {
        ResultSet rows = connection.createStatement().executeQuery(ROWS);
        rows.next();
        return rows;
    }

    private static ResultSet at(ResultSet rows, int row) throws SQLException {
        rows.absolute(row);
        return rows;
    }

    private static void add(List<JdbcSubject> all, String name, Class<?> type, Opening opening, Ending... endings) {
        for (Ending ending : endings) {
            all.add(new JdbcSubject(name, type, opening, ending));
        }
    }

    /** The object, with whatever has to end ended. */
    Object open(Connection connection) throws SQLException {
        Object subject = opening.open(connection);
        switch (ending) {
            case NOTHING -> {}
            case ITSELF -> end(subject);
            case ITS_PARENT -> ((ResultSet) subject).getStatement().close();
            case CONNECTION -> connection.close();
        }
        return subject;
    }

    private static void end(@Nullable Object subject) throws SQLException {
        if (subject instanceof Array array) {
            array.free();
        } else if (subject instanceof Blob blob) {
            blob.free();
        } else if (subject instanceof Clob clob) {
            clob.free();
        } else if (subject instanceof SQLXML xml) {
            xml.free();
        } else if (subject instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (SQLException failure) {
                throw failure;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
