package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes joins of MySQL and MariaDB so that their structure can be read.
 *
 * <p>INVARIANT: the same tables are joined and written, whatever rows of them.
 */
final class MySqlJoins {
    private static final Set<String> JOINS =
            Set.of("natural", "inner", "cross", "left", "right", "outer", "join", "straight_join");

    /** Behind a table's name, what is no other name of it. */
    private static final Set<String> BEHIND_TABLE = Words.of("""
            on using set partition use force ignore for where
            """);

    /** What may stand behind a WHERE, so that none can be put before it. */
    private static final Set<String> BEHIND_WHERE =
            Set.of("where", "group", "having", "order", "limit", "window", "for", "lock");

    private static final Set<String> COMBINED = Set.of("union", "except", "intersect");

    private MySqlJoins() {}

    /** {@code INSERT … SELECT … JOIN u ON x ON DUPLICATE KEY …}: the second ON is no condition of the join. */
    static void endBeforeDuplicate(List<Token> tokens, int verb) {
        int depth = 0;
        boolean isJoined = false;
        boolean hasCondition = false;
        for (int i = verb; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0
                    && token.is("on")
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).is("duplicate")) {
                if (isJoined && !hasCondition) {
                    Token one = new Token(Token.Kind.NUMBER, "1", token.start(), token.start());
                    tokens.addAll(
                            i, List.of(MySqlTokens.word("where", token), one, MySqlTokens.symbol("=", token), one));
                }
                return;
            }
            if (depth == 0 && token.kind() == Token.Kind.WORD) {
                boolean isOfNext = COMBINED.contains(token.text());
                isJoined = !isOfNext && (isJoined || token.is("join") || token.is("straight_join"));
                hasCondition = !isOfNext && (hasCondition || BEHIND_WHERE.contains(token.text()));
            }
        }
    }

    /** {@code UPDATE (SELECT …) q JOIN t …} becomes {@code UPDATE t JOIN (SELECT …) q …}. */
    static void putTableFirst(List<Token> tokens, int start) {
        if (!MySqlLists.at(tokens, start).isSymbol("(") || !MySqlWords.beginsQuery(MySqlLists.at(tokens, start + 1))) {
            return;
        }
        int query = afterAlias(tokens, afterGroup(tokens, start));
        int table = query;
        if (MySqlLists.at(tokens, table).isSymbol(",")) {
            table++;
        } else {
            while (MySqlLists.at(tokens, table).kind() == Token.Kind.WORD
                    && JOINS.contains(MySqlLists.at(tokens, table).text())) {
                table++;
            }
        }
        if (table == query || !MySqlLists.at(tokens, table).isIdentifier()) {
            return;
        }
        int end = afterAlias(tokens, DottedName.at(tokens, table).end());
        List<Token> turned = new ArrayList<>(tokens.subList(table, end));
        turned.addAll(tokens.subList(query, table));
        turned.addAll(tokens.subList(start, query));
        tokens.subList(start, end).clear();
        tokens.addAll(start, turned);
    }

    private static int afterGroup(List<Token> tokens, int open) {
        int depth = 0;
        int i = open;
        do {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            i++;
        } while (depth > 0 && i < tokens.size());
        return i;
    }

    private static int afterAlias(List<Token> tokens, int from) {
        int at = from;
        if (MySqlLists.at(tokens, at).is("as")) {
            at++;
        }
        Token name = MySqlLists.at(tokens, at);
        boolean isWord =
                name.kind() == Token.Kind.WORD && (JOINS.contains(name.text()) || BEHIND_TABLE.contains(name.text()));
        return name.isIdentifier() && !isWord ? at + 1 : from;
    }
}
