package io.tierguard.policy.syntax;

import io.tierguard.policy.source.Span;
import java.util.List;

/** What a grant is on, as it is written. */
public sealed interface Target {

    /** Its place. */
    Span span();

    /**
     * The word {@code everything}.
     *
     * @param span its place
     */
    record Everything(Span span) implements Target {}

    /**
     * A tier.
     *
     * @param tier its name
     */
    record OnTier(Name tier) implements Target {
        @Override
        public Span span() {
            return tier.span();
        }
    }

    /**
     * Some patterns.
     *
     * @param patterns the patterns, at least one
     */
    record OnPatterns(List<Pattern> patterns) implements Target {
        public OnPatterns {
            patterns = List.copyOf(patterns);
        }

        @Override
        public Span span() {
            return patterns.get(0).span().to(patterns.get(patterns.size() - 1).span());
        }
    }
}
