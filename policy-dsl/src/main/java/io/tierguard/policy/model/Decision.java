package io.tierguard.policy.model;

import java.util.List;

/** What the policy says of one effect. */
public sealed interface Decision {

    /** The effect is allowed. */
    Decision ALLOW = new Allow();

    /** The effect is within the tier's ceiling, the table's restriction and the component's grant. */
    record Allow() implements Decision {}

    /**
     * The effect is denied.
     *
     * @param denials every reason that applies, in the order of {@link Reason}; never empty
     */
    record Deny(List<Denial> denials) implements Decision {
        public Deny {
            denials = List.copyOf(denials);
            if (denials.isEmpty()) {
                throw new IllegalArgumentException("a denial has a reason");
            }
        }
    }
}
