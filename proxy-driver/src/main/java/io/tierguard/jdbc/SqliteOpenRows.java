package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Rows of SQLite that an INSERT, UPDATE or DELETE with RETURNING still has to give: until they are read or closed a transaction may begin
 * and not end, and no savepoint can be set.
 */
final class SqliteOpenRows {
    private static final String PROBE = "tierguard_probe";

    private SqliteOpenRows() {}

    /** Whether there are any on a connection; asked by a savepoint that is released at once, which leaves all as it was. */
    static boolean areThere(Connection real) throws SQLException {
        try {
            RunSavepoint.run(real, "SAVEPOINT " + PROBE);
        } catch (SQLException refused) {
            if (String.valueOf(refused.getMessage()).contains("SQL statements in progress")) {
                return true;
            }
            throw refused;
        }
        RunSavepoint.run(real, "RELEASE " + PROBE);
        return false;
    }
}
