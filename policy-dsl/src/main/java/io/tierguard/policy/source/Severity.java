package io.tierguard.policy.source;

import java.util.Locale;

/** How much a diagnostic weighs. */
public enum Severity {
    /** The policy is refused. */
    ERROR,
    /** The policy loads; a reviewer should look. */
    WARNING;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word a rendered diagnostic begins with. */
    public String word() {
        return word;
    }
}
