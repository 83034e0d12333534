package io.tierguard.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections by a URL, as the bean has it; they come from this driver, so they are guarded. Safe for use by many threads. */
final class UrlDataSource implements DataSource {
    private static final String OURS = "jdbc:tierguard:";

    private volatile @Nullable String url;
    private volatile @Nullable String user;
    private volatile @Nullable String password;
    private volatile @Nullable PrintWriter logWriter;
    private volatile int loginTimeout;

    void setUrl(@Nullable String url) {
        this.url = url;
    }

    void setUser(@Nullable String user) {
        this.user = user;
    }

    void setPassword(@Nullable String password) {
        this.password = password;
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String password() {
        return password;
    }

    /** The URL, taken apart. */
    TierguardUrl parsed() throws SettingsException {
        return TierguardUrl.parse(ours());
    }

    /** Our settings that stand in the URL; none where there is none. */
    Map<String, String> settings() throws SettingsException {
        return url == null ? Map.of() : parsed().settings();
    }

    private String ours() throws SettingsException {
        String text = url;
        if (text == null || !text.toLowerCase(Locale.ROOT).startsWith("jdbc:")) {
            throw new SettingsException("the data source has no URL; set its property url to a JDBC URL");
        }
        return TierguardUrl.isOurs(text) ? text : OURS + text.substring("jdbc:".length());
    }

    /** What a reader may see of the URL: what follows its database's name may be a password. */
    @Nullable
    String shownUrl() {
        String text = url;
        if (text == null) {
            return null;
        }
        int end = 0;
        while (end < text.length() && "?;".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String shown = text.substring(0, end);
        int at = shown.lastIndexOf('@');
        int slashes = shown.indexOf("//");
        return at > slashes && slashes >= 0 ? shown.substring(0, slashes + 2) + shown.substring(at + 1) : shown;
    }

    static void put(Properties properties, @Nullable String user, @Nullable String password) {
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
    }

    /** A guarded connection; the properties hold settings, and may hold a user and password. */
    Connection connect(Properties properties) throws SQLException {
        String ours = ours();
        if (!properties.containsKey("user")) {
            put(properties, user, password);
        }
        if (loginTimeout > 0) {
            properties.setProperty("loginTimeout", Integer.toString(loginTimeout));
        }
        Connection connection = new TierguardDriver().connect(ours, properties);
        if (connection == null) {
            throw new SettingsException("the URL of the data source is not one of this driver");
        }
        return connection;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(new Properties());
    }

    @Override
    public Connection getConnection(@Nullable String name, @Nullable String secret) throws SQLException {
        Properties properties = new Properties();
        put(properties, name, secret);
        return connect(properties);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("this data source logs through SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("this data source is no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
