package io.tierguard.jdbc;

import io.tierguard.guard.Execution;
import io.tierguard.guard.GuardSession;
import io.tierguard.guard.Refusal;
import io.tierguard.guard.Transactions;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.LimitScope;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is held to limits so that it can be undone, and counts its rows.
 *
 * <p>INVARIANT: between a run and the moment it is kept or undone no other call of the connection runs, so that none can
 * commit what is over a limit or be undone with it. Who enters leaves, in the same thread.
 */
final class CountedRuns {
    private final Connection real;
    private final Dialect dialect;
    private final GuardSession session;
    private final Doom doom;
    private final ReentrantLock calls = new ReentrantLock();

    /** What the open transaction has changed so far, for each limit that sums over it. */
    private final CountedSavepoints ofTransaction;

    private @Nullable Undo undo;

    CountedRuns(Connection real, Dialect dialect, GuardSession session, Doom doom, BooleanSupplier runsCode) {
        this.real = real;
        this.dialect = dialect;
        this.session = session;
        this.doom = doom;
        this.ofTransaction = new CountedSavepoints(dialect, runsCode);
    }

    void enter() {
        calls.lock();
    }

    void leave() {
        calls.unlock();
    }

    /** Asks for what is about to run. */
    interface Asking {
        List<Execution> ask() throws DenialException;
    }

    /**
     * Enters, unless what is about to run is refused, and prepares to undo it where it is held to a limit.
     *
     * @param texts what is about to run; of a change of a row without SQL, its verb
     */
    List<Execution> hold(List<String> texts, Asking asking) throws SQLException {
        enter();
        try {
            List<Execution> executions = asking.ask();
            forgetEnded();
            ofTransaction.running(texts);
            try {
                begin(executions);
            } catch (Throwable refused) {
                for (Execution execution : executions) {
                    Gate.tellFailed(execution, refused);
                }
                throw refused;
            }
            return executions;
        } catch (Throwable refused) {
            leave();
            throw refused;
        }
    }

    /** A text may have ended the transaction in which something was counted. */
    private void forgetEnded() {
        if (!ofTransaction.isEmpty() && !doom.hasBranch() && session.transaction() == Transactions.State.NONE) {
            ofTransaction.end();
        }
    }

    private void begin(List<Execution> executions) throws SQLException {
        Set<Limit> limits = limits(executions);
        if (limits.isEmpty()) {
            return;
        }
        boolean isWithin = isWithinTransaction();
        // H2's driver alone leaves auto-commit with a transaction that a text has begun; with others a short one of
        // ours would end it.
        if (dialect != Dialect.H2 && !isWithin && session.hasBegunIfAsked()) {
            refuse(
                    executions,
                    limits,
                    "what it does in a transaction begun by a text could not be undone alone; use"
                            + " Connection.setAutoCommit(false)");
            return;
        }
        if (dialect == Dialect.SQLITE && SqliteOpenRows.areThere(real)) {
            refuse(
                    executions,
                    limits,
                    "beside rows that an INSERT, UPDATE or DELETE with RETURNING still has to give nothing can be undone;"
                            + " close its ResultSet first");
            return;
        }
        Optional<Undo> begun = Undo.begin(real, isWithin, dialect);
        undo = begun.orElse(null);
        if (begun.isEmpty()) {
            refuse(
                    executions,
                    limits,
                    "a text has set auto-commit, behind which the driver takes a transaction to be open; use"
                            + " Connection.setAutoCommit");
        }
    }

    /** H2 alone commits each statement of a branch in which auto-commit is turned on; the others refuse that, or let it mean nothing there. */
    private boolean isWithinTransaction() throws SQLException {
        return !real.getAutoCommit() || (doom.hasBranch() && dialect != Dialect.H2);
    }

    /** Throws the denial of what could not be undone, unless it is only observed. */
    private void refuse(List<Execution> executions, Set<Limit> limits, String because) throws DenialException {
        for (Limit limit : limits) {
            Optional<Refusal> refusal = holder(executions, limit).uncounted(limit, because);
            if (refusal.isPresent()) {
                doom.refused(refusal.get());
                throw Denials.of(refusal.get());
            }
        }
    }

    /**
     * Ends a run: over a limit it is undone and denied, else it is kept.
     *
     * @param rows what each execution changed; -1 where that is not known
     * @param results what has to be closed before the run can be undone
     */
    void completed(List<Execution> executions, long[] rows, AutoCloseable results) throws SQLException {
        Undo run = undo;
        undo = null;
        if (run != null) {
            settle(run, executions, rows, results);
        }
        ofTransaction.ran();
        for (int i = 0; i < executions.size(); i++) {
            executions.get(i).completed(rows[i]);
        }
    }

    private void settle(Undo run, List<Execution> executions, long[] rows, AutoCloseable results) throws SQLException {
        try {
            Optional<Refusal> refusal = overLimit(run, executions, rows);
            if (refusal.isPresent()) {
                DenialException denied = Denials.of(refusal.get());
                close(results, denied);
                run.takeBack(denied);
                doom.refused(refusal.get()); // a short transaction of ours is over by now
                throw denied;
            }
            run.keep();
        } catch (Throwable failure) {
            executions.forEach(execution -> Gate.tellFailed(execution, failure));
            throw failure;
        }
    }

    private static void close(AutoCloseable results, DenialException denied) {
        try {
            results.close();
        } catch (Exception unable) {
            denied.addSuppressed(unable);
        }
    }

    /** Ends a run that the database refused; empty-handed where nothing had to be prepared. */
    void failed(Throwable failure) {
        Undo run = undo;
        undo = null;
        ofTransaction.failed();
        if (run != null && !isOfPreparedBranch(failure)) {
            run.takeBackFailed(failure);
        }
    }

    /** H2 changes no row in a branch that is prepared, and says so; to undo that would undo the branch. */
    private boolean isOfPreparedBranch(Throwable failure) {
        return dialect == Dialect.H2
                && doom.isPrepared()
                && String.valueOf(failure.getMessage()).contains("has status PREPARED");
    }

    /** Whether what runs now is held to a limit, so that nothing of it stays if it fails. */
    boolean isHeld() {
        return undo != null;
    }

    /** Whether the server tells nothing more of what has just run once it is kept. */
    boolean takesWhatIsTold() {
        Undo run = undo;
        return run != null && run.takesWhatIsTold();
    }

    /** A transaction has ended for certain. */
    void transactionEnded() {
        ofTransaction.end();
    }

    /** Savepoints may have ended, or be those of another transaction. */
    void forgetSavepoints() {
        ofTransaction.forget();
    }

    /** Sets a savepoint by a call that gives it no name. */
    Savepoint set(GuardedTransaction.SettingSavepoint setting) throws SQLException {
        forgetEnded();
        Savepoint savepoint = setting.run();
        ofTransaction.setByCall(savepoint);
        return savepoint;
    }

    /** The same with a name. */
    Savepoint set(@Nullable String name, GuardedTransaction.SettingSavepoint setting) throws SQLException {
        forgetEnded();
        String known = ofTransaction.settingByCall(name);
        Savepoint savepoint = setting.run();
        ofTransaction.setByCall(savepoint, known);
        return savepoint;
    }

    /** The transaction has returned to a savepoint by a call. */
    void returned(Savepoint savepoint) {
        ofTransaction.returned(savepoint);
    }

    private Optional<Refusal> overLimit(Undo run, List<Execution> executions, long[] rows) {
        Map<Limit, Long> sums = new HashMap<>();
        for (Limit limit : limits(executions)) {
            long changed = sum(limit, executions, rows);
            boolean sumsUp = limit.scope() == LimitScope.TRANSACTION && run.isInTransaction();
            long before = sumsUp ? ofTransaction.sum(limit) : 0;
            long total = changed < 0 ? -1 : before + changed;
            if (total < 0 || total > limit.rows()) {
                Optional<Refusal> refusal = holder(executions, limit).exceeded(limit, total);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            if (sumsUp) {
                sums.put(limit, Math.max(total, before));
            }
        }
        ofTransaction.add(sums);
        return Optional.empty();
    }

    private static long sum(Limit limit, List<Execution> executions, long[] rows) {
        long sum = 0;
        for (int i = 0; i < executions.size(); i++) {
            if (executions.get(i).limits().contains(limit)) {
                if (rows[i] < 0) {
                    return -1;
                }
                sum += rows[i];
            }
        }
        return sum;
    }

    private static Set<Limit> limits(List<Execution> executions) {
        Set<Limit> limits = new LinkedHashSet<>();
        for (Execution execution : executions) {
            limits.addAll(execution.limits());
        }
        return limits;
    }

    private static Execution holder(List<Execution> executions, Limit limit) {
        for (Execution execution : executions) {
            if (execution.limits().contains(limit)) {
                return execution;
            }
        }
        throw new IllegalStateException("nothing is held to the limit " + limit.clause());
    }
}
