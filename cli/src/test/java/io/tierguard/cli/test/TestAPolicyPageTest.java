package io.tierguard.cli.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about policy tests shows is what happens. */
class TestAPolicyPageTest {
    private static final Path PAGE = Path.of("../docs/how-to/test-a-policy.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]+)\n(.*?)^```$");

    private static final String SCRIPT = """
            DELETE FROM orders WHERE state = 'cancelled';
            UPDATE payment SET amount = 0
              WHERE status = 'void';
            """;

    @TempDir
    private Path folder;

    private Path policy = Path.of("");
    private List<String> outputs = List.of();

    @BeforeEach
    void writeTheFilesOfThePage() throws IOException {
        List<String> sources = blocks("tierguard");
        policy = Files.writeString(folder.resolve("shop.tierguard"), sources.get(0));
        Files.writeString(folder.resolve("shop_test.tierguard"), sources.get(1));
        outputs = blocks("text");
    }

    @Test
    void theTestsPass() {
        assertThat(run("test", policy, "--coverage")).isEqualTo(outputs.get(0));
    }

    @Test
    void theChangeThatIsDescribedIsFound() throws IOException {
        String changed = Files.readString(policy)
                .replace("  mutable status\n", "  mutable status, amount\n")
                .replace("grant update (status) on", "grant update (status, amount) on");
        Files.writeString(policy, changed);

        assertThat(run("test", policy)).isEqualTo(outputs.get(1));
    }

    @Test
    void theScriptIsExplained() throws IOException {
        Path script = Files.writeString(folder.resolve("V3__tidy.sql"), SCRIPT);

        assertThat(run("explain", "--policy", policy, "--as", "checkout", script))
                .isEqualTo(outputs.get(2));
    }

    private String run(Object... arguments) {
        return CommandRun.of(arguments).out().replace(folder + "/", "");
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
