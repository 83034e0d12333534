package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where nothing could be denied, what nobody can read has the outcome that it has on the bare driver; rule E20. */
class EverythingAllowedTest {
    private static final String RULES = """
            table * is operational

            component app {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on *
            }

            trust app {
              why "a suite of tests"
              owner "data-guardians"
              unwrap
              define
              administer
              until 2999-01-01T00:00Z
            }
            """;

    private static final List<String> TEXTS = List.of(
            "FROBNICATE orders",
            "SELEC 1",
            "SELECT 'never closed",
            "SELECT (1",
            "SELECT 1)",
            "\"DELETE\" FROM orders",
            "SELECT {fn nosuch(1)}",
            "SELECT {x}",
            "/* never closed",
            "SELECT 1 /*/ FROM orders",
            "EXECUTE nothing",
            "SELECT nosuch(1)",
            "BEGIN; FROBNICATE; COMMIT",
            "UPDATE orders SET id = 2; FROBNICATE",
            "");

    @TempDir
    private Path folder;

    static Stream<TestDatabase> databases() {
        return Stream.concat(Stream.of(LiveDatabase.values()), Stream.of(MySqlDatabase.MARIADB, MySqlDatabase.MYSQL));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatTheDatabaseDoesNotUnderstandItSaysItself(TestDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database, folder, RULES, "CREATE TABLE orders (id INT PRIMARY KEY)", "INSERT INTO orders VALUES (1)")) {
            for (String text : TEXTS) {
                for (boolean autoCommit : new boolean[] {true, false}) {
                    try (Connection bare = tables.connectPastTheGuard();
                            Connection guarded = tables.connect()) {
                        List<String> expected = outcomes(bare, autoCommit, text);
                        assertThat(outcomes(guarded, autoCommit, text))
                                .as(database + ", " + autoCommit + ": " + text)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** What comes of a text by each way in, and of the session after it. */
    private static List<String> outcomes(Connection connection, boolean autoCommit, String text) throws SQLException {
        List<String> outcomes = new ArrayList<>();
        connection.setAutoCommit(autoCommit);
        outcomes.add(outcome(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(text);
            }
        }));
        outcomes.add(after(connection));
        outcomes.add(outcome(() -> {
            try (PreparedStatement prepared = connection.prepareStatement(text)) {
                prepared.execute();
            }
        }));
        outcomes.add(after(connection));
        outcomes.add(outcome(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.addBatch("UPDATE orders SET id = 1");
                statement.addBatch(text);
                statement.executeBatch();
            }
        }));
        outcomes.add(after(connection));
        return outcomes;
    }

    private static String after(Connection connection) throws SQLException {
        String within = outcome(() -> count(connection));
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        return within + " " + outcome(() -> count(connection));
    }

    private static void count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
            rows.next();
        }
    }

    private static String outcome(Run run) {
        try {
            run.now();
            return "done";
        } catch (SQLException failure) {
            return failure.getClass().getName() + " " + failure.getSQLState() + " " + failure.getErrorCode();
        }
    }

    /** Something that may fail. */
    private interface Run {
        void now() throws SQLException;
    }
}
