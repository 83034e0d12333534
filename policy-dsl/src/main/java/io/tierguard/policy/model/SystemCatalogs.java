package io.tierguard.policy.model;

import java.util.Set;

/** The schemas that belong to a database server itself; no pattern ever matches a table of theirs. */
public final class SystemCatalogs {

    private static final String RESERVED_PREFIX = "pg_";
    private static final Set<String> NAMES = Set.of("information_schema", "mysql", "performance_schema", "sys");

    private SystemCatalogs() {}

    /** Whether a table is the server's own; where a dialect knows no schemas the catalog tells. */
    public static boolean holds(TableName table) {
        return isSystem(table.schema().isEmpty() ? table.catalog() : table.schema());
    }

    /** Whether a folded schema name is the server's own. */
    public static boolean isSystem(String schema) {
        return schema.startsWith(RESERVED_PREFIX) || NAMES.contains(schema);
    }
}
