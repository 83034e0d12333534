package io.tierguard.policy.check;

import io.tierguard.policy.model.Grant;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.model.Waiver;
import io.tierguard.policy.model.Window;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.GrantedVerb;
import io.tierguard.policy.syntax.Name;
import io.tierguard.policy.syntax.Pattern;
import io.tierguard.policy.syntax.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the waivers of a policy. */
final class WaiverCheck {

    private final Findings findings;
    private final GrantCheck grants;
    private final ComponentNames components;
    private final Unique unique;
    private final LimitCheck limits;
    private final WindowCheck windows;

    WaiverCheck(Findings findings, GrantCheck grants, ComponentNames components) {
        this.findings = findings;
        this.grants = grants;
        this.components = components;
        this.unique = new Unique(findings, "waiver");
        this.limits = new LimitCheck(findings);
        this.windows = new WindowCheck(findings);
    }

    /** The waiver of a block, unless it is wrong, which is reported. */
    Optional<Waiver> check(Declaration.WaiverBlock block) {
        boolean first = unique.isFirst(block.name());
        List<Name> receivers = receivers(block);
        boolean forOne = isForOne(receivers);
        boolean whole = first && forOne && block.body().whole();
        List<Grant> granted = new ArrayList<>();
        for (Fact.Waived fact : block.facts(Fact.Waived.class)) {
            Optional<Grant> grant = isNarrow(fact) ? grants.checkWaived(fact) : Optional.empty();
            grant.ifPresent(granted::add);
            whole &= grant.isPresent();
        }
        Optional<Window> window = windows.check(block);
        List<Limit> limited = limits(block);
        if (!whole || window.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Waiver(
                block.name().text(),
                block.why(),
                block.fact(Fact.Ticket.class).map(Fact.Ticket::text).orElse(""),
                block.fact(Fact.Owner.class).map(Fact.Owner::text).orElse(""),
                receivers.get(0).text(),
                window.get(),
                granted,
                limited,
                block.fact(Fact.WaivedDefine.class).isPresent(),
                block.name().span().rule()));
    }

    private static List<Name> receivers(Declaration.WaiverBlock block) {
        List<Name> receivers = new ArrayList<>();
        for (Fact fact : block.body().facts()) {
            if (fact instanceof Fact.Waived waived) {
                receivers.add(waived.component());
            } else if (fact instanceof Fact.WaivedDefine define) {
                receivers.add(define.component());
            }
        }
        return receivers;
    }

    private boolean isForOne(List<Name> receivers) {
        if (receivers.isEmpty()) {
            return false; // the grant that is missing or could not be read has been reported
        }
        Name first = receivers.get(0);
        boolean known = components.isDeclared(first);
        for (Name other : receivers) {
            if (!other.text().equals(first.text())) {
                findings.report(findings.at(
                                DiagnosticCode.WAIVER_OF_SEVERAL_COMPONENTS,
                                other.span(),
                                "a waiver is for one component",
                                "a second component")
                        .withRelated(first.span(), "the first component"));
                return false;
            }
        }
        return known;
    }

    private boolean isNarrow(Fact.Waived fact) {
        if (!(fact.target() instanceof Target.OnPatterns onPatterns)) {
            reportWide(fact.target().span(), "a waiver names its tables");
            return false;
        }
        for (Pattern pattern : onPatterns.patterns()) {
            if (Patterns.name(pattern).isEmpty()) {
                reportWide(pattern.span(), "`" + pattern.text() + "` is not one table");
                return false;
            }
        }
        return true;
    }

    private void reportWide(Span span, String message) {
        findings.report(findings.at(DiagnosticCode.WAIVER_TOO_WIDE, span, message, "wider than a waiver may be")
                .withNote("what pierces a ceiling is named table by table, so that a reviewer sees all of it"));
    }

    private List<Limit> limits(Declaration.WaiverBlock block) {
        Set<Verb> waived = EnumSet.noneOf(Verb.class);
        block.facts(Fact.Waived.class)
                .forEach(fact -> fact.verbs().stream().map(GrantedVerb::verb).forEach(waived::add));
        for (Fact.Limited fact : block.facts(Fact.Limited.class)) {
            if (LimitCheck.counts(fact.verb())
                    && !waived.contains(fact.verb())
                    && block.body().whole()) {
                findings.report(findings.at(
                        DiagnosticCode.LIMIT_NOT_WAIVED,
                        fact.verbSpan(),
                        "this waiver does not grant `" + fact.verb().word() + "`",
                        "limits nothing"));
            }
        }
        return limits.check(block, "waiver " + block.name().text(), verb -> true);
    }
}
