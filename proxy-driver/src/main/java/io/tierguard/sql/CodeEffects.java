package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
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
 * @param obstacle why it cannot be told what it does; empty where it can
 */
public record CodeEffects(Set<Effect> effects, Set<Effect> possible, Set<RoutineCall> calls, String obstacle) {

    public CodeEffects {
        // In their order, so that the same code is always refused by the same sentence.
        effects = Collections.unmodifiableSet(new LinkedHashSet<>(effects));
        possible = Collections.unmodifiableSet(new LinkedHashSet<>(possible));
        calls = Collections.unmodifiableSet(new LinkedHashSet<>(calls));
    }

    /** What the statements of some code do together. */
    public static CodeEffects of(List<StatementEffects> statements) {
        Set<Effect> effects = new LinkedHashSet<>();
        Set<Effect> possible = new LinkedHashSet<>();
        Set<RoutineCall> calls = new LinkedHashSet<>();
        for (StatementEffects statement : statements) {
            Optional<String> obstacle = obstacle(statement);
            if (obstacle.isPresent()) {
                return unknown(obstacle.get());
            }
            if (statement instanceof StatementEffects.Understood understood) {
                effects.addAll(understood.effects());
                calls.addAll(understood.unknownRoutines());
            } else if (statement instanceof StatementEffects.Bounded bounded) {
                possible.addAll(bounded.effects());
                calls.addAll(bounded.unknownRoutines());
            }
        }
        return new CodeEffects(effects, possible, calls, "");
    }

    /** Code of which nobody can tell what it does. */
    public static CodeEffects unknown(String obstacle) {
        return new CodeEffects(Set.of(), Set.of(), Set.of(), obstacle);
    }

    private static Optional<String> obstacle(StatementEffects statement) {
        if (statement instanceof StatementEffects.Understood understood) {
            if (!understood.sweeps().isEmpty()) {
                return Optional.of("its " + statement.operation() + " reaches tables that it does not name");
            }
            boolean changesMore = !understood.sessionChanges().isEmpty()
                    || !understood.powers().isEmpty();
            return changesMore || changeStructure(understood.effects(), understood.operation())
                    ? Optional.of("its " + statement.operation() + " changes more than rows")
                    : Optional.empty();
        }
        if (statement instanceof StatementEffects.Bounded bounded) {
            return changeStructure(bounded.effects(), "")
                    ? Optional.of("its " + statement.operation() + " could change more than rows")
                    : Optional.empty();
        }
        return Optional.of("not all of its code can be read");
    }

    /** Whether something changes a table, and not only the number that its sequence gives next. */
    private static boolean changeStructure(List<Effect> effects, String operation) {
        return effects.stream()
                .anyMatch(effect -> SchemaConsequences.changesSchema(effect.verb())
                        && !SchemaConsequences.keepsStructure(effect, operation));
    }
}
