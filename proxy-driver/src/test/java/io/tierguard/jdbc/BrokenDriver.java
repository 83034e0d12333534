package io.tierguard.jdbc;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real driver of which every method works, until one and the same fault is in all of them. */
final class BrokenDriver {

    /** What each method does. */
    enum Fault {
        NONE,
        GIVES_NOTHING,
        THROWS_SQL_EXCEPTION,
        THROWS_RUNTIME_EXCEPTION,
        RUNS_OUT_OF_MEMORY
    }

    private static final Map<Class<?>, Object> NOTHING = Map.of(
            boolean.class,
            false,
            byte.class,
            (byte) 0,
            short.class,
            (short) 0,
            int.class,
            0,
            long.class,
            0L,
            float.class,
            0f,
            double.class,
            0d);
    private static final Map<Class<?>, Object> SOMETHING = Map.of(
            boolean.class,
            true,
            byte.class,
            (byte) 1,
            short.class,
            (short) 1,
            int.class,
            1,
            long.class,
            1L,
            float.class,
            1f,
            double.class,
            1d,
            String.class,
            "x");

    private final List<Throwable> thrown = new ArrayList<>();
    private volatile Fault fault = Fault.NONE;

    void become(Fault next) {
        fault = next;
    }

    Connection connection() {
        return (Connection) object(Connection.class);
    }

    /** Whether it has thrown this very object. */
    boolean hasThrown(@Nullable Throwable throwable) {
        return thrown.stream().anyMatch(each -> each == throwable);
    }

    /** Whether an object is one of the driver's own. */
    static boolean hasMade(Object object) {
        return Proxy.isProxyClass(object.getClass());
    }

    private Object object(Class<?> type) {
        return Proxy.newProxyInstance(
                BrokenDriver.class.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return switch (method.getName()) {
                            case "equals" -> given != null && self == given[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default -> "a real " + type.getSimpleName();
                        };
                    }
                    return answer(method);
                });
    }

    private @Nullable Object answer(Method method) throws Throwable {
        Class<?> type = method.getReturnType();
        return switch (fault) {
            case NONE -> something(type);
            case GIVES_NOTHING -> NOTHING.get(type);
            case THROWS_SQL_EXCEPTION -> throw remembered(checked(method));
            case THROWS_RUNTIME_EXCEPTION -> throw remembered(new IllegalStateException("broken"));
            case RUNS_OUT_OF_MEMORY -> throw remembered(new OutOfMemoryError("broken"));
        };
    }

    private @Nullable Object something(Class<?> type) {
        if (SOMETHING.containsKey(type)) {
            return SOMETHING.get(type);
        }
        if (type == int[].class) {
            return new int[] {1};
        }
        if (type == long[].class) {
            return new long[] {1};
        }
        return type == Object.class
                ? object(Blob.class)
                : type.isInterface() && type.getName().startsWith("java.sql.") ? object(type) : null;
    }

    private static Throwable checked(Method method) {
        List<Class<?>> declared = Arrays.asList(method.getExceptionTypes());
        if (declared.contains(SQLClientInfoException.class)) {
            return new SQLClientInfoException("broken", Map.of());
        }
        return declared.contains(SQLException.class) ? new SQLException("broken") : new IllegalStateException("broken");
    }

    private Throwable remembered(Throwable failure) {
        thrown.add(failure);
        return failure;
    }
}
