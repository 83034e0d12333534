package io.tierguard.policy.model;

import java.util.List;

/**
 * A decision with every rule that had a say in it.
 *
 * @param component who wants to do it
 * @param deed what is to be done, as a sentence says it, for example {@code DELETE from payment}
 * @param effect the same, on the table as the policy knows it
 * @param classes the classes that the table could be in; empty when no pattern covers it
 * @param steps what each rule said
 * @param decision what came of it
 */
public record DecisionPath(
        String component, String deed, Effect effect, List<TableClass> classes, List<Step> steps, Decision decision) {

    public DecisionPath {
        classes = List.copyOf(classes);
        steps = List.copyOf(steps);
    }

    /** Whether the effect is allowed. */
    public boolean isAllowed() {
        return decision instanceof Decision.Allow;
    }

    /** What the component may or may not do, as a sentence without its reason. */
    public String act() {
        return component + (isAllowed() ? " may " : " may not ") + deed;
    }

    /** The same deed, decided otherwise than by a rule of the policy. */
    public DecisionPath settledBy(Decision other, Step step) {
        return new DecisionPath(component, deed, effect, List.of(), List.of(step), other);
    }

    /** Whether one of the reasons against the effect is this one. */
    public boolean isDeniedFor(Reason reason) {
        return decision instanceof Decision.Deny deny
                && deny.denials().stream().anyMatch(denial -> denial.reason() == reason);
    }
}
