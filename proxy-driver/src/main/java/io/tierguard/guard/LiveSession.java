package io.tierguard.guard;

import io.tierguard.audit.AuditException;
import io.tierguard.audit.BoundValues;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.SchemaVersion;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Backslashes;
import io.tierguard.sql.Dialect;
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
    private final CurrentGuard current;
    private final SessionState state;
    private final SchemaLookout lookout;
    private final UnitOfWork work = new UnitOfWork();
    private final SinceBeginning since = new SinceBeginning();
    private volatile Policing policing;

    LiveSession(
            CurrentGuard current,
            SessionFacts facts,
            ConnectionPlace place,
            LiveSchema schema,
            Transactions transactions,
            SchemaLookout lookout) {
        this.lookout = lookout;
        this.current = current;
        Guard guard = current.guard();
        this.policing = new Policing(guard, guard.subject(facts, place));
        this.state = new SessionState(guard, facts, schema, transactions);
    }

    /** What the statement that begins now goes by. */
    private Policing policing() {
        Policing now = policing;
        return now.guard() == current.guard() ? now : moved();
    }

    private synchronized Policing moved() {
        Guard guard = current.guard();
        if (policing.guard() != guard) {
            state.moveTo(guard);
            policing = policing.under(guard);
        }
        return policing;
    }

    @Override
    public Admission prepare(String sql, Placeholders placeholders) {
        Policing now = policing();
        if (!now.allowsUser()) {
            return now.guard().refuseUser(now.subject(), "PREPARE");
        }
        Verdict verdict = verdicts(sql, placeholders).verdict(sql, placeholders, state.prepared());
        if (state.isWorthALook(verdict.reliance())) {
            lookout.look(this);
            verdict = verdicts(sql, placeholders).verdict(sql, placeholders, state.prepared());
        }
        if (verdict instanceof Verdict.Allow allow && allow.endsTransaction()) {
            verdict = state.asPrepared(state.verdictsAfterTransaction(), sql, placeholders)
                    .verdict(sql, placeholders, state.prepared());
        }
        Refusal doom = work.doom();
        if (doom != null && !isUndoing(verdict)) {
            return now.refuseDoomed(doom, verdict.statement(), 0, BoundValues.UNKNOWN);
        }
        return verdict instanceof Verdict.Deny ? now.refuse(verdict, 0, BoundValues.UNKNOWN) : Execution.UNRECORDED;
    }

    @Override
    public Admission admit(String sql, Placeholders placeholders, int batchSize, Supplier<BoundValues> bound) {
        Policing now = policing();
        if (!now.allowsUser()) {
            return now.guard().refuseUser(now.subject(), "EXECUTE");
        }
        state.isFirstAfterKeptChange(); // not any more
        ContextVerdicts current = verdicts(sql, placeholders);
        Verdict verdict = current.verdict(sql, placeholders, state.prepared());
        if (state.isWorthALook(verdict.reliance())) {
            lookout.look(this);
            current = verdicts(sql, placeholders);
            verdict = current.verdict(sql, placeholders, state.prepared());
        }
        if (verdict instanceof Verdict.Allow ending && ending.endsTransaction()) {
            current = state.asPrepared(state.verdictsAfterTransaction(), sql, placeholders);
            verdict = current.verdict(sql, placeholders, state.prepared());
        }
        verdict = besideOthers(byOthersToo(verdict, sql, placeholders), sql, placeholders);
        if (!work.isUnderWay()) {
            Refusal doom = work.doom();
            if (doom != null && !isUndoing(verdict)) {
                return now.refuseDoomed(doom, verdict.statement(), batchSize, bound);
            }
        }
        if (!(verdict instanceof Verdict.Allow allow)) {
            return now.refuse(verdict, batchSize, bound);
        }
        if (!work.isUnderWay()) {
            work.touch();
        }
        if (allow.isPlain()) {
            return Execution.UNRECORDED;
        }
        Optional<UnreadChanges> afterwards =
                batchSize == 0 ? state.unreadAfter(sql, placeholders, allow) : Optional.empty();
        Admission admission = begin(now, allow, afterwards, batchSize, bound);
        if (admission instanceof Execution && allow.recording() == Recording.ONCE) {
            current.recorded(sql, placeholders, allow);
        }
        return admission;
    }

    @Override
    public boolean hasUnread() {
        return state.unread() != null;
    }

    @Override
    public boolean mayPrepareUnread(String sql, Placeholders placeholders) {
        return hasUnread() && tellUnread(sql, placeholders).isPresent();
    }

    @Override
    public Optional<Admission> admitUnread(String sql, Placeholders placeholders, Supplier<BoundValues> bound) {
        return hasUnread()
                ? tellUnread(sql, placeholders).map(told -> admit(told, sql, placeholders, bound))
                : Optional.empty();
    }

    private Admission admit(
            UnreadChanges.Told told, String sql, Placeholders placeholders, Supplier<BoundValues> bound) {
        Policing now = policing();
        if (told.verdict().changesSchema()) {
            since.change(sql, placeholders);
        }
        state.isFirstAfterKeptChange(); // not any more
        if (!work.isUnderWay()) {
            work.touch();
        }
        return told.verdict().isPlain()
                ? Execution.UNRECORDED
                : begin(now, told.verdict(), told.afterwards(), 0, bound);
    }

    /** What can be told of a text by what the session has changed of the schema since that was read. */
    private Optional<UnreadChanges.Told> tellUnread(String sql, Placeholders placeholders) {
        Policing now = policing(); // before it is asked what is unread, which another policy makes forget
        UnreadChanges unread = state.unread();
        return unread != null && now.allowsUser() && work.doom() == null && !state.mayBeCutOtherwise(sql, placeholders)
                ? unread.tell(sql, placeholders, state.prepared())
                : Optional.empty();
    }

    /**
     * A transaction that reads an old catalog is told neither by that nor by what others see what comes of a change of its own to
     * what another session has changed since it began.
     */
    private Verdict besideOthers(Verdict verdict, String sql, Placeholders placeholders) {
        if (!(verdict instanceof Verdict.Allow allow)
                || !(allow.changesSchema() || state.isOld())
                || policing().guard().dialect() != Dialect.POSTGRESQL) {
            return verdict;
        }
        ContextVerdicts current = verdicts(sql, placeholders);
        Verdict now = allow;
        if (allow.changesSchema() && since.isUnset()) {
            Optional<SchemaLookout.Beginning> read = lookout.lookBack(this);
            read.ifPresentOrElse(
                    beginning -> since.set(beginning, state.schemaOfOthers()), () -> since.set(state.schemaOfOthers()));
            state.beganWith(read.map(SchemaLookout.Beginning::schema).orElseGet(state::schemaOfOthers));
            if (read.isPresent()) {
                // What others have made of it may be known only now.
                current = verdicts(sql, placeholders);
                now = current.verdict(sql, placeholders, state.prepared());
            }
        }
        if (!(now instanceof Verdict.Allow known)) {
            return now;
        }
        boolean isOld = state.isOld() || since.isRead();
        Verdict then = isOld ? besideOthers(known, current.read(sql, placeholders)) : known;
        if (then instanceof Verdict.Allow && known.changesSchema()) {
            since.change(sql, placeholders);
        }
        return then;
    }

    private Verdict besideOthers(Verdict.Allow allow, AnalyzedText text) {
        since.compare(state.schemaOfOthers());
        ContextVerdicts own = state.verdicts();
        return since.untold(text, own, state.verdictsByOthers(), state.prepared(), allow.changesSchema())
                .map(changed -> own.verdictBesideOthers(text, state.prepared(), changed))
                .orElse(allow);
    }

    private ContextVerdicts verdicts(String sql, Placeholders placeholders) {
        return state.asPrepared(state.verdicts(), sql, placeholders);
    }

    /**
     * What is told also holds once a change of the schema is undone, which the text or one before it in its batch may do, and by what
     * others have made of the schema since a transaction began that reads the catalog as it was then.
     */
    private Verdict byOthersToo(Verdict verdict, String sql, Placeholders placeholders) {
        if (!(verdict instanceof Verdict.Allow allow)) {
            return verdict;
        }
        for (ContextVerdicts other : state.verdictsBesides(allow.endsTransaction())) {
            Verdict then = state.asPrepared(other, sql, placeholders).verdict(sql, placeholders, state.prepared());
            if (then instanceof Verdict.Deny) {
                return then;
            }
        }
        if (state.mayUndoChanges(allow.endsTransaction())) {
            Verdict then = state.asPrepared(state.verdicts(), sql, placeholders)
                    .verdictUndoing(sql, placeholders, state.prepared(), state.isEnding());
            if (then instanceof Verdict.Deny) {
                return then;
            }
        }
        return verdict;
    }

    @Override
    public Admission admit(String operation, Effect effect) {
        StatementEffects statement =
                new StatementEffects.Understood(operation, List.of(effect), List.of(), List.of(), Set.of());
        AnalyzedText text = new AnalyzedText(List.of(statement), operation);
        Policing now = policing();
        if (!now.allowsUser()) {
            return now.guard().refuseUser(now.subject(), operation);
        }
        Guard guard = now.guard();
        Verdict verdict = Judge.judge(guard.tables(), state.verdicts().context(), text, guard.now());
        if (state.isWorthALook(verdict.reliance())) {
            lookout.look(this);
            verdict = Judge.judge(guard.tables(), state.verdicts().context(), text, guard.now());
        }
        if (verdict instanceof Verdict.Allow old && state.isOld()) {
            Verdict byOthers =
                    Judge.judge(guard.tables(), state.verdictsByOthers().context(), text, guard.now());
            verdict = byOthers instanceof Verdict.Deny ? byOthers : besideOthers(old, text);
        }
        Refusal doom = work.doom();
        if (doom != null) {
            return now.refuseDoomed(doom, verdict.statement(), 0, BoundValues.UNKNOWN);
        }
        if (!(verdict instanceof Verdict.Allow allow)) {
            return now.refuse(verdict, 0, BoundValues.UNKNOWN);
        }
        work.touch();
        return begin(now, allow, Optional.empty(), 0, BoundValues.UNKNOWN);
    }

    private static boolean isUndoing(Verdict verdict) {
        return verdict instanceof Verdict.Allow allow && allow.isUndoing();
    }

    @Override
    public boolean mayUnwrap() {
        return policing().mayUnwrap();
    }

    @Override
    public List<String> schemaPath() {
        ResolutionContext context = state.verdicts().context();
        return context.schemasKnown() ? context.schemas() : List.of("?");
    }

    @Override
    public Admission unwrap(String operation) {
        Policing now = policing();
        if (!now.mayUnwrap()) {
            return now.refuse(operation, Reason.ESCAPES_GUARD, "it would hand out the real driver's object");
        }
        Optional<Refusal> unrecorded = now.recordCall(operation);
        if (unrecorded.isPresent()) {
            return unrecorded.get();
        }
        // Through the real object anything may be done, and names be made to mean anything.
        state.isFirstAfterKeptChange();
        work.touch();
        state.mayChange(new SessionChange.SchemaPathUnknown());
        state.mayChange(new SessionChange.StringSyntax(Backslashes.UNKNOWN));
        state.forgetPrepared();
        return Execution.UNRECORDED;
    }

    @Override
    public Refusal refuse(String operation, Reason reason, String because) {
        return policing().refuse(operation, reason, because);
    }

    @Override
    public boolean countsRows() {
        return policing().guard().countsRows();
    }

    @Override
    public boolean showsValues() {
        return policing().guard().showsValues();
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
    public boolean hasBegunIfAsked() {
        return state.hasBegunIfAsked();
    }

    @Override
    public boolean isFirstAfterKeptChange() {
        return state.isFirstAfterKeptChange();
    }

    @Override
    public boolean isSchemaUnseen() {
        return state.isSchemaUnseen();
    }

    @Override
    public void refresh(SessionFacts facts, boolean isOutsideTransaction) {
        if (isOutsideTransaction) {
            since.forget();
        }
        state.refresh(facts, isOutsideTransaction);
    }

    @Override
    public void see(SchemaSnapshot inTransaction, TemporaryNames temporary, SchemaVersion version, boolean isOld) {
        if (!isOld) {
            since.readsAll();
        }
        state.see(inTransaction, temporary, version, isOld);
    }

    @Override
    public Transactions.State transaction() {
        return state.transaction();
    }

    @Override
    public Transactions.State askedTransaction() {
        return state.askedTransaction();
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
        return SessionChange.pathTo(policing().guard().dialect(), schema);
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
        since.forget();
        work.renew();
    }

    @Override
    public void kept() {
        since.forget();
        work.kept();
    }

    @Override
    public void returned() {
        work.returned();
    }

    private Admission begin(
            Policing now,
            Verdict.Allow shared,
            Optional<UnreadChanges> afterwards,
            int batchSize,
            Supplier<BoundValues> bound) {
        String id = "";
        Verdict.Allow allow = shared;
        if (allow.recording() != Recording.NEVER) {
            allow = shared.with(bound);
            try {
                id = now.recorded(allow, batchSize);
            } catch (AuditException e) {
                return new Refusal("", List.of(now.guard().unrecordable(e)));
            }
        }
        if (!allow.observed().isEmpty()) {
            now.guard().warnOfObserved(allow.statement(), id);
        }
        state.mayChange(allow);
        return new RunningStatement(this, now, allow, afterwards, state.forgotten(), id);
    }

    /** A statement has run. */
    void completed(Verdict.Allow verdict) {
        state.changed(verdict);
        verdict.changes().forEach(this::changed);
    }

    /** The same of one after which it is known what is unread of the schema. */
    void completed(Verdict.Allow verdict, UnreadChanges afterwards, int forgotten) {
        state.changed(verdict, afterwards, forgotten);
        verdict.changes().forEach(this::changed);
    }

    private void changed(SessionChange change) {
        work.changed(change);
        forgetIfOver(change);
    }

    private void forgetIfOver(SessionChange change) {
        if (change instanceof SessionChange.TransactionEnd end
                && end.ending() != SessionChange.Ending.UNDONE_TO_SAVEPOINT) {
            since.forget();
        }
    }

    /** The real driver refused a statement. */
    void failed(Verdict.Allow verdict) {
        state.failed(verdict);
        verdict.changes().forEach(work::failed);
        verdict.changes().forEach(this::forgetIfOver);
    }
}
