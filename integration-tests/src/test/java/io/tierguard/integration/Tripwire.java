package io.tierguard.integration;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

/** A trigger of H2 that fails whatever would change its table, so that nothing changes it unseen by a later rollback. */
public final class Tripwire implements Trigger {
    static final String MESSAGE = "a held row would change";

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
        throw new SQLException(MESSAGE, "P0001");
    }
}
