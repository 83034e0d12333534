package io.tierguard.policy.model;

import java.time.Instant;
import java.util.Set;

/**
 * Powers past the tables that a component has for some time.
 *
 * @param component the component
 * @param powers the powers
 * @param why the reason the policy gives
 * @param owner who answers for it
 * @param until the moment it has ended
 * @param rule where it is declared, as {@code file:line}
 */
public record Trust(String component, Set<Power> powers, String why, String owner, Instant until, String rule) {

    public Trust {
        powers = Set.copyOf(powers);
    }

    /** When it holds. */
    public Window window() {
        return new Window(Instant.MIN, until);
    }
}
