package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Guarded objects as the real drivers' own interfaces, where there is a view of one that opens no way past the guard. */
final class VendorViews {
    private static final String POSTGRESQL = "org.postgresql.";

    private VendorViews() {}

    /** Whether a connection has pgjdbc's interface, as this class loader knows it. */
    static boolean isOfPostgresql(Connection real) {
        try {
            return real.getClass().getName().startsWith(POSTGRESQL) && PostgresqlViews.isConnection(real);
        } catch (LinkageError otherVersion) {
            return false;
        }
    }

    /** Whether {@link #of} gives a view of this type, if the real object has it. */
    static boolean has(@Nullable Class<?> type) {
        if (type == null || !type.isInterface()) {
            return false;
        }
        return isOfPgjdbc(type) || MySqlViews.isKnown(type);
    }

    private static boolean isOfPgjdbc(Class<?> type) {
        if (!type.getName().startsWith(POSTGRESQL)) {
            return false;
        }
        try {
            return PostgresqlViews.isKnown(type);
        } catch (LinkageError otherVersion) {
            return false; // pgjdbc is not where this driver could see it, or lacks what the view needs
        }
    }

    /** The columns that pgjdbc writes where these of a result are set; empty where they cannot be told. */
    static Set<String> columnsBehind(ResultSetMetaData metaData, Set<Integer> columns) throws SQLException {
        try {
            return metaData.getClass().getName().startsWith(POSTGRESQL)
                    ? PostgresqlColumns.behind(metaData, columns)
                    : Set.of();
        } catch (LinkageError otherVersion) {
            return Set.of();
        }
    }

    /** A guarded object as an interface of the real driver; null where there is no view of it. */
    static <T> @Nullable T of(GuardedObject guarded, Class<T> type) throws SQLException {
        if (!has(type)) {
            return null;
        }
        return type.cast(MySqlViews.isKnown(type) ? MySqlViews.of(guarded, type) : PostgresqlViews.of(guarded, type));
    }
}
