package io.tierguard.guard;

import io.tierguard.audit.AuditException;
import io.tierguard.audit.AuditSubject;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.SessionFacts;
import io.tierguard.sql.StatementEffects;
import java.util.List;
import java.util.Set;

/**
 * A connection's session as its own statements change it.
 *
 * <p>INVARIANT: every schema in which the server would look for an unqualified name now is among those of the current
 * context. A change widens the context before the statement that makes it runs; only what is certain narrows it again.
 * Safe for use by many threads: the context is replaced whole.
 */
final class LiveSession implements GuardSession {
    private final Guard guard;
    private final AuditSubject subject;
    private final LiveSchema schema;
    private final Object changing = new Object();
    private volatile ContextVerdicts verdicts;
    private volatile boolean stale;

    /** Whatever a name could have meant at any time since the facts were read; the end of a transaction may return to it. */
    private ResolutionContext everything;

    private boolean pathTouched;

    LiveSession(Guard guard, SessionFacts facts, AuditSubject subject, LiveSchema schema) {
        this.guard = guard;
        this.subject = subject;
        this.schema = schema;
        this.everything = ResolutionContext.of(facts, schema.current());
        this.verdicts = guard.verdictsIn(everything);
    }

    @Override
    public Admission prepare(String sql, Placeholders placeholders) {
        Verdict verdict = verdicts().verdict(sql, placeholders);
        return verdict instanceof Verdict.Deny ? guard.refuse(subject, verdict.statement(), 0) : Execution.UNRECORDED;
    }

    @Override
    public Admission admit(String sql, Placeholders placeholders, int batchSize) {
        ContextVerdicts current = verdicts();
        Verdict verdict = current.verdict(sql, placeholders);
        if (!(verdict instanceof Verdict.Allow allow)) {
            return guard.refuse(subject, verdict.statement(), batchSize);
        }
        if (allow.isPlain()) {
            return Execution.UNRECORDED;
        }
        Admission admission = begin(allow, batchSize);
        if (admission instanceof Execution) {
            allow.changes().forEach(this::mayChange);
            if (allow.recording() == Recording.ONCE) {
                current.recorded(sql, placeholders, allow);
            }
        }
        return admission;
    }

    @Override
    public Admission admit(String operation, Effect effect) {
        StatementEffects statement =
                new StatementEffects.Understood(operation, List.of(effect), List.of(), List.of(), Set.of());
        AnalyzedText text = new AnalyzedText(List.of(statement), operation);
        Verdict verdict =
                Judge.judge(guard.policy(), guard.component(), verdicts().context(), text);
        return verdict instanceof Verdict.Allow allow ? begin(allow, 0) : guard.refuse(subject, verdict.statement(), 0);
    }

    @Override
    public Refusal refuse(String operation, Reason reason, String because) {
        String sentence = guard.component().name() + " may not call " + operation + ": " + because;
        Denial denial = new Denial(reason, sentence, "", guard.policy().contact());
        return guard.refuse(subject, AuditStatements.of(operation, "", List.of(), List.of(denial)), 0);
    }

    @Override
    public boolean isStale() {
        return stale || schema.isOutdated();
    }

    @Override
    public void refresh(SessionFacts facts) {
        synchronized (changing) {
            everything = ResolutionContext.of(facts, schema.current());
            verdicts = guard.verdictsIn(everything);
            pathTouched = false;
            stale = false;
        }
    }

    @Override
    public void schemaPathChanged() {
        mayChange(new SessionChange.SchemaPathUnknown());
    }

    @Override
    public void transactionEnded() {
        synchronized (changing) {
            if (pathTouched) {
                verdicts = guard.verdictsIn(everything);
                stale = true;
            }
        }
    }

    /** Takes note of what a statement which has just succeeded has truly changed. */
    void changed(Verdict.Allow verdict) {
        if (verdict.changesSchema()) {
            schema.changed();
        }
        for (SessionChange change : verdict.changes()) {
            if (change instanceof SessionChange.TransactionEnd) {
                transactionEnded();
            } else if (change instanceof SessionChange.SchemaPath path) {
                synchronized (changing) {
                    verdicts = guard.verdictsIn(SessionPath.after(path, everything));
                }
            }
        }
    }

    /**
     * Takes note of a statement that failed: a COMMIT that fails ends its transaction too, and a text of several statements
     * may have run in part.
     */
    void failed(Verdict.Allow verdict) {
        transactionEnded();
        if (verdict.changesSchema()) {
            schema.changed();
        }
    }

    private Admission begin(Verdict.Allow allow, int batchSize) {
        if (allow.recording() == Recording.NEVER) {
            return new RunningStatement(this, allow, "");
        }
        try {
            return new RunningStatement(
                    this, allow, guard.audit().decided(subject, allow.statement(), batchSize, allow.durability()));
        } catch (AuditException e) {
            return new Refusal("", List.of(guard.unrecordable(e)));
        }
    }

    void recordCompleted(String auditId, Verdict.Allow verdict, long rows, long durationNanos) {
        guard.audit().completed(auditId, subject, verdict.statement(), rows, durationNanos);
    }

    void recordFailed(String auditId, Verdict.Allow verdict, String sqlState, long durationNanos) {
        guard.audit().failed(auditId, subject, verdict.statement(), sqlState, durationNanos);
    }

    /** The verdicts that hold now, for the session's path and the database's schema as last read. */
    private ContextVerdicts verdicts() {
        ContextVerdicts current = verdicts;
        return current.context().schema() == schema.current() ? current : verdictsOnChangedSchema();
    }

    private ContextVerdicts verdictsOnChangedSchema() {
        synchronized (changing) {
            everything = everything.with(schema.current());
            verdicts = guard.verdictsIn(verdicts.context().with(schema.current()));
            return verdicts;
        }
    }

    private void mayChange(SessionChange change) {
        if (change instanceof SessionChange.TransactionEnd) {
            return;
        }
        synchronized (changing) {
            pathTouched = true;
            stale = true;
            everything = SessionPath.during(change, everything);
            verdicts = guard.verdictsIn(everything);
        }
    }
}
