package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads PostgreSQL's {@code DO}, whose code runs at once, where it is in PL/pgSQL and all that will run stands in it.
 *
 * <p>INVARIANT: nothing that is read in it changes what stands before or behind it in the same code means; such code is not
 * read, and never let pass.
 */
final class DoStatements {
    private static final String OPERATION = "DO";

    private final StatementReader reader;

    DoStatements(StatementReader reader) {
        this.reader = reader;
    }

    StatementEffects read(StatementTokens statement, int depth) {
        return body(statement.rest())
                .flatMap(DoStatements::cut)
                .flatMap(this::readCode)
                .orElseGet(() -> Readings.power(OPERATION, Power.DEFINE, List.of()));
    }

    /** The tokens that the statement runs, of its body where it is one that has some. */
    static List<Token> inside(List<Token> statement) {
        if (statement.isEmpty() || !statement.get(0).is("do")) {
            return statement;
        }
        return body(statement).flatMap(DoStatements::cut).map(Code::tokens).orElse(statement);
    }

    /**
     * What a call of a routine with this body comes to, by a statement of its own: what a block with the same code needs. Where that
     * takes a power, or the code changes its session, such a call is not read.
     */
    static Optional<StatementEffects.Understood> called(StatementReader reader, String body) {
        return cut(body)
                .flatMap(code -> together(reader, code))
                .filter(all -> !all.redirects())
                .map(all -> all.reading(CalledCode.OPERATION, Set.of()))
                .filter(StatementEffects.Understood.class::isInstance)
                .map(StatementEffects.Understood.class::cast)
                .filter(all -> all.sessionChanges().isEmpty());
    }

    private Optional<StatementEffects> readCode(Code code) {
        // A name may mean something else behind what it makes: a temporary table that it renames, a view of one.
        return together(reader, code)
                .map(all -> all.reading(OPERATION, all.redirects() ? Set.of(Power.ADMINISTER) : Set.of()));
    }

    /** All that could run of some code; empty where it ends transactions, or changes what its own statements mean. */
    private static Optional<CompoundCode> together(StatementReader reader, Code code) {
        CompoundCode all = new CompoundCode();
        for (CodeStep each : ProceduralCode.read(Dialect.POSTGRESQL, reader, code.text(), code.tokens())) {
            if (!all.add(each.effects())) {
                return Optional.empty();
            }
        }
        return all.movesTransaction() || !all.isAsBefore() ? Optional.empty() : Optional.of(all);
    }

    /** The one string of a statement that says no more than the language of its code; empty of any other. */
    private static Optional<String> body(List<Token> tokens) {
        List<Token> rest = new ArrayList<>(tokens.subList(1, tokens.size()));
        for (int i = 0; i + 1 < rest.size(); i++) {
            if (rest.get(i).is("language") && rest.get(i + 1).is("plpgsql")) {
                rest.subList(i, i + 2).clear();
            }
        }
        return rest.size() == 1 && rest.get(0).kind() == Token.Kind.STRING
                ? Optional.of(rest.get(0).text())
                : Optional.empty();
    }

    /** A body in which a backslash means nothing, whatever the session has set, and which runs no body of its own. */
    private static Optional<Code> cut(String body) {
        if (body.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        try {
            LexicalModes modes = LexicalModes.defaultsOf(Dialect.POSTGRESQL);
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, body).tokenize();
            boolean nests = false;
            for (int i = 1; i < tokens.size(); i++) {
                nests |= tokens.get(i - 1).is("do")
                        && (tokens.get(i).isValue() || tokens.get(i).is("language"));
            }
            return nests ? Optional.empty() : Optional.of(new Code(body, tokens));
        } catch (UnreadableTextException notCut) {
            return Optional.empty();
        }
    }

    private record Code(String text, List<Token> tokens) {}
}
