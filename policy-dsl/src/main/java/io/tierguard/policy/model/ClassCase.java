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
        boolean permitted = Rights.allow(component, effect, tableClass);
        boolean missesWhere = !Rights.isAdded(effect) && Rights.lacksWhere(effect, tableClass.tier());
        List<Limit> ordinary = limits(effect.verb(), component, tableClass);
        List<Limit> waived = limits(effect.verb(), covering);
        // A waiver takes nothing away: where nothing limits what is permitted, it limits nothing either.
        boolean replaces = !waived.isEmpty() && !(permitted && ordinary.isEmpty());
        List<Limit> limits = replaces ? waived : ordinary;
        return new ClassCase(
                tableClass,
                covering,
                limits,
                uncounted(effect, limits, truncateLimits(component, tableClass, covering, permitted)),
                covering(ended, effect, tableClass).stream().findFirst(),
                permitted || (!covering.isEmpty() && !missesWhere));
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

    /** What tier, table and component say of the rows of a verb. */
    private static List<Limit> limits(Verb verb, Component component, TableClass tableClass) {
        return Stream.of(tableClass.tier().limits(), tableClass.limits(), component.limits())
                .flatMap(List::stream)
                .filter(limit -> limit.verb() == verb)
                .toList();
    }

    /** What waivers say of the rows of a verb. */
    private static List<Limit> limits(Verb verb, List<Waiver> waivers) {
        return waivers.stream()
                .flatMap(waiver -> waiver.limits().stream())
                .filter(limit -> limit.verb() == verb)
                .toList();
    }

    /** The limits of deletes that a truncate passes by: a waiver lifts the limits of others, not one of its own. */
    private static List<Limit> truncateLimits(
            Component component, TableClass tableClass, List<Waiver> covering, boolean permitted) {
        List<Limit> ordinary = limits(Verb.DELETE, component, tableClass);
        boolean unlimited = permitted && ordinary.isEmpty();
        return covering.isEmpty() || unlimited ? ordinary : limits(Verb.DELETE, covering);
    }

    /** The limit that an effect passes by because nobody counts its rows. */
    private static Optional<Limit> uncounted(Effect effect, List<Limit> limits, List<Limit> ofDelete) {
        if (!effect.isCounted()) {
            Optional<Limit> cascade = limits.stream()
                    .filter(limit -> !limit.excepts(Uncounted.CASCADE))
                    .findFirst();
            if (cascade.isPresent()) {
                return cascade;
            }
        }
        return effect.verb() != Verb.TRUNCATE
                ? Optional.empty()
                : ofDelete.stream()
                        .filter(limit -> !limit.excepts(Uncounted.TRUNCATE))
                        .findFirst();
    }
}
