package io.tierguard.guard;

import io.tierguard.audit.AuditException;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Policy;
import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.SessionFacts;

/**
 * The guard that statements begun now go by; another policy takes it over whole.
 *
 * <p>Safe for use by many threads.
 */
public final class CurrentGuard {
    private volatile Guard guard;

    /** A guard that may be taken over by another policy. */
    public CurrentGuard(Guard first) {
        this.guard = first;
    }

    /**
     * The guard in force as a connection with these facts sees it, now and after another policy has taken over.
     *
     * @param lookout looks
     */
    public GuardSession open(
            SessionFacts facts,
            ConnectionPlace place,
            LiveSchema schema,
            Transactions transactions,
            SchemaLookout lookout) {
        return new LiveSession(this, facts, place, schema, transactions, lookout);
    }

    /** The guard in force. */
    public Guard guard() {
        return guard;
    }

    /**
     * Lets another policy take over, once that is on the disk.
     *
     * @throws AuditException if it cannot be recorded; then all stays as it was
     */
    public void takeOver(Policy policy, Component component) throws AuditException {
        Guard next = guard.under(policy, component);
        next.recordTakeOver();
        guard = next;
    }
}
