package io.tierguard.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What settings of SQLite's driver make it run while it connects: a PRAGMA each. */
final class SqliteSettings {
    /** Those that may take a protection away. The others change how a connection or the file works, or are the driver's own. */
    private static final Set<String> ASKED_FOR = Set.of(
            "CASE_SENSITIVE_LIKE",
            "FOREIGN_KEYS",
            "IGNORE_CHECK_CONSTRAINTS",
            "JOURNAL_MODE",
            "LOCKING_MODE",
            "SCHEMA_VERSION",
            "SYNCHRONOUS",
            "TEMP_STORE_DIRECTORY",
            "TRUSTED_SCHEMA",
            "WRITABLE_SCHEMA");

    private static final String EXTENSIONS = "ENABLE_LOAD_EXTENSION";

    private SqliteSettings() {}

    /** The parameters of a URL, which are not escaped. */
    static List<String> inUrl(String url) {
        int start = url.indexOf('?');
        return start < 0 ? List.of() : List.of(url.substring(start + 1).split("&"));
    }

    /** The texts that the driver runs of what may take a protection away. */
    static List<String> texts(Map<String, List<String>> parameters) {
        List<String> texts = new ArrayList<>();
        parameters.forEach((key, values) -> {
            for (String value : values) {
                boolean isGiven =
                        key.equals(EXTENSIONS) ? Boolean.parseBoolean(value.strip()) : ASKED_FOR.contains(key);
                if (isGiven) {
                    texts.add("PRAGMA " + key.toLowerCase(Locale.ROOT) + " = " + value);
                }
            }
        });
        return texts;
    }
}
