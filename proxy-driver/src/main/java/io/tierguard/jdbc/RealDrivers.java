package io.tierguard.jdbc;

import io.tierguard.sql.Dialect;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the real driver, without {@link java.sql.DriverManager}, which hides drivers of an application's own class loader
 * from the libraries of its server.
 */
final class RealDrivers {
    private RealDrivers() {}

    /** The driver that the setting names, else one that the class loaders know for the URL. */
    static Driver find(String realUrl, Dialect dialect, Optional<SettingValue> setting) throws SQLException {
        if (setting.isPresent()) {
            return named(setting.get());
        }
        Driver registered = registered(realUrl);
        if (registered != null) {
            return registered;
        }
        if (dialect.isReadOnRequest()) {
            throw new SettingsException(
                    "no driver on the class path accepts the URL; add it there, or name its class with"
                            + " the setting " + Setting.DRIVER.key());
        }
        try {
            return create(wellKnownClass(dialect));
        } catch (ReflectiveOperationException | LinkageError | ClassCastException missing) {
            throw new SettingsException(
                    "the real driver " + wellKnownClass(dialect) + " is not on the class path; add "
                            + coordinates(dialect) + ", or name another with the setting " + Setting.DRIVER.key(),
                    missing);
        }
    }

    private static Driver named(SettingValue setting) throws SettingsException {
        try {
            Driver driver = create(setting.text());
            if (driver instanceof TierguardDriver) {
                throw setting.fault("it names this driver, not the real one");
            }
            return driver;
        } catch (ClassCastException wrong) {
            throw setting.fault(setting.text() + " is no java.sql.Driver", wrong);
        } catch (ReflectiveOperationException | LinkageError missing) {
            throw setting.fault("the class " + setting.text() + " cannot be loaded: " + missing, missing);
        }
    }

    private static @Nullable Driver registered(String realUrl) throws SQLException {
        for (ClassLoader loader : loaders()) {
            Iterator<Driver> drivers = ServiceLoader.load(Driver.class, loader).iterator();
            while (true) {
                try {
                    if (!drivers.hasNext()) {
                        break;
                    }
                    Driver driver = drivers.next();
                    if (!(driver instanceof TierguardDriver) && driver.acceptsURL(realUrl)) {
                        return driver;
                    }
                } catch (ServiceConfigurationError | LinkageError broken) {
                    // Another driver that cannot be loaded is none of our business.
                }
            }
        }
        return null;
    }

    private static Driver create(String className) throws ReflectiveOperationException {
        return load(className).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
    }

    /** A class of a real driver. */
    static Class<?> load(String className) throws ClassNotFoundException {
        ClassNotFoundException last = new ClassNotFoundException(className);
        for (ClassLoader loader : loaders()) {
            try {
                return Class.forName(className, true, loader);
            } catch (ClassNotFoundException missing) {
                last = missing;
            }
        }
        throw last;
    }

    private static Set<ClassLoader> loaders() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            loaders.add(context);
        }
        loaders.add(RealDrivers.class.getClassLoader());
        return loaders;
    }

    private static String wellKnownClass(Dialect dialect) {
        return switch (dialect) {
            case H2 -> "org.h2.Driver";
            case POSTGRESQL -> "org.postgresql.Driver";
            case MYSQL -> "com.mysql.cj.jdbc.Driver";
            case MARIADB -> "org.mariadb.jdbc.Driver";
            case SQLITE -> "org.sqlite.JDBC";
            case ANSI, ORACLE, SQLSERVER -> throw new IllegalArgumentException("its driver is not known");
        };
    }

    private static String coordinates(Dialect dialect) {
        return switch (dialect) {
            case H2 -> "com.h2database:h2";
            case POSTGRESQL -> "org.postgresql:postgresql";
            case MYSQL -> "com.mysql:mysql-connector-j";
            case MARIADB -> "org.mariadb.jdbc:mariadb-java-client";
            case SQLITE -> "org.xerial:sqlite-jdbc";
            case ANSI, ORACLE, SQLSERVER -> throw new IllegalArgumentException("its driver is not known");
        };
    }
}
