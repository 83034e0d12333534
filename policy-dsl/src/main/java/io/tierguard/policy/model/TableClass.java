package io.tierguard.policy.model;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The tables of one {@code table} block: a pattern, its tier, and the block's own restriction.
 *
 * @param pattern which tables
 * @param tier the tier they are in
 * @param mutableColumns the columns of an immutable table that may be changed, folded
 * @param limits the most rows of each of them that verbs may change
 * @param why the reason the policy gives, or empty
 * @param rule where it is declared, as {@code file:line}
 */
public record TableClass(
        TablePattern pattern, Tier tier, List<String> mutableColumns, List<Limit> limits, String why, String rule) {

    public TableClass {
        mutableColumns = List.copyOf(mutableColumns);
        limits = List.copyOf(limits);
    }

    /** The same tables with the limits of their own. */
    public TableClass withLimits(List<Limit> others) {
        return new TableClass(pattern, tier, mutableColumns, others, why, rule);
    }

    /** Whether the pattern alone matches a table, whatever other pattern wins it. */
    public boolean matches(TableName table) {
        return pattern.matches(table);
    }

    /** Whether ceiling and table leave room for a verb on at least one column. */
    public boolean leavesRoomFor(Verb verb) {
        return ceilingPermits(verb) && !tier.forbids(verb);
    }

    /** Whether ceiling and table leave room for setting one column. */
    public boolean leavesRoomFor(Verb verb, String column) {
        return leavesRoomFor(verb) && (tier.kind().permits(verb) || mutableColumns.contains(column));
    }

    private boolean ceilingPermits(Verb verb) {
        return tier.kind().permits(verb) || opensColumnsTo(verb);
    }

    /** Whether only the named columns are open to a verb. */
    boolean opensColumnsTo(Verb verb) {
        return verb == Verb.UPDATE && tier.kind() == TierKind.IMMUTABLE && !mutableColumns.isEmpty();
    }

    /** Whether the ceiling, opened by the table's mutable columns, permits an effect. */
    boolean ceilingPermits(Effect effect) {
        return tier.kind().permits(effect.verb())
                || (opensColumnsTo(effect.verb())
                        && !effect.columns().isEmpty()
                        && ColumnCover.countNamed(mutableColumns, effect.columns())
                                == effect.columns().size());
    }

    /** Whether this class leaves room for nothing that the other does not leave room for. */
    public boolean isNoLaxerThan(TableClass other) {
        for (Verb verb : Verb.values()) {
            boolean withinVerb = !leavesRoomFor(verb) || other.leavesRoomFor(verb);
            boolean withinWhere = tier.requiresWhere(verb) || !other.tier.requiresWhere(verb) || !leavesRoomFor(verb);
            if (!withinVerb || !withinWhere) {
                return false;
            }
        }
        boolean withinColumns = !opensColumnsTo(Verb.UPDATE)
                || tier.forbids(Verb.UPDATE)
                || mutableColumns.stream().allMatch(column -> other.leavesRoomFor(Verb.UPDATE, column));
        return withinColumns
                && isNoLaxerInRows(other, this::leavesRoomFor)
                && (!leavesRoomFor(Verb.UPDATE) || opensColumnsTo(Verb.UPDATE) || !other.opensColumnsTo(Verb.UPDATE));
    }

    /** Whether a verb is held here to a where clause and to limits at least as tightly as in the other class. */
    boolean holdsAsTightly(Verb verb, TableClass other) {
        return (tier.requiresWhere(verb) || !other.tier.requiresWhere(verb))
                && isNoLaxerInRows(other, limited -> limited == verb);
    }

    /** Whether each limit on the other's rows has one here that is at least as tight. */
    private boolean isNoLaxerInRows(TableClass other, Predicate<Verb> verbs) {
        return Stream.concat(other.tier.limits().stream(), other.limits.stream())
                .filter(limit -> verbs.test(limit.verb()))
                .allMatch(limit -> Stream.concat(tier.limits().stream(), limits.stream())
                        .anyMatch(own -> own.isNoLaxerThan(limit)));
    }

    /** Whether nothing is said of the two but the pattern: then it does not matter which of them wins. */
    public boolean saysTheSameAs(TableClass other) {
        return tier.equals(other.tier)
                && mutableColumns.size() == other.mutableColumns.size()
                && mutableColumns.containsAll(other.mutableColumns)
                && limits.isEmpty()
                && other.limits.isEmpty();
    }
}
