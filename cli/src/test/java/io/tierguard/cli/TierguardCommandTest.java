package io.tierguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TierguardCommandTest {

    @Test
    void helpListsTheCommandsAndTheExitCodes() {
        CommandRun run = CommandRun.of("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("Usage: tierguard")
                .contains("audit")
                .contains("Exit codes:")
                .contains(" 3  ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void versionTellsTheBuildAndTheJava() {
        assertThat(CommandRun.of("--version").out())
                .contains("tierguard ")
                .contains("Java " + System.getProperty("java.version"));
    }

    @Test
    void withoutACommandTheHelpGoesToStandardErrorAsAUsageError() {
        CommandRun run = CommandRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: tierguard");
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThat(CommandRun.of("chek").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("audit").exitCode()).isEqualTo(2);
    }
}
