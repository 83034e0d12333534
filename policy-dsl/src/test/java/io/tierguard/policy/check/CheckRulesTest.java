package io.tierguard.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the sections on tiers, tables, grants, routines, components and lints that no other test names. */
class CheckRulesTest {

    private static final String TIERS = "tier old is frozen\ntier ledger is immutable\ntier live is mutable\n";
    private static final String TABLES =
            TIERS + "table archive is old\ntable payment is ledger\ntable orders is live\n";

    @Test
    void a_guess_at_a_tier_errs_on_the_strict_side() { // T2
        assertThat(helps("tier x is imutable\n")).containsExactly("did you mean `immutable`?");
        assertThat(helps("tier x is mutabel\n")).containsExactly("did you mean `mutable`?");
        assertThat(helps("tier ax is mutable\ntier bx is frozen\ntable a is cx\n"))
                .containsExactly("did you mean `bx`? (declared at line 2)");
        assertThat(Policies.codes("tier x is readonly\n")).containsExactly("TG113");
    }

    @Test
    void only_update_and_delete_can_be_required_to_have_a_where_clause() { // T3
        assertThat(Policies.codes("tier x is mutable {\n  require where on update, delete\n}\ntable a is x\n"))
                .isEmpty();
        for (String verb : List.of("select", "insert", "truncate", "drop")) {
            assertThat(Policies.codes("tier x is mutable {\n  require where on " + verb + "\n}\ntable a is x\n"))
                    .containsExactly("TG116");
        }
    }

    @ParameterizedTest
    @CsvSource({"a,''", "a.b,''", "a.b.c,''", "a.b.c.d,TG304", "a. b,TG304", "a .b,TG304"})
    void a_pattern_has_one_to_three_parts_without_spaces(String pattern, String code) { // P2
        assertThat(String.join(
                        "",
                        Policies.codes(TIERS + "table " + pattern + " is live\n"
                                + "table archive is old\ntable payment is ledger\n")))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "*_cache,page_cache,true",
        "*_cache,_cache,true",
        "*_cache,page_caches,false",
        "a*,a,true",
        "\"*_cache\",page_cache,false",
        "\"*_cache\",*_cache,true"
    })
    void a_star_stands_for_any_characters_unless_it_is_quoted(String pattern, String name, boolean matches) { // P3
        Policy policy = Policies.sound("tier live is mutable\ntable " + pattern + " is live\n");
        assertThat(policy.classify(TableName.of("shop", name)).isPresent()).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.Payment", "\"payment\"", "*.*.payment", "PAYMENT", "**.payment"})
    void two_patterns_never_name_the_same_tables(String again) { // P7
        assertThat(Policies.codes("tier live is mutable\ntable payment is live\ntable " + again + " is live\n"))
                .containsExactly("TG302");
    }

    @ParameterizedTest
    @CsvSource({"ledger,''", "live,TG305", "old,TG305"})
    void mutable_columns_are_of_immutable_tables(String tier, String code) { // P8
        String tables = TABLES + "table special is " + tier + " {\n  mutable state\n}\n";
        assertThat(String.join("", Policies.codes(tables))).isEqualTo(code);
    }

    @Test
    void everything_goes_with_select_only() { // G2
        assertThat(grant("select on everything")).isEmpty();
        for (String verb : List.of("insert", "update", "delete", "truncate", "create", "extend", "alter", "drop")) {
            assertThat(grant(verb + " on everything")).containsExactly("TG401");
        }
    }

    @Test
    void a_grant_gives_a_right_on_some_table() { // G3
        assertThat(grant("delete on payment")).containsExactly("TG402");
        assertThat(grant("insert on tier old")).containsExactly("TG402");
        assertThat(grant("insert on payment")).isEmpty();
    }

    @Test
    void a_grant_with_columns_names_one_verb_that_has_them() { // G4, G5
        assertThat(grant("update (state) on orders")).isEmpty();
        assertThat(grant("insert (state, total) on orders")).isEmpty();
        assertThat(grant("insert, update (state) on orders")).containsExactly("TG403");
        for (String verb : List.of("select", "delete", "truncate", "alter")) {
            assertThat(grant(verb + " (state) on orders")).containsExactly("TG404");
        }
    }

    @Test
    void a_grant_is_on_tables_that_are_declared() { // G6
        assertThat(grant("select on paymnt")).containsExactly("TG405");
        assertThat(grant("select on orders, paymnt, x*")).containsExactly("TG405", "TG405");
        assertThat(grant("select on o*")).isEmpty();
    }

    @Test
    void the_verbs_have_one_order() { // G7
        assertThat(Verb.values())
                .extracting(Verb::word)
                .containsExactly(
                        "select", "insert", "update", "delete", "truncate", "create", "extend", "alter", "drop");
        assertThat(grant("merge on orders")).containsExactly("TG113");
    }

    @Test
    void each_reason_has_one_name() { // D14
        assertThat(Reason.values())
                .extracting(Reason::code)
                .containsExactlyInAnyOrder(
                        "frozen-tier",
                        "immutable-tier",
                        "immutable-column",
                        "forbidden-verb",
                        "not-granted",
                        "unclassified-table",
                        "missing-where",
                        "row-limit",
                        "cascade",
                        "unreadable-sql",
                        "unknown-routine",
                        "defines-code",
                        "session-change",
                        "escapes-guard",
                        "wrong-user",
                        "waiver-expired",
                        "transaction-denied",
                        "no-audit");
    }

    @Test
    void two_facts_never_name_the_same_routines_or_triggers() { // R6
        String reviewed = " {\n  why \"reviewed\"\n}\n";
        assertThat(Policies.codes(TABLES + "routine f is harmless" + reviewed + "routine *.F is harmless" + reviewed))
                .containsExactly("TG201");
        assertThat(Policies.codes(
                        TABLES + "trigger f on a is harmless" + reviewed + "trigger f on b is harmless" + reviewed))
                .isEmpty();
    }

    @Test
    void a_component_is_found_by_its_name_exactly_as_declared() { // C1
        Policy policy = Policies.sound(TABLES + component("connects as \"c\"\n  grant select on orders"));
        assertThat(policy.component("c")).isPresent();
        assertThat(policy.component("C")).isEmpty();
        assertThat(policy.component("c ")).isEmpty();
    }

    @Test
    void warns_of_what_gives_no_right_and_restricts_nothing() { // L1, L6
        assertThat(grant("select, delete on payment")).containsExactly("TG501");
        assertThat(Policies.codes("tier x is immutable {\n  forbid delete\n}\ntable a is x\n"))
                .containsExactly("TG506");
    }

    @Test
    void warns_of_a_component_that_connects_as_anybody_or_may_do_nothing() { // L2, L7
        assertThat(Policies.codes(TABLES + component("grant select on orders"))).containsExactly("TG502");
        assertThat(Policies.codes(TABLES + component("connects as \"*\"\n  grant select on orders")))
                .containsExactly("TG502");
        assertThat(Policies.codes(TABLES + component("connects as \"c\""))).containsExactly("TG507");
    }

    @Test
    void warns_of_a_table_that_is_taken_out_of_a_stricter_tier() { // L3
        assertThat(Policies.codes("tier ledger is immutable\ntier live is mutable\ntable accounting.* is ledger\n"
                        + "table accounting.tmp is live\n"))
                .containsExactly("TG503");
    }

    @Test
    void warns_of_a_tier_without_tables_and_of_code_without_a_reason() { // L4, L9
        assertThat(Policies.codes(TABLES + "tier spare is mutable\n")).containsExactly("TG504");
        assertThat(Policies.codes(TABLES + "routine f is harmless\n")).containsExactly("TG509");
    }

    @ParameterizedTest
    @CsvSource({"63,''", "64,TG514"})
    void warns_of_a_name_that_a_server_cuts(int length, String code) { // L14
        String name = "x".repeat(length);
        for (String pattern : List.of(name, "a." + name, name + ".a", name + ".a.b", name + "*", "\"" + name + "\"")) {
            assertThat(String.join("", Policies.codes("tier live is mutable\ntable " + pattern + " is live\n")))
                    .as(pattern)
                    .isEqualTo(code);
        }
    }

    @Test
    void counts_the_bytes_of_a_name_and_not_its_stars() { // L14
        String tier = "tier live is mutable\ntable ";
        assertThat(Policies.codes(tier + "ü".repeat(31) + " is live\n")).isEmpty();
        assertThat(Policies.codes(tier + "ü".repeat(32) + " is live\n")).containsExactly("TG514");
        assertThat(Policies.codes(tier + "x*".repeat(63) + " is live\n")).isEmpty();
        assertThat(Policies.codes(tier + "x*".repeat(64) + " is live\n")).containsExactly("TG514");
    }

    private static List<String> grant(String grant) {
        return Policies.codes(TABLES + component("connects as \"c\"\n  grant " + grant));
    }

    private static String component(String facts) {
        return "component c {\n  " + facts + "\n}\n";
    }

    private static List<String> helps(String text) {
        return Policies.diagnostics("test.tierguard", text).get(0).helps();
    }
}
