package io.tierguard.policy.textmate;

import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Region;

/**
 * A line, or its beginning, in which expressions are looked for from left to right.
 *
 * <p>What an expression was found at is kept until the search is past it, so that a long line costs each expression one
 * way through and not one for each token.
 */
final class Line {

    /** The place of what was not found, after all others. */
    static final Found NOWHERE = new Found(new int[] {Integer.MAX_VALUE}, new int[] {Integer.MAX_VALUE});

    private final byte[] bytes;
    private final int length;
    private final Map<Expression, Found> cache = new IdentityHashMap<>();

    private Line(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** A line with its line break. */
    static Line of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Line(bytes, bytes.length);
    }

    /**
     * Where an expression was found, by its groups; a group that took no part is at -1.
     *
     * @param begins where each group begins
     * @param ends where each group ends
     */
    record Found(int[] begins, int[] ends) {
        int begin() {
            return begins[0];
        }

        int end() {
            return ends[0];
        }

        boolean isSomewhere() {
            return this != NOWHERE;
        }
    }

    /** The first place of an expression at or after a place. */
    Found find(Expression expression, int from) {
        Found known = cache.get(expression);
        if (known == null || known.begin() < from) {
            known = search(expression, from);
            cache.put(expression, known);
        }
        return known;
    }

    private Found search(Expression expression, int from) {
        Matcher matcher = expression.regex().matcher(bytes, 0, length);
        if (matcher.search(from, length, Option.NONE) < 0) {
            return NOWHERE;
        }
        Region region = matcher.getEagerRegion();
        int[] begins = new int[region.getNumRegs()];
        int[] ends = new int[region.getNumRegs()];
        for (int group = 0; group < begins.length; group++) {
            begins[group] = region.getBeg(group);
            ends[group] = region.getEnd(group);
        }
        return new Found(begins, ends);
    }

    int length() {
        return length;
    }

    /** A piece of the line. */
    String text(int begin, int end) {
        return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }

    /** This line as if it ended at a place. */
    Line cutAt(int end) {
        return new Line(bytes, end);
    }
}
