package io.tierguard.jdbc;

import io.tierguard.guard.ConnectionPlace;
import io.tierguard.guard.Refusal;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Reason;
import io.tierguard.sql.Dialect;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source that puts the guard around the connections of another one.
 *
 * <p>Each connection is asked anew who it is, which costs a query: put a pool around this data source, not inside of it.
 * Safe for use by many threads if the real one is.
 */
public final class TierguardDataSource implements DataSource {
    private final DataSource real;
    private final Settings settings;

    /**
     * A guarded data source.
     *
     * @param real gives the real driver's connections
     * @param settings by their keys, as {@code tierguard.policy}; what they leave out comes from the system properties and
     *     the environment
     * @throws SQLException if a key is not the one of a setting
     */
    public TierguardDataSource(DataSource real, Map<String, String> settings) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings);
        this.real = real;
        this.settings = Settings.resolve(
                Map.of(), properties, List.of(SettingSource.SYSTEM_PROPERTIES, SettingSource.ENVIRONMENT));
    }

    @Override
    public Connection getConnection() throws SQLException {
        return guard(real.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return guard(real.getConnection(user, password));
    }

    private Connection guard(Connection connection) throws SQLException {
        try {
            String url = connection.getMetaData().getURL();
            Dialect dialect = Dialect.ofUrl(url)
                    .orElseThrow(() -> new SettingsException("the data source gives connections of a database that is"
                            + " not supported: " + connection.getClass().getName()));
            ConnectionPlace place = new TierguardUrl(url, dialect, Map.of()).place();
            return TierguardDriver.GUARDS.protection(settings, dialect).guard(connection, url, place);
        } catch (Throwable failure) {
            connection.close();
            throw failure;
        }
    }

    /**
     * This object, if it is what the application asks for; the real data source only to a component that is trusted with
     * it, which takes a connection to find out.
     */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (Unwrapped.isIn(real, type)) {
            try (Connection connection = getConnection()) {
                ((GuardedConnection) connection).gate.unwrap("DataSource.unwrap(" + type.getName() + ")");
            }
            return Unwrapped.from(real, type);
        }
        String sentence = "unwrap to " + type.getName() + " would hand out the real data source";
        throw Gate.denial(new Refusal("", List.of(new Denial(Reason.ESCAPES_GUARD, sentence, "", ""))));
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("this data source logs through SLF4J");
    }
}
