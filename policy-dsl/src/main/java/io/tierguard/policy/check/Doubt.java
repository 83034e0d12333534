package io.tierguard.policy.check;

import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Knows what was not read, so that nothing is reported that would follow from an error reported before. */
final class Doubt {

    private static final String COMPONENT = "component";
    private static final Set<String> WITHOUT_TABLES =
            Set.of("policy", COMPONENT, "routine", "trigger", "observe", "trust", "waiver", "test");
    private static final Set<String> KNOWN_TO_DECLARE_NONE =
            Set.of("policy", "tier", "table", "routine", "trigger", "observe", "trust", "waiver", "test");

    private final List<Declaration.BrokenBlock> broken;
    private final Set<String> brokenComponents;
    private boolean aboutTables;

    Doubt(SyntaxTree tree) {
        this.broken = tree.all(Declaration.BrokenBlock.class).stream()
                .filter(block -> !WITHOUT_TABLES.contains(block.keyword()))
                .toList();
        this.brokenComponents = tree.all(Declaration.BrokenBlock.class).stream()
                .filter(block -> !KNOWN_TO_DECLARE_NONE.contains(block.keyword()))
                .map(block -> block.keyword().equals(COMPONENT) ? block.subject() : "")
                .collect(Collectors.toSet());
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

    /** Whether a component of this name may stand in what was not read. */
    boolean mayDeclareComponent(String name) {
        return brokenComponents.contains("") || brokenComponents.contains(name);
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
