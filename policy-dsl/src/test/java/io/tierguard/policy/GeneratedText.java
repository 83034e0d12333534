package io.tierguard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random file of the whole language as words, without errors of syntax.
 *
 * <p>In the words, {@link #BREAK} stands where a line may be broken and {@link #COMMA_AT_END} where a list may end with a
 * comma.
 *
 * @param blocks its blocks, at least one
 */
public record GeneratedText(List<Block> blocks) {

    static final String BREAK = "\n";
    static final String COMMA_AT_END = ",\n";

    /**
     * A block.
     *
     * @param head its words
     * @param hasBody whether braces follow them
     * @param facts the words of its facts; none without a body
     */
    record Block(List<String> head, boolean hasBody, List<List<String>> facts) {}

    public GeneratedText {
        blocks = List.copyOf(blocks);
    }

    /** A policy that need not be sound: its names are any, and its facts are about anything. */
    public static GeneratedText policy(Random random) {
        GeneratedBlocks generated = new GeneratedBlocks(random, false);
        List<Block> blocks = new ArrayList<>();
        for (int count = 1 + random.nextInt(8); count > 0; count--) {
            blocks.add(generated.any());
        }
        return new GeneratedText(blocks);
    }

    /** A policy that loads more often than not. */
    public static GeneratedText soundPolicy(Random random) {
        return new GeneratedText(new GeneratedBlocks(random, true).policy());
    }

    /** A file of tests. */
    public static GeneratedText tests(Random random) {
        GeneratedBlocks generated = new GeneratedBlocks(random, false);
        List<Block> blocks = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            blocks.add(generated.test());
        }
        return new GeneratedText(blocks);
    }

    /** The text on as few lines as can be, one space between words. */
    public String plain() {
        StringBuilder text = new StringBuilder();
        for (Block block : blocks) {
            text.append(line(block.head())).append(block.hasBody() ? " {\n" : "\n");
            block.facts().forEach(fact -> text.append("  ").append(line(fact)).append('\n'));
            text.append(block.hasBody() ? "}\n" : "");
        }
        return text.toString();
    }

    /** The text with every freedom of layout that the language leaves, and comments everywhere. */
    public LayoutNoise.Written noisy(Random random) {
        return new LayoutNoise(random).write(this);
    }

    private static String line(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            boolean isMark = word.isBlank() || word.startsWith(",") || word.equals(")");
            boolean follows = !line.isEmpty() && line.charAt(line.length() - 1) != '(';
            line.append(follows && !isMark ? " " : "");
            line.append(word.equals(BREAK) || word.equals(COMMA_AT_END) ? "" : word);
        }
        return line.toString();
    }
}
