package io.tierguard.policy.source;

/**
 * A stretch of source text.
 *
 * @param start the offset of its first character
 * @param end the offset after its last character
 */
public record Span(int start, int end) {

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("a span runs forward: " + start + ".." + end);
        }
    }

    /** The stretch from the start of this span to the end of a later one. */
    public Span to(Span later) {
        return new Span(start, Math.max(end, later.end));
    }
}
