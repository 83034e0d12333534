package io.tierguard.policy.spec;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.DecisionPath;
import io.tierguard.policy.model.Grant;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.RuleKind;
import io.tierguard.policy.model.Step;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Counts which rules of a policy its tests have exercised, on either side.
 *
 * <p>A rule has been allowed when a statement passed of which it permitted an effect, and denied when it was against an
 * effect. A grant says no to nothing: it counts as denied when its component was denied, for want of a grant, something
 * that shares with it the verb or the table, so that its edge has been seen. A limit has been allowed or denied when
 * rows were held to it.
 *
 * <p>Used by one thread.
 */
public final class Coverage {

    private final List<CountedRule> rules;
    private final Set<Side> seen = new HashSet<>();

    private record Side(RuleKind kind, String rule, boolean isAllowed) {}

    /** Nothing exercised yet. */
    public Coverage(Policy policy) {
        this.rules = CountedRules.of(policy);
    }

    /**
     * Takes note of a statement.
     *
     * @param component who ran it
     * @param paths the decisions on its effects
     * @param passed whether it passed, or would but for being observed
     */
    public void add(Component component, Collection<DecisionPath> paths, boolean passed) {
        for (DecisionPath path : paths) {
            if (path.isAllowed() && passed) {
                add(path, Step.Answer.PERMITS, true);
            } else if (!path.isAllowed()) {
                add(path, Step.Answer.DENIES, false);
                if (path.isDeniedFor(Reason.NOT_GRANTED)) {
                    component.grants().stream()
                            .filter(grant -> isAtEdge(grant, path))
                            .forEach(grant -> seen.add(new Side(RuleKind.GRANT, grant.rule(), false)));
                }
            }
        }
    }

    /** Takes note of rows that were held to limits. */
    public void add(Collection<Limit> limits, OptionalLong rows) {
        if (rows.isPresent()) {
            limits.forEach(limit -> seen.add(new Side(RuleKind.LIMIT, limit.rule(), rows.getAsLong() <= limit.rows())));
        }
    }

    /** Every rule that counts, tiers first, in file order. */
    public List<CountedRule> rules() {
        return rules.stream()
                .map(rule ->
                        new CountedRule(rule.kind(), rule.text(), rule.rule(), isSeen(rule, true), isSeen(rule, false)))
                .toList();
    }

    /** How many sides of all rules have been exercised. */
    public int exercised() {
        return rules().stream().mapToInt(CountedRule::sides).sum();
    }

    /** How many sides all rules have. */
    public int sides() {
        return 2 * rules.size();
    }

    /** The share of sides that have been exercised, in whole per cent, rounded down; 100 where there is no rule. */
    public int percentage() {
        return sides() == 0 ? 100 : 100 * exercised() / sides();
    }

    private boolean isSeen(CountedRule rule, boolean isAllowed) {
        return seen.contains(new Side(rule.kind(), rule.rule(), isAllowed));
    }

    private void add(DecisionPath path, Step.Answer answer, boolean isAllowed) {
        path.steps().stream()
                .filter(step -> step.answer() == answer)
                .forEach(step -> seen.add(new Side(step.kind(), step.rule(), isAllowed)));
    }

    private static boolean isAtEdge(Grant grant, DecisionPath path) {
        return grant.verbs().contains(path.effect().verb())
                || path.classes().stream()
                        .anyMatch(tableClass ->
                                grant.target().takesIn(tableClass, path.effect().table()));
    }
}
