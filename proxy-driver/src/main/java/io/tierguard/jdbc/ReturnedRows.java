package io.tierguard.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a change gives back on PostgreSQL ({@code RETURNING}) where they are asked for as generated keys, with which alone
 * pgjdbc also tells how many rows were changed: they are the statement's result then, as they are without.
 */
final class ReturnedRows {
    private final Statement real;
    private @Nullable ResultSet current;

    ReturnedRows(Statement real) {
        this.real = real;
    }

    /** Takes the rows of what has just run; null where none come back. */
    @Nullable
    ResultSet take() throws SQLException {
        ResultSet keys = real.getGeneratedKeys();
        if (keys == null || keys.getMetaData().getColumnCount() == 0) {
            return null;
        }
        keys.setFetchSize(real.getFetchSize()); // they were fetched as a whole
        current = keys;
        return keys;
    }

    /** Those that are the statement's result now; null where they are not, or none came back. */
    @Nullable
    ResultSet current() {
        return current;
    }

    /** Something else is the statement's result. */
    void forget() {
        current = null;
    }

    /** The next result is asked for. */
    void pass(boolean closes) throws SQLException {
        ResultSet rows = current;
        current = null;
        if (rows != null && closes) {
            rows.close();
        }
    }
}
