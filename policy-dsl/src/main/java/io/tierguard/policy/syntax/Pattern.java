package io.tierguard.policy.syntax;

import io.tierguard.policy.source.Span;
import java.util.List;

/**
 * A pattern of tables, routines or triggers as it is written.
 *
 * @param segments its parts, outermost first; never empty, and no more than its {@link PatternSort} has
 * @param text the pattern as written
 * @param span its place
 */
public record Pattern(List<Segment> segments, String text, Span span) {

    public Pattern {
        segments = List.copyOf(segments);
    }
}
