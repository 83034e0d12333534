package io.tierguard.policy.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.syntax.ExpectedOutcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules X7 to X9. */
class ExpectationTest {

    private static final Component CHECKOUT =
            Policies.sound(Policies.shop()).component("checkout").orElseThrow();

    private static final Outcome PASSED = new Outcome(Set.of(), Set.of());
    private static final Outcome OBSERVED = new Outcome(Set.of(), Set.of(Reason.NOT_GRANTED));
    private static final Outcome DENIED =
            new Outcome(Set.of(Reason.NOT_GRANTED, Reason.IMMUTABLE_TIER), Set.of(Reason.UNCLASSIFIED_TABLE));

    @Test
    void allow_wants_it_to_pass_with_nothing_observed() { // X7
        Expectation allow = expecting(ExpectedOutcome.ALLOW);

        assertThat(allow.isMetBy(PASSED)).isTrue();
        assertThat(allow.isMetBy(OBSERVED)).isFalse();
        assertThat(allow.isMetBy(DENIED)).isFalse();
    }

    @Test
    void deny_wants_each_reason_among_those_given() { // X8
        assertThat(expecting(ExpectedOutcome.DENY, Reason.IMMUTABLE_TIER).isMetBy(DENIED))
                .isTrue();
        assertThat(expecting(ExpectedOutcome.DENY, Reason.IMMUTABLE_TIER, Reason.NOT_GRANTED)
                        .isMetBy(DENIED))
                .isTrue();
        assertThat(expecting(ExpectedOutcome.DENY, Reason.FROZEN_TIER, Reason.NOT_GRANTED)
                        .isMetBy(DENIED))
                .isFalse();
        assertThat(expecting(ExpectedOutcome.DENY, Reason.NOT_GRANTED).isMetBy(OBSERVED))
                .isFalse();
    }

    @Test
    void would_deny_wants_it_to_pass_because_it_is_observed() { // X9
        assertThat(expecting(ExpectedOutcome.WOULD_DENY, Reason.NOT_GRANTED).isMetBy(OBSERVED))
                .isTrue();
        assertThat(expecting(ExpectedOutcome.WOULD_DENY, Reason.FROZEN_TIER).isMetBy(OBSERVED))
                .isFalse();
        assertThat(expecting(ExpectedOutcome.WOULD_DENY, Reason.UNCLASSIFIED_TABLE)
                        .isMetBy(DENIED))
                .isFalse();
        assertThat(expecting(ExpectedOutcome.WOULD_DENY, Reason.NOT_GRANTED).isMetBy(PASSED))
                .isFalse();
    }

    @Test
    void both_sides_are_said_as_a_test_says_them() {
        assertThat(expecting(OptionalLong.of(200)).clause()).isEqualTo("allow rows 200");
        assertThat(expecting(ExpectedOutcome.WOULD_DENY, Reason.NOT_GRANTED).clause())
                .isEqualTo("would-deny not-granted");
        assertThat(PASSED.clause()).isEqualTo("allow");
        assertThat(OBSERVED.clause()).isEqualTo("would-deny not-granted");
        assertThat(DENIED.clause()).isEqualTo("deny immutable-tier, not-granted");
    }

    private static Expectation expecting(ExpectedOutcome outcome, Reason... reasons) {
        return expectation(outcome, List.of(reasons), OptionalLong.empty());
    }

    private static Expectation expecting(OptionalLong rows) {
        return expectation(ExpectedOutcome.ALLOW, List.of(), rows);
    }

    private static Expectation expectation(ExpectedOutcome outcome, List<Reason> reasons, OptionalLong rows) {
        return new Expectation(
                CHECKOUT, Optional.empty(), Optional.empty(), outcome, reasons, rows, "SELECT 1", "x_test:1");
    }
}
