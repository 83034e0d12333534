package io.tierguard.policy.check;

import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.List;
import java.util.Set;

/** Knows what was not read, so that nothing is reported that would follow from an error reported before. */
final class Doubt {

    private static final Set<String> WITHOUT_TABLES =
            Set.of("policy", "component", "routine", "trigger", "observe", "trust", "waiver", "test");

    private final List<Declaration.BrokenBlock> broken;
    private boolean aboutTables;

    Doubt(SyntaxTree tree) {
        this.broken = tree.all(Declaration.BrokenBlock.class).stream()
                .filter(block -> !WITHOUT_TABLES.contains(block.keyword()))
                .toList();
        this.aboutTables = !broken.isEmpty()
                || tree.all(Declaration.TierBlock.class).stream()
                        .anyMatch(tier -> !tier.body().whole())
                || tree.all(Declaration.TableBlock.class).stream()
                        .anyMatch(table -> !table.body().whole());
    }

    /** Whether a tier of this name may stand in what was not read. */
    boolean mayDeclareTier(String name) {
        return broken.stream().anyMatch(block -> switch (block.keyword()) {
            case "table" -> false;
            case "include" -> true;
            case "tier" -> block.subject().isEmpty() || block.subject().equals(name);
            default -> block.subject().equals(name);
        });
    }

    /** Notes that a tier or table was found wrong. */
    void castOnTables() {
        aboutTables = true;
    }

    /** Whether which table is in which tier, and what the tier leaves room for, is not certain. */
    boolean isAboutTables() {
        return aboutTables;
    }
}
