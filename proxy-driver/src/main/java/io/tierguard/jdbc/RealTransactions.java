package io.tierguard.jdbc;

import io.tierguard.guard.Transactions;
import io.tierguard.sql.Dialect;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the real driver knows of its transaction, without asking the server. */
final class RealTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(RealTransactions.class);

    private RealTransactions() {}

    /** Those of a connection; {@link Transactions#UNKNOWN} where its driver tells nothing. */
    static Transactions of(Connection real, Dialect dialect) {
        return switch (dialect) {
            case H2 -> () -> ofH2(real);
            case ANSI, ORACLE, SQLSERVER -> Transactions.UNKNOWN;
            case POSTGRESQL -> ofPostgresql(real);
            case MYSQL, MARIADB -> MySqlTransactionState.of(real);
            case SQLITE -> () -> ofSqlite(real);
        };
    }

    /** H2 leaves auto-commit also when a text begins a transaction, and returns to it with the end of that. */
    private static Transactions.State ofH2(Connection real) {
        try {
            return real.getAutoCommit() ? Transactions.State.NONE : Transactions.State.UNKNOWN;
        } catch (SQLException closed) {
            return Transactions.State.UNKNOWN;
        }
    }

    /**
     * SQLite's driver does not tell; with auto-commit a transaction that is begun and ended at once, which does nothing, can
     * only begin where a text has begun none.
     */
    private static Transactions.State ofSqlite(Connection real) {
        try {
            // One that begins beside open rows cannot end, and would take what follows with it.
            if (!real.getAutoCommit() || SqliteOpenRows.areThere(real)) {
                return Transactions.State.UNKNOWN;
            }
            try (Statement statement = real.createStatement()) {
                statement.execute("BEGIN");
                statement.execute("COMMIT");
                return Transactions.State.NONE;
            }
        } catch (SQLException begun) {
            return isWithin(begun) ? Transactions.State.OPEN : Transactions.State.UNKNOWN;
        }
    }

    private static boolean isWithin(SQLException refused) {
        return String.valueOf(refused.getMessage()).contains("within a transaction");
    }

    /** The server tells the driver after each query whether a transaction is open; the driver is not compiled against. */
    private static Transactions ofPostgresql(Connection real) {
        try {
            Class<?> type = Class.forName(
                    "org.postgresql.core.TransactionState",
                    false,
                    real.getClass().getClassLoader());
            MethodHandle asked = MethodHandles.publicLookup()
                    .findVirtual(real.getClass(), "getTransactionState", MethodType.methodType(type))
                    .bindTo(real)
                    .asType(MethodType.methodType(Object.class));
            return () -> answer(asked);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException otherDriver) {
            LOG.debug("the driver does not tell whether a transaction is open", otherDriver);
            return Transactions.UNKNOWN;
        }
    }

    private static Transactions.State answer(MethodHandle asked) {
        try {
            return switch (String.valueOf((Object) asked.invokeExact())) {
                case "IDLE" -> Transactions.State.NONE;
                case "OPEN", "FAILED" -> Transactions.State.OPEN;
                default -> Transactions.State.UNKNOWN;
            };
        } catch (Throwable unable) {
            LOG.debug("the driver did not tell whether a transaction is open", unable);
            return Transactions.State.UNKNOWN;
        }
    }
}
