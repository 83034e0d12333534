package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules O1 to O4 and C3: which denials are only recorded, and how long. */
class ObservationsTest {

    private static final Instant END = Instant.parse("2027-01-31T00:00:00Z");
    private static final String COMPONENTS = """
            tier live is mutable
            table orders is live
            component reporting {
              connects as "reporting"
              grant select on orders
            }
            component checkout {
              connects as "checkout"
              grant select on orders
            }
            """;

    @Test
    void is_about_one_component_or_everyone() { // O1
        Policy one = Policies.sound(COMPONENTS + observe("reporting", ""));
        assertThat(observed(one, "reporting", Reason.NOT_GRANTED)).isPresent();
        assertThat(observed(one, "checkout", Reason.NOT_GRANTED)).isEmpty();
        Policy all = Policies.sound(COMPONENTS + observe("everyone", "reasons row-limit\n") + observe("checkout", ""));
        assertThat(observed(all, "reporting", Reason.ROW_LIMIT)).isPresent();
        assertThat(observed(all, "checkout", Reason.ROW_LIMIT)).isPresent();
        assertThat(observed(all, "checkout", Reason.NOT_GRANTED)).isPresent();
        assertThat(observed(all, "reporting", Reason.NOT_GRANTED)).isEmpty();
    }

    @Test
    void says_why_and_until_when() { // O1
        for (String fact : List.of("  why \"being classified\"\n", "  until 2027-01-31T00:00Z\n")) {
            assertThat(Policies.codes(COMPONENTS + observe("reporting", "").replace(fact, "")))
                    .as(fact)
                    .containsExactly("TG117");
        }
        assertThat(Policies.codes(COMPONENTS + observe("reporting", "") + observe("REPORTING", "")))
                .containsExactly("TG206");
        assertThat(Policies.codes(COMPONENTS + observe("reporting", "") + observe("reporting", "")))
                .containsExactly("TG201");
        assertThat(Policies.codes(COMPONENTS + observe("reporting", "unwrap\n")))
                .containsExactly("TG109");
    }

    @Test
    void is_about_what_is_not_granted_or_not_classified_unless_it_says_otherwise() { // O2
        Policy ordinary = Policies.sound(COMPONENTS + observe("reporting", ""));
        assertThat(observedReasons(ordinary)).containsExactly(Reason.NOT_GRANTED, Reason.UNCLASSIFIED_TABLE);
        Policy listed = Policies.sound(COMPONENTS + observe("reporting", "reasons immutable-tier, cascade\n"));
        assertThat(observedReasons(listed)).containsExactly(Reason.IMMUTABLE_TIER, Reason.CASCADE);
        assertThat(Policies.codes(COMPONENTS + observe("reporting", "reasons cascade, cascade\n")))
                .containsExactly("TG505");
        assertThat(Policies.codes(COMPONENTS + observe("reporting", "reasons unimportant\n")))
                .containsExactly("TG113");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void may_list_every_reason_that_is_no_matter_of_habit(Reason reason) { // O3
        Set<Reason> never = EnumSet.of(
                Reason.WRONG_USER,
                Reason.NO_AUDIT,
                Reason.ESCAPES_GUARD,
                Reason.WAIVER_EXPIRED,
                Reason.TRANSACTION_DENIED);
        assertThat(Policies.codes(COMPONENTS + observe("everyone", "reasons " + reason.code() + "\n")))
                .isEqualTo(never.contains(reason) ? List.of("TG708") : List.of());
    }

    @Test
    void ends_at_its_until() { // O4
        Policy policy = Policies.sound(COMPONENTS + observe("reporting", ""));
        Component reporting = policy.component("reporting").orElseThrow();
        assertThat(policy.observation(reporting, Reason.NOT_GRANTED, END.minusNanos(1)))
                .isPresent();
        assertThat(policy.observation(reporting, Reason.NOT_GRANTED, END)).isEmpty();
    }

    @Test
    void bounds_the_time_for_which_a_denial_holds() { // W11
        Policy policy = Policies.sound(COMPONENTS + observe("everyone", ""));
        Component reporting = policy.component("reporting").orElseThrow();
        assertThat(policy.decide(reporting, Effect.of(Verb.DELETE, TableName.of("orders")), Instant.EPOCH)
                        .window())
                .isEqualTo(new Window(Instant.MIN, END));
        assertThat(policy.windowAt(reporting, END)).isEqualTo(new Window(END, Instant.MAX));
    }

    @Test
    void names_a_component_as_it_is_declared() { // C3
        assertThat(Policies.codes(COMPONENTS + observe("reportin", ""))).containsExactly("TG206");
        assertThat(Policies.codes(COMPONENTS.replace("component reporting", "component everyone")))
                .containsExactly("TG202");
    }

    private static String observe(String component, String fact) {
        return "observe " + component + " {\n  why \"being classified\"\n  until 2027-01-31T00:00Z\n" + fact + "}\n";
    }

    private static Optional<Observation> observed(Policy policy, String component, Reason reason) {
        return policy.observation(policy.component(component).orElseThrow(), reason, Instant.EPOCH);
    }

    private static List<Reason> observedReasons(Policy policy) {
        return Arrays.stream(Reason.values())
                .filter(reason -> observed(policy, "reporting", reason).isPresent())
                .toList();
    }
}
