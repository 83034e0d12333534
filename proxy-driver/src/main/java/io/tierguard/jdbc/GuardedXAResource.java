package io.tierguard.jdbc;

import io.tierguard.guard.Refusal;
import io.tierguard.sql.Dialect;
import java.util.Optional;
import java.util.function.Consumer;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The branches of distributed transactions: all goes on, and the session hears when what it changed is kept or undone.
 *
 * <p>INVARIANT: a branch in which something was refused is never kept. It counts as open on the connection until it is prepared,
 * kept or undone, because drivers let what runs after its end still become a part of it.
 */
final class GuardedXAResource implements XAResource {
    private final GuardedXAConnection connection;
    private final XAResource real;
    private final XaBranches branches;

    /** A resource of the connection, which shares with its others what is known of the branches. */
    GuardedXAResource(GuardedXAConnection connection, XAResource real, XaBranches branches) {
        this.connection = connection;
        this.real = real;
        this.branches = branches;
    }

    boolean isOf(XAResource other) {
        return real == other;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        GuardedConnection handle = connection.handle();
        Optional<Refusal> cause = causeOf(xid);
        if (handle != null && cause.isEmpty()) {
            refuseDoomed(handle);
        }
        real.start(xid, flags);
        branches.join(xid);
        if (handle != null) {
            handle.gate.transaction.joinBranch(cause);
        }
    }

    /** What is doomed becomes part of no branch but its own. */
    private static void refuseDoomed(GuardedConnection handle) throws XAException {
        Optional<Refusal> cause = handle.gate.transaction.doom();
        if (cause.isPresent()) {
            XAException outside = new XAException(XAException.XAER_OUTSIDE);
            outside.initCause(handle.gate.transaction.denial("XAResource.start", cause.get()));
            throw outside;
        }
    }

    /** What has doomed a branch: before the connection left it, or since. */
    private Optional<Refusal> causeOf(Xid xid) {
        Optional<Refusal> cause = branches.causeOf(xid);
        GuardedConnection handle = connection.handle();
        return cause.isPresent() || handle == null || !branches.isOpen(xid) ? cause : handle.gate.transaction.doom();
    }

    /** What has doomed what would be kept by the name of a branch: H2 keeps the one that is open, whichever is named. */
    private Optional<Refusal> causeOfKept(Xid xid, GuardedConnection handle) {
        Optional<Refusal> cause = causeOf(xid);
        boolean isAny = handle.gate.dialect() == Dialect.H2 && branches.hasOpen();
        return cause.isPresent() || !isAny ? cause : handle.gate.transaction.doom();
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        try {
            real.end(xid, flags);
            branches.leave(xid);
            leave(xid);
        } finally {
            changed(false);
        }
    }

    /** What was refused in the branch stays with it. */
    private void leave(Xid xid) {
        GuardedConnection handle = connection.handle();
        if (handle != null) {
            handle.gate.transaction.leaveBranch().ifPresent(cause -> branches.doom(xid, cause));
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        keep("XAResource.prepare", xid);
        try {
            int vote = real.prepare(xid);
            if (branches.close(xid)) {
                tell(GuardedTransaction::branchPrepared);
            }
            return vote;
        } catch (XAException failure) {
            settleRolledBack(xid, failure);
            throw failure;
        } finally {
            changed(false);
        }
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        keep("XAResource.commit", xid);
        settle(xid, () -> real.commit(xid, onePhase));
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        settle(xid, () -> real.rollback(xid));
    }

    /** What keeps a branch or undoes it. */
    private interface Settling {
        void run() throws XAException;
    }

    private void settle(Xid xid, Settling settling) throws XAException {
        try {
            settling.run();
            settled(xid);
        } catch (XAException failure) {
            settleRolledBack(xid, failure);
            throw failure;
        } finally {
            changed(!branches.hasOpen());
        }
    }

    /** Some failures tell that the branch has been rolled back instead. */
    private void settleRolledBack(Xid xid, XAException failure) {
        if (failure.errorCode >= XAException.XA_RBBASE && failure.errorCode <= XAException.XA_RBEND) {
            settled(xid);
        }
    }

    /** A branch has been kept or undone, and what was refused in it with it. */
    private void settled(Xid xid) {
        branches.forget(xid);
        tell(branches.close(xid) ? GuardedTransaction::branchSettled : GuardedTransaction::otherBranchSettled);
    }

    private void tell(Consumer<GuardedTransaction> news) {
        GuardedConnection handle = connection.handle();
        if (handle != null) {
            news.accept(handle.gate.transaction);
        }
    }

    /** A doomed branch is rolled back, and the transaction manager hears that it was. */
    private void keep(String operation, Xid xid) throws XAException {
        GuardedConnection handle = connection.handle();
        Optional<Refusal> cause = handle == null ? Optional.empty() : causeOfKept(xid, handle);
        if (handle == null || cause.isEmpty()) {
            return;
        }
        branches.doom(xid, cause.get()); // in case that it cannot be rolled back now
        DenialException denial = handle.gate.transaction.denial(operation, cause.get());
        XAException rolledBack = new XAException(XAException.XA_RBROLLBACK);
        rolledBack.initCause(denial);
        try {
            rollback(xid);
        } catch (XAException unable) {
            unable.addSuppressed(denial);
            throw unable;
        }
        throw rolledBack;
    }

    /** What was changed in the session may be kept or undone: it is read again before the next statement. */
    private void changed(boolean isSettled) {
        tell(transaction -> transaction.branchChanged(isSettled));
    }

    @Override
    public void forget(Xid xid) throws XAException {
        real.forget(xid);
    }

    @Override
    public Xid @Nullable [] recover(int flag) throws XAException {
        return real.recover(flag);
    }

    @Override
    public boolean isSameRM(@Nullable XAResource other) throws XAException {
        return real.isSameRM(other instanceof GuardedXAResource guarded ? guarded.real : other);
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return real.setTransactionTimeout(seconds);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return real.getTransactionTimeout();
    }
}
