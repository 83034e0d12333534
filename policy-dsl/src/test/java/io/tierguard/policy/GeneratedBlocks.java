package io.tierguard.policy;

import static io.tierguard.policy.GeneratedItems.joined;

import io.tierguard.policy.GeneratedText.Block;
import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.syntax.BlockKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random blocks of every kind. */
final class GeneratedBlocks {

    private static final List<String> TIERS = List.of("ledger", "größe", "tier-2");
    private static final String COMPONENT = "checkout";

    private final Random random;
    private final boolean isSound;
    private final GeneratedItems items;
    private final GeneratedFacts facts;

    GeneratedBlocks(Random random, boolean isSound) {
        this.random = random;
        this.isSound = isSound;
        this.items = new GeneratedItems(random);
        this.facts = new GeneratedFacts(random, items, isSound);
    }

    /** The blocks of a policy whose names are declared. */
    List<Block> policy() {
        List<Block> blocks = new ArrayList<>();
        if (random.nextBoolean()) {
            blocks.add(block(BlockKind.POLICY, words("policy shop")));
        }
        for (String tier : TIERS) {
            blocks.add(tier(tier));
        }
        for (String table : GeneratedItems.SOUND_TABLES) {
            if (blocks.size() < 6 || random.nextBoolean()) {
                blocks.add(table(table));
                facts.declare(table);
            }
        }
        blocks.add(block(BlockKind.COMPONENT, words("component " + COMPONENT)));
        if (random.nextInt(3) == 0) {
            blocks.add(block(BlockKind.WAIVER, words("waiver fix-1")));
        }
        if (random.nextInt(3) == 0) {
            blocks.add(block(BlockKind.OBSERVE, words("observe " + COMPONENT)));
        }
        if (random.nextInt(3) == 0) {
            blocks.add(block(BlockKind.TRUST, words("trust " + COMPONENT)));
        }
        if (random.nextInt(2) == 0) {
            blocks.add(block(BlockKind.ROUTINE, joined(words("routine close_*"), writes())));
        }
        return blocks;
    }

    /** A block that may stand in a policy, or a test. */
    Block any() {
        BlockKind kind = items.any(Arrays.asList(BlockKind.values()));
        return switch (kind) {
            case INCLUDE -> include();
            case TIER -> tier(items.name());
            case TABLE -> table(items.pattern(3));
            case ROUTINE -> block(kind, joined(List.of("routine", items.pattern(2)), writes()));
            case TRIGGER ->
                block(
                        kind,
                        joined(
                                List.of("trigger", items.pattern(1), "on"),
                                items.list(() -> items.pattern(3)),
                                writes()));
            case POLICY, COMPONENT, TRUST, WAIVER -> block(kind, List.of(kind.word(), items.name()));
            case OBSERVE -> block(kind, List.of("observe", random.nextBoolean() ? "everyone" : items.name()));
            case TEST -> test();
        };
    }

    Block test() {
        return block(BlockKind.TEST, List.of("test", items.text()));
    }

    private Block include() {
        List<String> kinds = new ArrayList<>(List.of("include"));
        List<BlockKind> includable = Arrays.stream(BlockKind.values())
                .filter(BlockKind::isIncludable)
                .toList();
        for (int count = 1 + random.nextInt(random.nextInt(5) == 0 ? 14 : 3); count > 0; count--) {
            if (kinds.size() > 1) {
                kinds.add(random.nextBoolean() ? "and" : ",");
            }
            kinds.add(items.any(includable).plural());
        }
        return new Block(joined(kinds, List.of("from", "\"teams/*.tierguard\"")), false, List.of());
    }

    private Block tier(String name) {
        return block(
                BlockKind.TIER,
                List.of(
                        "tier",
                        name,
                        "is",
                        items.any(List.of(TierKind.values())).word()));
    }

    private Block table(String pattern) {
        return block(BlockKind.TABLE, List.of("table", pattern, "is", isSound ? items.any(TIERS) : items.name()));
    }

    private List<String> writes() {
        if (random.nextInt(3) == 0) {
            return List.of("is", "harmless");
        }
        List<String> words = new ArrayList<>(List.of("writes"));
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            words.addAll(items.list(items::verb));
            words.add("on");
            words.addAll(items.list(isSound ? () -> "payment" : items::writtenTable));
            words.add(count > 1 ? "," : GeneratedText.COMMA_AT_END);
        }
        return words;
    }

    /** A block of a kind with facts that may stand in it; those it has to have among them. */
    private Block block(BlockKind kind, List<String> head) {
        boolean hasBody = switch (kind) {
            case INCLUDE -> false;
            case TIER, TABLE, ROUTINE, TRIGGER -> random.nextBoolean();
            case POLICY, COMPONENT, OBSERVE, TRUST, WAIVER, TEST -> true;
        };
        return new Block(head, hasBody, hasBody ? facts.of(kind) : List.of());
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }
}
