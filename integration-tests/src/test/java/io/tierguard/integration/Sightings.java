package io.tierguard.integration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an application saw, in order; safe for use by many threads. */
final class Sightings {
    private final List<String> all = Collections.synchronizedList(new ArrayList<>());

    /** Notes a result under a name. */
    void see(String what, @Nullable Object result) {
        all.add(what + ": " + Objects.toString(result));
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
