package io.tierguard.policy.model;

import java.util.Locale;

/** What of a tier's traffic is written to the audit log. */
public enum AuditLevel {
    /** Nothing but denials and writes on frozen and immutable tiers, which nothing silences. */
    NONE,
    /** What was denied. */
    DENIED,
    /** What was denied, and every write. */
    WRITES,
    /** Reads too. */
    ALL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word a policy file uses for this level. */
    public String word() {
        return word;
    }
}
