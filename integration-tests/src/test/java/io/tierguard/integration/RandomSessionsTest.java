package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Whatever a session does to its path, transaction, temporary tables and prepared names, no held row changes; and little is
 * denied that would have changed another.
 *
 * <p>A second session does without the guard what the first one was let do, so it knows what a name means then.
 */
class RandomSessionsTest {
    private static final long SEED = Long.getLong("tierguard.sessions.seed", 20_261_128);
    private static final int SEQUENCES = Integer.getInteger("tierguard.sessions", 24);
    private static final int STEPS = 60;

    /** The share of writes on mutable tables that may be denied for want of certainty. */
    private static final double MOST_FALSE_DENIALS =
            Double.parseDouble(System.getProperty("tierguard.sessions.most", "0.10"));

    /** What a denial says that is of a statement which would run in another database than the session's. */
    private static final String MADE_ELSEWHERE = "make it again";

    private static final String POLICY = """
            table free.* is operational
            table other.* is operational
            table held.* is ledger

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    private static final List<String> SCHEMA = List.of(
            "CREATE SCHEMA free",
            "CREATE SCHEMA other",
            "CREATE SCHEMA held",
            "CREATE SCHEMA bare",
            "CREATE TABLE free.note (id INT, v INT)",
            "CREATE TABLE other.note (id INT, v INT)",
            "CREATE TABLE held.note (id INT, v INT)",
            "CREATE TABLE held.scratch (id INT, v INT)");

    @TempDir
    private Path folder;

    private int writes;
    private int passed;
    private int needless;
    private int ambiguous;
    private final List<String> needlessTexts = new ArrayList<>();

    static Stream<TestDatabase> databases() {
        return Stream.concat(
                Stream.of(LiveDatabase.values()),
                Stream.of(MySqlDatabase.values()).filter(MySqlDatabase::isAvailable));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void noHeldRowChangesAndLittleElseIsDenied(TestDatabase database) throws Exception {
        String[] schema = schema(database);
        String bare = database.createDatabase();
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, schema)) {
            try (Connection connection = database.connect(bare);
                    Statement statement = connection.createStatement()) {
                for (String sql : schema) {
                    statement.execute(sql);
                }
            }
            String shadowUrl =
                    database instanceof MySqlDatabase ? database.withSetting(bare, "allowMultiQueries", "true") : bare;
            for (int sequence = 0; sequence < SEQUENCES; sequence++) {
                long seed = SEED + sequence;
                try (Connection guarded = tables.connectToGoOnWithTexts();
                        Connection shadow = database.connect(shadowUrl)) {
                    new Sequence(database, seed, guarded, shadow).run();
                }
            }
        } finally {
            database.dropDatabase(bare);
        }
        System.out.printf(
                "random sessions on %s, seed %d: %d sequences of %d steps, %d writes on tables that may change, %d of them"
                        + " denied, and %d more because the held schema is on the path too%n",
                database, SEED, SEQUENCES, STEPS, passed + needless, needless, ambiguous);
        if (Boolean.getBoolean("tierguard.sessions.show")) {
            needlessTexts.forEach(System.out::println);
        }
        assertThat(writes).isGreaterThan(SEQUENCES);
        assertThat((double) needless / (passed + needless)).isLessThan(MOST_FALSE_DENIALS);
    }

    private static String[] schema(TestDatabase database) {
        List<String> schema = new ArrayList<>(SCHEMA);
        if (database instanceof MySqlDatabase) {
            return schemaOfMySql(schema);
        }
        if (database == LiveDatabase.H2) {
            for (String table : List.of("note", "scratch")) {
                schema.add("CREATE TRIGGER held.wire_" + table + " BEFORE UPDATE, DELETE ON held." + table + " CALL '"
                        + Tripwire.class.getName() + "'");
            }
            return schema.toArray(new String[0]);
        }
        schema.add("CREATE FUNCTION held.wire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '"
                + Tripwire.MESSAGE + "'; END $$");
        for (String table : List.of("note", "scratch")) {
            schema.add("CREATE TRIGGER wire BEFORE UPDATE OR DELETE OR TRUNCATE ON held." + table
                    + " FOR EACH STATEMENT EXECUTE FUNCTION held.wire()");
        }
        for (String role : List.of("free", "held")) {
            schema.add("DO $$ BEGIN CREATE ROLE " + role + " SUPERUSER; EXCEPTION WHEN duplicate_object THEN END $$");
        }
        return schema.toArray(new String[0]);
    }

    /** The schemas are databases of the server, which both sessions share; only the rows that trip are there. */
    private static String[] schemaOfMySql(List<String> tables) {
        List<String> schema = new ArrayList<>();
        for (String name : List.of("free", "other", "held", "bare")) {
            schema.add("DROP DATABASE IF EXISTS " + name);
        }
        schema.addAll(tables);
        for (String table : List.of("note", "scratch")) {
            schema.add("INSERT INTO held." + table + " VALUES (1, -1)");
            for (String event : List.of("UPDATE", "DELETE")) {
                schema.add("CREATE TRIGGER held." + table + event + " BEFORE " + event + " ON held." + table
                        + " FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '" + Tripwire.MESSAGE + "'");
            }
        }
        return schema.toArray(new String[0]);
    }

    /** One session with the guard and its shadow without. */
    private final class Sequence {
        private final TestDatabase database;
        private final long seed;
        private final Connection guarded;
        private final Connection shadow;
        private final RandomSession steps;
        private final List<String> history = new ArrayList<>();
        private final Map<String, PreparedStatement> prepared = new HashMap<>();
        private @Nullable Savepoint ofGuarded;
        private @Nullable Savepoint ofShadow;

        Sequence(TestDatabase database, long seed, Connection guarded, Connection shadow) {
            this.database = database;
            this.seed = seed;
            this.guarded = guarded;
            this.shadow = shadow;
            this.steps = new RandomSession(database, seed);
        }

        void run() throws SQLException {
            for (int at = 0; at < STEPS; at++) {
                RandomSession.Step step = steps.next();
                history.add(step.way() + " " + step.sql());
                String target = step.name().isEmpty() ? "" : target(step);
                writes += step.name().isEmpty() ? 0 : 1;
                Savepoint before = ofGuarded;
                String outcome = outcome(() -> run(guarded, step, true));
                assertThat(outcome).as(story()).doesNotContain(Tripwire.MESSAGE);
                boolean isDenied = outcome.startsWith("denied");
                if (outcome.contains(MADE_ELSEWHERE)) {
                    prepared.clear(); // as it says, they must be made again
                    continue;
                }
                if (isDenied) {
                    ofGuarded = before;
                    boolean isNeedless = isMutable(target) && !searchesHeld();
                    needless += isNeedless ? 1 : 0;
                    ambiguous += isMutable(target) && !isNeedless ? 1 : 0;
                    if (isNeedless) {
                        needlessTexts.add("--- seed " + seed + " target " + target + " " + outcome + "\n" + story());
                    }
                } else {
                    passed += isMutable(target) ? 1 : 0;
                    String bare = outcome(() -> run(shadow, step, false));
                    assertThat(outcome).as(story()).isEqualTo(bare);
                }
            }
        }

        /** Whether the path names the held schema too, so that the name is one of several tables. */
        private boolean searchesHeld() throws SQLException {
            if (database instanceof MySqlDatabase) {
                return false; // one database alone is searched
            }
            String path = database == LiveDatabase.H2
                    ? "SELECT STATE_COMMAND FROM INFORMATION_SCHEMA.SESSION_STATE WHERE STATE_KEY = 'SCHEMA_SEARCH_PATH'"
                    : "SELECT pg_catalog.array_to_string(pg_catalog.current_schemas(true), ',')";
            boolean isIdle = database == LiveDatabase.POSTGRESQL
                    && shadow.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE;
            boolean searches;
            try (Statement statement = shadow.createStatement();
                    ResultSet row = statement.executeQuery(path)) {
                searches =
                        row.next() && row.getString(1).toLowerCase(Locale.ROOT).contains("held");
            }
            if (isIdle && !shadow.getAutoCommit()) {
                shadow.rollback();
            }
            return searches;
        }

        private boolean isMutable(String target) {
            return !target.isEmpty() && !target.equals("held");
        }

        private String story() {
            return "seed " + seed + ": "
                    + String.join(" / ", history.subList(Math.max(0, history.size() - 14), history.size()));
        }

        private void run(Connection connection, RandomSession.Step step, boolean isGuarded) throws SQLException {
            switch (step.way()) {
                case STATEMENT -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(step.sql());
                    }
                }
                case PREPARED -> prepared(connection, step.sql(), isGuarded).executeUpdate();
                case BATCH -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.addBatch(step.sql());
                        statement.addBatch(step.sql());
                        statement.executeBatch();
                    }
                }
                case SET_SCHEMA -> {
                    if (database instanceof MySqlDatabase) {
                        connection.setCatalog(step.sql());
                    } else {
                        connection.setSchema(step.sql());
                    }
                }
                case AUTO_COMMIT_ON -> connection.setAutoCommit(true);
                case AUTO_COMMIT_OFF -> connection.setAutoCommit(false);
                case COMMIT -> connection.commit();
                case ROLLBACK -> connection.rollback();
                case SAVEPOINT -> {
                    Savepoint made = connection.setSavepoint();
                    if (isGuarded) {
                        ofGuarded = made;
                    } else {
                        ofShadow = made;
                    }
                }
                case ROLLBACK_TO -> {
                    Savepoint savepoint = isGuarded ? ofGuarded : ofShadow;
                    if (savepoint != null) {
                        connection.rollback(savepoint);
                    }
                }
            }
        }

        /** A statement that is prepared once and run for as long as the session lives. */
        private PreparedStatement prepared(Connection connection, String sql, boolean isGuarded) throws SQLException {
            String key = isGuarded + sql;
            PreparedStatement known = prepared.get(key);
            if (known == null) {
                known = connection.prepareStatement(sql);
                prepared.put(key, known);
            }
            return known;
        }

        /** The schema in which the shadow finds a name now, whose state is that of the guarded session; empty for none. */
        private String target(RandomSession.Step step) throws SQLException {
            return database == LiveDatabase.H2
                    ? targetOnH2(step.name())
                    : database == LiveDatabase.POSTGRESQL ? targetOnPostgresql(step) : targetOnMySql(step.name());
        }

        private String targetOnMySql(String name) throws SQLException {
            try (Statement statement = shadow.createStatement()) {
                try (ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + name)) {
                    row.next();
                    if (row.getString(2).startsWith("CREATE TEMPORARY")) {
                        return "temporary";
                    }
                }
                try (ResultSet row = statement.executeQuery("SELECT DATABASE()")) {
                    row.next();
                    return row.getString(1);
                }
            } catch (SQLException absent) {
                return "";
            }
        }

        private String targetOnPostgresql(RandomSession.Step step) throws SQLException {
            TransactionState state = shadow.unwrap(BaseConnection.class).getTransactionState();
            if (state == TransactionState.FAILED) {
                return "";
            }
            String found;
            try (Statement statement = shadow.createStatement();
                    ResultSet row = statement.executeQuery("SELECT n.nspname FROM pg_catalog.pg_class c"
                            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                            + " WHERE c.oid = pg_catalog.to_regclass('" + step.name() + "') AND ('" + step.sql()
                            + "' NOT LIKE 'EXECUTE%' OR EXISTS (SELECT FROM pg_catalog.pg_prepared_statements p"
                            + " WHERE 'EXECUTE ' || p.name = '" + step.sql() + "'))")) {
                found = row.next() ? row.getString(1) : "";
            }
            if (state == TransactionState.IDLE && !shadow.getAutoCommit()) {
                shadow.rollback();
            }
            return found;
        }

        private String targetOnH2(String name) throws SQLException {
            try (Statement statement = shadow.createStatement();
                    ResultSet row = statement.executeQuery("EXPLAIN SELECT v FROM " + name)) {
                row.next();
                String plan = row.getString(1);
                return plan.contains("\"HELD\".") ? "held" : "other";
            } catch (SQLException absent) {
                return "";
            }
        }
    }

    @FunctionalInterface
    private interface Run {
        void run() throws SQLException;
    }

    private static String outcome(Run run) {
        try {
            run.run();
            return "passed";
        } catch (DenialException denial) {
            return "denied " + denial.getMessage();
        } catch (SQLException refused) {
            String message = String.valueOf(refused.getMessage());
            return message.contains(Tripwire.MESSAGE) ? Tripwire.MESSAGE : "failed " + refused.getSQLState();
        }
    }
}
