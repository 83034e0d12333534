package io.tierguard.sql;

import java.util.Set;

/** The reviewed list of routines that touch no table. */
final class HarmlessRoutines {

    private static final Set<String> NAMES =
            Set.of("count", "coalesce", "replace", "truncate", "lower", "now", "nextval");

    private HarmlessRoutines() {}

    /** Whether the routine is on the list. */
    static boolean isHarmless(Dialect dialect, RoutineCall call) {
        return NAMES.contains(call.name());
    }
}
