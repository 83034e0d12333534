package io.tierguard.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every entry of the register can be reached. */
class DiagnosticCodeTest {

    private static final Path GOLDEN = Path.of("src/test/resources/io/tierguard/policy/diagnostics");

    /** Files that no golden file should hold: too large, or with characters that editors hide. See PolicyLoaderTest. */
    private static final List<String> ELSEWHERE =
            List.of("TG101", "TG102", "TG103", "TG104", "TG105", "TG114", "TG199", "TG203", "TG205", "TG508", "TG603");

    /** Codes about the tests of a policy, which are read by a loader of their own. */
    private static final List<String> OF_TESTS = List.of("TG801", "TG802", "TG803");

    @Test
    void every_code_stands_in_a_golden_file_or_has_a_test_of_its_own() throws IOException {
        StringBuilder said = new StringBuilder();
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".golden")).toList()) {
                said.append(Files.readString(file));
            }
        }
        assertThat(DiagnosticCode.values())
                .extracting(DiagnosticCode::code)
                .doesNotHaveDuplicates()
                .filteredOn(code -> !OF_TESTS.contains(code))
                .allSatisfy(code -> assertThat(
                                ELSEWHERE.contains(code) != said.toString().contains(code))
                        .as(code)
                        .isTrue());
    }

    @Test
    void a_name_has_an_end() { // N3
        assertThat(Policies.codes("tier " + "x".repeat(300) + " is mutable\n")).containsExactly("TG205");
    }

    @Test
    void a_policy_has_at_most_a_hundred_thousand_tables() { // S4
        StringBuilder text = new StringBuilder("tier live is mutable\n");
        for (int table = 0; table <= 100_000; table++) {
            text.append("table t").append(table).append(" is live\n");
        }
        assertThat(Policies.codes(text.toString())).containsExactly("TG114");
    }

    @Test
    void at_most_a_thousand_table_patterns_have_a_star_in_the_name() { // S4
        StringBuilder text = new StringBuilder("tier live is mutable\n");
        for (int table = 0; table <= 1_000; table++) {
            text.append("table t").append(table).append("_* is live\n");
        }
        assertThat(Policies.codes(text.toString())).containsExactly("TG114");
        assertThat(Policies.codes(text.toString().replace("table t1000_* is live\n", "")))
                .isEmpty();
    }

    @Test
    void a_policy_says_at_most_five_thousand_things_of_triggers() { // R9
        StringBuilder text = new StringBuilder("trigger touch on t");
        for (int table = 0; table < 5_000; table++) {
            text.append(", t").append(table);
        }
        String facts = text + " is harmless {\n  why \"reviewed\"\n}\n";
        assertThat(Policies.codes(facts)).containsExactly("TG603");
        assertThat(Policies.codes(facts.replace("on t,", "on "))).isEmpty();
    }

    @Test
    void past_a_hundred_diagnostics_the_rest_is_counted() { // S8
        assertThat(Policies.codes("tabel\n".repeat(150))).hasSize(101).endsWith("TG199");
    }

    @Test
    void no_number_of_warnings_hides_an_error() { // S8
        String idle = "component idle%d {\n  connects as \"idle\"\n}\n";
        StringBuilder text = new StringBuilder("tier live is mutable\ntable orders is live\n");
        for (int component = 0; component < 150; component++) {
            text.append(String.format(Locale.ROOT, idle, component));
        }
        text.append("component late {\n  connects as \"late\"\n  grant select on tier nowhere\n}\n");
        assertThat(Policies.codes(text.toString()))
                .hasSize(101)
                .startsWith("TG204", "TG507")
                .endsWith("TG199");
    }

    @Test
    void a_table_called_like_a_keyword_is_quoted() { // G1
        String tables = "tier live is mutable\ntable \"tier\" is live\ntable \"everything\" is live\n";
        String grants = "  connects as \"c\"\n  grant delete on \"tier\", \"everything\"\n";
        assertThat(Policies.codes(tables + "component c {\n" + grants + "}\n")).isEmpty();
    }
}
