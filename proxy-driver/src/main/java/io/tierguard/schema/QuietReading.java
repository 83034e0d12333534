package io.tierguard.schema;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Reads a catalog without waiting long for anybody: a migration that holds the lock on a view holds it for as long as it takes,
 * and where it is the application's own, whoever waits for it waits for itself. Nor does the server prepare for more than there
 * is to read.
 */
public final class QuietReading {
    /**
     * The planner expects of a catalog's joins a multiple of what is there. By that it would compile the queries, which takes
     * seconds where they run for milliseconds, and fill tables of many megabytes with zeros. How long a statement of the application
     * may take is no limit of the reading, or whoever sets it to next to nothing would keep the schema unread.
     */
    private static final String LIGHT =
            "pg_catalog.set_config('statement_timeout', '0', true), pg_catalog.set_config('jit', 'off', true), pg_catalog.set_config('work_mem', '1MB', true),"
                    + " CASE WHEN " + ForeignOperators.ARE_THERE
                    + " THEN pg_catalog.set_config('search_path', 'pg_catalog', true) END";

    /** What is read. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws SQLException;
    }

    private QuietReading() {}

    /** Reads through a connection outside any transaction of the application; its own ends with the reading, or with who asked. */
    static <T> T through(Connection connection, Dialect dialect, Reading<T> reading) throws SQLException {
        return switch (dialect) {
            case H2, MYSQL, MARIADB, SQLITE, ANSI, ORACLE, SQLSERVER -> reading.read();
            case POSTGRESQL -> inTransaction(connection, reading);
        };
    }

    /**
     * Has the server read lightly inside an open transaction of the application, until that is rolled back to a savepoint set
     * before.
     */
    public static void untilRolledBack(Connection connection) throws SQLException {
        try (Statement statement = OwnStatement.of(connection)) {
            statement.execute("SELECT " + LIGHT);
        }
    }

    private static <T> T inTransaction(Connection connection, Reading<T> reading) throws SQLException {
        if (!connection.getAutoCommit()) {
            // A branch of a distributed transaction may be open, which would keep the setting and break with the
            // reading.
            return plainly(connection, reading);
        }
        try {
            connection.setAutoCommit(false);
        } catch (SQLException inBranch) {
            return plainly(connection, reading); // a branch lets nobody control its transaction
        }
        try (Statement statement = OwnStatement.of(connection)) {
            // Of this transaction alone, because the session is the application's, or behind a pooler anybody's.
            statement.execute("SELECT pg_catalog.set_config('lock_timeout', '250ms', true), " + LIGHT);
            return reading.read();
        } finally {
            try {
                OwnTransaction.undo(connection);
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** Reads under the session's own settings, where nothing can be found by its path that the queries do not mean. */
    private static <T> T plainly(Connection connection, Reading<T> reading) throws SQLException {
        ForeignOperators.refuse(connection);
        return reading.read();
    }
}
