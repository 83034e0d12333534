package io.tierguard.policy.model;

import java.util.Locale;

/** What the audit log tells of the values that are bound to a statement. */
public enum BindValues {
    /** Nothing. */
    MASKED,
    /** The values. */
    SHOWN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word a policy file uses for it. */
    public String word() {
        return word;
    }
}
