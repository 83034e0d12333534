package io.tierguard.jdbc;

import java.sql.SQLException;
import java.util.Map;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/** A real driver's data source for pools, whose connections come out guarded. Safe for use by many threads if that one is. */
public final class TierguardConnectionPoolDataSource extends GuardingPoolSource<ConnectionPoolDataSource>
        implements ConnectionPoolDataSource {

    /** A data source to be set up as a bean: its URL, and the settings that no other source gives. */
    public TierguardConnectionPoolDataSource() {
        super(ConnectionPoolDataSource.class);
    }

    /**
     * A guarded data source.
     *
     * @param real gives the real driver's connections
     * @param settings by their keys, as {@code tierguard.policy}
     * @throws SQLException if a key is not the one of a setting
     */
    public TierguardConnectionPoolDataSource(ConnectionPoolDataSource real, Map<String, String> settings)
            throws SQLException {
        super(ConnectionPoolDataSource.class, real, settings);
    }

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return new GuardedPooledConnection(this, admitted().getPooledConnection());
    }

    @Override
    public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return new GuardedPooledConnection(this, admitted().getPooledConnection(user, password));
    }
}
