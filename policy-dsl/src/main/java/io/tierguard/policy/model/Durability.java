package io.tierguard.policy.model;

import java.util.Locale;

/** How firmly an audit record stands before the statement runs. */
public enum Durability {
    /** On disk. */
    FSYNC,
    /** Handed to the operating system. */
    FLUSH,
    /** Queued. */
    ASYNC;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word a policy file uses for this durability. */
    public String word() {
        return word;
    }
}
