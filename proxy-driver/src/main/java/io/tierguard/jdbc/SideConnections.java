package io.tierguard.jdbc;

import io.tierguard.schema.ConnectionSource;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * Opens side connections with the real driver, the URL and the properties of a connection of the application.
 *
 * <p>There are none to a database in memory without a name, which is another for each connection, and none where connecting
 * runs SQL, which would run once more.
 */
final class SideConnections implements ConnectionSource {
    private static final String PRIVATE = "jdbc:h2:mem:";

    /** How much one result may hold on a connection of pgjdbc's, which is closed by a larger one. */
    private static final String LIMIT = "maxResultBuffer";

    private final Driver driver;
    private final String url;
    private final Properties properties;

    /** Whether the application's own connections may be closed by what is read. */
    private final boolean isPreferred;

    private SideConnections(Driver driver, String url, Properties properties, boolean isPreferred) {
        this.driver = driver;
        this.url = url;
        this.properties = properties;
        this.isPreferred = isPreferred;
    }

    /** A source of side connections, where there can be one. */
    static Optional<ConnectionSource> of(
            Driver driver, TierguardUrl url, Properties properties, ConnectTimeSql connectTime) {
        if (isPrivate(url.realUrl()) || !connectTime.isRepeatable()) {
            return Optional.empty();
        }
        Properties copy = new Properties();
        properties.forEach(copy::put);
        properties.stringPropertyNames().forEach(key -> copy.setProperty(key, properties.getProperty(key)));
        String realUrl = url.realUrl();
        boolean isLimited = false;
        switch (url.dialect()) {
            case H2, SQLITE, ANSI, ORACLE, SQLSERVER -> {}
            case MYSQL, MARIADB -> {
                copy.putIfAbsent("connectTimeout", "5000");
                copy.putIfAbsent("socketTimeout", "60000");
            }
            case POSTGRESQL -> {
                // A statement of the application waits for it, so it gives up before a server that does not answer.
                copy.putIfAbsent("loginTimeout", "5");
                copy.putIfAbsent("connectTimeout", "5");
                copy.putIfAbsent("socketTimeout", "60");
                copy.putIfAbsent("ApplicationName", "tierguard");
                isLimited = copy.remove(LIMIT) != null || !withoutLimit(realUrl).equals(realUrl);
                realUrl = withoutLimit(realUrl);
            }
        }
        return Optional.of(new SideConnections(driver, realUrl, copy, isLimited));
    }

    private static String withoutLimit(String url) {
        return url.replaceAll("(?<=[?&])" + LIMIT + "=[^&]*(&|$)", "");
    }

    /** Whether each connection has a schema of its own: what is temporary or attached is part of it, and it is soon read. */
    private static boolean hasOwnSchema(String url) {
        return url.startsWith("jdbc:" + Dialect.SQLITE.code() + ":");
    }

    /** Whether a URL names a database in memory that belongs to one connection alone. */
    static boolean isPrivate(String url) {
        String name = url.toLowerCase(Locale.ROOT);
        return name.equals(PRIVATE) || name.startsWith(PRIVATE + ";") || hasOwnSchema(name);
    }

    @Override
    public Connection open() throws SQLException {
        Properties own = new Properties();
        own.putAll(properties);
        Connection connection = driver.connect(url, own);
        if (connection == null) {
            throw new SettingsException("the real driver does not accept the URL again");
        }
        return connection;
    }

    @Override
    public boolean isPreferred() {
        return isPreferred;
    }
}
