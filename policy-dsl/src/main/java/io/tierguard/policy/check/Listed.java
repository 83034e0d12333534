package io.tierguard.policy.check;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.syntax.GrantedVerb;
import io.tierguard.policy.syntax.Name;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes sets of lists, with a lint for what is listed twice. */
final class Listed {

    private Listed() {}

    /** The names of a list, folded, each once. */
    static List<String> once(List<Name> names, Findings findings) {
        List<String> once = new ArrayList<>();
        for (Name name : names) {
            String folded = TableName.fold(name.text());
            if (once.contains(folded)) {
                report(name.text(), name.span(), findings);
            } else {
                once.add(folded);
            }
        }
        return once;
    }

    /** The verbs of a list. */
    static Set<Verb> verbs(List<GrantedVerb> listed, Findings findings) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        for (GrantedVerb verb : listed) {
            if (!verbs.add(verb.verb())) {
                report(verb.verb().word(), verb.span(), findings);
            }
        }
        return verbs;
    }

    /** Says that something is listed twice. */
    static void report(String text, Span span, Findings findings) {
        findings.report(
                findings.at(DiagnosticCode.LISTED_TWICE, span, "`" + text + "` is listed twice", "listed before"));
    }
}
