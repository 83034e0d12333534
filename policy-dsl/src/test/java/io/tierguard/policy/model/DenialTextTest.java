package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DenialTextTest {
    private static final Denial CEILING = new Denial(
            Reason.IMMUTABLE_TIER, "checkout may not DELETE from payment: tier ledger is immutable", "shop:7", "#data");

    @Test
    void oneDenialIsItsSentence() {
        assertThat(DenialText.of(List.of(CEILING)))
                .isEqualTo("checkout may not DELETE from payment: tier ledger is immutable (shop:7; ask #data)");
    }

    @Test
    void aFurtherReasonAgainstTheSameActIsTheReasonAlone() {
        Denial grant =
                new Denial(Reason.NOT_GRANTED, "checkout may not DELETE from payment: not granted", "shop:26", "#data");
        assertThat(DenialText.of(List.of(CEILING, grant)))
                .isEqualTo("checkout may not DELETE from payment: tier ledger is immutable (shop:7; ask #data);"
                        + " also not granted (shop:26)");
    }

    @Test
    void aDenialOfAnotherActIsAFullSentence() {
        Denial other =
                new Denial(Reason.NOT_GRANTED, "checkout may not INSERT into log: not granted", "shop:26", "#ops");
        assertThat(DenialText.of(List.of(CEILING, other)))
                .endsWith("; also: checkout may not INSERT into log: not granted (shop:26; ask #ops)");
    }
}
