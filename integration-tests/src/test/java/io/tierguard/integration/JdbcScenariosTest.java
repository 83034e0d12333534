package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What JDBC does over several calls is the same through the guard: the lives of objects, cursors, timeouts, cancelling. */
class JdbcScenariosTest {
    private static final String POLICY = """
            table * is operational

            component app {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    static final String ROWS = "SELECT id, name FROM item ORDER BY id";

    /** What an application does with a connection. */
    private interface Scenario {
        void play(Connection connection, Sightings sightings) throws Exception;
    }

    private final Map<String, Scenario> scenarios = new TreeMap<>();

    @TempDir
    private Path folder;

    JdbcScenariosTest() {
        scenarios.put("identities", JdbcObjectScenarios::identities);
        scenarios.put("ends of parents", JdbcObjectScenarios::endsOfParents);
        scenarios.put("closing on completion", JdbcObjectScenarios::closeOnCompletion);
        scenarios.put("closing twice", JdbcObjectScenarios::closeTwice);
        scenarios.put("several results", JdbcObjectScenarios::severalResults);
        scenarios.put("executing again closes", JdbcObjectScenarios::executingAgainCloses);
        scenarios.put("holdability", JdbcObjectScenarios::holdability);
        scenarios.put("cursors that scroll", JdbcObjectScenarios::scrolling);
        scenarios.put("streaming", JdbcObjectScenarios::streaming);
        scenarios.put("most rows", JdbcObjectScenarios::maxRows);
        scenarios.put("generated keys", JdbcRunScenarios::generatedKeys);
        scenarios.put("large counts", JdbcRunScenarios::largeCounts);
        scenarios.put("callables", JdbcRunScenarios::callables);
        scenarios.put("savepoints", JdbcRunScenarios::savepoints);
        scenarios.put("quoting", JdbcObjectScenarios::quoting);
        scenarios.put("read-only and isolation", JdbcRunScenarios::modes);
        scenarios.put("wrappers", JdbcObjectScenarios::wrappers);
        scenarios.put("a query's timeout", JdbcRunScenarios::queryTimeout);
        scenarios.put("cancelling", JdbcRunScenarios::cancelling);
        scenarios.put("interruption", JdbcRunScenarios::interruption);
        scenarios.put("aborting", JdbcRunScenarios::aborting);
        scenarios.put("many statements", JdbcObjectScenarios::manyStatements);
    }

    @ParameterizedTest
    @EnumSource
    void everyScenarioGoesTheSame(LiveDatabase database) throws Exception {
        assertSame(database);
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void everyScenarioGoesTheSameOnTheMySqlFamily(MySqlDatabase database) throws Exception {
        assertSame(database);
    }

    private void assertSame(TestDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY);
                JdbcBed bed = new JdbcBed(database, tables.connectPastTheGuard())) {
            // Its query is over there before anybody could cancel it.
            if (database instanceof MySqlDatabase) {
                scenarios.remove("cancelling");
            }
            Map<String, String> differences = new TreeMap<>();
            for (Map.Entry<String, Scenario> each : scenarios.entrySet()) {
                List<String> bare = played(tables.connectPastTheGuard(), each.getValue());
                String left = bed.reset();
                List<String> guarded = played(tables.connect(), each.getValue());
                String leftByGuarded = bed.reset();
                // Not all that is tried here can be had of MySQL's and MariaDB's drivers.
                if (database instanceof LiveDatabase) {
                    assertThat(bare).as(each.getKey()).noneMatch(seen -> seen.startsWith("ended by"));
                }
                assertThat(bare).as(each.getKey()).isNotEmpty();
                if (!guarded.equals(bare) || !leftByGuarded.equals(left)) {
                    differences.put(
                            each.getKey(),
                            bare + " left " + left + "\n  guarded " + guarded + " left " + leftByGuarded);
                }
            }
            assertThat(differences).isEmpty();
        }
    }

    private static List<String> played(Connection connection, Scenario scenario) throws SQLException {
        Sightings sightings = new Sightings();
        try (connection) {
            scenario.play(connection, sightings);
        } catch (Exception | Error failure) {
            sightings.see("ended by", JdbcOutcome.ofFailure(failure));
        }
        return sightings.all();
    }

    interface Answering {
        Object answer() throws Exception;
    }

    static String answer(Answering answering) {
        try {
            return JdbcOutcome.ofValue(answering.answer());
        } catch (Exception failure) {
            return JdbcOutcome.ofFailure(failure);
        }
    }

    /** Only what kind of failure it is: which of a driver's messages is last depends on the moment. */
    static String kind(Answering answering) {
        try {
            answering.answer();
            return "passed";
        } catch (Exception failure) {
            return failure.getClass() + " " + (failure instanceof SQLException sql ? sql.getSQLState() : "");
        }
    }
}
