package io.tierguard.integration.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.integration.oracle.Bed.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random texts on live databases: whatever the guard lets through changes nothing protected, and statements on tables that
 * are not protected pass where the database runs them.
 *
 * <p>A seed of its own, then the one of {@code -Dfuzz.seed}; each for half of {@code -Dfuzz.seconds}, and for {@value #FEWEST}
 * texts at least.
 */
class StatementsLiveFuzzTest {
    private static final long SEED = 20261128;
    /** How many texts are run however long they take: on a busy machine the time alone could be over before the first. */
    private static final int FEWEST = 100;

    private static final List<WayIn> WAYS = List.of(WayIn.EXECUTE, WayIn.PREPARED, WayIn.BATCH, WayIn.WITHOUT_ESCAPES);

    @TempDir
    private Path folder;

    static Stream<Engine> ofGrammar() {
        return engines(
                "POSTGRESQL_18", "POSTGRESQL_14", "H2", "H2_MYSQL", "H2_OLDEST", "MARIADB", "MYSQL", "MARIADB_OLDEST");
    }

    static Stream<Engine> ofFragments() {
        return engines(
                "POSTGRESQL_18",
                "POSTGRESQL_14",
                "H2",
                "H2_MSSQLSERVER",
                "H2_OLDEST",
                "MARIADB",
                "MYSQL_BY_MARIADB_DRIVER");
    }

    static Stream<Engine> ofOrdinary() {
        return engines("POSTGRESQL_18", "H2", "MARIADB", "MYSQL");
    }

    private static Stream<Engine> engines(String... names) {
        String only = System.getProperty("fuzz.engines", ".*");
        return Stream.of(names)
                .map(Engine::valueOf)
                .filter(engine -> engine.name().matches(only) && engine.isAvailable());
    }

    private static Supplier<String> statements(Random random, Engine engine, boolean onlyFree) {
        return engine.isMySql()
                ? new MySqlRandomStatements(random, engine, onlyFree)::next
                : new RandomStatements(random, engine, onlyFree)::next;
    }

    @ParameterizedTest
    @MethodSource("ofGrammar")
    void noStatementOfTheGrammarChangesWhatIsProtected(Engine engine) throws Exception {
        try (Bed bed = Bed.open(engine, folder)) {
            for (long seed : seeds()) {
                Random random = new Random(seed);
                // Else nothing would be shown but that everything is denied.
                run(bed, "grammar, seed " + seed, random, statements(random, engine, false), 30);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofFragments")
    void noTextOfGluedFragmentsChangesWhatIsProtected(Engine engine) throws Exception {
        try (Bed bed = Bed.open(engine, folder)) {
            for (long seed : seeds()) {
                Random random = new Random(seed);
                RandomFragments fragments = new RandomFragments(random, engine.isMySql());
                run(
                        bed,
                        "fragments, seed " + seed,
                        random,
                        () -> random.nextBoolean() ? fragments.next() : fragments.nextBalanced(),
                        1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofOrdinary")
    void noValidStatementOnOrdinaryTablesIsDenied(Engine engine) throws Exception {
        try (Bed bed = Bed.open(engine, folder)) {
            for (long seed : seeds()) {
                Supplier<String> statements = statements(new Random(seed), engine, true);
                List<String> denied = new ArrayList<>();
                int valid = 0;
                int run = 0;
                long end = end();
                while (run < FEWEST || System.nanoTime() < end) {
                    List<String> text = List.of(statements.get());
                    run++;
                    Outcome guarded = bed.guarded(WayIn.EXECUTE, text);
                    valid += guarded.message().isEmpty() ? 1 : 0;
                    if (guarded.denied()
                            && bed.bare(WayIn.EXECUTE, text).message().isEmpty()) {
                        denied.add(text.get(0) + " | " + guarded.message());
                    }
                }
                System.out.println("Fuzz on " + engine + ", ordinary tables, seed " + seed + ": " + run + " texts, "
                        + valid + " ran, " + denied.size() + " valid ones were denied");
                assertThat(denied).isEmpty();
                assertThat(valid).as("of " + run + " ran").isGreaterThan(run * 2 / 5);
            }
        }
    }

    /** Runs random texts, of which at least {@code share} percent must run. */
    private static void run(Bed bed, String what, Random random, Supplier<String> texts, int share) throws Exception {
        int run = 0;
        int passed = 0;
        List<String> bypasses = new ArrayList<>();
        long end = end();
        while (run < FEWEST || System.nanoTime() < end) {
            String text = texts.get();
            WayIn way = WAYS.get(random.nextInt(WAYS.size()));
            run++;
            Outcome guarded = bed.guarded(way, List.of(text));
            passed += guarded.message().isEmpty() ? 1 : 0;
            if (guarded.changed()) {
                bypasses.add(way + " | " + text);
            }
        }
        System.out.println("Fuzz on " + bed.engine() + ", " + what + ": " + run + " texts, " + passed
                + " passed and ran, " + bypasses.size() + " changed something protected");
        assertThat(bypasses).isEmpty();
        assertThat(passed).as("of " + run + " passed and ran").isGreaterThanOrEqualTo(run * share / 100);
    }

    private static long[] seeds() {
        return new long[] {SEED, Long.getLong("fuzz.seed", 1)};
    }

    private static long end() {
        return System.nanoTime() + Integer.getInteger("fuzz.seconds", 3) * 500_000_000L;
    }
}
