package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import io.tierguard.sql.Placeholders;
import java.util.List;
import java.util.function.Supplier;

/**
 * A text that waits in a batch.
 *
 * @param placeholders which of its characters stand for parameters
 * @param times how many times it runs
 * @param bound what is bound to its parameters
 */
record BatchedText(String sql, Placeholders placeholders, int times, Supplier<BoundValues> bound) {
    // A line comment at the end of a text must not swallow the semicolon.
    private static final String SEPARATOR = "\n;\n";

    /** Whether one text runs after another, be it the same one again. */
    static boolean areSeveral(List<BatchedText> texts) {
        return texts.size() > 1 || texts.get(0).times() > 1;
    }

    /** The texts as one, in the order in which they run; one that runs again stands twice, for what it does to itself. */
    static String joined(List<BatchedText> texts) {
        StringBuilder joined = new StringBuilder();
        for (BatchedText text : texts) {
            joined.append(joined.isEmpty() ? "" : SEPARATOR).append(text.sql());
            if (text.times() > 1) {
                joined.append(SEPARATOR).append(text.sql());
            }
        }
        return joined.toString();
    }

    /** What stands for parameters in the joined text. */
    static Placeholders placeholders(List<BatchedText> texts) {
        for (BatchedText text : texts) {
            if (text.placeholders() == Placeholders.QUESTION_MARKS) {
                return Placeholders.QUESTION_MARKS;
            }
        }
        return Placeholders.NONE;
    }
}
