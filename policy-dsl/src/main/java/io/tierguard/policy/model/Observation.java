package io.tierguard.policy.model;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Denials that are recorded and not carried out, for some time.
 *
 * @param component the component whose denials they are; empty for every component
 * @param reasons the reasons of those denials
 * @param why the reason the policy gives
 * @param until the moment it has ended
 * @param rule where it is declared, as {@code file:line}
 */
public record Observation(String component, Set<Reason> reasons, String why, Instant until, String rule) {

    /** The reasons that are observed where the policy names none. */
    public static final Set<Reason> ORDINARY = Set.copyOf(EnumSet.of(Reason.NOT_GRANTED, Reason.UNCLASSIFIED_TABLE));

    /** The reasons that are never observed: who it is, what is recorded and what escapes is no matter of habit. */
    public static final Set<Reason> NEVER = Set.copyOf(EnumSet.of(
            Reason.WRONG_USER,
            Reason.NO_AUDIT,
            Reason.ESCAPES_GUARD,
            Reason.WAIVER_EXPIRED,
            Reason.TRANSACTION_DENIED));

    public Observation {
        reasons = Set.copyOf(reasons);
    }

    /** When it holds. */
    public Window window() {
        return new Window(Instant.MIN, until);
    }
}
