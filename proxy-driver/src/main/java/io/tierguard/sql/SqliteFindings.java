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

/** What has been found so far in one statement of SQLite; for one thread. */
final class SqliteFindings {
    private final Set<Effect> effects = new LinkedHashSet<>();
    private final Set<RoutineCall> calls = new LinkedHashSet<>();
    private final Set<SessionChange> changes = new LinkedHashSet<>();

    void effect(Verb verb, TableName table) {
        effects.add(Effect.of(verb, table));
    }

    void effect(Verb verb, TableName table, Collection<String> columns, boolean hasWhere) {
        effects.add(Effect.of(verb, table, columns, hasWhere));
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void change(SessionChange change) {
        changes.add(change);
    }

    void call(String name) {
        RoutineCall call = new RoutineCall("", name);
        if (!HarmlessRoutines.isHarmless(Dialect.SQLITE, call)) {
            calls.add(call);
        }
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
                operation, List.copyOf(effects), List.copyOf(calls), List.copyOf(changes), powers);
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
