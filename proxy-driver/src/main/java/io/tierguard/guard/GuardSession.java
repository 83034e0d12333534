package io.tierguard.guard;

import io.tierguard.audit.BoundValues;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.SchemaVersion;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionFacts;
import io.tierguard.sql.TemporaryNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The guard as one connection sees it: it knows what names and tokens mean there now, and decides by it.
 *
 * <p>Safe for use by the threads that share the connection.
 */
public interface GuardSession {

    /**
     * Whether a text that is being prepared could run now; the early error only, for each execution is admitted again.
     *
     * @return {@link Execution#UNRECORDED} or a refusal
     */
    Admission prepare(String sql, Placeholders placeholders);

    /**
     * Whether a text may run now; what the policy wants recorded is recorded before this returns.
     *
     * @param batchSize how many times it runs in one call; 0 when it is no batch
     * @param bound what is bound to its parameters, asked for only where the policy wants that recorded
     */
    Admission admit(String sql, Placeholders placeholders, int batchSize, Supplier<BoundValues> bound);

    /**
     * The same without another reading of a schema that this session alone has changed since it was read; empty where what the
     * text does can only be told by one. Not for batches.
     */
    Optional<Admission> admitUnread(String sql, Placeholders placeholders, Supplier<BoundValues> bound);

    /** Whether a text may be prepared, told in the same way; false where that can only be told by another reading. */
    boolean mayPrepareUnread(String sql, Placeholders placeholders);

    /** Whether there is anything by which that could be told. */
    boolean hasUnread();

    /** The same for a text without parameters, or of which nobody knows what is bound to them. */
    default Admission admit(String sql, Placeholders placeholders, int batchSize) {
        return admit(sql, placeholders, batchSize, BoundValues.UNKNOWN);
    }

    /**
     * Whether rows may be changed without SQL, as an updatable result set does.
     *
     * @param operation what the application called, for example {@code ResultSet.updateRow}
     * @param effect what it does; its table named as the result set's metadata names it
     */
    Admission admit(String operation, Effect effect);

    /**
     * Whether the real driver's object may be handed out, to a component that is trusted with that; it is on the disk
     * before this returns.
     *
     * @param operation what the application called, for example {@code unwrap(org.h2.jdbc.JdbcConnection)}
     */
    Admission unwrap(String operation);

    /** Whether the component is trusted with the real driver's objects now. */
    boolean mayUnwrap();

    /** The schemas in which an unqualified name may be now, in their order. */
    List<String> schemaPath();

    /**
     * Refuses a call that would lead past the guard, and records that.
     *
     * @param operation what the application called, for example {@code Connection.unwrap}
     * @param because why it may not, as a clause about the call
     */
    Refusal refuse(String operation, Reason reason, String because);

    /** Whether there may be executions whose rows are held to limits. */
    boolean countsRows();

    /** Whether there may be executions whose bound values are recorded. */
    boolean showsValues();

    /** Whether the session's facts must be read again at the next moment that allows a query of our own. */
    boolean isStale();

    /** Whether it is the session's own settings and temporary tables that must be read, and not only the schema. */
    boolean isPathStale();

    /**
     * Whether a text may have begun a transaction, so that auto-commit does not tell that none is open; from then on what
     * is read may be undone.
     */
    boolean mayHaveBegun();

    /** The same, where the server may be asked if the driver cannot know. */
    boolean hasBegunIfAsked();

    /** Whether this session's own transaction has changed the schema since it was last read for it. */
    boolean isSchemaUnseen();

    /** Whether the last that has run was a change of the schema that is committed, so that no transaction is older; asked once. */
    boolean isFirstAfterKeptChange();

    /**
     * Takes over the schema just read inside the session's own transaction, which holds for this session alone.
     *
     * @param temporary what only this session has
     * @param version the shared schema's before the reading
     * @param isOld whether the transaction reads what was committed when it began, while its statements find what is there now
     */
    void see(SchemaSnapshot inTransaction, TemporaryNames temporary, SchemaVersion version, boolean isOld);

    /**
     * Takes over facts just read from the live session.
     *
     * @param isOutsideTransaction whether no transaction was open before, so that no rollback can undo them
     */
    void refresh(SessionFacts facts, boolean isOutsideTransaction);

    /** Whether a transaction is open, as far as the connection tells. */
    Transactions.State transaction();

    /** The same, where the server may be asked if the driver cannot know. */
    Transactions.State askedTransaction();

    /** Whether a text has begun a transaction, or may have before it failed, that no text has ended. */
    boolean isBegunByText();

    /**
     * Something of the open transaction was refused: nothing is admitted from now on but what undoes it.
     *
     * @param cause what was refused
     */
    void doom(Refusal cause);

    /** What doomed the open transaction, if anything did. */
    Optional<Refusal> doom();

    /** Whether nothing has run since a transaction ended last, so that to end one keeps nothing. */
    boolean isUntouched();

    /** A transaction has been kept or undone by a call, or there is none and the next one begins with what runs next. */
    void renewed();

    /** The transaction has been kept; what was refused meanwhile dooms what comes after it. */
    void kept();

    /** By a call, the transaction has returned to a savepoint. */
    void returned();

    /**
     * The application changes the schema path by a call such as {@code Connection.setSchema}.
     *
     * @param schema the one that is to be searched; empty where nobody can tell which
     */
    void schemaPathChanging(String schema);

    /** Such a call has succeeded. */
    void schemaPathChanged(String schema);

    /** A transaction or savepoint is about to end. */
    void transactionEnding();

    /** A transaction or savepoint ended, so that what it changed in the session may be undone. */
    void transactionEnded();
}
