package io.tierguard.sql;

import java.util.List;

/** Finds words that only narrow which rows of a table are meant, or hint how to find them. */
final class NarrowingWords {

    private final Dialect dialect;
    private final List<Token> tokens;
    private final boolean changesRows;

    NarrowingWords(Dialect dialect, List<Token> tokens) {
        this.dialect = dialect;
        this.tokens = tokens;
        // Anywhere else USING may come before a product.
        this.changesRows = tokens.stream().anyMatch(token -> token.is("merge") || token.is("delete"));
    }

    /** How many tokens from here on only narrow; 0 when this one does not. */
    int lengthAt(int index) {
        return switch (dialect) {
            case POSTGRESQL -> postgreSql(index);
            case H2 -> indexHint(index);
            case MYSQL, MARIADB, SQLITE, ANSI, ORACLE, SQLSERVER -> 0;
        };
    }

    private int postgreSql(int index) {
        Token token = tokens.get(index);
        if (token.is("only")) {
            Token before = index > 0 ? tokens.get(index - 1) : token;
            boolean isOther = before.is("row") || before.is("rows") || before.is("read");
            return isOther ? 0 : endOfNameInParentheses(index + 1) > 0 ? 2 : 1;
        }
        if (token.isSymbol(")")) {
            return closesOnly(index) ? 1 : 0;
        }
        if (token.isSymbol("*")) {
            return isStarAfterTable(index) ? 1 : 0;
        }
        return token.is("tablesample") ? sample(index) : 0;
    }

    /** Where the parenthesis closes that opens at an index around a table's name and nothing more; -1 where none does. */
    private int endOfNameInParentheses(int open) {
        boolean begins = open + 2 < tokens.size()
                && tokens.get(open).isSymbol("(")
                && tokens.get(open + 1).isIdentifier();
        int end = begins ? DottedName.at(tokens, open + 1).end() : tokens.size();
        return end < tokens.size() && tokens.get(end).isSymbol(")") ? end : -1;
    }

    /** Whether a parenthesis closes {@code ONLY (t)}. */
    private boolean closesOnly(int close) {
        int open = close - 1;
        while (open > 0 && (tokens.get(open).isIdentifier() || tokens.get(open).isSymbol("."))) {
            open--;
        }
        return open > 0
                && tokens.get(open - 1).is("only")
                && lengthAt(open - 1) == 2
                && endOfNameInParentheses(open) == close;
    }

    private boolean isStarAfterTable(int index) {
        int i = index - 1;
        while (i > 1 && tokens.get(i).isIdentifier() && tokens.get(i - 1).isSymbol(".")) {
            i -= 2;
        }
        if (i < 1 || !tokens.get(i).isIdentifier()) {
            return false;
        }
        Token before = tokens.get(i - 1);
        boolean afterHead = before.is("from")
                || before.is("join")
                || before.is("update")
                || before.is("only")
                || (before.is("into") && i > 1 && tokens.get(i - 2).is("merge"))
                || (before.is("using") && changesRows);
        Token next = index + 1 < tokens.size() ? tokens.get(index + 1) : null;
        return afterHead
                && (next == null || next.kind() == Token.Kind.WORD || next.isSymbol(")") || next.isSymbol(","));
    }

    private int sample(int index) {
        int close = closeWithoutCall(index + 2);
        if (close < 0) {
            return 0;
        }
        boolean repeatable = close + 1 < tokens.size() && tokens.get(close + 1).is("repeatable");
        int end = repeatable ? closeWithoutCall(close + 2) : close;
        return end < 0 ? 0 : end - index + 1;
    }

    /** Where the arguments of a sample close that hold no call and no query; -1 where they might. */
    private int closeWithoutCall(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean opens = token.isSymbol("(");
            boolean call = opens && i > open && tokens.get(i - 1).isIdentifier();
            boolean query = token.kind() == Token.Kind.WORD && WritingWords.FIRST.contains(token.text());
            if (call || query || (i == open && !opens)) {
                return -1;
            }
            depth += opens ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private int indexHint(int index) {
        boolean use = tokens.get(index).is("use")
                && index + 2 < tokens.size()
                && tokens.get(index + 1).is("index")
                && tokens.get(index + 2).isSymbol("(");
        if (!use) {
            return 0;
        }
        int end = index + 3;
        while (end < tokens.size()
                && (tokens.get(end).isIdentifier() || tokens.get(end).isSymbol(","))) {
            end++;
        }
        return end < tokens.size() && tokens.get(end).isSymbol(")") ? end - index + 1 : 0;
    }
}
