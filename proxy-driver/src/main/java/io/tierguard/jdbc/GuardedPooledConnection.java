package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/** A pooled connection whose handles are guarded, and whose events name it and never the real one. */
class GuardedPooledConnection implements PooledConnection {
    private final GuardingDataSource dataSource;
    private final PooledConnection real;
    private final Map<ConnectionEventListener, ConnectionEventListener> listeners = new ConcurrentHashMap<>();
    private final Map<StatementEventListener, StatementEventListener> ofStatements = new ConcurrentHashMap<>();
    private volatile @Nullable GuardedConnection handle;

    GuardedPooledConnection(GuardingDataSource dataSource, PooledConnection real) {
        this.dataSource = dataSource;
        this.real = real;
    }

    /** Whether a transaction is open on the connection that is not ours to end. */
    boolean hasBranch() {
        return false;
    }

    /** Whether it is one in which the connection still works. */
    boolean isInBranch() {
        return false;
    }

    /** The handle that was given out last; null where there is none yet. */
    final @Nullable GuardedConnection handle() {
        return handle;
    }

    @Override
    public final Connection getConnection() throws SQLException {
        GuardedConnection last = handle;
        boolean hasBranch = hasBranch();
        if (last != null) {
            last.gate.transaction.leaving(); // the real one closes the last handle now
        }
        Connection given = real.getConnection();
        if (last != null && given.isClosed() && last.isClosed()) {
            return last; // MariaDB's driver gives the same one again, also where it is closed
        }
        GuardedConnection next = dataSource.guard(given, hasBranch);
        if (hasBranch) {
            next.gate.transaction.joinBranch(last == null ? Optional.empty() : last.gate.transaction.doom());
            if (!isInBranch()) {
                next.gate.transaction.leaveBranch();
            }
        }
        handle = next;
        return next;
    }

    @Override
    public final void close() throws SQLException {
        real.close();
    }

    @Override
    public final void addConnectionEventListener(@Nullable ConnectionEventListener listener) {
        if (listener != null) {
            real.addConnectionEventListener(listeners.computeIfAbsent(listener, Told::new));
        }
    }

    @Override
    public final void removeConnectionEventListener(@Nullable ConnectionEventListener listener) {
        ConnectionEventListener told = listener == null ? null : listeners.remove(listener);
        if (told != null) {
            real.removeConnectionEventListener(told);
        }
    }

    @Override
    public final void addStatementEventListener(@Nullable StatementEventListener listener) {
        if (listener != null) {
            real.addStatementEventListener(ofStatements.computeIfAbsent(listener, ToldOfStatements::new));
        }
    }

    @Override
    public final void removeStatementEventListener(@Nullable StatementEventListener listener) {
        StatementEventListener told = listener == null ? null : ofStatements.remove(listener);
        if (told != null) {
            real.removeStatementEventListener(told);
        }
    }

    /** Hands the events of the real connection on, with this one as their source. */
    private final class Told implements ConnectionEventListener {
        private final ConnectionEventListener listener;

        Told(ConnectionEventListener listener) {
            this.listener = listener;
        }

        @Override
        public void connectionClosed(ConnectionEvent event) {
            listener.connectionClosed(new ConnectionEvent(GuardedPooledConnection.this, event.getSQLException()));
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            listener.connectionErrorOccurred(
                    new ConnectionEvent(GuardedPooledConnection.this, event.getSQLException()));
        }
    }

    /** The same for statements, which an event leaves unnamed: it knows the real one only. */
    private final class ToldOfStatements implements StatementEventListener {
        private final StatementEventListener listener;

        ToldOfStatements(StatementEventListener listener) {
            this.listener = listener;
        }

        @Override
        public void statementClosed(StatementEvent event) {
            listener.statementClosed(unnamed(event));
        }

        @Override
        public void statementErrorOccurred(StatementEvent event) {
            listener.statementErrorOccurred(unnamed(event));
        }

        private StatementEvent unnamed(StatementEvent event) {
            return new StatementEvent(GuardedPooledConnection.this, null, event.getSQLException());
        }
    }
}
