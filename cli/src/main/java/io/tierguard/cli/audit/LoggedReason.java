package io.tierguard.cli.audit;

/**
 * Why a logged statement was denied.
 *
 * @param name the reason's name
 * @param rule where the policy says so; empty when no line does
 * @param sentence what may not be done and why
 */
record LoggedReason(String name, String rule, String sentence) {

    /** The sentence with its source. */
    @Override
    public String toString() {
        String text = sentence.isEmpty() ? name : sentence;
        return rule.isEmpty() ? text : text + " (" + rule + ")";
    }
}
