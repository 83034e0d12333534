package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules I1 to I6 and I9 to I12: which files a policy includes and what they may hold. */
class IncludesTest {

    private static final String DATA = "tier live is mutable\ntable orders is live\n";
    private static final String CHECKOUT = """
            component checkout {
              connects as "checkout_rw"
              grant select on orders
            }
            """;
    private static final String OBSERVE = """
            observe checkout {
              why "being classified"
              until 2027-01-31T00:00Z
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiers and tables", "tiers, tables", "tables,\n    tiers,\n  routines and waivers"})
    void names_the_kinds_of_block_that_a_file_holds(String kinds) throws IOException { // I1
        assertThat(codes("include " + kinds + " from \"data.tierguard\"\n# file data.tierguard\n" + DATA))
                .isEmpty();
    }

    @Test
    void includes_blocks_of_every_kind_but_policy_include_and_test() throws IOException { // I1
        String kinds = "tiers, tables, routines, triggers, components, observes, trusts and waivers";
        assertThat(codes("include " + kinds + " from \"rest.tierguard\"\n# file rest.tierguard\n"
                        + shopWithoutItsPolicy()))
                .containsOnly("TG123")
                .hasSize(1);
        for (String kind : new String[] {"policies", "policys", "includes", "tests", "tier", ""}) {
            assertThat(codes("include " + kind + " from \"x.tierguard\"\n")).containsExactly("TG113");
        }
    }

    @Test
    void says_of_a_kind_that_is_named_twice_that_it_is() throws IOException { // I1, L5
        assertThat(codes("include tiers, tables and tiers from \"data.tierguard\"\n# file data.tierguard\n" + DATA))
                .containsExactly("TG505");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x.tierguard",
                "/x.tierguard",
                "a/../x.tierguard",
                "./x.tierguard",
                "a//x.tierguard",
                "a/",
                "",
                " ",
                "..",
                "a\\\\x.tierguard",
                "C:x.tierguard",
                "*/x.tierguard",
                "a*/x.tierguard",
            })
    void includes_files_below_the_folder_of_the_policy_only(String path) throws IOException { // I2
        assertThat(codes(DATA + "include components from \"" + path + "\"\n")).containsExactly("TG122");
    }

    @Test
    void holds_an_included_file_to_the_kinds_it_is_included_for() throws IOException { // I3
        for (String foreign : new String[] {
            "tier mine is mutable\n",
            "table payment is live\n",
            "routine f is harmless\n",
            OBSERVE,
            "tier broken\n",
            "waiver broken {\n"
        }) {
            assertThat(codes("include components from \"c.tierguard\"\n" + DATA + "# file c.tierguard\n" + CHECKOUT
                            + foreign))
                    .as(foreign)
                    .contains("TG123");
        }
    }

    @Test
    void gives_nothing_of_a_file_that_holds_something_else() throws IOException { // I3
        String stolen = "tier mine is mutable\ntable orders is mine\n";
        assertThat(ExampleFiles.read(
                        folder,
                        "shop.tierguard",
                        "include components from \"c.tierguard\"\n" + DATA + "# file c.tierguard\n" + stolen))
                .isInstanceOf(PolicyOutcome.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"include tiers from \"x.tierguard\"\n", "policy other {\n}\n", "test \"t\" {\n  as x\n}\n"})
    void takes_no_include_no_policy_block_and_no_test_from_an_included_file(String block) throws IOException { // I4
        assertThat(codes("include tiers and tables from \"data.tierguard\"\n# file data.tierguard\n" + DATA + block))
                .containsExactly("TG123");
    }

    @Test
    void a_star_leaves_out_the_policy_itself_hidden_files_tests_and_folders() throws IOException { // I5
        Files.createDirectories(folder.resolve("folder.tierguard"));
        Policy policy = sound("include components from \"*.tierguard\"\n" + DATA + "# file checkout.tierguard\n"
                + CHECKOUT + "# file .hidden.tierguard\nno policy\n# file shop_test.tierguard\ntest \"t\" {\n}\n"
                + "# file below/other.tierguard\nno policy\n# file notes.txt\nno policy\n");
        assertThat(policy.components()).extracting(Component::name).containsExactly("checkout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Team*.tierguard", "team_*.TIERGUARD", "team*B*.tierguard", "team_aba_*a.tierguard"})
    void a_star_minds_the_case_and_does_not_overlap(String glob) throws IOException { // I5
        assertThat(codes("include components from \"" + glob + "\"\n" + DATA + "# file team_aba_.tierguard\nx\n"))
                .containsExactly("TG512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "t*", "*.tierguard", "t*m*a*.tierguard", "team_aba*.tierguard", "**a**"})
    void a_star_stands_for_any_characters_none_included(String glob) throws IOException { // I5
        assertThat(codes("include components from \"x/" + glob + "\"\n" + DATA + "# file x/team_aba.tierguard\n"
                        + CHECKOUT))
                .isEmpty();
    }

    @Test
    void includes_each_file_once_and_says_of_a_folder_once_that_it_is_included_again() throws IOException { // I6
        assertThat(codes("""
                        include components from "teams/*.tierguard"
                        include components from "teams/*.tierguard"
                        include waivers from "teams/b.tierguard"
                        include tiers from "shop.tierguard"
                        """ + DATA + "# file teams/a.tierguard\n" + CHECKOUT + "# file teams/b.tierguard\n"
                        + CHECKOUT.replace("checkout", "other")))
                .containsExactly("TG124", "TG124", "TG124");
    }

    @Test
    void reports_nothing_that_a_file_which_cannot_be_read_may_declare() throws IOException { // I9
        String clean = DATA + OBSERVE + "table payment is elsewhere\n";
        assertThat(codes("include components from \"none.tierguard\"\n" + clean))
                .containsExactly("TG121", "TG204");
        assertThat(codes("include tiers and components from \"none.tierguard\"\n" + clean))
                .containsExactly("TG121");
        assertThat(codes("include tiers from \"../none.tierguard\"\n" + clean)).containsExactly("TG122", "TG206");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "# nothing\n", "component checkout\n"})
    void reports_nothing_that_follows_from_a_file_without_sense(String content) throws IOException { // I9
        assertThat(codes("include components from \"c.tierguard\"\n" + DATA + OBSERVE + "# file c.tierguard\n"
                        + content))
                .hasSize(1)
                .doesNotContain("TG206");
    }

    @Test
    void lets_a_file_of_what_ends_declare_nothing() throws IOException { // S7
        String empty = DATA + CHECKOUT + "# file c.tierguard\n# the last one has ended\n";
        assertThat(codes("include observes, trusts and waivers from \"c.tierguard\"\n" + empty))
                .isEmpty();
        assertThat(codes("include waivers and tables from \"c.tierguard\"\n" + empty))
                .containsExactly("TG115");
    }

    @Test
    void says_once_that_an_included_file_is_no_text() throws IOException { // I9, S3
        Files.write(folder.resolve("c.tierguard"), "# \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(codes("include components from \"c.tierguard\"\n" + DATA + OBSERVE))
                .containsExactly("TG102");
    }

    @Test
    void hashes_every_file_with_its_path() throws IOException { // I10
        String root = "include components from \"*.tierguard\"\n" + DATA;
        String first = sound(root + "# file a.tierguard\n" + CHECKOUT).hash();
        String other =
                sound(root + "# file a.tierguard\n" + CHECKOUT + "# more\n").hash();
        Files.delete(folder.resolve("a.tierguard"));
        String renamed = sound(root + "# file b.tierguard\n" + CHECKOUT).hash();
        Files.delete(folder.resolve("b.tierguard"));
        String again = sound(root + "# file a.tierguard\n" + CHECKOUT).hash();
        assertThat(first).matches("sha256:[0-9a-f]{64}").isEqualTo(again);
        assertThat(other).isNotEqualTo(first);
        assertThat(renamed).isNotEqualTo(first).isNotEqualTo(other);
    }

    @Test
    void quotes_a_rule_of_an_included_file_by_its_path_beside_the_policy() throws IOException { // I11
        Policy policy = sound("include tiers and tables from \"data.tierguard\"\ninclude components from"
                + " \"teams/*.tierguard\"\n# file data.tierguard\n" + DATA + "# file teams/checkout.tierguard\n# ours\n"
                + CHECKOUT);
        assertThat(policy.tiers()).extracting(Tier::rule).containsExactly("data.tierguard:1");
        assertThat(policy.components()).extracting(Component::rule).containsExactly("teams/checkout.tierguard:2");
    }

    @Test
    void quotes_a_tier_that_is_meant_by_the_file_it_stands_in() throws IOException { // I11, T1
        assertThat(Policies.rendered(ExampleFiles.diagnostics(ExampleFiles.read(
                        folder,
                        "shop.tierguard",
                        "include tables from \"t.tierguard\"\n" + DATA + "# file t.tierguard\ntable a is lvie\n"))))
                .contains("t.tierguard:1:12", "did you mean `live`? (declared at shop.tierguard:2)");
    }

    @Test
    void a_policy_that_is_no_file_includes_nothing() { // I12
        String message = "a policy that was not read from a file has no files beside it";
        for (String path : new String[] {"*.tierguard", "data.tierguard"}) {
            String text = DATA + "include components from \"" + path + "\"\n";
            assertThat(Policies.codes(text)).containsExactly("TG121");
            assertThat(Policies.diagnostics("x", text).get(0).notes()).containsExactly(message);
        }
    }

    @Test
    void says_of_a_path_that_nothing_matches_it_unless_it_is_of_waivers() throws IOException { // L12
        assertThat(codes(DATA + """
                        include components from "teams/*.tierguard"
                        include waivers from "waivers/*.tierguard"
                        include waivers and observes from "other/*.tierguard"
                        """)).containsExactly("TG512", "TG512");
    }

    private static String shopWithoutItsPolicy() {
        return Policies.shop().replaceFirst("(?s)include components.*?\n", "");
    }

    private List<String> codes(String text) throws IOException {
        return ExampleFiles.codes(ExampleFiles.read(folder, "shop.tierguard", text));
    }

    private Policy sound(String text) throws IOException {
        PolicyOutcome outcome = ExampleFiles.read(folder, "shop.tierguard", text);
        if (outcome instanceof PolicyOutcome.Loaded loaded) {
            return loaded.policy();
        }
        throw new AssertionError(Policies.rendered(ExampleFiles.diagnostics(outcome)));
    }
}
