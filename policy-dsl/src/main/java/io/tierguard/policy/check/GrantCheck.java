package io.tierguard.policy.check;

import io.tierguard.policy.model.Grant;
import io.tierguard.policy.model.GrantTarget;
import io.tierguard.policy.model.TablePattern;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.GrantedVerb;
import io.tierguard.policy.syntax.Pattern;
import io.tierguard.policy.syntax.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks one grant: its words, then what it is on, then whether any right comes of it. */
final class GrantCheck {

    private final Findings findings;
    private final Doubt doubt;
    private final TierNames tiers;
    private final Patterns patterns;
    private final Reach reach;
    private final VoidGrants voidGrants;

    GrantCheck(Findings findings, Doubt doubt, Map<String, Tier> tiers, List<CheckedTable> tables) {
        this.findings = findings;
        this.doubt = doubt;
        this.tiers = new TierNames(findings, doubt, tiers);
        this.patterns = new Patterns(findings);
        this.reach = new Reach(tables.stream().map(CheckedTable::tableClass).toList());
        this.voidGrants = new VoidGrants(findings, reach);
    }

    /** The grant, unless it is wrong, which is reported. */
    Optional<Grant> check(Fact.Granted fact) {
        Optional<Grant> grant = read(fact);
        if (grant.isPresent() && !doubt.isAboutTables()) {
            voidGrants.check(fact);
        }
        return grant;
    }

    /** The grant of a waiver, for which ceilings are no matter. */
    Optional<Grant> checkWaived(Fact.Waived fact) {
        return read(new Fact.Granted(fact.span(), fact.verbs(), fact.target()));
    }

    private Optional<Grant> read(Fact.Granted fact) {
        Set<Verb> verbs = Listed.verbs(fact.verbs(), findings);
        boolean columnsFit = hasReadableColumns(fact);
        boolean readable = isReadableOnTarget(fact) && columnsFit;
        Optional<GrantTarget> target = target(fact.target());
        if (!readable || target.isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = Listed.once(fact.verbs().get(0).columns(), findings);
        return Optional.of(new Grant(verbs, columns, target.get(), fact.span().rule()));
    }

    private boolean hasReadableColumns(Fact.Granted fact) {
        boolean readable = true;
        for (GrantedVerb verb : fact.verbs()) {
            if (verb.columns().isEmpty()) {
                continue;
            }
            if (verb.verb() != Verb.INSERT && verb.verb() != Verb.UPDATE) {
                readable = false;
                findings.report(findings.at(
                        DiagnosticCode.COLUMNS_OF_OTHER_VERB,
                        verb.span(),
                        "`" + verb.verb().word() + "` is granted on whole tables",
                        "only insert and update take columns"));
            } else if (fact.verbs().size() > 1) {
                readable = false;
                findings.report(findings.at(
                                DiagnosticCode.COLUMNS_OF_SEVERAL_VERBS,
                                verb.span(),
                                "a grant with columns names one verb",
                                "these columns could be read as those of every verb in the list")
                        .withHelp("give `" + verb.verb().word() + "` with its columns a line of its own"));
            }
        }
        return readable;
    }

    private boolean isReadableOnTarget(Fact.Granted fact) {
        boolean readable = true;
        for (GrantedVerb verb : fact.verbs()) {
            if (fact.target() instanceof Target.Everything && verb.verb() != Verb.SELECT) {
                readable = false;
                findings.report(findings.at(
                                DiagnosticCode.EVERYTHING_BUT_SELECT,
                                verb.span(),
                                "`" + verb.verb().word() + "` cannot be granted on everything",
                                "only select can")
                        .withNote("a right to change names the tier or the tables it is for"));
            }
        }
        return readable;
    }

    private Optional<GrantTarget> target(Target written) {
        if (written instanceof Target.OnTier onTier) {
            return tiers.find(onTier.tier()).map(tier -> new GrantTarget.OnTier(tier.name()));
        }
        if (written instanceof Target.OnPatterns onPatterns) {
            return onPatterns(onPatterns.patterns());
        }
        return Optional.of(new GrantTarget.Everything());
    }

    private Optional<GrantTarget> onPatterns(List<Pattern> written) {
        List<TablePattern> read = new ArrayList<>();
        for (Pattern pattern : written) {
            patterns.read(pattern).filter(found -> isOnTable(pattern, found)).ifPresent(read::add);
        }
        return read.size() < written.size() ? Optional.empty() : Optional.of(new GrantTarget.OnPatterns(read));
    }

    private boolean isOnTable(Pattern written, TablePattern pattern) {
        boolean known = doubt.isAboutTables() || reach.isDeclared(pattern);
        if (!known) {
            String help = findings.meant(written.text(), reach::names)
                    .map(meant -> "did you mean `" + meant + "`?")
                    .orElse("");
            findings.report(findings.at(
                            DiagnosticCode.UNKNOWN_TABLE,
                            written.span(),
                            "no declared table is matched by `" + written.text() + "`",
                            "gives no right")
                    .withHelp(help));
        }
        return known;
    }
}
