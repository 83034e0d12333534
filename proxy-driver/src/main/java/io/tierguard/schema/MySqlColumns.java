package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the tables and views of MySQL or MariaDB, read in one query, for which MariaDB opens each table.
 *
 * @param names those of each, folded
 * @param setOnUpdate those that the server sets in each row that an update changes, folded
 * @param computed those that the server computes from others, folded
 * @param computing the tables of which some of these are stored
 * @param counters those of integers that the server counts up
 * @param uses which sequences they take their numbers from
 * @param code the defaults that set a sequence, as triggers of which nobody knows what they do
 */
record MySqlColumns(
        Map<TableName, Set<String>> names,
        Map<TableName, Set<String>> setOnUpdate,
        Map<TableName, Set<String>> computed,
        Set<TableName> computing,
        Map<TableName, TableTraits.Counter> counters,
        Dependencies uses,
        List<Trigger> code) {
    private static final String QUERY = """
            SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, EXTRA,
              CASE WHEN LOWER(COLUMN_DEFAULT) LIKE '%nextval%' OR LOWER(COLUMN_DEFAULT) LIKE '%setval%'
                THEN COLUMN_DEFAULT END,
              CASE WHEN EXTRA LIKE '%auto_increment%' AND COLUMN_TYPE REGEXP '^(tiny|small|medium|big)?int'
                THEN COLUMN_TYPE END
            FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA""" + MySqlCatalog.NOT_OF_SERVER;

    /** A sequence as the server writes the default of a column. */
    private static final Pattern SEQUENCE = Pattern.compile("nextval\\(`([^`]+)`\\.`([^`]+)`\\)");

    static MySqlColumns read(Statement statement) throws SQLException {
        Map<String, String> alike = new HashMap<>(); // tables have columns of the same names
        Map<TableName, Set<String>> names = new HashMap<>();
        Map<TableName, Set<String>> onUpdate = new HashMap<>();
        Map<TableName, Set<String>> computed = new HashMap<>();
        Set<TableName> computing = new HashSet<>();
        Map<TableName, TableTraits.Counter> counters = new HashMap<>();
        Set<Dependencies.Use> uses = new HashSet<>();
        List<Trigger> code = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                TableName table = TableName.of(rows.getString(1), rows.getString(2));
                String column = alike.computeIfAbsent(TableName.fold(rows.getString(3)), first -> first);
                names.computeIfAbsent(table, first -> new HashSet<>()).add(column);
                String extra = TableName.fold(String.valueOf(rows.getString(4)));
                if (extra.contains("on update")) {
                    onUpdate.computeIfAbsent(table, first -> new HashSet<>()).add(column);
                }
                if (extra.contains("virtual generated") || extra.contains("stored generated")) {
                    computed.computeIfAbsent(table, first -> new HashSet<>()).add(column);
                }
                if (extra.contains("stored generated")) {
                    computing.add(table);
                }
                String counted = rows.getString(6);
                if (counted != null) {
                    boolean isUnsigned = TableName.fold(counted).contains("unsigned");
                    counters.put(table, new TableTraits.Counter(column, isUnsigned));
                }
                String value = rows.getString(5);
                addUses(uses, table, value);
                if (TableName.fold(String.valueOf(value)).contains("setval")) {
                    code.add(SettingDefaults.of(table, column));
                }
            }
        }
        names.replaceAll((table, columns) -> Set.copyOf(columns));
        return new MySqlColumns(names, onUpdate, computed, computing, counters, new Dependencies(uses), code);
    }

    private static void addUses(Set<Dependencies.Use> uses, TableName table, @Nullable String value) {
        Matcher sequence = SEQUENCE.matcher(value == null ? "" : value);
        while (sequence.find()) {
            uses.add(new Dependencies.Use(
                    new Dependencies.Item(
                            "sequence", TableName.fold(sequence.group(1)), TableName.fold(sequence.group(2))),
                    Dependencies.Item.of(table),
                    Dependencies.Loss.PART));
        }
    }
}
