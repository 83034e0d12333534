package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SetAlike;
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
 * @param written its code as it was written, where the catalog tells it in another way; empty where it does not
 * @param parameters what it is given, where that was asked
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
        boolean sharesName,
        String written,
        RoutineParameters parameters) {

    Routine {
        searched = List.copyOf(searched);
    }

    /** One of which no more is known than the catalog tells. */
    Routine(
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
        this(
                id,
                name,
                language,
                body,
                isParsed,
                searched,
                isSettled,
                isFunctional,
                isTrusted,
                sharesName,
                "",
                RoutineParameters.UNKNOWN);
    }

    /** The same one, of which it is known how its code was written. */
    Routine written(String code) {
        return new Routine(
                id,
                name,
                language,
                body,
                isParsed,
                searched,
                isSettled,
                isFunctional,
                isTrusted,
                sharesName,
                code,
                parameters);
    }

    /** The same one with another body. */
    Routine with(String other) {
        return new Routine(
                id,
                name,
                language,
                other,
                isParsed,
                searched,
                isSettled,
                isFunctional,
                isTrusted,
                sharesName,
                written,
                parameters);
    }

    /** The same one in another language, in which nobody reads it. */
    Routine in(String other) {
        return new Routine(
                id,
                name,
                other,
                body,
                isParsed,
                searched,
                isSettled,
                isFunctional,
                isTrusted,
                sharesName,
                written,
                parameters);
    }

    /** The same one, of which it is known what it is given. */
    Routine given(RoutineParameters told) {
        return new Routine(
                id,
                name,
                language,
                body,
                isParsed,
                searched,
                isSettled,
                isFunctional,
                isTrusted,
                sharesName,
                written,
                told);
    }

    /** An effect of its body, in which a name may be a parameter's. */
    Effect inBody(Effect effect) {
        return parameters.areKnown() ? SetAlike.beside(parameters.names(), effect) : SetAlike.anything(effect);
    }

    /** The same as an effect of a call, which does not tell by which mode of the server its body counts. */
    Effect inCall(Effect effect) {
        return effect.reach() == Reach.SAME_NUMBER ? effect.reaching(Reach.TABLE) : inBody(effect);
    }

    /** Whether its body was not told, as where another session keeps locked what that names. */
    boolean isWithheld() {
        return isParsed && body.isEmpty();
    }

    /** Its code as it runs, as far as that is known. */
    String code() {
        return written.isEmpty() ? body : written;
    }

    /** Whether that is certainly cut as the server cuts it. */
    boolean isExact() {
        return !written.isEmpty();
    }

    /** The hash by which a policy names its body; empty where there is none that it could name. */
    String hash() {
        return isParsed ? "" : RoutineBodies.hash(body);
    }
}
