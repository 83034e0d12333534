package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitOfWorkTest {
    private static final Refusal REFUSAL =
            new Refusal("A-1", List.of(new Denial(Reason.IMMUTABLE_TIER, "may not", "shop.tierguard:3", "")));

    private final UnitOfWork work = new UnitOfWork();

    @Test
    void aCommitThatWasUnderWayTakesNoDoomAway() {
        work.touch();
        work.doom(REFUSAL);
        work.kept();
        assertThat(work.doom()).isSameAs(REFUSAL);
        work.renew();
        assertThat(work.doom()).isNull();
        assertThat(work.isUntouched()).isTrue();
    }

    @Test
    void whatIsKeptWithoutARefusalIsOver() {
        work.touch();
        assertThat(work.isUntouched()).isFalse();
        work.kept();
        assertThat(work.isUntouched()).isTrue();
    }
}
