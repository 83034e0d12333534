package io.tierguard.integration.oracle;

import java.util.Locale;
import java.util.Set;

/**
 * The databases that have a form or a trick.
 *
 * @param postgres PostgreSQL's first version; 0 where it does not have it
 * @param h2 whether H2 has it
 * @param modes H2's modes; empty for all
 */
record Where(int postgres, boolean h2, Set<String> modes) {
    static final Where BOTH = new Where(1, true, Set.of());
    static final Where POSTGRES = new Where(1, false, Set.of());
    static final Where H2 = new Where(0, true, Set.of());

    Where {
        modes = Set.copyOf(modes);
    }

    /** Reads {@code both}, {@code pg}, {@code pg15}, {@code both15}, {@code h2} or {@code h2:MySQL+MariaDB}. */
    static Where of(String text) {
        if (text.startsWith("h2")) {
            Set<String> modes =
                    text.startsWith("h2:") ? Set.of(text.substring(3).split("\\+")) : Set.of();
            return new Where(0, true, modes);
        }
        String version = text.replaceAll("\\D", "");
        int since = version.isEmpty() ? 1 : Integer.parseInt(version);
        return new Where(since, text.toLowerCase(Locale.ROOT).startsWith("both"), Set.of());
    }

    boolean has(Engine engine) {
        return engine.isPostgres()
                ? postgres > 0 && engine.version() >= postgres
                : h2 && (modes.isEmpty() || modes.contains(engine.mode()));
    }
}
