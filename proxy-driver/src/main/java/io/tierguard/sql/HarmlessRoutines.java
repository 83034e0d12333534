package io.tierguard.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The built-in routines that can change no table, reviewed by hand for each database.
 *
 * <p>A routine that runs SQL it is given as text, reads a table whose name it is given as text, reads or writes files,
 * changes settings, or ends other sessions is on no list.
 */
final class HarmlessRoutines {

    private static final Set<String> ANSI = namesIn("harmless-routines-ansi.txt");
    private static final Set<String> ORACLE = namesIn("harmless-routines-oracle.txt");
    private static final Set<String> SQL_SERVER = namesIn("harmless-routines-sqlserver.txt");
    private static final Set<String> H2 = namesIn("harmless-routines-h2.txt");
    private static final Set<String> MYSQL =
            namesIn("harmless-routines-mysql.txt", "harmless-routines-mysql-alone.txt");
    private static final Set<String> MARIADB =
            namesIn("harmless-routines-mysql.txt", "harmless-routines-mariadb-alone.txt");
    private static final Set<String> SYS = namesIn("harmless-routines-mysql-sys.txt");
    private static final Set<String> SQLITE = namesIn("harmless-routines-sqlite.txt");
    private static final Set<String> POSTGRESQL = namesIn("harmless-routines-postgresql.txt");

    /** Those of one argument that are not among the harmless. */
    private static final Set<String> FUNCTIONAL = namesIn("functional-routines-postgresql.txt");

    private static final Set<String> NEWER_MYSQL = namesIn("newer-routines-mysql.txt");
    private static final Set<String> NEWER_MARIADB = namesIn("newer-routines-mariadb.txt");

    private HarmlessRoutines() {}

    /** Whether the call can only mean a routine that is known to be harmless. */
    static boolean isHarmless(Dialect dialect, RoutineCall call) {
        return switch (dialect) {
            // A routine of a user's own in a schema of that name is found by the schema, and counts beside it.
            case H2 -> (call.schema().isEmpty() || call.schema().equals("pg_catalog")) && H2.contains(call.name());
            case ANSI -> call.schema().isEmpty() && ANSI.contains(call.name());
            case ORACLE -> call.schema().isEmpty() && ORACLE.contains(call.name());
            case SQLSERVER -> call.schema().isEmpty() && SQL_SERVER.contains(call.name());
            case MYSQL -> isHarmless(call, MYSQL);
            case MARIADB -> isHarmless(call, MARIADB);
            case SQLITE -> call.schema().isEmpty() && SQLITE.contains(call.name());
            case POSTGRESQL ->
                (call.schema().isEmpty() || call.schema().equals("pg_catalog"))
                        ? POSTGRESQL.contains(call.name())
                        : POSTGRESQL.contains(call.toString());
        };
    }

    private static boolean isHarmless(RoutineCall ofMySqlFamily, Set<String> builtIn) {
        String name = ofMySqlFamily.name();
        return switch (ofMySqlFamily.schema()) {
            case "" -> builtIn.contains(name);
            case "sys" -> SYS.contains(name);
            default -> false;
        };
    }

    /**
     * Whether the call means such a routine on newer servers, and on an older one a routine of a user's own or none: only who
     * knows that there is none of a user's own knows it to be harmless.
     */
    static boolean isHarmlessOnNewer(Dialect dialect, RoutineCall call) {
        return call.schema().isEmpty()
                && switch (dialect) {
                    case MYSQL -> NEWER_MYSQL.contains(call.name());
                    case MARIADB -> NEWER_MARIADB.contains(call.name());
                    // PostgreSQL, H2 and SQLite tell a user's own of any name.
                    case POSTGRESQL, H2, SQLITE, ANSI, ORACLE, SQLSERVER -> false;
                };
    }

    /** Whether a value's name behind a dot could call a built-in that is not known to be harmless, as PostgreSQL lets one be written. */
    static boolean isFunctionalAndNotHarmless(Dialect dialect, String field) {
        return dialect == Dialect.POSTGRESQL && FUNCTIONAL.contains(field);
    }

    private static Set<String> namesIn(String... resources) {
        Set<String> names = new HashSet<>();
        for (String resource : resources) {
            add(names, resource);
        }
        return Set.copyOf(names);
    }

    private static void add(Set<String> names, String resource) {
        try (InputStream stream = HarmlessRoutines.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int comment = line.indexOf('#');
                String name = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!name.isEmpty()) {
                    names.add(name.toLowerCase(Locale.ROOT));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
