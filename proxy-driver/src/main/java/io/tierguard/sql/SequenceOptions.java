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

    private static boolean isPlain(List<Token> options, int index) {
        Token token = options.get(index);
        boolean isSign = token.isSymbol("-") || token.isSymbol("+");
        boolean signs =
                isSign && index + 1 < options.size() && options.get(index + 1).kind() == Token.Kind.NUMBER;
        return token.isIdentifier() || token.kind() == Token.Kind.NUMBER || token.isSymbol(".") || signs;
    }
}
