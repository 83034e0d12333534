package io.tierguard.schema;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks H2 anew and at once.
 *
 * <p>It gives the last result of a query again as long as it knows of no change to what was asked, and does not count as such that a
 * column is renamed or a domain altered. Under {@code LAZY_QUERY_EXECUTION} it reads rows as they are fetched, at the same time as
 * what other threads execute on the connection, whose rows get lost then; only a percentage of rows is never read lazily.
 */
public final class H2Query {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private H2Query() {}

    /** A query that says the same, was never asked before, and is read as a whole when it is executed; it must have no limit of its own. */
    public static String fresh(String query) {
        return query + " FETCH FIRST 100 PERCENT ROWS ONLY -- " + NUMBERS.incrementAndGet();
    }
}
