package io.tierguard.policy.check;

import io.tierguard.policy.model.Concessions;
import io.tierguard.policy.model.Observation;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.Trust;
import io.tierguard.policy.model.Waiver;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.NamedReason;
import io.tierguard.policy.syntax.SyntaxTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what a policy concedes for a time: waivers, observations, trusts. */
final class ConcessionCheck {

    private final Findings findings;
    private final ComponentNames components;
    private final WaiverCheck waivers;
    private final Unique observed;
    private final Unique trusted;

    ConcessionCheck(Findings findings, GrantCheck grants, ComponentNames components) {
        this.findings = findings;
        this.components = components;
        this.waivers = new WaiverCheck(findings, grants, components);
        this.observed = new Unique(findings, "observe");
        this.trusted = new Unique(findings, "trust");
    }

    /** The concessions in file order. */
    Concessions check(SyntaxTree tree) {
        List<Waiver> checkedWaivers = new ArrayList<>();
        for (Declaration.WaiverBlock block : tree.all(Declaration.WaiverBlock.class)) {
            waivers.check(block).ifPresent(checkedWaivers::add);
        }
        List<Observation> observations = new ArrayList<>();
        for (Declaration.ObserveBlock block : tree.all(Declaration.ObserveBlock.class)) {
            observation(block).ifPresent(observations::add);
        }
        List<Trust> trusts = new ArrayList<>();
        for (Declaration.TrustBlock block : tree.all(Declaration.TrustBlock.class)) {
            trust(block).ifPresent(trusts::add);
        }
        return new Concessions(checkedWaivers, observations, trusts);
    }

    /** Says which blocks have ended: they do nothing any more and make a reader believe that they do. */
    void reportExpired(SyntaxTree tree, Instant now) {
        for (Declaration block : tree.declarations()) {
            block.fact(Fact.Until.class)
                    .filter(until -> !now.isBefore(until.time()))
                    .ifPresent(until -> findings.report(findings.at(
                                    DiagnosticCode.EXPIRED,
                                    until.span(),
                                    "this " + block.span().text() + " block has ended",
                                    "in the past")
                            .withHelp("remove the block, now that it does nothing")));
        }
    }

    private Optional<Observation> observation(Declaration.ObserveBlock block) {
        boolean known = block.isAboutEveryone() || components.isDeclared(block.component());
        boolean first = known && observed.isFirst(block.component());
        Optional<Set<Reason>> reasons = reasons(block);
        Optional<Instant> until = block.fact(Fact.Until.class).map(Fact.Until::time);
        if (!first || reasons.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        String component = block.isAboutEveryone() ? "" : block.component().text();
        String rule = block.component().span().rule();
        return Optional.of(new Observation(component, reasons.get(), block.why(), until.get(), rule));
    }

    private Optional<Set<Reason>> reasons(Declaration.ObserveBlock block) {
        Optional<Fact.Reasons> fact = block.fact(Fact.Reasons.class);
        if (fact.isEmpty()) {
            return Optional.of(Observation.ORDINARY);
        }
        boolean observable = true;
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (NamedReason named : fact.get().reasons()) {
            if (Observation.NEVER.contains(named.reason())) {
                observable = false;
                findings.report(findings.at(
                        DiagnosticCode.UNOBSERVABLE_REASON,
                        named.span(),
                        "a denial for `" + named.reason().code() + "` is never only observed",
                        "always carried out"));
            } else if (!reasons.add(named.reason())) {
                Listed.report(named.reason().code(), named.span(), findings);
            }
        }
        return observable ? Optional.of(reasons) : Optional.empty();
    }

    private Optional<Trust> trust(Declaration.TrustBlock block) {
        boolean known = components.isDeclared(block.component());
        boolean first = known && trusted.isFirst(block.component());
        Set<Power> powers = EnumSet.noneOf(Power.class);
        block.facts(Fact.Trusted.class).forEach(fact -> powers.add(fact.power()));
        if (powers.isEmpty() && block.body().whole()) {
            findings.report(findings.at(
                            DiagnosticCode.TRUST_WITHOUT_POWER,
                            block.component().span(),
                            "`" + block.component().text() + "` is trusted with nothing",
                            "no power is named")
                    .withNote("a trust names unwrap, define or administer"));
        }
        Optional<Instant> until = block.fact(Fact.Until.class).map(Fact.Until::time);
        if (!first || powers.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Trust(
                block.component().text(),
                powers,
                block.why(),
                block.fact(Fact.Owner.class).map(Fact.Owner::text).orElse(""),
                until.get(),
                block.component().span().rule()));
    }
}
