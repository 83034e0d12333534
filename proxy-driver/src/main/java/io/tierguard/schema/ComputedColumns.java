package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Columns that the database computes from others, or sets in each row that is changed. A foreign key that refers to one follows a
 * change of a column that nobody names in it.
 */
final class ComputedColumns {
    private static final String POSTGRESQL = """
            SELECT n.nspname, c.relname, a.attname
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attgenerated <> ''""";

    private ComputedColumns() {}

    /** The keys, those that refer to such a column as referring to every column. */
    static List<ForeignKey> noted(Statement statement, List<ForeignKey> keys) throws SQLException {
        if (keys.stream().allMatch(key -> key.onUpdate() == ReferentialAction.NONE)) {
            return keys;
        }
        Map<TableName, Set<String>> computed = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(POSTGRESQL)) {
            while (rows.next()) {
                TableName table = TableName.of(rows.getString(1), rows.getString(2));
                computed.computeIfAbsent(table, first -> new HashSet<>()).add(TableName.fold(rows.getString(3)));
            }
        }
        return noted(keys, computed);
    }

    /** The keys, by the computed columns of each table, folded. */
    static List<ForeignKey> noted(List<ForeignKey> keys, Map<TableName, Set<String>> computed) {
        List<ForeignKey> noted = new ArrayList<>();
        for (ForeignKey key : keys) {
            Set<String> ofParent = computed.getOrDefault(key.parent(), Set.of());
            noted.add(Collections.disjoint(key.parentColumns(), ofParent) ? key : key.toAnyColumn());
        }
        return noted;
    }
}
