package io.tierguard.policy.check;

import io.tierguard.policy.model.PatternIndex;
import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.Comparator;
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
        PatternIndex<CheckedTable> index = PatternIndex.of(tables, CheckedTable::pattern);
        for (CheckedTable table : tables) {
            lintTaken(table, index);
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
    private void lintTaken(CheckedTable winner, PatternIndex<CheckedTable> index) {
        index.near(winner.pattern())
                .filter(loser -> kind(loser).compareTo(kind(winner)) < 0)
                .filter(loser -> winner.pattern().isNarrowerThan(loser.pattern()))
                .min(Comparator.comparing(TableLints::kind))
                .ifPresent(loser -> reportTaken(winner, loser));
    }

    private void reportTaken(CheckedTable winner, CheckedTable loser) {
        String lost = loser.tableClass().tier().name();
        findings.report(findings.at(
                        DiagnosticCode.TAKEN_FROM_STRICTER_TIER,
                        winner.span(),
                        "`" + winner.pattern() + "` is taken out of the stricter tier `" + lost + "`",
                        "is " + kind(winner).word() + " here")
                .withRelated(loser.span(), "would be " + kind(loser).word() + " by this pattern"));
    }

    private static TierKind kind(CheckedTable table) {
        return table.tableClass().tier().kind();
    }
}
