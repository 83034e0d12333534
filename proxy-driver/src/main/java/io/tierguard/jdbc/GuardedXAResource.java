package io.tierguard.jdbc;

import io.tierguard.guard.Refusal;
import java.util.Optional;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** The branches of distributed transactions: all goes on, and the session hears when what it changed is kept or undone. */
final class GuardedXAResource implements XAResource {
    private final GuardedXAConnection connection;
    private final XAResource real;
    private final DoomedBranches doomed = new DoomedBranches();
    private volatile DoomedBranches.@Nullable Branch current;

    GuardedXAResource(GuardedXAConnection connection, XAResource real) {
        this.connection = connection;
        this.real = real;
    }

    /** Whether a branch is open on the connection. */
    boolean isInBranch() {
        return current != null;
    }

    boolean isOf(XAResource other) {
        return real == other;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        GuardedConnection handle = connection.handle();
        if (handle != null) {
            refuseDoomed(handle, xid);
        }
        real.start(xid, flags);
        current = DoomedBranches.Branch.of(xid);
        if (handle != null) {
            handle.gate.transaction.joinBranch(doomed.causeOf(xid));
        }
    }

    /** What is doomed becomes part of no branch but its own. */
    private void refuseDoomed(GuardedConnection handle, Xid xid) throws XAException {
        Optional<Refusal> cause = handle.gate.transaction.doom();
        if (cause.isPresent() && doomed.causeOf(xid).isEmpty()) {
            XAException outside = new XAException(XAException.XAER_OUTSIDE);
            outside.initCause(handle.gate.transaction.denial("XAResource.start", cause.get()));
            throw outside;
        }
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        try {
            real.end(xid, flags);
            current = null;
            leave(xid);
        } finally {
            changed(false);
        }
    }

    /** What was refused in the branch stays with it. */
    private void leave(Xid xid) {
        GuardedConnection handle = connection.handle();
        if (handle != null) {
            handle.gate.transaction.leaveBranch().ifPresent(cause -> doomed.add(xid, cause));
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        keep("XAResource.prepare", xid);
        try {
            return real.prepare(xid);
        } finally {
            changed(false);
        }
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (onePhase) {
            keep("XAResource.commit", xid);
        }
        try {
            real.commit(xid, onePhase);
            doomed.forget(xid);
        } finally {
            changed(!isInBranch());
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        try {
            real.rollback(xid);
            GuardedConnection handle = connection.handle();
            if (handle != null && doomed.causeOf(xid).isPresent()) {
                handle.gate.transaction.undone();
            }
            doomed.forget(xid);
        } finally {
            changed(!isInBranch());
        }
    }

    /** A doomed branch is rolled back, and the transaction manager hears that it was. */
    private void keep(String operation, Xid xid) throws XAException {
        GuardedConnection handle = connection.handle();
        if (handle == null) {
            return;
        }
        if (DoomedBranches.Branch.of(xid).equals(current)) {
            handle.gate.transaction.doom().ifPresent(cause -> doomed.add(xid, cause));
        }
        Optional<Refusal> cause = doomed.causeOf(xid);
        if (cause.isEmpty()) {
            return;
        }
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
        GuardedConnection handle = connection.handle();
        if (handle != null) {
            handle.gate.transaction.branchChanged(isSettled);
        }
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
