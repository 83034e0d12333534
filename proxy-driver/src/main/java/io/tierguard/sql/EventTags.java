package io.tierguard.sql;

import java.util.Collections;
import java.util.Set;

/** Tells which statements of PostgreSQL run its event triggers, by the server's own list of them. */
public final class EventTags {
    private static final Set<String> FIRST =
            Set.of("CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE", "IMPORT", "REFRESH", "REINDEX", "SECURITY");

    /** What belongs to the server and to no database, and event triggers themselves. */
    private static final Set<String> OF_SERVER = Set.of("DATABASE", "ROLE", "GROUP", "TABLESPACE", "SYSTEM", "EVENT");

    /** Words of code that tell enough. */
    private static final Set<String> ALONE =
            Set.of("create", "alter", "drop", "grant", "revoke", "import", "refresh", "reindex");

    private EventTags() {}

    /** Whether a statement runs them, by its leading words. */
    public static boolean areOf(String operation) {
        String[] words = operation.split(" ", -1);
        return FIRST.contains(words[0]) && !(words.length > 1 && OF_SERVER.contains(words[1]));
    }

    /** Whether code could run them although it changes no table, by the words in it. */
    public static boolean couldBeIn(Mentions code) {
        Set<String> words = code.words();
        return !Collections.disjoint(words, ALONE)
                || (words.contains("comment") && words.contains("on") && words.contains("is"))
                || (words.contains("security") && words.contains("label"));
    }
}
