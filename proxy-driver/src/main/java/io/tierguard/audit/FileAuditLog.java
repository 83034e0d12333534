package io.tierguard.audit;

import io.tierguard.policy.model.Durability;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit log in a file of JSON lines. Safe for use by many threads. */
final class FileAuditLog implements AuditLog {
    private static final Logger LOGGER = LoggerFactory.getLogger(FileAuditLog.class);
    private static final int QUEUE_CAPACITY = 8192;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AuditFile file;
    private final WriterIds ids;
    private final GroupCommit commit;
    private final RecordQueue queue;
    private final Consumer<FileAuditLog> onClose;

    /** A log into {@code file}; {@code onClose} decides whether closing it lets go of the file. */
    FileAuditLog(AuditFile file, WriterIds ids, Consumer<FileAuditLog> onClose) {
        this.file = file;
        this.ids = ids;
        this.onClose = onClose;
        this.commit = new GroupCommit(file::sync);
        this.queue = new RecordQueue(QUEUE_CAPACITY, file::append, ids);
        queue.start();
    }

    @Override
    public String decided(AuditSubject subject, AuditStatement statement, int batchSize, Durability durability)
            throws AuditException {
        String id = ids.next();
        AuditEvent decision = new AuditEvent.Decided(Origin.here(id), subject, statement, batchSize);
        switch (durability) {
            case ASYNC -> queue.putDecision(decision);
            case FLUSH -> file.append(decision);
            case FSYNC -> {
                file.append(decision);
                sync();
            }
        }
        return id;
    }

    @Override
    public void completed(String id, AuditSubject subject, AuditStatement statement, long rows, long durationNanos) {
        queue.putOutcome(new AuditEvent.Completed(Origin.here(id), subject, statement, rows, durationNanos));
    }

    @Override
    public void failed(String id, AuditSubject subject, AuditStatement statement, String sqlState, long durationNanos) {
        queue.putOutcome(new AuditEvent.Failed(Origin.here(id), subject, statement, sqlState, durationNanos));
    }

    /** Lets go of the file once everyone who opened it has closed it. */
    @Override
    public void close() {
        onClose.accept(this);
    }

    /** Writes what is queued. */
    void drain() {
        queue.drain(PATIENCE);
    }

    /** Writes what is queued and lets go of the file. */
    void release() {
        drain();
        try {
            file.close();
        } catch (IOException e) {
            LOGGER.error("the audit log did not close well", file.fault(e));
        }
    }

    private void sync() throws AuditException {
        try {
            commit.await();
        } catch (IOException e) {
            throw file.fault(e);
        }
    }
}
