package io.tierguard.policy.model;

import java.util.Locale;

/**
 * What one rule says of one effect.
 *
 * @param kind what sort of rule it is
 * @param answer what it says
 * @param clause why, as a sentence says it after its colon, for example {@code tier ledger is immutable}
 * @param rule where the policy says so, as {@code file:line}; empty when no line of the policy does
 */
public record Step(RuleKind kind, Answer answer, String clause, String rule) {

    /** What a rule says of an effect. */
    public enum Answer {
        /** It settles something on which the other rules go. */
        TELLS,
        /** It lets the effect pass. */
        PERMITS,
        /** It is against the effect, yet a waiver goes before it. */
        YIELDS,
        /** It is against the effect. */
        DENIES;

        private final String word = name().toLowerCase(Locale.ROOT);

        /** The word a decision path shows for it. */
        public String word() {
            return word;
        }
    }

    /** The clause with its place. */
    @Override
    public String toString() {
        return rule.isEmpty() ? clause : clause + " (" + rule + ")";
    }
}
