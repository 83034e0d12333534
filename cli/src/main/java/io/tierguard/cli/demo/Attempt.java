package io.tierguard.cli.demo;

import io.tierguard.policy.model.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that a component tries.
 *
 * @param shown the SQL, or the call, as the audience sees it
 * @param action what is done
 * @param reasons why it must be denied, any of these first; empty when it must pass
 */
record Attempt(String shown, Action action, Set<Reason> reasons) {
    Attempt {
        reasons = Set.copyOf(reasons);
    }

    /** Something done with a connection. */
    @FunctionalInterface
    interface Action {
        /** Does it, and says what came of it. */
        String on(Connection connection) throws SQLException;
    }

    /** A statement that must pass. */
    static Attempt passing(String sql) {
        return new Attempt(sql, connection -> execute(connection, sql), Set.of());
    }

    /** A statement that must be denied. */
    static Attempt denied(Reason reason, String sql) {
        return denied(reason, sql, connection -> execute(connection, sql));
    }

    /** A call that must be denied. */
    static Attempt denied(Reason reason, String shown, Action action) {
        return new Attempt(shown, action, Set.of(reason));
    }

    /** A query with a write inside, which the guard may read through or refuse as unreadable. */
    static Attempt deniedQuery(String sql) {
        return new Attempt(
                sql, connection -> execute(connection, sql), Set.of(Reason.IMMUTABLE_TIER, Reason.UNREADABLE_SQL));
    }

    /** Whether it must end like this; {@code reason} is empty when it passed. */
    boolean mustEndWith(Optional<Reason> reason) {
        return reason.map(reasons::contains).orElse(reasons.isEmpty());
    }

    private static String execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return counted(statement.getUpdateCount());
            }
            int rows = 0;
            try (ResultSet results = statement.getResultSet()) {
                while (results.next()) {
                    rows++;
                }
            }
            return counted(rows);
        }
    }

    private static String counted(int rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }
}
