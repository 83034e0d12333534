package io.tierguard.jdbc;

import io.tierguard.guard.ConnectionPlace;
import io.tierguard.guard.Refusal;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.Dialect;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the data sources of this driver share: the settings, as properties of a bean, and the guard that they put around a
 * connection.
 */
abstract class GuardingDataSource implements CommonDataSource {
    /** Where connections come from if no other data source is given. */
    final UrlDataSource byUrl = new UrlDataSource();

    private final Map<String, String> given = new ConcurrentHashMap<>();

    GuardingDataSource() {}

    GuardingDataSource(Map<String, String> settings) throws SettingsException {
        given.putAll(settings);
        settings();
    }

    /** The real data source. */
    abstract CommonDataSource real() throws SQLException;

    /** Sets the URL, {@code jdbc:tierguard:…} or the real one; it may hold settings. */
    public final void setUrl(@Nullable String url) {
        byUrl.setUrl(url);
        located();
    }

    /** The URL without what follows its database's name, which may be secret. */
    public final @Nullable String getUrl() {
        return byUrl.shownUrl();
    }

    /** Sets the user of connections that name none. */
    public final void setUser(@Nullable String user) {
        byUrl.setUser(user);
        located();
    }

    /** The user of connections that name none. */
    public final @Nullable String getUser() {
        return byUrl.user();
    }

    /** Sets the password of that user; nothing gives it back. */
    public final void setPassword(@Nullable String password) {
        byUrl.setPassword(password);
        located();
    }

    /** The URL, the user or the password is another. */
    void located() {}

    /** Sets the policy: a file, or {@code classpath:} and the name of a resource. */
    public final void setPolicy(@Nullable String policy) {
        set(Setting.POLICY, policy);
    }

    /** The policy, as it was set here. */
    public final @Nullable String getPolicy() {
        return given.get(Setting.POLICY.key());
    }

    /** Sets the component of the policy that the application is. */
    public final void setComponent(@Nullable String component) {
        set(Setting.COMPONENT, component);
    }

    /** The component, as it was set here. */
    public final @Nullable String getComponent() {
        return given.get(Setting.COMPONENT.key());
    }

    /** Sets the version of the deployed application. */
    public final void setRelease(@Nullable String release) {
        set(Setting.RELEASE, release);
    }

    /** The release, as it was set here. */
    public final @Nullable String getRelease() {
        return given.get(Setting.RELEASE.key());
    }

    /** Sets the file that the audit log is written to. */
    public final void setAudit(@Nullable String audit) {
        set(Setting.AUDIT, audit);
    }

    /** The audit file, as it was set here. */
    public final @Nullable String getAudit() {
        return given.get(Setting.AUDIT.key());
    }

    final void set(Setting setting, @Nullable String text) {
        if (text == null) {
            given.remove(setting.key());
        } else {
            given.put(setting.key(), text);
        }
    }

    /** What was set here, as properties of a connection. */
    final Properties properties() {
        Properties properties = new Properties();
        properties.putAll(given);
        return properties;
    }

    final Settings settings() throws SettingsException {
        return Settings.resolve(
                byUrl.settings(), properties(), List.of(SettingSource.SYSTEM_PROPERTIES, SettingSource.ENVIRONMENT));
    }

    /** Asks for what the real data source makes the database run while it connects, as far as it tells. */
    final void admitConnecting() throws SQLException {
        String url = DataSourceUrl.of(real());
        Optional<Dialect> dialect = Dialect.ofUrl(url);
        if (dialect.isPresent()) {
            TierguardUrl parsed = new TierguardUrl(url, dialect.get(), Map.of());
            TierguardDriver.GUARDS
                    .protection(settings(), dialect.get())
                    .admit(
                            ConnectTimeSql.of(parsed, new Properties()),
                            parsed.place(),
                            LiveSchema.beforeConnecting(parsed.dialect()));
        }
    }

    /**
     * The guarded connection; if it may not be had, the real one is closed.
     *
     * @param isInBranch whether a transaction is open that is not ours to end
     */
    final GuardedConnection guard(Connection connection, boolean isInBranch) throws SQLException {
        try {
            String url = connection.getMetaData().getURL();
            Dialect ofUrl = dialect(url);
            ConnectionPlace place = new TierguardUrl(url, ofUrl, Map.of()).place();
            boolean isWithin = isInBranch || OpenWork.isThere(connection, ofUrl);
            Dialect dialect = LiveDialect.of(connection, ofUrl);
            Protection protection = TierguardDriver.GUARDS.protection(settings(), dialect);
            return isWithin
                    ? protection.guardWithin(connection, url, place)
                    : protection.guard(connection, url, place, Optional.empty());
        } catch (Throwable failure) {
            try {
                connection.close();
            } catch (SQLException | RuntimeException unclosable) {
                failure.addSuppressed(unclosable);
            }
            throw failure;
        }
    }

    private static Dialect dialect(@Nullable String url) throws SettingsException {
        String begin = url == null ? "none" : url.replaceAll("^([^:]*:[^:]*):.*", "$1:…");
        if (url == null || Dialect.nameIn(url).isEmpty()) {
            throw new SettingsException(
                    "the data source gives connections of a database that is not supported; its URL is " + begin);
        }
        return Dialect.ofUrl(url).orElse(Dialect.ANSI);
    }

    /** The refusal of the real data source to anybody who is not trusted with it. */
    static DenialException refuseReal(@Nullable Class<?> type) {
        String sentence =
                "unwrap to " + (type == null ? "null" : type.getName()) + " would hand out the real data source";
        return Denials.of(new Refusal("", List.of(new Denial(Reason.ESCAPES_GUARD, sentence, "", ""))));
    }

    @Override
    public final @Nullable PrintWriter getLogWriter() throws SQLException {
        return real().getLogWriter();
    }

    @Override
    public final void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        real().setLogWriter(out);
    }

    @Override
    public final void setLoginTimeout(int seconds) throws SQLException {
        real().setLoginTimeout(seconds);
    }

    @Override
    public final int getLoginTimeout() throws SQLException {
        return real().getLoginTimeout();
    }

    @Override
    public final Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("this data source logs through SLF4J");
    }
}
