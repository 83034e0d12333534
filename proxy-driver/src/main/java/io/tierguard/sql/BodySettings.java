package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.Set;

/** Knows the settings under which the body of a routine means something else, or runs as somebody else. */
public final class BodySettings {
    private static final Set<String> CHANGES_MEANING = Set.of(
            "role",
            "sql_mode",
            "session_authorization",
            "session_replication_role",
            "standard_conforming_strings",
            "backslash_quote",
            "client_encoding",
            "allow_system_table_mods",
            "row_security",
            "local_preload_libraries",
            "dynamic_library_path");

    private BodySettings() {}

    /** Whether a setting changes who a body runs as, how its text is cut, or what the server does by itself. */
    public static boolean changeMeaning(String setting) {
        return CHANGES_MEANING.contains(TableName.fold(setting));
    }
}
