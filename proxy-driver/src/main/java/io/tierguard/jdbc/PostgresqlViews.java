package io.tierguard.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGRefCursorResultSet;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;

/**
 * Guarded objects as pgjdbc's own interfaces, of which COPY is judged.
 *
 * <p>Loaded only where the application asks for such an interface, so that nobody else needs pgjdbc.
 */
final class PostgresqlViews extends VendorView {
    /** The interfaces that there are views of, and what changes no row and leads nowhere through each of them. */
    private static final Map<Class<?>, Set<String>> PASSING = Map.of(
            PGConnection.class,
            Set.of(
                    "getNotifications",
                    "setPrepareThreshold",
                    "getPrepareThreshold",
                    "setDefaultFetchSize",
                    "getDefaultFetchSize",
                    "setQueryTimeout",
                    "getQueryTimeout",
                    "getBackendPID",
                    "cancelQuery",
                    "escapeIdentifier",
                    "escapeLiteral",
                    "getPreferQueryMode",
                    "getAutosave",
                    "setAutosave",
                    "getParameterStatuses",
                    "getParameterStatus",
                    "setAdaptiveFetch",
                    "getAdaptiveFetch"),
            BaseConnection.class,
            Set.of(
                    "cancelQuery",
                    "haveMinimumServerVersion",
                    "encodeString",
                    "escapeString",
                    "getEncoding",
                    "getStandardConformingStrings",
                    "getStringVarcharFlag",
                    "getTimestampUtils",
                    "getTransactionState",
                    "getLogger",
                    "getLogServerErrorDetail",
                    "getXmlFactoryFactory",
                    "getConvertBooleanToNumeric",
                    "binaryTransferSend",
                    "isColumnSanitiserDisabled",
                    "hintReadOnly",
                    "addTimerTask",
                    "purgeTimerTasks",
                    "setFlushCacheOnDeallocate"),
            PGStatement.class,
            Set.of(
                    "getLastOID",
                    "setUseServerPrepare",
                    "isUseServerPrepare",
                    "setPrepareThreshold",
                    "getPrepareThreshold",
                    "setAdaptiveFetch",
                    "getAdaptiveFetch"),
            PGRefCursorResultSet.class,
            Set.of("getRefCursor"));

    private PostgresqlViews(GuardedObject guarded, Class<?> type, Object vendor) {
        super(guarded, type, vendor, Objects.requireNonNull(PASSING.get(type)));
    }

    /** Whether this is a connection of pgjdbc's. */
    static boolean isConnection(Connection real) {
        return real instanceof PGConnection;
    }

    /** What does the work of a guarded connection that has pgjdbc's interface itself. */
    static PGConnection connection(GuardedObject guarded) throws SQLException {
        return (PGConnection) behind(guarded, PGConnection.class);
    }

    /** The same for what pgjdbc's own classes, and some applications, know it by. */
    static BaseConnection baseConnection(GuardedObject guarded) throws SQLException {
        return (BaseConnection) behind(guarded, BaseConnection.class);
    }

    /** What does the work of a guarded statement that has pgjdbc's interface itself. */
    static PGStatement statement(GuardedObject guarded) throws SQLException {
        return (PGStatement) behind(guarded, PGStatement.class);
    }

    private static Object behind(GuardedObject guarded, Class<?> type) throws SQLException {
        if (guarded.gate.mayUnwrap()) {
            guarded.gate.unwrap("use of " + type.getName());
            return Unwrapped.from(guarded.real(), type);
        }
        return of(guarded, type);
    }

    /** Whether there is a view of this interface. */
    static boolean isKnown(Class<?> type) {
        return PASSING.containsKey(type);
    }

    /** The view, which is also the guarded object's own JDBC interface. */
    static Object of(GuardedObject guarded, Class<?> type) throws SQLException {
        return new PostgresqlViews(guarded, type, Unwrapped.from(guarded.real(), type)).proxy();
    }

    /** What a wider interface inherits the guarded object has itself. */
    @Override
    boolean isOfVendor(Method method) {
        return method.getDeclaringClass() == type;
    }

    @Override
    @Nullable
    Object mediated(Method method, @Nullable Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "execSQLQuery" -> {
                boolean isPlain = arguments.length == 1;
                return guarded.connection()
                        .createStatement(
                                isPlain ? ResultSet.TYPE_FORWARD_ONLY : (int) Objects.requireNonNull(arguments[1]),
                                isPlain ? ResultSet.CONCUR_READ_ONLY : (int) Objects.requireNonNull(arguments[2]))
                        .executeQuery((String) arguments[0]);
            }
            case "execSQLUpdate" -> {
                try (Statement statement = guarded.connection().createStatement()) {
                    statement.executeUpdate((String) arguments[0]);
                }
                return null;
            }
            case "getObject" -> {
                return guarded.guarded(call(vendor, method, arguments));
            }
            case "createArrayOf", "addDataType" -> {
                guarded.gate.names.type("PGConnection." + method.getName(), (String) arguments[0]);
                return guarded.guarded(call(vendor, method, arguments));
            }
            case "getCopyAPI" -> {
                if (vendor instanceof BaseConnection real && JudgedCopyManager.coversEveryMethod()) {
                    return new JudgedCopyManager(guarded.gate, real);
                }
            }
            default -> {}
        }
        throw refused(method);
    }
}
