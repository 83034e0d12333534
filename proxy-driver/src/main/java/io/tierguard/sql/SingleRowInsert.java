package io.tierguard.sql;

import java.util.List;

/** Tells of an INSERT whether it changes no more than one row, however often a driver puts it into one statement with others. */
public final class SingleRowInsert {
    private SingleRowInsert() {}

    /**
     * Whether a prepared text is an {@code INSERT … VALUES (…)} of one row, which adds that or changes at most the one in its way.
     *
     * @return false also where that is not certain, as with what a mode or a version of the server may make mean something else
     */
    public static boolean is(String sql, Dialect dialect) {
        boolean isMySql = dialect.isOfMySqlFamily();
        boolean isOfVersion = sql.contains("/*!") || sql.contains("/*M!") || sql.contains("/*m!");
        if (sql.indexOf('\\') >= 0 || (isMySql && (sql.indexOf('"') >= 0 || isOfVersion))) {
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
        if (values < 0) {
            return false;
        }
        int end = behindGroup(tokens, values);
        int last = tokens.size() - (tokens.get(tokens.size() - 1).isSymbol(";") ? 1 : 0);
        boolean isOnlyOne = tokens.subList(0, last).stream().noneMatch(token -> token.isSymbol(";"));
        return isOnlyOne && (end >= last || goesOn(tokens, end, dialect));
    }

    /** An upsert adds its row, or changes the one in its way. */
    private static boolean goesOn(List<Token> tokens, int at, Dialect dialect) {
        boolean isOn = tokens.get(at).is("on") && at + 1 < tokens.size();
        if (dialect == Dialect.POSTGRESQL) {
            return tokens.get(at).is("returning") || (isOn && tokens.get(at + 1).is("conflict"));
        }
        return dialect.isOfMySqlFamily() && isOn && tokens.get(at + 1).is("duplicate");
    }

    private static boolean isGroup(List<Token> tokens, int at) {
        return at < tokens.size() && tokens.get(at).isSymbol("(");
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
            } else if (depth == 0 && (token.is("values") || token.is("value")) && isGroup(tokens, at + 1)) {
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
