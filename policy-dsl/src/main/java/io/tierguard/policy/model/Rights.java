package io.tierguard.policy.model;

import java.util.Arrays;
import java.util.List;

/** Holds an effect on a table of a known class against ceiling, restriction and grant; allocates nothing. */
final class Rights {

    private Rights() {}

    /** Whether all three agree; an effect that the schema adds needs no grant. */
    static boolean allow(Component component, Effect effect, TableClass tableClass) {
        Verb verb = effect.verb();
        Tier tier = tableClass.tier();
        if (!tableClass.ceilingPermits(effect) || tier.forbids(verb)) {
            return false;
        }
        return isAdded(effect) || (!lacksWhere(effect, tier) && component.isGranted(effect, tableClass));
    }

    /** Whether every verb may be done to every table of a class, with or without a where clause, to any number of rows. */
    static boolean leaveAll(Component component, TableClass tableClass) {
        Tier tier = tableClass.tier();
        return tier.kind() == TierKind.MUTABLE
                && tier.forbidden().isEmpty()
                && tier.whereRequired().isEmpty()
                && tier.limits().isEmpty()
                && tableClass.limits().isEmpty()
                && Arrays.stream(Verb.values()).allMatch(verb -> component.isGrantedAll(verb, tableClass));
    }

    /** Whether a limit has a say in how many rows a verb changes. */
    static boolean isLimited(Component component, Verb verb, TableClass tableClass) {
        Verb counted = verb == Verb.TRUNCATE ? Verb.DELETE : verb;
        return limits(tableClass.tier().limits(), counted)
                || limits(tableClass.limits(), counted)
                || limits(component.limits(), counted);
    }

    private static boolean limits(List<Limit> limits, Verb verb) {
        for (int at = 0; at < limits.size(); at++) {
            if (limits.get(at).verb() == verb) {
                return true;
            }
        }
        return false;
    }

    /** Whether the schema adds the effect to the statement, whose own grants are enough for it then. */
    static boolean isAdded(Effect effect) {
        return !effect.via().isEmpty() && effect.reach() != Reach.OLD_NAME;
    }

    /** Whether the effect has to narrow its rows and does not. */
    static boolean lacksWhere(Effect effect, Tier tier) {
        return !effect.hasWhere() && tier.requiresWhere(effect.verb());
    }
}
