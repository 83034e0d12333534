package io.tierguard.integration;

import static io.tierguard.integration.JdbcSubject.add;

import io.tierguard.integration.JdbcSubject.Ending;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;

/** Statements of all kinds. */
final class JdbcStatementSubjects {
    private JdbcStatementSubjects() {}

    static void addTo(List<JdbcSubject> all, TestDatabase database) {
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
                    Statement statement =
                            connection.createStatement(JdbcResultSubjects.SCROLL, JdbcResultSubjects.UPDATE);
                    statement.execute(JdbcResultSubjects.ROWS);
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
        addCalls(all, database);
    }

    private static void addCalls(List<JdbcSubject> all, TestDatabase database) {
        String call = callOf(database);
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
        if (database instanceof MySqlDatabase) {
            add(
                    all,
                    "a call with results",
                    CallableStatement.class,
                    connection -> {
                        CallableStatement statement = connection.prepareCall("{call two_lists()}");
                        statement.execute();
                        return statement;
                    },
                    Ending.NOTHING,
                    Ending.ITSELF);
        }
    }

    /** A call of a function with one number. */
    static String callOf(TestDatabase database) {
        return switch (database.dialect()) {
            case ANSI, ORACLE, SQLSERVER -> throw new AssertionError("none is read so here");
            case H2 -> "CALL ABS(?)";
            case POSTGRESQL -> "{? = call abs(?)}";
            case MYSQL, MARIADB -> "{? = call negative(?)}";
            case SQLITE -> "SELECT abs(?)";
        };
    }
}
