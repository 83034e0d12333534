package io.tierguard.jdbc;

import io.tierguard.guard.GuardSession;
import io.tierguard.guard.Transactions;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.OwnTransaction;
import io.tierguard.schema.QuietReading;
import io.tierguard.schema.SchemaVersion;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.TemporaryNames;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads anew what a session's names mean and what its schema is, at the moments that allow a query of our own.
 *
 * <p>Safe for use by the threads that share the connection.
 */
final class SessionUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(SessionUpkeep.class);

    private final GuardSession session;
    private final LiveSchema schema;
    private final Connection real;
    private final Dialect dialect;
    private final Doom doom;

    /** Whether the application's transaction of SQLite has begun by a call, and nothing is in it from before, nor a savepoint. */
    private volatile boolean isNew;

    SessionUpkeep(GuardSession session, LiveSchema schema, Connection real, Dialect dialect, Doom doom) {
        this.session = session;
        this.schema = schema;
        this.real = real;
        this.dialect = dialect;
        this.doom = doom;
    }

    /** The application has called for a transaction, or ended one by a call behind which the next has begun. */
    void transactionBegun() {
        try {
            // A change from before, which has still rows to give, becomes a part of it.
            isNew = dialect == Dialect.SQLITE && !SqliteOpenRows.areThere(real);
        } catch (SQLException untold) {
            isNew = false;
        }
    }

    /** It has set a savepoint in it, or turned auto-commit on. */
    void transactionMarked() {
        isNew = false;
    }

    /** A transaction ended; the moment after it is the one for a query of our own without auto-commit. */
    void afterTransaction() {
        if (dialect == Dialect.SQLITE) {
            return; // its schema is looked at with each statement, and a COMMIT that has failed ends nothing there
        }
        if (!(session.isStale() || schema.isDueByApplication()) || doom.isInBranch()) {
            return;
        }
        try {
            if (!real.isClosed() && !real.getAutoCommit()) {
                try {
                    refresh();
                } finally {
                    OwnTransaction.undo(real);
                }
            }
        } catch (SQLException | RuntimeException unreadable) { // must not hide what the transaction's end itself threw
            LOG.debug("the session's facts stay stale", unreadable);
        }
    }

    /** Whether a text asks MySQL what came of the statement before it, of which any query of ours would take the answer away. */
    boolean mustWait(String sql) {
        return dialect == Dialect.MYSQL && session.isStale() && MySqlDiagnostics.areAskedFor(sql);
    }

    /** A statement is about to be judged. */
    void beforeStatement() {
        if (dialect == Dialect.SQLITE) {
            beforeStatementOfSqlite();
            return;
        }
        if (!session.isStale()) {
            return;
        }
        try {
            // In a branch of a distributed transaction what is read may be undone, whatever the driver says.
            boolean autoCommit = real.getAutoCommit() && !doom.isInBranch();
            if (!doom.isInBranch() && isOutsideTransaction(autoCommit)) {
                // What they begin must not be the application's transaction, least of all where one of them fails,
                // after
                // which PostgreSQL takes nothing more. A savepoint begins none on MySQL and yet ends with a rollback,
                // so
                // there only what is open now is ended.
                try {
                    refresh();
                } finally {
                    boolean mayHaveBegun = !isOfMySqlFamily() || session.transaction() == Transactions.State.OPEN;
                    if (!autoCommit && mayHaveBegun) {
                        OwnTransaction.undo(real);
                    }
                }
                return;
            }
            if (isOfMySqlFamily() && schema.isOutdated()) {
                readCommitted();
            }
            if (session.isSchemaUnseen()) {
                see();
            } else if (schema.isOutdated()) {
                // Another session has changed it, and this transaction may still take long.
                schema.refreshAside();
            }
            // Others let anybody ask at any time; on PostgreSQL the transaction may be one that takes no query any
            // more.
            if (autoCommit || (dialect != Dialect.POSTGRESQL && session.isPathStale())) {
                session.refresh(SessionReader.read(real, dialect), false);
            }
        } catch (SQLException unreadable) {
            LOG.debug("the session's facts stay stale", unreadable);
        }
    }

    /**
     * Reads the schema where a change of it is committed at once, so that others see it too. A transaction that nothing has begun
     * since sees it, but one that is older may not.
     */
    private void readCommitted() throws SQLException {
        boolean isFirst = session.isFirstAfterKeptChange() && session.transaction() != Transactions.State.OPEN;
        schema.refreshAside();
        if (schema.isOutdated() && isFirst) {
            try {
                schema.refresh(real);
            } catch (SQLException unreadable) {
                schema.toBeRead(); // what could not be read is still to be read
                throw unreadable;
            }
        }
    }

    /**
     * Looks at the schema as its open transaction sees it, which has begun with the change itself, so that a query of ours
     * begins none; nor may one that fails be its end.
     */
    private void see() throws SQLException {
        SchemaVersion version = schema.version();
        RunSavepoint before = dialect == Dialect.POSTGRESQL ? RunSavepoint.setByText(real) : null;
        boolean isOld = false;
        try {
            TemporaryNames temporary = SessionReader.readTemporary(real, dialect);
            if (before != null) {
                QuietReading.untilRolledBack(real);
                isOld = real.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED;
            }
            session.see(schema.within(real), temporary, version, isOld);
        } finally {
            if (before != null) {
                before.rollBack();
                before.release();
            }
        }
        if (isOld) {
            schema.refreshAside();
        }
    }

    /** Its schema is in the process itself, and may be looked at inside a transaction too, which sees its own changes. */
    private void beforeStatementOfSqlite() {
        boolean looks = session.isStale() || schema.isWorthALook();
        if (!looks) {
            return;
        }
        try {
            schema.refresh(real);
            if (session.isStale()) {
                boolean isOutside = session.transaction() == Transactions.State.NONE && !doom.isInBranch();
                session.refresh(SessionReader.read(real, dialect), isOutside);
            }
        } catch (SQLException unreadable) {
            schema.toBeRead(); // what could not be read is still to be read
            LOG.debug("the session's facts stay stale", unreadable);
        }
        leaveUnread();
    }

    /**
     * A look reads in the application's transaction, and from then on SQLite lets that write only while nobody else does: one in which nothing
     * but looks has run is begun anew.
     */
    private void leaveUnread() {
        try {
            if (isNew && session.isUntouched() && !real.getAutoCommit()) {
                real.rollback();
            }
        } catch (SQLException ended) {
            beginAgain(ended);
        }
    }

    /** The driver takes a transaction to be open that it could not begin anew, as where it has to wait for the lock of somebody else. */
    private void beginAgain(SQLException ended) {
        try {
            RunSavepoint.run(real, "BEGIN");
        } catch (SQLException begun) {
            LOG.debug("a transaction is open all the same, or none can be", begun);
            LOG.debug("the look at the schema could not be ended", ended);
        }
    }

    /** Whether no transaction is open for certain, so that a query of ours disturbs none. */
    private boolean isOutsideTransaction(boolean autoCommit) {
        return switch (session.transaction()) {
            case NONE -> true;
            case OPEN -> false;
            case UNKNOWN -> autoCommit && !session.mayHaveBegun();
        };
    }

    private boolean isOfMySqlFamily() {
        return switch (dialect) {
            case H2, POSTGRESQL, SQLITE, ANSI, ORACLE, SQLSERVER -> false;
            case MYSQL, MARIADB -> true;
        };
    }

    private void refresh() throws SQLException {
        boolean isOutside = session.transaction() == Transactions.State.NONE || !session.mayHaveBegun();
        try {
            if (isOfMySqlFamily()) {
                // A query of ours would change what the application is told of its own one before.
                schema.refreshAside();
            }
            schema.refresh(real);
        } catch (SQLException unreadable) {
            schema.toBeRead(); // what could not be read is still to be read
            // What the application has set for its session, as a limit of time, is not set in another.
            schema.refreshAside();
            if (schema.isOutdated()) {
                throw unreadable;
            }
        }
        session.refresh(SessionReader.read(real, dialect), isOutside);
    }
}
