package io.tierguard.policy.check;

import io.tierguard.policy.model.CodePattern;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import java.util.List;
import java.util.Optional;

/** Compares each pair of facts of one sort that can be about the same routine or trigger. */
final class CodeConflicts {

    /** Pairs are compared, so their number is bounded. */
    private static final int MOST = 5_000;

    private final Findings findings;
    private final String sort;

    CodeConflicts(Findings findings, String sort) {
        this.findings = findings;
        this.sort = sort;
    }

    /** Reports each fact that contradicts or repeats an earlier one, once. */
    void check(List<CheckedCode> facts) {
        if (facts.size() > MOST) {
            findings.report(findings.at(
                    DiagnosticCode.TOO_MANY_CODE_FACTS,
                    facts.get(MOST).span(),
                    "a policy says at most " + MOST + " things of " + sort + "s, this one says " + facts.size(),
                    "one too many"));
            return;
        }
        for (int at = 1; at < facts.size(); at++) {
            for (int before = 0; before < at; before++) {
                Optional<Diagnostic> conflict = conflict(facts.get(before), facts.get(at));
                if (conflict.isPresent()) {
                    findings.report(conflict.get());
                    break;
                }
            }
        }
    }

    private Optional<Diagnostic> conflict(CheckedCode earlier, CheckedCode later) {
        CodePattern first = earlier.pattern();
        CodePattern second = later.pattern();
        boolean firstCovers = first.covers(second);
        boolean secondCovers = second.covers(first);
        if (firstCovers && secondCovers) {
            return Optional.of(findings.at(
                            DiagnosticCode.DECLARED_TWICE,
                            later.span(),
                            sort + " `" + later.shown() + "` is declared twice",
                            "declared again here")
                    .withRelated(earlier.span(), "first declared here"));
        }
        if (firstCovers || secondCovers || earlier.saysTheSameAs(later)) {
            return Optional.empty();
        }
        return first.common(second).map(name -> ambiguity(earlier, later, name));
    }

    private Diagnostic ambiguity(CheckedCode earlier, CheckedCode later, List<String> name) {
        return findings.at(
                        DiagnosticCode.AMBIGUOUS_CODE,
                        later.span(),
                        "`" + earlier.shown() + "` and `" + later.shown() + "` both match the " + sort + " `"
                                + shown(name) + "`",
                        later.says())
                .withRelated(earlier.span(), earlier.says())
                .withNote("neither is the narrower one, and they say different things");
    }

    /** The shared name as its sort is written: a routine with its schema, a trigger with its table. */
    private String shown(List<String> parts) {
        if (!sort.equals(CodeCheck.TRIGGER)) {
            return dotted(parts);
        }
        int last = parts.size() - 1;
        return orAny(parts.get(last)) + " on " + dotted(parts.subList(0, last));
    }

    private static String dotted(List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts.subList(0, parts.size() - 1)) {
            text.append(part.isEmpty() && text.isEmpty() ? "" : part + ".");
        }
        return text + orAny(parts.get(parts.size() - 1));
    }

    private static String orAny(String part) {
        return part.isEmpty() ? "x" : part;
    }
}
