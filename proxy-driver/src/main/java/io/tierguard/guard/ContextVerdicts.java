package io.tierguard.guard;

import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.CutText;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SqlAnalyzer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final BoundedCache<String, Verdict> plainShapes =
            new BoundedCache<>(GENERATION_BYTES / 4, ContextVerdicts::weigh);
    private final BoundedCache<String, Verdict> preparedShapes =
            new BoundedCache<>(GENERATION_BYTES / 4, ContextVerdicts::weigh);

    ContextVerdicts(LivePolicy policy, ResolutionContext context, InstantSource clock) {
        this.policy = policy;
        this.context = context;
        this.clock = clock;
        this.analyzer = SqlAnalyzer.ofSession(context.modes());
    }

    ResolutionContext context() {
        return context;
    }

    /**
     * The verdict on a text.
     *
     * @param names what prepared names stand for in the session that asks; a verdict that depends on them is not kept
     */
    Verdict verdict(String sql, Placeholders placeholders, PreparedNames names) {
        BoundedCache<String, Verdict> cache = cacheOf(placeholders);
        @Nullable Verdict known = cache.get(sql);
        if (known != null && holds(known)) {
            return known;
        }
        CutText cut = analyzer.cut(sql, placeholders);
        BoundedCache<String, Verdict> shapes = shapesOf(placeholders);
        String shape = cut.shape().orElse("");
        @Nullable Verdict ofShape = shape.isEmpty() ? null : shapes.get(shape);
        if (ofShape != null && holds(ofShape)) {
            keep(cache, sql, known, ofShape);
            return ofShape;
        }
        AnalyzedText text = analyzer.read(cut);
        Verdict verdict = Judge.judge(policy, context, names, text, now(), Witness.NONE);
        if (text.runsPrepared()) {
            return verdict;
        }
        // All texts that differ in constants alone have one verdict, where what they do does not rest on these.
        if (ofShape != null || (!shape.isEmpty() && text.isOfShape())) {
            keep(shapes, shape, ofShape, verdict);
        }
        keep(cache, sql, known, verdict);
        return verdict;
    }

    /**
     * The verdict on a text in a transaction that has changed the schema before, and may undo that, all of it or a part; it
     * is not kept.
     *
     * @param areUndone whether that may have happened already when the text begins
     */
    Verdict verdictUndoing(String sql, Placeholders placeholders, PreparedNames names, boolean areUndone) {
        return Judge.judgeUndoing(policy, context, names, read(sql, placeholders), now(), areUndone);
    }

    /** The verdict on a text that reaches what another session has changed; it is not kept. */
    Verdict verdictBesideOthers(AnalyzedText text, PreparedNames names, String changed) {
        return Judge.judgeBesideOthers(policy, context, names, text, now(), changed);
    }

    /** The names of all that a text has effects on, by itself or by what happens because of it. */
    Set<String> namesReached(AnalyzedText text, PreparedNames names) {
        return Judge.namesReached(policy, context, names, text, now());
    }

    /** What a text does, which is not kept. */
    AnalyzedText read(String sql, Placeholders placeholders) {
        return analyzer.read(analyzer.cut(sql, placeholders));
    }

    /**
     * The verdict on a text that runs after others, by what was known before all of them; empty where it is denied so, or
     * where it runs code.
     */
    Optional<Verdict.Allow> verdictAfter(List<AnalyzedText> before, AnalyzedText text, PreparedNames names) {
        return Judge.judgeAfter(policy, context, names, before, text, now());
    }

    private static void keep(
            BoundedCache<String, Verdict> cache, String key, @Nullable Verdict known, Verdict verdict) {
        if (known == null) {
            cache.put(key, verdict);
        } else {
            cache.replace(key, verdict);
        }
    }

    private boolean holds(Verdict verdict) {
        return verdict.isTimeless() || verdict.window().holds(now());
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

    private BoundedCache<String, Verdict> shapesOf(Placeholders placeholders) {
        return switch (placeholders) {
            case NONE -> plainShapes;
            case QUESTION_MARKS -> preparedShapes;
        };
    }

    /** The text, its masked copy, and what a verdict and its map entry take beside them. */
    private static long weigh(String sql, Verdict verdict) {
        return 2L * (sql.length() + verdict.statement().text().length())
                + 512
                + 128L * verdict.statement().effects().size();
    }
}
