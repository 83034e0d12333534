package io.tierguard.jdbc;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Array;
import java.sql.SQLData;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The type that a bound value brings with it: the server converts from that type by the casts which it has, although no text
 * names it.
 */
final class BroughtType {
    /** How the classes of a driver tell their type that implement no interface of JDBC, as PostgreSQL's do. */
    private static final ClassValue<Optional<Method>> TELLING = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return telling(type);
        }
    };

    private BroughtType() {}

    private static Optional<Method> telling(Class<?> type) {
        try {
            Method method = type.getMethod("getType");
            boolean tells = method.getReturnType() == String.class
                    && Modifier.isPublic(method.getDeclaringClass().getModifiers())
                    && !type.getName().startsWith("java.");
            return tells ? Optional.of(method) : Optional.empty();
        } catch (NoSuchMethodException none) {
            return Optional.empty();
        }
    }

    /** The name of the type, as the value tells it; empty where the driver takes one of the server's own. */
    static String of(@Nullable Object value) throws SQLException {
        @Nullable String name = null;
        if (value instanceof Array array) {
            name = array.getBaseTypeName();
        } else if (value instanceof Struct struct) {
            name = struct.getSQLTypeName();
        } else if (value instanceof SQLData data) {
            name = data.getSQLTypeName();
        } else if (value instanceof Map) {
            name = "hstore"; // as PostgreSQL's driver sends any map
        } else if (value != null) {
            Optional<Method> telling = TELLING.get(value.getClass());
            name = telling.isPresent() ? told(telling.get(), value) : null;
        }
        return name == null ? "" : name;
    }

    private static @Nullable String told(Method method, Object value) throws SQLException {
        try {
            return (String) method.invoke(value);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new SQLException("the type of a bound value cannot be told", e);
        }
    }

    /** The names in a type's name, which may have its schema before it and brackets behind it, as the catalogs have them. */
    static List<String> names(String type) {
        List<String> names = new ArrayList<>();
        String[] pieces = type.split("\"", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (i % 2 == 1) {
                names.add(pieces[i]);
            } else {
                for (String word : pieces[i].split("[^\\p{L}\\p{M}\\p{N}_$]+")) {
                    names.add(word.toLowerCase(Locale.ROOT));
                }
            }
        }
        names.removeIf(String::isEmpty);
        return names;
    }
}
