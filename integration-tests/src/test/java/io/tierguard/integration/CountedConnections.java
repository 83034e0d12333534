package io.tierguard.integration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives connections past the guard and counts them. */
final class CountedConnections extends BareDataSource {
    final AtomicInteger made = new AtomicInteger();
    private final GuardedTables tables;

    CountedConnections(GuardedTables tables) {
        this.tables = tables;
    }

    @Override
    public Connection getConnection() throws SQLException {
        made.incrementAndGet();
        return tables.connectPastTheGuard();
    }
}
