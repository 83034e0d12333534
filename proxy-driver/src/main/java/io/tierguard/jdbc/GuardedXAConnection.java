package io.tierguard.jdbc;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A connection for distributed transactions whose handles are guarded; how a branch ends is told to the guard. */
final class GuardedXAConnection extends GuardedPooledConnection implements XAConnection {
    private final XAConnection real;
    private final XaBranches branches = new XaBranches();
    private @Nullable GuardedXAResource resource; // MariaDB's driver makes one each time

    GuardedXAConnection(GuardingDataSource dataSource, XAConnection real) {
        super(dataSource, real);
        this.real = real;
    }

    @Override
    boolean hasBranch() {
        return branches.hasOpen();
    }

    @Override
    boolean isInBranch() {
        return branches.isJoined();
    }

    @Override
    public synchronized @Nullable XAResource getXAResource() throws SQLException {
        XAResource next = real.getXAResource();
        GuardedXAResource last = resource;
        if (next == null) {
            return null;
        }
        if (last == null || !last.isOf(next)) {
            last = new GuardedXAResource(this, next, branches);
            resource = last;
        }
        return last;
    }
}
