package io.tierguard.policy.check;

import io.tierguard.policy.model.Tier;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Name;
import java.util.Map;
import java.util.Optional;

/** Finds the tier a name means. */
final class TierNames {

    private final Findings findings;
    private final Doubt doubt;
    private final Map<String, Tier> tiers;

    TierNames(Findings findings, Doubt doubt, Map<String, Tier> tiers) {
        this.findings = findings;
        this.doubt = doubt;
        this.tiers = tiers;
    }

    /** The tier of this name; if there is none it says so, unless the tier may stand in what was not read. */
    Optional<Tier> find(Name name) {
        Tier tier = tiers.get(name.text());
        if (tier == null && !doubt.mayDeclareTier(name.text())) {
            String help = findings.meant(name.text(), () -> TierCheck.namesByStrictness(tiers))
                    .map(meant -> suggestion(meant, name))
                    .orElse("");
            findings.report(findings.at(
                            DiagnosticCode.UNKNOWN_TIER,
                            name.span(),
                            "no tier is called `" + name.text() + "`",
                            "unknown tier")
                    .withHelp(help));
        }
        return Optional.ofNullable(tier);
    }

    private String suggestion(String meant, Name name) {
        Tier tier = tiers.get(meant);
        String rule = tier == null ? "" : tier.rule();
        int cut = rule.lastIndexOf(':') + 1;
        boolean here = rule.substring(0, cut).equals(name.span().source().shortName() + ":");
        String place = here ? "line " + rule.substring(cut) : rule;
        return "did you mean `" + meant + "`? (declared at " + place + ")";
    }
}
