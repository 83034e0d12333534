package io.tierguard.guard;

import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The schema as one session sees it: that of all others, or what its own open transaction has made of it.
 *
 * <p>Changed under the session's lock, and read without it.
 */
final class SessionSchema {
    private final LiveSchema shared;

    /** The schema as this session's open transaction sees it, which is not for others; null where it is as all see it. */
    private volatile @Nullable SchemaSnapshot own;

    private volatile long ownVersion;

    /** Whether that is what was committed when the transaction began, with what it has changed itself. */
    private volatile boolean isOfBeginning;

    /** Whether this session has changed the schema, and what it changed may not be committed. */
    private volatile boolean isChanged;

    /** Whether a statement that ends a transaction, or returns to a savepoint, has begun and is not over. */
    private volatile boolean isEnding;

    SessionSchema(LiveSchema shared) {
        this.shared = shared;
    }

    SchemaSnapshot now() {
        SchemaSnapshot seen = own;
        return seen == null ? shared.current() : seen;
    }

    SchemaSnapshot ofOthers() {
        return shared.current();
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
            case NOTHING -> false;
            case REFUSED_CODE -> own == null && shared.isBehind();
            case KNOWN_NAMES -> (own == null || isOfBeginning) && shared.isDue();
            case UNKNOWN_NAMES -> (own == null || isOfBeginning) && shared.isWorthALook();
        };
    }

    /** Whether the transaction sees another schema than was read last. */
    boolean isUnseen(boolean hasBegun) {
        boolean isSeen = own != null && ownVersion == shared.version();
        return !isSeen && (isChanged || (hasBegun && shared.isOutdated()));
    }

    /**
     * Whether what the transaction has made of it may be undone before a text has run.
     *
     * @param endsTransaction whether the text ends a transaction, or returns to a savepoint
     */
    boolean mayBeUndone(boolean endsTransaction) {
        return (own != null || isChanged) && (endsTransaction || isEnding);
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
    void see(SchemaSnapshot inTransaction, long version, boolean ofBeginning) {
        isOfBeginning = ofBeginning;
        own = inTransaction;
        ownVersion = version;
    }

    /** No transaction is open. */
    void becomesThatOfOthers() {
        isChanged = false;
        own = null;
    }

    /** A statement of the session has changed it. */
    void changed() {
        isChanged = true;
        shared.changed();
    }

    /** A statement that ends a transaction, or returns to a savepoint, has begun. */
    void mayEnd() {
        isEnding = true;
    }

    /** It is over; tells whether what the transaction saw may no longer hold. */
    boolean ended() {
        isEnding = false;
        if (isChanged) {
            own = null;
            shared.changed();
        }
        return isChanged;
    }
}
