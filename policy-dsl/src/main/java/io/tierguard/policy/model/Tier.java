package io.tierguard.policy.model;

import java.util.List;
import java.util.Set;

/**
 * A ceiling with a name, under which tables are sorted.
 *
 * @param name its name as declared
 * @param kind its ceiling
 * @param why the reason the policy gives, or empty
 * @param forbidden the verbs it takes from its ceiling
 * @param whereRequired the verbs that must narrow their rows
 * @param limits the most rows that verbs may change
 * @param audit what of its traffic is logged
 * @param durability how firmly
 * @param bindValues what is logged of bound values
 * @param rule where it is declared, as {@code file:line}
 * @param forbidRule where it forbids, or empty
 * @param whereRule where it requires a where clause, or empty
 */
public record Tier(
        String name,
        TierKind kind,
        String why,
        Set<Verb> forbidden,
        Set<Verb> whereRequired,
        List<Limit> limits,
        AuditLevel audit,
        Durability durability,
        BindValues bindValues,
        String rule,
        String forbidRule,
        String whereRule) {

    public Tier {
        forbidden = Set.copyOf(forbidden);
        whereRequired = Set.copyOf(whereRequired);
        limits = List.copyOf(limits);
    }

    /** Whether the tier forbids a verb by name. */
    public boolean forbids(Verb verb) {
        return forbidden.contains(verb);
    }

    /** Whether a verb must narrow its rows. */
    public boolean requiresWhere(Verb verb) {
        return whereRequired.contains(verb);
    }
}
