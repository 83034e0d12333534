package io.tierguard.policy.model;

import java.util.List;

/**
 * A right beyond ceilings and grants, for one component and some time.
 *
 * @param name its name as declared
 * @param why the reason the policy gives
 * @param ticket where it was asked for
 * @param owner who answers for it
 * @param component the component it is for
 * @param window when it holds
 * @param grants what it permits
 * @param limits the limits that stand in place of all others for their verbs
 * @param definesUnread whether code may be defined whose body cannot be read
 * @param rule where it is declared, as {@code file:line}
 */
public record Waiver(
        String name,
        String why,
        String ticket,
        String owner,
        String component,
        Window window,
        List<Grant> grants,
        List<Limit> limits,
        boolean definesUnread,
        String rule) {

    public Waiver {
        grants = List.copyOf(grants);
        limits = List.copyOf(limits);
    }

    /** Whether one of its grants covers the whole of an effect on a table of a class, whatever the time. */
    boolean covers(Effect effect, TableClass tableClass) {
        return grants.stream().anyMatch(grant -> covers(grant, effect, tableClass));
    }

    private static boolean covers(Grant grant, Effect effect, TableClass tableClass) {
        boolean named = grant.isForEveryColumn()
                || (!effect.columns().isEmpty() && grant.columns().containsAll(effect.columns()));
        return named && grant.concerns(effect.verb(), tableClass, effect.table());
    }
}
