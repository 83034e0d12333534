package io.tierguard.guard;

import io.tierguard.policy.model.DecisionPath;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.Waiver;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The verdict on a text, with the rules behind it.
 *
 * @param statements its statements
 * @param denied why the text is denied; empty when it may run
 * @param observed why it would be denied if that were not only observed
 * @param limits the limits that its rows are held to, all of them
 * @param waivers the waivers without which it would be denied or held to other limits
 */
public record Explanation(
        List<ExplainedStatement> statements,
        List<Denial> denied,
        List<Denial> observed,
        List<Limit> limits,
        List<Waiver> waivers) {

    public Explanation {
        statements = List.copyOf(statements);
        denied = List.copyOf(denied);
        observed = List.copyOf(observed);
        limits = List.copyOf(limits);
        waivers = List.copyOf(waivers);
    }

    /** Whether the text may run. */
    public boolean isAllowed() {
        return denied.isEmpty();
    }

    /** The decisions on the effects of all statements. */
    public List<DecisionPath> paths() {
        return statements.stream()
                .flatMap(statement -> statement.paths().stream())
                .toList();
    }

    /** The reasons of some denials. */
    public static Set<Reason> reasons(Collection<Denial> denials) {
        EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);
        denials.forEach(denial -> reasons.add(denial.reason()));
        return reasons;
    }
}
