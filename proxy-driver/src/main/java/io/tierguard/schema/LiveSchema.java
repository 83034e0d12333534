package io.tierguard.schema;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one live database's schema; shared by its connections and safe for use by many threads.
 *
 * <p>It is read through a connection of the application at a moment that allows a query of our own; where there is none, and
 * others may have changed the schema, through a side connection that is opened for this and closed again.
 */
public final class LiveSchema {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSchema.class);

    /**
     * How many changes of a schema have passed the guards of this process, for each kind of database: whether two URLs lead
     * to one database nobody knows.
     */
    private static final Map<Dialect, AtomicLong> CHANGES = changes();

    /** How many of them may have put code behind tables that are known, which runs when they are read. */
    private static final Map<Dialect, AtomicLong> CHANGES_OF_CODE = changes();

    /** What is known already is looked at again after so many lifetimes, because every look costs the database something. */
    private static final int LIFETIMES_OF_WHAT_IS_KNOWN = 10;

    /** For how long no side connection is tried after one could not be had. */
    private static final long CONNECT_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** The same after one that could not read, for which it waits for a lock at most. */
    private static final long READ_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** After a look follows a pause of so many times as long as it took, however large the schema. */
    private static final int PAUSES_AFTER_A_LOOK = 20;

    /** For so long what is known stays as it is, where a look would wait for a statement of somebody else. */
    private static final long WAIT_FOR_OTHERS_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** SQLite is in the process itself, where a look waits for nobody. */
    private static final long LONGEST_PAUSE_OF_SQLITE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** The same after a reading that a look has found to be due. */
    private static final int PAUSES_AFTER_A_READING = 2;

    private final Dialect dialect;
    private final AtomicLong changesOfAll;
    private final AtomicLong codeChangesOfAll;
    private final long lifetimeNanos;
    private final AlikeSnapshots alike;
    private volatile SchemaSnapshot current = SchemaSnapshot.UNKNOWN;
    private final AtomicLong version = new AtomicLong(1);
    private volatile long readVersion;

    /** The count of changes in this process at the last reading. */
    private volatile long readChanges;

    /** The same of those that may have put code behind tables. */
    private volatile long readCodeChanges;

    private volatile long readNanos;

    /** For how long after the last look there is none. */
    private volatile long pauseNanos;

    /** What the database said of its catalog before the last reading; empty where it says nothing. */
    private String stamp = "";

    /** Whether something was not told at the last reading, because another session kept it locked. */
    private volatile boolean isPartial;

    /** What it said at the last look. */
    private CatalogStamp read = CatalogStamp.NONE;

    /** Null where no connection may be opened. */
    private volatile @Nullable ConnectionSource side;

    private volatile boolean hasFailedAside;
    private volatile long failedNanos;
    private volatile long failurePauseNanos;
    private volatile boolean saysFailures = true;

    /**
     * A schema not read yet.
     *
     * @param lifetimeNanos after which a new connection reads it again, because others may have changed it
     */
    public LiveSchema(Dialect dialect, long lifetimeNanos) {
        this(dialect, lifetimeNanos, new AlikeSnapshots());
    }

    /** The same of a session whose schema is its own, and yet mostly that of the others. */
    public LiveSchema(Dialect dialect, long lifetimeNanos, AlikeSnapshots alike) {
        this.dialect = dialect;
        this.changesOfAll = Objects.requireNonNull(CHANGES.get(dialect));
        this.codeChangesOfAll = Objects.requireNonNull(CHANGES_OF_CODE.get(dialect));
        this.lifetimeNanos = lifetimeNanos;
        this.alike = alike;
    }

    /** The schema of a database to which nobody is connected yet: whatever it could hold may be there. */
    public static LiveSchema beforeConnecting(Dialect dialect) {
        LiveSchema schema = unread(dialect);
        schema.current = SchemaSnapshot.WITHHELD;
        return schema;
    }

    /** A schema that is taken as it is known now: not at all. */
    public static LiveSchema unread(Dialect dialect) {
        LiveSchema schema = new LiveSchema(dialect, Long.MAX_VALUE);
        schema.readVersion = schema.version.get();
        schema.readChanges = Long.MAX_VALUE;
        schema.readCodeChanges = Long.MAX_VALUE;
        schema.readNanos = System.nanoTime();
        return schema;
    }

    /** Where side connections come from from now on. */
    public void readAsideBy(ConnectionSource source) {
        side = source;
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
        return isOlderThan(lifetimeNanos);
    }

    /** Whether it is so old that it is worth a look what others have changed meanwhile, because something hints at that. */
    public boolean isWorthALook() {
        return isOlderThan(isPartial ? pauseNanos : Math.max(lifetimeNanos, pauseNanos));
    }

    /** Whether it is so old that no row should be changed by it, though nothing hints at a change by others. */
    public boolean isDue() {
        long lifetime = lifetimeNanos > Long.MAX_VALUE / LIFETIMES_OF_WHAT_IS_KNOWN
                ? Long.MAX_VALUE
                : lifetimeNanos * LIFETIMES_OF_WHAT_IS_KNOWN;
        return isOlderThan(Math.max(lifetime, pauseNanos));
    }

    /** Whether a statement of this process has changed a schema of its kind since it was read. */
    public boolean isBehind() {
        return isOutdated() || readChanges < changesOfAll.get();
    }

    /**
     * Whether that is so for whoever only reads tables: what has changed may be code that runs then, or the last reading is not so new that
     * nothing else matters to him.
     */
    public boolean isBehindForReaders() {
        return isBehind()
                && (readCodeChanges < codeChangesOfAll.get()
                        || System.nanoTime() - readNanos > Math.max(lifetimeNanos, pauseNanos));
    }

    /** Whether what is refused for being unknown may be known by now: it has changed, or was not told and may be. */
    public boolean isBehindForRefusals() {
        return isBehind() || (isPartial && isOlderThan(pauseNanos));
    }

    /** When it was read last. */
    public long readNanos() {
        return readNanos;
    }

    /** Whether what was read then is not yet so old that others may have changed it. */
    public boolean isNew(long nanos) {
        return System.nanoTime() - nanos <= lifetimeNanos;
    }

    /** How many changes of schemas of its kind have passed the guards of this process. */
    public long changesOfAllSessions() {
        return changesOfAll.get();
    }

    private boolean isOlderThan(long nanos) {
        return isBehind() || System.nanoTime() - readNanos > nanos;
    }

    /**
     * A statement that went through the guard may have changed the schema.
     *
     * @param mayPutCode whether it may have put code behind a table that is known, which runs when that is read
     */
    public void changed(boolean mayPutCode) {
        if (mayPutCode) {
            codeChangesOfAll.incrementAndGet();
        }
        version.incrementAndGet();
        changesOfAll.incrementAndGet();
    }

    /** What is known is out of date, though nobody has changed the schema through the guard. */
    public void toBeRead() {
        version.incrementAndGet();
    }

    /** Whether it is {@link #isDue() due}, and nothing but a connection of the application can read it. */
    public boolean isDueByApplication() {
        return side == null && isDue();
    }

    /** The state that a reading which begins now tells, or a newer one. */
    public SchemaVersion version() {
        return new SchemaVersion(version.get(), changesOfAll.get(), System.nanoTime());
    }

    /** Whether no change of this schema has gone through the guard since. */
    public boolean isAt(SchemaVersion asked) {
        return asked.changes() == version.get();
    }

    /**
     * Reads the schema again if it is old; where a reading fails, what was known stays until it is old again, and where the
     * database no longer lets its catalog be read, nothing is known any more.
     *
     * @param connection a connection of the real driver, in auto-commit mode and outside any transaction
     */
    public synchronized void refresh(Connection connection) throws SQLException {
        if (!isOld()) {
            return;
        }
        ConnectionSource source = side;
        if (source != null && source.isPreferred()) {
            refreshAside();
            if (!current.isUnknown()) {
                return;
            }
        }
        read(connection);
    }

    /**
     * Reads the schema again by a side connection, if it is worth a look and one can be had; otherwise what was known stays.
     */
    public synchronized void refreshAside() {
        ConnectionSource source = side;
        boolean pauses = hasFailedAside && System.nanoTime() - failedNanos < failurePauseNanos;
        if (source == null || pauses || !isWorthALook()) {
            return;
        }
        long before = readVersion;
        long changesBefore = readChanges;
        long codeChangesBefore = readCodeChanges;
        boolean wasOutdated = isOutdated();
        failurePauseNanos = CONNECT_PAUSE_NANOS;
        try (Connection connection = source.open()) {
            failurePauseNanos = READ_PAUSE_NANOS;
            read(connection);
            hasFailedAside = false;
        } catch (SQLException failure) {
            if (wasOutdated) {
                readVersion = before;
            }
            readChanges = changesBefore;
            readCodeChanges = codeChangesBefore;
            hasFailedAside = true;
            failedNanos = System.nanoTime();
            if (saysFailures) {
                saysFailures = false;
                LOG.warn(
                        "the schema cannot be read by a connection of its own, and stays as it was until the next moment"
                                + " that allows a query on one of the application's",
                        failure);
            }
        }
    }

    /** The schema as an open transaction sees it: the one that was read last where its catalog says the same, else read anew. */
    public SchemaSnapshot within(Connection transaction) throws SQLException {
        String known;
        SchemaSnapshot last;
        synchronized (this) {
            known = stamp;
            last = current;
        }
        boolean isTheSame = !known.isEmpty()
                && !last.isUnknown()
                && known.equals(CatalogStamp.of(transaction, dialect).text());
        return isTheSame ? last : SchemaReader.read(transaction, dialect).withQueriesOf(last);
    }

    /** Whether what is known was read before an open transaction began to see the catalog, as far as the database tells. */
    public boolean isOlderThan(Connection transaction) throws SQLException {
        CatalogStamp seen = CatalogStamp.of(transaction, dialect);
        synchronized (this) {
            return read.isBefore(seen);
        }
    }

    /** Reads, or takes note that the database does not let its catalog be read. */
    private void read(Connection connection) throws SQLException {
        try {
            QuietReading.through(connection, dialect, () -> {
                readQuietly(connection);
                return current;
            });
        } catch (SQLException unreadable) {
            if (!CatalogRights.areMissing(unreadable)) {
                throw unreadable;
            }
            // What was known before the rights were taken away may have changed since, and nobody would ever see it.
            if (!current.isWithheld()) {
                LOG.warn(CatalogRights.WARNING, unreadable);
            }
            current = SchemaSnapshot.WITHHELD;
        }
    }

    private void readQuietly(Connection connection) throws SQLException {
        // A number that tells of SQLite's schema comes back where a transaction is undone.
        if (!current.isUnknown() && !isBehind() && SchemaReader.wouldWait(connection, dialect)) {
            readNanos = System.nanoTime();
            pauseNanos = WAIT_FOR_OTHERS_NANOS;
            return;
        }
        boolean isStampEnough = dialect != Dialect.SQLITE || !isOutdated();
        // Taken back before reading, so that a change made meanwhile is not forgotten.
        readVersion = version.get();
        readChanges = changesOfAll.get();
        readCodeChanges = codeChangesOfAll.get();
        long start = System.nanoTime();
        readNanos = start;
        CatalogStamp asked = CatalogStamp.of(connection, dialect);
        read = asked;
        String before = asked.text();
        long looked = System.nanoTime() - start;
        long longest = dialect == Dialect.SQLITE ? LONGEST_PAUSE_OF_SQLITE_NANOS : Long.MAX_VALUE;
        pauseNanos = Math.min(longest, PAUSES_AFTER_A_LOOK * looked);
        if (isStampEnough && !before.isEmpty() && before.equals(stamp) && !current.isUnknown()) {
            return;
        }
        stamp = "";
        boolean isFirst = current.isUnknown();
        SchemaSnapshot read = SchemaReader.read(connection, dialect);
        if (!before.isEmpty() && !asked.holds(connection, dialect)) {
            // Changed while it was read, of which one part may tell and another not.
            read = SchemaReader.read(connection, dialect);
            before = "";
        }
        stamp = read.isWhole() ? before : "";
        // Elsewhere a query that is not told is one that the user may not see.
        isPartial = dialect == Dialect.POSTGRESQL && !read.isWhole();
        read = read.withQueriesOf(current);
        if (isFirst || !read.sameAs(current)) {
            current = alike.of(read);
        }
        // The first one is that of a cold machine, and tells nothing of the next.
        pauseNanos = isFirst ? 0 : Math.min(longest, pauseAfter(System.nanoTime() - start, looked, !before.isEmpty()));
    }

    private static Map<Dialect, AtomicLong> changes() {
        Map<Dialect, AtomicLong> changes = new EnumMap<>(Dialect.class);
        for (Dialect dialect : Dialect.values()) {
            changes.put(dialect, new AtomicLong());
        }
        return changes;
    }

    private static long pauseAfter(long reading, long look, boolean isLookEnough) {
        return isLookEnough
                ? Math.max(PAUSES_AFTER_A_LOOK * look, PAUSES_AFTER_A_READING * reading)
                : PAUSES_AFTER_A_LOOK * reading;
    }
}
