package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Connector/J does otherwise than other drivers; it is not compiled against. */
final class ConnectorJ {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorJ.class);

    /** How texts begin that give no rows. */
    private static final Set<String> WITHOUT_ROWS = Set.of(
            "insert",
            "update",
            "delete",
            "replace",
            "create",
            "alter",
            "drop",
            "truncate",
            "rename",
            "set",
            "use",
            "load",
            "do",
            "start",
            "begin",
            "commit",
            "rollback",
            "savepoint",
            "release",
            "grant",
            "revoke");

    private ConnectorJ() {}

    /** Whether it is the driver of a connection. */
    static boolean isDriverOf(Connection real) {
        return connection(real).isPresent();
    }

    /**
     * Whether COMMIT and ROLLBACK are kept from a server of which the driver does not know that a transaction is open
     * ({@code useLocalTransactionState}), which an error may have taken away from it.
     */
    static boolean withholdsEnds(Connection real) {
        Optional<Object> connection = connection(real);
        if (connection.isEmpty()) {
            return false;
        }
        try {
            ClassLoader loader = real.getClass().getClassLoader();
            Object settings = Class.forName("com.mysql.cj.MysqlConnection", false, loader)
                    .getMethod("getPropertySet")
                    .invoke(connection.get());
            Object setting = Class.forName("com.mysql.cj.conf.PropertySet", false, loader)
                    .getMethod("getBooleanProperty", String.class)
                    .invoke(settings, "useLocalTransactionState");
            Object value = Class.forName("com.mysql.cj.conf.RuntimeProperty", false, loader)
                    .getMethod("getValue")
                    .invoke(setting);
            return Boolean.TRUE.equals(value);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException other) {
            LOG.debug("Connector/J does not tell its settings", other);
            return false;
        }
    }

    private static Optional<Object> connection(Connection real) {
        try {
            Class<?> type = Class.forName(
                    "com.mysql.cj.MysqlConnection", false, real.getClass().getClassLoader());
            return Optional.of(type.isInstance(real) ? real : real.unwrap(type));
        } catch (ReflectiveOperationException | SQLException | LinkageError | RuntimeException otherDriver) {
            LOG.debug("it is no connection of Connector/J", otherDriver);
            return Optional.empty();
        }
    }

    /**
     * Whether a prepared text may be run when its result is to be described: the driver runs what may give rows, with NULL for each
     * parameter, unless the server has prepared it.
     */
    static boolean mayRunToDescribe(String sql) {
        int start = 0;
        while (start < sql.length() && Character.isWhitespace(sql.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        return !WITHOUT_ROWS.contains(sql.substring(start, end).toLowerCase(Locale.ROOT));
    }
}
