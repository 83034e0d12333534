package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the statements of some code that runs at once do together, whichever of them run, and how often. */
final class CompoundCode {
    private final Set<Effect> effects = new LinkedHashSet<>();
    private final Set<RoutineCall> routines = new LinkedHashSet<>();
    private final Set<Power> powers = new HashSet<>();
    private Optional<Problem> problem = Optional.empty();
    private boolean beginsTransaction;
    private boolean endsTransaction;
    private boolean redirects;
    private boolean prepares;

    /** What the path may be with new schemas; they hold no more than what the code itself makes in them. */
    private final Set<SessionChange> newSchemas = new LinkedHashSet<>();

    /** Adds a statement; false where it is not read, or does more than to change tables, transactions and the database. */
    boolean add(StatementEffects statement) {
        if (statement instanceof StatementEffects.Bounded bounded) {
            boolean isNothing =
                    bounded.effects().isEmpty() && bounded.unknownRoutines().isEmpty();
            problem = isNothing ? problem : problem.or(() -> Optional.of(bounded.problem()));
            effects.addAll(bounded.effects());
            routines.addAll(bounded.unknownRoutines());
            return true;
        }
        if (!(statement instanceof StatementEffects.Understood understood)) {
            return false;
        }
        for (SessionChange change : understood.sessionChanges()) {
            boolean begins = change instanceof SessionChange.TransactionStart;
            boolean ends = change instanceof SessionChange.TransactionEnd;
            if (MySqlPreparedCode.isForgetting(understood)) {
                prepares = true;
            } else if (begins || ends) {
                beginsTransaction |= begins;
                endsTransaction |= ends;
            } else if (understood.operation().equals(NewSchemas.OPERATION)) {
                newSchemas.add(change);
            } else {
                return false;
            }
        }
        redirects |= redirects(understood);
        understood.effects().forEach(effect -> effects.add(inCode(effect)));
        routines.addAll(understood.unknownRoutines());
        powers.addAll(understood.powers());
        boolean onlyReads =
                understood.sweeps().stream().allMatch(sweep -> sweep.verb().reads());
        if (onlyReads && !understood.sweeps().isEmpty()) {
            powers.add(Power.ADMINISTER); // all tables, those among them that the code itself has made
        }
        return onlyReads && !powers.contains(Power.DEFINE);
    }

    /** What a statement finds may be what one behind it has made in the round before. */
    private static Effect inCode(Effect effect) {
        return effect.reach() == Reach.COLUMNS_IF_THERE ? effect.reaching(Reach.TABLE) : effect;
    }

    /** Whether any of it changes what there is of tables, or more. */
    boolean changesSchema() {
        return needsPower() || changesTables();
    }

    private boolean changesTables() {
        return effects.stream().map(Effect::verb).anyMatch(SchemaConsequences::changesSchema);
    }

    /** So may what a table does with a row that is set to what it is. */
    private List<Effect> effects() {
        return changesTables()
                ? effects.stream().map(SetAlike::anything).distinct().toList()
                : List.copyOf(effects);
    }

    /** Whether it begins or ends a transaction. */
    boolean movesTransaction() {
        return beginsTransaction || endsTransaction;
    }

    /** Whether it prepares statements of MySQL or MariaDB, under whatever names. */
    boolean prepares() {
        return prepares;
    }

    /** Whether all of it is read exactly, and changes tables alone. */
    boolean isOfTablesAlone() {
        return problem.isEmpty() && newSchemas.isEmpty() && !movesTransaction() && !prepares;
    }

    /** Whether it reaches past the tables. */
    boolean needsPower() {
        return !powers.isEmpty();
    }

    /** Whether a name could mean another table for one of its statements than it does before the code. */
    boolean redirects() {
        boolean movesPath = !newSchemas.isEmpty()
                && effects.stream().anyMatch(effect -> !effect.verb().reads());
        return redirects || needsPower() || movesPath;
    }

    /** Whether all of it does by the schema before it what it does by that which it makes itself. */
    boolean isAsBefore() {
        boolean changesRows = !routines.isEmpty()
                || effects.stream()
                        .map(Effect::verb)
                        .anyMatch(verb -> verb != Verb.SELECT && !SchemaConsequences.changesSchema(verb));
        return !changesSchema() || (problem.isEmpty() && !(changesRows && redirects()));
    }

    /** Whether a name may mean another table behind a statement; one made after another may run the code of its defaults. */
    static boolean redirects(StatementEffects.Understood statement) {
        return SchemaConsequences.redirects(statement)
                || SchemaConsequences.redirectsInserts(statement)
                || statement.effects().stream().anyMatch(effect -> effect.reach() == Reach.SHAPE);
    }

    /** All of it as one statement that also needs some powers. */
    StatementEffects reading(String operation, Set<Power> besides) {
        if (problem.isPresent() && (movesTransaction() || needsPower() || prepares || !newSchemas.isEmpty())) {
            return new StatementEffects.Unreadable(operation, problem.get());
        }
        if (problem.isPresent()) {
            return new StatementEffects.Bounded(operation, effects(), List.copyOf(routines), problem.get());
        }
        List<SessionChange> changes = new ArrayList<>(newSchemas);
        if (movesTransaction()) {
            // Whatever it undoes, it may keep something first.
            changes.add(new SessionChange.TransactionEnd());
        }
        if (beginsTransaction) {
            changes.add(new SessionChange.TransactionStart());
        }
        if (prepares) {
            changes.add(new SessionChange.AllDeallocated());
        }
        Set<Power> all = new HashSet<>(powers);
        all.addAll(besides);
        return new StatementEffects.Understood(
                operation, effects(), List.copyOf(routines), changes, all, true, Optional.empty(), List.of());
    }
}
