package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * By which columns PostgreSQL's partitioned tables place their rows, folded.
 *
 * @param columns of each of them; empty where it goes by an expression, which may be on any column
 */
record PartitionKeys(Map<TableName, Set<String>> columns) {
    /** Of a database whose tables are not partitioned, or whose partitions are no tables. */
    static final PartitionKeys NONE = new PartitionKeys(Map.of());

    /** Tells each such column, by its table. */
    static final String QUERY = """
            SELECT n.nspname, c.relname, a.attname
            FROM pg_catalog.pg_partitioned_table p
            JOIN pg_catalog.pg_class c ON c.oid = p.partrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL pg_catalog.unnest(p.partattrs) AS k(attnum)
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = k.attnum AND a.attnum > 0""";

    PartitionKeys {
        columns = Map.copyOf(columns);
    }

    static PartitionKeys read(CatalogRows catalog) throws SQLException {
        Map<TableName, Set<String>> columns = new HashMap<>();
        Set<TableName> byExpression = new HashSet<>();
        try (ResultSet rows = catalog.of(QUERY)) {
            while (rows.next()) {
                TableName table = TableName.of(rows.getString(1), rows.getString(2));
                String column = rows.getString(3);
                Set<String> known = columns.computeIfAbsent(table, first -> new HashSet<>());
                if (column == null) {
                    byExpression.add(table);
                } else {
                    known.add(TableName.fold(column));
                }
            }
        }
        byExpression.forEach(table -> columns.put(table, Set.of()));
        return columns.isEmpty() ? NONE : new PartitionKeys(columns);
    }

    /** Whether a row of a table may have to go elsewhere once these columns are set; none means any. */
    boolean placeBy(TableName table, Set<String> set) {
        Set<String> key = columns.get(table);
        return key != null && (key.isEmpty() || set.isEmpty() || !Collections.disjoint(key, set));
    }
}
