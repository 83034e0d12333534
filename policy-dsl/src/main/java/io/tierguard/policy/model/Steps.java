package io.tierguard.policy.model;

import io.tierguard.policy.model.Step.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Lists what each rule says of one effect of one component on a table of one class. */
final class Steps {

    private final Component component;
    private final Effect effect;
    private final Concessions concessions;
    private final Instant moment;
    private final ClassCase state;
    private final TableClass tableClass;
    private final Tier tier;
    private final List<Step> steps = new ArrayList<>();

    private Steps(Component component, Effect effect, Concessions concessions, Instant moment, TableClass tableClass) {
        this.component = component;
        this.effect = effect;
        this.concessions = concessions;
        this.moment = moment;
        this.tableClass = tableClass;
        this.tier = tableClass.tier();
        this.state =
                ClassCase.of(component, effect, tableClass, concessions.inForce(moment), concessions.ended(moment));
    }

    /** The steps in the order of {@link RuleKind}. */
    static List<Step> of(
            Component component, Effect effect, Concessions concessions, Instant moment, TableClass tableClass) {
        return new Steps(component, effect, concessions, moment, tableClass).all();
    }

    private List<Step> all() {
        add(RuleKind.TABLE, Answer.TELLS, "table " + tableClass.pattern() + " is " + tier.name(), tableClass.rule());
        ceiling();
        forbid();
        where();
        limits();
        grants();
        waivers();
        return steps;
    }

    private void ceiling() {
        String clause = "tier " + tier.name() + " is " + tier.kind().word();
        boolean permitted = tableClass.ceilingPermits(effect);
        boolean opened = tableClass.opensColumnsTo(effect.verb());
        Answer byColumns = opened ? Answer.TELLS : Answer.PERMITS;
        add(RuleKind.CEILING, permitted ? byColumns : against(), clause, tier.rule());
        if (opened) {
            String mutable = "of table " + tableClass.pattern() + " only " + listed(tableClass.mutableColumns())
                    + (tableClass.mutableColumns().size() == 1 ? " is mutable" : " are mutable");
            add(RuleKind.MUTABLE_COLUMNS, permitted ? Answer.PERMITS : against(), mutable, tableClass.rule());
        }
    }

    private void forbid() {
        if (tier.forbidden().isEmpty()) {
            return;
        }
        if (tier.forbids(effect.verb())) {
            String clause = "tier " + tier.name() + " forbids " + effect.verb().word();
            add(RuleKind.FORBID, against(), clause, tier.forbidRule());
        } else {
            List<String> forbidden =
                    tier.forbidden().stream().sorted().map(Verb::word).toList();
            String clause = "tier " + tier.name() + " forbids only " + listed(forbidden);
            add(RuleKind.FORBID, Answer.PERMITS, clause, tier.forbidRule());
        }
    }

    private void where() {
        if (Rights.isAdded(effect) || !tier.requiresWhere(effect.verb())) {
            return;
        }
        String clause = "tier " + tier.name() + " requires a where clause on "
                + effect.verb().word() + ", and there is " + (effect.hasWhere() ? "one" : "none");
        add(RuleKind.WHERE, effect.hasWhere() ? Answer.PERMITS : Answer.DENIES, clause, tier.whereRule());
    }

    private void limits() {
        if (state.uncounted().isPresent()) {
            Limit limit = state.uncounted().get();
            String clause = limit.clause() + ", and its rows are not counted";
            add(RuleKind.LIMIT, Answer.DENIES, clause, limit.rule());
            return;
        }
        for (Limit limit : state.limits()) {
            add(RuleKind.LIMIT, Answer.TELLS, limit.clause(), limit.rule());
        }
    }

    private void grants() {
        if (Rights.isAdded(effect)) {
            add(RuleKind.GRANT, Answer.TELLS, "what the database adds needs no grant", "");
            return;
        }
        for (Grant grant : component.grants()) {
            if (grant.concerns(effect.verb(), tableClass, effect.table()) && namesAny(grant)) {
                add(RuleKind.GRANT, Answer.PERMITS, component.name() + " has " + grant.clause(), grant.rule());
            }
        }
        if (!component.isGranted(effect, tableClass)) {
            add(RuleKind.GRANT, against(), "not granted", component.rule());
        }
    }

    private void waivers() {
        boolean needsNone = Rights.allow(component, effect, tableClass);
        for (Waiver waiver : concessions.waivers()) {
            boolean replacesLimits = waiver.limits().stream().anyMatch(limit -> limit.verb() == effect.verb());
            if (!waiver.covers(effect, tableClass) || (needsNone && !replacesLimits)) {
                continue;
            }
            Window window = waiver.window();
            String name = "waiver " + waiver.name();
            Answer closed = state.allows() ? Answer.TELLS : Answer.DENIES;
            if (window.holds(moment)) {
                add(RuleKind.WAIVER, Answer.PERMITS, name + " permits it until " + window.until(), waiver.rule());
            } else if (window.hasEnded(moment)) {
                add(RuleKind.WAIVER, closed, name + " for it ended at " + window.until(), waiver.rule());
            } else {
                add(RuleKind.WAIVER, closed, name + " for it begins at " + window.from(), waiver.rule());
            }
        }
    }

    private boolean namesAny(Grant grant) {
        return grant.isForEveryColumn() || grant.columns().stream().anyMatch(effect.columns()::contains);
    }

    private Answer against() {
        return state.isWaived() ? Answer.YIELDS : Answer.DENIES;
    }

    private void add(RuleKind kind, Answer answer, String clause, String rule) {
        steps.add(new Step(kind, answer, clause, rule));
    }

    private static String listed(Collection<String> words) {
        return String.join(", ", words);
    }
}
