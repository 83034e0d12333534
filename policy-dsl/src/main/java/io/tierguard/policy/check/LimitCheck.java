package io.tierguard.policy.check;

import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.LimitScope;
import io.tierguard.policy.model.Uncounted;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Exempted;
import io.tierguard.policy.syntax.Fact;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Checks the limits of a block. */
final class LimitCheck {

    private static final Set<Verb> COUNTED = EnumSet.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);

    private record Counted(Verb verb, LimitScope scope) {}

    private final Findings findings;

    LimitCheck(Findings findings) {
        this.findings = findings;
    }

    /**
     * The limits of a block that are right.
     *
     * @param owner who sets them, as a sentence names it
     * @param isPossible whether a verb can be permitted at all where the limits hold
     */
    List<Limit> check(Declaration block, String owner, Predicate<Verb> isPossible) {
        List<Limit> limits = new ArrayList<>();
        Map<Counted, Span> seen = new HashMap<>();
        for (Fact.Limited fact : block.facts(Fact.Limited.class)) {
            Span first = seen.putIfAbsent(new Counted(fact.verb(), fact.scope()), fact.verbSpan());
            if (first != null) {
                reportRepeated(fact, first);
            } else if (isCounted(fact) && hasFittingExceptions(fact)) {
                lintNeedless(fact, isPossible);
                limits.add(new Limit(
                        fact.verb(),
                        fact.rows(),
                        fact.scope(),
                        exceptions(fact),
                        owner,
                        fact.span().rule()));
            }
        }
        return limits;
    }

    private Set<Uncounted> exceptions(Fact.Limited fact) {
        Set<Uncounted> exceptions = EnumSet.noneOf(Uncounted.class);
        for (Exempted exempted : fact.exceptions()) {
            if (!exceptions.add(exempted.what())) {
                Listed.report(exempted.what().word(), exempted.span(), findings);
            }
        }
        return exceptions;
    }

    /** Whether the rows of a verb can be limited. */
    static boolean counts(Verb verb) {
        return COUNTED.contains(verb);
    }

    private boolean isCounted(Fact.Limited fact) {
        boolean counted = counts(fact.verb());
        if (!counted) {
            findings.report(findings.at(
                            DiagnosticCode.LIMIT_ON_OTHER_VERB,
                            fact.verbSpan(),
                            "the rows of `" + fact.verb().word() + "` cannot be limited",
                            "not insert, update or delete")
                    .withNote("only insert, update and delete tell how many rows they changed"));
        }
        return counted;
    }

    private boolean hasFittingExceptions(Fact.Limited fact) {
        boolean fitting = true;
        for (Exempted exempted : fact.exceptions()) {
            if (exempted.what() == Uncounted.TRUNCATE && fact.verb() != Verb.DELETE) {
                fitting = false;
                findings.report(findings.at(
                        DiagnosticCode.EXCEPTION_ON_OTHER_VERB,
                        exempted.span(),
                        "a limit of `" + fact.verb().word() + "` does not forbid truncate",
                        "only a limit of delete does"));
            }
        }
        return fitting;
    }

    private void lintNeedless(Fact.Limited fact, Predicate<Verb> isPossible) {
        if (!isPossible.test(fact.verb())) {
            findings.report(findings.at(
                            DiagnosticCode.NEEDLESS_LIMIT,
                            fact.verbSpan(),
                            "limiting `" + fact.verb().word() + "` adds nothing",
                            "not permitted here")
                    .withNote("only a waiver could permit it, and a waiver has limits of its own"));
        }
    }

    private void reportRepeated(Fact.Limited fact, Span first) {
        findings.report(findings.at(
                        DiagnosticCode.REPEATED_LIMIT,
                        fact.verbSpan(),
                        "the rows of `" + fact.verb().word() + "` are limited twice in this block",
                        "limited again here")
                .withRelated(first, "first limited here"));
    }
}
