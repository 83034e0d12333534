package io.tierguard.jdbc;

import io.tierguard.guard.GuardSession;
import io.tierguard.guard.Refusal;
import io.tierguard.guard.Transactions;
import io.tierguard.policy.model.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Dooms the transaction in which something is refused, so that code which swallows the exception cannot keep the rest. */
final class Doom {
    private final GuardSession session;
    private final Connection real;
    private final OnDenial onDenial;
    private volatile Part part = Part.NONE;

    /** What part the connection has in a branch of a distributed transaction. */
    private enum Part {
        NONE,
        JOINED,
        LEFT,
        PREPARED
    }

    Doom(GuardSession session, Connection real, OnDenial onDenial) {
        this.session = session;
        this.real = real;
        this.onDenial = onDenial;
    }

    /** The connection joins a branch of a distributed transaction, of which its auto-commit need not tell. */
    void joinBranch() {
        part = Part.JOINED;
    }

    /** The connection leaves its branch, which is still open; drivers let what runs then become a part of it, or refuse it. */
    void leaveBranch() {
        part = Part.LEFT;
    }

    /** The branch is prepared, and what is refused from now on is no part of it. */
    void prepareBranch() {
        part = Part.PREPARED;
    }

    /** The branch is kept or undone. */
    void settleBranch() {
        part = Part.NONE;
    }

    /** One that was prepared may have been kept or undone, whichever connection it was on. */
    void settleOtherBranch() {
        if (part == Part.PREPARED) {
            part = Part.NONE;
        }
    }

    /** Whether the last branch of the connection is prepared and nobody has heard that it was kept or undone. */
    boolean isPrepared() {
        return part == Part.PREPARED;
    }

    /** Whether the connection works in a branch of a distributed transaction. */
    boolean isInBranch() {
        return part == Part.JOINED;
    }

    /** Whether such a branch is open on the connection, also one that it has left. */
    boolean hasBranch() {
        return part == Part.JOINED || part == Part.LEFT;
    }

    /** Something is refused: if a transaction is open, it is doomed. */
    void refused(Refusal refusal) {
        if (refusal.reason() != Reason.TRANSACTION_DENIED) {
            refusedAgain(refusal);
        }
    }

    /** Something is not run that was refused earlier, perhaps because another transaction was doomed. */
    void refusedAgain(Refusal refusal) {
        if (onDenial == OnDenial.DOOM && isTrulyInTransaction()) {
            session.doom(refusal);
        }
    }

    /** Passes a call that would keep what a transaction did, or set a savepoint in it, unless it is doomed. */
    void keep(String operation) throws DenialException {
        Optional<Refusal> cause = session.doom();
        if (cause.isPresent()) {
            throw denial(operation, cause.get());
        }
    }

    /** The exception for such a call. */
    DenialException denial(String operation, Refusal cause) {
        return Denials.of(session.refuse(operation, Reason.TRANSACTION_DENIED, cause.dooming()));
    }

    /** Whether a statement that runs now is not a transaction of its own; where nobody can tell, it is taken for none. */
    boolean isInTransaction() {
        try {
            return hasBranch() || !real.getAutoCommit() || isOpen(session.transaction());
        } catch (SQLException | RuntimeException unknown) {
            return true;
        }
    }

    /** The same, where the server is asked if the driver cannot know. */
    private boolean isTrulyInTransaction() {
        try {
            if (hasBranch() || !real.getAutoCommit()) {
                return true;
            }
            Transactions.State asked = session.askedTransaction();
            return isOpen(asked) || !real.getAutoCommit(); // which a failed text may have left, and the answer tells
        } catch (SQLException | RuntimeException unknown) {
            return true;
        }
    }

    private boolean isOpen(Transactions.State state) {
        return switch (state) {
            case OPEN -> true;
            case NONE -> false;
            case UNKNOWN -> session.isBegunByText();
        };
    }
}
