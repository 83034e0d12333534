package io.tierguard.integration;

import static io.tierguard.integration.JdbcSubject.add;

import io.tierguard.integration.JdbcSubject.Ending;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;

/** Result sets and metadata. */
final class JdbcResultSubjects {
    static final String ROWS =
            "SELECT id, name, amount, born, stamped, flag, data, words, numbers FROM item ORDER BY id";
    static final int SCROLL = ResultSet.TYPE_SCROLL_INSENSITIVE;
    static final int UPDATE = ResultSet.CONCUR_UPDATABLE;

    private JdbcResultSubjects() {}

    static void addTo(List<JdbcSubject> all, TestDatabase database) {
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
        addOthers(all, database);
        addMetadata(all, database);
    }

    private static void addOthers(List<JdbcSubject> all, TestDatabase database) {
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
                "rows fetched one by one",
                ResultSet.class,
                connection -> {
                    connection.setAutoCommit(false);
                    Statement statement = connection.createStatement();
                    statement.setFetchSize(1);
                    ResultSet rows = statement.executeQuery(ROWS);
                    rows.next();
                    return rows;
                },
                Ending.NOTHING);
        if (database == LiveDatabase.POSTGRESQL) {
            add(
                    all,
                    "rows of a cursor",
                    ResultSet.class,
                    connection -> {
                        connection.setAutoCommit(false);
                        CallableStatement call = connection.prepareCall("{? = call items()}");
                        call.registerOutParameter(1, Types.REF_CURSOR);
                        call.execute();
                        return call.getObject(1);
                    },
                    Ending.NOTHING,
                    Ending.ITSELF,
                    Ending.ITS_PARENT);
        }
        if (database == LiveDatabase.H2) {
            add(
                    all,
                    "a row as a value",
                    ResultSet.class,
                    connection -> {
                        ResultSet rows = connection.createStatement().executeQuery("SELECT ROW(1, 'a')");
                        rows.next();
                        return rows.getObject(1);
                    },
                    Ending.NOTHING,
                    Ending.ITSELF);
        }
        if (database instanceof MySqlDatabase) {
            add(
                    all,
                    "rows of a call",
                    ResultSet.class,
                    connection -> {
                        CallableStatement call = connection.prepareCall("{call two_lists()}");
                        ResultSet rows = call.executeQuery();
                        rows.next();
                        return rows;
                    },
                    Ending.NOTHING,
                    Ending.ITS_PARENT);
        }
    }

    private static void addMetadata(List<JdbcSubject> all, TestDatabase database) {
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
        String call = database == LiveDatabase.POSTGRESQL ? "{call lower(?)}" : JdbcStatementSubjects.callOf(database);
        add(
                all,
                "metadata of a call's parameters",
                ParameterMetaData.class,
                connection -> connection.prepareCall(call).getParameterMetaData(),
                Ending.NOTHING);
    }

    static ResultSet first(Connection connection) throws SQLException {
        ResultSet rows = connection.createStatement().executeQuery(ROWS);
        rows.next();
        return rows;
    }

    private static ResultSet at(ResultSet rows, int row) throws SQLException {
        rows.absolute(row);
        return rows;
    }
}
