package io.tierguard.policy.check;

import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.GrantedVerb;
import io.tierguard.policy.syntax.Name;
import io.tierguard.policy.syntax.Pattern;
import io.tierguard.policy.syntax.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the grants, and the parts of grants, that give no right on any table. */
final class VoidGrants {

    private final Findings findings;
    private final Reach reach;

    VoidGrants(Findings findings, Reach reach) {
        this.findings = findings;
        this.reach = reach;
    }

    /** Reports a grant that gives no right as an error, or each part that gives none as a lint. */
    void check(Fact.Granted grant) {
        List<Diagnostic> lints = new ArrayList<>();
        boolean useful = false;
        for (Part on : parts(grant.target())) {
            for (GrantedVerb verb : grant.verbs()) {
                if (check(verb, on, lints)) {
                    useful = true;
                }
            }
        }
        if (useful) {
            lints.forEach(findings::report);
        } else {
            findings.report(findings.at(
                            DiagnosticCode.VOID_GRANT,
                            grant.span(),
                            "this grant gives no right on any table",
                            "gives no right")
                    .withNote(reason(grant)));
        }
    }

    private boolean check(GrantedVerb verb, Part on, List<Diagnostic> lints) {
        String word = verb.verb().word();
        List<TableClass> open = on.classes().stream()
                .filter(tableClass -> tableClass.leavesRoomFor(verb.verb()))
                .toList();
        if (verb.columns().isEmpty()) {
            if (open.isEmpty()) {
                lints.add(lint(verb.span(), "`" + word + "` gives no right on " + on.name()));
            }
            return !open.isEmpty();
        }
        boolean useful = false;
        for (Name column : verb.columns()) {
            Predicate<TableClass> leavesRoom =
                    tableClass -> tableClass.leavesRoomFor(verb.verb(), TableName.fold(column.text()));
            if (open.stream().anyMatch(leavesRoom)) {
                useful = true;
            } else {
                lints.add(lint(
                        column.span(), "`" + word + "` of `" + column.text() + "` gives no right on " + on.name()));
            }
        }
        return useful;
    }

    private Diagnostic lint(Span span, String message) {
        return findings.at(DiagnosticCode.PARTLY_VOID_GRANT, span, message, "the tier leaves no room for it")
                .withNote("a grant never reaches past the ceiling of a tier");
    }

    private String reason(Fact.Granted grant) {
        boolean nothing =
                parts(grant.target()).stream().allMatch(on -> on.classes().isEmpty());
        return nothing ? "no table falls under it" : "a grant never reaches past the ceiling of a tier";
    }

    private List<Part> parts(Target target) {
        if (target instanceof Target.OnTier onTier) {
            String name = onTier.tier().text();
            return List.of(new Part("tier `" + name + "`", reach.ofTier(name)));
        }
        if (target instanceof Target.OnPatterns onPatterns) {
            return onPatterns.patterns().stream()
                    .map(pattern -> new Part("`" + pattern.text() + "`", classes(pattern)))
                    .toList();
        }
        return List.of(new Part("everything", reach.ofEverything()));
    }

    private List<TableClass> classes(Pattern pattern) {
        return new Patterns(findings).read(pattern).map(reach::of).orElse(List.of());
    }

    /** One of the things a grant is on, with the classes its tables can fall into. */
    private record Part(String name, List<TableClass> classes) {}
}
