package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queries of views that INFORMATION_SCHEMA of MySQL keeps to who made them, although whoever may see a view's definition is
 * told it by SHOW.
 */
final class MySqlViews {
    private static final Logger LOG = LoggerFactory.getLogger(MySqlViews.class);
    private static final String VIEW = " VIEW ";
    private static final String AS = " AS ";
    private static final List<String> CHECKS =
            List.of(" WITH CASCADED CHECK OPTION", " WITH LOCAL CHECK OPTION", " WITH CHECK OPTION");

    private static final String COLUMNS = """
            SELECT C.TABLE_SCHEMA, C.TABLE_NAME, C.COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS C
            JOIN INFORMATION_SCHEMA.VIEWS V ON V.TABLE_SCHEMA = C.TABLE_SCHEMA AND V.TABLE_NAME = C.TABLE_NAME
            WHERE C.TABLE_SCHEMA NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
            ORDER BY C.TABLE_SCHEMA, C.TABLE_NAME, C.ORDINAL_POSITION""";

    private MySqlViews() {}

    /** Views with their queries, as far as anybody tells them. */
    static List<View> completed(Statement statement, List<View> views) throws SQLException {
        List<View> completed = new ArrayList<>();
        List<View> untold = new ArrayList<>();
        for (View view : views) {
            (view.definition().isEmpty() ? untold : completed).add(view);
        }
        Map<TableName, List<String>> spellings = untold.isEmpty() ? Map.of() : spellings(statement);
        for (View view : untold) {
            List<String> names = spellings.getOrDefault(view.name(), List.of());
            // Of two that differ by case alone nobody can tell which it is.
            String query = names.size() == 1 ? query(statement, names.get(0)) : "";
            completed.add(view.with(query, List.of()));
        }
        return completed;
    }

    /** The same with their columns, which MySQL does not call in a view's query as the view does. */
    static List<View> withColumns(Statement statement, List<View> views) throws SQLException {
        if (views.isEmpty()) {
            return views;
        }
        Map<TableName, List<String>> columns = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                columns.computeIfAbsent(TableName.of(rows.getString(1), rows.getString(2)), first -> new ArrayList<>())
                        .add(rows.getString(3));
            }
        }
        return views.stream()
                .map(view -> view.with(view.definition(), columns.getOrDefault(view.name(), List.of())))
                .toList();
    }

    /** The names of views as the server spells them, quoted. */
    private static Map<TableName, List<String>> spellings(Statement statement) throws SQLException {
        Map<TableName, List<String>> spellings = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.VIEWS")) {
            while (rows.next()) {
                String schema = rows.getString(1);
                String name = rows.getString(2);
                spellings
                        .computeIfAbsent(TableName.of(schema, name), first -> new ArrayList<>(1))
                        .add(quoted(schema) + "." + quoted(name));
            }
        }
        return spellings;
    }

    private static String query(Statement statement, String name) {
        try (ResultSet shown = statement.executeQuery("SHOW CREATE VIEW " + name)) {
            return shown.next() ? queryIn(shown.getString(2)) : "";
        } catch (SQLException hidden) {
            LOG.debug("the query of view {} is not told", name, hidden);
            return "";
        }
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** The query in the statement that would make a view again; empty where that is not as it is expected. */
    static String queryIn(String definition) {
        int at = definition.indexOf(VIEW);
        if (at < 0) {
            return "";
        }
        at = endOfName(definition, at + VIEW.length());
        if (at < definition.length() && definition.charAt(at) == '.') {
            at = endOfName(definition, at + 1);
        }
        if (definition.startsWith(" (", at)) {
            at++;
            do {
                at = endOfName(definition, at + 1);
            } while (at < definition.length() && definition.charAt(at) == ',');
            at++;
        }
        if (!definition.startsWith(AS, at)) {
            return "";
        }
        String query = definition.substring(at + AS.length());
        String folded = query.toUpperCase(Locale.ROOT);
        for (String check : CHECKS) {
            if (folded.endsWith(check)) {
                return query.substring(0, query.length() - check.length());
            }
        }
        return query;
    }

    /** Behind a quoted name, in which a quote is written twice. */
    private static int endOfName(String text, int start) {
        int at = start;
        if (at >= text.length() || (text.charAt(at) != '`' && text.charAt(at) != '"')) {
            return text.length();
        }
        char quote = text.charAt(at);
        at++;
        while (at < text.length()) {
            if (text.charAt(at) == quote) {
                boolean isDoubled = at + 1 < text.length() && text.charAt(at + 1) == quote;
                if (!isDoubled) {
                    return at + 1;
                }
                at++;
            }
            at++;
        }
        return text.length();
    }
}
