package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
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

    /** What they do to the tables whose columns own the sequence from then on. */
    static List<Effect> owners(List<Token> options) {
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i + 2 < options.size(); i++) {
            if (options.get(i).is("owned") && options.get(i + 1).is("by")) {
                DottedName.at(options, i + 2).owner().ifPresent(owner -> effects.add(Effect.of(Verb.EXTEND, owner)));
            }
        }
        return effects;
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
