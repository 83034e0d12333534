package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A savepoint of ours in the application's transaction: by a call, or where the driver lets nobody call for one, as pgjdbc in
 * a branch of a distributed transaction, by a text.
 */
final class RunSavepoint {
    /** Nothing else is called so: a text that sets it again only hides an older one. */
    private static final String NAME = "tierguard_run";

    /** One that is set to see whether any can be; a name of its own keeps the other in force. */
    private static final String PROBE = "tierguard_probe";

    /** ER_SP_DOES_NOT_EXIST of MariaDB and MySQL. */
    private static final int NO_SAVEPOINT = 1305;

    private final Connection real;
    private final @Nullable Savepoint savepoint;

    private RunSavepoint(Connection real, @Nullable Savepoint savepoint) {
        this.real = real;
        this.savepoint = savepoint;
    }

    /** Sets it; the exception is that of the call. */
    static RunSavepoint set(Connection real) throws SQLException {
        try {
            return new RunSavepoint(real, real.setSavepoint());
        } catch (SQLException refused) {
            try {
                return setByText(real);
            } catch (SQLException also) {
                boolean isBlocked = Undo.ABORTED.equals(also.getSQLState());
                SQLException told = isBlocked ? also : refused;
                told.addSuppressed(isBlocked ? refused : also);
                throw told;
            }
        }
    }

    /** Sets it by a text, also where a text has begun the transaction. */
    static RunSavepoint setByText(Connection real) throws SQLException {
        run(real, "SAVEPOINT " + NAME);
        return new RunSavepoint(real, null);
    }

    /**
     * Sets it by a text where the driver may take a transaction to be open that a text has ended: there a server of the MySQL family
     * keeps no savepoint, and says so when it is asked to return.
     *
     * @return empty where none is kept
     */
    static Optional<RunSavepoint> setIfKept(Connection real) throws SQLException {
        RunSavepoint savepoint = setByText(real);
        try {
            savepoint.rollBack();
            return Optional.of(savepoint);
        } catch (SQLException failure) {
            if (failure.getErrorCode() == NO_SAVEPOINT) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Sets another one, by which nothing is returned to; the exception is that of a transaction in which none can be set. */
    static void probe(Connection real) throws SQLException {
        run(real, "SAVEPOINT " + PROBE);
    }

    void release() throws SQLException {
        if (savepoint == null) {
            run(real, "RELEASE SAVEPOINT " + NAME);
        } else {
            real.releaseSavepoint(savepoint);
        }
    }

    void rollBack() throws SQLException {
        if (savepoint == null) {
            run(real, "ROLLBACK TO SAVEPOINT " + NAME);
        } else {
            real.rollback(savepoint);
        }
    }

    static void run(Connection real, String sql) throws SQLException {
        try (Statement statement = real.createStatement()) {
            if (statement == null) {
                throw new SQLException("the driver gives no statement");
            }
            statement.execute(sql);
        }
    }
}
