package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import io.tierguard.guard.Admission;
import io.tierguard.guard.Execution;
import io.tierguard.guard.GuardSession;
import io.tierguard.guard.Refusal;
import io.tierguard.guard.Transactions;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaReader;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.Placeholders;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way through which all objects of a guarded connection ask: an admission comes back or a denial is thrown.
 *
 * <p>Safe for use by the threads that share the connection.
 */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final GuardSession session;
    private final LiveSchema schema;
    private final Connection real;
    private final Dialect dialect;

    /** Null where no limit could hold. */
    private final @Nullable CountedRuns runs;

    Gate(GuardSession session, LiveSchema schema, Connection real, Dialect dialect) {
        this.session = session;
        this.schema = schema;
        this.real = real;
        this.dialect = dialect;
        this.runs = session.countsRows() ? new CountedRuns(real, dialect, session) : null;
    }

    /** Whether bound values may have to be recorded, so that they must be kept. */
    boolean showsValues() {
        return session.showsValues();
    }

    /** The dialect that the connection's texts are in. */
    Dialect dialect() {
        return dialect;
    }

    /** Passes a text that may be prepared; a null text goes on, for the driver to refuse. */
    void prepare(@Nullable String sql, Placeholders placeholders) throws DenialException {
        if (sql == null) {
            return;
        }
        refreshBeforeStatement();
        check(session.prepare(sql, placeholders));
    }

    /**
     * Passes a text that may run now; a null text goes on, for the driver to refuse. Who has passed says what came of it,
     * by {@link #completed} or {@link #failed}.
     */
    Execution admit(@Nullable String sql, Placeholders placeholders, Supplier<BoundValues> bound) throws SQLException {
        if (runs == null) {
            return admitted(sql, placeholders, bound);
        }
        runs.enter();
        try {
            Execution execution = admitted(sql, placeholders, bound);
            begin(runs, List.of(execution));
            return execution;
        } catch (Throwable refused) {
            runs.leave();
            throw refused;
        }
    }

    private Execution admitted(@Nullable String sql, Placeholders placeholders, Supplier<BoundValues> bound)
            throws DenialException {
        if (sql == null) {
            return Execution.UNRECORDED;
        }
        refreshBeforeStatement();
        return check(session.admit(sql, placeholders, 0, bound));
    }

    /**
     * Passes the texts of one batch, all before any of them runs: what the session is now is read at most once, because
     * between them nothing has changed yet.
     */
    List<Execution> admitBatch(List<BatchedText> texts) throws SQLException {
        if (runs == null) {
            return admittedBatch(texts);
        }
        runs.enter();
        try {
            List<Execution> executions = admittedBatch(texts);
            begin(runs, executions);
            return executions;
        } catch (Throwable refused) {
            runs.leave();
            throw refused;
        }
    }

    private List<Execution> admittedBatch(List<BatchedText> texts) throws DenialException {
        refreshBeforeStatement();
        List<Execution> executions = new ArrayList<>(texts.size());
        try {
            boolean changesSession = false;
            boolean isLimited = false;
            for (BatchedText text : texts) {
                Execution execution = check(session.admit(text.sql(), text.placeholders(), text.times(), text.bound()));
                executions.add(execution);
                changesSession |= execution.changesSession();
                isLimited |= !execution.limits().isEmpty();
            }
            if (isLimited && dialect != Dialect.POSTGRESQL && texts.size() > 1 && !BatchedText.onlyChangeRows(texts)) {
                throw denial(session.refuse(
                        "Statement.executeBatch",
                        Reason.ROW_LIMIT,
                        "it holds a statement whose rows are limited beside one that is no plain INSERT, UPDATE, DELETE or"
                                + " MERGE, which could keep what is over the limit; run them apart"));
            }
            if (changesSession && BatchedText.areSeveral(texts)) {
                check(session.prepare(BatchedText.joined(texts), BatchedText.placeholders(texts)));
            }
        } catch (Throwable refused) {
            for (Execution execution : executions) {
                tellFailed(execution, refused);
            }
            throw refused;
        }
        return executions;
    }

    /** Passes a change of rows that is made without SQL. */
    Execution admit(String operation, Effect effect) throws SQLException {
        if (runs == null) {
            refreshBeforeStatement();
            return check(session.admit(operation, effect));
        }
        runs.enter();
        try {
            refreshBeforeStatement();
            Execution execution = check(session.admit(operation, effect));
            begin(runs, List.of(execution));
            return execution;
        } catch (Throwable refused) {
            runs.leave();
            throw refused;
        }
    }

    private static void begin(CountedRuns runs, List<Execution> executions) throws SQLException {
        try {
            runs.begin(executions);
        } catch (Throwable refused) {
            for (Execution execution : executions) {
                tellFailed(execution, refused);
            }
            throw refused;
        }
    }

    /**
     * An execution has run.
     *
     * @param rows the rows it changed; negative when not known
     * @throws DenialException if they are more than a limit leaves it; then they are unchanged
     */
    void completed(Execution execution, long rows) throws SQLException {
        if (runs == null) {
            execution.completed(rows);
        } else {
            completed(List.of(execution), new long[] {rows});
        }
    }

    /** All that was admitted as one batch has run; {@code rows} tells of each what it changed. */
    void completed(List<Execution> executions, long[] rows) throws SQLException {
        if (runs == null) {
            for (int i = 0; i < rows.length; i++) {
                executions.get(i).completed(rows[i]);
            }
            return;
        }
        try {
            runs.completed(executions, rows);
        } finally {
            runs.leave();
        }
    }

    /** An execution has failed, of which the failure itself is thrown on unchanged. */
    void failed(Execution execution, Throwable failure) {
        undo(failure);
        tellFailed(execution, failure);
    }

    /**
     * What was admitted last has failed: undoes what is left of it where it is held to a limit.
     *
     * @return whether it was held to one
     */
    boolean undo(Throwable failure) {
        if (runs == null) {
            return false;
        }
        try {
            boolean isHeld = runs.isHeld();
            runs.failed(failure);
            return isHeld;
        } finally {
            runs.leave();
        }
    }

    /** Keeps other calls of the connection from running until {@link #leave}. */
    void enter() {
        if (runs != null) {
            runs.enter();
        }
    }

    void leave() {
        if (runs != null) {
            runs.leave();
        }
    }

    /** The exception for a call that would lead past the guard. */
    DenialException escape(String operation, String because) {
        return denial(session.refuse(operation, Reason.ESCAPES_GUARD, because));
    }

    /** Passes a call that hands out the real driver's object. */
    void unwrap(String operation) throws DenialException {
        check(session.unwrap(operation));
    }

    /** Whether {@link #unwrap} would pass. */
    boolean mayUnwrap() {
        return session.mayUnwrap();
    }

    /** Passes a name that the driver may paste into SQL of its own; a null one goes on, for the driver to refuse. */
    void name(String operation, @Nullable String name) throws DenialException {
        if (name != null && !Identifiers.isPlain(name)) {
            throw notPlain(operation);
        }
    }

    /**
     * Whether a database is a catalog to JDBC or a schema, as a setting of the driver has it, which ignores what sets the
     * other: only the session itself tells where it then is.
     */
    boolean namesSchemasTwice() {
        return isOfMySqlFamily();
    }

    /** Passes what the application says of itself, which MySQL's driver writes into a comment before each text. */
    void clientInfo(@Nullable String name, @Nullable String value) throws SQLClientInfoException {
        if ((name + "=" + value).contains("*/")) {
            DenialException denial = escape(
                    "Connection.setClientInfo",
                    "the driver may write it into a comment before each statement, and it holds the end of one");
            throw new SQLClientInfoException(denial.getMessage(), denial.getSQLState(), Map.of(), denial);
        }
    }

    /** Passes the names of columns, as a copy that nobody can change between this and the driver. */
    String @Nullable [] names(String operation, String @Nullable [] names) throws DenialException {
        if (names == null) {
            return null;
        }
        String[] copy = names.clone();
        for (String name : copy) {
            name(operation, name);
            // PostgreSQL takes t.f for a call of f(t) where the table has no such column.
            if (name != null && dialect == Dialect.POSTGRESQL && name.indexOf('.') >= 0) {
                throw notPlain(operation);
            }
        }
        return copy;
    }

    /** Passes a type's name; a null one goes on, for the driver to refuse. */
    void typeName(String operation, @Nullable String name) throws DenialException {
        if (name != null && !Identifiers.isTypeName(name)) {
            throw notPlain(operation);
        }
    }

    /** Passes a value that is bound, unless the type that it brings with it runs what the component may not do. */
    @Nullable
    Object bringing(@Nullable Object value) throws SQLException {
        if (schema.current().hasCodeOfTypes()) {
            bringing(BroughtType.of(value));
        }
        return value;
    }

    /** The same by the type's name; null for none. */
    void bringing(@Nullable String type) throws DenialException {
        SchemaSnapshot known = schema.current();
        if (type != null && known.hasCodeOfTypes()) {
            for (String name : BroughtType.names(type)) {
                if (known.runsCode(name)) {
                    prepare("SELECT NULL::\"" + name + '"', Placeholders.NONE);
                }
            }
        }
    }

    private DenialException notPlain(String operation) {
        return escape(operation, "the driver may paste the name into SQL, and it is not a plain name");
    }

    /** Tells an execution alone that it has failed. */
    static void tellFailed(Execution execution, Throwable failure) {
        execution.failed(failure instanceof SQLException exception ? exception.getSQLState() : null);
    }

    /** The application changes the schema path by a call; a null schema stands for the default. */
    void schemaPathChanging(@Nullable String schema) {
        session.schemaPathChanging(schema == null ? "" : schema);
    }

    /** The call has succeeded. */
    void schemaPathChanged(@Nullable String schema) {
        session.schemaPathChanged(schema == null ? "" : schema);
    }

    /** A transaction is about to end, or to return to a savepoint. */
    void transactionEnding() {
        session.transactionEnding();
    }

    /** What was done after a savepoint is undone; its transaction goes on. */
    void savepointEnded() {
        session.transactionEnded();
    }

    /**
     * What a branch of a distributed transaction changed may be kept or undone; no query of ours may be run here.
     *
     * @param isSettled whether no branch goes on
     */
    void branchChanged(boolean isSettled) {
        enter();
        try {
            if (isSettled) {
                transactionSettled();
            }
            session.transactionEnded();
        } finally {
            leave();
        }
    }

    /** A transaction has ended for certain, so that what it changed counts no longer. */
    void transactionSettled() {
        if (runs != null) {
            runs.transactionEnded();
        }
    }

    /** A transaction ended; the moment after it is the one for a query of our own without auto-commit. */
    void transactionEnded() {
        session.transactionEnded();
        if (!session.isStale()) {
            return;
        }
        try {
            if (!real.isClosed() && !real.getAutoCommit()) {
                try {
                    refresh();
                } finally {
                    real.rollback();
                }
            }
        } catch (SQLException | RuntimeException unreadable) { // must not hide what the transaction's end itself threw
            LOG.debug("the session's facts stay stale", unreadable);
        }
    }

    private void refreshBeforeStatement() {
        if (!session.isStale()) {
            return;
        }
        try {
            boolean autoCommit = real.getAutoCommit();
            if (isOutsideTransaction(autoCommit)) {
                refresh();
                if (!autoCommit) {
                    real.rollback(); // our queries must not be the start of the application's transaction
                }
                return;
            }
            if (session.isSchemaUnseen()) {
                // Its transaction has begun with the change itself, so a query of ours disturbs nothing.
                long version = schema.version();
                session.see(SchemaReader.read(real, dialect), SessionReader.readTemporary(real, dialect), version);
            } else if (schema.isOutdated()) {
                // Another session has changed it, and this transaction may still take long.
                schema.refreshAside();
            }
            // Others let anybody ask at any time; on PostgreSQL the transaction may be one that takes no query any
            // more.
            if (autoCommit || (dialect != Dialect.POSTGRESQL && session.isPathStale())) {
                session.refresh(SessionReader.read(real, dialect), false);
            }
        } catch (SQLException unreadable) {
            LOG.debug("the session's facts stay stale", unreadable);
        }
    }

    /** Whether no transaction is open for certain, so that a query of ours disturbs none. */
    private boolean isOutsideTransaction(boolean autoCommit) {
        return switch (session.transaction()) {
            case NONE -> true;
            case OPEN -> false;
            case UNKNOWN -> autoCommit && !session.mayHaveBegun();
        };
    }

    private void refresh() throws SQLException {
        boolean isOutside = session.transaction() == Transactions.State.NONE || !session.mayHaveBegun();
        try {
            if (isOfMySqlFamily()) {
                // A query of ours would change what the application is told of its own one before.
                schema.refreshAside();
            }
            schema.refresh(real);
        } catch (SQLException unreadable) {
            schema.changed(); // what could not be read is still to be read
            throw unreadable;
        }
        session.refresh(SessionReader.read(real, dialect), isOutside);
    }

    private boolean isOfMySqlFamily() {
        return switch (dialect) {
            case H2, POSTGRESQL -> false;
            case MYSQL, MARIADB -> true;
        };
    }

    private static Execution check(Admission admission) throws DenialException {
        if (admission instanceof Execution execution) {
            return execution;
        }
        throw denial((Refusal) admission);
    }

    /** The exception for a refusal, which is logged and told to those who listen. */
    static DenialException denial(Refusal refusal) {
        DenialException denial = new DenialException(refusal);
        if (denial.callingFrame().isEmpty()) {
            LOG.warn(refusal.message());
        } else {
            LOG.warn("{}, called at {}", refusal.message(), denial.callingFrame());
        }
        DenialListeners.tell(denial);
        return denial;
    }
}
