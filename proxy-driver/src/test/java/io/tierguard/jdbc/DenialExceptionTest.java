package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.guard.Refusal;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenialExceptionTest {

    @Test
    void thrownAgainItSaysTheSame() {
        Denial denial = new Denial(Reason.ESCAPES_GUARD, "it may not", "shop.tierguard:7", "#guardians");
        DenialException first = new DenialException(new Refusal("A-1", List.of(denial), "write it plainer"));
        DenialException again = new DenialException(first.refusal());
        assertThat(again.getMessage()).isEqualTo(first.getMessage()).contains("write it plainer");
        assertThat(again.denials()).isEqualTo(first.denials());
        assertThat(again.auditId()).isEqualTo("A-1");
        assertThat(again.rule()).isEqualTo("shop.tierguard:7");
        assertThat(again.getSQLState()).isEqualTo(DenialException.SQL_STATE);
    }
}
