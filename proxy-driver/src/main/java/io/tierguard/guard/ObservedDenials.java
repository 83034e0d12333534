package io.tierguard.guard;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Observation;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import java.time.Instant;
import java.util.List;

/** Says whether what is against a text is only recorded at a moment. */
final class ObservedDenials {

    private ObservedDenials() {}

    /** Whether every reason is observed; that a waiver has ended is no reason of its own beside another. */
    static boolean areAll(Policy policy, Component component, List<Denial> denials, Instant moment) {
        boolean isAny = false;
        for (Denial denial : denials) {
            if (denial.reason() == Reason.WAIVER_EXPIRED) {
                continue;
            }
            isAny = true;
            if (Observation.NEVER.contains(denial.reason())
                    || policy.observation(component, denial.reason(), moment).isEmpty()) {
                return false;
            }
        }
        return isAny;
    }

    /**
     * How safe the record must be before the text runs. What everybody observes while tables are classified is many
     * statements, of which the end of the process must lose none; what passes a ceiling or a limit is as rare and grave as
     * a waived statement, and as safe.
     */
    static Durability durability(List<Denial> denials) {
        return denials.stream().map(Denial::reason).allMatch(ObservedDenials::isOrdinary)
                ? Durability.FLUSH
                : Durability.FSYNC;
    }

    /** Whether it is known in spite of them which tables the text touches. */
    static boolean areSeenThrough(List<Denial> denials) {
        return denials.stream()
                .map(Denial::reason)
                .allMatch(reason -> reason.compareTo(Reason.UNREADABLE_SQL) < 0 || reason == Reason.WAIVER_EXPIRED);
    }

    private static boolean isOrdinary(Reason reason) {
        return reason == Reason.WAIVER_EXPIRED || Observation.ORDINARY.contains(reason);
    }
}
