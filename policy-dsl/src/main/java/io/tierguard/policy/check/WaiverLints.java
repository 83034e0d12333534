package io.tierguard.policy.check;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
            Set<Verb> limited = EnumSet.noneOf(Verb.class);
            block.facts(Fact.Limited.class).forEach(fact -> limited.add(fact.verb()));
            if (block.body().whole()) {
                block.facts(Fact.Waived.class).stream()
                        .filter(fact -> isGrantedAnyway(fact, limited))
                        .forEach(this::report);
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

    private boolean isGrantedAnyway(Fact.Waived fact, Set<Verb> limited) {
        Optional<Component> component = policy.component(fact.component().text());
        return component.isPresent()
                && fact.target() instanceof Target.OnPatterns onPatterns
                && onPatterns.patterns().stream()
                        .allMatch(table -> fact.verbs().stream()
                                .allMatch(verb -> isGrantedAnyway(component.get(), verb, table, limited)));
    }

    /**
     * A where clause is taken to be there, because a waiver never stands
     * in for one; a waiver that sets a limit in place of another is not needless.
     */
    private boolean isGrantedAnyway(Component component, GrantedVerb verb, Pattern table, Set<Verb> limited) {
        Optional<TableName> name = Patterns.name(table);
        List<String> columns = verb.columns().stream().map(Name::text).toList();
        return name.isPresent()
                && policy.decide(component, Effect.of(verb.verb(), name.get(), columns, true), Instant.EPOCH)
                        instanceof Decision.Allow allow
                && (allow.limits().isEmpty() || !limited.contains(verb.verb()));
    }
}
