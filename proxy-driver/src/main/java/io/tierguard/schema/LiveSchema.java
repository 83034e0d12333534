package io.tierguard.schema;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is known of one live database's schema; shared by its connections and safe for use by many threads.
 *
 * <p>It is read by a connection at a moment that allows a query of our own, never on the way of a statement.
 */
public final class LiveSchema {
    private final Dialect dialect;
    private final long lifetimeNanos;
    private volatile SchemaSnapshot current = SchemaSnapshot.UNKNOWN;
    private final AtomicLong version = new AtomicLong(1);
    private volatile long readVersion;
    private volatile long readNanos;

    /**
     * A schema not read yet.
     *
     * @param lifetimeNanos after which a new connection reads it again, because others may have changed it
     */
    public LiveSchema(Dialect dialect, long lifetimeNanos) {
        this.dialect = dialect;
        this.lifetimeNanos = lifetimeNanos;
    }

    /** A schema that is taken as it is known now: not at all. */
    public static LiveSchema unread(Dialect dialect) {
        LiveSchema schema = new LiveSchema(dialect, Long.MAX_VALUE);
        schema.readVersion = schema.version();
        return schema;
    }

    /** The snapshot as last read; the same object as long as the schema tells the same. */
    public SchemaSnapshot current() {
        return current;
    }

    /** Whether a statement has changed the schema since it was read, or it was never read. */
    public boolean isOutdated() {
        return readVersion != version.get();
    }

    /** Whether it is outdated or so old that others may have changed it. */
    public boolean isOld() {
        return isOutdated() || System.nanoTime() - readNanos > lifetimeNanos;
    }

    /** A statement that went through the guard may have changed the schema. */
    public void changed() {
        version.incrementAndGet();
    }

    /** Counts the changes that are known to have been made through the guard. */
    public long version() {
        return version.get();
    }

    /**
     * Reads the schema again if it is old; where it cannot be read, what was known stays until it is old again.
     *
     * @param connection a connection of the real driver, in auto-commit mode and outside any transaction
     */
    public synchronized void refresh(Connection connection) throws SQLException {
        if (!isOld()) {
            return;
        }
        // Taken back before reading, so that a change made meanwhile is not forgotten.
        readVersion = version.get();
        readNanos = System.nanoTime();
        SchemaSnapshot read = SchemaReader.read(connection, dialect);
        if (!read.sameAs(current)) {
            current = read;
        }
    }
}
