package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import io.tierguard.guard.Admission;
import io.tierguard.guard.Execution;
import io.tierguard.guard.GuardSession;
import io.tierguard.guard.Refusal;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.ReturningClause;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way through which all objects of a guarded connection ask: an admission comes back or a denial is thrown.
 *
 * <p>Safe for use by the threads that share the connection.
 */
final class Gate {
    /** What the real driver may paste into SQL of its own. */
    final PastedNames names;

    /** The connection's transactions. */
    final GuardedTransaction transaction;

    private final GuardSession session;
    private final LiveSchema schema;
    private final Doom doom;
    private final SessionUpkeep upkeep;
    private final BatchAdmission batches;
    private final Dialect dialect;
    private final Connection real;
    private final ComputedTexts computed;

    private final boolean isOfConnectorJ;

    /** Null where nobody looks after the policy's files. */
    private final @Nullable PolicyWatch watch;

    /** Null where no limit could hold. */
    private final @Nullable CountedRuns runs;

    Gate(
            GuardSession session,
            LiveSchema schema,
            Connection real,
            Dialect dialect,
            OnDenial onDenial,
            @Nullable PolicyWatch watch) {
        this.names = new PastedNames(this, VendorViews.isOfPostgresql(real));
        this.session = session;
        this.watch = watch;
        this.schema = schema;
        this.doom = new Doom(session, real, onDenial);
        this.upkeep = new SessionUpkeep(session, schema, real, dialect, doom);
        this.batches = new BatchAdmission(this, session);
        this.dialect = dialect;
        this.real = real;
        this.computed = new ComputedTexts(real, dialect);
        this.runs = session.countsRows() ? new CountedRuns(real, dialect, session, doom, this::mayHoldCode) : null;
        this.isOfConnectorJ = dialect.isOfMySqlFamily() && ConnectorJ.isDriverOf(real);
        this.transaction = new GuardedTransaction(
                session,
                upkeep,
                real,
                doom,
                runs,
                isOfConnectorJ && ConnectorJ.withholdsEnds(real),
                dialect == Dialect.SQLITE);
    }

    /** Whether the database may hold code of a user's own. */
    private boolean mayHoldCode() {
        return session.hasUnread()
                || session.isSchemaUnseen()
                || schema.current().holdsCode();
    }

    /** Whether bound values may have to be recorded, so that they must be kept. */
    boolean showsValues() {
        return session.showsValues();
    }

    /** The dialect that the connection's texts are in. */
    Dialect dialect() {
        return dialect;
    }

    /**
     * Whether a database is a catalog to JDBC or a schema, as a setting of the driver has it, which ignores what sets the
     * other: only the session itself tells where it then is.
     */
    boolean namesSchemasTwice() {
        return switch (dialect) {
            case H2, POSTGRESQL, SQLITE, ANSI, ORACLE, SQLSERVER -> false;
            case MYSQL, MARIADB -> true;
        };
    }

    /** Where a statement that is made now will run. */
    StatementHome home(boolean isPrepared) throws SQLException {
        return namesSchemasTwice()
                ? StatementHome.of(real, isPrepared ? session.schemaPath() : List.of())
                : StatementHome.ANYWHERE;
    }

    /**
     * Passes an execution, unless the statement would run in another database than the one by which it is judged.
     *
     * @param sql what would run; null where it is several texts
     */
    void checkHome(StatementHome home, boolean isPrepared, @Nullable String sql) throws SQLException {
        if (home.equals(StatementHome.ANYWHERE) || (sql != null && upkeep.mustWait(sql))) {
            return;
        }
        if (!session.hasUnread()) {
            beforeStatement();
        }
        StatementHome now;
        try {
            now = home(isPrepared);
        } catch (SQLException untold) {
            if (real.isClosed()) {
                return; // nothing runs any more, and the driver's own refusal says of what
            }
            throw untold;
        }
        if (!home.equals(now)) {
            throw refused(session.refuse(
                    "EXECUTE",
                    Reason.SESSION_CHANGE,
                    "the session has another database than when the statement was made, which would run in that one;"
                            + " make it again"));
        }
    }

    /** Passes a text that may be prepared; a null text goes on, for the driver to refuse. */
    void prepare(@Nullable String sql, Placeholders placeholders) throws DenialException {
        if (sql == null) {
            return;
        }
        watch();
        if (dialect == Dialect.SQLITE) {
            Admission admission;
            synchronized (upkeep) {
                readBefore(sql);
                admission = session.prepare(computed.told(sql), placeholders);
            }
            check(admission);
        } else if (!session.mayPrepareUnread(sql, placeholders)) {
            readBefore(sql);
            check(session.prepare(computed.told(sql), placeholders));
        }
    }

    /**
     * Passes a text that may run now; a null text goes on, for the driver to refuse. Who has passed says what came of it,
     * by {@link #completed} or {@link #failed}.
     */
    Execution admit(@Nullable String sql, Placeholders placeholders, Supplier<BoundValues> bound) throws SQLException {
        return runs == null
                ? admitted(sql, placeholders, bound)
                : runs.hold(sql == null ? List.of() : List.of(sql), () -> List.of(admitted(sql, placeholders, bound)))
                        .get(0);
    }

    private Execution admitted(@Nullable String sql, Placeholders placeholders, Supplier<BoundValues> bound)
            throws DenialException {
        if (sql == null) {
            return Execution.UNRECORDED;
        }
        watch();
        Optional<Admission> unread = session.admitUnread(sql, placeholders, bound);
        if (unread.isPresent()) {
            return check(unread.get());
        }
        if (dialect == Dialect.SQLITE) {
            // What looks may end a transaction in which nothing has run, so nothing may begin to run meanwhile.
            synchronized (upkeep) {
                readBefore(sql);
                return check(session.admit(computed.told(sql), placeholders, 0, bound));
            }
        }
        readBefore(sql);
        return check(session.admit(computed.told(sql), placeholders, 0, bound));
    }

    /**
     * Passes the texts of one batch, all before any of them runs: what the session is now is read at most once, because
     * between them nothing has changed yet.
     */
    List<Execution> admitBatch(List<BatchedText> texts) throws SQLException {
        return runs == null ? admittedBatch(texts) : runs.hold(BatchedText.texts(texts), () -> admittedBatch(texts));
    }

    private List<Execution> admittedBatch(List<BatchedText> texts) throws DenialException {
        if (dialect == Dialect.SQLITE) {
            synchronized (upkeep) {
                beforeStatement();
                return batches.admit(texts);
            }
        }
        beforeStatement();
        return batches.admit(texts);
    }

    /** Passes a change of rows that is made without SQL. */
    Execution admit(String operation, Effect effect) throws SQLException {
        return runs == null
                ? admitted(operation, effect)
                : runs.hold(List.of(effect.verb().toString()), () -> List.of(admitted(operation, effect)))
                        .get(0);
    }

    private Execution admitted(String operation, Effect effect) throws DenialException {
        beforeStatement();
        return check(session.admit(operation, effect));
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

    /** The same of what has given rows back, which are closed before it is undone. */
    void completed(Execution execution, long rows, @Nullable AutoCloseable results) throws SQLException {
        if (runs == null) {
            execution.completed(rows);
            return;
        }
        try {
            runs.completed(List.of(execution), new long[] {rows}, results == null ? () -> {} : results);
        } finally {
            runs.leave();
        }
    }

    /** Whether the server tells nothing more of what has just run once it is {@link #completed}. */
    boolean takesWhatIsTold() {
        return runs != null && runs.takesWhatIsTold();
    }

    /** Whether what was admitted last is held to a limit on PostgreSQL. */
    boolean isHeldInPostgresql() {
        return runs != null && dialect == Dialect.POSTGRESQL && runs.isHeld();
    }

    /** Whether the driver may run a prepared text to describe its result. */
    boolean mayRunToDescribe(String sql) {
        return isOfConnectorJ && ConnectorJ.mayRunToDescribe(sql);
    }

    /** Whether rows have to be closed before what was admitted last could be undone. */
    boolean mustCloseRows() {
        return runs != null && dialect == Dialect.SQLITE && runs.isHeld();
    }

    /** Whether any limit of rows could hold on PostgreSQL. */
    boolean countsRowsOfPostgresql() {
        return runs != null && dialect == Dialect.POSTGRESQL;
    }

    /** Whether a text that is prepared gives rows back on PostgreSQL that may count towards a limit. */
    boolean returnsCounted(@Nullable String sql) {
        return runs != null
                && sql != null
                && VendorViews.isOfPostgresql(real)
                && ReturningClause.isIn(sql, Placeholders.QUESTION_MARKS);
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
            runs.completed(executions, rows, () -> {});
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

    /** The exception for a call that would change something past the guard. */
    DenialException escape(String operation, String because) {
        return refused(session.refuse(operation, Reason.ESCAPES_GUARD, because));
    }

    /** The exception for a batch to which something could not be added; what it would run now is doomed like what is refused now. */
    DenialException again(DenialException earlier) {
        Refusal refusal = earlier.reason() == Reason.TRANSACTION_DENIED
                ? session.refuse(
                        "Statement.executeBatch",
                        Reason.TRANSACTION_DENIED,
                        "a text was refused when it was added to the batch, in a transaction of which something had been denied;"
                                + " call Statement.clearBatch and add them again")
                : earlier.refusal();
        within(() -> doom.refusedAgain(refusal));
        return earlier.reason() == Reason.TRANSACTION_DENIED ? Denials.of(refusal) : new DenialException(refusal);
    }

    /** The exception for a call that would hand out an object past the guard: that changes nothing, and dooms nothing. */
    DenialException withheld(String operation, String because) {
        return Denials.of(session.refuse(operation, Reason.ESCAPES_GUARD, because));
    }

    /** Passes a call that hands out the real driver's object. */
    void unwrap(String operation) throws DenialException {
        if (session.unwrap(operation) instanceof Refusal refusal) {
            throw Denials.of(refusal);
        }
    }

    /** Whether {@link #unwrap} would pass. */
    boolean mayUnwrap() {
        return session.mayUnwrap();
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

    private void readBefore(String sql) {
        if (!upkeep.mustWait(sql)) {
            upkeep.beforeStatement();
        }
    }

    private void beforeStatement() {
        watch();
        upkeep.beforeStatement();
    }

    private void watch() {
        if (watch != null) {
            watch.look();
        }
    }

    /** The execution that is admitted; a refusal is thrown. */
    Execution check(Admission admission) throws DenialException {
        if (admission instanceof Execution execution) {
            return execution;
        }
        throw refused((Refusal) admission);
    }

    /** Within a short transaction of ours another thread's refusal dooms nothing. */
    private DenialException refused(Refusal refusal) {
        within(() -> doom.refused(refusal));
        return Denials.of(refusal);
    }

    private void within(Runnable dooming) {
        if (runs != null) {
            runs.enter();
        }
        try {
            dooming.run();
        } finally {
            if (runs != null) {
                runs.leave();
            }
        }
    }
}
