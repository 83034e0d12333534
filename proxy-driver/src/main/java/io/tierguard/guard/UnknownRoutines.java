package io.tierguard.guard;

import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.CodeRun;
import io.tierguard.sql.RoutineCall;
import java.util.Set;
import java.util.TreeSet;

/** Says of a routine that nobody can tell what it does, and by what word of the policy it would pass. */
final class UnknownRoutines {
    private UnknownRoutines() {}

    static Denial denial(JudgedText text, CodeRun.Unknown unknown) {
        RoutineCall routine = unknown.routine();
        boolean isNested = !unknown.chain().equals("routine " + routine);
        String obstacle = unknown.obstacle().isEmpty() ? "" : " (" + unknown.obstacle() + ")";
        return text.denial(
                Reason.UNKNOWN_ROUTINE,
                "call " + routine + (isNested ? ", by " + unknown.chain() : "")
                        + ": it is not known to be harmless" + obstacle
                        + ", and the policy does not say what it writes" + liveBodies(text, routine));
    }

    /** The bodies by which the policy could describe a routine; what it says of others does not hold. */
    private static String liveBodies(JudgedText text, RoutineCall routine) {
        Set<String> bodies = text.context().schema().bodiesOf(routine.schema(), routine.name());
        return bodies.isEmpty() ? "" : "; its live body is " + String.join(" and ", new TreeSet<>(bodies));
    }
}
