package io.tierguard.audit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that need not be in the file before their statement goes on. It is bounded: who finds it full waits. Safe for
 * use by many threads.
 *
 * <p>While the file can't be written nobody waits for it: decisions try the file themselves, and so fail with it, and
 * outcomes past the bound are counted, to be noted in the file once it takes records again.
 */
final class RecordQueue {
    private static final Logger LOGGER = LoggerFactory.getLogger(RecordQueue.class);
    private static final long RETRY_MILLIS = 200;

    /** Where records go in the end. */
    @FunctionalInterface
    interface Destination {
        /** Writes a record. */
        void append(AuditEvent event) throws AuditException;
    }

    private final int capacity;
    private final Destination destination;
    private final WriterIds ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<AuditEvent> waiting = new ArrayDeque<>();
    private final Thread writer;
    private @Nullable AuditException fault;
    private long lost;
    private boolean isDraining;

    /** A queue of at most {@code capacity} records. */
    RecordQueue(int capacity, Destination destination, WriterIds ids) {
        this.capacity = capacity;
        this.destination = destination;
        this.ids = ids;
        writer = new Thread(this::writeAll, "tierguard-audit");
        writer.setDaemon(true);
        writer.setContextClassLoader(null);
    }

    /** Starts writing what is queued. */
    void start() {
        writer.start();
    }

    /** Queues a decision; while the file can't be written or the queue is being emptied, writes it at once. */
    void putDecision(AuditEvent decision) throws AuditException {
        lock.lock();
        try {
            awaitRoom();
            if (fault == null && !isDraining) {
                add(decision);
                return;
            }
        } finally {
            lock.unlock();
        }
        destination.append(decision);
    }

    /** Queues an outcome; never throws. */
    void putOutcome(AuditEvent outcome) {
        lock.lock();
        try {
            awaitRoom();
            if (!isDraining) {
                if (waiting.size() < capacity) {
                    add(outcome);
                } else {
                    lost++;
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        try {
            destination.append(outcome);
        } catch (AuditException | RuntimeException e) {
            LOGGER.error("an outcome is not in the audit log", e);
        }
    }

    /**
     * Has everything queued written, and from now on each record at once; gives up when the file can't be written or
     * the time is over.
     */
    void drain(Duration patience) {
        long remaining = patience.toNanos();
        boolean isInterrupted = false;
        lock.lock();
        try {
            isDraining = true;
            changed.signalAll();
            while (!waiting.isEmpty() && fault == null && remaining > 0) {
                try {
                    remaining = changed.awaitNanos(remaining);
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
            if (!waiting.isEmpty()) {
                LOGGER.error("{} records are not in the audit log", waiting.size() + lost, fault);
            }
        } finally {
            lock.unlock();
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void awaitRoom() {
        while (waiting.size() >= capacity && fault == null && !isDraining) {
            changed.awaitUninterruptibly();
        }
    }

    private void add(AuditEvent event) {
        waiting.add(event);
        if (waiting.size() == 1) {
            changed.signalAll();
        }
    }

    private void writeAll() {
        @Nullable AuditEvent next = first();
        while (next != null) {
            try {
                destination.append(next);
                written();
            } catch (AuditException e) {
                failed(e);
            } catch (RuntimeException | Error e) {
                LOGGER.error("a record cannot be written and is left out", e);
                leftOut();
            }
            next = first();
        }
    }

    /** The record to write next; null once the queue is drained. Only the writer's thread takes records out. */
    private @Nullable AuditEvent first() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !isDraining) {
                changed.awaitUninterruptibly();
            }
            return waiting.peek();
        } finally {
            lock.unlock();
        }
    }

    private void written() {
        lock.lock();
        try {
            waiting.poll();
            if (fault != null) {
                LOGGER.warn("the audit log can be written again");
                fault = null;
            }
            if (lost > 0) {
                String note = lost + " records could not be written and are missing here";
                waiting.add(new AuditEvent.Noted(Origin.here(ids.next()), note));
                lost = 0;
            }
            announceRoom();
        } finally {
            lock.unlock();
        }
    }

    private void leftOut() {
        lock.lock();
        try {
            waiting.poll();
            lost++;
            announceRoom();
        } finally {
            lock.unlock();
        }
    }

    private void announceRoom() {
        if (waiting.size() == capacity - 1 || waiting.isEmpty()) {
            changed.signalAll();
        }
    }

    private void failed(AuditException e) {
        lock.lock();
        try {
            if (fault == null) {
                LOGGER.error("the audit log cannot be written; {} records wait", waiting.size(), e);
            }
            fault = e;
            changed.signalAll();
            if (!isDraining) {
                pause();
            }
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        try {
            long remaining = TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
            while (remaining > 0 && !isDraining) {
                remaining = changed.awaitNanos(remaining);
            }
        } catch (InterruptedException e) {
            LOGGER.debug("interrupted while waiting for the audit log; trying again now", e);
        }
    }
}
