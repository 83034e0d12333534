package io.tierguard.policy.syntax;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The register of blocks: their keywords, and the facts that each may hold. */
enum BlockKind {
    POLICY(EnumSet.of(FactKind.SCHEMA, FactKind.CONTACT)),
    TIER(EnumSet.of(
            FactKind.WHY,
            FactKind.FORBID,
            FactKind.REQUIRE,
            FactKind.LIMIT,
            FactKind.AUDIT,
            FactKind.DURABILITY,
            FactKind.BIND)),
    TABLE(EnumSet.of(FactKind.WHY, FactKind.MUTABLE, FactKind.LIMIT)),
    COMPONENT(EnumSet.of(FactKind.WHY, FactKind.CONNECTS, FactKind.GRANT, FactKind.LIMIT)),
    INCLUDE(EnumSet.noneOf(FactKind.class)),
    ROUTINE(EnumSet.of(FactKind.WHY, FactKind.BODY)),
    TRIGGER(EnumSet.of(FactKind.WHY, FactKind.BODY)),
    OBSERVE(EnumSet.noneOf(FactKind.class)),
    TRUST(EnumSet.noneOf(FactKind.class)),
    WAIVER(EnumSet.noneOf(FactKind.class)),
    TEST(EnumSet.noneOf(FactKind.class));

    private final String word = name().toLowerCase(Locale.ROOT);
    // INVARIANT: never changed after construction; an EnumSet, because its order is the one shown to a reader.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<FactKind> facts;

    BlockKind(Set<FactKind> facts) {
        this.facts = facts;
    }

    /** The keyword. */
    String word() {
        return word;
    }

    /** Whether a fact of this kind may stand in such a block. */
    boolean holds(FactKind fact) {
        return facts.contains(fact);
    }

    /** The keywords of the facts that may stand in such a block. */
    List<String> factWords() {
        return facts.stream().map(FactKind::word).toList();
    }

    /** The block that begins with a word. */
    static Optional<BlockKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** All keywords. */
    static List<String> words() {
        return Arrays.stream(values()).map(BlockKind::word).toList();
    }
}
