package io.tierguard.policy.check;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.GrantedVerb;
import io.tierguard.policy.syntax.Name;
import io.tierguard.policy.syntax.Pattern;
import io.tierguard.policy.syntax.SyntaxTree;
import io.tierguard.policy.syntax.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a reviewer should know of waivers that are right. */
final class WaiverLints {

    private final Findings findings;
    /** The policy without what it concedes. */
    private final Policy policy;

    WaiverLints(Findings findings, Policy unconceding) {
        this.findings = findings;
        this.policy = unconceding;
    }

    void check(SyntaxTree tree) {
        for (Declaration.WaiverBlock block : tree.all(Declaration.WaiverBlock.class)) {
            boolean limits = block.fact(Fact.Limited.class).isPresent();
            List<Fact.Waived> grants = block.facts(Fact.Waived.class);
            if (!limits && block.body().whole()) {
                grants.stream().filter(this::isGrantedAnyway).forEach(this::report);
            }
        }
    }

    private void report(Fact.Waived fact) {
        findings.report(findings.at(
                DiagnosticCode.NEEDLESS_WAIVER,
                fact.span(),
                "`" + fact.component().text() + "` may do this without a waiver",
                "granted already"));
    }

    private boolean isGrantedAnyway(Fact.Waived fact) {
        Optional<Component> component = policy.component(fact.component().text());
        return component.isPresent()
                && fact.target() instanceof Target.OnPatterns onPatterns
                && onPatterns.patterns().stream()
                        .allMatch(table ->
                                fact.verbs().stream().allMatch(verb -> isGrantedAnyway(component.get(), verb, table)));
    }

    private boolean isGrantedAnyway(Component component, GrantedVerb verb, Pattern table) {
        Optional<TableName> name = Patterns.name(table);
        List<String> columns = verb.columns().stream().map(Name::text).toList();
        return name.isPresent()
                && policy.decide(component, Effect.of(verb.verb(), name.get(), columns, false), Instant.EPOCH)
                        instanceof Decision.Allow;
    }
}
