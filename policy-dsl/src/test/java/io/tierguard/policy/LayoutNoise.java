package io.tierguard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes a generated file as nobody would, but as everybody may. */
public final class LayoutNoise {

    private static final List<String> COMMENTS = List.of(
            "#",
            "# why it is so",
            "#no space",
            "## \"quoted\" {braces}, (and) more # of it",
            "# größe \u8868 \ud83d\ude00",
            "#\ttab\tin\tbetween",
            "# grant select on everything",
            "# }",
            "# a long remark, which makes its line much longer than any line should be, but a remark is not a list at all");

    private static final String BLANKS = "  \t ";

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final List<String> comments = new ArrayList<>();
    private final String lineEnd;
    private final int commented;
    private boolean endedWithComma;

    /**
     * A file as written.
     *
     * @param text its text
     * @param comments its comments in order, without the blanks behind them
     */
    public record Written(String text, List<String> comments) {
        public Written {
            comments = List.copyOf(comments);
        }
    }

    LayoutNoise(Random random) {
        this.random = random;
        this.lineEnd = random.nextInt(4) == 0 ? "\r\n" : "\n";
        this.commented = random.nextInt(3);
    }

    Written write(GeneratedText text) {
        out.append(random.nextInt(10) == 0 ? "\uFEFF" : "");
        for (GeneratedText.Block block : text.blocks()) {
            if (!out.isEmpty() || random.nextBoolean()) {
                lines();
            }
            out.append(endedWithComma || random.nextBoolean() ? "" : blanks(0));
            block(block);
        }
        if (random.nextInt(8) > 0) {
            lines();
        }
        return new Written(out.toString(), comments);
    }

    private void block(GeneratedText.Block block) {
        words(block.head(), !block.hasBody());
        if (!block.hasBody()) {
            return;
        }
        out.append(blanks(0)).append('{');
        endedWithComma = false;
        for (int at = 0; at < block.facts().size(); at++) {
            if (at > 0 || random.nextInt(4) > 0) {
                lines();
            }
            out.append(blanks(0));
            words(block.facts().get(at), true);
        }
        if (random.nextInt(4) > 0) {
            lines();
        }
        out.append(blanks(0)).append('}');
        endedWithComma = false;
    }

    /** Writes words; where the line before ends with a comma, the first of them needs the second beside it. */
    private void words(List<String> words, boolean mayEndWithComma) {
        boolean afterComma = endedWithComma;
        endedWithComma = false;
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            if (word.equals(GeneratedText.BREAK)) {
                if (!(afterComma && at == 1) && random.nextInt(3) == 0) {
                    lines();
                }
            } else if (word.equals(GeneratedText.COMMA_AT_END)) {
                boolean isInside = at + 1 < words.size();
                if ((isInside || mayEndWithComma) && random.nextInt(3) == 0) {
                    out.append(blanks(0)).append(',');
                    endedWithComma = !isInside;
                }
            } else {
                out.append(at == 0 ? "" : blanks(isMark(word) || endsWithMark() ? 0 : 1));
                out.append(word);
            }
        }
    }

    private boolean endsWithMark() {
        char last = out.charAt(out.length() - 1);
        return last == ',' || last == '(' || last == ')' || last == '"' || last == '\n';
    }

    private static boolean isMark(String word) {
        return ",()".contains(word) || word.startsWith("\"");
    }

    /** At least one line break, perhaps comments and blank lines. */
    private void lines() {
        comment();
        out.append(lineEnd);
        while (random.nextInt(3) == 0) {
            comment();
            out.append(lineEnd);
        }
        out.append(endedWithComma ? "" : blanks(0));
    }

    private void comment() {
        out.append(blanks(0));
        if (random.nextInt(3) < commented) {
            String comment = COMMENTS.get(random.nextInt(COMMENTS.size()));
            comments.add(comment);
            out.append(comment).append(blanks(0));
        }
    }

    private String blanks(int least) {
        StringBuilder blanks = new StringBuilder();
        int count = random.nextInt(3) > 0 ? least : least + random.nextInt(3);
        for (; count > 0; count--) {
            blanks.append(BLANKS.charAt(random.nextInt(BLANKS.length())));
        }
        return blanks.toString();
    }
}
