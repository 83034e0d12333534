package io.tierguard.jdbc;

import io.tierguard.sql.Dialect;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.List;
import javax.sql.CommonDataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** Makes the real drivers' data sources for pools and for distributed transactions, which are beans. */
final class RealDataSources {

    private RealDataSources() {}

    /** The real driver's data source of a type, for a URL and the user of connections that name none. */
    static <R extends CommonDataSource> R create(
            Class<R> type, String url, Dialect dialect, @Nullable String user, @Nullable String password)
            throws SQLException {
        String name = className(dialect, type == XADataSource.class);
        try {
            R bean = type.cast(RealDrivers.load(name).getDeclaredConstructor().newInstance());
            set(bean, List.of("setUrl", "setURL"), url);
            if (user != null) {
                set(bean, List.of("setUser"), user);
            }
            if (password != null) {
                set(bean, List.of("setPassword"), password);
            }
            return bean;
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new SettingsException("the real data source " + name + " does not take the URL", refused);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException missing) {
            throw new SettingsException("the real data source " + name + " cannot be made", missing);
        }
    }

    private static void set(Object bean, List<String> setters, String value) throws ReflectiveOperationException {
        NoSuchMethodException last = new NoSuchMethodException(setters.get(0));
        for (String setter : setters) {
            try {
                bean.getClass().getMethod(setter, String.class).invoke(bean, value);
                return;
            } catch (NoSuchMethodException other) {
                last = other;
            }
        }
        throw last;
    }

    private static String className(Dialect dialect, boolean isDistributed) throws SettingsException {
        return switch (dialect) {
            case H2 -> "org.h2.jdbcx.JdbcDataSource";
            case POSTGRESQL ->
                isDistributed ? "org.postgresql.xa.PGXADataSource" : "org.postgresql.ds.PGConnectionPoolDataSource";
            case MYSQL ->
                isDistributed
                        ? "com.mysql.cj.jdbc.MysqlXADataSource"
                        : "com.mysql.cj.jdbc.MysqlConnectionPoolDataSource";
            case MARIADB -> "org.mariadb.jdbc.MariaDbDataSource";
            case SQLITE -> "org.sqlite.javax.SQLiteConnectionPoolDataSource";
            case ANSI, ORACLE, SQLSERVER ->
                throw new SettingsException(
                        "the data source of this database is not known; make it and put the guard around it");
        };
    }
}
