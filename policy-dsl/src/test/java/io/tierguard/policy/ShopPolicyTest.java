package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.model.Verb;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The example of the language page, in one file. */
class ShopPolicyTest {

    private static final String TOUCH = "sha256:9f2c6d1e0b7a4c3f8e5d2a1b9c0f7e6d5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d";

    private static final Path EXAMPLE = Path.of("src/test/resources/io/tierguard/policy/example");

    private final Policy shop = shop();

    @Test
    void the_example_with_its_folder_of_teams_has_two_unexplained_routines_and_a_long_waiver() {
        PolicyOutcome outcome = PolicyLoader.load(EXAMPLE.resolve("shop.tierguard"));
        assertThat(ExampleFiles.codes(outcome)).containsExactly("TG509", "TG509", "TG510");
        assertThat(((PolicyOutcome.Loaded) outcome).policy().components())
                .extracting(Component::rule)
                .containsExactly(
                        "shop.tierguard:42", "shop.tierguard:51", "shop.tierguard:56", "teams/importer.tierguard:1");
    }

    @Test
    void deletes_erased_payments_while_the_waiver_lasts() {
        Effect delete = Effect.of(Verb.DELETE, TableName.of("public", "payment"));
        Component eraser = shop.component("eraser").orElseThrow();
        Instant end = Instant.parse("2026-11-27T18:00:00Z");
        assertThat(((Decision.Allow) shop.decide(eraser, delete, end.minusSeconds(1))).limits())
                .extracting(Limit::clause)
                .containsExactly("waiver gdpr-erasure-2026-11 limits delete to 200 rows");
        assertThat(((Decision.Deny) shop.decide(eraser, delete, end)).denials())
                .extracting(Denial::toString)
                .containsExactly(
                        "eraser may not DELETE from payment: tier ledger is immutable"
                                + " (shop.tierguard:9; ask #data-guardians)",
                        "eraser may not DELETE from payment: not granted (shop.tierguard:64; ask #data-guardians)",
                        "eraser may not DELETE from payment: waiver gdpr-erasure-2026-11 for it ended at"
                                + " 2026-11-27T18:00:00Z (shop.tierguard:87; ask #data-guardians)");
    }

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
        assertThat(shop.components())
                .extracting(Component::name)
                .containsExactly("checkout", "reporting", "eraser", "importer");
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
                        + " (shop.tierguard:50; ask #data-guardians)");
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
        assertThat(shop.trigger("orders_touch", TableName.of("public", "orders"), Set.of(TOUCH))
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
