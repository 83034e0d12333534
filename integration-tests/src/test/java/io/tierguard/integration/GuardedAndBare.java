package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** Runs an application twice, on the bare driver and through the guard, and compares. */
final class GuardedAndBare {
    private GuardedAndBare() {}

    /** The application sees the same and leaves the same behind, and nothing of it was denied. */
    static void assertSame(LiveDatabase database, Path folder, Application application) throws Exception {
        try (ApplicationDatabase bare = ApplicationDatabase.bare(database, folder);
                ApplicationDatabase guarded = ApplicationDatabase.guarded(database, "applications.tierguard", folder)) {
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
            String test = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                    .getCallerClass()
                    .getSimpleName();
            ApplicationSql.hold(test, database, guarded, folder, 20, recorded);
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
