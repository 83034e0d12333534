package io.tierguard.audit;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share one sync: those that come while one is running wait for the next, which one of them runs for
 * all. No lock is held while the disk works. Waiting ignores interruption. Safe for use by many threads.
 */
final class GroupCommit {

    /** Syncs a file. */
    @FunctionalInterface
    interface Sync {
        /** Returns once everything written before the call is on the disk. */
        void run() throws IOException;
    }

    private static final class Round {
        private boolean isDone;
        private @Nullable IOException failure;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Sync sync;
    private boolean isRunning;
    // INVARIANT: no sync of this round has begun, so it covers whatever was written before joining it.
    private Round next = new Round();

    /** Commits through {@code sync}. */
    GroupCommit(Sync sync) {
        this.sync = sync;
    }

    /**
     * Returns once everything this thread has written is on the disk.
     *
     * @throws IOException if the shared sync failed; it is not tried again, because after a failed sync an operating
     *     system may report success for pages that it has thrown away
     */
    void await() throws IOException {
        lock.lock();
        try {
            Round round = next;
            while (!round.isDone) {
                if (isRunning) {
                    changed.awaitUninterruptibly();
                } else {
                    lead(round);
                }
            }
            if (round.failure != null) {
                throw new IOException(round.failure.getMessage(), round.failure);
            }
        } finally {
            lock.unlock();
        }
    }

    private void lead(Round round) {
        isRunning = true;
        next = new Round();
        lock.unlock();
        @Nullable IOException failure = null;
        try {
            sync.run();
        } catch (IOException e) {
            failure = e;
        } finally {
            lock.lock();
            isRunning = false;
            round.isDone = true;
            round.failure = failure;
            changed.signalAll();
        }
    }
}
