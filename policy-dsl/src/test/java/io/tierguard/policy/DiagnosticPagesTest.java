package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code has its page in the documentation, and the page is true. */
class DiagnosticPagesTest {

    private static final Path FOLDER = Path.of("../docs/reference/diagnostics");
    private static final String FENCE = "```";

    /** Codes about bytes, size and hidden characters: what to avoid is told by a comment, and a file of comments is empty. */
    private static final Set<String> NOT_SHOWN =
            Set.of("TG101", "TG102", "TG103", "TG104", "TG105", "TG114", "TG199", "TG205", "TG508", "TG603");

    /** Codes about the tests of a policy, which stand in files of their own. */
    private static final Set<String> OF_TESTS = Set.of("TG801", "TG802", "TG803");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(DiagnosticCode.class)
    void is_laid_out_like_the_others(DiagnosticCode kind) throws IOException {
        List<String> lines = page(kind).lines().toList();
        assertThat(lines.get(0)).startsWith("# " + kind.code() + ": ");
        assertThat(lines.get(2)).as("one sentence").endsWith(".").doesNotContain(". ");
        assertThat(lines.get(4)).startsWith(weight(kind)).contains("of the [policy rules](../policy-rules.md)");
        assertThat(lines.stream().filter(line -> line.startsWith("## ")))
                .containsExactly("## Why", "## Avoid", "## Prefer");
        assertThat(lines.stream().filter(line -> line.startsWith(FENCE)))
                .containsExactly(FENCE + "tierguard", FENCE, FENCE + "tierguard", FENCE);
    }

    @ParameterizedTest
    @EnumSource(DiagnosticCode.class)
    void has_a_line_in_the_index_that_says_the_same(DiagnosticCode kind) throws IOException {
        String says = page(kind).lines().toList().get(2);
        String code = kind.code();
        assertThat(Files.readString(FOLDER.resolve("README.md")).lines())
                .containsOnlyOnce("| [" + code + "](" + code + ".md) | " + says + " |");
    }

    @ParameterizedTest
    @EnumSource(DiagnosticCode.class)
    void names_rules_that_exist(DiagnosticCode kind) throws IOException {
        String rules = Files.readString(FOLDER.resolveSibling("policy-rules.md"));
        String line = page(kind).lines().toList().get(4);
        String named = line.substring(line.indexOf(" Rule") + 1, line.indexOf(" of the ["))
                .replaceFirst("Rules? ", "");
        assertThat(named.split(", ")).allSatisfy(rule -> assertThat(rules).contains("\n| " + rule + " | "));
    }

    @ParameterizedTest
    @EnumSource(DiagnosticCode.class)
    void shows_an_example_to_avoid_of_which_this_and_nothing_else_is_said(DiagnosticCode kind) throws IOException {
        boolean isShown = !NOT_SHOWN.contains(kind.code()) && !OF_TESTS.contains(kind.code());
        assertThat(said(example(kind, "## Avoid")))
                .extracting(Diagnostic::code)
                .containsOnly(isShown ? kind.code() : "TG115");
    }

    @ParameterizedTest
    @EnumSource(DiagnosticCode.class)
    void shows_an_example_to_prefer_of_which_nothing_is_said(DiagnosticCode kind) throws IOException {
        assertThat(Policies.rendered(said(example(kind, "## Prefer")))).isEmpty();
    }

    @Test
    void there_is_no_page_of_a_code_that_does_not_exist() throws IOException {
        Set<String> expected = Arrays.stream(DiagnosticCode.values())
                .map(kind -> kind.code() + ".md")
                .collect(Collectors.toSet());
        expected.add("README.md");
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static String weight(DiagnosticCode kind) {
        if (kind == DiagnosticCode.MORE_DIAGNOSTICS) {
            return "A note that goes with other diagnostics.";
        }
        if (kind == DiagnosticCode.EXPIRED) {
            return "An error of a review: the policy loads all the same.";
        }
        return switch (kind.severity()) {
            case ERROR -> "An error: the policy does not load.";
            case WARNING -> "A lint: the policy loads all the same.";
        };
    }

    private static String page(DiagnosticCode kind) throws IOException {
        return Files.readString(FOLDER.resolve(kind.code() + ".md"));
    }

    private List<Diagnostic> said(String example) throws IOException {
        return ExampleFiles.diagnostics(ExampleFiles.read(folder, "shop.tierguard", example));
    }

    /** The code block after a heading. */
    private static String example(DiagnosticCode kind, String heading) throws IOException {
        String after = page(kind).split("\n" + heading + "\n", 2)[1];
        return after.split(FENCE + "tierguard\n", 2)[1].split(FENCE, 2)[0];
    }
}
