package io.tierguard.policy.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a policy concedes beyond ceilings and grants, each for a time.
 *
 * @param waivers its waivers, in file order
 * @param observations what it observes, in file order
 * @param trusts whom it trusts, in file order
 */
public record Concessions(List<Waiver> waivers, List<Observation> observations, List<Trust> trusts) {

    /** Nothing is conceded. */
    public static final Concessions NONE = new Concessions(List.of(), List.of(), List.of());

    public Concessions {
        waivers = List.copyOf(waivers);
        observations = List.copyOf(observations);
        trusts = List.copyOf(trusts);
    }

    /** What of it concerns a component. */
    Concessions of(String component) {
        return new Concessions(
                waivers.stream()
                        .filter(waiver -> waiver.component().equals(component))
                        .toList(),
                observations.stream()
                        .filter(observation -> observation.component().isEmpty()
                                || observation.component().equals(component))
                        .toList(),
                trusts.stream()
                        .filter(trust -> trust.component().equals(component))
                        .toList());
    }

    /** The span around a moment in which nothing of it begins or ends. */
    Window windowAt(Instant moment) {
        Window window = Window.ALWAYS;
        for (Waiver waiver : waivers) {
            window = window.within(waiver.window(), moment);
        }
        for (Observation observation : observations) {
            window = window.within(observation.window(), moment);
        }
        for (Trust trust : trusts) {
            window = window.within(trust.window(), moment);
        }
        return window;
    }

    /** The waivers in force at a moment. */
    List<Waiver> inForce(Instant moment) {
        return waivers.stream().filter(waiver -> waiver.window().holds(moment)).toList();
    }

    /** The waivers that have ended at a moment. */
    List<Waiver> ended(Instant moment) {
        return waivers.stream()
                .filter(waiver -> waiver.window().hasEnded(moment))
                .toList();
    }

    Optional<Observation> observation(Reason reason, Instant moment) {
        return observations.stream()
                .filter(observation -> observation.window().holds(moment))
                .filter(observation -> observation.reasons().contains(reason))
                .findFirst();
    }

    Optional<Trust> trust(Power power, Instant moment) {
        return trusts.stream()
                .filter(trust -> trust.window().holds(moment))
                .filter(trust -> trust.powers().contains(power))
                .findFirst();
    }
}
