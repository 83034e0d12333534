package io.tierguard.jdbc;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lets a run be undone: a savepoint in the application's transaction, or where each statement is a transaction of
 * its own a short one of ours.
 *
 * <p>INVARIANT: what cannot be undone is never committed; the connection is closed before that.
 */
final class Undo {
    private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

    /** PostgreSQL takes nothing more in a transaction in which something has failed. */
    static final String ABORTED = "25P02";

    private final Connection real;
    private final @Nullable RunSavepoint savepoint;
    private final Dialect dialect;

    /** Whether what is said next to the server takes away what it tells of the run: its warnings, and how many rows it changed. */
    private final boolean isToldUntilNext;

    private Undo(Connection real, @Nullable RunSavepoint savepoint, Dialect dialect) {
        this.real = real;
        this.savepoint = savepoint;
        this.dialect = dialect;
        this.isToldUntilNext = dialect.isOfMySqlFamily();
    }

    /**
     * Begins.
     *
     * @param isWithin whether what runs is part of a transaction that goes on
     * @return empty where the driver takes a transaction to be open and the server has none, as after a text that set auto-commit
     */
    static Optional<Undo> begin(Connection real, boolean isWithin, Dialect dialect) throws SQLException {
        if (!isWithin) {
            boolean mustLift = ReadOnlyHint.isIdle(real, dialect);
            leaveAutoCommit(real);
            Undo begun = new Undo(real, null, dialect);
            if (mustLift) {
                begun.lift();
            }
            return Optional.of(begun);
        }
        // There one of a name takes the place of an older one, so that none has to be released.
        Optional<RunSavepoint> savepoint =
                dialect.isOfMySqlFamily() ? RunSavepoint.setIfKept(real) : Optional.of(RunSavepoint.set(real));
        return savepoint.map(set -> new Undo(real, set, dialect));
    }

    /** A driver may take itself to have left it although no transaction has begun, and then what follows would be kept by nobody. */
    private static void leaveAutoCommit(Connection real) throws SQLException {
        try {
            real.setAutoCommit(false);
        } catch (Throwable failure) {
            try {
                real.setAutoCommit(true);
            } catch (Throwable unable) {
                suppress(unable, failure);
            }
            throw failure;
        }
    }

    private void lift() throws SQLException {
        try {
            ReadOnlyHint.lift(real);
        } catch (Throwable failure) {
            takeBack(failure);
            throw failure;
        }
    }

    /** Whether the server tells nothing more of the run once it is kept. */
    boolean takesWhatIsTold() {
        return isToldUntilNext && savepoint == null;
    }

    /** Whether the run is part of a transaction that goes on. */
    boolean isInTransaction() {
        return savepoint != null;
    }

    /** Lets what was run stand; the exception is that of the commit. */
    void keep() throws SQLException {
        if (savepoint != null) {
            if (!isToldUntilNext) {
                savepoint.release();
            }
            return;
        }
        try {
            real.commit();
        } catch (Throwable failure) {
            takeBack(failure);
            throw failure;
        }
        real.setAutoCommit(true);
    }

    /** Undoes what was run; what goes wrong with that is added to the failure that is thrown anyhow. */
    void takeBack(Throwable failure) {
        try {
            if (savepoint == null) {
                rollBack();
                real.setAutoCommit(true);
            } else {
                savepoint.rollBack();
                if (dialect == Dialect.SQLITE) {
                    savepoint.release(); // one that has begun a transaction would keep it open
                }
            }
        } catch (Throwable unable) { // also where memory runs out: what is over a limit must not wait for a commit
            suppress(unable, failure);
            endTransaction(failure);
        }
    }

    /** Undoes the whole transaction; a driver of MySQL may keep a call from a server that it takes to have none open. */
    private void rollBack() throws SQLException {
        if (isToldUntilNext) {
            RunSavepoint.run(real, "ROLLBACK");
        } else {
            real.rollback();
        }
    }

    /**
     * Undoes a run that failed, as far as anything of it is left; a transaction that the failure has ended or blocked stays
     * as the application would find it.
     */
    void takeBackFailed(Throwable failure) {
        if (savepoint == null || !isBlocked()) {
            takeBack(failure);
        }
    }

    private boolean isBlocked() {
        if (dialect != Dialect.POSTGRESQL) {
            return false;
        }
        try {
            RunSavepoint.probe(real);
            return false;
        } catch (SQLException refused) {
            return ABORTED.equals(refused.getSQLState());
        }
    }

    private void endTransaction(Throwable failure) {
        try {
            rollBack();
            if (savepoint == null) {
                real.setAutoCommit(true);
            }
        } catch (Throwable unable) {
            suppress(unable, failure);
            LOG.warn("what was over a limit cannot be undone; its connection is closed before it is committed", unable);
            close(failure);
        }
    }

    private void close(Throwable failure) {
        try {
            real.close();
        } catch (Throwable unable) {
            suppress(unable, failure);
        }
    }

    /** A driver may throw the same object again. */
    private static void suppress(Throwable unable, Throwable failure) {
        if (unable != failure) {
            failure.addSuppressed(unable);
        }
    }
}
