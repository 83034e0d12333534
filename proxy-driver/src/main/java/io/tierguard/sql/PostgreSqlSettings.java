package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What setting a PostgreSQL parameter means for the guard. */
final class PostgreSqlSettings {

    /** Settings that take protection away, harm what is stored, or load code. */
    private static final Set<String> RESTRICTED = Set.of(
            "session_replication_role",
            "event_triggers",
            "allow_system_table_mods",
            "ignore_system_indexes",
            "ignore_checksum_failure",
            "zero_damaged_pages",
            "lo_compat_privileges",
            "local_preload_libraries",
            "session_preload_libraries",
            "dynamic_library_path",
            "extension_control_path",
            "jit_provider");

    /** Values with which a restricted setting protects as it does by default. */
    private static final Set<String> PROTECTING = Set.of("origin", "local");

    /** What stands for a user that is not named. */
    private static final Set<String> NO_USER = Set.of("none", "default");

    private static final Set<String> ON = Set.of("on", "true", "yes", "1");
    private static final Set<String> OFF = Set.of("off", "false", "no", "0");

    private static final Set<String> UTF8 = Set.of("utf8", "utf-8", "unicode");

    private PostgreSqlSettings() {}

    /**
     * What the setting changes; empty for one that may be set freely.
     *
     * @param values what it is set to; empty for its default, or where the text does not tell
     */
    static Optional<SessionChange> change(String setting, List<String> values, SessionChange.Lasting lasting) {
        String name = setting.toLowerCase(Locale.ROOT);
        String value = values.size() == 1 ? values.get(0).toLowerCase(Locale.ROOT) : "";
        return switch (name) {
            case "search_path" -> Optional.of(schemaPath(values, lasting));
            case "role", "session_authorization" -> Optional.of(user(values));
            case "standard_conforming_strings" -> Optional.of(new SessionChange.StringSyntax(backslashes(value)));
            case "client_encoding" ->
                // The driver asks for UTF-8 when it connects, so the default is that.
                values.isEmpty() || UTF8.contains(value)
                        ? Optional.empty()
                        : Optional.of(new SessionChange.Unfollowed(name));
            default ->
                restrictedUnless(
                        !RESTRICTED.contains(name)
                                || values.isEmpty()
                                || (name.equals("session_replication_role") && PROTECTING.contains(value)),
                        name);
        };
    }

    /** A user that is named; none and the default stand for one that the text does not tell. */
    static SessionChange user(List<String> values) {
        boolean isNamed = values.size() == 1
                && !NO_USER.contains(values.get(0).toLowerCase(Locale.ROOT))
                && schemaPath(values) instanceof SessionChange.SchemaPath;
        return isNamed
                ? new SessionChange.UserChange(TableName.fold(TableName.cut(
                        values.get(0), Dialect.POSTGRESQL.longestName().orElseThrow())))
                : new SessionChange.SchemaPathUnknown();
    }

    private static Backslashes backslashes(String value) {
        return ON.contains(value) ? Backslashes.PLAIN : OFF.contains(value) ? Backslashes.ESCAPE : Backslashes.UNKNOWN;
    }

    private static SessionChange schemaPath(List<String> values, SessionChange.Lasting lasting) {
        return schemaPath(values) instanceof SessionChange.SchemaPath path
                ? new SessionChange.SchemaPath(path.schemas(), lasting)
                : new SessionChange.SchemaPathUnknown();
    }

    /**
     * The path that plain names make, where no name in it stands for something else. Wherever {@code pg_catalog} stands in it, a name
     * counts as whatever it finds in any of its schemas, and the server's own beside that.
     */
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
