package io.tierguard.integration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The structure and the rows of all tables of a database, a line each.
 *
 * @param structure columns, constraints and sequences
 * @param rows every row of every table, columns by name
 */
record DatabaseContents(List<String> structure, List<String> rows) {
    private static final String USER_SCHEMA = "lower(table_schema) NOT IN ('information_schema', 'pg_catalog')";
    private static final String MYSQL_SCHEMA = "table_schema = DATABASE()";

    /** Columns of the tools whose values are the time, a run's identity or the machine's speed. */
    private static final Set<String> VOLATILE = Set.of(
            "installed_on",
            "execution_time",
            "dateexecuted",
            "deployment_id",
            "lockgranted",
            "lockedby",
            "primary_id",
            "session_primary_id",
            "session_id",
            "creation_time",
            "last_access_time",
            "expiry_time",
            "create_time",
            "start_time",
            "end_time",
            "last_updated",
            "last_checkin_time",
            "instance_name",
            "sched_time",
            "fired_time",
            "next_fire_time",
            "prev_fire_time",
            "entry_id",
            "serialized_context");

    DatabaseContents {
        structure = List.copyOf(structure);
        rows = List.copyOf(rows);
    }

    static DatabaseContents read(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        boolean isOfMySqlFamily = product.equals("MySQL") || product.equals("MariaDB");
        // A schema is a database there, whose name is another each time.
        String schema = isOfMySqlFamily ? "'own' AS table_schema" : "table_schema";
        String own = isOfMySqlFamily ? MYSQL_SCHEMA : USER_SCHEMA;
        List<String> structure = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (String column : ask(connection, """
                SELECT %s, table_name, column_name, data_type, is_nullable, column_default
                FROM information_schema.columns WHERE %s""".formatted(schema, own))) {
            structure.add("column " + column);
        }
        for (String constraint : ask(connection, """
                SELECT %s, table_name, constraint_type, constraint_name
                FROM information_schema.table_constraints WHERE %s AND lower(constraint_name) NOT LIKE '%%not_null'""".formatted(schema, own))) {
            structure.add("constraint " + constraint);
        }
        for (String sequence : ask(
                connection,
                isOfMySqlFamily
                        ? "SELECT table_name FROM information_schema.tables WHERE table_type = 'SEQUENCE' AND " + own
                        : "SELECT sequence_name FROM information_schema.sequences")) {
            structure.add("sequence " + sequence);
        }
        for (String table : ask(connection, """
                SELECT %s
                FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND %s""".formatted(
                        isOfMySqlFamily
                                ? "CONCAT('`', table_name, '`')"
                                : "'\"' || table_schema || '\".\"' || table_name || '\"'",
                        own))) {
            for (String row : ask(connection, "SELECT * FROM " + table)) {
                rows.add(table + " " + row);
            }
        }
        return new DatabaseContents(structure, rows);
    }

    private static List<String> ask(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    String name = columns.getColumnName(column).toLowerCase(Locale.ROOT);
                    // PostgreSQL numbers large objects across all databases of a server.
                    boolean isVolatile = VOLATILE.contains(name)
                            || columns.getColumnTypeName(column).equals("oid");
                    row.append(row.isEmpty() ? "" : " | ").append(isVolatile ? "…" : result.getString(column));
                }
                rows.add(row.toString());
            }
        }
        rows.sort(null);
        return rows;
    }
}
