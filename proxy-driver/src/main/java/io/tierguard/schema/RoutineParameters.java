package io.tierguard.schema;

import java.util.Set;

/**
 * What a routine is given, by names that its body may mean.
 *
 * @param areKnown whether these are all of them
 * @param names their names, folded
 */
record RoutineParameters(boolean areKnown, Set<String> names) {
    /** Nobody has asked, or been told. */
    static final RoutineParameters UNKNOWN = new RoutineParameters(false, Set.of());

    RoutineParameters {
        names = Set.copyOf(names);
    }
}
