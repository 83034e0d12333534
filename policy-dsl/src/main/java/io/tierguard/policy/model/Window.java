package io.tierguard.policy.model;

import java.time.Instant;

/**
 * A span of time.
 *
 * @param from its first moment
 * @param until the moment it has ended
 */
public record Window(Instant from, Instant until) {

    /** All of time. */
    public static final Window ALWAYS = new Window(Instant.MIN, Instant.MAX);

    /** Whether a moment is inside; the end is not. */
    public boolean holds(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }

    /** Whether it has ended at a moment. */
    public boolean hasEnded(Instant moment) {
        return !moment.isBefore(until);
    }

    /** What lies inside of both spans; where nothing does, a span that holds at no moment. */
    public Window and(Window other) {
        Instant start = from.isBefore(other.from) ? other.from : from;
        Instant end = until.isAfter(other.until) ? other.until : until;
        return start.equals(from) && end.equals(until) ? this : new Window(start, end);
    }

    /** The part of this span around a moment in which another span neither begins nor ends. */
    Window within(Window other, Instant moment) {
        return cutAt(other.from, moment).cutAt(other.until, moment);
    }

    private Window cutAt(Instant boundary, Instant moment) {
        if (moment.isBefore(boundary)) {
            return boundary.isBefore(until) ? new Window(from, boundary) : this;
        }
        return boundary.isAfter(from) ? new Window(boundary, until) : this;
    }
}
