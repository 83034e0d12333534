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
    /**
     * A column {@code a} that PostgreSQL generates, and those from which it does, joined by {@link SchemaReader#SEPARATOR}; null where a
     * change of any other may change it. A trigger that runs before a row is written, switched off too, has all of them generated
     * anew, and then a function that is not as immutable as it says may come to something else.
     */
    static final String BASES = """
            SELECT pg_catalog.string_agg(DISTINCT b.attname, pg_catalog.chr(31))
            FROM pg_catalog.pg_attribute b
            WHERE b.attrelid = a.attrelid AND b.attnum > 0
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger o WHERE o.tgrelid = a.attrelid AND o.tgtype & 19 = 19)
              AND (b.attnum = a.attnum OR EXISTS (
                SELECT FROM pg_catalog.pg_depend d
                WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = a.attrelid AND d.refobjsubid = b.attnum
                  AND (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = a.attrelid AND d.objsubid = a.attnum
                    OR d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                      AND d.objid = (SELECT f.oid FROM pg_catalog.pg_attrdef f WHERE f.adrelid = a.attrelid AND f.adnum = a.attnum))))""";

    private static final String POSTGRESQL = """
            SELECT n.nspname, c.relname, a.attname, (BASES)
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attgenerated <> ''""".replace("BASES", BASES);

    private ComputedColumns() {}

    /** The keys, those that refer to such a column as referring to those that it is generated from, too. */
    static List<ForeignKey> noted(Statement statement, List<ForeignKey> keys) throws SQLException {
        if (keys.stream().allMatch(key -> key.onUpdate() == ReferentialAction.NONE)) {
            return keys;
        }
        Map<TableName, Map<String, Set<String>>> generated = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(POSTGRESQL)) {
            while (rows.next()) {
                TableName table = TableName.of(rows.getString(1), rows.getString(2));
                String bases = rows.getString(4);
                generated
                        .computeIfAbsent(table, first -> new HashMap<>())
                        .put(TableName.fold(rows.getString(3)), bases == null ? Set.of() : SchemaReader.names(bases));
            }
        }
        List<ForeignKey> noted = new ArrayList<>();
        for (ForeignKey key : keys) {
            noted.add(noted(key, generated.getOrDefault(key.parent(), Map.of())));
        }
        return noted;
    }

    /** A key, by the columns from which those of its parent are generated; none where it may be any. */
    private static ForeignKey noted(ForeignKey key, Map<String, Set<String>> generated) {
        Set<String> columns = new HashSet<>(key.parentColumns());
        for (String column : key.parentColumns()) {
            Set<String> bases = generated.get(column);
            if (bases != null && bases.isEmpty()) {
                return key.toAnyColumn();
            }
            columns.addAll(bases == null ? Set.of() : bases);
        }
        return key.toColumns(columns);
    }

    /** The keys, by the computed columns of each table, folded; those that refer to one as referring to every column. */
    static List<ForeignKey> noted(List<ForeignKey> keys, Map<TableName, Set<String>> computed) {
        List<ForeignKey> noted = new ArrayList<>();
        for (ForeignKey key : keys) {
            Set<String> ofParent = computed.getOrDefault(key.parent(), Set.of());
            noted.add(Collections.disjoint(key.parentColumns(), ofParent) ? key : key.toAnyColumn());
        }
        return noted;
    }
}
