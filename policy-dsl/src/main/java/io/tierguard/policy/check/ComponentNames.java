package io.tierguard.policy.check;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Name;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the component a name means. */
final class ComponentNames {

    private final Findings findings;
    private final Doubt doubt;
    private final Set<String> declared = new TreeSet<>();

    ComponentNames(Findings findings, Doubt doubt, List<Component> components) {
        this.findings = findings;
        this.doubt = doubt;
        components.forEach(component -> declared.add(component.name()));
    }

    /** Whether a component is declared; if not it says so, unless it may stand in what was not read. */
    boolean isDeclared(Name name) {
        boolean known = declared.contains(name.text());
        if (!known && !doubt.mayDeclareComponent(name.text())) {
            String help = findings.meant(name.text(), () -> declared)
                    .map(meant -> "did you mean `" + meant + "`?")
                    .orElse("");
            findings.report(findings.at(
                            DiagnosticCode.UNKNOWN_COMPONENT,
                            name.span(),
                            "no component is called `" + name.text() + "`",
                            "unknown component")
                    .withHelp(help));
        }
        return known;
    }
}
