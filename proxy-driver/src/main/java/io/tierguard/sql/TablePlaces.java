package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/** Where a name can mean nothing but a table, so that what stands behind its dot is no function of a value. */
final class TablePlaces {
    private static final Set<String> BEFORE_TABLE = Set.of("into", "join", "update");

    private TablePlaces() {}

    /** Whether the name that begins here is the first of FROM, or stands behind INTO, JOIN or UPDATE. */
    static boolean isTable(List<Token> tokens, int start) {
        if (start == 0) {
            return false;
        }
        Token before = tokens.get(start - 1);
        return before.kind() == Token.Kind.WORD
                && (BEFORE_TABLE.contains(before.text()) || (before.is("from") && isClause(tokens, start - 1)));
    }

    /** Whether FROM begins the clause of a query, and is no part of {@code IS DISTINCT FROM} or {@code extract(day FROM x)}. */
    private static boolean isClause(List<Token> tokens, int from) {
        int depth = 0;
        for (int i = from - 1; i >= 0 && depth >= 0; i--) {
            Token token = tokens.get(i);
            if (depth == 0 && token.kind() == Token.Kind.WORD) {
                if (i == from - 1 && token.is("distinct")) {
                    return false;
                }
                if (beginsStatement(tokens, i, from)) {
                    return true;
                }
            }
            depth += token.isSymbol(")") || token.isSymbol("]")
                    ? 1
                    : token.isSymbol("(") || token.isSymbol("[") ? -1 : 0;
        }
        return false;
    }

    /** Columns may be called so too: behind a dot whatever word, and {@code delete} wherever an expression begins. */
    private static boolean beginsStatement(List<Token> tokens, int word, int from) {
        if (tokens.get(word).is("select")) {
            return word == 0 || !tokens.get(word - 1).isSymbol(".");
        }
        boolean isFirst = word == 0
                || tokens.get(word - 1).isSymbol(";")
                || (word > 1
                        && tokens.get(word - 1).isSymbol("(")
                        && tokens.get(word - 2).is("as"));
        return tokens.get(word).is("delete") && word == from - 1 && isFirst;
    }
}
