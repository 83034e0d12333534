package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What code does that is kept in a database, whichever of its statements run.
 *
 * @param effects what it does, as it names tables
 * @param possible what it does at most where it is not read exactly: a name may be no table there
 * @param calls the routines it calls that are not known to be harmless
 * @param own the temporary tables that it makes, without a schema, what is done to which is left out; that holds only where nothing
 *     else of the database has such a name
 * @param bound what the statements name that could bind code to these tables
 * @param obstacle why it cannot be told what it does; empty where it can
 */
public record CodeEffects(
        Set<Effect> effects,
        Set<Effect> possible,
        Set<RoutineCall> calls,
        Set<TableName> own,
        Mentions bound,
        String obstacle) {

    /** What is against code that is not read. */
    static final String NOT_READ = "not all of its code can be read";

    /** The leading words of what code hides. */
    private static final String HIDDEN = "CODE";

    public CodeEffects {
        // In their order, so that the same code is always refused by the same sentence.
        effects = Collections.unmodifiableSet(new LinkedHashSet<>(effects));
        possible = Collections.unmodifiableSet(new LinkedHashSet<>(possible));
        calls = Collections.unmodifiableSet(new LinkedHashSet<>(calls));
        own = Collections.unmodifiableSet(new LinkedHashSet<>(own));
    }

    /** What the statements of some code do together. */
    public static CodeEffects of(List<StatementEffects> statements) {
        return of(
                statements.stream()
                        .map(each -> new CodeStep(each, "", 0, List.of(), 0, List.of()))
                        .toList(),
                OwnTablesOfCode.NONE);
    }

    /** The same of code in a procedural language. */
    static CodeEffects ofSteps(List<CodeStep> steps) {
        return of(steps, OwnTablesOfCode.NONE);
    }

    /** The same of code in PL/pgSQL, which may make temporary tables and use them, or end transactions, with which such tables may go. */
    static CodeEffects ofProcedural(List<CodeStep> steps) {
        OwnTablesOfCode own = OwnTablesOfCode.in(CodeStep.effectsOf(steps));
        return own.names().isEmpty()
                ? of(
                        steps.stream()
                                .filter(step -> !TransactionStatements.isEndInCode(step.effects()))
                                .toList(),
                        OwnTablesOfCode.NONE)
                : of(steps, own);
    }

    private static CodeEffects of(List<CodeStep> steps, OwnTablesOfCode own) {
        Set<Effect> effects = new LinkedHashSet<>();
        Set<Effect> possible = new LinkedHashSet<>();
        Set<RoutineCall> calls = new LinkedHashSet<>();
        Mentions bound = Mentions.NONE;
        for (CodeStep step : steps) {
            StatementEffects statement = step.effects();
            Optional<String> obstacle = obstacle(statement, own);
            if (obstacle.isPresent()) {
                return unknown(step.placed(obstacle.get()));
            }
            bound = own.couldTakeCodeBy(statement) ? bound.and(step.mentions()) : bound;
            if (statement instanceof StatementEffects.Understood understood) {
                effects.addAll(own.withoutOwn(understood, understood.effects()));
                calls.addAll(understood.unknownRoutines());
            } else if (statement instanceof StatementEffects.Bounded bounded) {
                possible.addAll(own.withoutOwn(bounded, bounded.effects()));
                calls.addAll(bounded.unknownRoutines());
            }
        }
        return new CodeEffects(effects, possible, calls, own.names(), bound, "");
    }

    /** Code of which nobody can tell what it does. */
    public static CodeEffects unknown(String obstacle) {
        return new CodeEffects(Set.of(), Set.of(), Set.of(), Set.of(), Mentions.NONE, obstacle);
    }

    private static Optional<String> obstacle(StatementEffects statement, OwnTablesOfCode own) {
        if (statement instanceof StatementEffects.Understood understood) {
            if (!own.names().isEmpty() && own.makesPlainly(understood)) {
                return Optional.empty();
            }
            if (!understood.sweeps().isEmpty()) {
                return Optional.of("its " + statement.operation() + " reaches tables that it does not name");
            }
            boolean changesMore = !understood.sessionChanges().isEmpty()
                    || !understood.powers().isEmpty();
            return changesMore
                            || changeStructure(own.withoutOwn(understood, understood.effects()), understood.operation())
                    ? Optional.of("its " + statement.operation() + " changes more than rows")
                    : Optional.empty();
        }
        if (statement instanceof StatementEffects.Bounded bounded) {
            return changeStructure(bounded.effects(), "")
                    ? Optional.of("its " + statement.operation() + " could change more than rows")
                    : Optional.empty();
        }
        return Optional.of(NOT_READ + why(statement));
    }

    /** What the reading of a statement says itself; of code that makes its text, or runs what is prepared, the place alone tells. */
    private static String why(StatementEffects statement) {
        return statement instanceof StatementEffects.Unreadable unreadable
                        && !unreadable.operation().equals(HIDDEN)
                ? ": " + unreadable.problem().with("")
                : "";
    }

    /** Whether something changes a table, and not only the number that its sequence gives next. */
    private static boolean changeStructure(List<Effect> effects, String operation) {
        return effects.stream()
                .anyMatch(effect -> SchemaConsequences.changesSchema(effect.verb())
                        && !SchemaConsequences.keepsStructure(effect, operation));
    }
}
