package io.tierguard.jdbc;

import java.util.Locale;
import java.util.Set;

/** Knows the texts that ask MySQL what came of the statement before them, and do nothing else. */
final class MySqlDiagnostics {
    private static final Set<String> TEXTS = Set.of(
            "show warnings",
            "show errors",
            "show count(*) warnings",
            "show count(*) errors",
            "select @@warning_count",
            "select @@error_count");

    /** Longer texts are none of these, whatever blanks they hold. */
    private static final int LONGEST = 64;

    private MySqlDiagnostics() {}

    /** Whether a text is one of them; whatever else stands in it makes it another. */
    static boolean areAskedFor(String sql) {
        return sql.length() <= LONGEST
                && TEXTS.contains(
                        String.join(" ", sql.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)));
    }
}
