package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What setting a PostgreSQL parameter means for the guard. */
final class PostgreSqlSettings {

    /** Settings that take protection away or load code. */
    private static final Set<String> RESTRICTED = Set.of(
            "session_replication_role",
            "session_authorization",
            "row_security",
            "backslash_quote",
            "allow_system_table_mods",
            "ignore_system_indexes",
            "zero_damaged_pages",
            "local_preload_libraries",
            "session_preload_libraries",
            "dynamic_library_path",
            "lo_compat_privileges",
            "event_triggers",
            "default_table_access_method",
            "extension_control_path",
            "jit_provider");

    private static final Set<String> UTF8 = Set.of("utf8", "utf-8", "unicode");

    private static final String CATALOG = "pg_catalog";

    private PostgreSqlSettings() {}

    /** What the setting changes; empty for one that may be set freely. */
    static Optional<SessionChange> change(String setting, List<String> values, boolean uncertain) {
        String name = setting.toLowerCase(Locale.ROOT);
        String value = values.size() == 1 ? values.get(0).toLowerCase(Locale.ROOT) : "";
        return switch (name) {
            case "search_path" -> Optional.of(schemaPath(values, uncertain));
            case "role" -> Optional.of(new SessionChange.SchemaPathUnknown());
            case "standard_conforming_strings" ->
                restrictedUnless(Set.of("on", "true", "yes", "1").contains(value), name);
            case "client_encoding" -> restrictedUnless(UTF8.contains(value), name);
            default -> restrictedUnless(!RESTRICTED.contains(name), name);
        };
    }

    private static SessionChange schemaPath(List<String> values, boolean uncertain) {
        if (shadowsBuiltIns(values)) {
            return new SessionChange.Restricted("search_path with pg_catalog behind another schema");
        }
        return uncertain ? new SessionChange.SchemaPathUnknown() : schemaPath(values);
    }

    /** Whether another schema's functions and tables would be found before the database's own of the same name. */
    private static boolean shadowsBuiltIns(List<String> schemas) {
        for (int i = 0; i < schemas.size(); i++) {
            if (schemas.get(i).equalsIgnoreCase(CATALOG)) {
                return i > 0;
            }
        }
        return false;
    }

    /** The path that plain names make, where no name in it stands for something else. */
    static SessionChange schemaPath(List<String> values) {
        List<String> schemas = new ArrayList<>();
        for (String value : values) {
            if (value.isBlank()
                    || value.indexOf('$') >= 0
                    || value.indexOf(',') >= 0
                    || value.indexOf('"') >= 0
                    || value.indexOf('?') >= 0) {
                return new SessionChange.SchemaPathUnknown();
            }
            int longest = Dialect.POSTGRESQL.longestName().orElseThrow();
            schemas.add(TableName.cut(value, longest).toLowerCase(Locale.ROOT));
        }
        return schemas.isEmpty() ? new SessionChange.SchemaPathUnknown() : new SessionChange.SchemaPath(schemas);
    }

    private static Optional<SessionChange> restrictedUnless(boolean free, String setting) {
        return free ? Optional.empty() : Optional.of(new SessionChange.Restricted(setting));
    }
}
