package io.tierguard.policy.check;

import io.tierguard.policy.model.PatternIndex;
import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Segment;
import io.tierguard.policy.syntax.SyntaxTree;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a reviewer should know of tiers and tables that are right. */
final class TableLints {

    /** As many bytes of a name PostgreSQL keeps, unless it was built with another length. */
    private static final int MOST_BYTES = 63;

    private final Findings findings;

    TableLints(Findings findings) {
        this.findings = findings;
    }

    void check(SyntaxTree tree, List<CheckedTable> tables) {
        lintUnusedTiers(tree, tables);
        PatternIndex<CheckedTable> index = PatternIndex.of(tables, CheckedTable::pattern);
        for (Declaration.TableBlock block : tree.all(Declaration.TableBlock.class)) {
            block.pattern().segments().forEach(this::lintCut);
        }
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

    /** A server that cuts a name has no table of the longer one, however the rest of it is matched. */
    private void lintCut(Segment segment) {
        String fixed = segment.quoted() ? segment.text() : segment.text().replace("*", "");
        int bytes = fixed.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            findings.report(findings.at(
                            DiagnosticCode.NAME_CUT_BY_A_SERVER,
                            segment.span(),
                            "PostgreSQL has no name of more than " + MOST_BYTES + " bytes",
                            bytes + " bytes")
                    .withNote("it cuts longer names off, so this pattern matches nothing there; name the table as the"
                            + " server lists it"));
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
