package io.tierguard.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** Looks for a type in a real object, for whoever is trusted with it. */
final class Unwrapped {

    private Unwrapped() {}

    /** The real object, or what it wraps, as this type; what the real driver says where it is neither. */
    static <T> T from(Object real, @Nullable Class<T> type) throws SQLException {
        if (type != null && type.isInstance(real)) {
            return type.cast(real);
        }
        if (type != null && real instanceof Wrapper wrapper) {
            return wrapper.unwrap(type);
        }
        throw new SQLException("the real driver's object is no " + (type == null ? "null" : type.getName()));
    }

    /** Lets the real object say that it is nothing of this type; it may turn out to be, which is for the guard to judge. */
    static void refuse(Object real, @Nullable Class<?> type) throws SQLException {
        if (real instanceof Wrapper wrapper) {
            wrapper.unwrap(type);
        } else {
            throw new SQLException("the real driver's object is no " + (type == null ? "null" : type.getName()));
        }
    }

    /** Whether {@link #from} succeeds. */
    static boolean isIn(Object real, Class<?> type) throws SQLException {
        return type.isInstance(real) || (real instanceof Wrapper wrapper && wrapper.isWrapperFor(type));
    }
}
