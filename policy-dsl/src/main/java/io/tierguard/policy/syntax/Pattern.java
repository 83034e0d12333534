package io.tierguard.policy.syntax;

import io.tierguard.policy.source.Span;
import java.util.List;

/**
 * A table pattern as it is written.
 *
 * @param segments its parts, catalog first; never empty, one to three in a pattern that passed the checks
 * @param text the pattern as written
 * @param span its place
 */
public record Pattern(List<Segment> segments, String text, Span span) {

    public Pattern {
        segments = List.copyOf(segments);
    }
}
