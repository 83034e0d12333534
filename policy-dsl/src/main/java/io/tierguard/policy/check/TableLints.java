package io.tierguard.policy.check;

import io.tierguard.policy.model.Tier;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a reviewer should know of tiers and tables that are right. */
final class TableLints {

    private final Findings findings;

    TableLints(Findings findings) {
        this.findings = findings;
    }

    void check(SyntaxTree tree, List<CheckedTable> tables) {
        lintUnusedTiers(tree, tables);
        for (CheckedTable table : tables) {
            lintTaken(table, tables);
        }
    }

    private void lintUnusedTiers(SyntaxTree tree, List<CheckedTable> tables) {
        Set<String> used =
                tables.stream().map(table -> table.tableClass().tier().name()).collect(Collectors.toSet());
        for (Declaration.TierBlock tier : tree.all(Declaration.TierBlock.class)) {
            if (!used.contains(tier.name().text())) {
                findings.report(findings.at(
                        DiagnosticCode.UNUSED_TIER,
                        tier.name().span(),
                        "no table is in tier `" + tier.name().text() + "`",
                        "protects nothing"));
            }
        }
    }

    /** Says it once a table, of the strictest pattern that loses it. */
    private void lintTaken(CheckedTable winner, List<CheckedTable> tables) {
        Tier tier = winner.tableClass().tier();
        CheckedTable strictest = winner;
        for (CheckedTable loser : tables) {
            boolean stricter = loser.tableClass()
                            .tier()
                            .kind()
                            .compareTo(strictest.tableClass().tier().kind())
                    < 0;
            if (stricter && winner.pattern().isNarrowerThan(loser.pattern())) {
                strictest = loser;
            }
        }
        if (strictest != winner) {
            Tier lost = strictest.tableClass().tier();
            findings.report(findings.at(
                            DiagnosticCode.TAKEN_FROM_STRICTER_TIER,
                            winner.span(),
                            "`" + winner.pattern() + "` is taken out of the stricter tier `" + lost.name() + "`",
                            "is " + tier.kind().word() + " here")
                    .withRelated(strictest.span(), "would be " + lost.kind().word() + " by this pattern"));
        }
    }
}
