package io.tierguard.jdbc;

import java.sql.SQLException;
import java.util.Map;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * A real driver's data source for distributed transactions, whose connections come out guarded. Safe for use by many
 * threads if that one is.
 */
public final class TierguardXADataSource extends GuardingPoolSource<XADataSource> implements XADataSource {

    /** A data source to be set up as a bean: its URL, and the settings that no other source gives. */
    public TierguardXADataSource() {
        super(XADataSource.class);
    }

    /**
     * A guarded data source.
     *
     * @param real gives the real driver's connections
     * @param settings by their keys, as {@code tierguard.policy}
     * @throws SQLException if a key is not the one of a setting
     */
    public TierguardXADataSource(XADataSource real, Map<String, String> settings) throws SQLException {
        super(XADataSource.class, real, settings);
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return new GuardedXAConnection(this, admitted().getXAConnection());
    }

    @Override
    public XAConnection getXAConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return new GuardedXAConnection(this, admitted().getXAConnection(user, password));
    }
}
