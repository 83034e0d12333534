package io.tierguard.audit;

import io.tierguard.policy.model.Denial;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a statement is and what was decided about it: what all records of one cached verdict share.
 *
 * @param operation its leading words, as {@code db.operation.name}
 * @param summary operations and targets in order, at most 255 characters, no literals, as {@code db.query.summary}
 * @param text the statement without comments and with every literal as {@code ?}, as {@code db.query.text}
 * @param hash the hash of {@code text}, the same for the same shape of statement
 * @param effects what it does to which tables
 * @param reasons what is against it, all of it; empty when nothing is
 * @param isObserved whether what is against it is only recorded
 * @param waivers by what it is let past ceilings, grants or limits
 * @param showsValues whether a decision's record tells what is bound to its parameters
 * @param values what is bound to them in one execution; empty in what all executions share
 */
public record AuditStatement(
        String operation,
        String summary,
        String text,
        String hash,
        List<AuditEffect> effects,
        List<Denial> reasons,
        boolean isObserved,
        List<AuditWaiver> waivers,
        boolean showsValues,
        BoundValues values) {

    public AuditStatement {
        effects = List.copyOf(effects);
        reasons = List.copyOf(reasons);
        waivers = List.copyOf(waivers);
    }

    /** A statement whose values are masked, that is denied if anything is against it, and let past nothing. */
    public AuditStatement(
            String operation,
            String summary,
            String text,
            String hash,
            List<AuditEffect> effects,
            List<Denial> reasons) {
        this(operation, summary, text, hash, effects, reasons, false, List.of(), false, BoundValues.NONE);
    }

    /** Whether the statement is denied. */
    public boolean isDenied() {
        return !reasons.isEmpty() && !isObserved;
    }

    /** The same statement with something against it that showed when it ran. */
    public AuditStatement against(List<Denial> found, boolean observed) {
        return new AuditStatement(
                operation, summary, text, hash, effects, found, observed, waivers, showsValues, values);
    }

    /** The same statement with the values of one execution, which are asked for only where they are shown. */
    public AuditStatement with(Supplier<BoundValues> bound) {
        if (!showsValues) {
            return this;
        }
        BoundValues shown = bound.get();
        return shown.isEmpty()
                ? this
                : new AuditStatement(
                        operation, summary, text, hash, effects, reasons, isObserved, waivers, showsValues, shown);
    }

    /** The record's {@code decision}. */
    String decision() {
        if (reasons.isEmpty()) {
            return "allow";
        }
        return isObserved ? "would-deny" : "deny";
    }
}
