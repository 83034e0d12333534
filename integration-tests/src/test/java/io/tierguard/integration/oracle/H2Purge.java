package io.tierguard.integration.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** A trigger of H2 that deletes what is protected. */
public final class H2Purge implements Trigger {
    @Override
    public void fire(Connection connection, @Nullable Object[] before, @Nullable Object[] after) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM public.ledger_entry");
        }
    }
}
