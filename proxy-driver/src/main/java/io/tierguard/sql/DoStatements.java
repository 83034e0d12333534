package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads PostgreSQL's {@code DO}, whose code runs at once, where it is in PL/pgSQL and all that will run stands in it.
 *
 * <p>INVARIANT: nothing that is read in it changes what stands before or behind it in the same code means; such code is not
 * read, and never let pass.
 */
final class DoStatements {
    private static final String OPERATION = "DO";

    /** In which strings may be cut in either way. */
    private static final Optional<LexicalModes> ANY_SESSION = Optional.empty();

    /** What is against code that is defined where it cannot be judged by itself. */
    private static final String BESIDE_OTHERS =
            ", which defines code beside a statement that changes something, a declaration or a loop: define it by a statement or a"
                    + " block of its own";

    private final StatementReader reader;

    DoStatements(StatementReader reader) {
        this.reader = reader;
    }

    StatementEffects read(StatementTokens statement, int depth) {
        Optional<String> body = body(statement.rest());
        if (body.isEmpty()) {
            return unread("its code is not one string in PL/pgSQL");
        }
        Cut cut = cut(reader.ofSession(), body.get());
        if (cut.code().isEmpty()) {
            return unread(cut.obstacle());
        }
        Together together = together(reader, cut.code().get(), all -> true);
        return together.all()
                // A name may mean something else behind what it makes: a temporary table that it renames, a view of
                // one.
                .map(all -> all.reading(OPERATION, all.redirects() ? Set.of(Power.ADMINISTER) : Set.of()))
                .orElseGet(() -> unread(together.obstacle()));
    }

    private static StatementEffects unread(String obstacle) {
        return Readings.code(OPERATION, List.of(), Optional.of(DefinedCode.unread(obstacle)));
    }

    /** The tokens that the statement runs, of its body where it is one that has some. */
    static List<Token> inside(StatementReader reader, List<Token> statement) {
        if (statement.isEmpty() || !statement.get(0).is("do")) {
            return statement;
        }
        return body(statement)
                .flatMap(body -> cut(reader.ofSession(), body).code())
                .map(code -> ExecutedTexts.inside(code.tokens()))
                .orElse(statement);
    }

    /**
     * The statements of a block that defines code, or changes tables so that a name may mean another behind it, each to be judged as if
     * it stood in a text with the others, where beside them it only asks and changes no row; nothing of any other block. None of them
     * runs twice, none before one that it stands behind, and what is judged behind one that does not run is held to no less.
     */
    static List<CodeStep> definitions(StatementReader reader, List<Token> statement) {
        if (statement.isEmpty() || !statement.get(0).is("do")) {
            return List.of();
        }
        Optional<Code> code = body(statement)
                .flatMap(body -> cut(reader.ofSession(), body).code())
                .filter(cut -> !contains(cut, "loop"));
        List<CodeStep> steps = code.map(
                        cut -> ProceduralCode.read(Dialect.POSTGRESQL, reader, cut.text(), cut.tokens()))
                .orElse(List.of());
        boolean declares = code.filter(cut -> contains(cut, "declare")).isPresent();
        boolean definesAny = steps.stream().map(CodeStep::effects).anyMatch(DoStatements::defines);
        boolean isFollowed = definesAny
                ? !declares && are(steps, DoStatements::defines, DoStatements::defines)
                : are(steps, DoStatements::redirects, DoStatements::changesTables);
        return isFollowed ? steps : List.of();
    }

    /** What the statements of such a block name; what else the block names, as types of variables, its first one does. */
    static List<Mentions> mentions(StatementReader reader, List<Token> statement, List<CodeStep> definitions) {
        List<Mentions> mentions = new ArrayList<>();
        definitions.stream().map(CodeStep::read).map(Mentions::of).forEach(mentions::add);
        boolean defines = definitions.stream().map(CodeStep::effects).anyMatch(DoStatements::defines);
        if (!defines) { // else it has no variables, and names what it defines
            mentions.set(0, Mentions.of(inside(reader, statement)));
        }
        return mentions;
    }

    private static boolean contains(Code code, String word) {
        return code.tokens().stream().anyMatch(token -> token.is(word));
    }

    /** Whether one of the steps does the one, and each the other or only asks. */
    private static boolean are(
            List<CodeStep> steps, Predicate<StatementEffects> one, Predicate<StatementEffects> others) {
        return steps.stream().map(CodeStep::effects).anyMatch(one)
                && steps.stream().map(CodeStep::effects).allMatch(others.or(DoStatements::onlyAsks));
    }

    /** Whether it changes what there is of tables and views, and neither a row nor what only the session has. */
    private static boolean changesTables(StatementEffects statement) {
        return statement instanceof StatementEffects.Understood understood
                && understood.powers().isEmpty()
                && understood.unknownRoutines().isEmpty()
                && understood.sessionChanges().isEmpty()
                && understood.sweeps().stream().allMatch(Sweep.Cut.class::isInstance)
                && understood.effects().stream()
                        .allMatch(effect -> effect.verb().reads()
                                || (SchemaConsequences.changesSchema(effect.verb())
                                        && effect.reach() != Reach.TEMPORARY));
    }

    /** Whether it changes tables so that what stands behind it in a block could not be told. */
    private static boolean redirects(StatementEffects statement) {
        return changesTables(statement)
                && statement instanceof StatementEffects.Understood understood
                && (CompoundCode.redirects(understood) || !understood.sweeps().isEmpty());
    }

    private static boolean defines(StatementEffects statement) {
        return statement instanceof StatementEffects.Understood understood
                && understood.powers().contains(Power.DEFINE)
                && understood.sessionChanges().isEmpty();
    }

    /** Whether a statement or condition does nothing that one behind it could make into something else; a right may be given. */
    private static boolean onlyAsks(StatementEffects statement) {
        if (statement instanceof StatementEffects.Bounded bounded) {
            return bounded.effects().isEmpty() && bounded.unknownRoutines().isEmpty();
        }
        return statement instanceof StatementEffects.Understood understood
                && understood.unknownRoutines().isEmpty()
                && understood.sessionChanges().isEmpty()
                && understood.sweeps().stream().allMatch(sweep -> sweep.verb().reads())
                && understood.effects().stream()
                        .allMatch(effect -> effect.verb().reads());
    }

    /**
     * What a call of a routine with this body comes to, by a statement of its own: what a block with the same code needs. Where that
     * takes a power, or the code changes its session, such a call is not read.
     */
    static Optional<StatementEffects.Understood> called(StatementReader reader, String body) {
        return cut(ANY_SESSION, body)
                .code()
                .flatMap(code -> together(reader, code, DoStatements::isOfCall).all())
                .map(all -> all.reading(CalledCode.OPERATION, Set.of()))
                .filter(StatementEffects.Understood.class::isInstance)
                .map(StatementEffects.Understood.class::cast);
    }

    /** Why a call of a routine with this body is not read so; empty where it is. */
    static String obstacleToCall(StatementReader reader, String body) {
        Cut cut = cut(ANY_SESSION, body);
        return cut.code()
                .map(code -> together(reader, code, DoStatements::isOfCall).obstacle())
                .orElse(cut.obstacle());
    }

    private static boolean isOfCall(CompoundCode all) {
        return !all.redirects() && all.isOfTablesAlone();
    }

    /** All that could run of some code, or which statement is against that. */
    private record Together(Optional<CompoundCode> all, String obstacle) {}

    /** All that could run of some code, unless it may undo a change of the schema, changes what its own statements mean, or does not suit. */
    private static Together together(StatementReader reader, Code code, Predicate<CompoundCode> suits) {
        CompoundCode all = new CompoundCode();
        Optional<CodeStep> end = Optional.empty();
        for (CodeStep each : ProceduralCode.read(Dialect.POSTGRESQL, reader, code.text(), code.tokens())) {
            if (TransactionStatements.isEndInCode(each.effects())) {
                end = Optional.of(each);
                continue;
            }
            if (mayChangeSettings(each.effects())
                    || !all.add(each.effects())
                    || all.movesTransaction()
                    || !suits.test(all)) {
                return new Together(Optional.empty(), each.place() + (defines(each.effects()) ? BESIDE_OTHERS : ""));
            }
            if (!all.isAsBefore()) {
                return new Together(
                        Optional.empty(),
                        each.place() + ", beside a statement after which names may mean something else");
            }
        }
        if (end.isPresent() && all.changesSchema()) {
            return new Together(Optional.empty(), end.get().place() + ", beside a statement that it may undo");
        }
        return new Together(Optional.of(all), "");
    }

    /** Whether it calls the function that changes a setting, and nobody can tell which; that counts even where it is said to be harmless. */
    private static boolean mayChangeSettings(StatementEffects statement) {
        List<RoutineCall> called = List.of();
        if (statement instanceof StatementEffects.Bounded bounded) {
            called = bounded.unknownRoutines();
        } else if (statement instanceof StatementEffects.Understood understood) {
            called = understood.unknownRoutines();
        }
        return called.stream().anyMatch(SetConfigCalls::isSetConfig);
    }

    /** The one string of a statement that says no more than the language of its code; empty of any other. */
    private static Optional<String> body(List<Token> tokens) {
        List<Token> rest = new ArrayList<>(tokens.subList(1, tokens.size()));
        for (int i = 0; i + 1 < rest.size(); i++) {
            boolean isTold = rest.get(i + 1).kind() != Token.Kind.SYMBOL
                    && rest.get(i + 1).text().equals("plpgsql");
            if (rest.get(i).is("language") && isTold) {
                rest.subList(i, i + 2).clear();
            }
        }
        return rest.size() == 1 && rest.get(0).kind() == Token.Kind.STRING
                ? Optional.of(rest.get(0).text())
                : Optional.empty();
    }

    /**
     * A body that is cut as it runs, and which runs no body of its own. Where that is not in the session at hand a backslash means
     * nothing, whatever the other has set. In it nothing that is read changes what a backslash means.
     */
    private static Cut cut(Optional<LexicalModes> session, String body) {
        if (session.isEmpty() && body.indexOf('\\') >= 0) {
            return new Cut(Optional.empty(), "there is a backslash in it");
        }
        try {
            LexicalModes modes = session.orElse(LexicalModes.defaultsOf(Dialect.POSTGRESQL));
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, body).tokenize();
            boolean nests = false;
            for (int i = 1; i < tokens.size(); i++) {
                nests |= tokens.get(i - 1).is("do")
                        && (tokens.get(i).isValue() || tokens.get(i).is("language"));
            }
            return nests
                    ? new Cut(Optional.empty(), "there is a DO in it")
                    : new Cut(Optional.of(new Code(body, tokens)), "");
        } catch (UnreadableTextException notCut) {
            return new Cut(Optional.empty(), notCut.problemIn(body).toString());
        }
    }

    /** A body, or why it is not read. */
    private record Cut(Optional<Code> code, String obstacle) {}

    private record Code(String text, List<Token> tokens) {}
}
