package io.tierguard.guard;

import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SqlAnalyzer;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts of one policy and component in one resolution context, worked out once for each text and span of time.
 *
 * <p>Safe for use by many threads; two that ask for a new text at once may both work it out and come to the same.
 */
final class ContextVerdicts {
    /** Half of what the verdicts of one context may hold, in bytes as estimated. */
    private static final long GENERATION_BYTES = 4L << 20;

    private final LivePolicy policy;
    private final ResolutionContext context;
    private final InstantSource clock;
    private final SqlAnalyzer analyzer;
    private final BoundedCache<String, Verdict> plain = new BoundedCache<>(GENERATION_BYTES, ContextVerdicts::weigh);
    private final BoundedCache<String, Verdict> prepared = new BoundedCache<>(GENERATION_BYTES, ContextVerdicts::weigh);

    ContextVerdicts(LivePolicy policy, ResolutionContext context, InstantSource clock) {
        this.policy = policy;
        this.context = context;
        this.clock = clock;
        this.analyzer = new SqlAnalyzer(context.modes());
    }

    ResolutionContext context() {
        return context;
    }

    Verdict verdict(String sql, Placeholders placeholders) {
        BoundedCache<String, Verdict> cache = cacheOf(placeholders);
        @Nullable Verdict known = cache.get(sql);
        if (known != null && (known.isTimeless() || known.window().holds(now()))) {
            return known;
        }
        Verdict verdict = Judge.judge(policy, context, analyzer.analyze(sql, placeholders), now());
        if (known == null) {
            cache.put(sql, verdict);
        } else {
            cache.replace(sql, verdict);
        }
        return verdict;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** The first run of a text whose later runs need no record has been recorded. */
    void recorded(String sql, Placeholders placeholders, Verdict.Allow verdict) {
        cacheOf(placeholders).replace(sql, verdict.recordedBefore());
    }

    private BoundedCache<String, Verdict> cacheOf(Placeholders placeholders) {
        return switch (placeholders) {
            case NONE -> plain;
            case QUESTION_MARKS -> prepared;
        };
    }

    /** The text, its masked copy, and what a verdict and its map entry take beside them. */
    private static long weigh(String sql, Verdict verdict) {
        return 2L * (sql.length() + verdict.statement().text().length())
                + 512
                + 128L * verdict.statement().effects().size();
    }
}
