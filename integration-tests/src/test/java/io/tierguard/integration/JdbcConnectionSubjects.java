package io.tierguard.integration;

import static io.tierguard.integration.JdbcSubject.add;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcPreparedStatement;
import com.mysql.cj.jdbc.JdbcStatement;
import io.tierguard.integration.JdbcSubject.Ending;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;

/** Connections, their metadata and savepoints, and the views of connections and statements. */
final class JdbcConnectionSubjects {
    private JdbcConnectionSubjects() {}

    static void addTo(List<JdbcSubject> all) {
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
        if (database instanceof MySqlDatabase && database.driver() instanceof com.mysql.cj.jdbc.Driver) {
            add(
                    views,
                    "a view of a connection",
                    JdbcConnection.class,
                    connection -> connection.unwrap(JdbcConnection.class),
                    Ending.NOTHING);
            add(
                    views,
                    "a view of a statement",
                    JdbcStatement.class,
                    connection -> connection.createStatement().unwrap(JdbcStatement.class),
                    Ending.NOTHING);
            add(
                    views,
                    "a view of a prepared statement",
                    JdbcPreparedStatement.class,
                    connection -> connection
                            .prepareStatement("SELECT id FROM item WHERE id = ?")
                            .unwrap(JdbcPreparedStatement.class),
                    Ending.NOTHING);
        }
        return views;
    }
}
