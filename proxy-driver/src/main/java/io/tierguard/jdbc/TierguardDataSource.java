package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKeyBuilder;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose connections are guarded: around another data source, or as a bean that names a URL itself.
 *
 * <p>Each connection is asked anew who it is, which costs a query: put a pool around this data source, not inside of it.
 * Safe for use by many threads if the real one is.
 */
public final class TierguardDataSource extends GuardingDataSource implements DataSource {
    private final @Nullable DataSource real;

    /** A data source to be set up as a bean: its URL, and the settings that no other source gives. */
    public TierguardDataSource() {
        this.real = null;
    }

    /**
     * A guarded data source.
     *
     * @param real gives the real driver's connections
     * @param settings by their keys, as {@code tierguard.policy}; what they leave out comes from the system properties and
     *     the environment
     * @throws SQLException if a key is not the one of a setting
     */
    public TierguardDataSource(DataSource real, Map<String, String> settings) throws SQLException {
        super(settings);
        this.real = real;
    }

    /** The same as the constructor, for code that needs no more than a data source. */
    public static DataSource wrap(DataSource real, Map<String, String> settings) throws SQLException {
        return new TierguardDataSource(real, settings);
    }

    @Override
    DataSource real() {
        return real == null ? byUrl : real;
    }

    /** Sets the class of the real driver, where it is not found by itself. */
    public void setDriver(@Nullable String driver) {
        set(Setting.DRIVER, driver);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (real == null) {
            return byUrl.connect(properties());
        }
        admitConnecting();
        return guard(real.getConnection(), false);
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        if (real == null) {
            Properties properties = properties();
            UrlDataSource.put(properties, user, password);
            return byUrl.connect(properties);
        }
        admitConnecting();
        return guard(real.getConnection(user, password), false);
    }

    /** A builder whose connections are guarded. */
    @Override
    public ConnectionBuilder createConnectionBuilder() throws SQLException {
        ConnectionBuilder builder = real().createConnectionBuilder();
        return new GuardingConnectionBuilder(this, builder);
    }

    @Override
    public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        return real().createShardingKeyBuilder();
    }

    /**
     * This object, if it is what the application asks for; the real data source only to a component that is trusted with
     * it, which takes a connection to find out.
     */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type != null && type.isInstance(this)) {
            return type.cast(this);
        }
        if (real == null) {
            throw new SQLException("this data source is no " + (type == null ? "null" : type.getName())
                    + ", and connects by its URL: no other is behind it");
        }
        if (type == null || !Unwrapped.isIn(real, type)) {
            Unwrapped.refuse(real, type);
        } else {
            try (Connection connection = getConnection()) {
                ((GuardedConnection) connection).gate.unwrap("DataSource.unwrap(" + type.getName() + ")");
            }
            return Unwrapped.from(real, type);
        }
        throw refuseReal(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type != null && type.isInstance(this);
    }
}
