package io.tierguard.policy.model;

import java.util.List;

/**
 * A decision with every rule that had a say in it.
 *
 * @param effect what was to be done, to the table as the policy knows it
 * @param act what the component may or may not do, as a sentence says it before its colon
 * @param classes the classes that the table could be in; empty when no pattern covers it
 * @param steps what each rule said
 * @param decision what came of it
 */
public record DecisionPath(Effect effect, String act, List<TableClass> classes, List<Step> steps, Decision decision) {

    public DecisionPath {
        classes = List.copyOf(classes);
        steps = List.copyOf(steps);
    }

    /** Whether the effect is allowed. */
    public boolean isAllowed() {
        return decision instanceof Decision.Allow;
    }

    /** Whether one of the reasons against the effect is this one. */
    public boolean isDeniedFor(Reason reason) {
        return decision instanceof Decision.Deny deny
                && deny.denials().stream().anyMatch(denial -> denial.reason() == reason);
    }
}
