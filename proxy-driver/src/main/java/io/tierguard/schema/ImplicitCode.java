package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.RoutineCall;
import java.util.List;
import java.util.Set;

/**
 * Code that runs although no statement calls it: the default of a column, a condition, an operator, a cast.
 *
 * @param label what it is, as a phrase
 * @param verbs what has to be done for it to run
 * @param routines the routines that it calls, by their ids
 * @param calls what else it calls, by name
 * @param effects what queries in it read and change, where the text tells it
 */
record ImplicitCode(String label, Set<Verb> verbs, Set<Long> routines, Set<RoutineCall> calls, List<Effect> effects) {

    ImplicitCode {
        verbs = Set.copyOf(verbs);
        routines = Set.copyOf(routines);
        calls = Set.copyOf(calls);
        effects = List.copyOf(effects);
    }

    /** Code in which there are no queries. */
    ImplicitCode(String label, Set<Verb> verbs, Set<Long> routines, Set<RoutineCall> calls) {
        this(label, verbs, routines, calls, List.of());
    }
}
