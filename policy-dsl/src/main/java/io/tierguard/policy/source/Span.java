package io.tierguard.policy.source;

/**
 * A stretch of a source text.
 *
 * @param source the text it is in
 * @param start the offset of its first character
 * @param end the offset after its last character
 */
public record Span(SourceText source, int start, int end) {

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("a span runs forward: " + start + ".." + end);
        }
    }

    /** The stretch from the start of this span to the end of a later one. */
    public Span to(Span later) {
        return new Span(source, start, Math.max(end, later.end));
    }

    /** The text of the stretch. */
    public String text() {
        return source.text().substring(start, end);
    }

    /** The line of its start as a rule is quoted: {@code file:line}. */
    public String rule() {
        return source.shortName() + ":" + source.lineAt(start);
    }

    @Override
    public String toString() {
        return source.path() + ":" + source.lineAt(start) + ":" + source.columnAt(start);
    }
}
