package io.tierguard.integration.oracle;

import java.util.Locale;
import java.util.Set;

/**
 * The databases that have a form or a trick.
 *
 * @param postgres PostgreSQL's first version; 0 where it does not have it
 * @param h2 whether H2 has it
 * @param modes H2's modes; empty for all
 * @param mariaDb whether MariaDB has it
 * @param mySql whether MySQL has it
 */
record Where(int postgres, boolean h2, Set<String> modes, boolean mariaDb, boolean mySql) {
    static final Where BOTH = new Where(1, true, Set.of());
    static final Where POSTGRES = new Where(1, false, Set.of());
    static final Where H2 = new Where(0, true, Set.of());
    static final Where MYSQL_FAMILY = new Where(true, true);
    static final Where MARIADB = new Where(true, false);
    static final Where MYSQL = new Where(false, true);

    private Where(int postgres, boolean h2, Set<String> modes) {
        this(postgres, h2, modes, false, false);
    }

    private Where(boolean mariaDb, boolean mySql) {
        this(0, false, Set.of(), mariaDb, mySql);
    }

    Where {
        modes = Set.copyOf(modes);
    }

    /**
     * Reads {@code both}, {@code pg}, {@code pg15}, {@code both15}, {@code h2} or {@code h2:MySQL+MariaDB}; and {@code my} for
     * MySQL and MariaDB, {@code mysql}, {@code mariadb}.
     */
    static Where of(String text) {
        if (text.startsWith("m")) {
            return new Where(!text.equals("mysql"), !text.equals("mariadb"));
        }
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
        if (engine.isMySql()) {
            return engine.isMariaDb() ? mariaDb : mySql;
        }
        return engine.isPostgres()
                ? postgres > 0 && engine.version() >= postgres
                : h2 && (modes.isEmpty() || modes.contains(engine.mode()));
    }
}
