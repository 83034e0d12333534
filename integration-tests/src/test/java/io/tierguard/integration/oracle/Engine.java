package io.tierguard.integration.oracle;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** A database in a version and a mode. */
enum Engine {
    POSTGRESQL_18(18, ""),
    POSTGRESQL_14(14, ""),
    H2(0, ""),
    H2_POSTGRESQL(0, ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"),
    H2_MYSQL(0, ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"),
    H2_MARIADB(0, ";MODE=MariaDB;DATABASE_TO_LOWER=TRUE"),
    H2_MSSQLSERVER(0, ";MODE=MSSQLServer"),
    H2_ORACLE(0, ";MODE=Oracle;DEFAULT_NULL_ORDERING=HIGH"),
    H2_OLDEST(0, "");

    private final int version;
    private final String settings;

    Engine(int version, String settings) {
        this.version = version;
        this.settings = settings;
    }

    boolean isPostgres() {
        return version > 0;
    }

    /** PostgreSQL's major version; 0 for H2. */
    int version() {
        return version;
    }

    /** What H2's URL says of the mode. */
    String settings() {
        return settings;
    }

    /** H2's mode; empty where the database is another. */
    String mode() {
        if (isPostgres()) {
            return "";
        }
        int start = settings.indexOf("MODE=");
        return start < 0 ? "Regular" : settings.substring(start + 5).replaceFirst(";.*", "");
    }

    /** Whether it is H2 in the mode of another database. */
    boolean isMode() {
        return settings.contains("MODE=");
    }

    PostgresServers server() {
        return this == POSTGRESQL_18 ? PostgresServers.NEWEST : PostgresServers.OLDEST;
    }

    /** A plain name as the database keeps it. */
    String stored(String name) {
        boolean lower = isPostgres() || settings.contains("DATABASE_TO_LOWER");
        return lower ? name : name.toUpperCase(Locale.ROOT);
    }

    Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", isPostgres() ? "postgres" : "sa");
        properties.setProperty("password", "");
        return Objects.requireNonNull(driver().connect(url, properties));
    }

    private Driver driver() {
        if (isPostgres()) {
            return new org.postgresql.Driver();
        }
        return this == H2_OLDEST ? OldestH2.DRIVER : new org.h2.Driver();
    }

    /** H2's oldest version, in a class loader of its own, with the trigger that it runs. */
    private static final class OldestH2 extends URLClassLoader {
        static final Driver DRIVER = load();

        private OldestH2() throws MalformedURLException {
            super(
                    new URL[] {
                        OlderArtifacts.startingWith("h2-").toUri().toURL(),
                        H2Purge.class.getProtectionDomain().getCodeSource().getLocation()
                    },
                    Engine.class.getClassLoader());
        }

        private static Driver load() {
            try {
                return Class.forName("org.h2.Driver", true, new OldestH2())
                        .asSubclass(Driver.class)
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException | MalformedURLException e) {
                throw new IllegalStateException("the oldest H2 cannot be loaded", e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.h2.") && !name.equals(H2Purge.class.getName())) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }
}
