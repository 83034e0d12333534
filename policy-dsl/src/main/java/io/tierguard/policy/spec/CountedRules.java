package io.tierguard.policy.spec;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Grant;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.RuleKind;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.model.Waiver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Lists the rules of a policy that its tests can exercise: restrictions, grants and waivers. */
final class CountedRules {

    private final List<CountedRule> rules = new ArrayList<>();

    private CountedRules() {}

    /** The rules, none exercised. */
    static List<CountedRule> of(Policy policy) {
        CountedRules counted = new CountedRules();
        policy.tiers().forEach(counted::addTier);
        policy.tableClasses().forEach(counted::addTable);
        policy.components().forEach(counted::addComponent);
        policy.concessions().waivers().forEach(counted::addWaiver);
        return List.copyOf(counted.rules);
    }

    private void addTier(Tier tier) {
        String name = "tier " + tier.name();
        if (tier.kind() != TierKind.MUTABLE) {
            add(RuleKind.CEILING, name + " is " + tier.kind().word(), tier.rule());
        }
        if (!tier.forbidden().isEmpty()) {
            add(RuleKind.FORBID, name + " forbids " + listed(tier.forbidden()), tier.forbidRule());
        }
        if (!tier.whereRequired().isEmpty()) {
            String text = name + " requires a where clause on " + listed(tier.whereRequired());
            add(RuleKind.WHERE, text, tier.whereRule());
        }
        addLimits(tier.limits());
    }

    private void addTable(TableClass tableClass) {
        if (!tableClass.mutableColumns().isEmpty()) {
            String columns = String.join(", ", tableClass.mutableColumns());
            add(RuleKind.MUTABLE_COLUMNS, "table " + tableClass.pattern() + ": mutable " + columns, tableClass.rule());
        }
        addLimits(tableClass.limits());
    }

    private void addComponent(Component component) {
        for (Grant grant : component.grants()) {
            add(RuleKind.GRANT, component.name() + ": " + grant.clause(), grant.rule());
        }
        addLimits(component.limits());
    }

    private void addWaiver(Waiver waiver) {
        if (!waiver.grants().isEmpty()) {
            add(RuleKind.WAIVER, "waiver " + waiver.name(), waiver.rule());
        }
        addLimits(waiver.limits());
    }

    private void addLimits(List<Limit> limits) {
        limits.forEach(limit -> add(RuleKind.LIMIT, limit.clause(), limit.rule()));
    }

    private void add(RuleKind kind, String text, String rule) {
        rules.add(new CountedRule(kind, text, rule, false, false));
    }

    private static String listed(Collection<Verb> verbs) {
        return verbs.stream().sorted().map(Verb::word).collect(Collectors.joining(", "));
    }
}
