package io.tierguard.guard;

import io.tierguard.sql.SessionChange;
import org.jspecify.annotations.Nullable;

/**
 * What a session has done since its last transaction ended, as far as it matters to whether it may be kept: not once
 * something in it was refused.
 *
 * <p>INVARIANT: while it is doomed no savepoint is set, so that whichever the database returns to was set before the
 * refusal. Safe for use by many threads; what threads do at the same time has no order.
 */
final class UnitOfWork {

    private sealed interface Stage permits Plain, Doomed {}

    private enum Plain implements Stage {
        UNTOUCHED,
        UNDER_WAY
    }

    private record Doomed(Refusal cause, boolean isUntouched) implements Stage {}

    private volatile Stage stage = Plain.UNTOUCHED;

    /** Whether a text has begun a transaction, or may have, that none has ended. */
    private volatile boolean begunByText;

    /** Whether something has run in it and nothing was refused: the hot path. */
    boolean isUnderWay() {
        return stage == Plain.UNDER_WAY;
    }

    /** What was refused in it first; null where nothing was. */
    @Nullable
    Refusal doom() {
        return stage instanceof Doomed doomed ? doomed.cause() : null;
    }

    /** Whether nothing has run in it, so that to keep it keeps nothing. */
    boolean isUntouched() {
        return stage == Plain.UNTOUCHED || (stage instanceof Doomed doomed && doomed.isUntouched());
    }

    /** Something is about to run. */
    synchronized void touch() {
        if (stage == Plain.UNTOUCHED) {
            stage = Plain.UNDER_WAY;
        }
    }

    /** Something in it was refused. */
    synchronized void doom(Refusal cause) {
        if (!(stage instanceof Doomed)) {
            stage = new Doomed(cause, stage == Plain.UNTOUCHED);
        }
    }

    /** All of it has been kept or undone, or there was none. */
    synchronized void renew() {
        begunByText = false;
        stage = Plain.UNTOUCHED;
    }

    /** All of it has been kept, but for what was refused meanwhile by another thread: that dooms what comes. */
    synchronized void kept() {
        begunByText = false;
        if (!(stage instanceof Doomed)) {
            stage = Plain.UNTOUCHED;
        }
    }

    /** What was done in it since a savepoint has been undone. */
    synchronized void returned() {
        stage = Plain.UNDER_WAY;
    }

    boolean isBegunByText() {
        return begunByText;
    }

    /** Takes note of what a text has failed with, which may have run in part. */
    void failed(SessionChange change) {
        if (change instanceof SessionChange.TransactionStart) {
            begunByText = true;
        }
    }

    /** Takes note of what a text has done that has just succeeded. */
    void changed(SessionChange change) {
        if (change instanceof SessionChange.TransactionStart) {
            begunByText = true;
        } else if (change instanceof SessionChange.TransactionEnd end) {
            switch (end.ending()) {
                case KEPT -> begunByText = false;
                case UNDONE -> {
                    begunByText = false;
                    returned();
                }
                case UNDONE_TO_SAVEPOINT -> returned();
            }
        }
    }
}
