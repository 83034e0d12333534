package io.tierguard.jdbc;

import io.tierguard.guard.GuardSession;
import io.tierguard.guard.Refusal;
import io.tierguard.guard.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions of a guarded connection, as calls begin and end them: the guard hears of each end, and nothing is kept
 * of one that is doomed.
 *
 * <p>Safe for use by the threads that share the connection.
 */
final class GuardedTransaction {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedTransaction.class);

    private final GuardSession session;
    private final SessionUpkeep upkeep;
    private final Connection real;
    private final Doom doom;

    /** Null where no limit could hold. */
    private final @Nullable CountedRuns runs;

    /** Whether the driver may keep the end of a transaction from the server. */
    private final boolean withholdsEnds;

    /** Whether to release the savepoint that has begun a transaction is to keep that, as it is on SQLite. */
    private final boolean keepsByRelease;

    /** Whether a pool that goes by calls takes the connection to be in auto-commit, whatever texts have begun. */
    private volatile boolean isAutoCommitByCalls = true;

    GuardedTransaction(
            GuardSession session,
            SessionUpkeep upkeep,
            Connection real,
            Doom doom,
            @Nullable CountedRuns runs,
            boolean withholdsEnds,
            boolean keepsByRelease) {
        this.session = session;
        this.upkeep = upkeep;
        this.real = real;
        this.doom = doom;
        this.runs = runs;
        this.withholdsEnds = withholdsEnds;
        this.keepsByRelease = keepsByRelease;
    }

    /** What ends a transaction. */
    private interface Ending {
        void run() throws SQLException;
    }

    /** Sets a savepoint; not beside a limited statement, whose own savepoint H2 would take for this one. */
    interface SettingSavepoint {
        Savepoint run() throws SQLException;
    }

    void commit() throws SQLException {
        enter();
        try {
            doom.keep("Connection.commit");
            end(real::commit, session::kept);
        } finally {
            leave();
        }
    }

    /** Always goes on to the real driver; once that has undone everything, nothing is doomed any more. */
    void rollback() throws SQLException {
        enter();
        try {
            end(real::rollback, session::renewed);
        } finally {
            leave();
        }
    }

    /** Turning auto-commit on keeps what a transaction did; a doomed one in which nothing has run has nothing to keep. */
    void setAutoCommit(boolean autoCommit) throws SQLException {
        enter();
        try {
            forgetSavepoints();
            if (!autoCommit) {
                boolean isNew = !doom.isInTransaction();
                real.setAutoCommit(false);
                isAutoCommitByCalls = false;
                if (isNew) {
                    session.renewed();
                    upkeep.transactionBegun();
                }
                return;
            }
            if (!session.isUntouched()) {
                doom.keep("Connection.setAutoCommit");
            }
            if (isAutoCommit()) {
                real.setAutoCommit(true); // it ends nothing, not even what a text has begun
            } else {
                end(() -> real.setAutoCommit(true), session.isUntouched() ? session::renewed : session::kept);
            }
            isAutoCommitByCalls = true;
            upkeep.transactionMarked();
        } finally {
            leave();
        }
    }

    /** Also where the connection broke within a short transaction of ours, and its driver still tells. */
    boolean isInAutoCommit() throws SQLException {
        return real.getAutoCommit() || (runs != null && isAutoCommitByCalls && real.isClosed());
    }

    private boolean isAutoCommit() {
        try {
            return real.getAutoCommit();
        } catch (SQLException closed) {
            return false;
        }
    }

    /** Some drivers, as H2's, commit what is open when this is called. */
    void setTransactionIsolation(int level) throws SQLException {
        enter();
        try {
            if (!session.isUntouched()) {
                doom.keep("Connection.setTransactionIsolation");
            }
            forgetSavepoints();
            real.setTransactionIsolation(level);
        } finally {
            leave();
        }
    }

    private void end(Ending ending, Runnable ended) throws SQLException {
        try {
            session.transactionEnding();
            learnWhatIsOpen();
            ending.run();
            settled();
            ended.run();
            upkeep.transactionBegun();
        } finally {
            session.transactionEnded();
            upkeep.afterTransaction();
        }
    }

    /** A driver that does not know what is open would not end it. */
    private void learnWhatIsOpen() {
        if (withholdsEnds && session.transaction() == Transactions.State.UNKNOWN) {
            session.askedTransaction();
        }
    }

    Savepoint setSavepoint(SettingSavepoint setting) throws SQLException {
        enter();
        try {
            doom.keep("Connection.setSavepoint");
            upkeep.transactionMarked();
            return runs == null ? setting.run() : runs.set(setting);
        } finally {
            leave();
        }
    }

    /** The same with a name. */
    Savepoint setSavepoint(@Nullable String name, SettingSavepoint setting) throws SQLException {
        enter();
        try {
            doom.keep("Connection.setSavepoint");
            upkeep.transactionMarked();
            return runs == null ? setting.run() : runs.set(name, setting);
        } finally {
            leave();
        }
    }

    void releaseSavepoint(Savepoint savepoint) throws SQLException {
        enter();
        try {
            if (keepsByRelease) {
                releaseAndPerhapsKeep(savepoint);
            } else {
                real.releaseSavepoint(savepoint);
            }
        } finally {
            leave();
        }
    }

    private void releaseAndPerhapsKeep(Savepoint savepoint) throws SQLException {
        doom.keep("Connection.releaseSavepoint");
        try {
            session.transactionEnding();
            real.releaseSavepoint(savepoint);
        } finally {
            session.transactionEnded();
        }
    }

    /** None is set in a doomed transaction, so one that the driver returns to was set before that. */
    void rollback(Savepoint savepoint) throws SQLException {
        enter();
        try {
            session.transactionEnding();
            real.rollback(savepoint);
            if (runs != null) {
                runs.returned(savepoint);
            }
            session.returned();
        } finally {
            try {
                session.transactionEnded();
            } finally {
                leave();
            }
        }
    }

    /**
     * Whether nobody who pools the connection would end its doomed transaction, because a text has begun it: only another
     * connection helps then.
     */
    boolean isStuck() {
        return isAutoCommitByCalls && !doom.isInBranch() && session.doom().isPresent();
    }

    /**
     * The application is done with the connection: a doomed transaction is undone before it is closed, because some pools
     * and drivers commit then, and before it serves another unit of work.
     */
    void leaving() {
        if (session.doom().isEmpty() || doom.hasBranch()) {
            return;
        }
        enter();
        try {
            if (real.getAutoCommit()) {
                undoByText();
            } else {
                learnWhatIsOpen();
                real.rollback();
            }
            session.renewed();
        } catch (SQLException | RuntimeException unable) {
            abort(unable);
        } finally {
            leave();
        }
    }

    /** What the driver does not roll back somebody else may commit, as a transaction manager past the guard: not without a connection. */
    private void abort(Exception unable) {
        try {
            if (!real.isClosed()) {
                LOG.warn(
                        "a transaction in which something was denied cannot be rolled back by its connection, which is aborted so"
                                + " that nobody commits it; where a transaction manager ends it, give that a"
                                + " TierguardXADataSource",
                        unable);
                abortOrUndo();
            }
        } catch (SQLException | RuntimeException | LinkageError broken) {
            LOG.debug("a connection with a doomed transaction could not be aborted", broken);
        }
    }

    /** The drivers of H2 and SQLite abort nothing, and do not say so. */
    private void abortOrUndo() throws SQLException {
        real.abort(Runnable::run);
        if (!real.isClosed()) {
            undoByText();
        }
    }

    /** Under auto-commit a text has begun the transaction, and drivers refuse the call. */
    private void undoByText() throws SQLException {
        try (Statement statement = real.createStatement()) {
            statement.execute("ROLLBACK");
        }
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
                settled();
            }
            forgetSavepoints();
            session.transactionEnded();
        } finally {
            leave();
        }
    }

    /**
     * The connection leaves a branch of a distributed transaction; tells what has doomed it, if anything has. It stays
     * doomed then, because drivers let a connection end by itself what it did in a branch that it has left.
     */
    Optional<Refusal> leaveBranch() {
        doom.leaveBranch();
        return session.doom();
    }

    /** The branch that the connection left has been prepared: what is refused from now on is no part of it any more. */
    void branchPrepared() {
        doom.prepareBranch();
        session.kept();
        undoomed();
    }

    /** The branch that the connection left has been kept or undone. */
    void branchSettled() {
        doom.settleBranch();
        session.renewed();
    }

    /** A branch has been settled that was no longer the connection's; without a transaction nothing is doomed any more. */
    void otherBranchSettled() {
        doom.settleOtherBranch();
        undoomed();
    }

    private void undoomed() {
        if (session.doom().isPresent() && !doom.isInTransaction()) {
            session.renewed();
        }
    }

    /** The connection joins a branch of a distributed transaction, in which something may have been refused before. */
    void joinBranch(Optional<Refusal> cause) {
        doom.joinBranch();
        session.renewed();
        if (cause.isPresent()) {
            session.returned();
            session.doom(cause.get());
        }
    }

    /** What has doomed the open transaction, if anything has. */
    Optional<Refusal> doom() {
        return session.doom();
    }

    /** The exception for a call that would keep a branch that is doomed. */
    DenialException denial(String operation, Refusal cause) {
        return doom.denial(operation, cause);
    }

    /** A transaction has ended for certain, so that what it changed counts no longer. */
    private void settled() {
        if (runs != null) {
            runs.transactionEnded();
        }
    }

    private void forgetSavepoints() {
        if (runs != null) {
            runs.forgetSavepoints();
        }
    }

    private void enter() {
        if (runs != null) {
            runs.enter();
        }
    }

    private void leave() {
        if (runs != null) {
            runs.leave();
        }
    }
}
