package io.tierguard.jdbc;

import io.tierguard.guard.Transactions;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server of MySQL or MariaDB has told with its last answer: whether a transaction is open, whoever began it and how.
 *
 * <p>Neither driver is compiled against.
 */
final class MySqlTransactionState {
    private static final Logger LOG = LoggerFactory.getLogger(MySqlTransactionState.class);

    /** The bit of the server's status that says so. */
    private static final int IN_TRANSACTION = 1;

    /** The bit that says that every statement is a transaction of its own, but for one that is open. */
    private static final int AUTO_COMMIT = 2;

    private MySqlTransactionState() {}

    /** That of a connection; {@link Transactions#UNKNOWN} where its driver tells nothing. */
    static Transactions of(Connection real) {
        for (String[] path : new String[][] {
            {"org.mariadb.jdbc.Connection", "getContext", "org.mariadb.jdbc.client.Context", "getServerStatus"},
            {
                "com.mysql.cj.MysqlConnection",
                "getSession",
                "com.mysql.cj.Session",
                "getServerSession",
                "com.mysql.cj.protocol.ServerSession",
                "getStatusFlags"
            }
        }) {
            try {
                MethodHandle status = status(real, path);
                return () -> state(status);
            } catch (ReflectiveOperationException | SQLException | LinkageError | RuntimeException otherDriver) {
                LOG.debug("it is no connection of {}", path[0], otherDriver);
            }
        }
        return Transactions.UNKNOWN;
    }

    /** Follows types and their getters, one after the other, to the status. */
    private static MethodHandle status(Connection real, String[] path)
            throws ReflectiveOperationException, SQLException {
        ClassLoader loader = real.getClass().getClassLoader();
        Class<?> type = Class.forName(path[0], false, loader);
        Object connection = type.isInstance(real) ? real : real.unwrap(type);
        MethodHandle found = null;
        for (int at = 0; at < path.length; at += 2) {
            Class<?> owner = Class.forName(path[at], false, loader);
            Class<?> result = at + 2 < path.length ? Class.forName(path[at + 2], false, loader) : int.class;
            MethodHandle getter =
                    MethodHandles.publicLookup().findVirtual(owner, path[at + 1], MethodType.methodType(result));
            found = found == null
                    ? getter.bindTo(connection)
                    : MethodHandles.foldArguments(MethodHandles.dropArguments(getter, 1), found);
        }
        if (found == null) {
            throw new NoSuchMethodException(path[0]);
        }
        return found;
    }

    private static Transactions.State state(MethodHandle status) {
        try {
            int flags = (int) status.invoke();
            if ((flags & IN_TRANSACTION) != 0) {
                return Transactions.State.OPEN;
            }
            // Connector/J forgets the whole status with a ping and while it streams a result.
            return (flags & AUTO_COMMIT) != 0 ? Transactions.State.NONE : Transactions.State.UNKNOWN;
        } catch (Throwable closed) {
            LOG.debug("the driver did not tell whether a transaction is open", closed);
            return Transactions.State.UNKNOWN;
        }
    }
}
