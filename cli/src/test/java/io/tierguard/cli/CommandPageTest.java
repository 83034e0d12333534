package io.tierguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page about the command shows is what the command prints. */
class CommandPageTest {
    private static final Path PAGE = Path.of("../docs/reference/cli.md");
    private static final Path GOLDEN = Path.of("src/test/resources/io/tierguard/cli");
    private static final String FENCE = "```";

    @ParameterizedTest
    @ValueSource(strings = {"check", "demo", "test", "explain"})
    void showsTheHelpOfACommand(String command) throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(fenced(CommandRun.of(command, "--help").out()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check-live.golden",
                "check-body.golden",
                "test-passed.golden",
                "test-failed.golden",
                "explain-waived.golden",
                "explain-observed.golden",
                "explain-script.golden",
                "explain-live.golden"
            })
    void showsOutputThatIsTested(String golden) throws IOException {
        assertThat(Files.readString(PAGE)).contains(fenced(Files.readString(GOLDEN.resolve(golden))));
    }

    @Test
    void hasASectionForEachCommand() throws IOException {
        assertThat(Files.readString(PAGE)).contains("\n## `tierguard test`\n", "\n## `tierguard explain`\n");
    }

    private static String fenced(String text) {
        return FENCE + "text\n" + text + FENCE + "\n";
    }
}
