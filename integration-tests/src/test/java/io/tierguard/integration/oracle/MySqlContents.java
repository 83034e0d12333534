package io.tierguard.integration.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the two databases of a MySQL or MariaDB server hold, thing by thing: how each was defined, with its triggers, and for
 * tables a sum over their rows.
 *
 * @param things by kind and name
 */
record MySqlContents(Map<String, String> things) {
    static final List<String> DATABASES = List.of("public", "vault");

    private static final Set<String> PROTECTED = Set.of(
            "relation public.ledger_entry",
            "relation public.payment",
            "relation public.archive",
            "relation vault.orders",
            "relation vault.stock",
            "relation public.invoice",
            "relation public.receipt",
            "relation public.book",
            "relation public.book_shelf",
            "relation public.node_b");

    /** A counter that has moved on is as it was. */
    private static final Pattern MOVED_ON = Pattern.compile(" AUTO_INCREMENT=([5-9]\\d\\d|\\d{4,})");

    private static final String CODE = """
            SELECT CONCAT_WS(' ', 'relation', CONCAT_WS('.', EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE)),
              CONCAT_WS(' ', TRIGGER_NAME, ACTION_TIMING, EVENT_MANIPULATION, ACTION_STATEMENT)
            FROM INFORMATION_SCHEMA.TRIGGERS WHERE TRIGGER_SCHEMA IN ('public', 'vault')
            UNION ALL SELECT CONCAT_WS(' ', ROUTINE_TYPE, CONCAT_WS('.', ROUTINE_SCHEMA, ROUTINE_NAME)),
              CONCAT_WS(' ', ROUTINE_DEFINITION, SECURITY_TYPE, ROUTINE_COMMENT)
            FROM INFORMATION_SCHEMA.ROUTINES WHERE ROUTINE_SCHEMA IN ('public', 'vault')
            UNION ALL SELECT CONCAT_WS(' ', 'EVENT', CONCAT_WS('.', EVENT_SCHEMA, EVENT_NAME)), EVENT_DEFINITION
            FROM INFORMATION_SCHEMA.EVENTS WHERE EVENT_SCHEMA IN ('public', 'vault')
            UNION ALL SELECT CONCAT_WS(' ', 'DATABASE', SCHEMA_NAME), DEFAULT_COLLATION_NAME
            FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME NOT IN ('mysql', 'information_schema', 'sys',
              'performance_schema') AND SCHEMA_NAME NOT LIKE 'shop%'
            ORDER BY 1, 2""";

    /** All that is there, with rows that are committed. */
    static MySqlContents read(Connection connection) throws SQLException {
        Map<String, String> things = new TreeMap<>();
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String database : DATABASES) {
                for (String name : relations(statement, database)) {
                    String quoted = database + ".`" + name.substring(1).replace("`", "``") + "`";
                    things.put("relation " + database + "." + name.substring(1), definition(statement, quoted));
                    if (name.startsWith("t")) {
                        tables.add(quoted);
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery(CODE)) {
                while (rows.next()) {
                    things.merge(rows.getString(1), rows.getString(2), (one, other) -> one + "\n" + other);
                }
            }
            sums(statement, tables, things);
        }
        return new MySqlContents(things);
    }

    /** The names in a database, each behind a letter for its kind; those without a constant sum are no tables here. */
    private static List<String> relations(Statement statement, String database) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SHOW FULL TABLES FROM " + database)) {
            while (rows.next()) {
                names.add((rows.getString(2).equals("BASE TABLE") ? "t" : "o") + rows.getString(1));
            }
        } catch (SQLException gone) {
            return List.of();
        }
        return names;
    }

    private static String definition(Statement statement, String name) {
        try (ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + name)) {
            row.next();
            return MOVED_ON.matcher(row.getString(2)).replaceAll("");
        } catch (SQLException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }

    private static void sums(Statement statement, List<String> tables, Map<String, String> things) throws SQLException {
        if (!tables.isEmpty()) {
            try (ResultSet rows = statement.executeQuery("CHECKSUM TABLE " + String.join(", ", tables))) {
                while (rows.next()) {
                    things.merge(
                            "relation " + rows.getString(1),
                            "sum " + rows.getString(2),
                            (one, other) -> one + "\n" + other);
                }
            }
        }
    }

    /** The databases with their character sets. */
    List<String> databases() {
        return things.entrySet().stream()
                .filter(thing -> thing.getKey().startsWith("DATABASE"))
                .map(Object::toString)
                .toList();
    }

    /** How everything protected is defined; rows are not told, because some may be added. */
    String structure() {
        StringBuilder structure = new StringBuilder();
        things.forEach((name, definition) -> {
            if (PROTECTED.contains(name) || name.startsWith("DATABASE")) {
                structure
                        .append(name)
                        .append(definition.replaceFirst("\nsum .*", ""))
                        .append('\n');
            }
        });
        return structure.toString();
    }
}
