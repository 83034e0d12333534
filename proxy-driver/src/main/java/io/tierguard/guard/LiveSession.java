package io.tierguard.guard;

import io.tierguard.audit.AuditException;
import io.tierguard.audit.AuditStatement;
import io.tierguard.audit.AuditSubject;
import io.tierguard.audit.BoundValues;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Backslashes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.SessionFacts;
import io.tierguard.sql.StatementEffects;
import io.tierguard.sql.TemporaryNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The guard at work for one connection: it judges, records and refuses by what {@link SessionState} says that names mean.
 */
final class LiveSession implements GuardSession {
    private final Guard guard;
    private final AuditSubject subject;
    private final SessionState state;
    private final SchemaLookout lookout;
    private final UnitOfWork work = new UnitOfWork();

    LiveSession(
            Guard guard,
            SessionFacts facts,
            AuditSubject subject,
            LiveSchema schema,
            Transactions transactions,
            SchemaLookout lookout) {
        this.lookout = lookout;
        this.guard = guard;
        this.subject = subject;
        this.state = new SessionState(guard, facts, schema, transactions);
    }

    @Override
    public Admission prepare(String sql, Placeholders placeholders) {
        Verdict verdict = state.verdicts().verdict(sql, placeholders, state.prepared());
        if (verdict.meetsUnknown() && state.isWorthALook()) {
            lookout.look(this);
            verdict = state.verdicts().verdict(sql, placeholders, state.prepared());
        }
        if (verdict instanceof Verdict.Allow allow && allow.endsTransaction()) {
            verdict = state.verdictsAfterTransaction().verdict(sql, placeholders, state.prepared());
        }
        Refusal doom = work.doom();
        if (doom != null && !isUndoing(verdict)) {
            return refuseDoomed(doom, verdict.statement(), 0, BoundValues.UNKNOWN);
        }
        return verdict instanceof Verdict.Deny
                ? guard.refuse(subject, verdict, 0, BoundValues.UNKNOWN)
                : Execution.UNRECORDED;
    }

    @Override
    public Admission admit(String sql, Placeholders placeholders, int batchSize, Supplier<BoundValues> bound) {
        ContextVerdicts current = state.verdicts();
        Verdict verdict = current.verdict(sql, placeholders, state.prepared());
        if (verdict.meetsUnknown() && state.isWorthALook()) {
            lookout.look(this);
            current = state.verdicts();
            verdict = current.verdict(sql, placeholders, state.prepared());
        }
        if (verdict instanceof Verdict.Allow ending && ending.endsTransaction()) {
            current = state.verdictsAfterTransaction();
            verdict = current.verdict(sql, placeholders, state.prepared());
        }
        if (!work.isUnderWay()) {
            Refusal doom = work.doom();
            if (doom != null && !isUndoing(verdict)) {
                return refuseDoomed(doom, verdict.statement(), batchSize, bound);
            }
        }
        if (!(verdict instanceof Verdict.Allow allow)) {
            return guard.refuse(subject, verdict, batchSize, bound);
        }
        if (!work.isUnderWay()) {
            work.touch();
        }
        if (allow.isPlain()) {
            return Execution.UNRECORDED;
        }
        Admission admission = begin(allow, batchSize, bound);
        if (admission instanceof Execution && allow.recording() == Recording.ONCE) {
            current.recorded(sql, placeholders, allow);
        }
        return admission;
    }

    @Override
    public Admission admit(String operation, Effect effect) {
        StatementEffects statement =
                new StatementEffects.Understood(operation, List.of(effect), List.of(), List.of(), Set.of());
        AnalyzedText text = new AnalyzedText(List.of(statement), operation);
        Verdict verdict = Judge.judge(guard.tables(), state.verdicts().context(), text, guard.now());
        Refusal doom = work.doom();
        if (doom != null) {
            return refuseDoomed(doom, verdict.statement(), 0, BoundValues.UNKNOWN);
        }
        if (!(verdict instanceof Verdict.Allow allow)) {
            return guard.refuse(subject, verdict, 0, BoundValues.UNKNOWN);
        }
        work.touch();
        return begin(allow, 0, BoundValues.UNKNOWN);
    }

    private static boolean isUndoing(Verdict verdict) {
        return verdict instanceof Verdict.Allow allow && allow.isUndoing();
    }

    private Refusal refuseDoomed(Refusal doom, AuditStatement statement, int batchSize, Supplier<BoundValues> bound) {
        String sentence =
                guard.component().name() + " may not run this " + statement.operation() + ": " + doom.dooming();
        Denial denial = new Denial(
                Reason.TRANSACTION_DENIED, sentence, "", guard.policy().contact());
        return guard.refuse(subject, statement.against(List.of(denial), false), batchSize, bound);
    }

    @Override
    public boolean mayUnwrap() {
        return guard.policy()
                .trust(guard.component(), Power.UNWRAP, guard.now())
                .isPresent();
    }

    @Override
    public Admission unwrap(String operation) {
        if (!mayUnwrap()) {
            return refuse(operation, Reason.ESCAPES_GUARD, "it would hand out the real driver's object");
        }
        try {
            guard.audit()
                    .decided(subject, AuditStatements.of(operation, "", List.of(), List.of()), 0, Durability.FSYNC);
        } catch (AuditException e) {
            return new Refusal("", List.of(guard.unrecordable(e)));
        }
        // Through the real object anything may be done, and names be made to mean anything.
        work.touch();
        state.mayChange(new SessionChange.SchemaPathUnknown());
        state.mayChange(new SessionChange.StringSyntax(Backslashes.UNKNOWN));
        state.forgetPrepared();
        return Execution.UNRECORDED;
    }

    @Override
    public Refusal refuse(String operation, Reason reason, String because) {
        String sentence = guard.component().name() + " may not call " + operation + ": " + because;
        Denial denial = new Denial(reason, sentence, "", guard.policy().contact());
        return guard.refuse(subject, AuditStatements.of(operation, "", List.of(), List.of(denial)), 0);
    }

    @Override
    public boolean countsRows() {
        return guard.countsRows();
    }

    @Override
    public boolean showsValues() {
        return guard.showsValues();
    }

    @Override
    public boolean isStale() {
        return state.isStale();
    }

    @Override
    public boolean isPathStale() {
        return state.isPathStale();
    }

    @Override
    public boolean mayHaveBegun() {
        return state.mayHaveBegun();
    }

    @Override
    public boolean isSchemaUnseen() {
        return state.isSchemaUnseen();
    }

    @Override
    public void refresh(SessionFacts facts, boolean isOutsideTransaction) {
        state.refresh(facts, isOutsideTransaction);
    }

    @Override
    public void see(SchemaSnapshot inTransaction, TemporaryNames temporary, long version) {
        state.see(inTransaction, temporary, version);
    }

    @Override
    public Transactions.State transaction() {
        return state.transaction();
    }

    @Override
    public void schemaPathChanging(String schema) {
        state.mayChange(pathTo(schema));
    }

    @Override
    public void schemaPathChanged(String schema) {
        if (pathTo(schema) instanceof SessionChange.SchemaPath path) {
            state.changed(path);
        }
    }

    private SessionChange pathTo(String schema) {
        return SessionChange.pathTo(guard.dialect(), schema);
    }

    @Override
    public void transactionEnding() {
        state.transactionEnding();
    }

    @Override
    public void transactionEnded() {
        state.transactionEnded();
    }

    @Override
    public boolean isBegunByText() {
        return work.isBegunByText();
    }

    @Override
    public void doom(Refusal cause) {
        work.doom(cause);
    }

    @Override
    public Optional<Refusal> doom() {
        return Optional.ofNullable(work.doom());
    }

    @Override
    public boolean isUntouched() {
        return work.isUntouched();
    }

    @Override
    public void renewed() {
        work.renew();
    }

    @Override
    public void returned() {
        work.returned();
    }

    private Admission begin(Verdict.Allow shared, int batchSize, Supplier<BoundValues> bound) {
        String id = "";
        Verdict.Allow allow = shared;
        if (allow.recording() != Recording.NEVER) {
            allow = shared.with(bound);
            try {
                id = guard.audit().decided(subject, allow.statement(), batchSize, allow.durability());
            } catch (AuditException e) {
                return new Refusal("", List.of(guard.unrecordable(e)));
            }
        }
        if (!allow.observed().isEmpty()) {
            guard.warnOfObserved(allow.statement(), id);
        }
        state.mayChange(allow);
        return new RunningStatement(this, allow, id);
    }

    /** A statement is over a limit: a denial, or where that is only observed a record. */
    Optional<Refusal> overLimit(Verdict.Allow verdict, Denial denial) {
        boolean observed = ObservedDenials.areAll(guard.policy(), guard.component(), List.of(denial), guard.now());
        AuditStatement statement = verdict.statement().against(List.of(denial), observed);
        if (!observed) {
            return Optional.of(guard.refuse(subject, statement, 0));
        }
        try {
            String id = guard.audit().decided(subject, statement, 0, Durability.FSYNC);
            guard.warnOfObserved(statement, id);
            return Optional.empty();
        } catch (AuditException e) {
            return Optional.of(new Refusal("", List.of(guard.unrecordable(e))));
        }
    }

    Guard guard() {
        return guard;
    }

    /** A statement has run; {@code auditId} is empty where it is not recorded. */
    void completed(String auditId, Verdict.Allow verdict, long rows, long durationNanos) {
        if (!auditId.isEmpty()) {
            guard.audit().completed(auditId, subject, verdict.statement(), rows, durationNanos);
        }
        state.changed(verdict);
        verdict.changes().forEach(work::changed);
    }

    /** The real driver refused a statement; {@code auditId} is empty where it is not recorded. */
    void failed(String auditId, Verdict.Allow verdict, String sqlState, long durationNanos) {
        if (!auditId.isEmpty()) {
            guard.audit().failed(auditId, subject, verdict.statement(), sqlState, durationNanos);
        }
        state.failed(verdict);
    }
}
