package io.tierguard.guard;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.model.TierKind;

/**
 * How often and how safely a text is recorded: the most that any tier it touches demands.
 *
 * <p>Used by one thread.
 */
final class TierDemands {
    private Recording recording = Recording.NEVER;
    private Durability durability = Durability.ASYNC;

    /** Takes in what a tier demands for an effect on one of its tables. */
    void add(Effect effect, Tier tier) {
        boolean protects = tier.kind() != TierKind.MUTABLE;
        if (effect.verb().reads()) {
            if (tier.audit() == AuditLevel.ALL && recording == Recording.NEVER) {
                recording = Recording.ONCE;
            }
            if (protects && tier.audit() == AuditLevel.ALL) {
                atLeast(tier.durability());
            }
        } else if (protects || tier.audit() == AuditLevel.WRITES || tier.audit() == AuditLevel.ALL) {
            everyRun(tier.durability());
        }
    }

    /** Every run is recorded, at least this safely. */
    void everyRun(Durability asked) {
        recording = Recording.ALWAYS;
        atLeast(asked);
    }

    Recording recording() {
        return recording;
    }

    Durability durability() {
        return durability;
    }

    /** Durabilities are declared from the safest down; the safest that any touched tier asks for holds. */
    private void atLeast(Durability asked) {
        if (asked.compareTo(durability) < 0) {
            durability = asked;
        }
    }
}
