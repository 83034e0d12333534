package io.tierguard.schema;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks H2 anew: it gives the last result of a query again as long as it knows of no change to what was asked, and does not count as
 * such that a column is renamed or a domain altered.
 */
public final class H2Query {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private H2Query() {}

    /** A query that says the same and was never asked before. */
    public static String fresh(String query) {
        return query + " -- " + NUMBERS.incrementAndGet();
    }
}
