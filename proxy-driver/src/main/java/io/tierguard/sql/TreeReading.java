package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import java.util.List;

/** What the walk over a statement's tree found. */
sealed interface TreeReading {

    /**
     * Every node of the tree is understood.
     *
     * @param operation the statement's leading words in upper case
     * @param effects everything it does, each effect once
     * @param unknownRoutines the routines it calls that are not known to be harmless, each once
     */
    record Read(String operation, List<Effect> effects, List<RoutineCall> unknownRoutines) implements TreeReading {
        public Read {
            effects = List.copyOf(effects);
            unknownRoutines = List.copyOf(unknownRoutines);
        }
    }

    /**
     * The tree holds something that is on no list of ours.
     *
     * @param what it, as a noun phrase in lower case
     */
    record NotUnderstood(String what) implements TreeReading {}
}
