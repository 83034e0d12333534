package io.tierguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policy that the README shows is sound and laid out, and denies in the words that the README shows. */
class ReadmeTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```([a-z]*)\n(.*?)^```$");
    private static final Pattern AUDIT_ID = Pattern.compile(" \\[audit [^]]*]");

    @TempDir
    private Path folder;

    @Test
    void thePolicyIsSoundAndLaidOut() throws IOException {
        CommandRun check = CommandRun.of("check", "--strict", policy());

        assertThat(check.exitCode()).as(check.out()).isZero();
        assertThat(CommandRun.of("fmt", "--check", policy()).exitCode()).isZero();
    }

    @Test
    void theDenialIsThatOfThePolicy() throws IOException {
        CommandRun explained =
                CommandRun.of("explain", "--policy", policy(), "--as", "checkout", "DELETE FROM payment WHERE id = 1");

        assertThat(explained.out()).contains(AUDIT_ID.matcher(plain().get(1)).replaceAll(""));
    }

    private Path policy() throws IOException {
        return Files.writeString(folder.resolve("shop.tierguard"), plain().get(0));
    }

    /** The policy, the denial, and what else is in no language of its own. */
    private static List<String> plain() throws IOException {
        return FENCE.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .filter(fence -> fence.group(1).isEmpty())
                .map(fence -> fence.group(2))
                .toList();
    }
}
