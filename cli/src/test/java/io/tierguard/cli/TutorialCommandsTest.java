package io.tierguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who types what the tutorial says, in its order and with its files, sees what it shows. */
class TutorialCommandsTest {
    private static final Path PAGE = Path.of("../docs/tutorial/protect-one-table.md");

    @TempDir
    private Path clone;

    @Test
    void theCommandsPrintWhatTheTutorialShows() throws Exception {
        Walkthrough tutorial = Walkthrough.of(PAGE, clone);
        assertThat(clone.resolve("try")).isDirectoryContaining("glob:**/Invoices.java");

        assertThat(tutorial.assertPrintsWhatIsShown()).isGreaterThan(10);

        assertThat(clone.resolve("try")).doesNotExist();
        assertThat(clone.resolve("tierguard-audit.jsonl")).doesNotExist();
    }
}
