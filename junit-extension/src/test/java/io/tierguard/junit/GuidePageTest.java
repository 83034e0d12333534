package io.tierguard.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide shows a test that is compiled and run here, and a failure as the extension words it. */
class GuidePageTest {
    private static final Path PAGE = Path.of("../docs/how-to/test-your-application-under-a-component.md");
    private static final Path TESTS = Path.of("src/test/java/io/tierguard/junit");

    @Test
    void shows_a_test_that_runs() throws IOException {
        assertThat(Files.readString(TESTS.resolve("PaymentsTest.java"))).contains(fence("java"));
    }

    @Test
    void shows_a_failure_in_the_words_of_the_extension() throws IOException {
        String extension = Files.readString(TESTS.resolve("ComponentExtensionTest.java"));

        assertThat(extension).contains(fence("text").lines().findFirst().orElseThrow());
        assertThat(fence("text")).contains("tier ledger is immutable (shop.tierguard:6; ask #data-guardians)");
    }

    private static String fence(String language) throws IOException {
        return Files.readString(PAGE).split("```" + language + "\n", 2)[1].split("```", 2)[0];
    }
}
