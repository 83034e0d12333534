package io.tierguard.audit;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids short enough to be read out: eight random characters for the writer, a dash, and a count. Safe for use by many
 * threads.
 */
final class WriterIds {
    private static final int RADIX = 32;
    private static final int WRITER_BITS = 40;

    private final String writer;
    private final AtomicLong count = new AtomicLong();

    /** The ids of a new writer. */
    WriterIds() {
        long random = new SecureRandom().nextLong() & ((1L << WRITER_BITS) - 1);
        String digits = Long.toString(random | (1L << WRITER_BITS), RADIX);
        writer = digits.substring(1).toUpperCase(Locale.ROOT);
    }

    /** An id that no other event has. */
    String next() {
        return writer + "-" + count.incrementAndGet();
    }
}
