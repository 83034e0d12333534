package io.tierguard.schema;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query of ours as H2 takes it under {@code ALLOW_LITERALS NONE} or {@code NUMBERS}, which an administrator sets for the whole
 * database: each of its literals is bound to a parameter.
 */
final class LiteralFreeQuery {
    /** LITERALS_ARE_NOT_ALLOWED of H2. */
    private static final int REFUSED = 90_116;

    private final StringBuilder text = new StringBuilder();
    private final List<String> strings = new ArrayList<>();

    /** Reads a query that is written in one of our constants: without escapes but that of a quote, or code of a user's own. */
    LiteralFreeQuery(String query) {
        int at = 0;
        while (at < query.length()) {
            char c = query.charAt(at);
            int end;
            if (c == '\'') {
                end = endOfQuoted(query, at, c);
                bind("CAST(? AS VARCHAR)", query.substring(at + 1, end - 1).replace("''", "'"));
            } else if (c == '"') {
                end = endOfQuoted(query, at, c);
                text.append(query, at, end);
            } else if (query.startsWith("--", at)) {
                int line = query.indexOf('\n', at);
                end = line < 0 ? query.length() : line;
                text.append(query, at, end);
            } else if (Character.isDigit(c)) {
                end = endOfWord(query, at);
                bind("CAST(? AS INT)", query.substring(at, end));
            } else {
                end = Character.isJavaIdentifierStart(c) ? endOfWord(query, at) : at + 1;
                text.append(query, at, end);
            }
            at = end;
        }
    }

    private void bind(String parameter, String value) {
        text.append(parameter);
        strings.add(value);
    }

    private static int endOfQuoted(String query, int start, char quote) {
        int at = start + 1;
        while (at < query.length() && (query.charAt(at) != quote || query.startsWith("" + quote + quote, at))) {
            at += query.charAt(at) == quote ? 2 : 1;
        }
        return Math.min(at + 1, query.length());
    }

    private static int endOfWord(String query, int start) {
        int at = start;
        while (at < query.length() && Character.isJavaIdentifierPart(query.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The text with a parameter for each literal. */
    String text() {
        return text.toString();
    }

    /** What is bound to them, in their order. */
    List<String> values() {
        return List.copyOf(strings);
    }

    private ResultSet ask(Connection real) throws SQLException {
        PreparedStatement statement = real.prepareStatement(text());
        try {
            statement.closeOnCompletion();
            for (int i = 0; i < strings.size(); i++) {
                statement.setString(i + 1, strings.get(i));
            }
            return statement.executeQuery();
        } catch (Throwable failure) {
            statement.close();
            throw failure;
        }
    }

    /** A statement that asks without literals what is refused with them. */
    static Statement asking(Statement statement, Connection real) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                return invoke(statement, method, arguments);
            } catch (SQLException refused) {
                boolean isQuery = method.getName().equals("executeQuery") && arguments != null;
                if (!isQuery || refused.getErrorCode() != REFUSED) {
                    throw refused;
                }
                return new LiteralFreeQuery((String) arguments[0]).ask(real);
            }
        };
        return (Statement) Proxy.newProxyInstance(
                LiteralFreeQuery.class.getClassLoader(), new Class<?>[] {Statement.class}, handler);
    }

    private static @Nullable Object invoke(Statement statement, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(statement, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
