package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells which column of a table each column of a simple query is, where that is one. */
final class SelectedColumns {
    private static final Set<String> AFTER_TABLE = Set.of("where", "order", "limit");

    private SelectedColumns() {}

    /**
     * The columns of a query that are columns of what it reads, by the names that it gives them, all folded; the others
     * are left out.
     *
     * @param names what they are called instead, in their order; empty where the query's own names hold
     * @return empty where the query is not of the form {@code SELECT list FROM table alias WHERE …}, names two columns
     *     alike, or has another number of them
     */
    static Optional<Map<String, String>> in(List<Token> query, List<String> names) {
        int end = query.isEmpty() || !query.get(0).is("select") ? -1 : endOfList(query);
        if (end < 0 || !isOfOneTable(query.subList(end + 1, query.size()))) {
            return Optional.empty();
        }
        List<List<Token>> items = MySqlLists.items(query.subList(1, end));
        if (!names.isEmpty() && names.size() != items.size()) {
            return Optional.empty();
        }
        Map<String, String> columns = new HashMap<>();
        for (int at = 0; at < items.size(); at++) {
            if (!add(columns, items.get(at), names.isEmpty() ? "" : TableName.fold(names.get(at)))) {
                return Optional.empty();
            }
        }
        return Optional.of(columns);
    }

    private static int endOfList(List<Token> query) {
        int depth = 0;
        for (int at = 1; at < query.size(); at++) {
            Token token = query.get(at);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.is("from")) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a table by its name follows, whose columns no alias gives other names. */
    private static boolean isOfOneTable(List<Token> from) {
        int start = !from.isEmpty() && from.get(0).is("only") ? 1 : 0;
        if (start >= from.size() || !from.get(start).isIdentifier()) {
            return false;
        }
        int end = DottedName.at(from, start).end();
        boolean hasAlias = end < from.size()
                && from.get(end).isIdentifier()
                && !AFTER_TABLE.contains(from.get(end).text());
        end += hasAlias ? 1 : 0;
        return end == from.size()
                || from.get(end).isSymbol(";")
                || (from.get(end).kind() == Token.Kind.WORD
                        && AFTER_TABLE.contains(from.get(end).text()));
    }

    /** Adds what is a column by itself; whether no other column has its name. */
    private static boolean add(Map<String, String> columns, List<Token> item, String given) {
        if (item.isEmpty() || !item.get(0).isIdentifier()) {
            return true;
        }
        DottedName name = DottedName.at(item, 0);
        boolean isRenamed = name.end() + 2 == item.size()
                && item.get(name.end()).is("as")
                && item.get(name.end() + 1).isIdentifier();
        if (!isRenamed && name.end() != item.size()) {
            return true;
        }
        String column = name.table().name();
        String own = isRenamed ? TableName.fold(item.get(name.end() + 1).text()) : column;
        return columns.put(given.isEmpty() ? own : given, column) == null;
    }
}
