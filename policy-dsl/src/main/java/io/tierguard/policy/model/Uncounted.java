package io.tierguard.policy.model;

import java.util.Locale;

/** What changes rows that nobody counts, which a limit therefore forbids unless it says otherwise. */
public enum Uncounted {
    /** A TRUNCATE of a table whose deletes are limited. */
    TRUNCATE,
    /** What the schema adds to a statement, and what a routine does. */
    CASCADE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word a policy file uses for it. */
    public String word() {
        return word;
    }
}
