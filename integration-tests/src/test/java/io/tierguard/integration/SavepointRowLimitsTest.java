package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A limit per transaction takes off what a return to a savepoint has undone, and nothing else: whatever is done with savepoints, what a
 * transaction has kept past the guard is not over the limit.
 */
class SavepointRowLimitsTest {
    private static final int MOST = 3;
    private static final long SEED = Long.getLong("tierguard.savepoints.seed", 20_261_201);
    private static final int SEQUENCES = Integer.getInteger("tierguard.savepoints", 15);
    private static final int STEPS = 40;

    private static final String RULES = """
            tier counted is mutable {
              limit delete 3 rows per transaction
            }

            table item is counted
            table note is operational
            table made* is operational
            routine marks is harmless

            component app {
              grant select, insert, update, delete on tier counted
              grant select, insert, update, delete, create on tier operational
            }
            """;

    private static final List<String> NAMES = List.of(
            "a",
            "A",
            "\"a\"",
            "`a`",
            "b",
            "e",
            "é",
            "jdbc_savepoint_1",
            "SYSTEM_SAVEPOINT_1",
            "_jid_2",
            "tierguard_run");

    private static final List<String> TEXTS = List.of(
            "SAVEPOINT %s",
            "SAVEPOINT %s",
            " savepoint\t%s ;",
            "/* x */ SAVEPOINT %s",
            "SAVEPOINT %s -- x",
            "SAVEPOINT %s; INSERT INTO note VALUES (1)",
            "INSERT INTO note VALUES (2); SAVEPOINT %s",
            "ROLLBACK TO SAVEPOINT %s",
            "ROLLBACK TO SAVEPOINT %s",
            "ROLLBACK WORK TO SAVEPOINT %s",
            "ROLLBACK TO %s",
            "ROLLBACK TO SAVEPOINT %s; INSERT INTO note VALUES (3)",
            "RELEASE SAVEPOINT %s",
            "INSERT INTO note VALUES (4)",
            "COMMIT",
            "ROLLBACK",
            "COMMIT AND CHAIN");

    @TempDir
    private Path folder;

    private final List<Savepoint> savepoints = new ArrayList<>();
    private int next;
    private int made;

    static Stream<TestDatabase> databases() {
        return Stream.concat(TestDatabase.ofApplications(), Stream.of(SqliteDatabase.SQLITE));
    }

    private GuardedTables open(TestDatabase database, boolean hasCode) throws Exception {
        GuardedTables tables = GuardedTables.open(
                database, folder, RULES, "CREATE TABLE item (id INT PRIMARY KEY)", "CREATE TABLE note (id INT)");
        for (int from = 1; from <= 2000; from += 100) {
            StringBuilder rows = new StringBuilder("INSERT INTO item VALUES ");
            for (int id = from; id < from + 100; id++) {
                rows.append(id == from ? "(" : ", (").append(id).append(')');
            }
            tables.prepare(rows.toString());
        }
        if (hasCode) {
            switch (database.dialect()) {
                case MYSQL, MARIADB -> tables.prepare("CREATE PROCEDURE marks() SAVEPOINT a");
                case H2 ->
                    tables.prepare("CREATE ALIAS marks AS 'int marks(java.sql.Connection c) throws Exception"
                            + " { c.createStatement().execute(\"SAVEPOINT a\"); c.setSavepoint(); return 1; }'");
                default -> {}
            }
        }
        return tables;
    }

    /** Something done in a transaction. */
    private interface Step {
        void run() throws SQLException;
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatIsUndoneToASavepointDoesNotCount(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database, false);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement();
                PreparedStatement set = connection.prepareStatement("SAVEPOINT p");
                PreparedStatement back = connection.prepareStatement("ROLLBACK TO SAVEPOINT p")) {
            connection.setAutoCommit(false);
            Savepoint[] last = new Savepoint[1];
            undo(statement, () -> statement.execute("SAVEPOINT t"), () -> statement.execute("ROLLBACK TO SAVEPOINT t"));
            undo(statement, () -> last[0] = connection.setSavepoint(), () -> connection.rollback(last[0]));
            undo(statement, () -> last[0] = connection.setSavepoint("n"), () -> connection.rollback(last[0]));
            undo(statement, set::execute, back::execute);
            statement.execute("SAVEPOINT t");
            delete(statement); // the one row that stays
            undo(statement, () -> statement.execute("SAVEPOINT u"), () -> statement.execute("ROLLBACK TO SAVEPOINT u"));
            statement.executeUpdate("DELETE FROM item WHERE id = " + ++next + " OR id = " + ++next);
            GuardedTables.assertDenied(statement, Reason.ROW_LIMIT, "DELETE FROM item WHERE id = " + (next + 1));
            connection.commit();
            assertThat(tables.count("item")).isEqualTo(2000 - MOST);
        }
    }

    /** Deletes two rows behind a savepoint and returns to it, twice. */
    private void undo(Statement statement, Step set, Step back) throws SQLException {
        set.run();
        delete(statement);
        delete(statement);
        back.run();
        delete(statement);
        statement.executeQuery("SELECT id FROM item WHERE id = 1").close();
        delete(statement);
        back.run();
    }

    private void delete(Statement statement) throws SQLException {
        statement.executeUpdate("DELETE FROM item WHERE id = " + ++next);
    }

    /** The name is one to MySQL, and a procedure's savepoint is the caller's; H2's code counts its own from zero. */
    @ParameterizedTest
    @MethodSource("databases")
    void aSavepointThatAnotherHasReplacedTakesNothingOff(TestDatabase database) throws Exception {
        for (String between : List.of(
                "SAVEPOINT \u00e4",
                "SAVEPOINT A",
                "/**/SAVEPOINT a",
                "CALL marks()",
                "SELECT marks()",
                "SELECT 1; SAVEPOINT a",
                "SAVEPOINT SYSTEM_SAVEPOINT_0",
                "EXECUTE IMMEDIATE 'SAVEPOINT a'")) {
            for (boolean isNamed : new boolean[] {true, false}) {
                replace(database, between, isNamed);
            }
        }
    }

    private void replace(TestDatabase database, String between, boolean isNamed) throws Exception {
        try (GuardedTables tables = open(database, true);
                Connection connection = tables.connectToGoOnWithTexts();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Savepoint unnamed = connection.setSavepoint();
            statement.execute("SAVEPOINT a");
            for (int round = 0; round < 3; round++) {
                attempt(() -> statement.executeUpdate("DELETE FROM item WHERE id IN (" + ++next + ", " + ++next + ")"));
                attempt(() -> statement.execute(between));
                if (isNamed) {
                    attempt(() -> statement.execute("ROLLBACK TO SAVEPOINT a"));
                } else {
                    attempt(() -> connection.rollback(unnamed));
                }
            }
            attempt(connection::commit);
            assertThat(tables.count("item")).as(between).isGreaterThanOrEqualTo(2000 - MOST);
        }
    }

    private static void attempt(Step step) {
        try {
            step.run();
        } catch (SQLException refused) {
            // By the guard or by the database.
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void noTransactionKeepsMoreThanItsLimit(TestDatabase database) throws Exception {
        for (boolean hasCode : new boolean[] {false, true}) {
            try (GuardedTables tables = open(database, hasCode);
                    Connection connection = tables.connectToGoOnWithTexts();
                    Connection bare = tables.connectPastTheGuard();
                    PreparedStatement counting = bare.prepareStatement("SELECT count(*) FROM item")) {
                next = 0;
                int kept = 2000;
                int denied = 0;
                connection.setAutoCommit(false);
                Random random = new Random(SEED);
                for (int sequence = 0; sequence < SEQUENCES; sequence++) {
                    savepoints.clear();
                    List<String> done = new ArrayList<>();
                    for (int step = 0; step < STEPS; step++) {
                        denied += isDenied(connection, random, done) ? 1 : 0;
                        int now = count(counting);
                        assertThat(now).as("seed %d: %s", SEED, done).isGreaterThanOrEqualTo(kept - MOST);
                        kept = now;
                    }
                    attempt(connection::rollback); // SQLite's driver fails where a text has ended the transaction
                }
                assertThat(denied).isPositive();
                assertThat(kept).isLessThan(2000);
            }
        }
    }

    private static int count(PreparedStatement counting) throws SQLException {
        try (ResultSet rows = counting.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private boolean isDenied(Connection connection, Random random, List<String> done) {
        try {
            step(connection, random, done);
        } catch (DenialException denied) {
            done.add("denied");
            return denied.reason() == Reason.ROW_LIMIT;
        } catch (SQLException refused) {
            done.add(String.valueOf(refused.getSQLState()));
        }
        return false;
    }

    private void step(Connection connection, Random random, List<String> done) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String name = NAMES.get(random.nextInt(random.nextBoolean() ? 4 : NAMES.size()));
            String text = TEXTS.get(random.nextInt(TEXTS.size())).formatted(name);
            int kind = random.nextInt(16);
            done.add(kind + ": " + (kind > 11 ? name : text));
            switch (kind) {
                case 0, 1, 2, 3, 4 -> delete(statement);
                case 5, 6, 7, 8 -> statement.execute(text);
                case 9 -> {
                    try (PreparedStatement prepared = connection.prepareStatement(text)) {
                        prepared.execute();
                    }
                }
                case 10 -> {
                    statement.addBatch(text);
                    statement.addBatch("INSERT INTO note VALUES (5)");
                    statement.executeBatch();
                }
                case 11 -> {
                    statement.addBatch(text);
                    statement.executeBatch();
                }
                case 12 ->
                    savepoints.add(random.nextBoolean() ? connection.setSavepoint() : connection.setSavepoint(name));
                case 13 -> {
                    if (!savepoints.isEmpty()) {
                        connection.rollback(savepoints.get(random.nextInt(savepoints.size())));
                    }
                }
                case 14 -> {
                    if (random.nextInt(4) > 0) {
                        statement.execute("CALL marks()");
                    } else {
                        statement.execute("CREATE TABLE made" + ++made + " (id INT)");
                    }
                }
                default -> {
                    if (random.nextInt(3) == 0 && !savepoints.isEmpty()) {
                        connection.releaseSavepoint(savepoints.get(random.nextInt(savepoints.size())));
                    } else if (random.nextInt(4) == 0) {
                        connection.commit();
                    }
                }
            }
        }
    }
}
