package io.tierguard.sql;

import java.util.List;

/** Leaves out subscripts of arrays that compute nothing: {@code a[1:2]}, and the field behind one in an assignment. */
final class Subscripts {

    /** No bound of a slice is longer, so that looking for its bracket takes no time worth telling. */
    private static final int FARTHEST = 1000;

    private Subscripts() {}

    /** How many tokens from an opening bracket on may be left out; 0 where none. */
    static int length(List<Token> in, int open, List<Token> out) {
        Token before = out.isEmpty() ? in.get(open) : out.get(out.size() - 1);
        boolean isSubscript = before.isSymbol(")")
                || before.kind() == Token.Kind.NAME
                || before.isValue()
                || (before.kind() == Token.Kind.WORD && !before.is("array"));
        if (!isSubscript) {
            return 0;
        }
        int close = close(in, open);
        return close < 0 ? 0 : field(in, open - 1, close + 1) - open;
    }

    /** Whether a place is in brackets, and in no parentheses in those. */
    static boolean isIn(List<Token> in, int place) {
        int depth = 0;
        for (int i = place - 1; i >= Math.max(0, place - FARTHEST); i--) {
            Token token = in.get(i);
            if (token.isSymbol("]") || token.isSymbol(")")) {
                depth++;
            } else if (token.isSymbol("[") || token.isSymbol("(")) {
                if (depth == 0) {
                    return token.isSymbol("[");
                }
                depth--;
            }
        }
        return false;
    }

    /** The place behind the fields of a composite that is assigned; elsewhere a field may be a call. */
    private static int field(List<Token> in, int name, int start) {
        int end = start;
        boolean more = true;
        while (more) {
            if (end + 1 < in.size()
                    && in.get(end).isSymbol(".")
                    && in.get(end + 1).isIdentifier()) {
                end += 2;
            } else {
                int close = close(in, end);
                more = close > 0;
                end = more ? close + 1 : end;
            }
        }
        return end > start && isAssigned(in, name, end) ? end : start;
    }

    /** Where a subscript that computes nothing closes; negative where none opens. */
    private static int close(List<Token> in, int open) {
        if (open >= in.size() || !in.get(open).isSymbol("[")) {
            return -1;
        }
        int end = open + 1;
        while (end < in.size()
                && (in.get(end).isValue()
                        || in.get(end).isSymbol(":")
                        || in.get(end).isSymbol("-"))) {
            end++;
        }
        return end < in.size() && in.get(end).isSymbol("]") ? end : -1;
    }

    /** Whether a name stands in the columns of INSERT, or to the left in SET. */
    private static boolean isAssigned(List<Token> in, int name, int end) {
        if (name < 2 || end >= in.size() || !in.get(name).isIdentifier()) {
            return false;
        }
        Token before = in.get(name - 1);
        boolean isFirst = before.isSymbol("(") || before.is("set");
        int depth = 0;
        for (int i = name - 1; i > 0; i--) {
            Token token = in.get(i);
            depth += token.isSymbol(")") ? 1 : token.isSymbol("(") ? -1 : 0;
            if (depth < 0) {
                return isInsertList(in, i)
                        && (in.get(end).isSymbol(",") || in.get(end).isSymbol(")"));
            }
            if (depth == 0 && token.is("set")) {
                return (isFirst || before.isSymbol(",")) && in.get(end).isSymbol("=");
            }
            if (depth == 0 && (token.is("where") || token.is("from") || token.is("returning") || token.is("select"))) {
                return false;
            }
        }
        return false;
    }

    /** Whether the parenthesis opens the columns of INSERT INTO. */
    private static boolean isInsertList(List<Token> in, int open) {
        int i = open - 1;
        while (i > 1 && in.get(i).isIdentifier() && in.get(i - 1).isSymbol(".")) {
            i -= 2;
        }
        return i > 0 && in.get(i).isIdentifier() && in.get(i - 1).is("into");
    }
}
