package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** Runs an application twice, on the bare driver and through the guard, and compares. */
final class GuardedAndBare {
    private static final String POLICY = "applications.tierguard";

    private GuardedAndBare() {}

    /** The application sees the same and leaves the same behind, and nothing of it was denied; all of it is read exactly. */
    static void assertSame(TestDatabase database, Path folder, Application application) throws Exception {
        assertSame(caller(), POLICY, database, folder, 0, application);
    }

    /** The same where {@code most} so many texts are read less than exactly. */
    static void assertSame(TestDatabase database, Path folder, int most, Application application) throws Exception {
        assertSame(caller(), POLICY, database, folder, most, application);
    }

    /** The same under a policy of its own, among the test resources. */
    static void assertSameUnder(String policy, TestDatabase database, Path folder, int most, Application application)
            throws Exception {
        assertSame(caller(), policy, database, folder, most, application);
    }

    private static String caller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> !name.equals(GuardedAndBare.class.getName()))
                        .findFirst()
                        .orElseThrow())
                .replaceFirst(".*\\.", "");
    }

    private static void assertSame(
            String test, String policy, TestDatabase database, Path folder, int most, Application application)
            throws Exception {
        try (ApplicationDatabase bare = ApplicationDatabase.bare(database, folder);
                ApplicationDatabase guarded = ApplicationDatabase.guarded(database, policy, folder)) {
            Sightings expected = new Sightings();
            application.run(bare.dataSource(), expected);
            Sightings seen = new Sightings();
            RecordedSql recorded = new RecordedSql();
            try {
                application.run(recorded.listeningTo(guarded.dataSource()), seen);
            } finally {
                assertThat(denials(guarded)).as("denials").isEmpty();
            }
            assertThat(seen.all()).isEqualTo(expected.all());
            DatabaseContents left = guarded.contents();
            assertThat(left.structure()).isEqualTo(bare.contents().structure());
            assertThat(left.rows()).isEqualTo(bare.contents().rows());
            ApplicationSql.hold(test, database, guarded, folder, most, recorded);
        }
    }

    private static List<String> denials(ApplicationDatabase guarded) throws Exception {
        List<String> decisions = guarded.decisions();
        assertThat(decisions).as("decisions").isNotEmpty();
        return decisions.stream()
                .filter(line -> line.contains("\"decision\":\"deny\""))
                .toList();
    }
}
