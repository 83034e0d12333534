package io.tierguard.guard;

import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.SessionFacts;
import io.tierguard.sql.TemporaryNames;
import org.jspecify.annotations.Nullable;

/**
 * What names mean in one session now, as its own statements change it.
 *
 * <p>INVARIANT: every schema in which the server would look for an unqualified name now is among those of the current
 * context. A change widens the context before the statement that makes it runs; only what is certain narrows it again.
 * Safe for use by many threads: the context is replaced whole.
 */
final class SessionState {
    private final Guard guard;
    private final LiveSchema shared;
    private final Object changing = new Object();
    private volatile ContextVerdicts verdicts;
    private volatile boolean stale;

    /** The schema as this session's open transaction sees it, which is not for others; null where it is as all see it. */
    private volatile @Nullable SchemaSnapshot own;

    private volatile long ownVersion;

    /** Whether this session has changed the schema, and what it changed may not be committed. */
    private volatile boolean changedSchema;

    /** Whether a text has begun a transaction, since when auto-commit does not tell that none is open. */
    private volatile boolean hasBegun;

    /** Whatever a name could have meant at any time since it was last certain; a rollback may return to it. */
    private ResolutionContext everything;

    private boolean pathTouched;

    /** Statements that change the session and are still running: while there are any, nothing read is certain. */
    private int changesUnderWay;

    SessionState(Guard guard, SessionFacts facts, LiveSchema shared) {
        this.guard = guard;
        this.shared = shared;
        this.everything = ResolutionContext.of(facts, shared.current());
        this.verdicts = guard.verdictsIn(everything);
    }

    /** The verdicts that hold now, for the session's path and the database's schema as last read. */
    ContextVerdicts verdicts() {
        ContextVerdicts current = verdicts;
        return current.context().schema() == schema() ? current : verdictsOnChangedSchema();
    }

    private ContextVerdicts verdictsOnChangedSchema() {
        synchronized (changing) {
            everything = everything.with(schema());
            verdicts = guard.verdictsIn(verdicts.context().with(schema()));
            return verdicts;
        }
    }

    private SchemaSnapshot schema() {
        SchemaSnapshot seen = own;
        return seen == null ? shared.current() : seen;
    }

    boolean isStale() {
        return stale || shared.isOutdated();
    }

    boolean mayHaveBegun() {
        return hasBegun;
    }

    boolean isSchemaUnseen() {
        boolean isSeen = own != null && ownVersion == shared.version();
        return !isSeen && (changedSchema || (hasBegun && shared.isOutdated()));
    }

    /** Facts just read; where no transaction is open they are certain. */
    void refresh(SessionFacts facts) {
        synchronized (changing) {
            if (!hasBegun && changesUnderWay == 0) {
                changedSchema = false;
                own = null;
                pathTouched = false;
            }
            ResolutionContext fresh = ResolutionContext.of(facts, schema());
            fresh = changesUnderWay > 0 ? fresh.with(fresh.temporary().withoutTables()) : fresh;
            everything = pathTouched || changesUnderWay > 0 ? everything.or(fresh) : fresh;
            verdicts = guard.verdictsIn(changesUnderWay > 0 ? everything : fresh);
            stale = changesUnderWay > 0;
        }
    }

    /** The schema just read inside the session's own transaction. */
    void see(SchemaSnapshot inTransaction, TemporaryNames temporary, long version) {
        synchronized (changing) {
            own = inTransaction;
            ownVersion = version;
            TemporaryNames certain = changesUnderWay > 0 ? temporary.withoutTables() : temporary;
            everything = everything.with(certain);
            verdicts = guard.verdictsIn(verdicts.context().with(certain));
        }
    }

    /** A statement is about to run. */
    void mayChange(Verdict.Allow verdict) {
        if (verdict.changesSession()) {
            synchronized (changing) {
                changesUnderWay++;
                if (verdict.changesSchema() || (changedSchema && endsTransaction(verdict))) {
                    doubtTemporaryTables();
                }
            }
            verdict.changes().forEach(this::mayChange);
        }
    }

    private static boolean endsTransaction(Verdict.Allow verdict) {
        return verdict.changes().stream().anyMatch(SessionChange.TransactionEnd.class::isInstance);
    }

    /** From now on no name is taken for a temporary table, until what there is has been read again. */
    private void doubtTemporaryTables() {
        TemporaryNames left = verdicts.context().temporary().withoutTables();
        everything = everything.with(left);
        verdicts = guard.verdictsIn(verdicts.context().with(left));
        stale = true;
    }

    /** The session is about to change, or may just have changed. */
    void mayChange(SessionChange change) {
        if (change instanceof SessionChange.TransactionStart) {
            hasBegun = true;
        } else if (change instanceof SessionChange.SchemaPath || change instanceof SessionChange.SchemaPathUnknown) {
            synchronized (changing) {
                pathTouched = true;
                stale = true;
                everything = SessionPath.during(change, everything);
                verdicts = guard.verdictsIn(everything);
            }
        }
    }

    /** Takes note of what a statement which has just succeeded has truly changed. */
    void changed(Verdict.Allow verdict) {
        settle(verdict);
        if (verdict.changesSchema()) {
            schemaChanged();
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
        settle(verdict);
        transactionEnded();
        if (verdict.changesSchema()) {
            schemaChanged();
        }
    }

    /** A transaction or a savepoint ended: what the session changed may be undone, and others may see it now. */
    void transactionEnded() {
        synchronized (changing) {
            if (changedSchema) {
                own = null;
                shared.changed();
                doubtTemporaryTables();
            }
            if (pathTouched) {
                verdicts = guard.verdictsIn(everything);
                stale = true;
            }
        }
    }

    private void settle(Verdict.Allow verdict) {
        if (verdict.changesSession()) {
            synchronized (changing) {
                changesUnderWay--;
            }
        }
    }

    private void schemaChanged() {
        synchronized (changing) {
            changedSchema = true;
            shared.changed();
            doubtTemporaryTables();
        }
    }
}
