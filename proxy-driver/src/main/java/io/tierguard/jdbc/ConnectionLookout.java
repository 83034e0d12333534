package io.tierguard.jdbc;

import io.tierguard.guard.GuardSession;
import io.tierguard.guard.SchemaLookout;
import io.tierguard.guard.Transactions;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.QuietReading;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks by the application's own connection where that disturbs nothing, and else by one of its own.
 *
 * @param isAskedAside whether its own is the better one at any time
 */
record ConnectionLookout(Connection real, LiveSchema schema, boolean isAskedAside) implements SchemaLookout {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLookout.class);

    @Override
    public void look(GuardSession session) {
        try {
            if (isAskedAside) {
                schema.refreshAside();
            }
            if (real.getAutoCommit() && !session.mayHaveBegun()) {
                schema.refresh(real);
            } else {
                schema.refreshAside();
            }
        } catch (SQLException unreadable) {
            schema.toBeRead(); // what could not be read is still to be read
            schema.refreshAside(); // in whose session nothing is set
            LOG.debug("the schema stays as it was", unreadable);
        }
    }

    @Override
    public Optional<Beginning> lookBack(GuardSession session) {
        try {
            boolean isOpen = session.transaction() != Transactions.State.NONE
                    && (!real.getAutoCommit() || session.mayHaveBegun());
            return isOpen && real.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED
                    ? Optional.of(readBack())
                    : Optional.empty();
        } catch (SQLException unreadable) {
            LOG.debug("what the transaction reads stays unknown", unreadable);
            return Optional.empty();
        }
    }

    private Beginning readBack() throws SQLException {
        schema.toBeRead(); // others may have changed it within the moment for which a look is not worth it
        schema.refreshAside();
        RunSavepoint before = RunSavepoint.setByText(real);
        try {
            QuietReading.untilRolledBack(real);
            return new Beginning(schema.within(real), schema.isOlderThan(real));
        } finally {
            before.rollBack();
            before.release();
        }
    }
}
