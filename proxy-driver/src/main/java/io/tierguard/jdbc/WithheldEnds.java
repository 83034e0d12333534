package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a driver keeps COMMIT and ROLLBACK from a server of which it does not know that a transaction is open.
 *
 * <p>Connector/J does so where it is told to go by its own knowledge ({@code useLocalTransactionState}), which an error may have taken
 * away from it. It is not compiled against.
 */
final class WithheldEnds {
    private static final Logger LOG = LoggerFactory.getLogger(WithheldEnds.class);

    private WithheldEnds() {}

    /** Whether the driver of a connection does; false of any other driver. */
    static boolean by(Connection real) {
        try {
            ClassLoader loader = real.getClass().getClassLoader();
            Class<?> type = Class.forName("com.mysql.cj.MysqlConnection", false, loader);
            Object connection = type.isInstance(real) ? real : real.unwrap(type);
            Object settings = type.getMethod("getPropertySet").invoke(connection);
            Object setting = Class.forName("com.mysql.cj.conf.PropertySet", false, loader)
                    .getMethod("getBooleanProperty", String.class)
                    .invoke(settings, "useLocalTransactionState");
            Object value = Class.forName("com.mysql.cj.conf.RuntimeProperty", false, loader)
                    .getMethod("getValue")
                    .invoke(setting);
            return Boolean.TRUE.equals(value);
        } catch (ReflectiveOperationException | SQLException | LinkageError | RuntimeException otherDriver) {
            LOG.debug("it is no connection of Connector/J", otherDriver);
            return false;
        }
    }
}
