package io.tierguard.guard;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Policy;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.SessionFacts;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.TemporaryNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The guard without a connection: it judges texts as the driver would in one session of a component, and tells why.
 *
 * <p>What a text changes in the session holds for the texts after it. Of the session's path it is only known what the
 * policy says; text is cut by the dialect's defaults. Used by one thread.
 */
public final class OfflineSession {
    private static final String DEFAULT_SCHEMA = "public";

    private final LivePolicy policy;
    private final SqlAnalyzer analyzer;

    /** Whatever a name could have meant so far: a rollback may return to it. */
    private ResolutionContext everything;

    private ResolutionContext current;

    private boolean isInTransaction;

    private PreparedNames prepared = PreparedNames.NONE;

    private OfflineSession(LivePolicy policy, ResolutionContext context) {
        this.policy = policy;
        this.analyzer = SqlAnalyzer.ofSession(context.modes());
        this.everything = context;
        this.current = context;
    }

    /**
     * A session that begins.
     *
     * @param schema what is known of the database's schema; {@link SchemaSnapshot#UNKNOWN} where nothing is
     */
    public static OfflineSession of(Policy policy, Component component, Dialect dialect, SchemaSnapshot schema) {
        SessionFacts facts = new SessionFacts(
                "", "", List.of(DEFAULT_SCHEMA), LexicalModes.defaultsOf(dialect), TemporaryNames.NONE);
        return of(policy, component, facts, schema);
    }

    /**
     * A session that begins as one of a live database does.
     *
     * @param facts what such a session said of itself; where the policy names the path of schemas, that one holds
     * @param schema the schema of that database
     */
    public static OfflineSession of(Policy policy, Component component, SessionFacts facts, SchemaSnapshot schema) {
        ResolutionContext live = ResolutionContext.of(facts, schema);
        List<String> path = policy.schemaPath();
        return new OfflineSession(
                LivePolicy.of(policy, component, facts.modes().dialect()),
                path.isEmpty() ? live : live.withSchemas(path));
    }

    /** Judges one text at a moment, as it would be executed in one call; what it changes in the session then holds. */
    public Explanation run(String sql, Placeholders placeholders, Instant moment) {
        return run(sql, placeholders, moment, OptionalLong.empty());
    }

    /**
     * The same for a text that is taken to change some rows.
     *
     * @param rows how many, in a transaction that changes no others; where that is empty, no limit counts
     */
    public Explanation run(String sql, Placeholders placeholders, Instant moment, OptionalLong rows) {
        PathCollector collector = new PathCollector(policy, moment);
        AnalyzedText text = analyzer.analyze(sql, placeholders);
        Verdict verdict = Judge.judge(policy, current, prepared, text, moment, collector);
        if (verdict instanceof Verdict.Allow ending && ending.endsTransaction() && !current.equals(everything)) {
            // What comes after the end in the same text may find an old path.
            collector = new PathCollector(policy, moment);
            verdict = Judge.judge(policy, everything, prepared, text, moment, collector);
        }
        List<ExplainedStatement> statements = collector.statements();
        if (!(verdict instanceof Verdict.Allow allow)) {
            return new Explanation(statements, verdict.statement().reasons(), List.of(), List.of(), List.of());
        }
        List<Denial> over = overLimits(allow, rows);
        boolean isObserved = ObservedDenials.areAll(policy.policy(), policy.component(), over, moment);
        List<Denial> denied = isObserved ? List.of() : over;
        List<Denial> observed = new ArrayList<>(allow.observed());
        observed.addAll(isObserved ? over : List.of());
        if (denied.isEmpty()) {
            allow.changes().forEach(this::mayChange);
            allow.changes().forEach(this::changed);
        }
        return new Explanation(statements, denied, observed, allow.limits(), allow.waivers());
    }

    private List<Denial> overLimits(Verdict.Allow allow, OptionalLong rows) {
        return rows.isEmpty()
                ? List.of()
                : allow.limits().stream()
                        .filter(limit -> limit.rows() < rows.getAsLong())
                        .map(limit -> RowDenials.of(
                                policy.policy(), policy.component(), allow.statement(), limit, rows.getAsLong()))
                        .toList();
    }

    private void mayChange(SessionChange change) {
        isInTransaction |= change instanceof SessionChange.TransactionStart;
        everything = SessionPath.during(change, everything);
        boolean keepsPath =
                change instanceof SessionChange.TransactionStart || change instanceof SessionChange.TransactionEnd;
        current = keepsPath ? current : everything;
    }

    private void changed(SessionChange change) {
        prepared = prepared.after(change, current);
        if (change instanceof SessionChange.TransactionEnd end) {
            boolean isUndone = end.ending() != SessionChange.Ending.KEPT;
            current = isUndone ? everything : current;
            isInTransaction = end.ending() == SessionChange.Ending.UNDONE_TO_SAVEPOINT && isInTransaction;
        } else if (change instanceof SessionChange.SchemaPath path) {
            current = SessionPath.after(path, everything, isInTransaction);
        }
    }
}
