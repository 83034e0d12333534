package io.tierguard.schema;

import java.sql.Connection;
import java.sql.SQLException;

/** Ends a transaction that queries of ours have begun on a connection of the application, without a trace for it. */
public final class OwnTransaction {
    private OwnTransaction() {}

    /**
     * Rolls back, if need be twice: pgjdbc may have a name on the server for its ROLLBACK, and notices only by a failure that the
     * application has discarded it.
     */
    public static void undo(Connection real) throws SQLException {
        try {
            real.rollback();
        } catch (SQLException first) {
            try {
                real.rollback();
            } catch (SQLException second) {
                first.addSuppressed(second);
                throw first;
            }
        }
    }
}
