package io.tierguard.policy.check;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Grant;
import io.tierguard.policy.model.NameGlob;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.Name;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the components of a policy. */
final class ComponentCheck {

    private final Findings findings;
    private final Unique unique;
    private final GrantCheck grants;

    ComponentCheck(Findings findings, GrantCheck grants) {
        this.findings = findings;
        this.unique = new Unique(findings, "component");
        this.grants = grants;
    }

    /** The components in file order. */
    List<Component> check(SyntaxTree tree) {
        List<Component> components = new ArrayList<>();
        for (Declaration.ComponentBlock block : tree.all(Declaration.ComponentBlock.class)) {
            unique.isFirst(block.name());
            reportReserved(block.name());
            components.add(component(block));
        }
        return components;
    }

    private void reportReserved(Name name) {
        if (name.text().equals(Declaration.ObserveBlock.EVERYONE)) {
            findings.report(findings.at(
                    DiagnosticCode.INVALID_NAME,
                    name.span(),
                    "`" + name.text() + "` cannot be the name of a component",
                    "means all components"));
        }
    }

    private Component component(Declaration.ComponentBlock block) {
        List<Grant> granted = block.facts(Fact.Granted.class).stream()
                .map(grants::check)
                .flatMap(Optional::stream)
                .toList();
        List<Name> users =
                block.fact(Fact.ConnectsAs.class).map(Fact.ConnectsAs::users).orElse(List.of());
        if (block.body().whole()) {
            lint(block, users);
        }
        Listed.once(users, findings);
        return new Component(
                block.name().text(),
                block.why(),
                users.stream().map(user -> NameGlob.of(user.text())).toList(),
                granted,
                new LimitCheck(findings)
                        .check(block, "component " + block.name().text(), verb -> true),
                block.name().span().rule());
    }

    private void lint(Declaration.ComponentBlock block, List<Name> users) {
        Name name = block.name();
        String anyUser = users.isEmpty() ? "does not say which users it connects as" : "may connect as any user";
        if (users.isEmpty()
                || users.stream().anyMatch(user -> NameGlob.of(user.text()).covers(NameGlob.ANY))) {
            findings.report(findings.at(
                            DiagnosticCode.ANY_USER,
                            name.span(),
                            "component `" + name.text() + "` " + anyUser,
                            "any release can claim to be this")
                    .withHelp("name its database users: `connects as \"…\"`"));
        }
        if (block.fact(Fact.Granted.class).isEmpty()) {
            findings.report(findings.at(
                    DiagnosticCode.NO_GRANT,
                    name.span(),
                    "component `" + name.text() + "` is granted nothing",
                    "may not even read"));
        }
    }
}
