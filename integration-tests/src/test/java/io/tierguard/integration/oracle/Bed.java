package io.tierguard.integration.oracle;

import io.tierguard.integration.BareDataSource;
import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Two databases with the same content, one behind the guard and one that shows what a statement truly does; on MySQL and
 * MariaDB one in turns.
 *
 * <p>Every attempt runs in a transaction that is rolled back; where that does not restore a database it is made anew.
 */
final class Bed implements AutoCloseable {
    private final Engine engine;
    private final Path folder;
    private final BedDatabase guardedDatabase;
    private final BedDatabase bareDatabase;
    private Connection under;
    private final DataSource source;
    private Connection guarded;

    private Bed(Engine engine, Path folder) throws SQLException {
        this.engine = engine;
        this.folder = folder;
        this.guardedDatabase = BedDatabase.open(engine);
        // A schema of MySQL is a database, whose name stands in the statements: there can be no second one.
        this.bareDatabase = engine.isMySql() ? guardedDatabase : BedDatabase.open(engine);
        this.under = guardedDatabase.connect();
        this.source = guard();
        this.guarded = open(source, under);
    }

    static Bed open(Engine engine, Path folder) throws SQLException {
        return new Bed(engine, folder);
    }

    Engine engine() {
        return engine;
    }

    /** What came of one attempt. */
    record Outcome(boolean changed, boolean denied, String message) {}

    /** Runs an attempt past the guard. */
    Outcome bare(WayIn way, List<String> templates) throws SQLException {
        List<String> steps = bareDatabase.named(templates);
        Connection connection = bareDatabase.connection();
        String message = "";
        try {
            way.run(connection, steps);
        } catch (SQLException | RuntimeException e) {
            message = String.valueOf(e.getMessage());
        }
        if (connection.isClosed()) {
            bareDatabase.awaitGivenUp();
        }
        boolean lasts = way.lasts() || bareDatabase.mayLeave(steps);
        boolean changed = bareDatabase.hasChanged(connection, lasts);
        bareDatabase.restore(lasts);
        return new Outcome(changed, false, message);
    }

    /** Runs an attempt through the guard; it goes on after a denial, as an application may. */
    Outcome guarded(WayIn way, List<String> templates) throws SQLException {
        List<String> steps = guardedDatabase.named(templates);
        String message = "";
        boolean denied = false;
        boolean all = steps.size() == 1 || way.joins();
        for (List<String> part :
                all ? List.of(steps) : steps.stream().map(List::of).toList()) {
            try {
                way.run(guarded, part);
            } catch (SQLException | RuntimeException e) {
                message += (message.isEmpty() ? "" : "; then ") + e.getMessage();
                denied |= isDenial(e);
            }
        }
        boolean lasts = way.lasts() || guardedDatabase.mayLeave(steps);
        boolean changed = guardedDatabase.hasChanged(under, lasts);
        if (!under.isClosed()) {
            guarded.rollback();
        }
        boolean clean = denied && steps.size() == 1 && !changed;
        if ((!clean || way.lasts()) && (changed || lasts) && !guardedDatabase.isAsMade(under)) {
            changed |= guardedDatabase.isChangedForGood(under);
            reopen(true);
        } else if (steps.size() > 1 || way.lasts() || under.isClosed() || (engine.isMySql() && lasts && !clean)) {
            // A session of MySQL may still hold what nobody else can drop then, as a HANDLER does until it is closed.
            reopen(false);
        }
        return new Outcome(changed, denied, message);
    }

    private static boolean isDenial(Exception failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof DenialException) {
                return true;
            }
        }
        return false;
    }

    private void reopen(boolean anew) throws SQLException {
        guarded.close();
        under.close();
        if (anew) {
            guardedDatabase.makeAnew();
        }
        under = guardedDatabase.connect();
        guarded = open(source, under);
        if (anew && engine.isMySql()) {
            // What a guard knows of a schema that others mend would be old for a second.
            run(guarded, "DROP TABLE IF EXISTS nothing_here");
        }
    }

    private static Connection open(DataSource source, Connection real) throws SQLException {
        real.setAutoCommit(true);
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private DataSource guard() throws SQLException {
        Path policy = Path.of(Objects.requireNonNull(Bed.class.getResource("/oracle/oracle.tierguard"))
                .getPath());
        return new TierguardDataSource(
                new OneConnection(() -> under),
                Map.of(
                        "tierguard.policy",
                        policy.toString(),
                        "tierguard.component",
                        "application",
                        "tierguard.audit",
                        folder.resolve("audit-" + engine + ".jsonl").toString(),
                        "tierguard.on-denial",
                        "continue"));
    }

    @Override
    public void close() throws SQLException {
        guarded.close();
        under.close();
        guardedDatabase.close();
        bareDatabase.close();
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Hands out a connection that is there already. */
    private static final class OneConnection extends BareDataSource {
        private final Supplier<Connection> connection;

        OneConnection(Supplier<Connection> connection) {
            this.connection = connection;
        }

        @Override
        public Connection getConnection() {
            return connection.get();
        }
    }
}
