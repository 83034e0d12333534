package io.tierguard.policy.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules F4 to F11: what becomes of each file of the folder {@code format}, to the letter.
 *
 * <p>Run with {@code -Dgolden.update=true} to write what becomes of it now, then read the difference.
 */
class FormatGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/tierguard/policy/format");
    private static final Path EXAMPLES = FOLDER.resolveSibling("highlighting");

    @ParameterizedTest
    @MethodSource("files")
    void lays_out_as_the_golden_file_shows(String name) throws IOException {
        String formatted = Formatted.of(Files.readString(FOLDER.resolve(name)));
        Path golden = FOLDER.resolve(name.replace(".tierguard", ".golden"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, formatted);
        }
        assertThat(formatted).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.tierguard", "shop_test.tierguard"})
    void leaves_the_example_of_the_language_as_it_is(String name) throws IOException {
        String example = Files.readString(EXAMPLES.resolve(name));
        assertThat(Formatted.of(example)).isEqualTo(example);
    }

    @Test
    void lays_the_example_out_as_it_is_written_whatever_was_made_of_it() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("example.golden")))
                .isEqualTo(Files.readString(EXAMPLES.resolve("shop.tierguard")));
        assertThat(Files.readString(FOLDER.resolve("example_test.golden")))
                .isEqualTo(Files.readString(EXAMPLES.resolve("shop_test.tierguard")));
    }

    static Stream<String> files() throws IOException {
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
