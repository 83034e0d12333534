package io.tierguard.policy.syntax;

import java.util.Locale;

/** What a test expects of a statement. */
public enum ExpectedOutcome {
    /** It passes, and no denial of it is merely observed. */
    ALLOW,
    /** It is denied. */
    DENY,
    /** It passes because its denial is observed. */
    WOULD_DENY;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word a test uses for it. */
    public String word() {
        return word;
    }
}
