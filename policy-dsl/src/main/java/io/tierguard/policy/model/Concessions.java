package io.tierguard.policy.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a policy concedes beyond ceilings and grants, each for a time.
 *
 * @param waivers its waivers, in file order
 * @param observations what it observes, in file order
 * @param trusts whom it trusts, in file order
 */
public record Concessions(List<Waiver> waivers, List<Observation> observations, List<Trust> trusts) {

    /** The component of an observation that is about all of them. */
    static final String EVERYONE = "";

    /** Nothing is conceded. */
    public static final Concessions NONE = new Concessions(List.of(), List.of(), List.of());

    public Concessions {
        waivers = List.copyOf(waivers);
        observations = List.copyOf(observations);
        trusts = List.copyOf(trusts);
    }

    /** What of it concerns each component that it names. */
    Map<String, Concessions> byComponent() {
        Map<String, List<Waiver>> waiversOf = waivers.stream().collect(Collectors.groupingBy(Waiver::component));
        Map<String, List<Trust>> trustsOf = trusts.stream().collect(Collectors.groupingBy(Trust::component));
        Map<String, List<Observation>> observationsOf =
                observations.stream().collect(Collectors.groupingBy(Observation::component));
        Set<String> named = new HashSet<>(waiversOf.keySet());
        named.addAll(trustsOf.keySet());
        named.addAll(observationsOf.keySet());
        List<Observation> ofEveryone = observationsOf.getOrDefault(EVERYONE, List.of());
        Map<String, Concessions> concessions = new HashMap<>();
        for (String component : named) {
            List<Observation> own = component.equals(EVERYONE)
                    ? ofEveryone
                    : Stream.concat(observationsOf.getOrDefault(component, List.of()).stream(), ofEveryone.stream())
                            .toList();
            concessions.put(
                    component,
                    new Concessions(
                            waiversOf.getOrDefault(component, List.of()),
                            own,
                            trustsOf.getOrDefault(component, List.of())));
        }
        return Map.copyOf(concessions);
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
