package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import java.util.List;
import java.util.Set;

/**
 * What the names in code of MySQL and MariaDB mean that say no database: it is that of the code, whichever the session has.
 *
 * @param home the database of the code; empty where nobody says
 */
record HomeNames(String home) {

    /** The same effects on tables that are named in full. */
    List<Effect> effects(List<Effect> effects) {
        return effects.stream().map(this::place).toList();
    }

    /** The same calls of routines that are named in full. */
    List<RoutineCall> calls(List<RoutineCall> calls) {
        return calls.stream().map(this::place).toList();
    }

    /** The same statement with all names in full. */
    StatementEffects.Understood placed(StatementEffects.Understood statement) {
        return new StatementEffects.Understood(
                statement.operation(),
                effects(statement.effects()),
                calls(statement.unknownRoutines()),
                statement.sessionChanges(),
                statement.powers(),
                statement.nestsWrites(),
                statement.codeOrObstacle(),
                statement.sweeps());
    }

    /** The same mentions with all that could be calls in full. */
    Mentions placed(Mentions mentions) {
        return new Mentions(
                Set.copyOf(calls(List.copyOf(mentions.calls()))),
                mentions.fields(),
                mentions.words(),
                mentions.operators());
    }

    private Effect place(Effect effect) {
        return home.isEmpty() || effect.table().isQualified()
                ? effect
                : effect.on(effect.table().in(home));
    }

    private RoutineCall place(RoutineCall call) {
        return call.schema().isEmpty() && !home.isEmpty() ? new RoutineCall(home, call.name()) : call;
    }
}
