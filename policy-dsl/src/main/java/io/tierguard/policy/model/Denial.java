package io.tierguard.policy.model;

/**
 * One reason against a statement.
 *
 * @param reason its name
 * @param sentence what may not be done and why, one complete sentence without its source, for example
 *     {@code checkout may not DELETE from payment: tier ledger is immutable}
 * @param rule where the policy says so, as {@code file:line}; empty when no line of the policy does
 * @param contact whom to ask, as the policy names them; empty when it names nobody
 */
public record Denial(Reason reason, String sentence, String rule, String contact) {

    /** The sentence with its source and contact, as a developer sees it. */
    @Override
    public String toString() {
        if (rule.isEmpty() && contact.isEmpty()) {
            return sentence;
        }
        String ask = contact.isEmpty() ? "" : "ask " + contact;
        String separator = rule.isEmpty() || ask.isEmpty() ? "" : "; ";
        return sentence + " (" + rule + separator + ask + ")";
    }
}
