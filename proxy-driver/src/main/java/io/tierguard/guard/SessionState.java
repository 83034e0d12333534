package io.tierguard.guard;

import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.SchemaVersion;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.SessionFacts;
import io.tierguard.sql.TemporaryNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What names mean in one session now, as its own statements change it.
 *
 * <p>INVARIANT: every schema in which the server would look for an unqualified name now is among those of the current
 * context. A change widens the context before the statement that makes it runs; only what is certain narrows it again.
 * Safe for use by many threads: the context is replaced whole.
 */
final class SessionState {
    private volatile Guard guard;
    private final SessionSchema schema;
    private final Transactions transactions;
    private final Object changing = new Object();
    private volatile ContextVerdicts verdicts;
    private volatile boolean stale;

    /** Whether it is stale by no more than what the session alone has, which a look inside its transaction tells too. */
    private boolean isStaleByTemporary;

    /** Whether a text has begun a transaction, since when auto-commit does not tell that none is open. */
    private volatile boolean hasBegun;

    /** Whatever a name could have meant at any time since it was last certain; a rollback may return to it. */
    private ResolutionContext everything;

    /** What the session's prepared names may stand for, which no rollback undoes. */
    private volatile PreparedNames prepared = PreparedNames.NONE;

    private boolean pathTouched;

    /** What the session has changed of the schema since that was read; null where another reading is needed to tell. */
    private volatile @Nullable UnreadChanges unread;

    /** Counts what another reading may be needed after. */
    private int forgotten;

    /** Statements that change the session and are still running: while there are any, nothing read is certain. */
    private int changesUnderWay;

    private final PreparedTexts texts;

    SessionState(Guard guard, SessionFacts facts, LiveSchema shared, Transactions transactions) {
        this.guard = guard;
        this.schema = new SessionSchema(shared, guard.dialect());
        this.transactions = transactions;
        this.texts = new PreparedTexts(guard.dialect(), facts.modes());
        this.everything = ResolutionContext.of(facts, schema.now());
        this.verdicts = guard.verdictsIn(everything);
    }

    /** Another policy has taken over: what names mean stays, and what may be done is decided anew. */
    void moveTo(Guard next) {
        synchronized (changing) {
            guard = next;
            forgetUnread();
            verdicts = next.verdictsIn(verdicts.context());
        }
    }

    /** The verdicts that hold now, for the session's path and the database's schema as last read. */
    ContextVerdicts verdicts() {
        ContextVerdicts current = verdicts;
        return current.context().schema() == schema.now() ? current : verdictsOnChangedSchema();
    }

    /**
     * The same for a text that may be prepared: on MySQL and MariaDB its server or driver goes on to cut it as it did when it
     * was prepared first, and so keeps it even where the application has forgotten it.
     */
    ContextVerdicts asPrepared(ContextVerdicts now, String sql, Placeholders placeholders) {
        if (!texts.mayBeCutOtherwise(sql, placeholders)) {
            return now;
        }
        synchronized (changing) {
            LexicalModes modes = now.context().modes();
            LexicalModes either = texts.prepared(modes);
            return either.equals(modes) ? now : guard.verdictsIn(now.context().with(either));
        }
    }

    /** The verdicts on a text that ends a transaction before it is at its own end, and so may bring an old path back. */
    ContextVerdicts verdictsAfterTransaction() {
        ContextVerdicts current = verdicts();
        synchronized (changing) {
            return everything.equals(current.context()) ? current : guard.verdictsIn(everything);
        }
    }

    /**
     * By what else a text has to be judged in a transaction that has changed the schema: on what runs after that has been undone, in
     * the same text or batch, by the schema as all others see it; and where the transaction reads an old catalog, by the new one
     * with what only this session has, because the server finds names by that.
     *
     * @param endsTransaction whether the text ends a transaction, or returns to a savepoint
     */
    List<ContextVerdicts> verdictsBesides(boolean endsTransaction) {
        boolean mayBeUndone = schema.mayBeUndone(endsTransaction);
        boolean isOld = schema.isOld();
        if (!mayBeUndone && !isOld) {
            return List.of();
        }
        synchronized (changing) {
            List<ContextVerdicts> besides = new ArrayList<>();
            if (mayBeUndone) {
                ResolutionContext undone = everything.with(schema.ofOthers());
                besides.add(guard.verdictsIn(undone.with(undone.temporary().withoutTables())));
            }
            if (isOld) {
                besides.add(verdictsByOthers());
            }
            return besides;
        }
    }

    /** Whether the transaction reads an old catalog, in which it has changed something. */
    boolean isOld() {
        return schema.isOld();
    }

    /** What the transaction read before it changed the schema. */
    void beganWith(SchemaSnapshot read) {
        schema.beganWith(read);
    }

    /** The schema as others see it. */
    SchemaSnapshot schemaOfOthers() {
        return schema.ofOthers();
    }

    /** The verdicts by what others see, with what only this session has. */
    ContextVerdicts verdictsByOthers() {
        synchronized (changing) {
            return guard.verdictsIn(verdicts.context().with(schema.ofOthersWithOwnChanges()));
        }
    }

    /** Whether a text may run in part after changes of the schema have been undone, of which some may have been seen by nobody. */
    boolean mayUndoChanges(boolean endsTransaction) {
        return schema.mayBeUndone(endsTransaction);
    }

    /** Whether such an undoing has begun before. */
    boolean isEnding() {
        return schema.isEnding();
    }

    private ContextVerdicts verdictsOnChangedSchema() {
        synchronized (changing) {
            SchemaSnapshot seen = schema.now();
            everything = everything.with(seen);
            verdicts = guard.verdictsIn(verdicts.context().with(seen));
            return verdicts;
        }
    }

    PreparedNames prepared() {
        return prepared;
    }

    /** What the session has changed of the schema since that was read; null where another reading is needed to tell. */
    @Nullable
    UnreadChanges unread() {
        return unread;
    }

    /** Whether a text that may be prepared is cut by what was in force when it was prepared, which is noted with each such text. */
    boolean mayBeCutOtherwise(String sql, Placeholders placeholders) {
        return texts.mayBeCutOtherwise(sql, placeholders);
    }

    /** What will be unread once a text has run that changes the schema as it has been read; empty where nobody could tell. */
    Optional<UnreadChanges> unreadAfter(String sql, Placeholders placeholders, Verdict.Allow verdict) {
        if (!verdict.changesSchema()) {
            return Optional.empty();
        }
        synchronized (changing) {
            ContextVerdicts now = verdicts;
            boolean isCertain = isReadSlowly()
                    && !stale
                    && changesUnderWay == 0
                    && everything.equals(now.context())
                    && !now.context().schema().isUnknown()
                    && now.context().schema() == schema.now()
                    && !texts.mayBeCutOtherwise(sql, placeholders);
            return isCertain
                    ? schema.reading()
                            .flatMap(reading -> UnreadChanges.none(now, reading).after(sql, placeholders, verdict))
                    : Optional.empty();
        }
    }

    /** Whether it is worth something to do without a reading, of a database whose changes of the schema are read exactly. */
    private boolean isReadSlowly() {
        return switch (guard.dialect()) {
            case H2, POSTGRESQL, MYSQL, MARIADB -> true;
            case SQLITE, ANSI, ORACLE, SQLSERVER -> false;
        };
    }

    /** Another reading is needed before anything is told. */
    private void forgetUnread() {
        synchronized (changing) {
            unread = null;
            forgotten++;
        }
    }

    /** How often another reading was needed; a statement that has begun may ask whether it alone was why. */
    int forgotten() {
        synchronized (changing) {
            return forgotten;
        }
    }

    /** The names may stand for anything from now on. */
    void forgetPrepared() {
        synchronized (changing) {
            prepared = PreparedNames.NONE;
        }
    }

    boolean isStale() {
        return stale || schema.isOutdated();
    }

    boolean isPathStale() {
        return stale;
    }

    /** Whether what others have changed could be seen by looking again; not while an own view of the schema holds. */
    boolean isWorthALook(Reliance reliance) {
        return schema.isWorthALook(reliance);
    }

    boolean mayHaveBegun() {
        return mayHaveBegun(transactions.state());
    }

    boolean hasBegunIfAsked() {
        return mayHaveBegun() && mayHaveBegun(transactions.asked());
    }

    private boolean mayHaveBegun(Transactions.State state) {
        synchronized (changing) {
            if (state == Transactions.State.NONE && changesUnderWay == 0) {
                hasBegun = false;
            }
            return hasBegun || state == Transactions.State.OPEN;
        }
    }

    Transactions.State transaction() {
        return transactions.state();
    }

    Transactions.State askedTransaction() {
        return transactions.asked();
    }

    /** Whether the last that has run was a change of the schema that is committed; asked once. */
    boolean isFirstAfterKeptChange() {
        return schema.takeKept();
    }

    boolean isSchemaUnseen() {
        return schema.isUnseen(hasBegun);
    }

    /** Facts just read; outside of any transaction they are certain. */
    void refresh(SessionFacts facts, boolean isOutsideTransaction) {
        synchronized (changing) {
            forgetUnread();
            boolean isCertain = changesUnderWay == 0;
            if (isOutsideTransaction && isCertain) {
                schema.becomesThatOfOthers();
            }
            // PostgreSQL alone undoes settings with a transaction.
            pathTouched &= !isCertain || !(isOutsideTransaction || guard.dialect() != Dialect.POSTGRESQL);
            ResolutionContext fresh = ResolutionContext.of(facts, schema.now());
            fresh = fresh.with(texts.since(facts.modes()));
            fresh = changesUnderWay > 0 ? fresh.with(fresh.temporary().withoutTables()) : fresh;
            everything = pathTouched || changesUnderWay > 0 ? everything.or(fresh) : fresh;
            verdicts = guard.verdictsIn(changesUnderWay > 0 ? everything : fresh);
            stale = changesUnderWay > 0;
            isStaleByTemporary = false;
        }
    }

    /** The schema just read inside the session's own transaction. */
    void see(SchemaSnapshot inTransaction, TemporaryNames temporary, SchemaVersion version, boolean isOld) {
        synchronized (changing) {
            forgetUnread();
            schema.see(inTransaction, version, isOld);
            TemporaryNames certain = changesUnderWay > 0 ? temporary.withoutTables() : temporary;
            everything = everything.with(certain);
            verdicts = guard.verdictsIn(verdicts.context().with(certain));
            if (isStaleByTemporary && changesUnderWay == 0 && guard.dialect() == Dialect.POSTGRESQL) {
                stale = false;
                isStaleByTemporary = false;
            }
        }
    }

    /** A statement is about to run. */
    void mayChange(Verdict.Allow verdict) {
        if (verdict.changesSession()) {
            synchronized (changing) {
                forgetUnread();
                changesUnderWay++;
                if (verdict.changesSchema() || (schema.isChanged() && verdict.endsTransaction())) {
                    doubtTemporaryTables();
                }
            }
            verdict.changes().forEach(this::mayChange);
        }
    }

    /** From now on no name is taken for a temporary table, until what there is has been read again. */
    private void doubtTemporaryTables() {
        synchronized (changing) {
            TemporaryNames left = verdicts.context().temporary().withoutTables();
            everything = everything.with(left);
            verdicts = guard.verdictsIn(verdicts.context().with(left));
            becomesStaleByTemporary();
        }
    }

    private void becomesStaleByTemporary() {
        isStaleByTemporary |= !stale;
        stale = true;
    }

    private void becomesStale() {
        isStaleByTemporary = false;
        stale = true;
    }

    /** The session is about to change, or may just have changed. */
    void mayChange(SessionChange change) {
        forgetUnread();
        if (change instanceof SessionChange.TransactionStart) {
            hasBegun = true;
            return;
        }
        if (change instanceof SessionChange.TransactionEnd) {
            schema.mayEnd();
            transactionEnding();
            return;
        }
        if (change instanceof SessionChange.TemporaryDiscarded) {
            doubtTemporaryTables();
            return;
        }
        if (change instanceof SessionChange.TemporaryView) {
            // Until somebody has looked behind it, whatever names it is refused.
            synchronized (changing) {
                everything = SessionPath.during(change, everything);
                verdicts = guard.verdictsIn(SessionPath.during(change, verdicts.context()));
                becomesStaleByTemporary();
            }
            return;
        }
        synchronized (changing) {
            prepared = prepared.during(change, everything);
            if (SessionPath.isTouchedBy(change, everything)) {
                pathTouched = true;
                becomesStale();
                everything = SessionPath.during(change, everything);
                // Another user searches the path that is set now, and no older one.
                ResolutionContext now = verdicts.context();
                verdicts = guard.verdictsIn(
                        change instanceof SessionChange.UserChange ? SessionPath.during(change, now) : everything);
            }
        }
    }

    /** A call of the application's has set the path, as a statement of its own would have. */
    void changed(SessionChange.SchemaPath path) {
        boolean isInTransaction = transactions.state() == Transactions.State.OPEN;
        settle(path, isInTransaction);
    }

    private void settle(SessionChange.SchemaPath path, boolean isInTransaction) {
        synchronized (changing) {
            forgetUnread();
            if (changesUnderWay == 0) {
                verdicts = guard.verdictsIn(SessionPath.after(path, everything, isInTransaction));
            }
        }
    }

    /**
     * The same of one after which it is known what is unread of the schema, unless another has changed something meanwhile.
     *
     * @param forgottenBefore what {@link #forgotten} said when it had begun
     */
    void changed(Verdict.Allow verdict, UnreadChanges left, int forgottenBefore) {
        synchronized (changing) {
            boolean isAlone = changesUnderWay == 1 && forgotten == forgottenBefore;
            changed(verdict);
            unread = isAlone ? left : null;
        }
    }

    /** Takes note of what a statement which has just succeeded has truly changed. */
    void changed(Verdict.Allow verdict) {
        settle(verdict);
        if (verdict.changesSchema()) {
            synchronized (changing) {
                schema.hasChanged(verdict.statement().operation());
                doubtTemporaryTables();
            }
        }
        for (SessionChange change : verdict.changes()) {
            synchronized (changing) {
                prepared = prepared.after(change, verdicts.context());
            }
            if (change instanceof SessionChange.TransactionEnd) {
                transactionEnded();
            } else if (change instanceof SessionChange.SchemaPath path) {
                // Beside another change of the text it is not certain that a transaction was open when it was made.
                boolean isInTransaction =
                        verdict.changes().size() == 1 && transactions.state() == Transactions.State.OPEN;
                settle(path, isInTransaction);
            }
        }
    }

    /**
     * Takes note of a statement that failed: a COMMIT that fails ends its transaction too, and a text of several statements
     * may have run in part.
     */
    void failed(Verdict.Allow verdict) {
        forgetUnread();
        settle(verdict);
        transactionEnded();
        if (verdict.changes().stream().anyMatch(SessionChange.AllDeallocated.class::isInstance)) {
            forgetPrepared();
        }
        if (verdict.changesSchema()) {
            schemaChanged(verdict);
        }
    }

    /** A transaction or a savepoint is about to end, and from some moment on an old path may be back. */
    void transactionEnding() {
        synchronized (changing) {
            forgetUnread();
            if (pathTouched) {
                verdicts = guard.verdictsIn(everything);
                becomesStale();
            }
        }
    }

    /** A transaction or a savepoint ended: what the session changed may be undone, and others may see it now. */
    void transactionEnded() {
        synchronized (changing) {
            if (schema.ended()) {
                doubtTemporaryTables();
            }
        }
        transactionEnding();
    }

    private void settle(Verdict.Allow verdict) {
        if (verdict.changesSession()) {
            synchronized (changing) {
                changesUnderWay--;
            }
        }
    }

    private void schemaChanged(Verdict.Allow verdict) {
        synchronized (changing) {
            schema.changed(verdict.statement().operation());
            doubtTemporaryTables();
        }
    }
}
