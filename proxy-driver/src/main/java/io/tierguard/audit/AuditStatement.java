package io.tierguard.audit;

import io.tierguard.policy.model.Denial;
import java.util.List;

/**
 * What a statement is and what was decided about it: what all records of one cached verdict share.
 *
 * @param operation its leading words, as {@code db.operation.name}
 * @param summary operations and targets in order, at most 255 characters, no literals, as {@code db.query.summary}
 * @param text the statement without comments and with every literal as {@code ?}, as {@code db.query.text}
 * @param hash the hash of {@code text}, the same for the same shape of statement
 * @param effects what it does to which tables
 * @param reasons why it is denied, all of them; empty when it is allowed
 */
public record AuditStatement(
        String operation, String summary, String text, String hash, List<AuditEffect> effects, List<Denial> reasons) {

    public AuditStatement {
        effects = List.copyOf(effects);
        reasons = List.copyOf(reasons);
    }

    /** Whether the statement is denied. */
    public boolean isDenied() {
        return !reasons.isEmpty();
    }
}
