package io.tierguard.jdbc;

import io.tierguard.guard.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the exception of a refusal, which is logged and told to those who listen. */
final class Denials {
    private static final Logger LOG = LoggerFactory.getLogger(Denials.class);

    private Denials() {}

    /** The exception for a refusal. */
    static DenialException of(Refusal refusal) {
        DenialException denial = new DenialException(refusal);
        if (denial.callingFrame().isEmpty()) {
            LOG.warn(refusal.message());
        } else {
            LOG.warn("{}, called at {}", refusal.message(), denial.callingFrame());
        }
        DenialListeners.tell(denial);
        return denial;
    }
}
