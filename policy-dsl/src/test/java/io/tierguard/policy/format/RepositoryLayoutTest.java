package io.tierguard.policy.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The policies of this repository are laid out as the formatter does it, in files and in the documentation. */
class RepositoryLayoutTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```tierguard\n(.*?)^```");

    /** Files that are wrong, or out of order, because a test wants them so. */
    private static final Pattern EXCEPTED = Pattern.compile(".*/(target|policy/diagnostics|policy/format)/.*");

    @Test
    void lays_out_the_policy_files() throws IOException {
        List<Path> files = files("glob:**/src/{main,test}/**.tierguard");
        assertThat(files).contains(ROOT.resolve("cli/src/main/resources/io/tierguard/cli/demo/shop.tierguard"));
        for (Path file : files) {
            assertIsFormatted(file, Files.readString(file));
        }
    }

    @Test
    void lays_out_the_policies_of_the_documentation() throws IOException {
        int found = 0;
        for (Path page : files("glob:{../docs/**,../editors/**,../*}.md")) {
            List<MatchResult> fences =
                    FENCE.matcher(Files.readString(page)).results().toList();
            for (MatchResult fence : fences) {
                found += assertIsFormatted(page, fence.group(1)) ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(20);
    }

    /** Whether it could be read; then it is formatted. */
    private static boolean assertIsFormatted(Path place, String text) {
        FormatOutcome outcome = Formatter.format(place.toString(), text.getBytes(StandardCharsets.UTF_8));
        if (outcome instanceof FormatOutcome.Formatted formatted) {
            assertThat(text).as(place.toString()).isEqualTo(formatted.text());
        }
        return outcome instanceof FormatOutcome.Formatted;
    }

    private static List<Path> files(String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(ROOT.getFileSystem().getPathMatcher(glob)::matches)
                    .filter(file -> !EXCEPTED.matcher(file.toString()).matches())
                    .sorted()
                    .forEach(found::add);
        }
        return found;
    }
}
