package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What INFORMATION_SCHEMA of MySQL and MariaDB tells. Its tables are not joined: they are made anew for each query, without an
 * index, and joined names of columns would be cut where they are long.
 *
 * <p>No query has a string in double quotes, an empty one, or an operator that {@code sql_mode} gives another meaning.
 */
final class MySqlCatalog {
    static final String NOT_OF_SERVER = " NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')";

    private static final String ELSEWHERE = "('" + String.join("', '", MySqlTables.ELSEWHERE) + "')";

    /** A number for a piece of code, which is the same in each query, because each query has another order. */
    static final String ID = "CONV(LEFT(MD5(CONCAT_WS('.', %s)), 15), 16, 10)";

    private static final String TRIGGER_ID = ID.formatted("'trigger', TRIGGER_SCHEMA, TRIGGER_NAME");

    /** Modes under which code means something else than under the server's own, whatever its session has set. */
    static final String OTHER_MODE = "CASE WHEN SQL_MODE REGEXP"
            + " 'ANSI|NO_BACKSLASH_ESCAPES|ORACLE|MSSQL|DB2|MAXDB|POSTGRESQL' THEN CONCAT('sql_mode=', SQL_MODE) END";

    private static final String UNTOLD = "code that this user may not see";

    static final CatalogQueries QUERIES = new CatalogQueries(
            """
            SELECT TABLE_SCHEMA, TABLE_NAME, CASE WHEN LOWER(ENGINE) IN ELSEWHERE THEN 'f' END
            FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_TYPE NOT LIKE 'TEMPORARY%' AND TABLE_SCHEMA""".replace("ELSEWHERE", ELSEWHERE) + NOT_OF_SERVER,
            """
            SELECT TABLE_SCHEMA, TABLE_NAME, NULL, VIEW_DEFINITION, NULL, NULL
            FROM INFORMATION_SCHEMA.VIEWS WHERE TABLE_SCHEMA""" + NOT_OF_SERVER,
            "",
            "SELECT 'trigger', EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, TRIGGER_NAME, EVENT_MANIPULATION,"
                    + " ACTION_STATEMENT, 'mysql', " + TRIGGER_ID
                    + ", NULL, CASE ACTION_TIMING WHEN 'BEFORE' THEN 'r' END, NULL, NULL FROM INFORMATION_SCHEMA.TRIGGERS"
                    + " WHERE TRIGGER_SCHEMA" + NOT_OF_SERVER,
            "",
            "SELECT TRIGGER_SCHEMA, TRIGGER_NAME, EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE"
                    + " FROM INFORMATION_SCHEMA.TRIGGERS WHERE TRIGGER_SCHEMA" + NOT_OF_SERVER,
            "",
            "",
            "");

    /** A trigger that calls such a function of MariaDB may set columns of its row by it, and a statement its variables. */
    private static final String SETS_ARGUMENTS = """
            ROUTINE_TYPE = 'FUNCTION' AND (ROUTINE_SCHEMA, ROUTINE_NAME) IN (
              SELECT SPECIFIC_SCHEMA, SPECIFIC_NAME FROM INFORMATION_SCHEMA.PARAMETERS
              WHERE ROUTINE_TYPE = 'FUNCTION' AND PARAMETER_MODE IN ('OUT', 'INOUT'))""";

    /** The code of routines, and that of triggers under a name that nobody can call. */
    static final CodeQueries CODE = new CodeQueries(
            "SELECT ROUTINE_SCHEMA, ROUTINE_NAME, ROUTINE_DEFINITION, CASE WHEN ROUTINE_DEFINITION IS NULL THEN '"
                    + UNTOLD
                    + "' WHEN " + SETS_ARGUMENTS + " THEN 'a way that sets what it is given"
                    + "' WHEN ROUTINE_BODY = 'SQL' THEN 'mysql' ELSE ROUTINE_BODY END, "
                    + ID.formatted("ROUTINE_TYPE, ROUTINE_SCHEMA, ROUTINE_NAME") + ", NULL, " + OTHER_MODE
                    + ", NULL FROM INFORMATION_SCHEMA.ROUTINES WHERE ROUTINE_SCHEMA" + NOT_OF_SERVER
                    + " UNION ALL SELECT TRIGGER_SCHEMA, CONCAT('body of trigger ', TRIGGER_NAME), ACTION_STATEMENT,"
                    + " 'mysql', " + TRIGGER_ID + ", NULL, " + OTHER_MODE
                    + ", NULL FROM INFORMATION_SCHEMA.TRIGGERS WHERE TRIGGER_SCHEMA" + NOT_OF_SERVER);

    private static final String KEYS = """
            SELECT CONSTRAINT_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME,
              REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
            FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_NAME IS NOT NULL""";

    private static final String REFERENCES = """
            SELECT CONSTRAINT_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, DELETE_RULE, UPDATE_RULE
            FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS""";

    private static final String LOCKED = """
            SET STATEMENT lock_wait_timeout = 0 FOR
            SELECT TABLE_SCHEMA FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_TYPE <> 'VIEW' AND ENGINE IS NULL AND TABLE_SCHEMA""" + NOT_OF_SERVER;

    /** {@code ER_LOCK_WAIT_TIMEOUT} of either server. */
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    /** A constraint, whose name is its table's own. */
    private record Constraint(String schema, String table, String name) {}

    private MySqlCatalog() {}

    static List<ForeignKey> foreignKeys(Statement statement) throws SQLException {
        Map<Constraint, ForeignKeyColumns> keys = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(KEYS)) {
            while (rows.next()) {
                TableName parent = TableName.of(rows.getString(5), rows.getString(6));
                keys.computeIfAbsent(constraint(rows), first -> new ForeignKeyColumns(parent))
                        .add(rows.getString(4), rows.getString(7));
            }
        }
        Map<Constraint, ReferentialAction[]> actions = keys.isEmpty() ? Map.of() : actions(statement);
        List<ForeignKey> foreign = new ArrayList<>();
        keys.forEach((constraint, columns) -> {
            // Dropped while this was read: the worst it could do.
            ReferentialAction[] done = actions.getOrDefault(
                    constraint, new ReferentialAction[] {ReferentialAction.CASCADE, ReferentialAction.CASCADE});
            foreign.add(new ForeignKey(
                    TableName.fold(constraint.name()),
                    TableName.of(constraint.schema(), constraint.table()),
                    columns.ofChild,
                    columns.parent,
                    columns.ofParent,
                    done[0],
                    done[1]));
        });
        return foreign;
    }

    private static Map<Constraint, ReferentialAction[]> actions(Statement statement) throws SQLException {
        Map<Constraint, ReferentialAction[]> actions = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(REFERENCES)) {
            while (rows.next()) {
                actions.put(constraint(rows), new ReferentialAction[] {
                    SchemaReader.action(rows.getString(4)), SchemaReader.action(rows.getString(5))
                });
            }
        }
        return actions;
    }

    /** Whether a statement that is running has locked a table against everybody, on MariaDB, which says so by a warning. */
    static boolean isAnyTableLocked(Statement statement) throws SQLException {
        statement.clearWarnings();
        try (ResultSet rows = statement.executeQuery(LOCKED)) {
            while (rows.next()) {
                // What counts is what the server warns of.
            }
        }
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            if (warning.getErrorCode() == LOCK_WAIT_TIMEOUT) {
                return true;
            }
        }
        return false;
    }

    private static Constraint constraint(ResultSet rows) throws SQLException {
        return new Constraint(rows.getString(1), rows.getString(2), rows.getString(3));
    }

    /** The columns of a foreign key, as they come. */
    private static final class ForeignKeyColumns {
        private final TableName parent;
        private final Set<String> ofChild = new HashSet<>();
        private final Set<String> ofParent = new HashSet<>();

        ForeignKeyColumns(TableName parent) {
            this.parent = parent;
        }

        void add(String child, String referenced) {
            ofChild.add(TableName.fold(child));
            ofParent.add(TableName.fold(referenced));
        }
    }

    /** What engines and columns make of tables, and what the user does not see. */
    static TableTraits traits(Statement statement, MySqlTables tables, MySqlColumns columns) throws SQLException {
        Set<TableName> rewritten = new HashSet<>(columns.computed().keySet());
        rewritten.addAll(tables.versioned());
        return new TableTraits(
                tables.lasting(),
                columns.setOnUpdate(),
                GrantedSight.read(statement),
                tables.sequences(),
                VirtualTables.NONE,
                columns.names(),
                rewritten,
                columns.computing(),
                columns.counters(),
                PartitionKeys.NONE,
                false);
    }
}
