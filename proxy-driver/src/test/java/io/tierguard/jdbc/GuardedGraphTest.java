package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.sql.Dialect;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Walks everything that an application can reach from a guarded connection of a live database. */
class GuardedGraphTest {
    private static final String TEXT = "SELECT * FROM everything";

    /** Calls that end the walk, not the ways that it looks for. */
    private static final Set<String> ENDINGS =
            Set.of("close", "abort", "free", "cancel", "next", "first", "last", "previous", "absolute", "relative");

    /** What has a way back to the connection or writes without SQL. */
    private static final List<Class<?>> DANGEROUS = List.of(
            Connection.class,
            Statement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            java.sql.Array.class,
            Blob.class,
            Clob.class,
            Ref.class,
            Struct.class);

    private final Set<String> leaks = new LinkedHashSet<>();
    private final Set<String> visited = new LinkedHashSet<>();
    private final Set<String> reached = new LinkedHashSet<>();

    @Test
    void noRealObjectWithAWayBackCanBeReached() throws SQLException {
        try (Connection real = DriverManager.getConnection("jdbc:h2:mem:graph");
                Statement setup = real.createStatement()) {
            setup.execute("CREATE TABLE everything (id INT PRIMARY KEY, words CLOB, bytes BLOB, numbers INT ARRAY,"
                    + " pair ROW(a INT, b CLOB), texts CLOB ARRAY, rows_of ROW(a INT) ARRAY, plain VARCHAR)");
            setup.execute("INSERT INTO everything VALUES (1, 'w', X'00', ARRAY[1], ROW(1, 'b'), ARRAY['x'],"
                    + " ARRAY[ROW(1)], 'p')");
            Connection guarded = StubSession.allowing().guard(real, Dialect.H2);

            visit(guarded, "Connection", 0);

            assertThat(leaks).isEmpty();
            assertThat(reached)
                    .contains(
                            "GuardedStatementForwarding",
                            "GuardedPreparedStatementForwarding",
                            "GuardedCallableStatementForwarding",
                            "GuardedResultSetForwarding",
                            "GuardedDatabaseMetaDataForwarding",
                            "GuardedArrayForwarding",
                            "GuardedBlobForwarding",
                            "GuardedNClobForwarding");
        }
    }

    private void visit(Object object, String path, int depth) throws SQLException {
        reached.add(object.getClass().getSimpleName());
        if (object instanceof ResultSet rows) {
            rows.next();
        }
        List<Method> methods = Arrays.stream(object.getClass().getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !ENDINGS.contains(method.getName()) && method.getReturnType() != void.class)
                // What uses the statement again closes the result set that is being looked at, so it comes last.
                .sorted(Comparator.comparing(method -> method.getName().equals("getStatement")))
                .toList();
        for (Method method : methods) {
            if (!visited.add(path + "." + method.toGenericString())) {
                continue;
            }
            for (int column = 1; column <= (takesColumn(object, method) ? 8 : 1); column++) {
                look(call(object, method, column), path + "." + method.getName(), depth);
            }
        }
    }

    private void look(@Nullable Object result, String path, int depth) throws SQLException {
        if (result == null) {
            return;
        }
        if (result instanceof Object[] elements) {
            for (Object element : elements) {
                look(element, path + "[]", depth);
            }
            return;
        }
        boolean ofDriver = result.getClass().getName().startsWith("org.h2.");
        boolean made = path.endsWith("createBlob") || path.endsWith("createClob") || path.endsWith("createNClob");
        if (ofDriver && !made && DANGEROUS.stream().anyMatch(type -> type.isInstance(result))) {
            leaks.add(path + " gives " + result.getClass().getName());
        }
        if (result instanceof GuardedObject && depth < 4 && !(result instanceof Connection)) {
            visit(result, path, depth + 1);
        }
    }

    private static boolean takesColumn(Object object, Method method) {
        return object instanceof ResultSet
                && method.getParameterCount() > 0
                && method.getParameterTypes()[0] == int.class;
    }

    private static @Nullable Object call(Object object, Method method, int column) {
        method.setAccessible(true);
        try {
            return method.invoke(
                    object,
                    Arrays.stream(method.getParameterTypes())
                            .map(type -> argument(object, method, type, column))
                            .toArray());
        } catch (InvocationTargetException refused) {
            return null;
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static @Nullable Object argument(Object object, Method method, Class<?> type, int column) {
        if (type == int.class) {
            boolean statement = method.getName().startsWith("createStatement")
                    || method.getName().startsWith("prepare");
            return statement ? ResultSet.TYPE_SCROLL_INSENSITIVE : column;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == String.class) {
            boolean text =
                    method.getName().startsWith("prepare") || method.getName().startsWith("execute");
            if (text) {
                return TEXT;
            }
            return object instanceof ResultSet ? "numbers" : object instanceof Connection ? "INTEGER" : null;
        }
        if (type == Class.class) {
            return Object.class;
        }
        if (type == Map.class) {
            return new HashMap<>();
        }
        if (type == Object[].class) {
            return new Object[] {1};
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        return null;
    }
}
