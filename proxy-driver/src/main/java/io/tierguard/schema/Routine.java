package io.tierguard.schema;

import io.tierguard.sql.RoutineCall;
import java.util.List;

/**
 * A function, procedure or aggregate that is no part of the server, as the catalog has it.
 *
 * @param id tells it from its overloads
 * @param name its schema and name
 * @param language what its body is written in; {@code aggregate} for what only calls other routines
 * @param body its code; empty where the catalog does not tell it
 * @param isParsed whether the server keeps it parsed, so that {@code body} is made from that
 * @param searched the schemas in which its body looks for names without one; empty where it could be any
 * @param isSettled whether its own settings leave the meaning of its body alone
 * @param isFunctional whether it can be written like a column of the value that it is given
 * @param isTrusted whether it is machine code of a reviewed extension, which changes nothing
 * @param sharesName whether the server has a routine of that name too
 */
record Routine(
        long id,
        RoutineCall name,
        String language,
        String body,
        boolean isParsed,
        List<String> searched,
        boolean isSettled,
        boolean isFunctional,
        boolean isTrusted,
        boolean sharesName) {

    Routine {
        searched = List.copyOf(searched);
    }

    /** The hash by which a policy names its body; empty where there is none that it could name. */
    String hash() {
        return isParsed ? "" : RoutineBodies.hash(body);
    }
}
