package io.tierguard.audit;

import io.tierguard.policy.model.Durability;

/** Where records go. Safe for use by many threads. */
public interface AuditLog extends AutoCloseable {

    /**
     * Records a decision before it takes effect.
     *
     * @param batchSize how many executions it stands for; 0 when it is no batch
     * @return the record's id, which its outcome repeats
     * @throws AuditException if the record is not as safe as {@code durability} asks
     */
    String decided(AuditSubject subject, AuditStatement statement, int batchSize, Durability durability)
            throws AuditException;

    /**
     * Records that a statement that was recorded as decided has run; never throws, because it already happened.
     *
     * @param id the decision's id
     * @param rows the rows it changed; -1 when not known
     * @param durationNanos how long the real driver took, in nanoseconds
     */
    void completed(String id, AuditSubject subject, AuditStatement statement, long rows, long durationNanos);

    /**
     * Records that a statement that was recorded as decided has failed; never throws.
     *
     * @param id the decision's id
     * @param sqlState the database's SQLState, empty when it gave none
     * @param durationNanos how long the real driver took, in nanoseconds
     */
    void failed(String id, AuditSubject subject, AuditStatement statement, String sqlState, long durationNanos);

    /** Writes what is still waiting and lets go of the file. */
    @Override
    void close();
}
