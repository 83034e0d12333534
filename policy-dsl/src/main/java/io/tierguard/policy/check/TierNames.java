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
                    .map(this::suggestion)
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

    private String suggestion(String meant) {
        Tier tier = tiers.get(meant);
        String rule = tier == null ? "" : tier.rule();
        return "did you mean `" + meant + "`? (declared at line " + rule.substring(rule.lastIndexOf(':') + 1) + ")";
    }
}
