package io.tierguard.jdbc;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A connection for distributed transactions whose handles are guarded; how a branch ends is told to the guard. */
final class GuardedXAConnection extends GuardedPooledConnection implements XAConnection {
    private final XAConnection real;
    private @Nullable GuardedXAResource resource;

    GuardedXAConnection(GuardingDataSource dataSource, XAConnection real) {
        super(dataSource, real);
        this.real = real;
    }

    @Override
    synchronized boolean isInBranch() {
        return resource != null && resource.isInBranch();
    }

    @Override
    public synchronized @Nullable XAResource getXAResource() throws SQLException {
        XAResource next = real.getXAResource();
        GuardedXAResource last = resource;
        if (next == null) {
            return null;
        }
        if (last == null || !last.isOf(next)) {
            last = new GuardedXAResource(this, next);
            resource = last;
        }
        return last;
    }
}
