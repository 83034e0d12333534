package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/** Tells queries of MySQL and MariaDB that have exactly one row, whatever they read, unless a limit is set on all queries. */
final class MySqlSoleRows {
    /** These alone make of any number of rows one, where they stand in what is selected and no rows are grouped. */
    private static final Set<String> AGGREGATES = Set.of("count", "min", "max", "sum");

    /** With these a query goes on to what may leave out its row, or give more. */
    private static final Set<String> FURTHER = Words.of("""
            group having limit offset fetch window qualify procedure order for lock union except intersect minus
            """);

    private static final Set<String> SUBQUERY = Set.of("select", "with", "values", "value", "table");

    private MySqlSoleRows() {}

    /**
     * Whether a query has one.
     *
     * @param selected its one expression, from which nothing but that is known to be missing
     * @param rest what stands from FROM on; nothing where it has none
     */
    static boolean has(List<Token> selected, List<Token> rest) {
        if (rest.isEmpty()) {
            return true;
        }
        return FURTHER.stream().noneMatch(word -> MySqlLists.atTop(rest, word) >= 0) && aggregates(selected);
    }

    private static boolean aggregates(List<Token> expression) {
        for (int at = 0; at < expression.size(); at++) {
            Token token = expression.get(at);
            Token next = MySqlLists.at(expression, at + 1);
            if (token.isSymbol("(") && next.kind() == Token.Kind.WORD && SUBQUERY.contains(next.text())) {
                int end = MySqlLists.closing(expression, at);
                at = end < 0 ? expression.size() : end;
            } else if (isAggregate(expression, at)) {
                return true;
            }
        }
        return false;
    }

    /** The server takes a name for its own function's where the parenthesis follows at once. */
    private static boolean isAggregate(List<Token> expression, int at) {
        Token name = expression.get(at);
        Token open = MySqlLists.at(expression, at + 1);
        boolean isCall = name.kind() == Token.Kind.WORD
                && AGGREGATES.contains(name.text())
                && open.isSymbol("(")
                && open.start() == name.end()
                && !MySqlLists.at(expression, at - 1).isSymbol(".");
        int end = isCall ? MySqlLists.closing(expression, at + 1) : -1;
        return end > 0 && !MySqlLists.at(expression, end + 1).is("over");
    }
}
