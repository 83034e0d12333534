package io.tierguard.guard;

import org.jspecify.annotations.Nullable;

/**
 * A statement that may run. Whoever runs it says what came of it, exactly once, so that the audit log and what the guard
 * knows of the session stay true.
 */
public non-sealed interface Execution extends Admission {

    /** An execution of which nothing is recorded and which changes nothing in its session. */
    Execution UNRECORDED = new Execution() {
        @Override
        public void completed(long rows) {}

        @Override
        public void failed(@Nullable String sqlState) {}
    };

    /** Whether the statement may change what names mean in the session, or the database's schema. */
    default boolean changesSession() {
        return false;
    }

    /**
     * The statement has run.
     *
     * @param rows the rows it changed; -1 when not known
     */
    void completed(long rows);

    /**
     * The real driver refused the statement.
     *
     * @param sqlState the SQLState of its exception, if it has one
     */
    void failed(@Nullable String sqlState);
}
