package io.tierguard.guard;

import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.CodeRun;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.RoutineCall;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says of a routine that nobody can tell what it does, and by what word of the policy it would pass. */
final class UnknownRoutines {
    /** Where MySQL and MariaDB keep routines of their own. */
    private static final String SERVER_SCHEMA = "sys";

    private UnknownRoutines() {}

    static Denial denial(JudgedText text, CodeRun.Unknown unknown) {
        RoutineCall routine = unknown.routine();
        boolean isNested = !unknown.chain().equals("routine " + routine);
        String obstacle = unknown.obstacle().isEmpty() ? "" : " (" + unknown.obstacle() + ")";
        return text.denial(
                Reason.UNKNOWN_ROUTINE,
                "call " + routine + (isNested ? ", by " + unknown.chain() : "")
                        + ": it is not known to be harmless" + obstacle
                        + readOtherwise(text, routine)
                                .orElseGet(() -> ", and the policy does not say what it writes"
                                        + liveBodies(text, routine) + absence(text, unknown)));
    }

    /** Why code that calls a routine is not defined, as a clause that ends its sentence. */
    static String clause(JudgedText text, RoutineCall routine) {
        return "it calls " + routine
                + readOtherwise(text, routine).orElse(", of which the policy does not say what it writes");
    }

    /**
     * How to call what is read by what it is given, as only that tells what it sets; it is none of which the policy should say that it is
     * harmless.
     */
    private static Optional<String> readOtherwise(JudgedText text, RoutineCall routine) {
        boolean isOfServer = text.context().modes().dialect() == Dialect.POSTGRESQL
                && (routine.schema().isEmpty() || routine.schema().equals("pg_catalog"))
                && text.context().schema().lacksRoutine(routine, text.context().searched());
        return !isOfServer
                ? Optional.empty()
                : switch (routine.name()) {
                    case "set_config" ->
                        Optional.of(
                                ", and it sets whatever it is given the name of; write the setting's name as a constant");
                    case "setval" ->
                        Optional.of(", and it sets whatever sequence it is given; name the sequence by a constant");
                    default -> Optional.empty();
                };
    }

    /** That there is none, where that is known; the server may have one of the name, and of a schema of its own none is read. */
    private static String absence(JudgedText text, CodeRun.Unknown unknown) {
        boolean isOfServer = text.context().modes().dialect().isOfMySqlFamily()
                && unknown.routine().schema().equals(SERVER_SCHEMA);
        if (isOfServer) {
            return "; what the routines of " + SERVER_SCHEMA + " do is not read";
        }
        boolean isAbsent = unknown.obstacle().isEmpty()
                && text.context()
                        .schema()
                        .lacksRoutine(unknown.routine(), text.context().searched());
        return isAbsent ? "; the database has no routine of its own called so" : "";
    }

    /** The bodies by which the policy could describe a routine; what it says of others does not hold. */
    private static String liveBodies(JudgedText text, RoutineCall routine) {
        Set<String> bodies = text.context().schema().bodiesOf(routine.schema(), routine.name());
        return bodies.isEmpty() ? "" : "; its live body is " + String.join(" and ", new TreeSet<>(bodies));
    }
}
