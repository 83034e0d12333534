package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the expressions in a definition, which the database may evaluate while it runs the statement.
 *
 * <p>What they call is told. A query in them could change rows, as H2's {@code OLD TABLE (DELETE …)} does, so a definition
 * with a place where a query can begin is bounded by its words, and not read where one of them writes.
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
        int nested = firstStatementIn(dialect, definition);
        if (nested < 0) {
            return Readings.effects(operation, effects, CalledRoutines.in(dialect, definition));
        }
        return bound(dialect, statement, operation, effects, definition, nested);
    }

    /** The reading of a definition that belongs to no table, whose expressions H2 evaluates at once. */
    static StatementEffects ofDatabase(Dialect dialect, StatementTokens statement, String operation) {
        if (dialect == Dialect.POSTGRESQL) {
            return Readings.power(operation, Power.ADMINISTER, List.of());
        }
        List<Token> definition = statement.rest();
        int nested = firstStatementIn(dialect, definition);
        return nested >= 0
                ? Readings.unreadable(
                        operation, statement, "a query inside " + operation, "use a literal or a function")
                : new StatementEffects.Understood(
                        operation,
                        List.of(),
                        CalledRoutines.in(dialect, definition),
                        List.of(),
                        Set.of(Power.ADMINISTER));
    }

    /** Every name in the definition is read, and written by every verb whose word occurs; what it calls is told. */
    private static StatementEffects bound(
            Dialect dialect,
            StatementTokens statement,
            String operation,
            List<Effect> effects,
            List<Token> definition,
            int nested) {
        String message = "a query or a change of rows inside " + operation;
        Problem problem = Places.problemAt(
                statement.sql(), definition.get(nested).start(), message, "use a literal or a function");
        List<Token> inner = definition.subList(nested, endOfGroup(definition, nested));
        StatementEffects names = TokenBound.of(dialect, definition, operation, problem);
        StatementEffects query = TokenBound.of(dialect, inner, operation, problem);
        // Others would run again what is defined here, so that a change of rows is never taken into a definition.
        // PostgreSQL takes no query there at all.
        if (dialect == Dialect.POSTGRESQL
                || mayChange(definition)
                || !(names instanceof StatementEffects.Bounded all)
                || !(query instanceof StatementEffects.Bounded part)) {
            return new StatementEffects.Unreadable(operation, problem);
        }
        List<Effect> bounded = new ArrayList<>(effects);
        bounded.addAll(all.effects());
        List<RoutineCall> calls = new ArrayList<>(CalledRoutines.in(dialect, definition));
        calls.addAll(part.unknownRoutines());
        return new StatementEffects.Bounded(operation, bounded, calls, problem);
    }

    /** Where the first word stands with which a statement inside the definition can begin; -1 where there is none. */
    private static int firstStatementIn(Dialect dialect, List<Token> tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean begins =
                    token.kind() == Token.Kind.WORD && (isQuery(dialect, tokens, i) || isChange(tokens, i, depth));
            if (begins) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isQuery(Dialect dialect, List<Token> tokens, int index) {
        if (index > 0 && tokens.get(index - 1).isSymbol(".")) {
            return false; // the name of something in a schema
        }
        boolean first = index > 0 && tokens.get(index - 1).isSymbol("(");
        boolean beforeGroup = isSymbol(tokens, index + 1, "(");
        return switch (tokens.get(index).text()) {
            case "select" -> true;
            case "table" -> first || beforeGroup;
            case "with" -> first;
            case "from" -> first && (index < 2 || !tokens.get(index - 2).is("trim"));
            case "values" -> first && (beforeGroup || dialect == Dialect.H2);
            default -> false;
        };
    }

    /** Where the group ends in which something stands; the end of the tokens where it stands in none. */
    private static int endOfGroup(List<Token> tokens, int start) {
        int depth = 0;
        for (int i = start; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth < 0) {
                return i;
            }
        }
        return tokens.size();
    }

    /** Whether a word that writes stands anywhere but in the reaction of a foreign key. */
    private static boolean mayChange(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean writes =
                    token.is("into") || !WritingWords.verbsOf(token.text()).isEmpty();
            if (token.kind() == Token.Kind.WORD
                    && writes
                    && (i == 0 || !tokens.get(i - 1).is("on"))) {
                return true;
            }
        }
        return false;
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
