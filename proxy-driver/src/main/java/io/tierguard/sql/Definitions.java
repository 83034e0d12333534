package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the expressions in a definition, which the database may evaluate while it runs the statement.
 *
 * <p>What they call is told. A query in them could change rows, as H2's {@code OLD TABLE (DELETE …)} does, so a definition
 * with a place where a query can begin is not read.
 */
final class Definitions {

    private static final Set<String> AFTER_COLUMN =
            Set.of("is", "in", "not", "between", "like", "and", "or", "collate");

    private Definitions() {}

    /** The reading of a statement that has these effects and this definition. */
    static StatementEffects read(
            Dialect dialect,
            StatementTokens statement,
            String operation,
            List<Effect> effects,
            List<Token> definition) {
        Optional<Token> nested = firstStatementIn(dialect, definition);
        if (nested.isEmpty()) {
            return Readings.effects(operation, effects, CalledRoutines.in(dialect, definition));
        }
        String message = "a query or a change of rows inside " + operation;
        return new StatementEffects.Unreadable(
                operation,
                Places.problemAt(statement.sql(), nested.get().start(), message, "use a literal or a function"));
    }

    /** The first word with which a statement inside the definition can begin. */
    private static Optional<Token> firstStatementIn(Dialect dialect, List<Token> tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean begins =
                    token.kind() == Token.Kind.WORD && (isQuery(dialect, tokens, i) || isChange(tokens, i, depth));
            if (begins) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    private static boolean isQuery(Dialect dialect, List<Token> tokens, int index) {
        boolean first = index > 0 && tokens.get(index - 1).isSymbol("(");
        boolean beforeGroup = isSymbol(tokens, index + 1, "(");
        return switch (tokens.get(index).text()) {
            case "select" -> index == 0 || !tokens.get(index - 1).isSymbol(".");
            case "table" -> first || beforeGroup;
            case "with" -> first;
            case "from" -> first && (index < 2 || !tokens.get(index - 2).is("trim"));
            case "values" -> first && (beforeGroup || dialect == Dialect.H2);
            default -> false;
        };
    }

    /** Whether rows may be changed; a column of a table may be named like the word, a column behind more brackets not. */
    private static boolean isChange(List<Token> tokens, int index, int depth) {
        boolean hasTarget = index > 0
                && index + 1 < tokens.size()
                && tokens.get(index - 1).isSymbol("(")
                && tokens.get(index + 1).isIdentifier();
        if (!hasTarget || WritingWords.verbsOf(tokens.get(index).text()).isEmpty()) {
            return false;
        }
        Token next = tokens.get(index + 1);
        return next.is("into")
                || next.is("from")
                || next.is("only")
                || next.is("table")
                || (depth > 1 && !AFTER_COLUMN.contains(next.text()));
    }

    private static boolean isSymbol(List<Token> tokens, int index, String symbol) {
        return index < tokens.size() && tokens.get(index).isSymbol(symbol);
    }
}
