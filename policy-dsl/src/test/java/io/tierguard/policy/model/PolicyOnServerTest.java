package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is left of a policy where the server cuts names, and where no wildcard counts. */
class PolicyOnServerTest {

    private static Policy policy(String rules) {
        String text = "tier ledger is immutable\n\ntier operational is mutable\n\n" + rules;
        PolicyOutcome outcome = PolicyLoader.load("shop.tierguard", text);
        assertThat(outcome).as(text).isInstanceOf(PolicyOutcome.Loaded.class);
        return ((PolicyOutcome.Loaded) outcome).policy();
    }

    private static boolean allows(Policy policy, Verb verb, String table, String... columns) {
        Effect effect = Effect.of(verb, TableName.of(table), List.of(columns), true);
        return policy.decide(policy.component("app").orElseThrow(), effect, Instant.EPOCH) instanceof Decision.Allow;
    }

    @Test
    void a_name_is_cut_between_characters() { // V2
        assertThat(TableName.cut("abc", 3)).isEqualTo("abc");
        assertThat(TableName.cut("abcd", 3)).isEqualTo("abc");
        assertThat(TableName.cut("aéx", 3)).isEqualTo("aé");
        assertThat(TableName.cut("abé", 3)).isEqualTo("ab");
        assertThat(TableName.cut("a€b", 4)).isEqualTo("a€");
        assertThat(TableName.cut("a😀", 4)).isEqualTo("a");
        assertThat(TableName.cut("😀a", 4)).isEqualTo("😀");
    }

    @Test
    void classes_that_a_cut_makes_one_must_all_allow() { // V2
        Policy policy = policy("""
                table payment_open is ledger
                table payment_gone is operational
                table orders is operational

                component app {
                  grant select, insert on tier ledger
                  grant select, insert, delete on payment_gone
                  grant update (state_open, state_gone) on orders
                }
                """);
        assertThat(allows(policy, Verb.DELETE, "payment_gone")).isTrue();
        Policy cut = policy.cutTo(7);
        assertThat(cut.classify(TableName.of("payment")).orElseThrow().tier().name())
                .isEqualTo("ledger");
        assertThat(allows(cut, Verb.INSERT, "payment")).isTrue();
        assertThat(allows(cut, Verb.DELETE, "payment")).isFalse();
        assertThat(cut.classify(TableName.of("payment_gone"))).isEmpty();
        assertThat(allows(cut, Verb.UPDATE, "orders", "state_o")).isTrue();
        assertThat(allows(cut, Verb.UPDATE, "orders", "state_o", "amount")).isFalse();
    }

    @Test
    void a_pattern_whose_beginning_is_too_long_is_that_beginning() { // V2
        assertThat(NameGlob.of("abcdef*").cutTo(4).matches("abcd")).isTrue();
        assertThat(NameGlob.of("abcd*").cutTo(4).isLiteral()).isTrue();
        assertThat(NameGlob.of("abc*").cutTo(4).matches("abcd")).isTrue();
        assertThat(NameGlob.of("*_suffix").cutTo(4).matches("x_suffix")).isTrue();
        // Folding makes it longer, and the server folds it no more than it is.
        assertThat(NameGlob.literal("İİ").cutTo(4).matches(TableName.fold("İİ")))
                .isTrue();
    }

    @Test
    void what_a_routine_writes_is_cut_as_its_tables_are() { // V2
        Policy cut = policy("""
                        table payment_open is ledger

                        routine close_all writes delete on payment_open {
                          why "old"
                        }

                        component app {
                          grant select on tier ledger
                        }

                        table orders is operational
                        """).cutTo(7);
        assertThat(cut.routine("", "close_a", Set.of()).orElseThrow().effects())
                .extracting(Effect::table)
                .containsExactly(TableName.of("payment"));
    }

    @Test
    void no_star_in_a_written_part_counts() { // V15
        Policy policy = policy("""
                table far is operational
                table far_* is operational
                table away.*_off is operational
                table *.other is operational
                table "st*r" is ledger

                component app {
                  grant select, delete on far, far_*
                  grant delete on f*
                }
                """).withoutWildcards();
        assertThat(policy.tableClasses())
                .extracting(tableClass -> tableClass.pattern().text())
                .containsExactly("far", "\"st*r\"");
        assertThat(allows(policy, Verb.DELETE, "far")).isTrue();
        assertThat(allows(policy, Verb.DELETE, "far_off")).isFalse();
    }
}
