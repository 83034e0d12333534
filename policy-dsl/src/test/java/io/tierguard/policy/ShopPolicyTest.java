package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.model.Verb;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The example of the language page, as far as this version supports it. */
class ShopPolicyTest {

    private final Policy shop = shop();

    @Test
    void loads_without_a_warning() {
        assertThat(Policies.diagnostics("shop.tierguard", Policies.shop())).isEmpty();
    }

    @Test
    void says_who_it_is() {
        assertThat(shop.name()).isEqualTo("shop");
        assertThat(shop.contact()).isEqualTo("#data-guardians");
        assertThat(shop.schemaPath()).containsExactly("public");
        assertThat(shop.hash()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void lists_tiers_tables_and_components_in_file_order() {
        assertThat(shop.tiers()).extracting(Tier::name).containsExactly("ledger", "operational", "disposable");
        assertThat(shop.tableClasses())
                .extracting(tableClass -> tableClass.pattern().text())
                .containsExactly("accounting.*", "payment", "orders", "customer", "session", "*_cache");
        assertThat(shop.components()).extracting(Component::name).containsExactly("checkout", "reporting", "eraser");
    }

    @Test
    void audits_as_the_tier_says_or_else_by_its_kind() {
        assertThat(shop.tiers())
                .extracting(Tier::audit)
                .containsExactly(AuditLevel.WRITES, AuditLevel.WRITES, AuditLevel.WRITES);
        assertThat(shop.tiers())
                .extracting(Tier::durability)
                .containsExactly(Durability.FLUSH, Durability.ASYNC, Durability.ASYNC);
    }

    @Test
    void names_the_tier_that_closes_a_column_in_the_canonical_sentence() {
        Effect effect = Effect.of(Verb.UPDATE, TableName.of("public", "payment"), List.of("amount"), true);
        assertThat(denials("checkout", effect))
                .extracting(Denial::toString)
                .first()
                .isEqualTo("checkout may not UPDATE payment.amount: tier ledger is immutable"
                        + " (shop.tierguard:9; ask #data-guardians)");
    }

    @Test
    void opens_a_mutable_column_to_the_component_that_holds_the_grant() {
        Effect effect = Effect.of(Verb.UPDATE, TableName.of("public", "payment"), List.of("status"), true);
        assertThat(decide("checkout", effect)).isEqualTo(Decision.ALLOW);
        assertThat(denials("eraser", effect))
                .extracting(Denial::sentence)
                .containsExactly("eraser may not UPDATE payment.status: not granted");
    }

    @Test
    void denies_what_is_granted_to_nobody_with_the_line_of_the_component() {
        assertThat(denials("checkout", Effect.of(Verb.DELETE, TableName.of("public", "orders"))))
                .extracting(Denial::toString)
                .containsExactly("checkout may not DELETE from orders: not granted"
                        + " (shop.tierguard:33; ask #data-guardians)");
    }

    @Test
    void denies_a_table_that_no_pattern_covers() {
        assertThat(denials("reporting", Effect.of(Verb.SELECT, TableName.of("public", "foo"))))
                .extracting(Denial::toString)
                .containsExactly("reporting may not SELECT from foo: no pattern of the policy covers foo"
                        + " (ask #data-guardians)");
    }

    @Test
    void knows_what_routines_and_triggers_do() {
        assertThat(shop.routine("", "uuid_generate_v4", Set.of()).orElseThrow().effects())
                .isEmpty();
        assertThat(shop.routine("", "close_month", Set.of()).orElseThrow().effects())
                .extracting(Effect::table)
                .containsExactly(TableName.of("accounting", "balance"), TableName.of("orders"));
        assertThat(shop.trigger("orders_touch", TableName.of("public", "orders"), Set.of())
                        .orElseThrow()
                        .effects())
                .isEmpty();
        assertThat(shop.trigger("audit_row", TableName.of("public", "payment"), Set.of())
                        .orElseThrow()
                        .effects())
                .extracting(Effect::verb)
                .containsExactly(Verb.INSERT);
    }

    @Test
    void knows_the_users_of_a_component() {
        Component reporting = shop.component("reporting").orElseThrow();
        assertThat(reporting.restrictsUsers()).isTrue();
        assertThat(reporting.allowsUser("reporting_ro")).isTrue();
        assertThat(reporting.allowsUser("checkout_rw")).isFalse();
    }

    private Decision decide(String component, Effect effect) {
        return shop.decide(shop.component(component).orElseThrow(), effect, Instant.EPOCH);
    }

    private List<Denial> denials(String component, Effect effect) {
        return ((Decision.Deny) decide(component, effect)).denials();
    }

    private static Policy shop() {
        if (PolicyLoader.load("shop.tierguard", Policies.shop()) instanceof PolicyOutcome.Loaded loaded) {
            return loaded.policy();
        }
        throw new AssertionError(Policies.rendered(Policies.diagnostics("shop.tierguard", Policies.shop())));
    }
}
