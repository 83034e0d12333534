package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * H2's {@code OLD TABLE (…)}, {@code NEW TABLE (…)} and {@code FINAL TABLE (…)}: changes of rows in the place of a table.
 *
 * <p>Each change is read as the statement that it is, and the rest as if a query without a table stood in its place.
 *
 * @param rest the statement without its changes
 * @param changes the changes, each a whole statement
 */
record H2DeltaTables(List<Token> rest, List<List<Token>> changes) {

    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge", "replace");

    H2DeltaTables {
        rest = List.copyOf(rest);
        changes = List.copyOf(changes);
    }

    /** The changes in a statement; empty when there is none. */
    static Optional<H2DeltaTables> in(List<Token> tokens) {
        List<Token> rest = new ArrayList<>();
        List<List<Token>> changes = new ArrayList<>();
        int i = 0;
        while (i < tokens.size()) {
            int close = isChange(tokens, i) ? closing(tokens, i + 2) : -1;
            if (close < 0) {
                rest.add(tokens.get(i++));
            } else {
                changes.add(tokens.subList(i + 3, close));
                rest.add(tokens.get(i + 2));
                rest.add(new Token(
                        Token.Kind.WORD,
                        "select",
                        tokens.get(i).start(),
                        tokens.get(i).end()));
                rest.add(new Token(
                        Token.Kind.NUMBER,
                        "0",
                        tokens.get(i).start(),
                        tokens.get(i).end()));
                rest.add(tokens.get(close));
                i = close + 1;
            }
        }
        return changes.isEmpty() ? Optional.empty() : Optional.of(new H2DeltaTables(rest, changes));
    }

    private static boolean isChange(List<Token> tokens, int index) {
        Token first = tokens.get(index);
        return (first.is("old") || first.is("new") || first.is("final"))
                && index + 3 < tokens.size()
                && tokens.get(index + 1).is("table")
                && tokens.get(index + 2).isSymbol("(")
                && tokens.get(index + 3).kind() == Token.Kind.WORD
                && CHANGES.contains(tokens.get(index + 3).text());
    }

    private static int closing(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
