package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.Map;
import java.util.Set;

/**
 * Reads PRAGMA: most tell something or set how the session works, some take the database's own protection away.
 *
 * <p>A pragma may run while its statement is prepared, and one that SQLite does not know does nothing unless an extension
 * knows it.
 */
final class SqlitePragmas {
    private static final Set<String> ON = Set.of("1", "on", "yes", "true");

    private static final Set<String> OFF = Set.of("0", "off", "no", "false");

    /** What only tells, whatever its argument. */
    private static final Set<String> TELLING = Set.of(
            "collation_list",
            "compile_options",
            "data_version",
            "database_list",
            "foreign_key_check",
            "foreign_key_list",
            "freelist_count",
            "function_list",
            "index_info",
            "index_list",
            "index_xinfo",
            "integrity_check",
            "lock_status",
            "module_list",
            "page_count",
            "pragma_list",
            "quick_check",
            "stats",
            "table_info",
            "table_list",
            "table_xinfo");

    /** What may be set to anything: it changes how the session or the file works, and takes no protection away. */
    private static final Set<String> FREE = Set.of(
            "analysis_limit",
            "application_id",
            "auto_vacuum",
            "automatic_index",
            "busy_timeout",
            "cache_size",
            "cache_spill",
            "cell_size_check",
            "checkpoint_fullfsync",
            "count_changes",
            "default_cache_size",
            "empty_result_callbacks",
            "encoding",
            "full_column_names",
            "fullfsync",
            "hard_heap_limit",
            "incremental_vacuum",
            "journal_size_limit",
            "legacy_alter_table",
            "legacy_file_format",
            "max_page_count",
            "mmap_size",
            "optimize",
            "page_size",
            "query_only",
            "read_uncommitted",
            "recursive_triggers",
            "reverse_unordered_selects",
            "secure_delete",
            "short_column_names",
            "shrink_memory",
            "soft_heap_limit",
            "temp_store",
            "threads",
            "user_version",
            "wal_autocheckpoint",
            "wal_checkpoint");

    /**
     * What may be set to these values alone. Whoever takes {@code defer_foreign_keys} back in a transaction has the database forget
     * which keys it has to look at before it commits.
     */
    private static final Map<String, Set<String>> HARMLESS_VALUES = Map.of(
            "defer_foreign_keys", ON,
            "foreign_keys", ON,
            "ignore_check_constraints", OFF,
            "journal_mode", Set.of("delete", "truncate", "persist", "wal"),
            "locking_mode", Set.of("normal"),
            "synchronous", Set.of("1", "2", "3", "on", "yes", "true", "normal", "full", "extra"),
            "trusted_schema", OFF,
            "writable_schema", OFF);

    /** What may be asked for all the same. */
    private static final Set<String> ASKED =
            Set.of(SessionChange.LikeMeaning.SETTING, "schema_version", "temp_store_directory");

    private SqlitePragmas() {}

    static StatementEffects read(StatementTokens statement) {
        return SqliteStatements.read(statement, "PRAGMA", SqlitePragmas::read);
    }

    private static void read(SqliteStatements.Reading read) {
        SqliteCursor cursor = read.cursor();
        cursor.expect("pragma");
        String name = TableName.fold(cursor.table().name());
        if (cursor.atEnd()) {
            if (!TELLING.contains(name) && !FREE.contains(name) && !HARMLESS_VALUES.containsKey(name)) {
                restrict(read, name, ASKED.contains(name));
            }
            return;
        }
        boolean inGroup = cursor.acceptSymbol("(");
        if (!inGroup) {
            cursor.expectSymbol("=");
        }
        String value = value(cursor);
        if (inGroup) {
            cursor.expectSymbol(")");
        }
        if (name.equals(SessionChange.LikeMeaning.SETTING)) {
            if (!OFF.contains(value)) {
                read.findings().change(new SessionChange.LikeMeaning());
            }
            return;
        }
        boolean isFree = TELLING.contains(name)
                || FREE.contains(name)
                || HARMLESS_VALUES.getOrDefault(name, Set.of()).contains(value);
        restrict(read, name, isFree);
        if (name.equals("temp_store")) {
            read.findings().change(new SessionChange.TemporaryDiscarded());
        }
    }

    private static void restrict(SqliteStatements.Reading read, String name, boolean isFree) {
        if (!isFree) {
            read.findings().change(new SessionChange.Restricted(name));
        }
    }

    /** A number with or without a sign, a name, or one of the words ON, DELETE and DEFAULT. */
    private static String value(SqliteCursor cursor) {
        Token first = cursor.next();
        boolean isSign = first.isSymbol("-") || first.isSymbol("+");
        Token token = isSign ? cursor.next() : first;
        boolean isValue = token.kind() == Token.Kind.NUMBER
                || (!isSign && (token.isIdentifier() || token.kind() == Token.Kind.STRING));
        if (!isValue) {
            throw cursor.unexpected(token);
        }
        return (isSign ? first.text() : "") + TableName.fold(token.text());
    }
}
