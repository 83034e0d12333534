package io.tierguard.guard;

import io.tierguard.audit.AuditException;
import io.tierguard.audit.AuditLog;
import io.tierguard.audit.AuditStatement;
import io.tierguard.audit.AuditSubject;
import io.tierguard.audit.BoundValues;
import io.tierguard.policy.model.Durability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An audit log that keeps what it is told, or refuses it as a full disk would. */
final class RecordedAudit implements AuditLog {
    final List<String> records = new ArrayList<>();
    /** What each decision's record tells of bound values. */
    final List<BoundValues> values = new ArrayList<>();

    boolean isFull;

    @Override
    public String decided(AuditSubject subject, AuditStatement statement, int batchSize, Durability durability)
            throws AuditException {
        if (isFull) {
            throw new AuditException("audit.jsonl: no space left on device", new IOException());
        }
        values.add(statement.values());
        String decision = statement.isDenied() ? "deny " : statement.isObserved() ? "would-deny " : "allow ";
        String waivers = statement.waivers().isEmpty() ? "" : " " + statement.waivers();
        records.add(decision + statement.summary() + " " + durability + waivers);
        return "id" + records.size();
    }

    @Override
    public void completed(String id, AuditSubject subject, AuditStatement statement, long rows, long durationNanos) {
        records.add("completed " + id + " " + rows);
    }

    @Override
    public void failed(String id, AuditSubject subject, AuditStatement statement, String sqlState, long durationNanos) {
        records.add("failed " + id + " " + sqlState);
    }

    @Override
    public void close() {}
}
