package io.tierguard.jdbc;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver for {@code jdbc:tierguard:} and a real URL without its {@code jdbc:}: it opens connections of the real
 * driver with the guard around them.
 */
public final class TierguardDriver implements Driver {
    /** The guards that all connections of this process share. */
    static final Guards GUARDS = new Guards();

    private final Guards guards;
    private final List<SettingSource> sources;

    static {
        try {
            DriverManager.registerDriver(new TierguardDriver());
        } catch (SQLException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** The driver as the service loader makes it. */
    public TierguardDriver() {
        this(GUARDS, List.of(SettingSource.SYSTEM_PROPERTIES, SettingSource.ENVIRONMENT));
    }

    TierguardDriver(Guards guards, List<SettingSource> sources) {
        this.guards = guards;
        this.sources = sources;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url != null && TierguardUrl.isOurs(url);
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Properties given = properties == null ? new Properties() : properties;
        TierguardUrl parsed = TierguardUrl.parse(url);
        Settings settings = Settings.resolve(parsed.settings(), given, sources);
        Protection protection = guards.protection(settings, parsed.dialect());
        protection.requireKnown(parsed.realUrl());
        Driver driver = RealDrivers.find(parsed.realUrl(), parsed.dialect(), settings.value(Setting.DRIVER));
        Properties rest = Settings.withoutOurs(given);
        ConnectTimeSql connectTime = ConnectTimeSql.of(parsed, rest);
        protection.admit(connectTime, parsed.place(), SchemaBeforeConnecting.of(driver, parsed, rest, connectTime));
        Connection real = driver.connect(parsed.realUrl(), rest);
        if (real == null) {
            throw new SettingsException("the real driver " + driver.getClass().getName() + " does not accept the URL");
        }
        return live(real, settings, parsed.dialect())
                .guard(real, parsed.realUrl(), parsed.place(), SideConnections.of(driver, parsed, rest, connectTime));
    }

    /** The protection of the database that a connection leads to; where that cannot be told, the connection is closed. */
    private Protection live(Connection real, Settings settings, Dialect ofUrl) throws SQLException {
        try {
            return guards.protection(settings, LiveDialect.of(real, ofUrl));
        } catch (Throwable failure) {
            Protection.close(real, failure);
            throw failure;
        }
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties) throws SQLException {
        Properties given = properties == null ? new Properties() : properties;
        List<DriverPropertyInfo> infos = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            DriverPropertyInfo info =
                    new DriverPropertyInfo(setting.key(), given.getProperty(setting.key(), setting.defaultValue()));
            info.description = setting.description();
            info.required = setting.isRequired();
            info.choices =
                    setting.choices().isEmpty() ? null : setting.choices().toArray(String[]::new);
            infos.add(info);
        }
        if (acceptsURL(url)) {
            TierguardUrl parsed = TierguardUrl.parse(url);
            for (DriverPropertyInfo info : infos) {
                info.value = parsed.settings().getOrDefault(info.name, info.value);
            }
            Driver driver = RealDrivers.find(parsed.realUrl(), parsed.dialect(), Optional.empty());
            infos.addAll(List.of(driver.getPropertyInfo(parsed.realUrl(), Settings.withoutOurs(given))));
        }
        return infos.toArray(DriverPropertyInfo[]::new);
    }

    @Override
    public int getMajorVersion() {
        return 0;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    /** False: a guarded driver refuses what a compliant one would do. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("this driver logs through SLF4J");
    }
}
