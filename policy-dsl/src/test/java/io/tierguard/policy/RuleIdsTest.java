package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule of the language has a test that names its id, in whichever module it is proved. */
class RuleIdsTest {

    private static final Path RULES = Path.of("../docs/reference/policy-rules.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]\\d+) \\|");
    private static final Pattern COMMENT = Pattern.compile("(?m)// ?([A-Z]\\d+(?:, [A-Z]\\d+)*)$");
    private static final Pattern SAID = Pattern.compile("//[^\n]*|/\\*(?s:.*?)\\*/|\"[^\"\n]*\"");
    private static final Pattern ID = Pattern.compile("\\b[A-Z]\\d+\\b");
    private static final Pattern RANGE = Pattern.compile("\\b([A-Z])(\\d+) to \\1(\\d+)\\b");

    @Test
    void no_id_is_given_twice() throws IOException {
        assertThat(ids()).doesNotHaveDuplicates();
    }

    @Test
    void every_id_is_named_by_a_test() throws IOException {
        assertThat(ids()).isNotEmpty().isSubsetOf(named());
    }

    @Test
    void every_id_that_a_test_of_this_module_names_is_that_of_a_rule() throws IOException {
        Set<String> known = new TreeSet<>(ids());
        Set<String> unknown = new TreeSet<>();
        for (Path source : sources(Path.of("src/test"))) {
            String text = Files.readString(source);
            COMMENT.matcher(text)
                    .results()
                    .forEach(match -> unknown.addAll(List.of(match.group(1).split(", "))));
            RANGE.matcher(text).results().forEach(match -> unknown.add(match.group(1) + match.group(3)));
        }
        unknown.removeAll(known);
        assertThat(unknown).isEmpty();
    }

    private static List<String> ids() throws IOException {
        return ROW.matcher(Files.readString(RULES))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    /** The words in the comments and texts of all tests that look like an id. */
    private static Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            List<Path> tests = modules.map(module -> module.resolve("src/test"))
                    .filter(Files::isDirectory)
                    .toList();
            for (Path folder : tests) {
                for (Path source : sources(folder)) {
                    SAID.matcher(Files.readString(source))
                            .results()
                            .flatMap(said -> ID.matcher(said.group()).results())
                            .forEach(id -> named.add(id.group()));
                }
            }
        }
        return named;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
