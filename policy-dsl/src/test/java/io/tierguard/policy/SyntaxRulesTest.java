package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.BindValues;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the sections on the file, its blocks and audit that no other test of this package names. */
class SyntaxRulesTest {

    private static final String SMALL = "tier live is mutable\ntable orders is live\n";

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# only a comment\n", " \t\n\n#\n"})
    void a_file_declares_something(String text) { // S7
        assertThat(Policies.codes(text)).containsExactly("TG115");
    }

    @Test
    void a_list_breaks_after_a_comma_or_before_its_first_item() { // S10
        assertThat(
                        Policies.codes(
                                "tier live is mutable {\n  forbid\n    truncate,\n    drop,\n  why \"x\"\n}\ntable a is live\n"))
                .isEmpty();
        assertThat(Policies.codes(
                        SMALL + "component c {\n  connects as \"c\"\n  grant select,\n  insert\n  on orders\n}\n"))
                .containsExactly("TG107", "TG109");
    }

    @Test
    void a_fact_ends_with_its_line_and_a_block_with_its_brace() { // S11
        assertThat(Policies.codes("tier live is mutable {\n  why \"x\" audit all\n}\ntable orders is live\n"))
                .containsExactly("TG107");
        assertThat(Policies.codes("tier live is mutable {\n  why \"x\"\ntable orders is live\n"))
                .containsExactly("TG110");
        assertThat(Policies.codes("tier live is mutable { why \"x\" }\ntable orders is live\n"))
                .isEmpty();
    }

    @Test
    void help_proposes_nothing_but_what_was_looked_at_and_widens_no_access() throws IOException { // S12
        List<String> proposals = List.of(
                "did you mean `",
                "give `",
                "name its database users",
                "put tests in a file of their own",
                "quote it if",
                "remove the block",
                "say who looked at its body");
        for (String golden : goldens()) {
            assertThat(golden.lines().filter(line -> line.startsWith("help: ")))
                    .allSatisfy(line -> assertThat(proposals)
                            .anyMatch(known -> line.substring("help: ".length()).startsWith(known)));
        }
    }

    private static List<String> goldens() throws IOException {
        List<String> goldens = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/io/tierguard/policy/diagnostics"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".golden")).toList()) {
                goldens.add(Files.readString(file));
            }
        }
        return goldens;
    }

    @Test
    void a_diagnostic_is_lowercase_without_a_full_stop_and_has_a_place() { // S12
        for (Diagnostic diagnostic :
                Policies.diagnostics("x", "teir a\ntier b is mutable {\n  limit select 5 rows\n}\n")) {
            assertThat(diagnostic.message()).doesNotEndWith(".").matches("[^A-Z].*");
            assertThat(diagnostic.line()).isPositive();
            assertThat(diagnostic.column()).isPositive();
            assertThat(diagnostic.code()).matches("TG\\d{3}");
        }
    }

    @Test
    void a_block_says_a_thing_once_but_grants_and_limits() { // B2
        String component = SMALL + "component c {\n  connects as \"c\"\n  grant select on orders\n%s\n}\n";
        assertThat(Policies.codes(component.formatted("  grant insert on orders")))
                .isEmpty();
        assertThat(Policies.codes(component.formatted("  limit insert 5 rows\n  limit delete 5 rows")))
                .isEmpty();
        assertThat(Policies.codes(component.formatted("  why \"a\"\n  why \"b\"")))
                .containsExactly("TG112");
        assertThat(Policies.codes(component.formatted("  connects as \"d\""))).containsExactly("TG112");
    }

    @ParameterizedTest
    @ValueSource(strings = {"teir a is mutable\n", "Tier a is mutable\n", "views a is b\n"})
    void a_block_begins_with_a_keyword_in_lower_case(String block) { // B3
        assertThat(Policies.codes(SMALL + block)).containsExactly("TG108");
    }

    @Test
    void a_word_that_does_not_belong_is_answered_with_those_that_do() { // B3
        assertThat(Policies.codes("tier a is Mutable\n")).containsExactly("TG113");
        assertThat(Policies.diagnostics("x", "tier a is mutable {\n  grnt\n}\ntable b is a\n")
                        .get(0)
                        .notes())
                .containsExactly("a tier block may say why, forbid, require, limit, audit, durability, bind");
    }

    @Test
    void a_test_does_not_stand_in_a_policy() { // B5
        assertThat(Policies.codes(SMALL + "test \"t\" {\n  as c\n}\n")).containsExactly("TG125");
        assertThat(Policies.codes(SMALL + "test \"t\" {\n  as c\n}\ntest \"u\" {\n  as c\n}\n"))
                .containsExactly("TG125", "TG125");
    }

    @Test
    void nothing_depends_on_the_order_of_blocks() { // B6
        List<String> blocks = new ArrayList<>(
                List.of(Policies.shop().replace("# Books first.\n", "").split("\n(?=[a-z])")));
        Policy written = Policies.sound(Policies.shop());
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(blocks, random);
            Policy shuffled = Policies.sound(String.join("\n", blocks) + "\n");
            assertThat(PolicyAnswers.of(shuffled)).isEqualTo(PolicyAnswers.of(written));
        }
    }

    @Test
    void a_policy_may_have_databases_read_that_are_not_known() { // B8
        Policy policy = Policies.sound("policy p {\n  read as ansi \"HSQLDB\",\n    \"derby\"\n}\n" + SMALL);
        assertThat(policy.readsAsAnsi("hsqldb")).isTrue();
        assertThat(policy.readsAsAnsi("derby")).isTrue();
        assertThat(policy.readsAsAnsi("oracle")).isFalse();
        assertThat(Policies.sound(SMALL).readsAsAnsi("hsqldb")).isFalse();
        assertThat(Policies.codes("policy p {\n  read as ansi \"a\", \"A\"\n}\n" + SMALL))
                .containsExactly("TG505");
        assertThat(Policies.codes("policy p {\n  read as ansi hsqldb\n}\n" + SMALL))
                .containsExactly("TG107");
        assertThat(Policies.codes("policy p {\n  read as mysql \"hsqldb\"\n}\n" + SMALL))
                .containsExactly("TG107");
    }

    @Test
    void a_policy_may_have_databases_read_by_their_documentation() { // B9
        Policy policy = Policies.sound(
                "policy p {\n  read as documented \"Oracle\", \"sqlserver\"\n  read as ansi \"derby\"\n}\n" + SMALL);
        assertThat(policy.readsAsDocumented("oracle")).isTrue();
        assertThat(policy.readsAsDocumented("sqlserver")).isTrue();
        assertThat(policy.readsAsDocumented("derby")).isFalse();
        assertThat(policy.readsAsAnsi("derby")).isTrue();
        assertThat(policy.readsAsAnsi("oracle")).isFalse();
        assertThat(Policies.codes("policy p {\n  read as documented \"a\"\n  read as documented \"A\"\n}\n" + SMALL))
                .containsExactly("TG505");
        assertThat(Policies.codes("policy p {\n  read as documented oracle\n}\n" + SMALL))
                .containsExactly("TG107");
    }

    @Test
    void the_schema_path_is_a_list_of_schemas() { // B7
        assertThat(Policies.sound("policy p {\n  schema path Shop, \"Odd one\",\n    public\n}\n" + SMALL)
                        .schemaPath())
                .containsExactly("shop", "odd one", "public");
        assertThat(Policies.codes("policy p {\n  schema path a, A\n}\n" + SMALL))
                .containsExactly("TG505");
        assertThat(Policies.sound(SMALL).schemaPath()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AuditLevel.class)
    void a_tier_says_what_is_logged_of_its_traffic(AuditLevel level) { // A1
        assertThat(tier("audit " + level.word()).audit()).isEqualTo(level);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void a_tier_says_how_firmly_it_is_logged(Durability durability) { // A1
        assertThat(tier("durability " + durability.word()).durability()).isEqualTo(durability);
    }

    @Test
    void nothing_else_is_an_audit_level_or_a_durability() { // A1
        for (String fact : List.of("audit some", "durability disk")) {
            assertThat(Policies.codes("tier live is mutable {\n  " + fact + "\n}\ntable a is live\n"))
                    .containsExactly("TG113");
        }
    }

    @Test
    void bound_values_are_masked_unless_the_tier_says_otherwise() { // A2
        assertThat(tier("audit all").bindValues()).isEqualTo(BindValues.MASKED);
        assertThat(tier("bind values masked").bindValues()).isEqualTo(BindValues.MASKED);
        assertThat(tier("bind values shown").bindValues()).isEqualTo(BindValues.SHOWN);
        assertThat(Policies.codes("tier live is mutable {\n  bind values hidden\n}\ntable a is live\n"))
                .containsExactly("TG113");
        assertThat(Policies.codes("tier live is mutable {\n  bind shown\n}\ntable a is live\n"))
                .containsExactly("TG107");
    }

    private static Tier tier(String fact) {
        return Policies.sound("tier live is mutable {\n  " + fact + "\n}\n")
                .tiers()
                .get(0);
    }
}
