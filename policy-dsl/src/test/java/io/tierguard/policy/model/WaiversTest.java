package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rules W2 and W5 to W12: what a waiver permits, and when. */
class WaiversTest {

    private static final Instant FROM = Instant.parse("2026-11-20T08:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-27T08:00:00Z");
    private static final Instant INSIDE = FROM.plus(Duration.ofDays(1));
    private static final String HEAD = """
              why "reviewed"
              ticket "DP-812"
              owner "data-protection@shop.example"
              from 2026-11-20T08:00Z
              until 2026-11-27T09:00+01:00
            """;

    private final Policy policy = Policies.sound("""
            tier old is frozen
            tier ledger is immutable
            tier live is mutable {
              forbid drop
              require where on update, delete
              limit update 500 rows
              limit delete 50 rows
            }
            table archive is old
            table payment is ledger {
              mutable status
            }
            table orders is live
            table session is live
            component app {
              connects as "app"
              grant select, truncate on tier live
              grant update (status) on payment
              grant update on orders
            }
            component other {
              connects as "other"
              grant select on everything
            }
            waiver first {
            HEADER  grant delete, truncate on payment, orders to app
              grant update (amount, note) on payment to app
              grant insert on archive to app
              grant drop on orders to app
              grant truncate on session to app
              limit delete 200 rows
            }
            waiver second {
            HEADER  grant update on orders to app
              grant define to app
              limit update 5 rows
            }
            """.replace("HEADER", HEAD));

    @Test
    void holds_from_its_first_moment_to_the_one_before_its_end() { // W2
        Effect delete = Effect.of(Verb.DELETE, table("payment"));
        assertThat(allows(delete, FROM.minusNanos(1))).isFalse();
        assertThat(allows(delete, FROM)).isTrue();
        assertThat(allows(delete, UNTIL.minusNanos(1))).isTrue();
        assertThat(allows(delete, UNTIL)).isFalse();
    }

    @Test
    void stands_in_place_of_ceiling_forbid_and_grant() { // W5
        assertThat(allows(Effect.of(Verb.INSERT, table("archive")), INSIDE)).isTrue();
        assertThat(allows(Effect.of(Verb.DELETE, table("payment")), INSIDE)).isTrue();
        assertThat(allows(Effect.of(Verb.DROP, table("orders")), INSIDE)).isTrue();
        assertThat(allows(Effect.of(Verb.DELETE, table("orders")), INSIDE)).isTrue();
    }

    @Test
    void never_stands_in_for_a_where_clause() { // W5
        Effect everyRow = Effect.of(Verb.DELETE, table("orders"), List.of(), false);
        assertThat(reasons(everyRow, INSIDE)).containsExactly(Reason.MISSING_WHERE);
    }

    @Test
    void permits_its_tables_and_its_component_alone() { // W3, W4
        assertThat(reasons(Effect.of(Verb.DELETE, table("session")), INSIDE)).containsExactly(Reason.NOT_GRANTED);
        Component other = policy.component("other").orElseThrow();
        assertThat(policy.decide(other, Effect.of(Verb.DELETE, table("payment")), INSIDE))
                .isInstanceOf(Decision.Deny.class);
    }

    @Test
    void covers_the_whole_of_an_effect_or_is_no_matter() { // W6
        assertThat(allows(update("amount", "note"), INSIDE)).isTrue();
        assertThat(allows(update("status"), INSIDE)).isTrue();
        assertThat(reasons(update("amount", "status"), INSIDE))
                .containsExactly(Reason.IMMUTABLE_COLUMN, Reason.NOT_GRANTED);
        assertThat(allows(update(), INSIDE)).isFalse();
    }

    @Test
    void covers_what_the_schema_adds_to_a_statement() { // W5, M5
        Effect added = new Effect(Verb.INSERT, table("archive"), new TreeSet<>(), true, "trigger keep");
        assertThat(allows(added, INSIDE)).isTrue();
        assertThat(reasons(added, UNTIL)).containsExactly(Reason.CASCADE, Reason.WAIVER_EXPIRED);
    }

    @Test
    void its_limit_replaces_all_others_of_its_verb() { // W7
        assertThat(clauses(Effect.of(Verb.DELETE, table("orders")), INSIDE))
                .containsExactly("waiver first limits delete to 200 rows");
        assertThat(clauses(Effect.of(Verb.UPDATE, table("orders")), INSIDE))
                .containsExactly("waiver second limits update to 5 rows");
        assertThat(clauses(Effect.of(Verb.UPDATE, table("orders")), UNTIL))
                .containsExactly("tier live limits update to 500 rows");
        assertThat(reasons(new Effect(Verb.DELETE, table("orders"), new TreeSet<>(), true, "a cascade"), INSIDE))
                .as("its rows are not counted either")
                .containsExactly(Reason.CASCADE);
    }

    @Test
    void the_limits_of_verbs_that_it_does_not_limit_stay() { // W7
        Policy unlimited = Policies.sound("""
                tier ledger is immutable
                table payment is ledger
                component app {
                  connects as "app"
                  grant select on payment
                  limit delete 5 rows
                }
                waiver only {
                HEADER  grant delete on payment to app
                }
                """.replace("HEADER", HEAD));
        Component app = unlimited.component("app").orElseThrow();
        Decision decision = unlimited.decide(app, Effect.of(Verb.DELETE, table("payment")), INSIDE);
        assertThat(((Decision.Allow) decision).limits())
                .extracting(Limit::clause)
                .containsExactly("component app limits delete to 5 rows");
    }

    @Test
    void a_waiver_of_truncate_lifts_the_limits_of_others_and_not_its_own() { // W8
        assertThat(denials(Effect.of(Verb.TRUNCATE, table("payment")), INSIDE))
                .extracting(Denial::sentence)
                .containsExactly("app may not TRUNCATE shop.payment: waiver first limits delete to 200 rows,"
                        + " and its rows are not counted");
        Policy lifting = Policies.sound("""
                tier live is mutable {
                  limit delete 50 rows
                }
                table orders is live
                component app {
                  connects as "app"
                  grant truncate on orders
                }
                waiver only {
                HEADER  grant truncate on orders to app
                }
                """.replace("HEADER", HEAD));
        Component app = lifting.component("app").orElseThrow();
        Effect truncate = Effect.of(Verb.TRUNCATE, table("orders"));
        assertThat(((Decision.Allow) lifting.decide(app, truncate, INSIDE)).waivers())
                .extracting(Waiver::name)
                .containsExactly("only");
        assertThat(((Decision.Deny) lifting.decide(app, truncate, UNTIL)).denials())
                .extracting(Denial::reason)
                .containsExactly(Reason.ROW_LIMIT, Reason.WAIVER_EXPIRED);
    }

    @Test
    void lets_code_be_defined_that_cannot_be_read() { // W9
        Component app = policy.component("app").orElseThrow();
        assertThat(policy.waiverToDefine(app, INSIDE).map(Waiver::name)).contains("second");
        assertThat(policy.waiverToDefine(app, UNTIL)).isEmpty();
        assertThat(policy.waiverToDefine(policy.component("other").orElseThrow(), INSIDE))
                .isEmpty();
    }

    @Test
    void is_named_beside_the_denial_once_it_has_ended() { // W10
        assertThat(denials(Effect.of(Verb.DELETE, table("payment")), UNTIL))
                .extracting(Denial::toString)
                .last()
                .isEqualTo("app may not DELETE from shop.payment: waiver first for it ended at 2026-11-27T08:00:00Z"
                        + " (test.tierguard:25)");
        assertThat(reasons(Effect.of(Verb.DELETE, table("payment")), FROM.minusNanos(1)))
                .doesNotContain(Reason.WAIVER_EXPIRED);
        assertThat(reasons(Effect.of(Verb.ALTER, table("payment")), UNTIL)).doesNotContain(Reason.WAIVER_EXPIRED);
    }

    @Test
    void a_decision_that_rests_on_time_says_when_it_holds() { // W11
        Effect delete = Effect.of(Verb.DELETE, table("payment"));
        assertThat(decide(delete, FROM.minusNanos(1)).window()).isEqualTo(new Window(Instant.MIN, FROM));
        assertThat(decide(delete, INSIDE).window()).isEqualTo(new Window(FROM, UNTIL));
        assertThat(decide(delete, UNTIL).window()).isEqualTo(new Window(UNTIL, Instant.MAX));
        assertThat(decide(Effect.of(Verb.SELECT, table("orders")), INSIDE).window())
                .isEqualTo(Window.ALWAYS);
    }

    @Test
    void what_is_allowed_names_the_waivers_it_rests_on() { // W12
        assertThat(waivers(Effect.of(Verb.DELETE, table("payment")))).containsExactly("first");
        assertThat(waivers(Effect.of(Verb.UPDATE, table("orders"))))
                .as("another limit")
                .containsExactly("second");
        assertThat(waivers(Effect.of(Verb.SELECT, table("orders")))).isEmpty();
        assertThat(waivers(update("status"))).isEmpty();
    }

    private static TableName table(String name) {
        return TableName.of("shop", name);
    }

    private static Effect update(String... columns) {
        return Effect.of(Verb.UPDATE, table("payment"), List.of(columns), true);
    }

    private Decision decide(Effect effect, Instant moment) {
        return policy.decide(policy.component("app").orElseThrow(), effect, moment);
    }

    private boolean allows(Effect effect, Instant moment) {
        return decide(effect, moment) instanceof Decision.Allow;
    }

    private List<String> clauses(Effect effect, Instant moment) {
        return ((Decision.Allow) decide(effect, moment))
                .limits().stream().map(Limit::clause).toList();
    }

    private List<String> waivers(Effect effect) {
        return ((Decision.Allow) decide(effect, INSIDE))
                .waivers().stream().map(Waiver::name).toList();
    }

    private List<Denial> denials(Effect effect, Instant moment) {
        return ((Decision.Deny) decide(effect, moment)).denials();
    }

    private List<Reason> reasons(Effect effect, Instant moment) {
        return denials(effect, moment).stream().map(Denial::reason).toList();
    }
}
