package io.tierguard.jdbc;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** The branches of distributed transactions: all goes on, and the session hears when what it changed is kept or undone. */
final class GuardedXAResource implements XAResource {
    private final GuardedXAConnection connection;
    private final XAResource real;
    private volatile boolean isInBranch;

    GuardedXAResource(GuardedXAConnection connection, XAResource real) {
        this.connection = connection;
        this.real = real;
    }

    /** Whether a branch is open on the connection. */
    boolean isInBranch() {
        return isInBranch;
    }

    boolean isOf(XAResource other) {
        return real == other;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        real.start(xid, flags);
        isInBranch = true;
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        try {
            real.end(xid, flags);
            isInBranch = false;
        } finally {
            changed(false);
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        try {
            return real.prepare(xid);
        } finally {
            changed(false);
        }
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        try {
            real.commit(xid, onePhase);
        } finally {
            changed(!isInBranch);
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        try {
            real.rollback(xid);
        } finally {
            changed(!isInBranch);
        }
    }

    /** What was changed in the session may be kept or undone: it is read again before the next statement. */
    private void changed(boolean isSettled) {
        GuardedConnection handle = connection.handle();
        if (handle != null) {
            handle.gate.branchChanged(isSettled);
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
