package io.tierguard.policy.spec;

import io.tierguard.policy.model.Reason;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came of a statement.
 *
 * @param denied why it was denied; empty when it passed
 * @param observed why it would have been denied, had it not been observed
 */
public record Outcome(Set<Reason> denied, Set<Reason> observed) {

    // INVARIANT: never changed after construction; enum sets, because their order is the canonical one.
    public Outcome {
        denied = copy(denied);
        observed = copy(observed);
    }

    /** The outcome as a test says it: {@code deny immutable-tier, not-granted}. */
    public String clause() {
        if (denied.isEmpty()) {
            return observed.isEmpty() ? "allow" : "would-deny " + listed(observed);
        }
        return "deny " + listed(denied);
    }

    private static Set<Reason> copy(Collection<Reason> reasons) {
        EnumSet<Reason> copy = EnumSet.noneOf(Reason.class);
        copy.addAll(reasons);
        return copy;
    }

    private static String listed(Set<Reason> reasons) {
        return reasons.stream().map(Reason::code).collect(Collectors.joining(", "));
    }
}
