package io.tierguard.policy.textmate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How an editor colours each file of the folder {@code highlighting}, token by token.
 *
 * <p>Run with {@code -Dgolden.update=true} to write how it is now, then read the difference.
 */
class HighlightingGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/tierguard/policy/highlighting");

    @ParameterizedTest
    @MethodSource("policies")
    void gives_each_token_the_scopes_of_the_golden_file(String name) throws IOException {
        String said = said(new Tokeniser(Grammar.ofPolicies()).lines(Files.readString(FOLDER.resolve(name))));
        Path golden = FOLDER.resolve(name.replace(".tierguard", ".golden"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, said);
        }
        assertThat(said).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void finds_fault_with_the_broken_file_only(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name));
        List<String> faults = new Tokeniser(Grammar.ofPolicies())
                .tokens(text).stream()
                        .map(ScopedToken::scope)
                        .filter(scope -> scope.startsWith("invalid."))
                        .toList();
        assertThat(faults.isEmpty()).as("%s", faults).isEqualTo(!name.startsWith("broken"));
    }

    @Test
    void has_no_golden_file_without_a_policy() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.filter(file -> file.toString().endsWith(".golden")))
                    .hasSize(policies().toList().size())
                    .allSatisfy(file -> assertThat(Path.of(file.toString().replace(".golden", ".tierguard")))
                            .exists());
        }
    }

    /** Each line, and under it its tokens with the scopes that come after the one of the whole text. */
    private static String said(List<List<ScopedToken>> lines) {
        return lines.stream().map(HighlightingGoldenTest::line).collect(Collectors.joining("\n"));
    }

    private static String line(List<ScopedToken> tokens) {
        String text = tokens.stream().map(ScopedToken::text).collect(Collectors.joining());
        return ">" + visible(text.replace("\n", "")) + "\n"
                + tokens.stream()
                        .filter(token -> !token.text().isBlank())
                        .map(token -> "  " + visible(token.text().replace("\n", "")) + " | "
                                + String.join(
                                        " ",
                                        token.scopes().subList(1, token.scopes().size())) + "\n")
                        .collect(Collectors.joining());
    }

    /** Hidden characters as numbers, so that the golden file hides nothing. */
    private static String visible(String text) {
        return text.codePoints()
                .mapToObj(point -> Character.getType(point) == Character.FORMAT
                        ? "<%04X>".formatted(point)
                        : Character.toString(point))
                .collect(Collectors.joining());
    }

    static Stream<String> policies() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".tierguard"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
