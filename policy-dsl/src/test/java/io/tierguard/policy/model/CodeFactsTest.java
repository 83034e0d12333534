package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules R1 to R8, each by its sentence. */
class CodeFactsTest {

    private final Policy policy = Policies.sound("""
            tier live is mutable {
              require where on update
            }
            table balance is live
            table orders is live
            routine uuid_* is harmless {
              why "makes identifiers"
            }
            routine uuid_log writes insert on log {
              why "keeps what it made"
            }
            routine close_month writes insert, delete on accounting.balance, "Update",
                update on cat.app.orders {
              why "reviewed"
            }
            routine app.recalc is harmless {
              why "pure arithmetic"
            }
            routine total is harmless {
              why "sums up"
            }
            routine app.total writes update on orders {
              why "keeps the sum"
            }
            trigger orders_touch on orders, archive.* is harmless {
              why "sets updated_at"
            }
            trigger audit_* on app.orders writes insert on audit_log {
              why "generated"
            }
            trigger orders_touch on app.orders writes update on customer {
              why "says when the customer was last seen"
            }
            component app {
              connects as "app"
              grant insert on balance
              grant update on orders
            }
            """);

    @Test
    void a_harmless_routine_has_no_effects() { // R1
        CodeFact fact = routine("", "uuid_v4").orElseThrow();
        assertThat(fact)
                .isEqualTo(new CodeFact("uuid_*", List.of(), "makes identifiers", List.of(), "test.tierguard:6"));
    }

    @Test
    void an_effect_is_of_a_verb_on_a_table_of_every_column_and_row() { // R1, R4
        CodeFact fact = routine("app", "close_month").orElseThrow();
        assertThat(fact.effects())
                .extracting(effect -> effect.verb().word() + " " + effect.table())
                .containsExactly(
                        "insert accounting.balance",
                        "delete accounting.balance",
                        "insert update",
                        "delete update",
                        "update cat.app.orders");
        assertThat(fact.effects()).allSatisfy(effect -> {
            assertThat(effect.columns()).isEmpty();
            assertThat(effect.hasWhere()).isFalse();
            assertThat(effect.via()).isEmpty();
        });
    }

    @Test
    void names_of_routines_compare_without_regard_to_case() { // R2
        assertThat(routine("APP", "Recalc")).isPresent();
    }

    @Test
    void a_routine_that_no_fact_is_about_has_no_answer() { // R2
        assertThat(routine("app", "drop_all")).isEmpty();
        assertThat(routine("other", "recalc")).isEmpty();
    }

    @Test
    void a_pattern_without_a_schema_is_about_every_schema() { // R2
        assertThat(routine("pg_catalog", "uuid_v4")).isPresent();
    }

    @Test
    void a_trigger_is_found_by_its_name_and_its_table() { // R3
        assertThat(trigger("ORDERS_TOUCH", TableName.of("shop", "orders"))).contains("test.tierguard:25");
        assertThat(trigger("orders_touch", TableName.of("archive", "payment"))).contains("test.tierguard:25");
        assertThat(trigger("orders_touch", TableName.of("shop", "payment"))).isEmpty();
        assertThat(trigger("other", TableName.of("shop", "orders"))).isEmpty();
    }

    @Test
    void no_fact_is_about_a_trigger_on_a_table_of_the_server() { // R3
        assertThat(trigger("orders_touch", TableName.of("pg_catalog", "orders")))
                .isEmpty();
    }

    @Test
    void effects_are_held_against_ceilings_and_grants() { // R5
        Component app = policy.component("app").orElseThrow();
        List<Decision> decisions = routine("", "close_month").orElseThrow().effects().stream()
                .map(effect -> policy.decide(app, effect, Instant.EPOCH))
                .toList();
        assertThat(decisions.get(0)).isEqualTo(Decision.ALLOW);
        assertThat(reasons(decisions.get(1))).containsExactly(Reason.NOT_GRANTED);
        assertThat(reasons(decisions.get(2))).containsExactly(Reason.UNCLASSIFIED_TABLE);
        assertThat(reasons(decisions.get(4))).containsExactly(Reason.MISSING_WHERE);
    }

    @Test
    void the_narrower_fact_wins_alone() { // R7
        assertThat(routine("app", "uuid_log").map(CodeFact::rule)).contains("test.tierguard:9");
        assertThat(routine("app", "total").map(CodeFact::rule)).contains("test.tierguard:22");
        assertThat(trigger("audit_row", TableName.of("app", "orders"))).contains("test.tierguard:28");
        assertThat(trigger("orders_touch", TableName.of("app", "orders"))).contains("test.tierguard:31");
    }

    @Test
    void a_fact_that_names_its_schema_never_answers_a_call_that_names_none() { // R8
        assertThat(routine("", "recalc")).isEmpty();
    }

    @Test
    void a_call_without_a_schema_does_what_any_fact_of_the_name_says() { // R8
        CodeFact fact = routine("", "total").orElseThrow();
        assertThat(fact.effects()).extracting(Effect::verb).containsExactly(Verb.UPDATE);
        assertThat(fact.pattern()).isEqualTo("total, app.total");
        assertThat(fact.why()).isEqualTo("sums up, keeps the sum");
        assertThat(fact.rule()).isEqualTo("test.tierguard:19, test.tierguard:22");
    }

    @Test
    void a_call_without_a_schema_is_not_answered_by_a_fact_that_wins_nowhere() { // R8
        assertThat(routine("", "uuid_log").map(CodeFact::rule)).contains("test.tierguard:9");
    }

    @Test
    void a_trigger_on_a_table_of_unknown_place_does_what_any_fact_of_it_says() { // R8
        assertThat(trigger("orders_touch", TableName.of("orders"))).contains("test.tierguard:25, test.tierguard:31");
        assertThat(trigger("audit_row", TableName.of("orders"))).isEmpty();
    }

    private Optional<CodeFact> routine(String schema, String name) {
        return policy.routine(schema, name, Set.of());
    }

    private Optional<String> trigger(String name, TableName table) {
        return policy.trigger(name, table, Set.of()).map(CodeFact::rule);
    }

    private static List<Reason> reasons(Decision decision) {
        return ((Decision.Deny) decision).denials().stream().map(Denial::reason).toList();
    }
}
