package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.source.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules S1 to S8 and N1 to N3: what a file has to be before its meaning counts. */
class PolicyLoaderTest {

    private static final String SMALL = "tier live is mutable\ntable orders is live\n";

    @TempDir
    private Path folder;

    @Test
    void names_the_path_of_a_file_that_does_not_exist() { // S1
        Diagnostic diagnostic = rejected(PolicyLoader.load(folder.resolve("none.tierguard")));
        assertThat(diagnostic.code()).isEqualTo("TG101");
        assertThat(diagnostic.render()).contains("none.tierguard", "does not exist");
        assertThat(diagnostic.line()).isZero();
    }

    @Test
    void refuses_a_folder() { // S1
        assertThat(rejected(PolicyLoader.load(folder)).code()).isEqualTo("TG101");
    }

    @Test
    void calls_a_policy_without_a_name_after_its_file_and_quotes_rules_by_the_files_name() throws IOException { // S2
        Path file = Files.writeString(folder.resolve("shop.tierguard"), SMALL);
        Policy policy = ((PolicyOutcome.Loaded) PolicyLoader.load(file)).policy();
        assertThat(policy.name()).isEqualTo("shop");
        assertThat(policy.tiers()).extracting(Tier::rule).containsExactly("shop.tierguard:1");
    }

    @Test
    void hashes_the_bytes() { // S2
        assertThat(Policies.sound(SMALL).hash())
                .isEqualTo(((PolicyOutcome.Loaded) PolicyLoader.load("other", SMALL.getBytes(StandardCharsets.UTF_8)))
                        .policy()
                        .hash())
                .isNotEqualTo(Policies.sound(SMALL + "\n").hash());
    }

    @Test
    void refuses_bytes_that_are_no_utf8() { // S3
        byte[] bytes = ("# \u00e9\n" + SMALL).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(rejected(PolicyLoader.load("x", bytes)).code()).isEqualTo("TG102");
    }

    @Test
    void refuses_half_a_character_in_a_text() { // S3
        assertThat(Policies.codes("# \ud83d\n" + SMALL)).containsExactly("TG102");
    }

    @Test
    void refuses_a_file_of_more_than_a_megabyte() { // S4
        String text = SMALL + "#".repeat(PolicyLoader.LONGEST);
        assertThat(Policies.codes(text)).containsExactly("TG103");
        assertThat(rejected(PolicyLoader.load("x", text.getBytes(StandardCharsets.UTF_8)))
                        .code())
                .isEqualTo("TG103");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\u0007", "\u001b[31m", "\r", "\u000b", "\u0085"})
    void refuses_control_characters_wherever_they_stand(String control) { // S5
        assertThat(Policies.codes(SMALL + "# a" + control + "b\n")).containsExactly("TG104");
    }

    @Test
    void reads_line_breaks_of_either_sort_and_a_byte_order_mark() { // S6
        assertThat(Policies.codes(SMALL.replace("\n", "\r\n"))).isEmpty();
        assertThat(Policies.codes("\uFEFF" + SMALL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202e", "\u2066", "\u200f", "\u061c"})
    void refuses_bidirectional_controls_even_in_comments(String control) { // N1
        assertThat(Policies.codes(SMALL + "# a" + control + "b\n")).containsExactly("TG105");
        assertThat(Policies.codes("tier li" + control + "ve is mutable\n")).contains("TG105");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pay\u200bment", // zero width space
                "pay\u00adment", // soft hyphen
                "p\u0430yment", // Cyrillic a among Latin letters
                "\u0440\u0430\u0443", // Cyrillic letters that look like "pay"
                "\uff50ay", // full-width p
                "\u212aelvin", // the Kelvin sign, which folds to k
                "pay\ufe0f", // variation selector
            })
    void refuses_names_that_a_reader_can_mistake(String name) { // N2
        assertThat(Policies.codes("tier live is mutable\ntable " + name + " is live\n"))
                .containsExactly("TG203");
        assertThat(Policies.codes("tier live is mutable\ntable \"" + name + "\" is live\n"))
                .containsExactly("TG203");
        assertThat(Policies.codes(
                        SMALL + "component c {\n  connects as \"" + name + "\"\n  grant select on orders\n}\n"))
                .containsExactly("TG203");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gr\u00f6\u00dfe", "\u0437\u0430\u043a\u0430\u0437\u044b", "\u6ce8\u6587", "a$b", "_x1"})
    void takes_names_in_any_one_script(String name) { // N3
        assertThat(Policies.codes("tier live is mutable\ntable " + name + " is live\n"))
                .isEmpty();
    }

    @Test
    void refuses_a_space_that_is_none() { // N2
        assertThat(Policies.codes("tier\u00a0live is mutable\ntable orders is live\n"))
                .contains("TG203");
    }

    @Test
    void warns_of_a_file_that_ends_without_a_line_break() { // L8
        assertThat(Policies.codes(SMALL.stripTrailing())).containsExactly("TG508");
    }

    @Test
    void audits_everything_on_frozen_and_immutable_tiers_and_writes_on_mutable_ones() { // T4
        Policy policy = Policies.sound("tier a is frozen\ntier b is immutable\ntier c is mutable\n");
        assertThat(policy.tiers())
                .extracting(Tier::audit)
                .isEqualTo(List.of(AuditLevel.ALL, AuditLevel.ALL, AuditLevel.WRITES));
    }

    @Test
    void lists_errors_before_warnings() { // S8
        assertThat(Policies.codes("tier spare is mutable\ncomponent c {\n  grant select on tier nowhere\n}\n"))
                .containsExactly("TG204", "TG504", "TG502");
    }

    private static Diagnostic rejected(PolicyOutcome outcome) {
        return ((PolicyOutcome.Rejected) outcome).diagnostics().get(0);
    }
}
