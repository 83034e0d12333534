package io.tierguard.guard;

import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Waiver;
import io.tierguard.policy.model.Window;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decisions that must all allow something: the limits and waivers of all of them hold, for as long as all of them do.
 *
 * <p>Used by one thread.
 */
final class Concurrence {
    private final Set<Limit> limits = new LinkedHashSet<>();
    private final Set<Waiver> waivers = new LinkedHashSet<>();
    private Window window = Window.ALWAYS;

    /** Takes a decision in; whoever asks whether it is a denial has to answer it. */
    void add(Decision decision) {
        window = window.and(decision.window());
        if (decision instanceof Decision.Allow allow) {
            limits.addAll(allow.limits());
            waivers.addAll(allow.waivers());
        }
    }

    /** Takes a waiver in. */
    void add(Waiver waiver) {
        waivers.add(waiver);
    }

    /** Holds no longer than a span. */
    void holdWithin(Window span) {
        window = window.and(span);
    }

    List<Waiver> waivers() {
        return new ArrayList<>(waivers);
    }

    Window window() {
        return window;
    }

    /** All of them as one that allows. */
    Decision allowed() {
        boolean isPlain = limits.isEmpty() && waivers.isEmpty() && window.equals(Window.ALWAYS);
        return isPlain ? Decision.ALLOW : new Decision.Allow(new ArrayList<>(limits), waivers(), window);
    }

    /** The denial of one of them, which holds as long as the ones before it do. */
    Decision denied(Decision.Deny deny) {
        return new Decision.Deny(deny.denials(), window);
    }
}
