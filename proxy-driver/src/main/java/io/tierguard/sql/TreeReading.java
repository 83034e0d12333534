package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import java.util.List;

/** What a parsed tree says of its statement. */
sealed interface TreeReading {

    /** The whole tree is understood. */
    record Read(String operation, List<Effect> effects, List<RoutineCall> unknownRoutines) implements TreeReading {}

    /** Something in the tree is not known. */
    record NotUnderstood(String what) implements TreeReading {}
}
