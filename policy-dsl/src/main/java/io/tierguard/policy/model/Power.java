package io.tierguard.policy.model;

import java.util.Locale;

/** What a statement can do past the tables; in a policy only {@code trust} gives a power. */
public enum Power {
    /** Functions, procedures, triggers, rules, events. */
    DEFINE,
    /** GRANT, roles, extensions, types, servers, global settings. */
    ADMINISTER,
    /** Reaching the real driver's own objects. */
    UNWRAP;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word a policy file uses for this power. */
    public String word() {
        return word;
    }
}
