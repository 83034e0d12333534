package io.tierguard.jdbc;

import java.sql.SQLException;
import java.util.Map;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/** A real driver's data source for pools, whose connections come out guarded. Safe for use by many threads if that one is. */
public final class TierguardConnectionPoolDataSource extends GuardingDataSource implements ConnectionPoolDataSource {
    private final ConnectionPoolDataSource real;

    /**
     * A guarded data source.
     *
     * @param real gives the real driver's connections
     * @param settings by their keys, as {@code tierguard.policy}
     * @throws SQLException if a key is not the one of a setting
     */
    public TierguardConnectionPoolDataSource(ConnectionPoolDataSource real, Map<String, String> settings)
            throws SQLException {
        super(settings);
        this.real = real;
    }

    @Override
    ConnectionPoolDataSource real() {
        return real;
    }

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        admitConnecting();
        return new GuardedPooledConnection(this, real.getPooledConnection());
    }

    @Override
    public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password) throws SQLException {
        admitConnecting();
        return new GuardedPooledConnection(this, real.getPooledConnection(user, password));
    }
}
