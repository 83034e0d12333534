package io.tierguard.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import org.jspecify.annotations.Nullable;

/**
 * What all guarded objects share: a result of the real object goes out guarded, an argument goes in bare.
 *
 * <p>Equality is identity: a guarded object never equals the real one.
 */
abstract class GuardedObject {
    final Gate gate;

    GuardedObject(Gate gate) {
        this.gate = gate;
    }

    /** The guarded connection that this object is reached from. */
    abstract GuardedConnection connection();

    /** The real driver's object. */
    abstract Object real();

    /**
     * This object, if it is what the application asks for, or a guarded view of the real driver's interface; the real
     * object only to a component that is trusted with it.
     */
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (type != null && type.isInstance(this) && !(gate.mayUnwrap() && VendorViews.has(type))) {
            return type.cast(this);
        }
        if (type == null || !Unwrapped.isIn(real(), type)) {
            Unwrapped.refuse(real(), type);
        }
        if (type != null && !gate.mayUnwrap()) {
            T view = VendorViews.of(this, type);
            if (view != null) {
                return view;
            }
        }
        gate.unwrap("unwrap(" + (type == null ? "null" : type.getName()) + ")");
        return Unwrapped.from(real(), type);
    }

    /** True where {@link #unwrap} succeeds. */
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return type != null
                && (type.isInstance(this)
                        || ((gate.mayUnwrap() || VendorViews.has(type)) && Unwrapped.isIn(real(), type)));
    }

    /** The argument as the real driver knows it. */
    @Nullable
    Object bare(@Nullable Object argument) throws SQLException {
        if (argument instanceof GuardedValue value) {
            return value.real();
        }
        return argument instanceof Object[] elements ? ObjectArrays.map(elements, element -> bare(element)) : argument;
    }

    final Object @Nullable [] bare(Object @Nullable [] argument) throws SQLException {
        return (Object[]) bare((Object) argument);
    }

    final @Nullable Array bare(@Nullable Array argument) throws SQLException {
        return (Array) bare((Object) argument);
    }

    final @Nullable Blob bare(@Nullable Blob argument) throws SQLException {
        return (Blob) bare((Object) argument);
    }

    final @Nullable Clob bare(@Nullable Clob argument) throws SQLException {
        return (Clob) bare((Object) argument);
    }

    final @Nullable NClob bare(@Nullable NClob argument) throws SQLException {
        return (NClob) bare((Object) argument);
    }

    final @Nullable Ref bare(@Nullable Ref argument) throws SQLException {
        return (Ref) bare((Object) argument);
    }

    /** Any value that the real driver hands out, guarded where an application could write through it or get past us. */
    @Nullable
    Object guarded(@Nullable Object value) throws SQLException {
        if (value == null || value instanceof String || value instanceof Number) {
            return value;
        }
        if (value instanceof Object[] elements) {
            return ObjectArrays.map(elements, element -> guarded(element));
        }
        if (value instanceof Array array) {
            return guarded(array);
        }
        if (value instanceof Blob blob) {
            return guarded(blob);
        }
        if (value instanceof Clob clob) {
            return guarded(clob);
        }
        if (value instanceof Ref ref) {
            return guarded(ref);
        }
        if (value instanceof Struct struct) {
            return guarded(struct);
        }
        if (value instanceof ResultSet resultSet) {
            return guarded(resultSet);
        }
        if (value instanceof Connection || value instanceof Statement || value instanceof DatabaseMetaData) {
            throw gate.withheld("getObject", "a value of " + value.getClass().getName() + " would lead past the guard");
        }
        return value;
    }

    /** One object of a driver may be several kinds at once, as MariaDB's Clob is a Blob too. */
    private @Nullable Object guardedAs(@Nullable Object value, Class<?> type) throws SQLException {
        if (type == NClob.class && value instanceof NClob clob) {
            return guarded(clob);
        }
        return type == Clob.class && value instanceof Clob clob ? guarded(clob) : guarded(value);
    }

    /** A value of the type that the application asks for, guarded; refused where the guarded one has another type. */
    final <T> @Nullable T guarded(@Nullable T value, Class<T> type) throws SQLException {
        Object guarded = guardedAs(value, type);
        if (guarded == value) {
            return value;
        }
        if (type.isInstance(guarded)) {
            return type.cast(guarded);
        }
        throw gate.withheld("getObject", "a value of " + type.getName() + " would be the real driver's object");
    }

    @Nullable
    ResultSet guarded(@Nullable ResultSet real) throws SQLException {
        return real == null ? null : JdbcObjects.plain().resultSet(connection(), real, null, null);
    }

    /** Some drivers describe a result by the result itself, which leads to its statement; others go out as they are. */
    final @Nullable ResultSetMetaData guarded(@Nullable ResultSetMetaData real) {
        return real != null && leadsOn(real) ? JdbcObjects.plain().resultSetMetaData(connection(), real) : real;
    }

    final @Nullable ParameterMetaData guarded(@Nullable ParameterMetaData real) {
        return real != null && leadsOn(real) ? JdbcObjects.plain().parameterMetaData(connection(), real) : real;
    }

    private static boolean leadsOn(Object real) {
        return real instanceof Connection
                || real instanceof Statement
                || real instanceof ResultSet
                || real instanceof DatabaseMetaData;
    }

    final @Nullable Array guarded(@Nullable Array real) {
        return real == null ? null : JdbcObjects.plain().array(connection(), real);
    }

    final @Nullable Blob guarded(@Nullable Blob real) {
        return real == null ? null : JdbcObjects.plain().blob(connection(), real);
    }

    final @Nullable Clob guarded(@Nullable Clob real) {
        if (real instanceof NClob national) {
            return guarded(national);
        }
        return real == null ? null : JdbcObjects.plain().clob(connection(), real);
    }

    final @Nullable NClob guarded(@Nullable NClob real) {
        return real == null ? null : JdbcObjects.plain().nationalClob(connection(), real);
    }

    final @Nullable Ref guarded(@Nullable Ref real) {
        return real == null ? null : JdbcObjects.plain().ref(connection(), real);
    }

    final @Nullable Struct guarded(@Nullable Struct real) {
        return real == null ? null : JdbcObjects.plain().struct(connection(), real);
    }

    /** What the real one says of itself: applications log it, and read values from it. */
    @Override
    public final String toString() {
        return real().toString();
    }
}
