package io.tierguard.jdbc;

import io.tierguard.guard.Refusal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The branches of distributed transactions that a connection knows, whichever of its resources they go through: the one that is open on
 * it, and those in which something was refused, until they are rolled back.
 *
 * <p>Safe for use by many threads.
 */
final class XaBranches {
    /** What names a branch, whatever the transaction manager's own equality is. */
    private record Branch(int format, ByteBuffer transaction, ByteBuffer qualifier) {
        static Branch of(Xid xid) {
            return new Branch(
                    xid.getFormatId(),
                    ByteBuffer.wrap(xid.getGlobalTransactionId().clone()),
                    ByteBuffer.wrap(xid.getBranchQualifier().clone()));
        }
    }

    private final Map<Branch, Refusal> causes = new ConcurrentHashMap<>();

    /** The one that is open, from its start until it is prepared, kept or undone, or the next one begins. */
    private volatile @Nullable Branch open;

    /** Whether the connection works in it, and has not left it. */
    private volatile boolean isJoined;

    /** The connection works in a branch. */
    void join(Xid xid) {
        open = Branch.of(xid);
        isJoined = true;
    }

    /** The connection works in the branch no more, which is still open. */
    void leave(Xid xid) {
        open = Branch.of(xid);
        isJoined = false;
    }

    /** The branch is open on the connection no more; tells whether it was. */
    boolean close(Xid xid) {
        if (!isOpen(xid)) {
            return false;
        }
        open = null;
        isJoined = false;
        return true;
    }

    /** Whether the connection works in a branch. */
    boolean isJoined() {
        return isJoined;
    }

    /** Whether a branch is open on the connection, also one that it has left. */
    boolean hasOpen() {
        return open != null;
    }

    /** Whether it is this one. */
    boolean isOpen(Xid xid) {
        return Branch.of(xid).equals(open);
    }

    /** Something was refused in the branch. */
    void doom(Xid xid, Refusal cause) {
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
