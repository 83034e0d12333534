package io.tierguard.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGRefCursorResultSet;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;

/**
 * A guarded object as one of pgjdbc's own interfaces: what changes no row passes, COPY is judged, the rest is refused, so
 * that a method of a newer pgjdbc is refused until somebody has looked at it.
 *
 * <p>Loaded only where the application asks for such an interface, so that nobody else needs pgjdbc.
 */
final class PostgresqlViews implements InvocationHandler {
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

    private final GuardedObject guarded;
    private final Class<?> type;
    private final Object vendor;

    private PostgresqlViews(GuardedObject guarded, Class<?> type, Object vendor) {
        this.guarded = guarded;
        this.type = type;
        this.vendor = vendor;
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
        Object vendor = Unwrapped.from(guarded.real(), type);
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type, jdbcTypeOf(guarded)},
                new PostgresqlViews(guarded, type, vendor));
    }

    private static Class<?> jdbcTypeOf(GuardedObject guarded) {
        if (guarded instanceof CallableStatement) {
            return CallableStatement.class;
        }
        if (guarded instanceof PreparedStatement) {
            return PreparedStatement.class;
        }
        if (guarded instanceof Statement) {
            return Statement.class;
        }
        return guarded instanceof ResultSet ? ResultSet.class : Connection.class;
    }

    @Override
    public @Nullable Object invoke(Object view, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && view == arguments[0];
                case "hashCode" -> System.identityHashCode(view);
                default -> guarded.toString();
            };
        }
        if (method.getDeclaringClass() != type) {
            return call(guarded, method, arguments);
        }
        if (Objects.requireNonNull(PASSING.get(type)).contains(method.getName())) {
            return call(vendor, method, arguments);
        }
        try {
            return mediated(method, arguments);
        } catch (DenialException denial) {
            if (List.of(method.getExceptionTypes()).contains(SQLException.class)) {
                throw denial;
            }
            throw new UnsupportedOperationException(denial.getMessage(), denial);
        }
    }

    private @Nullable Object mediated(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "execSQLQuery" -> {
                Object[] query = Objects.requireNonNull(arguments);
                boolean isPlain = query.length == 1;
                return guarded.connection()
                        .createStatement(
                                isPlain ? ResultSet.TYPE_FORWARD_ONLY : (int) query[1],
                                isPlain ? ResultSet.CONCUR_READ_ONLY : (int) query[2])
                        .executeQuery((String) query[0]);
            }
            case "execSQLUpdate" -> {
                try (Statement statement = guarded.connection().createStatement()) {
                    statement.executeUpdate((String) Objects.requireNonNull(arguments)[0]);
                }
                return null;
            }
            case "getObject" -> {
                return guarded.guarded(call(vendor, method, arguments));
            }
            case "createArrayOf", "addDataType" -> {
                if (arguments != null) {
                    guarded.gate.names.type("PGConnection." + method.getName(), (String) arguments[0]);
                }
                return guarded.guarded(call(vendor, method, arguments));
            }
            case "getCopyAPI" -> {
                if (vendor instanceof BaseConnection real && JudgedCopyManager.coversEveryMethod()) {
                    return new JudgedCopyManager(guarded.gate, real);
                }
            }
            default -> {}
        }
        String operation = type.getSimpleName() + "." + method.getName();
        String because = "it may change rows, and no SQL says which; use SQL statements";
        throw method.getName().startsWith("get")
                ? guarded.gate.withheld(operation, because)
                : guarded.gate.escape(operation, because);
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
