package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/** Tells whether a change of rows of PostgreSQL gives rows back. */
public final class ReturningClause {
    private static final String WORD = "returning";

    /** How a change of rows begins. */
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge", "with");

    private ReturningClause() {}

    /**
     * Whether the one statement of a text, a change of rows that is understood, has a {@code RETURNING} of its own: the server keeps
     * the word for that, outside of parentheses and but for the label behind an {@code AS}.
     *
     * @return false also where that is not certain, as with a backslash, which a mode may make mean something else
     */
    public static boolean isIn(String sql, Placeholders placeholders) {
        if (!mentions(sql) || sql.indexOf('\\') >= 0) {
            return false;
        }
        try {
            return isIn(Tokenizer.of(LexicalModes.defaultsOf(Dialect.POSTGRESQL), placeholders, sql)
                    .tokenize());
        } catch (UnreadableTextException notCut) {
            return false;
        }
    }

    /** Whether rows may come back from a change: the word stands anywhere in the text, or the text runs one that was prepared. */
    public static boolean mayBeIn(String sql) {
        return mentions(sql) || contains(sql, "execute");
    }

    private static boolean mentions(String sql) {
        return contains(sql, WORD);
    }

    private static boolean contains(String sql, String word) {
        for (int at = sql.length() - word.length(); at >= 0; at--) {
            if (sql.regionMatches(true, at, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(List<Token> tokens) {
        if (tokens.isEmpty() || CHANGES.stream().noneMatch(tokens.get(0)::is)) {
            return false;
        }
        boolean isThere = false;
        int depth = 0;
        for (int at = 1; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.isSymbol("(")) {
                depth++;
            } else if (token.isSymbol(")")) {
                depth--;
            } else if (token.isSymbol(";") && at < tokens.size() - 1) {
                return false; // several statements
            } else if (depth == 0 && token.is(WORD)) {
                isThere |= !tokens.get(at - 1).is("as");
            }
        }
        return isThere;
    }
}
