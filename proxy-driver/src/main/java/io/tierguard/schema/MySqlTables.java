package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of MySQL or MariaDB, read in one query, for which MariaDB opens the file of each.
 *
 * @param here those whose rows are on the server, with views and sequences
 * @param elsewhere those whose rows are in other tables or on other servers
 * @param sequences those of one row, which one that is inserted replaces
 * @param lasting those whose engine undoes nothing
 * @param versioned those that keep the rows that were
 * @param hasViews whether any of them is a view
 */
record MySqlTables(
        Set<TableName> here,
        Set<TableName> elsewhere,
        Set<TableName> sequences,
        Set<TableName> lasting,
        Set<TableName> versioned,
        boolean hasViews) {
    private static final String QUERY = """
            SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_TYPE NOT LIKE 'TEMPORARY%' AND TABLE_SCHEMA""" + MySqlCatalog.NOT_OF_SERVER;

    private static final String UNDOING = """
            SELECT ENGINE FROM INFORMATION_SCHEMA.ENGINES WHERE TRANSACTIONS = 'YES' AND ENGINE IS NOT NULL""";

    /** Engines whose tables keep their rows in other tables or on other servers. */
    static final Set<String> ELSEWHERE =
            Set.of("federated", "connect", "spider", "s3", "sphinx", "mrg_myisam", "oqgraph");

    private static final String VIEW = "VIEW";
    private static final String SEQUENCE = "SEQUENCE";
    private static final String VERSIONED = "SYSTEM VERSIONED";

    static MySqlTables read(Statement statement) throws SQLException {
        Set<String> undoing = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(UNDOING)) {
            while (rows.next()) {
                undoing.add(fold(rows.getString(1)));
            }
        }
        Set<TableName> here = new HashSet<>();
        Set<TableName> elsewhere = new HashSet<>();
        Set<TableName> sequences = new HashSet<>();
        Set<TableName> lasting = new HashSet<>();
        Set<TableName> versioned = new HashSet<>();
        boolean hasViews = false;
        try (ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                TableName table = TableName.of(rows.getString(1), rows.getString(2));
                String type = rows.getString(3).stripTrailing(); // a driver may fill it up with blanks
                String engine = fold(rows.getString(4));
                (ELSEWHERE.contains(engine) ? elsewhere : here).add(table);
                hasViews |= type.endsWith(VIEW);
                if (type.equals(SEQUENCE)) {
                    sequences.add(table);
                } else if (!type.endsWith(VIEW) && !engine.isEmpty() && !undoing.contains(engine)) {
                    lasting.add(table);
                }
                if (type.equals(VERSIONED)) {
                    versioned.add(table);
                }
            }
        }
        return new MySqlTables(here, elsewhere, sequences, lasting, versioned, hasViews);
    }

    /** The servers compare names of engines without letter case. */
    private static String fold(@Nullable String engine) {
        return engine == null ? "" : engine.stripTrailing().toLowerCase(Locale.ROOT);
    }
}
