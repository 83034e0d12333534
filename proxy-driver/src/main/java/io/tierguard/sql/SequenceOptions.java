package io.tierguard.sql;

import java.util.List;

/** The options of a sequence, which H2 evaluates as expressions. */
final class SequenceOptions {

    private SequenceOptions() {}

    /** Whether they hold no more than words, names and numbers. */
    static boolean arePlain(List<Token> options) {
        for (int i = 0; i < options.size(); i++) {
            if (!isPlain(options, i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is part of the length in {@code AS DECIMAL(10)}. */
    private static boolean isLength(List<Token> options, int index) {
        int open = options.get(index).isSymbol("(") ? index : index - 2;
        return open > 1
                && open + 2 < options.size()
                && options.get(open - 2).is("as")
                && options.get(open).isSymbol("(")
                && options.get(open + 1).kind() == Token.Kind.NUMBER
                && options.get(open + 2).isSymbol(")")
                && (open == index || options.get(index).isSymbol(")"));
    }

    private static boolean isPlain(List<Token> options, int index) {
        Token token = options.get(index);
        boolean isSign = token.isSymbol("-") || token.isSymbol("+");
        boolean signs =
                isSign && index + 1 < options.size() && options.get(index + 1).kind() == Token.Kind.NUMBER;
        return token.isIdentifier()
                || token.kind() == Token.Kind.NUMBER
                || token.isSymbol(".")
                || signs
                || isLength(options, index);
    }
}
