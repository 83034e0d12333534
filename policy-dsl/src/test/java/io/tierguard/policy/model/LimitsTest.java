package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules M1 to M7: what limits say and which of them hold. */
class LimitsTest {

    private final Policy policy = Policies.sound("""
            tier live is mutable {
              limit update 500 rows
              limit delete 50 rows
              limit delete 200 rows per transaction
            }
            tier open is mutable {
              limit delete 50 rows except truncate, cascade
            }
            table orders is live {
              limit delete 20 rows
            }
            table customer is live
            table session is open
            table old.session is live
            component app {
              connects as "app"
              grant select, insert, update, delete, truncate on tier live
              grant select, insert, update, delete, truncate on tier open
              limit insert 1 row
            }
            component strict {
              connects as "strict"
              grant delete, truncate on session
              limit delete 5 rows
            }
            """);

    @ParameterizedTest
    @ValueSource(
            strings = {"insert 1 row", "update 1 rows", "delete 999999999999 rows", "delete 5 rows per transaction"})
    void limits_rows_that_are_inserted_updated_or_deleted(String limit) { // M1
        assertThat(codes("limit " + limit)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "select 5 rows,TG701",
        "truncate 5 rows,TG701",
        "create 5 rows,TG701",
        "extend 5 rows,TG701",
        "alter 5 rows,TG701",
        "drop 5 rows,TG701",
        "delete 0 rows,TG119",
        "delete 05 rows,TG119",
        "delete +5 rows,TG119",
        "delete 1000000000000 rows,TG119",
        "delete 99999999999999999999 rows,TG119",
        "delete ٥ rows,TG119",
        "delete 5,TG107",
        "50 rows delete,TG107",
        "delete 5 rows per day,TG107",
        "unwrap 5 rows,TG113",
    })
    void limits_nothing_else(String limit, String code) { // M1
        assertThat(codes("limit " + limit)).containsExactly(code);
    }

    @Test
    void a_block_limits_a_verb_once_for_each_span() { // M2
        assertThat(codes("limit delete 5 rows\n  limit delete 9 rows per transaction"))
                .isEmpty();
        assertThat(codes("limit delete 5 rows\n  limit delete 5 rows except cascade"))
                .containsExactly("TG702");
        assertThat(codes("limit delete 5 rows per transaction\n  limit delete 9 rows per transaction"))
                .containsExactly("TG702");
    }

    @Test
    void the_limits_of_tier_table_and_component_hold_together() { // M3
        assertThat(clauses("app", Effect.of(Verb.DELETE, table("orders"))))
                .containsExactly(
                        "tier live limits delete to 50 rows",
                        "tier live limits delete to 200 rows per transaction",
                        "table orders limits delete to 20 rows");
        assertThat(clauses("app", Effect.of(Verb.INSERT, table("orders"))))
                .containsExactly("component app limits insert to 1 row");
        assertThat(clauses("strict", Effect.of(Verb.DELETE, table("session"))))
                .containsExactly("tier open limits delete to 50 rows", "component strict limits delete to 5 rows");
        assertThat(decide("app", Effect.of(Verb.SELECT, table("orders")))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void a_limit_says_where_it_stands() { // M3
        Decision.Allow allow = (Decision.Allow) decide("app", Effect.of(Verb.UPDATE, table("customer")));
        assertThat(allow.limits())
                .containsExactly(
                        new Limit(Verb.UPDATE, 500, LimitScope.EXECUTE, Set.of(), "tier live", "test.tierguard:2"));
        assertThat(allow.waivers()).isEmpty();
        assertThat(allow.window()).isEqualTo(Window.ALWAYS);
    }

    @Test
    void a_limit_of_delete_denies_truncate() { // M4
        assertThat(denials("app", Effect.of(Verb.TRUNCATE, table("customer"))))
                .extracting(Denial::toString)
                .containsExactly("app may not TRUNCATE shop.customer: tier live limits delete to 50 rows,"
                        + " and its rows are not counted (test.tierguard:3)");
        assertThat(reasons("app", Effect.of(Verb.TRUNCATE, table("customer")))).containsExactly(Reason.ROW_LIMIT);
        assertThat(decide("app", Effect.of(Verb.TRUNCATE, table("session")))).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void only_a_limit_of_delete_excepts_truncate() { // M4
        assertThat(codes("limit delete 5 rows except truncate")).isEmpty();
        assertThat(codes("limit update 5 rows except truncate")).containsExactly("TG703");
        assertThat(codes("limit insert 5 rows except cascade, truncate")).containsExactly("TG703");
        assertThat(codes("limit insert 5 rows except cascade")).isEmpty();
        assertThat(codes("limit delete 5 rows except alter")).containsExactly("TG113");
    }

    @Test
    void what_the_schema_adds_is_denied_where_its_verb_is_limited() { // M5
        assertThat(denials("app", added(Verb.DELETE, "customer")))
                .extracting(Denial::sentence)
                .containsExactly("app may not DELETE from shop.customer: by on delete cascade of region, and tier live"
                        + " limits delete to 50 rows, and its rows are not counted");
        assertThat(reasons("app", added(Verb.DELETE, "customer"))).containsExactly(Reason.CASCADE);
        assertThat(reasons("app", added(Verb.UPDATE, "customer"))).containsExactly(Reason.CASCADE);
        assertThat(decide("app", added(Verb.DELETE, "session"))).isInstanceOf(Decision.Allow.class);
        assertThat(decide("app", added(Verb.UPDATE, "session"))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void the_limit_of_a_component_denies_what_the_schema_adds_without_its_grant() { // M5
        assertThat(reasons("app", added(Verb.INSERT, "session"))).containsExactly(Reason.CASCADE);
        assertThat(decide("strict", added(Verb.INSERT, "session"))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void each_limit_has_to_except_what_is_not_counted() { // M6
        assertThat(denials("strict", Effect.of(Verb.TRUNCATE, table("session"))))
                .extracting(Denial::rule)
                .containsExactly("test.tierguard:24");
        assertThat(denials("strict", added(Verb.DELETE, "session")))
                .extracting(Denial::rule)
                .containsExactly("test.tierguard:24");
    }

    @Test
    void a_table_of_unknown_place_is_held_to_the_limits_of_every_class() { // M7
        assertThat(clauses("app", Effect.of(Verb.DELETE, TableName.of("session"))))
                .containsExactlyInAnyOrder(
                        "tier open limits delete to 50 rows",
                        "tier live limits delete to 50 rows",
                        "tier live limits delete to 200 rows per transaction");
        assertThat(reasons("app", Effect.of(Verb.TRUNCATE, TableName.of("session"))))
                .containsExactly(Reason.ROW_LIMIT);
    }

    @Test
    void two_patterns_with_limits_of_their_own_do_not_say_the_same() { // P4
        String tables = "table a* is live%s\ntable *b is live%s\n";
        String limit = " {\n  limit delete 5 rows\n}";
        assertThat(Policies.codes("tier live is mutable\n" + tables.formatted("", "")))
                .isEmpty();
        assertThat(Policies.codes("tier live is mutable\n" + tables.formatted(limit, limit)))
                .containsExactly("TG301");
    }

    @Test
    void a_pattern_that_says_its_schema_wins_only_where_it_limits_no_less() { // P5
        String tiers = "tier free is mutable\ntier held is mutable {\n  limit delete 5 rows\n}\n";
        assertThat(Policies.codes(tiers + "table a.* is held\ntable orders is free\n"))
                .isEmpty();
        assertThat(Policies.codes(tiers + "table a.* is free\ntable orders is held\n"))
                .containsExactly("TG301");
    }

    @Test
    void a_limit_on_a_verb_that_is_never_permitted_is_needless() { // L11
        assertThat(Policies.codes("tier t is frozen {\n  limit insert 5 rows\n}\ntable a is t\n"))
                .containsExactly("TG511");
        assertThat(Policies.codes("tier t is immutable {\n  limit update 5 rows\n}\ntable a is t {\n  mutable b\n"
                        + "  limit update 1 row\n}\n"))
                .isEmpty();
        assertThat(codes("forbid delete\n  limit delete 5 rows")).containsExactly("TG511");
        assertThat(Policies.codes("tier t is immutable\ntable a is t {\n  limit update 5 rows\n}\n"))
                .containsExactly("TG511");
    }

    @Test
    void several_reasons_are_listed_with_ceilings_first_and_the_grant_last() { // D13
        assertThat(Reason.values())
                .startsWith(
                        Reason.FROZEN_TIER,
                        Reason.IMMUTABLE_TIER,
                        Reason.IMMUTABLE_COLUMN,
                        Reason.CASCADE,
                        Reason.FORBIDDEN_VERB,
                        Reason.MISSING_WHERE,
                        Reason.ROW_LIMIT,
                        Reason.NOT_GRANTED);
        Policy strict = Policies.sound("""
                tier live is mutable {
                  forbid truncate
                  limit delete 5 rows
                }
                table a is live
                component none {
                  connects as "none"
                  grant select on a
                }
                """);
        Component none = strict.component("none").orElseThrow();
        Decision decision = strict.decide(none, Effect.of(Verb.TRUNCATE, table("a")), Instant.EPOCH);
        assertThat(((Decision.Deny) decision).denials())
                .extracting(Denial::reason)
                .containsExactly(Reason.FORBIDDEN_VERB, Reason.ROW_LIMIT, Reason.NOT_GRANTED);
    }

    /** What is said of facts in a mutable tier. */
    private static List<String> codes(String facts) {
        return Policies.codes("tier live is mutable {\n  " + facts + "\n}\ntable orders is live\n");
    }

    private static TableName table(String name) {
        return TableName.of("shop", name);
    }

    private static Effect added(Verb verb, String table) {
        return new Effect(verb, table(table), new TreeSet<>(), true, "on delete cascade of region");
    }

    private Decision decide(String component, Effect effect) {
        return policy.decide(policy.component(component).orElseThrow(), effect, Instant.EPOCH);
    }

    private List<String> clauses(String component, Effect effect) {
        return ((Decision.Allow) decide(component, effect))
                .limits().stream().map(Limit::clause).toList();
    }

    private List<Denial> denials(String component, Effect effect) {
        return ((Decision.Deny) decide(component, effect)).denials();
    }

    private List<Reason> reasons(String component, Effect effect) {
        return denials(component, effect).stream().map(Denial::reason).toList();
    }
}
