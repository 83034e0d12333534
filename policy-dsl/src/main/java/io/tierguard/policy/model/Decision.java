package io.tierguard.policy.model;

import java.util.List;

/** What the policy says of one effect. */
public sealed interface Decision {

    /** The effect is allowed, always and without obligation. */
    Decision ALLOW = new Allow(List.of(), List.of(), Window.ALWAYS);

    /** When it holds: asked again inside, the policy says the same. */
    Window window();

    /**
     * The effect is within the tier's ceiling, the table's own restriction and the component's grant, or waived.
     *
     * @param limits the limits that its rows are held to, all of them
     * @param waivers the waivers without which it would be denied or held to other limits
     * @param window when it holds
     */
    record Allow(List<Limit> limits, List<Waiver> waivers, Window window) implements Decision {
        public Allow {
            limits = List.copyOf(limits);
            waivers = List.copyOf(waivers);
        }
    }

    /**
     * The effect is denied.
     *
     * @param denials every reason that applies, in the order of {@link Reason}; never empty
     * @param window when it holds
     */
    record Deny(List<Denial> denials, Window window) implements Decision {
        public Deny {
            denials = List.copyOf(denials);
            if (denials.isEmpty()) {
                throw new IllegalArgumentException("a denial has a reason");
            }
        }
    }
}
