package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The types that a call names by a text, of which PostgreSQL's {@code pg_input_is_valid} and its like make a value. */
final class TypesInTexts {
    private static final Set<String> NAMING = Set.of("pg_input_is_valid", "pg_input_error_info");

    private TypesInTexts() {}

    /** Whether a call makes a value of a type that it is told by a text. */
    static boolean areNamedTo(RoutineCall call) {
        return NAMING.contains(call.name());
    }

    /**
     * The names in the text that a call takes for a type, folded; {@link Mentions#ANY_TYPE} where it is not written out.
     *
     * @param open where the parenthesis of the call opens
     */
    static Set<String> namedBy(RoutineCall call, List<Token> tokens, int open) {
        if (!areNamedTo(call)) {
            return Set.of();
        }
        int close = SpecialCalls.close(tokens, open);
        int comma = close < 0 ? -1 : topComma(tokens, open, close);
        if (comma < 0 || !isWrittenOut(tokens.subList(comma + 1, close))) {
            return Set.of(Mentions.ANY_TYPE);
        }
        try {
            return Tokenizer.of(
                            LexicalModes.defaultsOf(Dialect.POSTGRESQL),
                            Placeholders.NONE,
                            tokens.get(comma + 1).text())
                    .tokenize()
                    .stream()
                    .filter(Token::isIdentifier)
                    .map(token -> TableName.fold(token.text()))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (UnreadableTextException notAName) {
            return Set.of(Mentions.ANY_TYPE);
        }
    }

    private static int topComma(List<Token> tokens, int open, int close) {
        int depth = 0;
        for (int i = open + 1; i < close; i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0 && tokens.get(i).isSymbol(",")) {
                return i;
            }
        }
        return -1;
    }

    /** Whether an argument is a literal, perhaps with its type behind it as the catalog writes it. */
    private static boolean isWrittenOut(List<Token> argument) {
        return !argument.isEmpty()
                && argument.get(0).kind() == Token.Kind.STRING
                && (argument.size() == 1
                        || (argument.size() == 3
                                && argument.get(1).isSymbol("::")
                                && argument.get(2).is("text")));
    }
}
