package io.tierguard.jdbc;

import java.lang.reflect.Method;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Guarded objects as the interfaces of MySQL's Connector/J, which the driver is not compiled against. */
final class MySqlViews extends VendorView {
    private static final Set<String> OF_CONNECTION = Set.of(
            "getId",
            "getUser",
            "checkClosed",
            "getActiveStatementCount",
            "getAutoIncrementIncrement",
            "getCharacterSetMetadata",
            "getDatabase",
            "getHost",
            "getHostPortPair",
            "getIdleFor",
            "getServerVersion",
            "getSessionMaxRows",
            "getStatementComment",
            "isInGlobalTx",
            "isProxySet",
            "isReadOnly",
            "isServerLocal",
            "isSourceConnection",
            "lowerCaseTableNames",
            "ping",
            "storesLowerCaseTableName",
            "isSimpleIdentifier",
            "enquoteIdentifier",
            "enquoteLiteral",
            "enquoteNCharLiteral");

    private static final Set<String> OF_STATEMENT = Set.of(
            "enableStreamingResults",
            "disableStreamingResults",
            "setLocalInfileInputStream",
            "getLocalInfileInputStream",
            "getOpenResultSetCount",
            "setHoldResultsOpenOverClose",
            "setAttribute",
            "clearAttributes",
            "getCurrentDatabase",
            "getExecuteTime",
            "isSimpleIdentifier",
            "enquoteIdentifier",
            "enquoteLiteral",
            "enquoteNCharLiteral");

    /** The interfaces that there are views of, by their names, and what changes no row and leads nowhere. */
    private static final Map<String, Set<String>> PASSING = Map.of(
            "com.mysql.cj.MysqlConnection", OF_CONNECTION,
            "com.mysql.cj.jdbc.JdbcConnection", OF_CONNECTION,
            "com.mysql.cj.jdbc.JdbcStatement", OF_STATEMENT,
            "com.mysql.cj.jdbc.JdbcPreparedStatement",
                    with(OF_STATEMENT, "getPreparedSql", "getBytesRepresentation", "isNull"));

    private MySqlViews(GuardedObject guarded, Class<?> type, Object vendor, Set<String> passing) {
        super(guarded, type, vendor, passing);
    }

    private static Set<String> with(Set<String> names, String... more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }

    /** Whether there is a view of this interface. */
    static boolean isKnown(Class<?> type) {
        return PASSING.containsKey(type.getName());
    }

    /** The view, which is also the guarded object's own JDBC interface. */
    static Object of(GuardedObject guarded, Class<?> type) throws SQLException {
        Set<String> passing = PASSING.getOrDefault(type.getName(), Set.of());
        return new MySqlViews(guarded, type, Unwrapped.from(guarded.real(), type), passing).proxy();
    }

    /** The guarded object has what is JDBC's, in its own way. */
    @Override
    boolean isOfVendor(Method method) {
        return !method.getDeclaringClass().getName().startsWith("java.sql.");
    }

    @Override
    @Nullable
    Object mediated(Method method, @Nullable Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "clientPrepareStatement", "serverPrepareStatement" -> {
                // Which of the two it is the driver's own settings say; that it is judged matters more.
                return call(
                        guarded.connection(),
                        guarded.connection().getClass().getMethod("prepareStatement", method.getParameterTypes()),
                        arguments);
            }
            case "setDatabase" -> {
                guarded.connection().setCatalog((String) arguments[0]);
                return null;
            }
            case "setBigInteger" -> {
                ((PreparedStatement) guarded).setObject((int) (Integer) arguments[0], (BigInteger) arguments[1]);
                return null;
            }
            default -> throw refused(method);
        }
    }
}
