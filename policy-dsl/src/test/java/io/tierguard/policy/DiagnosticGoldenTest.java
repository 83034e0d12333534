package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said against each file of the folder {@code diagnostics}, to the letter.
 *
 * <p>Run with {@code -Dgolden.update=true} to write what is said now, then read the difference.
 */
class DiagnosticGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/tierguard/policy/diagnostics");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("policies")
    void says_what_the_golden_file_says(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name));
        String said = Policies.rendered(ExampleFiles.diagnostics(ExampleFiles.read(folder, name, text)))
                .replace(folder + "/", "");
        Path golden = FOLDER.resolve(name.replace(".tierguard", ".golden"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, said);
        }
        assertThat(said).isEqualTo(Files.readString(golden));
    }

    @Test
    void has_no_golden_file_without_a_policy() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.filter(file -> file.toString().endsWith(".golden")))
                    .allSatisfy(file -> assertThat(Path.of(file.toString().replace(".golden", ".tierguard")))
                            .exists());
        }
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
