package io.tierguard.integration.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A database of PostgreSQL or H2, made anew as a whole where a rollback does not restore it. */
final class FreshDatabase implements BedDatabase {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Map<Engine, String> TEMPLATES = new EnumMap<>(Engine.class);

    /** How a connection answers whose driver failed in the middle of a batch, and has lost its place in the protocol. */
    private static final String LOST = "gone: No results were returned by the query";

    private static final Pattern OUTLIVES_ROLLBACK = Pattern.compile(
            "prepare|declare|commit|setval|sequence|identity|listen|temp|end|abort|rollback", Pattern.CASE_INSENSITIVE);

    private final Engine engine;
    private String url = "";
    private @Nullable Connection own;
    private @Nullable Connection keeper;
    private String asMade = "";
    private String allAsMade = "";
    private String rowsAsMade = "";

    private FreshDatabase(Engine engine) {
        this.engine = engine;
    }

    static FreshDatabase open(Engine engine) throws SQLException {
        FreshDatabase database = new FreshDatabase(engine);
        database.make();
        return database;
    }

    private void make() throws SQLException {
        if (engine.isPostgres()) {
            url = engine.server().url() + "oracle" + NUMBERS.incrementAndGet();
            // Before PostgreSQL 15 files are copied anyway, which is quicker here.
            String strategy = engine == Engine.POSTGRESQL_14 ? "" : " STRATEGY file_copy";
            administer("CREATE DATABASE " + name() + " TEMPLATE " + template(engine) + strategy);
        } else {
            url = "jdbc:h2:mem:oracle" + NUMBERS.incrementAndGet() + engine.settings();
            // A database in memory lives as long as somebody is connected.
            Connection alive = engine.connect(url);
            fill(alive, "h2.sql");
            keeper = alive;
        }
        try (Connection connection = connect()) {
            asMade = Fingerprint.of(connection, engine);
            rowsAsMade = Fingerprint.inTransaction(connection, engine);
            allAsMade = everything(connection);
            if (asMade.startsWith("gone")) {
                throw new IllegalStateException(asMade);
            }
        }
    }

    private static String template(Engine engine) throws SQLException {
        String known = TEMPLATES.get(engine);
        if (known == null) {
            known = "oracle_template_" + engine.version();
            try (Connection connection = engine.connect(engine.server().url() + "postgres")) {
                Bed.run(connection, "CREATE DATABASE " + known);
            }
            try (Connection connection = engine.connect(engine.server().url() + known)) {
                fill(connection, "postgresql.sql");
                Bed.run(connection, Fingerprint.POSTGRES_FUNCTION);
            }
            TEMPLATES.put(engine, known);
        }
        return known;
    }

    private static void fill(Connection connection, String script) throws SQLException {
        for (String sql : Fingerprint.resource(script).split("\n\n")) {
            Bed.run(connection, sql);
        }
    }

    private String name() {
        return engine.isPostgres()
                ? url.substring(url.lastIndexOf('/') + 1)
                : engine.stored(url.replaceFirst("jdbc:h2:mem:", "").replaceFirst(";.*", ""));
    }

    @Override
    public List<String> named(List<String> steps) {
        return steps.stream()
                .map(step -> step.replace(Form.DATABASE, '"' + name() + '"'))
                .toList();
    }

    private void administer(String sql) throws SQLException {
        try (Connection connection = engine.connect(engine.server().url() + "postgres")) {
            Bed.run(connection, sql);
        }
    }

    @Override
    public boolean mayLeave(List<String> steps) {
        return !engine.isPostgres()
                || steps.stream()
                        .anyMatch(step -> OUTLIVES_ROLLBACK.matcher(step).find());
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = engine.connect(url);
        if (engine.isPostgres()) {
            Bed.run(connection, "SET lock_timeout TO '5s'");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection connection() throws SQLException {
        Connection known = own;
        if (known == null || known.isClosed()) {
            known = connect();
            own = known;
        }
        return known;
    }

    @Override
    public boolean hasChanged(Connection connection, boolean lasts) throws SQLException {
        if (engine.isPostgres() && !lasts && Fingerprint.hasWrittenNothing(connection)) {
            return false;
        }
        String now = Fingerprint.inTransaction(connection, engine);
        if (now.startsWith(LOST)) {
            try (Connection other = connect()) {
                now = Fingerprint.inTransaction(other, engine);
            }
        }
        boolean changed = !now.equals(rowsAsMade) && !now.equals(Fingerprint.ABORTED);
        // On H2 a change of structure commits by itself, so it can be seen afterwards.
        return changed || (!engine.isPostgres() && isChangedForGood(connection));
    }

    @Override
    public boolean isChangedForGood(Connection connection) throws SQLException {
        return !Fingerprint.of(connection, engine).equals(asMade);
    }

    @Override
    public boolean isAsMade(Connection connection) throws SQLException {
        connection.rollback();
        String all = everything(connection);
        connection.rollback();
        return all.equals(allAsMade);
    }

    private String everything(Connection connection) throws SQLException {
        return engine.isPostgres()
                ? Fingerprint.of(connection, engine) + Fingerprint.everythingInPostgres(connection)
                : Fingerprint.everythingInH2(connection);
    }

    @Override
    public void restore(boolean lasts) throws SQLException {
        Connection connection = connection();
        connection.rollback();
        if (engine.isPostgres() && lasts) {
            connection.setAutoCommit(true);
            Bed.run(connection, "DISCARD ALL");
            Bed.run(connection, "SET lock_timeout TO '5s'");
            connection.setAutoCommit(false);
        }
        if ((!engine.isPostgres() || lasts) && !isAsMade(connection)) {
            makeAnew();
        } else if (!engine.isPostgres()) {
            Bed.run(connection, "SET SCHEMA public");
        }
    }

    @Override
    public void makeAnew() throws SQLException {
        Connection known = own;
        if (known != null) {
            known.close();
            own = null;
        }
        drop();
        make();
    }

    private void drop() throws SQLException {
        if (engine.isPostgres()) {
            administer("DROP DATABASE " + name() + " WITH (FORCE)");
        } else {
            Connection alive = keeper;
            if (alive != null) {
                alive.close();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        Connection known = own;
        if (known != null) {
            known.close();
        }
        drop();
    }
}
