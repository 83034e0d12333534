package io.tierguard.jdbc;

import io.tierguard.guard.Refusal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.Xid;

/**
 * The branches of distributed transactions in which something was refused, from when a connection leaves them to when they
 * are rolled back.
 *
 * <p>Safe for use by many threads.
 */
final class DoomedBranches {
    /** What names a branch, whatever the transaction manager's own equality is. */
    record Branch(int format, ByteBuffer transaction, ByteBuffer qualifier) {
        static Branch of(Xid xid) {
            return new Branch(
                    xid.getFormatId(),
                    ByteBuffer.wrap(xid.getGlobalTransactionId().clone()),
                    ByteBuffer.wrap(xid.getBranchQualifier().clone()));
        }
    }

    private final Map<Branch, Refusal> causes = new ConcurrentHashMap<>();

    void add(Xid xid, Refusal cause) {
        causes.putIfAbsent(Branch.of(xid), cause);
    }

    Optional<Refusal> causeOf(Xid xid) {
        return causes.isEmpty() ? Optional.empty() : Optional.ofNullable(causes.get(Branch.of(xid)));
    }

    /** The branch is no more. */
    void forget(Xid xid) {
        if (!causes.isEmpty()) {
            causes.remove(Branch.of(xid));
        }
    }
}
