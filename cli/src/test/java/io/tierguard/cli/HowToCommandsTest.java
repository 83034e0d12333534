package io.tierguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of the how-to guides print what the guides show. */
class HowToCommandsTest {
    private static final Path GUIDES = Path.of("../docs/how-to");

    @TempDir
    private Path clone;

    @ParameterizedTest
    @CsvSource({
        "break-glass-with-a-waiver.md, 5",
        "from-observe-to-enforce.md, 2",
        "add-a-component.md, 2",
        "split-a-policy-into-files.md, 3"
    })
    void theCommandsPrintWhatTheGuideShows(String guide, int commands) throws Exception {
        assertThat(Walkthrough.of(GUIDES.resolve(guide), clone).assertPrintsWhatIsShown())
                .isEqualTo(commands);
    }
}
