package io.tierguard.sql;

import java.util.List;

/** Tells of an INSERT whether it changes no more than one row, however often a driver puts it into one statement with others. */
public final class SingleRowInsert {
    private SingleRowInsert() {}

    /**
     * Whether a prepared text is an {@code INSERT … VALUES (…)} of one row, which adds that or, but for an upsert of the MySQL family,
     * changes at most the one in its way.
     *
     * @return false also where that is not certain, as with what a mode or a version of the server may make mean something else
     */
    public static boolean is(String sql, Dialect dialect) {
        boolean isMySql = dialect.isOfMySqlFamily();
        if (sql.indexOf('\\') >= 0 || (isMySql && (sql.indexOf('"') >= 0 || sql.contains("/*")))) {
            return false;
        }
        try {
            List<Token> tokens = Tokenizer.of(LexicalModes.defaultsOf(dialect), Placeholders.QUESTION_MARKS, sql)
                    .tokenize();
            return !tokens.isEmpty() && tokens.get(0).is("insert") && hasOneRow(tokens, dialect);
        } catch (UnreadableTextException notCut) {
            return false;
        }
    }

    private static boolean hasOneRow(List<Token> tokens, Dialect dialect) {
        int values = behindValues(tokens);
        if (values < 0 || values >= tokens.size() || !tokens.get(values).isSymbol("(")) {
            return false;
        }
        int end = behindGroup(tokens, values);
        boolean isEnd = end == tokens.size()
                || (end == tokens.size() - 1 && tokens.get(end).isSymbol(";"));
        return isEnd || (dialect == Dialect.POSTGRESQL && isUpsertOrReturning(tokens, end));
    }

    private static boolean isUpsertOrReturning(List<Token> tokens, int at) {
        boolean isUpsert = tokens.get(at).is("on")
                && at + 1 < tokens.size()
                && tokens.get(at + 1).is("conflict");
        boolean isOnlyOne = tokens.stream().limit(tokens.size() - 1L).noneMatch(token -> token.isSymbol(";"));
        return isOnlyOne && (isUpsert || tokens.get(at).is("returning"));
    }

    /** What stands behind the first {@code VALUES} outside of parentheses; -1 where there is none. */
    private static int behindValues(List<Token> tokens) {
        int depth = 0;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.isSymbol("(")) {
                depth++;
            } else if (token.isSymbol(")")) {
                depth--;
            } else if (depth == 0 && (token.is("values") || token.is("value"))) {
                return at + 1;
            } else if (depth == 0 && token.is("select")) {
                return -1;
            }
        }
        return -1;
    }

    private static int behindGroup(List<Token> tokens, int open) {
        int depth = 0;
        int at = open;
        do {
            depth += tokens.get(at).isSymbol("(") ? 1 : 0;
            depth -= tokens.get(at).isSymbol(")") ? 1 : 0;
            at++;
        } while (depth > 0 && at < tokens.size());
        return at;
    }
}
