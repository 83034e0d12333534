package io.tierguard.guard;

import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.SchemaVersion;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.SchemaConsequences;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schema as one session sees it: that of all others, or what its own open transaction has made of it.
 *
 * <p>Changed under the session's lock, and read without it.
 */
final class SessionSchema {
    private final LiveSchema shared;

    /** Whether the database commits each change of the schema at once, so that nothing undoes one. */
    private final boolean isKeptAtOnce;

    /** The schema as this session's open transaction sees it, which is not for others; null where it is as all see it. */
    private volatile @Nullable SchemaSnapshot own;

    /** The shared schema's before that was read. */
    private volatile @Nullable SchemaVersion ownVersion;

    /** Whether that is what was committed when the transaction began, with what it has changed itself. */
    private volatile boolean isOfBeginning;

    /** Whether this session has changed the schema, and what it changed may not be committed; never where that is kept at once. */
    private volatile boolean isChanged;

    /** Whether that may have put code behind a table that is known. */
    private volatile boolean hasPutCode;

    /** Whether it has changed it where that is committed at once, and what it changed may not have been read. */
    private volatile boolean hasKept;

    /** Whether that has succeeded, and nothing has been let run since. */
    private volatile boolean isJustKept;

    /** Whether a statement that ends a transaction, or returns to a savepoint, has begun and is not over. */
    private volatile boolean isEnding;

    /** What the open transaction read before it changed the schema. */
    private volatile SchemaSnapshot beginning = SchemaSnapshot.UNKNOWN;

    /** What was last put together of what others see and what this session has changed besides. */
    private volatile @Nullable WithOwnChanges withOwnChanges;

    /** How often it has told the others that it has changed the schema. */
    private volatile long ownChanges;

    /** What others see, what this session sees, and the one with the changes of the other. */
    private record WithOwnChanges(SchemaSnapshot others, SchemaSnapshot own, SchemaSnapshot both) {}

    SessionSchema(LiveSchema shared, Dialect dialect) {
        this.shared = shared;
        this.isKeptAtOnce = dialect.isOfMySqlFamily();
    }

    SchemaSnapshot now() {
        SchemaSnapshot seen = own;
        return seen == null || (isKeptAtOnce && !shared.isOutdated()) ? shared.current() : seen;
    }

    SchemaSnapshot ofOthers() {
        return shared.current();
    }

    /** The same with what this session's open transaction has changed since it began, which its statements find too. */
    SchemaSnapshot ofOthersWithOwnChanges() {
        SchemaSnapshot others = shared.current();
        SchemaSnapshot seen = own;
        if (seen == null) {
            return others;
        }
        WithOwnChanges known = withOwnChanges;
        if (known == null || known.others() != others || known.own() != seen) {
            known = new WithOwnChanges(others, seen, others.withChanges(beginning, seen));
            withOwnChanges = known;
        }
        return known.both();
    }

    /** What the open transaction reads was this before it changed anything; unknown where nobody has told. */
    void beganWith(SchemaSnapshot read) {
        beginning = read;
        withOwnChanges = null;
    }

    boolean isChanged() {
        return isChanged;
    }

    boolean isOutdated() {
        return shared.isOutdated();
    }

    /** Whether what others have changed could be seen by looking again; not while an own view of the schema holds. */
    boolean isWorthALook(Reliance reliance) {
        return switch (reliance) {
            // On MySQL and MariaDB nothing runs because a table is read.
            case NOTHING -> own == null && !isKeptAtOnce && shared.isBehindForReaders();
            case REFUSED_CODE -> own == null && shared.isBehindForRefusals();
            case KNOWN_NAMES -> (own == null || isOfBeginning) && shared.isDue();
            case UNKNOWN_NAMES -> (own == null || isOfBeginning) && shared.isWorthALook();
        };
    }

    /** Whether the transaction sees another schema than was read last. */
    boolean isUnseen(boolean hasBegun) {
        boolean isSeen = own != null && isAtOwnVersion();
        return !isSeen && (isChanged || ((hasBegun || hasKept) && shared.isOutdated()));
    }

    /**
     * Whether what the transaction has made of it may be undone before a text has run.
     *
     * @param endsTransaction whether the text ends a transaction, or returns to a savepoint
     */
    boolean mayBeUndone(boolean endsTransaction) {
        return !isKeptAtOnce && (own != null || isChanged) && (endsTransaction || isEnding);
    }

    /** Whether the last that has run was a change of the schema that is committed, so that no transaction is older; asked once. */
    boolean takeKept() {
        boolean isFirst = isJustKept;
        isJustKept = false;
        return isFirst;
    }

    /** Whether a statement that ends a transaction, or returns to a savepoint, has begun and is not over. */
    boolean isEnding() {
        return isEnding;
    }

    /** Whether others may have changed it since, which the transaction does not read and its statements find all the same. */
    boolean isOld() {
        return own != null && isOfBeginning;
    }

    /** Read inside the transaction, which may be what was committed when that began. */
    void see(SchemaSnapshot inTransaction, SchemaVersion version, boolean ofBeginning) {
        isOfBeginning = ofBeginning;
        own = inTransaction;
        ownVersion = version;
    }

    /** The reading by which the session goes now; empty where it is not the newest state that is known of. */
    Optional<SchemaReading> reading() {
        SchemaVersion seen = ownVersion;
        if (own != null) {
            return seen != null && shared.isAt(seen) && !isOfBeginning
                    ? current(seen.changesOfAll() - ownChanges, seen.nanos())
                    : Optional.empty();
        }
        return isChanged || shared.isBehind() ? Optional.empty() : current(changesOfOthers(), shared.readNanos());
    }

    private Optional<SchemaReading> current(long changesOfOthersThen, long nanos) {
        SchemaReading reading = new SchemaReading(shared, this, changesOfOthersThen, nanos);
        return reading.isOfNow() ? Optional.of(reading) : Optional.empty();
    }

    private boolean isAtOwnVersion() {
        SchemaVersion seen = ownVersion;
        return seen != null && shared.isAt(seen);
    }

    /** How many changes of schemas have passed the guards of other sessions. */
    long changesOfOthers() {
        return shared.changesOfAllSessions() - ownChanges;
    }

    /** No transaction is open. */
    void becomesThatOfOthers() {
        isChanged = false;
        hasPutCode = false;
        hasKept = false;
        own = null;
        beganWith(SchemaSnapshot.UNKNOWN);
    }

    /** A statement of the session has changed it, by such an operation. */
    void changed(String operation) {
        isChanged = !isKeptAtOnce;
        hasKept = isKeptAtOnce;
        boolean putsCode = !SchemaConsequences.putsNoCodeBehindTables(operation);
        hasPutCode |= putsCode;
        tellOthers(putsCode);
    }

    /** That statement has succeeded. */
    void hasChanged(String operation) {
        changed(operation);
        isJustKept = isKeptAtOnce;
    }

    private void tellOthers(boolean mayPutCode) {
        ownChanges++;
        shared.changed(mayPutCode);
    }

    /** A statement that ends a transaction, or returns to a savepoint, has begun. */
    void mayEnd() {
        isEnding = true;
    }

    /** It is over; tells whether what the transaction saw may no longer hold. */
    boolean ended() {
        isEnding = false;
        if (isChanged || isKeptAtOnce) {
            own = null;
        }
        if (isChanged) {
            tellOthers(hasPutCode);
        }
        return isChanged;
    }
}
