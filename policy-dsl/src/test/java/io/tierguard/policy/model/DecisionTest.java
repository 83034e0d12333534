package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tierguard.policy.Policies;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rules D1 to D12, each by its sentence. */
class DecisionTest {

    private static final TableName PAYMENT = TableName.of("shop", "payment");

    private final Policy policy = Policies.sound("""
            policy test {
              contact "#data"
            }
            tier old is frozen
            tier ledger is immutable
            tier live is mutable {
              forbid truncate
              require where on update, delete
            }
            table archive is old
            table payment is ledger {
              mutable status, updated_at
            }
            table journal is ledger
            table orders is live
            table *_cache is live
            table vault.orders is old
            component app {
              connects as "app_*", "batch"
              grant select, insert on tier ledger
              grant update on payment
              grant select, update, delete on tier live
              grant insert (id) on orders
              grant insert (total) on orders
            }
            component reader {
              connects as "reader"
              grant select on everything
            }
            """);

    @Test
    void a_frozen_tier_lets_rows_be_read_only() { // D1
        assertThat(sentences("app", Effect.of(Verb.INSERT, table("archive"))))
                .containsExactly(
                        "app may not INSERT into shop.archive: tier old is frozen",
                        "app may not INSERT into shop.archive: not granted");
        assertThat(allows("reader", Effect.of(Verb.SELECT, table("archive")))).isTrue();
    }

    @Test
    void an_immutable_tier_takes_rows_and_never_changes_them() { // D2
        assertThat(allows("app", Effect.of(Verb.INSERT, table("journal")))).isTrue();
        assertThat(reasons("app", Effect.of(Verb.DELETE, table("journal"))))
                .containsExactly(Reason.IMMUTABLE_TIER, Reason.NOT_GRANTED);
        assertThat(reasons("app", Effect.of(Verb.ALTER, table("journal")))).contains(Reason.IMMUTABLE_TIER);
        assertThat(reasons("app", Effect.of(Verb.EXTEND, table("journal")))).containsExactly(Reason.NOT_GRANTED);
    }

    @Test
    void only_mutable_columns_of_an_immutable_table_change() { // D3
        assertThat(allows("app", update("status", "UPDATED_AT"))).isTrue();
        assertThat(sentences("app", update("status", "amount", "iban")))
                .containsExactly(
                        "app may not UPDATE shop.payment.amount and shop.payment.iban: tier ledger is immutable");
        assertThat(reasons("app", update("amount"))).containsExactly(Reason.IMMUTABLE_COLUMN);
    }

    @Test
    void an_update_of_columns_not_known_is_one_of_every_column() { // D4
        assertThat(sentences("app", update()))
                .containsExactly("app may not UPDATE every column of shop.payment: tier ledger is immutable");
    }

    @Test
    void a_forbidden_verb_is_denied_by_the_line_that_forbids_it() { // D5
        assertThat(denials("app", Effect.of(Verb.TRUNCATE, table("orders"))))
                .first()
                .hasToString(
                        "app may not TRUNCATE shop.orders: tier live forbids truncate (test.tierguard:7; ask #data)");
    }

    @Test
    void a_statement_has_to_narrow_its_rows_where_the_tier_says_so() { // D6
        Effect effect = Effect.of(Verb.DELETE, table("orders"), List.of(), false);
        assertThat(denials("app", effect))
                .singleElement()
                .hasToString("app may not DELETE from shop.orders without a where clause: tier live requires one"
                        + " (test.tierguard:8; ask #data)");
    }

    @Test
    void grants_of_columns_add_up() { // D7
        Effect both = Effect.of(Verb.INSERT, table("orders"), List.of("id", "total"), true);
        Effect more = Effect.of(Verb.INSERT, table("orders"), List.of("id", "note"), true);
        assertThat(allows("app", both)).isTrue();
        assertThat(sentences("app", more)).containsExactly("app may not INSERT into shop.orders (note): not granted");
        assertThat(sentences("app", Effect.of(Verb.INSERT, table("orders"))))
                .containsExactly("app may not INSERT into every column of shop.orders: not granted");
    }

    @Test
    void an_unclassified_table_is_denied_for_every_verb() { // D8
        for (Verb verb : Verb.values()) {
            assertThat(reasons("reader", Effect.of(verb, table("unknown")))).containsExactly(Reason.UNCLASSIFIED_TABLE);
        }
    }

    @Test
    void an_effect_of_the_schema_is_held_against_ceilings_and_forbid_only() { // D9
        assertThat(allows("reader", added(Verb.DELETE, "orders"))).isTrue();
        assertThat(sentences("reader", added(Verb.DELETE, "journal")))
                .containsExactly("reader may not DELETE from shop.journal: by on delete cascade of customer,"
                        + " and tier ledger is immutable");
        assertThat(reasons("reader", added(Verb.TRUNCATE, "orders"))).containsExactly(Reason.CASCADE);
        assertThat(reasons("reader", added(Verb.DELETE, "unknown"))).containsExactly(Reason.CASCADE);
    }

    @Test
    void a_table_without_its_schema_needs_every_class_it_could_fall_into() { // D10
        assertThat(allows("reader", Effect.of(Verb.SELECT, TableName.of("orders"))))
                .isTrue();
        assertThat(sentences("app", Effect.of(Verb.DELETE, TableName.of("orders"))))
                .contains("app may not DELETE from orders: tier old is frozen,"
                        + " and orders without its schema may be a table of vault.orders");
        assertThat(allows("app", Effect.of(Verb.DELETE, table("orders")))).isTrue();
    }

    @Test
    void no_pattern_and_no_everything_reaches_a_system_catalog() { // P6
        Effect effect = Effect.of(Verb.SELECT, TableName.of("pg_catalog", "x_cache"));
        assertThat(sentences("reader", effect))
                .containsExactly(
                        "reader may not SELECT from pg_catalog.x_cache: no pattern ever covers a system catalog");
        assertThat(policy.tableClasses()).noneMatch(tableClass -> tableClass.matches(effect.table()));
    }

    @Test
    void classifies_by_the_winner_and_else_by_the_strictest() { // D11
        assertThat(policy.classify(TableName.of("vault", "orders")).map(TableClass::rule))
                .isEqualTo(Optional.of("test.tierguard:17"));
        assertThat(policy.classify(TableName.of("orders"))
                        .map(found -> found.tier().name()))
                .isEqualTo(Optional.of("old"));
        assertThat(policy.classify(TableName.of("shop", "nothing"))).isEmpty();
    }

    @Test
    void compares_database_users_without_regard_to_case() { // C2
        Component app = policy.component("app").orElseThrow();
        assertThat(List.of("app_1", "APP_X", "batch")).allMatch(app::allowsUser);
        assertThat(List.of("app", "batch2", "reader")).noneMatch(app::allowsUser);
        assertThat(policy.component("APP")).isEmpty();
    }

    @Test
    void allocates_nothing_on_the_way_to_an_allow() { // D12
        Component app = policy.component("app").orElseThrow();
        List<Effect> effects = List.of(
                update("status", "updated_at"),
                Effect.of(Verb.INSERT, table("orders"), List.of("id", "total"), true),
                Effect.of(Verb.SELECT, table("page_cache")),
                Effect.of(Verb.DELETE, table("orders")));
        for (int round = 0; round < 20_000; round++) {
            assertThatAllAllowed(app, effects);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < 10_000; round++) {
            assertThatAllAllowed(app, effects);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes).isLessThan(10_000L);
    }

    private void assertThatAllAllowed(Component component, List<Effect> effects) {
        for (int at = 0; at < effects.size(); at++) {
            if (policy.decide(component, effects.get(at), Instant.EPOCH) != Decision.ALLOW) {
                throw new AssertionError(effects.get(at).toString());
            }
        }
    }

    private static TableName table(String name) {
        return TableName.of("shop", name);
    }

    private static Effect update(String... columns) {
        return Effect.of(Verb.UPDATE, PAYMENT, List.of(columns), true);
    }

    private static Effect added(Verb verb, String table) {
        return new Effect(verb, table(table), new TreeSet<>(), true, "on delete cascade of customer");
    }

    private boolean allows(String component, Effect effect) {
        return policy.decide(policy.component(component).orElseThrow(), effect, Instant.EPOCH) == Decision.ALLOW;
    }

    private List<Denial> denials(String component, Effect effect) {
        Decision decision = policy.decide(policy.component(component).orElseThrow(), effect, Instant.EPOCH);
        return ((Decision.Deny) decision).denials();
    }

    private List<Reason> reasons(String component, Effect effect) {
        return denials(component, effect).stream().map(Denial::reason).toList();
    }

    private List<String> sentences(String component, Effect effect) {
        return denials(component, effect).stream().map(Denial::sentence).toList();
    }
}
