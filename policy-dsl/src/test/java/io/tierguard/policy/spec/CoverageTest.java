package io.tierguard.policy.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.DecisionPath;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rules X12 and X13. */
class CoverageTest {

    private static final Instant INSIDE = Instant.parse("2026-11-25T12:00:00Z");

    private final Policy policy = Policies.sound("""
            tier ledger is immutable
            tier live is mutable {
              forbid truncate
              require where on update
              limit update 10 rows
            }
            table payment is ledger {
              mutable status
            }
            table orders is live
            component checkout {
              connects as "checkout"
              grant update (status) on payment
              grant select, update on orders
            }
            component eraser {
              connects as "eraser"
              grant select on payment
            }
            waiver erasure {
              why "Article 17"
              ticket "DP-812"
              owner "dpo"
              from 2026-11-20T08:00Z
              until 2026-11-27T18:00Z
              grant delete on payment to eraser
            }
            """);

    private final Coverage coverage = new Coverage(policy);

    @Test
    void counts_restrictions_grants_and_waivers_on_two_sides_each() { // X12
        assertThat(coverage.rules())
                .extracting(CountedRule::text)
                .containsExactly(
                        "tier ledger is immutable",
                        "tier live forbids truncate",
                        "tier live requires a where clause on update",
                        "tier live limits update to 10 rows",
                        "table payment: mutable status",
                        "checkout: grant update (status) on payment",
                        "checkout: grant select, update on orders",
                        "eraser: grant select on payment",
                        "waiver erasure");
        assertThat(coverage.sides()).isEqualTo(18);
        assertThat(coverage.percentage()).isZero();
    }

    @Test
    void what_permits_is_allowed_once_the_statement_passes() { // X12
        add("checkout", Effect.of(Verb.UPDATE, TableName.of("orders")), false);
        assertThat(exercised()).isEmpty();

        add("checkout", Effect.of(Verb.UPDATE, TableName.of("orders")), true);
        assertThat(exercised())
                .containsExactly(
                        "+ tier live forbids truncate",
                        "+ tier live requires a where clause on update",
                        "+ checkout: grant select, update on orders");
        assertThat(coverage.percentage()).isEqualTo(16);
    }

    @Test
    void what_is_against_an_effect_is_denied() { // X12
        add("checkout", Effect.of(Verb.UPDATE, TableName.of("orders"), List.of(), false), false);
        add("eraser", Effect.of(Verb.UPDATE, TableName.of("payment"), List.of("amount"), true), false);

        assertThat(exercised())
                .containsExactly(
                        "- tier ledger is immutable",
                        "- tier live requires a where clause on update",
                        "- table payment: mutable status",
                        "- eraser: grant select on payment");
    }

    @Test
    void a_grant_is_denied_where_its_component_lacks_one_for_the_same_verb_or_table() { // X13
        add("checkout", Effect.of(Verb.DELETE, TableName.of("orders")), false);
        assertThat(exercised()).containsExactly("- checkout: grant select, update on orders");

        add("checkout", Effect.of(Verb.UPDATE, TableName.of("payment"), List.of("amount"), true), false);
        assertThat(exercised()).contains("- checkout: grant update (status) on payment");
        assertThat(exercised()).doesNotContain("- eraser: grant select on payment");
    }

    @Test
    void a_waiver_is_allowed_inside_its_time_and_denied_outside() { // X12
        Component eraser = policy.component("eraser").orElseThrow();
        Effect delete = Effect.of(Verb.DELETE, TableName.of("payment"));

        coverage.add(eraser, List.of(policy.explain(eraser, delete, delete.table(), INSIDE)), true);
        assertThat(exercised()).containsExactly("+ waiver erasure");

        coverage.add(eraser, List.of(policy.explain(eraser, delete, delete.table(), Instant.EPOCH)), false);
        assertThat(exercised()).contains("- waiver erasure");
    }

    @Test
    void a_limit_is_exercised_by_rows_only() { // X12
        coverage.add(policy.tiers().get(1).limits(), OptionalLong.empty());
        assertThat(exercised()).isEmpty();

        coverage.add(policy.tiers().get(1).limits(), OptionalLong.of(10));
        coverage.add(policy.tiers().get(1).limits(), OptionalLong.of(11));
        assertThat(exercised())
                .containsExactly("+ tier live limits update to 10 rows", "- tier live limits update to 10 rows");
    }

    @Test
    void a_policy_without_a_rule_is_covered() {
        assertThat(new Coverage(Policies.sound("tier a is mutable\ntable t is a\n")).percentage())
                .isEqualTo(100);
    }

    private void add(String name, Effect effect, boolean passed) {
        Component component = policy.component(name).orElseThrow();
        DecisionPath path = policy.explain(component, effect, effect.table(), INSIDE);
        coverage.add(component, List.of(path), passed);
    }

    private List<String> exercised() {
        return coverage.rules().stream()
                .flatMap(
                        rule -> List.of(
                                (rule.isAllowed() ? "+ " : "") + rule.text(),
                                (rule.isDenied() ? "- " : "") + rule.text())
                                .stream())
                .filter(side -> side.startsWith("+ ") || side.startsWith("- "))
                .toList();
    }
}
