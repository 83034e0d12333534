package io.tierguard.policy.format;

import java.nio.charset.StandardCharsets;

/** Formats texts for tests. */
final class Formatted {

    private Formatted() {}

    /** The formatted text, which has to be there. */
    static String of(String text) {
        FormatOutcome outcome = Formatter.format("test.tierguard", text.getBytes(StandardCharsets.UTF_8));
        if (outcome instanceof FormatOutcome.Formatted formatted) {
            return formatted.text();
        }
        throw new AssertionError(outcome + " of\n" + text);
    }
}
