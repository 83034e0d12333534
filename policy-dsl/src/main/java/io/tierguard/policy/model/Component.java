package io.tierguard.policy.model;

import java.util.ArrayList;
import java.util.List;

/**
 * One part of the system that connects to the database, with what it may do there.
 *
 * @param name its name as declared
 * @param why the reason the policy gives, or empty
 * @param users the database users it may connect as; empty for any
 * @param grants its rights, in file order
 * @param limits the most rows that its verbs may change
 * @param rule where it is declared, as {@code file:line}
 */
public record Component(
        String name, String why, List<NameGlob> users, List<Grant> grants, List<Limit> limits, String rule) {

    public Component {
        users = List.copyOf(users);
        grants = List.copyOf(grants);
        limits = List.copyOf(limits);
    }

    /** The component with what its grants give on patterns without a wildcard, on tiers and on everything. */
    Component withoutWildcards() {
        List<Grant> left = new ArrayList<>();
        for (Grant grant : grants) {
            if (grant.target() instanceof GrantTarget.OnPatterns on) {
                List<TablePattern> patterns = on.patterns().stream()
                        .filter(pattern -> !pattern.hasWildcard())
                        .toList();
                left.add(new Grant(grant.verbs(), grant.columns(), new GrantTarget.OnPatterns(patterns), grant.rule()));
            } else {
                left.add(grant);
            }
        }
        return new Component(name, why, users, left, limits, rule);
    }

    /** Whether the policy says which users this component connects as. */
    public boolean restrictsUsers() {
        return !users.isEmpty();
    }

    /** Whether this component may be connected as a database user; names compare without regard to case. */
    public boolean allowsUser(String databaseUser) {
        String folded = TableName.fold(databaseUser);
        return users.isEmpty() || users.stream().anyMatch(user -> user.matches(folded));
    }

    /** Whether the grants together permit an effect on a table of a class. */
    boolean isGranted(Effect effect, TableClass tableClass) {
        int covered = 0;
        for (int at = 0; at < grants.size(); at++) {
            Grant grant = grants.get(at);
            if (grant.concerns(effect.verb(), tableClass, effect.table())) {
                if (grant.isForEveryColumn()) {
                    return true;
                }
                covered += countNewlyCovered(at, effect, tableClass);
            }
        }
        return covered > 0 && covered == effect.columns().size();
    }

    /**
     * Whether it may lose rows of a table under a name in one class that it may not lose under a name in another: by a verb that is
     * granted, without a where clause, or past a limit.
     */
    public boolean losesMore(TableName now, TableClass ofNow, TableName then, TableClass ofThen) {
        for (Verb verb : Verb.values()) {
            boolean isAllowed = verb.losesRows() && ofNow.leavesRoomFor(verb) && isGranted(Effect.of(verb, now), ofNow);
            boolean wasAllowed = ofThen.leavesRoomFor(verb) && isGranted(Effect.of(verb, then), ofThen);
            if (isAllowed && !(wasAllowed && ofNow.holdsAsTightly(verb, ofThen))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the component may lose rows of a table through another of which it becomes a part, as the class of that allows, and not by
     * the table itself: what a part leaves room for, and its limits, hold through the whole, its grants and where clauses do not.
     */
    public boolean losesMoreAsPart(TableName whole, TableClass ofWhole, TableName part, TableClass ofPart) {
        for (Verb verb : Verb.values()) {
            boolean isAllowed = verb.losesRows()
                    && ofPart.leavesRoomFor(verb)
                    && ofWhole.leavesRoomFor(verb)
                    && isGranted(Effect.of(verb, whole), ofWhole);
            boolean isHeldToWhere =
                    ofPart.tier().requiresWhere(verb) && !ofWhole.tier().requiresWhere(verb);
            if (isAllowed && (isHeldToWhere || !isGranted(Effect.of(verb, part), ofPart))) {
                return true;
            }
        }
        return false;
    }

    /** Whether one grant permits a verb on every table of a class, and all their columns. */
    boolean isGrantedAll(Verb verb, TableClass tableClass) {
        return grants.stream()
                .anyMatch(grant -> grant.isForEveryColumn()
                        && grant.verbs().contains(verb)
                        && grant.target().takesInAll(tableClass));
    }

    /** Whether the grants permit setting one column. */
    boolean isGranted(Effect effect, String column, TableClass tableClass) {
        for (Grant grant : grants) {
            boolean named = grant.isForEveryColumn() || grant.columns().contains(column);
            if (named && grant.concerns(effect.verb(), tableClass, effect.table())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a grant permits an effect on some columns, if only they were known. */
    boolean hasGrantOnSomeColumns(Effect effect, TableClass tableClass) {
        return grants.stream().anyMatch(grant -> grant.concerns(effect.verb(), tableClass, effect.table()));
    }

    private int countNewlyCovered(int index, Effect effect, TableClass tableClass) {
        List<String> columns = grants.get(index).columns();
        int count = 0;
        for (int at = 0; at < columns.size(); at++) {
            String column = columns.get(at);
            if (effect.columns().contains(column) && !isCoveredBefore(index, column, effect, tableClass)) {
                count++;
            }
        }
        return count;
    }

    private boolean isCoveredBefore(int index, String column, Effect effect, TableClass tableClass) {
        for (int at = 0; at < index; at++) {
            Grant earlier = grants.get(at);
            if (earlier.columns().contains(column) && earlier.concerns(effect.verb(), tableClass, effect.table())) {
                return true;
            }
        }
        return false;
    }
}
