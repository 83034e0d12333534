package io.tierguard.guard;

import io.tierguard.policy.model.Limit;
import java.util.List;
import java.util.Optional;
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
     * The limits that the rows it changes are held to. Where there are any, whoever runs it runs it so that it can be
     * undone, and asks {@link #exceeded} before it takes effect if it is over one of them.
     */
    default List<Limit> limits() {
        return List.of();
    }

    /**
     * The statement has changed more rows than a limit leaves it, or rows that nobody counted; it is recorded here.
     *
     * @param rows the rows that count towards the limit; -1 when not known
     * @return the denial, upon which it is to be undone and to be told as failed; empty where that is only observed
     */
    default Optional<Refusal> exceeded(Limit limit, long rows) {
        throw new IllegalStateException("held to no limit");
    }

    /**
     * The statement's rows cannot be counted, or what it does could not be undone; it is recorded here.
     *
     * @param because why, as a clause
     * @return the denial; empty where that is only observed
     */
    default Optional<Refusal> uncounted(Limit limit, String because) {
        throw new IllegalStateException("held to no limit");
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
