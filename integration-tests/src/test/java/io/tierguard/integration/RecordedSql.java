package io.tierguard.integration;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The texts that an application hands to JDBC, each once, in the order in which they came; safe for use by many threads. */
final class RecordedSql {

    /** A text, and whether it came through a plain Statement. */
    record Text(String sql, boolean isPlain) {}

    private final Set<Text> texts = Collections.synchronizedSet(new LinkedHashSet<>());

    List<Text> texts() {
        synchronized (texts) {
            return new ArrayList<>(texts);
        }
    }

    /** A data source that does what the given one does, and whose statements are recorded. */
    DataSource listeningTo(DataSource dataSource) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(dataSource, method, arguments);
            return result instanceof Connection connection ? listeningTo(connection) : result;
        });
    }

    /** A connection that does what the given one does, and whose statements are recorded. */
    Connection listeningTo(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("prepare")) {
                texts.add(new Text((String) arguments[0], false));
            }
            Object result = invoke(connection, method, arguments);
            if (result instanceof CallableStatement statement) {
                return listeningTo(CallableStatement.class, statement);
            }
            if (result instanceof PreparedStatement statement) {
                return listeningTo(PreparedStatement.class, statement);
            }
            return result instanceof Statement statement ? listeningTo(Statement.class, statement) : result;
        });
    }

    private <T extends Statement> T listeningTo(Class<T> type, T statement) {
        return proxy(type, (proxy, method, arguments) -> {
            boolean isText = arguments != null
                    && arguments.length > 0
                    && arguments[0] instanceof String
                    && (method.getName().startsWith("execute")
                            || method.getName().equals("addBatch"));
            if (isText) {
                texts.add(new Text((String) arguments[0], true));
            }
            return invoke(statement, method, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(RecordedSql.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(
            Object target, java.lang.reflect.Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
