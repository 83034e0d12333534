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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A guarded object as an interface of the real driver's own: what changes no row passes, some calls are judged, the rest is
 * refused, so that a method of a newer driver is refused until somebody has looked at it.
 */
abstract class VendorView implements InvocationHandler {
    final GuardedObject guarded;
    final Class<?> type;
    final Object vendor;
    private final Set<String> passing;

    /**
     * A view.
     *
     * @param vendor the real object, as the interface
     * @param passing the names of the methods that change no row and lead nowhere
     */
    VendorView(GuardedObject guarded, Class<?> type, Object vendor, Set<String> passing) {
        this.guarded = guarded;
        this.type = type;
        this.vendor = vendor;
        this.passing = passing;
    }

    /** The view as an object, which has the guarded object's own interface of JDBC, too. */
    final Object proxy() {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type, jdbcTypeOf(guarded)}, this);
    }

    /** Whether a method is the driver's own, and not one that the guarded object has itself. */
    abstract boolean isOfVendor(Method method);

    /** What a judged method gives; {@link #refused} for all others. */
    abstract @Nullable Object mediated(Method method, @Nullable Object[] arguments) throws Throwable;

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
    public final @Nullable Object invoke(Object view, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> view == given[0];
                case "hashCode" -> System.identityHashCode(view);
                default -> guarded.toString();
            };
        }
        if (!isOfVendor(method)) {
            return call(guarded, method, given);
        }
        if (passing.contains(method.getName())) {
            return call(vendor, method, given);
        }
        try {
            return mediated(method, given);
        } catch (DenialException denial) {
            if (List.of(method.getExceptionTypes()).contains(SQLException.class)) {
                throw denial;
            }
            throw new UnsupportedOperationException(denial.getMessage(), denial);
        }
    }

    /** The exception for a method that could change rows, or hand out what could. */
    final DenialException refused(Method method) {
        String operation = type.getSimpleName() + "." + method.getName();
        String because = "it may change rows, and no SQL says which; use SQL statements";
        return method.getName().startsWith("get")
                ? guarded.gate.withheld(operation, because)
                : guarded.gate.escape(operation, because);
    }

    static @Nullable Object call(Object target, Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
