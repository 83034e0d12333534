package io.tierguard.policy.syntax;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The register of blocks: their keywords, the facts that each may hold, and those that each must. */
public enum BlockKind {
    POLICY(EnumSet.of(FactKind.SCHEMA, FactKind.READ, FactKind.CONTACT)),
    INCLUDE(EnumSet.noneOf(FactKind.class)),
    TIER(EnumSet.of(
            FactKind.WHY,
            FactKind.FORBID,
            FactKind.REQUIRE,
            FactKind.LIMIT,
            FactKind.AUDIT,
            FactKind.DURABILITY,
            FactKind.BIND)),
    TABLE(EnumSet.of(FactKind.WHY, FactKind.MUTABLE, FactKind.LIMIT)),
    ROUTINE(EnumSet.of(FactKind.WHY, FactKind.BODY)),
    TRIGGER(EnumSet.of(FactKind.WHY, FactKind.BODY)),
    COMPONENT(EnumSet.of(FactKind.WHY, FactKind.CONNECTS, FactKind.GRANT, FactKind.LIMIT)),
    OBSERVE(EnumSet.of(FactKind.WHY, FactKind.REASONS, FactKind.UNTIL), FactKind.WHY, FactKind.UNTIL),
    TRUST(
            EnumSet.of(
                    FactKind.WHY,
                    FactKind.OWNER,
                    FactKind.UNWRAP,
                    FactKind.DEFINE,
                    FactKind.ADMINISTER,
                    FactKind.UNTIL),
            FactKind.WHY,
            FactKind.OWNER,
            FactKind.UNTIL),
    WAIVER(
            EnumSet.of(
                    FactKind.WHY,
                    FactKind.TICKET,
                    FactKind.OWNER,
                    FactKind.FROM,
                    FactKind.UNTIL,
                    FactKind.GRANT,
                    FactKind.LIMIT),
            FactKind.WHY,
            FactKind.TICKET,
            FactKind.OWNER,
            FactKind.FROM,
            FactKind.UNTIL,
            FactKind.GRANT),
    TEST(
            EnumSet.of(
                    FactKind.WHY,
                    FactKind.AS,
                    FactKind.AT,
                    FactKind.DIALECT,
                    FactKind.ALLOW,
                    FactKind.DENY,
                    FactKind.WOULD_DENY),
            FactKind.AS);

    private static final Set<FactKind> SEQUENCE =
            EnumSet.of(FactKind.AS, FactKind.AT, FactKind.DIALECT, FactKind.ALLOW, FactKind.DENY, FactKind.WOULD_DENY);

    private static final Set<FactKind> REPEATED = EnumSet.of(FactKind.GRANT, FactKind.LIMIT, FactKind.READ);

    private final String word = name().toLowerCase(Locale.ROOT);
    // INVARIANT: never changed after construction; an EnumSet, because its order is the one shown to a reader.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<FactKind> facts;

    private final List<FactKind> required;

    BlockKind(Set<FactKind> facts, FactKind... required) {
        this.facts = facts;
        this.required = List.of(required);
    }

    /** The keyword. */
    public String word() {
        return word;
    }

    /** A block of this kind, as a sentence names it. */
    public String phrase() {
        return switch (this) {
            case INCLUDE, OBSERVE -> "an " + word + " block";
            case POLICY, TIER, TABLE, ROUTINE, TRIGGER, COMPONENT, TRUST, WAIVER, TEST -> "a " + word + " block";
        };
    }

    /** How an {@code include} names blocks of this kind. */
    public String plural() {
        return word + "s";
    }

    /** Whether blocks of this kind may stand in a file that a policy includes. */
    public boolean isIncludable() {
        return switch (this) {
            case TIER, TABLE, ROUTINE, TRIGGER, COMPONENT, OBSERVE, TRUST, WAIVER -> true;
            case POLICY, INCLUDE, TEST -> false;
        };
    }

    /** Whether a fact of this kind may stand in such a block. */
    boolean holds(FactKind fact) {
        return facts.contains(fact);
    }

    /** Whether such a block may say this more than once. */
    boolean repeats(FactKind fact) {
        return this == TEST ? SEQUENCE.contains(fact) : REPEATED.contains(fact);
    }

    /** The facts that such a block has to have. */
    List<FactKind> required() {
        return required;
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
