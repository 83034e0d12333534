package io.tierguard.sql;

import java.util.List;

/**
 * Finds the body of a routine of PostgreSQL that stands in its definition as statements, between BEGIN ATOMIC and END.
 *
 * <p>Each statement of it has a semicolon, so the END that ends it is the one that stands where a statement could: the END of a
 * CASE, and one that names a column, stand inside a statement.
 */
final class AtomicBodies {
    private AtomicBodies() {}

    /** Where the statement that begins at an index has its END; the index itself where it is no such definition. */
    static int endOf(List<Token> tokens, int start) {
        int body = startOf(tokens, start);
        for (int at = body; body > start && at < tokens.size(); at++) {
            if (tokens.get(at).is("end") && (at == body || tokens.get(at - 1).isSymbol(";"))) {
                return at;
            }
        }
        return start;
    }

    /** Where the body's first statement begins; negative where there is none. */
    static int startOf(List<Token> tokens, int start) {
        if (!definesRoutine(tokens, start)) {
            return -1;
        }
        int depth = 0; // in parentheses the words name a parameter or column, and its type
        for (int at = start; at + 1 < tokens.size() && !tokens.get(at).isSymbol(";"); at++) {
            depth += tokens.get(at).isSymbol("(") ? 1 : tokens.get(at).isSymbol(")") ? -1 : 0;
            if (depth == 0 && tokens.get(at).is("begin") && tokens.get(at + 1).is("atomic")) {
                return at + 2;
            }
        }
        return -1;
    }

    private static boolean definesRoutine(List<Token> tokens, int start) {
        if (!is(tokens, start, "create")) {
            return false;
        }
        int kind = is(tokens, start + 1, "or") && is(tokens, start + 2, "replace") ? start + 3 : start + 1;
        return is(tokens, kind, "function") || is(tokens, kind, "procedure");
    }

    private static boolean is(List<Token> tokens, int at, String word) {
        return at < tokens.size() && tokens.get(at).is(word);
    }
}
