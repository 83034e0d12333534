package io.tierguard.policy.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One effect of one component on a table of one class, at one moment.
 *
 * @param tableClass the class
 * @param waivers the waivers in force that cover the effect
 * @param limits the limits that its rows are held to
 * @param uncounted a limit that forbids it because its rows are not counted
 * @param expired a waiver that covered it and has ended
 * @param isWithinRights whether ceiling, restriction, grants and waivers permit it
 */
record ClassCase(
        TableClass tableClass,
        List<Waiver> waivers,
        List<Limit> limits,
        Optional<Limit> uncounted,
        Optional<Waiver> expired,
        boolean isWithinRights) {

    /** The case of an effect, held against the waivers that are in force and those that have ended. */
    static ClassCase of(
            Component component, Effect effect, TableClass tableClass, List<Waiver> inForce, List<Waiver> ended) {
        List<Waiver> covering = covering(inForce, effect, tableClass);
        boolean withinRights = Rights.allow(component, effect, tableClass);
        boolean missesWhere = !Rights.isAdded(effect) && Rights.lacksWhere(effect, tableClass.tier());
        return new ClassCase(
                tableClass,
                covering,
                limits(effect.verb(), component, tableClass, covering),
                uncounted(component, effect, tableClass, covering),
                covering(ended, effect, tableClass).stream().findFirst(),
                withinRights || (!covering.isEmpty() && !missesWhere));
    }

    Tier tier() {
        return tableClass.tier();
    }

    boolean isWaived() {
        return !waivers.isEmpty();
    }

    boolean allows() {
        return isWithinRights && uncounted.isEmpty();
    }

    private static List<Waiver> covering(List<Waiver> waivers, Effect effect, TableClass tableClass) {
        return waivers.stream()
                .filter(waiver -> waiver.covers(effect, tableClass))
                .toList();
    }

    /** What the rows of a verb are held to: what a waiver says of the verb, else what all others say. */
    private static List<Limit> limits(Verb verb, Component component, TableClass tableClass, List<Waiver> covering) {
        List<Limit> waived = waivedLimits(verb, covering);
        return waived.isEmpty() ? ordinaryLimits(verb, component, tableClass) : waived;
    }

    private static List<Limit> waivedLimits(Verb verb, List<Waiver> covering) {
        return covering.stream()
                .flatMap(waiver -> waiver.limits().stream())
                .filter(limit -> limit.verb() == verb)
                .toList();
    }

    private static List<Limit> ordinaryLimits(Verb verb, Component component, TableClass tableClass) {
        return Stream.of(tableClass.tier().limits(), tableClass.limits(), component.limits())
                .flatMap(List::stream)
                .filter(limit -> limit.verb() == verb)
                .toList();
    }

    private static Optional<Limit> uncounted(
            Component component, Effect effect, TableClass tableClass, List<Waiver> covering) {
        if (Rights.isAdded(effect)) {
            return limits(effect.verb(), component, tableClass, covering).stream()
                    .filter(limit -> !limit.excepts(Uncounted.CASCADE))
                    .findFirst();
        }
        if (effect.verb() != Verb.TRUNCATE) {
            return Optional.empty();
        }
        // A waiver that names truncate lifts the limits of others, not one of its own.
        List<Limit> deletes = covering.isEmpty()
                ? ordinaryLimits(Verb.DELETE, component, tableClass)
                : waivedLimits(Verb.DELETE, covering);
        return deletes.stream()
                .filter(limit -> !limit.excepts(Uncounted.TRUNCATE))
                .findFirst();
    }
}
