package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DecisionPathTest {

    private static final Instant INSIDE = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant AFTER = Instant.parse("2026-11-27T18:00:00Z");

    private final Policy policy = Policies.sound("""
            policy shop {
              schema path public
            }
            tier ledger is immutable
            tier live is mutable {
              forbid truncate, drop
              require where on update, delete
              limit delete 50 rows per transaction
            }
            table payment is ledger {
              mutable status
            }
            table orders is live
            component checkout {
              connects as "checkout"
              grant select, insert on tier ledger
              grant update (status) on payment
              grant delete on orders
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
              limit delete 200 rows
            }
            """);

    @Test
    void lists_every_rule_against_an_effect_with_its_place() {
        DecisionPath path = path("checkout", effect(Verb.DELETE, "payment"), INSIDE);

        assertThat(path.act()).isEqualTo("checkout may not DELETE from payment");
        assertThat(path.isDeniedFor(Reason.IMMUTABLE_TIER)).isTrue();
        assertThat(told(path))
                .containsExactly(
                        "tells table payment is ledger (test.tierguard:10)",
                        "denies tier ledger is immutable (test.tierguard:4)",
                        "denies not granted (test.tierguard:14)");
    }

    @Test
    void lists_every_rule_that_permits() {
        DecisionPath path = path("checkout", effect(Verb.DELETE, "orders"), INSIDE);

        assertThat(path.act()).isEqualTo("checkout may DELETE from orders");
        assertThat(path.isAllowed()).isTrue();
        assertThat(told(path))
                .containsExactly(
                        "tells table orders is live (test.tierguard:13)",
                        "permits tier live is mutable (test.tierguard:5)",
                        "permits tier live forbids only truncate, drop (test.tierguard:6)",
                        "permits tier live requires a where clause on delete, and there is one (test.tierguard:7)",
                        "tells tier live limits delete to 50 rows per transaction (test.tierguard:8)",
                        "permits checkout has grant delete on orders (test.tierguard:18)");
    }

    @Test
    void tells_what_mutable_columns_open() {
        assertThat(told(path("checkout", Effect.of(Verb.UPDATE, table("payment"), List.of("status"), true), INSIDE)))
                .contains(
                        "tells tier ledger is immutable (test.tierguard:4)",
                        "permits of table payment only status is mutable (test.tierguard:10)");
        assertThat(told(path("checkout", Effect.of(Verb.UPDATE, table("payment"), List.of("amount"), true), INSIDE)))
                .contains(
                        "denies tier ledger is immutable (test.tierguard:4)",
                        "denies of table payment only status is mutable (test.tierguard:10)");
    }

    @Test
    void a_rule_yields_to_a_waiver_that_is_in_force() {
        DecisionPath path = path("eraser", effect(Verb.DELETE, "payment"), INSIDE);

        assertThat(path.isAllowed()).isTrue();
        assertThat(told(path))
                .containsExactly(
                        "tells table payment is ledger (test.tierguard:10)",
                        "yields tier ledger is immutable (test.tierguard:4)",
                        "tells waiver erasure limits delete to 200 rows (test.tierguard:31)",
                        "yields not granted (test.tierguard:20)",
                        "permits waiver erasure permits it until 2026-11-27T18:00:00Z (test.tierguard:24)");
    }

    @Test
    void a_waiver_that_has_ended_or_not_begun_is_named() {
        assertThat(told(path("eraser", effect(Verb.DELETE, "payment"), AFTER)))
                .contains(
                        "denies tier ledger is immutable (test.tierguard:4)",
                        "denies waiver erasure for it ended at 2026-11-27T18:00:00Z (test.tierguard:24)");
        assertThat(told(path("eraser", effect(Verb.DELETE, "payment"), Instant.EPOCH)))
                .contains("denies waiver erasure for it begins at 2026-11-20T08:00:00Z (test.tierguard:24)");
    }

    @Test
    void a_table_that_no_pattern_covers_is_said_to_be_that() {
        assertThat(told(path("checkout", effect(Verb.SELECT, "nobody"), INSIDE)))
                .containsExactly("denies no pattern of the policy covers nobody");
    }

    @Test
    void what_the_database_adds_needs_no_grant_and_is_said_to_be_added() {
        Effect added = new Effect(Verb.DELETE, table("payment"), new TreeSet<>(), true, "foreign key fk");
        DecisionPath path = path("checkout", added, INSIDE);

        assertThat(path.act()).isEqualTo("checkout may not DELETE from payment, by foreign key fk");
        assertThat(told(path)).contains("tells what the database adds needs no grant");
    }

    @Test
    void comes_to_the_decision_that_the_policy_makes() {
        for (Verb verb : Verb.values()) {
            for (String table : List.of("payment", "orders", "nobody")) {
                for (Component component : policy.components()) {
                    Effect effect = effect(verb, table);
                    DecisionPath path = path(component.name(), effect, INSIDE);
                    boolean isDenied = path.steps().stream().anyMatch(step -> step.answer() == Step.Answer.DENIES);

                    assertThat(path.decision())
                            .isEqualTo(policy.decide(component, effect, TableName.of(table), INSIDE));
                    assertThat(isDenied).as(path.act()).isEqualTo(!path.isAllowed());
                }
            }
        }
    }

    private DecisionPath path(String component, Effect effect, Instant moment) {
        TableName shown = TableName.of(effect.table().name());
        return policy.explain(policy.component(component).orElseThrow(), effect, shown, moment);
    }

    private static List<String> told(DecisionPath path) {
        return path.steps().stream()
                .map(step -> step.answer().word() + " " + step)
                .toList();
    }

    private static Effect effect(Verb verb, String table) {
        return Effect.of(verb, table(table));
    }

    private static TableName table(String name) {
        return TableName.of("public", name);
    }
}
