package io.tierguard.policy.check;

import io.tierguard.policy.model.PatternIndex;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TablePattern;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the tables of a policy: each for itself, then each pair of patterns that can match the same table. */
final class TableCheck {

    private static final int MOST_TABLES = 100_000;
    /** Each pattern with a star in its name is compared with all others, so their number is bounded. */
    private static final int MOST_WILD = 1_000;

    private final Findings findings;
    private final Doubt doubt;
    private final TierNames tiers;
    private final Patterns patterns;

    TableCheck(Findings findings, Doubt doubt, Map<String, Tier> tiers) {
        this.findings = findings;
        this.doubt = doubt;
        this.tiers = new TierNames(findings, doubt, tiers);
        this.patterns = new Patterns(findings);
    }

    /** The tables in file order. */
    List<CheckedTable> check(SyntaxTree tree) {
        List<Declaration.TableBlock> blocks = tree.all(Declaration.TableBlock.class);
        if (blocks.size() > MOST_TABLES) {
            doubt.castOnTables();
            findings.report(findings.at(
                    DiagnosticCode.TOO_MANY_TABLES,
                    blocks.get(MOST_TABLES).pattern().span(),
                    "a policy has at most " + MOST_TABLES + " tables, this one has " + blocks.size(),
                    "one too many"));
            return List.of();
        }
        List<CheckedTable> tables = new ArrayList<>();
        for (Declaration.TableBlock block : blocks) {
            Optional<CheckedTable> table = table(block);
            table.ifPresentOrElse(tables::add, doubt::castOnTables);
        }
        compare(tables);
        return tables;
    }

    private Optional<CheckedTable> table(Declaration.TableBlock block) {
        Optional<TablePattern> pattern = patterns.read(block.pattern());
        Optional<Tier> tier = tiers.find(block.tier());
        if (pattern.isEmpty() || tier.isEmpty()) {
            return Optional.empty();
        }
        Optional<Fact.Mutable> mutable = block.fact(Fact.Mutable.class);
        if (mutable.isPresent() && tier.get().kind() != TierKind.IMMUTABLE) {
            reportNeedless(mutable.get(), tier.get(), block);
            doubt.castOnTables();
        }
        TableClass unlimited = new TableClass(
                pattern.get(),
                tier.get(),
                mutable.map(fact -> Listed.once(fact.columns(), findings)).orElse(List.of()),
                List.of(),
                block.why(),
                block.pattern().span().rule());
        TableClass tableClass = unlimited.withLimits(
                new LimitCheck(findings).check(block, "table " + block.pattern().text(), unlimited::leavesRoomFor));
        return Optional.of(new CheckedTable(tableClass, block.pattern().span()));
    }

    private void reportNeedless(Fact.Mutable mutable, Tier tier, Declaration.TableBlock block) {
        String kind = tier.kind().word();
        findings.report(findings.at(
                        DiagnosticCode.NEEDLESS_MUTABLE_COLUMNS,
                        mutable.span(),
                        "`mutable` opens columns of a table in an immutable tier only",
                        "tier " + tier.name() + " is " + kind)
                .withRelated(block.tier().span(), "in this tier")
                .withNote(
                        tier.kind() == TierKind.FROZEN
                                ? "no column of a frozen table can be changed"
                                : "to let a component change only some columns, name them in its grant"));
    }

    /** One conflict a table is enough: the others may well go with it. */
    private void compare(List<CheckedTable> tables) {
        PatternIndex<CheckedTable> before = new PatternIndex<>(CheckedTable::pattern);
        for (CheckedTable later : tables) {
            before.near(later.pattern())
                    .map(earlier -> conflict(earlier, later))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(conflict -> {
                        doubt.castOnTables();
                        findings.report(conflict);
                    });
            before.add(later);
            if (before.wildCount() > MOST_WILD) {
                doubt.castOnTables();
                findings.report(findings.at(
                        DiagnosticCode.TOO_MANY_TABLES,
                        later.span(),
                        "a policy has at most " + MOST_WILD + " table patterns with `*` in the name",
                        "one too many"));
                return;
            }
        }
    }

    private Optional<Diagnostic> conflict(CheckedTable earlier, CheckedTable later) {
        TablePattern first = earlier.pattern();
        TablePattern second = later.pattern();
        boolean firstCovers = first.covers(second);
        boolean secondCovers = second.covers(first);
        if (firstCovers && secondCovers) {
            String message = "`" + second + "` names the same tables as `" + first + "`";
            return Optional.of(findings.at(DiagnosticCode.PATTERN_TWICE, later.span(), message, "named again here")
                    .withRelated(earlier.span(), "first named here"));
        }
        if (firstCovers || secondCovers || isSettled(earlier.tableClass(), later.tableClass())) {
            return Optional.empty();
        }
        return first.common(second).map(table -> ambiguity(earlier, later, table.toString()));
    }

    /** Whether it is clear, or all the same, which of two classes holds a table that both match. */
    private static boolean isSettled(TableClass one, TableClass other) {
        return one.saysTheSameAs(other)
                || (one.pattern().isPlacedAgainst(other.pattern()) && one.isNoLaxerThan(other))
                || (other.pattern().isPlacedAgainst(one.pattern()) && other.isNoLaxerThan(one));
    }

    private Diagnostic ambiguity(CheckedTable earlier, CheckedTable later, String table) {
        String both = "`" + earlier.pattern() + "` and `" + later.pattern() + "` both match the table `" + table + "`";
        String why = earlier.tableClass().tier().equals(later.tableClass().tier())
                ? "neither is the narrower one, and they open different columns"
                : "neither is the narrower one, and they are in different tiers";
        boolean placed = earlier.pattern().isPlacedAgainst(later.pattern())
                || later.pattern().isPlacedAgainst(earlier.pattern());
        String rule = placed ? "a pattern with a schema wins over one without only if it is no laxer" : "";
        return findings.at(
                        DiagnosticCode.AMBIGUOUS_PATTERNS,
                        later.span(),
                        both,
                        "in tier " + later.tableClass().tier().name())
                .withRelated(
                        earlier.span(), "in tier " + earlier.tableClass().tier().name())
                .withNote(why)
                .withNote(rule);
    }
}
