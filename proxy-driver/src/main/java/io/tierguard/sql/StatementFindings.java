package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What has been found so far in one statement that a grammar of ours reads; for one thread. */
final class StatementFindings {
    private final Set<Effect> effects = new LinkedHashSet<>();
    private final Set<RoutineCall> calls = new LinkedHashSet<>();
    private final Set<SessionChange> changes = new LinkedHashSet<>();
    private final Set<Sweep> sweeps = new LinkedHashSet<>();
    private final Dialect dialect;

    StatementFindings(Dialect dialect) {
        this.dialect = dialect;
    }

    void effect(Verb verb, TableName table) {
        effects.add(Effect.of(verb, table));
    }

    void effect(Verb verb, TableName table, Collection<String> columns, boolean hasWhere) {
        effects.add(Effect.of(verb, table, columns, hasWhere));
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    /** Something is done to tables that the statement does not name. */
    void sweep(Sweep sweep) {
        sweeps.add(sweep);
    }

    void change(SessionChange change) {
        changes.add(change);
    }

    void call(String name) {
        call(new RoutineCall("", name));
    }

    void call(RoutineCall call) {
        if (!HarmlessRoutines.isHarmless(dialect, call)) {
            calls.add(call);
        }
    }

    /** A call where no built-in can stand, whatever it is called. */
    void callOwn(RoutineCall call) {
        calls.add(call);
    }

    List<Effect> effects() {
        return List.copyOf(effects);
    }

    List<RoutineCall> calls() {
        return List.copyOf(calls);
    }

    StatementEffects.Understood reading(String operation) {
        return reading(operation, Set.of());
    }

    StatementEffects.Understood reading(String operation, Set<Power> powers) {
        return new StatementEffects.Understood(
                operation,
                List.copyOf(effects),
                List.copyOf(calls),
                List.copyOf(changes),
                powers,
                false,
                Optional.empty(),
                List.copyOf(sweeps));
    }

    /** The reading of a statement that defines code. */
    StatementEffects.Understood code(String operation, DefinedCode code) {
        return new StatementEffects.Understood(
                operation,
                List.copyOf(effects),
                List.copyOf(calls),
                List.copyOf(changes),
                Set.of(Power.DEFINE),
                false,
                Optional.of(code),
                List.of());
    }
}
