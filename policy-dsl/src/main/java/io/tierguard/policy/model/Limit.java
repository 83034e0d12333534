package io.tierguard.policy.model;

import java.util.Set;

/**
 * The most rows that a verb may change.
 *
 * @param verb the verb whose rows are counted
 * @param rows the most rows, at least one
 * @param scope over what they are counted
 * @param exceptions what is allowed although its rows are not counted
 * @param owner who sets the limit, as a sentence names it, for example {@code tier operational}
 * @param rule where it is set, as {@code file:line}
 */
public record Limit(Verb verb, long rows, LimitScope scope, Set<Uncounted> exceptions, String owner, String rule) {

    public Limit {
        exceptions = Set.copyOf(exceptions);
    }

    /** Whether the limit lets something pass although its rows are not counted. */
    public boolean excepts(Uncounted uncounted) {
        return exceptions.contains(uncounted);
    }

    /** Whether it lets nothing pass that another limit does not let pass. */
    boolean isNoLaxerThan(Limit other) {
        return verb == other.verb
                && rows <= other.rows
                && (scope == other.scope || scope == LimitScope.TRANSACTION)
                && other.exceptions.containsAll(exceptions);
    }

    /** What it says, as a clause: {@code tier operational limits delete to 50 rows per transaction}. */
    public String clause() {
        String unit = rows == 1 ? " row" : " rows";
        String per = switch (scope) {
            case EXECUTE -> "";
            case TRANSACTION -> " per transaction";
        };
        return owner + " limits " + verb.word() + " to " + rows + unit + per;
    }
}
