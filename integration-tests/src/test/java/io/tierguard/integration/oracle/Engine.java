package io.tierguard.integration.oracle;

import io.tierguard.integration.server.MySqlServers;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

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
    H2_OLDEST(0, ""),
    MARIADB(MySqlServers.MARIADB, "jdbc:mariadb:", "sslMode=disable&allowLocalInfile=true"),
    MYSQL(MySqlServers.MYSQL, "jdbc:mysql:", "sslMode=DISABLED&allowLoadLocalInfile=true"),
    MARIADB_OLDEST(
            MySqlServers.OLDER_MARIADB,
            "jdbc:mysql:",
            "sslMode=DISABLED&allowLoadLocalInfile=true&useServerPrepStmts=true&rewriteBatchedStatements=true"),
    MYSQL_BY_MARIADB_DRIVER(
            MySqlServers.MYSQL, "jdbc:mariadb:", "sslMode=disable&allowLocalInfile=true&useServerPrepStmts=true");

    /** What is inserted DELAYED is there when the statement has ended, and not after the look at what it did. */
    private static final String WRITES_AT_ONCE = "&sessionVariables=max_delayed_threads=0";

    private final int version;
    private final String settings;
    private final @Nullable MySqlServers mySql;
    private final String prefix;

    Engine(int version, String settings) {
        this.version = version;
        this.settings = settings;
        this.mySql = null;
        this.prefix = "";
    }

    Engine(MySqlServers mySql, String prefix, String settings) {
        this.version = 0;
        this.settings = settings;
        this.mySql = mySql;
        this.prefix = prefix;
    }

    /** Whether it can run on this platform. */
    boolean isAvailable() {
        return mySql == null || mySql.isAvailable();
    }

    /** Whether it is MySQL or MariaDB. */
    boolean isMySql() {
        return mySql != null;
    }

    /** Whether it is MariaDB. */
    boolean isMariaDb() {
        return mySql != null && mySql != MySqlServers.MYSQL;
    }

    /** The URL of a database of MySQL or MariaDB; of the server where the name is empty. */
    String mySqlUrl(String database) {
        return prefix + "//127.0.0.1:" + Objects.requireNonNull(mySql).port() + "/" + database
                + "?allowMultiQueries=true&" + settings + (isMariaDb() ? WRITES_AT_ONCE : "");
    }

    boolean isPostgres() {
        return version > 0;
    }

    /** PostgreSQL's major version; 0 for others. */
    int version() {
        return version;
    }

    /** What H2's URL says of the mode. */
    String settings() {
        return settings;
    }

    /** H2's mode; empty where the database is another. */
    String mode() {
        if (isPostgres() || isMySql()) {
            return "";
        }
        int start = settings.indexOf("MODE=");
        return start < 0 ? "Regular" : settings.substring(start + 5).replaceFirst(";.*", "");
    }

    /** Whether it is H2 in the mode of another database. */
    boolean isMode() {
        return settings.contains("MODE=");
    }

    /** One of so many forms is run on it as it is however thin the grid, because others that are much alike run the rest. */
    int share() {
        boolean isSecond = this == MARIADB_OLDEST || this == MYSQL_BY_MARIADB_DRIVER;
        return isSecond ? 4 : isMode() ? 2 : 1;
    }

    PostgresServers server() {
        return this == POSTGRESQL_18 ? PostgresServers.NEWEST : PostgresServers.OLDEST;
    }

    /** A plain name as the database keeps it. */
    String stored(String name) {
        boolean lower = isPostgres() || isMySql() || settings.contains("DATABASE_TO_LOWER");
        return lower ? name : name.toUpperCase(Locale.ROOT);
    }

    Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", isPostgres() ? "postgres" : isMySql() ? "root" : "sa");
        properties.setProperty("password", "");
        return Objects.requireNonNull(driver().connect(url, properties));
    }

    private Driver driver() throws SQLException {
        if (isPostgres()) {
            return new org.postgresql.Driver();
        }
        if (isMySql()) {
            return prefix.equals("jdbc:mysql:") ? new com.mysql.cj.jdbc.Driver() : new org.mariadb.jdbc.Driver();
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
