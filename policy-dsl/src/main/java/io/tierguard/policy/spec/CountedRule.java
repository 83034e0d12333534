package io.tierguard.policy.spec;

import io.tierguard.policy.model.RuleKind;

/**
 * A rule of a policy, and how the tests have exercised it.
 *
 * @param kind what sort of rule it is
 * @param text what it says
 * @param rule where it stands, as {@code file:line}
 * @param isAllowed whether a statement passed that it permits
 * @param isDenied whether a statement was denied on its account, or would have been
 */
public record CountedRule(RuleKind kind, String text, String rule, boolean isAllowed, boolean isDenied) {

    /** How many of its two sides were exercised. */
    int sides() {
        return (isAllowed ? 1 : 0) + (isDenied ? 1 : 0);
    }
}
