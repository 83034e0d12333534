package io.tierguard.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A statement of a list among the test resources.
 *
 * @param text the text, for a PreparedStatement if something is bound to it
 * @param binds what is bound to its question marks, as the list of statements writes it
 * @param isKept whether those after it in the list stand on it
 */
record ListedStatement(String text, List<String> binds, boolean isKept) {

    ListedStatement {
        binds = List.copyOf(binds);
    }

    /**
     * The statements of a resource: one after the other with an empty line between, above one {@code @ 1, 'a', int[1,2]}
     * for what is bound to it, between them {@code #} and a heading, whose statements are kept if it says so.
     */
    static List<ListedStatement> of(String resource) {
        List<ListedStatement> statements = new ArrayList<>();
        boolean isKept = false;
        for (String block : read(resource).split("\n\n")) {
            String text = block.strip();
            List<String> binds = List.of();
            if (text.startsWith("# ")) {
                isKept = text.endsWith("(kept)");
                continue;
            }
            if (text.startsWith("@ ") && text.contains("\n") && !text.startsWith("@ -")) {
                binds = List.of(text.substring(2, text.indexOf('\n')).split(", "));
                text = text.substring(text.indexOf('\n') + 1);
            }
            if (!text.isEmpty()) {
                statements.add(new ListedStatement(text, binds, isKept));
            }
        }
        return statements;
    }

    private static String read(String resource) {
        try (InputStream stream = Objects.requireNonNull(ListedStatement.class.getResourceAsStream("/" + resource))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is sent with a plain Statement, to which a question mark is an operator. */
    boolean isPlain() {
        return binds.isEmpty();
    }

    /** Sends it and reads all that comes back. */
    void runOn(Connection connection) throws SQLException {
        if (isPlain()) {
            try (Statement statement = connection.createStatement()) {
                drain(statement, statement.execute(text));
            }
        } else {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                for (int i = 0; i < binds.size(); i++) {
                    statement.setObject(i + 1, value(connection, binds.get(i)));
                }
                drain(statement, statement.execute());
            }
        }
    }

    private static void drain(Statement statement, boolean isResult) throws SQLException {
        boolean hasRows = isResult;
        while (hasRows || statement.getUpdateCount() != -1) {
            if (hasRows) {
                try (var rows = statement.getResultSet()) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        if (columns > 0) {
                            rows.getObject(columns);
                        }
                    }
                }
            }
            hasRows = statement.getMoreResults();
        }
    }

    private static Object value(Connection connection, String bind) throws SQLException {
        if (bind.startsWith("'")) {
            return bind.substring(1, bind.length() - 1);
        }
        int bracket = bind.indexOf('[');
        if (bracket < 0) {
            return Integer.valueOf(bind);
        }
        String[] texts =
                bind.substring(bracket + 1, bind.length() - 1).replace("'", "").split(",");
        String type = bind.substring(0, bracket);
        Object[] values = new Object[texts.length];
        for (int i = 0; i < texts.length; i++) {
            values[i] = type.equals("text") ? texts[i] : Integer.valueOf(texts[i]);
        }
        return connection.createArrayOf(type, values);
    }
}
