package io.tierguard.jdbc;

import io.tierguard.schema.OwnStatement;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What {@code setReadOnly} means on PostgreSQL where each statement is a transaction of its own: by default pgjdbc takes no notice of it
 * there, and yet begins as read only each transaction that it is told to begin, as the short one of ours.
 */
final class ReadOnlyHint {
    private ReadOnlyHint() {}

    /**
     * Whether a transaction of ours must be {@link #lift lifted} to write what a statement alone would: the server says what that may, by
     * what the driver, a text or an administrator has set.
     */
    static boolean isIdle(Connection real, Dialect dialect) throws SQLException {
        if (dialect != Dialect.POSTGRESQL || !real.isReadOnly()) {
            return false;
        }
        try (Statement statement = OwnStatement.of(real);
                ResultSet row = statement.executeQuery("SHOW transaction_read_only")) {
            return row.next() && "off".equals(row.getString(1));
        }
    }

    /** Lets the transaction write that has not begun yet; what the connection says of itself stays as it is. */
    static void lift(Connection real) throws SQLException {
        try (Statement statement = OwnStatement.of(real)) {
            statement.execute("SET TRANSACTION READ WRITE");
        }
    }
}
