package io.tierguard.integration.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One database of a bed, and how it was when it was made. */
interface BedDatabase extends AutoCloseable {
    static BedDatabase open(Engine engine) throws SQLException {
        return engine.isMySql() ? MendedDatabase.open(engine) : FreshDatabase.open(engine);
    }

    /** The statements with its name where they ask for it. */
    List<String> named(List<String> steps);

    /** Whether a rollback may not undo all that the statements did. */
    boolean mayLeave(List<String> steps);

    /** A new connection, in a transaction. */
    Connection connect() throws SQLException;

    /** The connection on which attempts past the guard are made. */
    Connection connection() throws SQLException;

    /**
     * Whether an attempt has changed something protected, seen inside the open transaction where there is one.
     *
     * @param lasts whether a rollback may not undo all that it did
     */
    boolean hasChanged(Connection connection, boolean lasts) throws SQLException;

    /** The same of what is committed. */
    boolean isChangedForGood(Connection connection) throws SQLException;

    /** Whether a database is as it was made once a transaction has been rolled back. */
    boolean isAsMade(Connection connection) throws SQLException;

    /** Rolls back what an attempt past the guard did, and makes the database as it was where that is not enough. */
    void restore(boolean lasts) throws SQLException;

    /** Waits for what the server still runs of a connection that its driver has given up. */
    default void awaitGivenUp() throws SQLException {}

    /** Makes it as it was; nobody else is in the middle of something. */
    void makeAnew() throws SQLException;

    @Override
    void close() throws SQLException;
}
