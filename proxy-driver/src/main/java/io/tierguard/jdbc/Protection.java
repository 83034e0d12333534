package io.tierguard.jdbc;

import io.tierguard.guard.ConnectionPlace;
import io.tierguard.guard.CurrentGuard;
import io.tierguard.guard.Guard;
import io.tierguard.guard.GuardSession;
import io.tierguard.guard.Refusal;
import io.tierguard.guard.SchemaLookout;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableClass;
import io.tierguard.schema.AlikeSnapshots;
import io.tierguard.schema.CatalogRights;
import io.tierguard.schema.ConnectionSource;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.OwnTransaction;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.SessionFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A guard and what is known of the databases that it guards; it is put around connections of the real driver.
 *
 * <p>Safe for use by many threads.
 */
final class Protection {
    private static final Logger LOG = LoggerFactory.getLogger(Protection.class);
    /** Connections of one pool's start share a reading; a later one sees what others have changed meanwhile. */
    private static final long SCHEMA_LIFETIME_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** More databases than this in one process only cost that the schema of one that comes back is read again. */
    private static final int MOST_SCHEMAS = 128;

    /** One database as one user sees it. */
    private record SchemaKey(String url, String catalog, String user) {}

    private final CurrentGuard current;
    private final Dialect dialect;
    private final OnDenial onDenial;

    /** Null where nobody looks after the policy's files. */
    private final @Nullable PolicyWatch watch;

    private final Map<SchemaKey, LiveSchema> schemas = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SchemaKey, LiveSchema> eldest) {
            return size() > MOST_SCHEMAS;
        }
    };

    /** What connections of SQLite share of their schemas. */
    private final AlikeSnapshots alike = new AlikeSnapshots();

    Protection(Guard guard, Dialect dialect, OnDenial onDenial) {
        this(new CurrentGuard(guard), dialect, onDenial, null);
    }

    Protection(CurrentGuard current, Dialect dialect, OnDenial onDenial, @Nullable PolicyWatch watch) {
        this.current = current;
        this.watch = watch;
        this.dialect = dialect;
        this.onDenial = onDenial;
    }

    /** Asks for what the database runs while it connects, before it is connected and by what is known of its schema then. */
    void admit(ConnectTimeSql connectTime, ConnectionPlace place, LiveSchema schema) throws DenialException {
        if (watch != null) {
            watch.look();
        }
        if (!connectTime.isEmpty()) {
            connectTime.admit(current.guard().open(connectTime.facts(), place, schema));
        }
    }

    /**
     * The guarded connection; if it may not be had, the real one is closed.
     *
     * @param side opens connections to the same database; empty where there can be none
     */
    GuardedConnection guard(Connection real, String url, ConnectionPlace place, Optional<ConnectionSource> side)
            throws SQLException {
        return guard(real, url, place, side, false);
    }

    /** The same in a transaction that is not ours to roll back. */
    GuardedConnection guardWithin(Connection real, String url, ConnectionPlace place) throws SQLException {
        return guard(real, url, place, Optional.empty(), true);
    }

    private GuardedConnection guard(
            Connection real, String url, ConnectionPlace place, Optional<ConnectionSource> side, boolean isWithin)
            throws SQLException {
        try {
            requireKnown(url);
            SessionFacts facts = readSession(real);
            if (!facts.modes().server().isCharacterSetReadable()) {
                throw new SettingsException(
                        "the session's character set has characters that hold the byte of a quote or"
                                + " backslash, so that its texts cannot be cut; let the driver use utf8mb4");
            }
            Optional<Refusal> refusal = current.guard().checkUser(facts, place);
            if (refusal.isPresent()) {
                throw Denials.of(refusal.get());
            }
            LiveSchema schema = schema(new SchemaKey(url, facts.catalog(), facts.user()));
            side.ifPresent(schema::readAsideBy);
            boolean isFirst = schema.current().isUnknown() && (dialect != Dialect.SQLITE || !alike.areThere());
            read(schema, real);
            if (isFirst && !schema.current().isUnknown()) {
                warnOfPatternsWithoutTable(schema.current());
                warnOfOtherSchemaPath(facts.schemaPath());
            }
            if (!isWithin && !real.getAutoCommit()) {
                OwnTransaction.undo(real); // our queries must not be the start of the application's transaction
            }
            GuardSession session =
                    current.open(facts, place, schema, RealTransactions.of(real, dialect), lookout(real, schema));
            if (isWithin) {
                session.returned(); // something has been done in it
            }
            Gate gate = new Gate(session, schema, real, dialect, onDenial, watch);
            return JdbcObjects.of(real).connection(gate, real);
        } catch (Throwable failure) {
            close(real, failure);
            throw failure;
        }
    }

    /** SQLite's schema is looked at with each statement anyhow. */
    private SchemaLookout lookout(Connection real, LiveSchema schema) {
        return dialect == Dialect.SQLITE
                ? session -> {}
                : new ConnectionLookout(real, schema, dialect == Dialect.MYSQL || dialect == Dialect.MARIADB);
    }

    /** A database that is not known, or of which nobody has proved how it is read, is refused, unless the policy asks for it. */
    void requireKnown(String url) throws SettingsException {
        if (!dialect.isReadOnRequest()) {
            return;
        }
        if (watch != null) {
            watch.look();
        }
        String name = Dialect.nameIn(url).orElse("");
        Policy policy = current.guard().policy();
        if (dialect.isDocumented() && !policy.readsAsDocumented(name)) {
            throw TierguardUrl.unproved(name);
        }
        if (dialect == Dialect.ANSI && !policy.readsAsAnsi(name)) {
            throw TierguardUrl.unknown(name);
        }
    }

    private SessionFacts readSession(Connection real) throws SQLException {
        try {
            return SessionReader.read(real, dialect);
        } catch (SQLException unreadable) {
            // Of a table, column or function that is not there, or a text that is none.
            boolean isUnlike = unreadable.getSQLState() != null
                    && unreadable.getSQLState().startsWith("42")
                    && !CatalogRights.areMissing(unreadable);
            if (dialect != Dialect.H2 || !isUnlike) {
                throw unreadable;
            }
            throw new SettingsException("H2 does not tell what names mean in the session (" + unreadable.getMessage()
                    + "); it is not read under OLD_INFORMATION_SCHEMA=TRUE, nor where NON_KEYWORDS frees words"
                    + " that the driver's own queries need");
        }
    }

    /** A pattern that matches nothing protects nothing, which is worth a word before the incident. */
    private void warnOfPatternsWithoutTable(SchemaSnapshot schema) {
        List<TableClass> unmatched = current.guard().patternsWithoutTable(schema);
        if (!unmatched.isEmpty()) {
            String patterns = unmatched.stream()
                    .map(tableClass -> tableClass.pattern() + " (" + tableClass.rule() + ")")
                    .collect(Collectors.joining(", "));
            LOG.warn(
                    "policy {}: no table of the database matches {}; tierguard check --url says more",
                    current.guard().policy().name(),
                    patterns);
        }
    }

    /** What tests and explanations say of an unqualified name would not be what the driver says. */
    private void warnOfOtherSchemaPath(List<String> searched) {
        List<String> declared = current.guard().policy().schemaPath();
        if (!isSamePath(declared, searched)) {
            LOG.warn(
                    "policy {}: its schema path is {}, and the database looks for an unqualified name in {}; the driver"
                            + " goes by the database",
                    current.guard().policy().name(),
                    String.join(", ", declared),
                    String.join(", ", searched));
        }
    }

    /** Whether a database searches what a policy declares, if it declares anything; the server's own schemas apart. */
    static boolean isSamePath(List<String> declared, List<String> searched) {
        List<String> live = searched.stream()
                .filter(schema -> !schema.startsWith("pg_") && !schema.equals("temp"))
                .toList();
        return declared.isEmpty() || searched.isEmpty() || declared.equals(live);
    }

    /** A database in memory without a name belongs to one connection alone. */
    private LiveSchema schema(SchemaKey key) {
        if (dialect == Dialect.SQLITE) {
            // What is temporary or attached is part of it, and a look at it costs next to nothing.
            return new LiveSchema(dialect, 0, alike);
        }
        if (SideConnections.isPrivate(key.url())) {
            return new LiveSchema(dialect, SCHEMA_LIFETIME_NANOS);
        }
        synchronized (schemas) {
            return schemas.computeIfAbsent(key, unknown -> new LiveSchema(dialect, SCHEMA_LIFETIME_NANOS));
        }
    }

    /**
     * Without any knowledge of the schema there is no connection: cascades and views would go unseen. Where the database
     * lets nobody look, that is known.
     */
    private static void read(LiveSchema schema, Connection real) throws SQLException {
        try {
            schema.refresh(real);
        } catch (SQLException unreadable) {
            schema.toBeRead();
            if (schema.current().isUnknown() && !schema.current().isWithheld()) {
                throw unreadable;
            }
            LOG.warn("the schema cannot be read again and is taken as it was", unreadable);
        }
    }

    static void close(Connection real, Throwable failure) {
        try {
            real.close();
        } catch (SQLException | RuntimeException unclosable) {
            LOG.debug("a refused connection cannot be closed", unclosable);
            failure.addSuppressed(unclosable);
        }
    }
}
