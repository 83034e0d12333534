package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SqliteObjects;
import io.tierguard.sql.SqliteTrigger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what SQLite tells of the databases of one connection: its file, the files it has attached, and what it has for itself
 * alone under the name {@code temp}.
 */
final class SqliteCatalog {
    /** What {@link CatalogReader} asks of the main database; a snapshot is read database by database. */
    static final CatalogQueries QUERIES = new CatalogQueries(
            "SELECT 'main', name, NULL FROM main.sqlite_schema WHERE type IN ('table', 'view')",
            "",
            "",
            "SELECT 'trigger', 'main', tbl_name, name, '', sql, 'sql', 0, NULL, NULL, NULL FROM main.sqlite_schema"
                    + " WHERE type = 'trigger'",
            "",
            "",
            "",
            "PRAGMA main.schema_version",
            "SELECT name FROM pragma_function_list");

    /** It keeps no routines; an application's own are not in the catalog. */
    static final CodeQueries CODE = new CodeQueries("SELECT NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL WHERE 0");

    private static final String TEMPORARY = "temp";

    private static final Set<Verb> ROW_CHANGES = Set.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);

    private final Statement statement;
    private final Set<TableName> tables = new HashSet<>();
    private final Map<TableName, String> virtual = new HashMap<>();
    private final Map<TableName, String> statistics = new HashMap<>();
    private final Set<TableName> replacing = new HashSet<>();
    private final List<View> views = new ArrayList<>();
    /** What SQLite says of a column that is generated, virtual or stored. */
    private static final Set<Integer> GENERATED = Set.of(2, 3);

    private final List<ForeignKey> keys = new ArrayList<>();
    private final List<Trigger> triggers = new ArrayList<>();
    private final List<Routine> bodies = new ArrayList<>();
    private final Map<TableName, Set<TableName>> owned = new HashMap<>();
    /** Whether a constraint, an index or a trigger of a file rests on what LIKE means; a view may for triggers that ask it. */
    private boolean isComparedByLike;

    private boolean isAskedByLike;
    private final List<Made> made = new ArrayList<>();

    /** A trigger as the catalog has it. */
    private record Made(String schema, String name, String table, String sql) {}

    private SqliteCatalog(Statement statement) {
        this.statement = statement;
    }

    /** What is the same as long as nobody changes the schema of any of the databases. */
    static String stamp(Connection connection) throws SQLException {
        try (Statement statement = OwnStatement.of(connection)) {
            StringBuilder stamp = new StringBuilder();
            for (String database : databases(statement)) {
                try (ResultSet row = statement.executeQuery("PRAGMA " + quoted(database) + ".schema_version")) {
                    stamp.append(database).append(' ').append(row.next() ? row.getLong(1) : -1);
                }
                stamp.append(SchemaReader.SEPARATOR);
            }
            return stamp.toString();
        }
    }

    /** The snapshot of all databases of a connection. */
    static SchemaSnapshot read(Connection connection) throws SQLException {
        try (Statement statement = OwnStatement.of(connection)) {
            return new SqliteCatalog(statement).read();
        }
    }

    private SchemaSnapshot read() throws SQLException {
        for (String database : databases(statement)) {
            readObjects(database);
            readForeignKeys(database);
        }
        made.forEach(this::addTrigger);
        UserCode code = UserCode.of(bodies);
        return new SchemaSnapshot(
                Dialect.SQLITE,
                new SchemaContent(
                        tables,
                        Set.of(),
                        views,
                        keys,
                        triggers,
                        Map.of(),
                        Map.of(),
                        owned,
                        code,
                        Dependencies.NONE,
                        new TableTraits(
                                Set.of(),
                                Map.of(),
                                GrantedSight.OF_ALL,
                                replacing,
                                VirtualTables.of(virtual, statistics, tables),
                                Map.of(),
                                Set.of(),
                                Set.of(),
                                Map.of(),
                                PartitionKeys.NONE,
                                isComparedByLike || (isAskedByLike && !triggers.isEmpty()))));
    }

    private static List<String> databases(Statement statement) throws SQLException {
        List<String> databases = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("PRAGMA database_list")) {
            while (rows.next()) {
                databases.add(rows.getString(2));
            }
        }
        return databases;
    }

    private void readObjects(String database) throws SQLException {
        String schema = TableName.fold(database);
        String catalog = schema.equals(TEMPORARY) ? "temp.sqlite_temp_schema" : quoted(database) + ".sqlite_schema";
        try (ResultSet rows = statement.executeQuery("SELECT type, name, tbl_name, sql FROM " + catalog)) {
            while (rows.next()) {
                String name = rows.getString(2);
                String sql = rows.getString(4) == null ? "" : rows.getString(4);
                if (isNameless(name) || isNameless(rows.getString(3))) {
                    continue;
                }
                TableName object = TableName.of(schema, name);
                noteLike(object, rows.getString(1), sql);
                switch (String.valueOf(rows.getString(1))) {
                    case "table" -> addTable(object, sql);
                    case "view" -> views.add(new View(View.Kind.VIEW, object, Set.of(), SqliteObjects.queryOf(sql)));
                    case "trigger" -> made.add(new Made(schema, name, rows.getString(3), sql));
                    default -> own(object, TableName.of(schema, rows.getString(3)));
                }
            }
        }
    }

    private void noteLike(TableName object, String type, String sql) {
        if (object.schema().equals(TEMPORARY) || !SqliteObjects.comparesByLike(sql)) {
            return;
        }
        if ("view".equals(type)) {
            isAskedByLike = true;
        } else {
            isComparedByLike = true;
        }
    }

    private void addTable(TableName table, String sql) {
        tables.add(table);
        if (SqliteObjects.isVirtual(sql)) {
            virtual.put(table, sql);
        }
        if (table.name().endsWith(VirtualTables.STATISTICS)) {
            statistics.put(table, sql);
        }
        if (SqliteObjects.replacesRows(sql)) {
            replacing.add(table);
        }
    }

    private void own(TableName part, TableName table) {
        owned.computeIfAbsent(part, first -> new HashSet<>()).add(table);
    }

    /** One that only the connection has may watch a table of any database. */
    private void addTrigger(Made trigger) {
        Optional<SqliteTrigger> read = SqliteTrigger.madeBy(trigger.sql());
        long id = bodies.size() + 1L;
        boolean isTemporary = trigger.schema().equals(TEMPORARY);
        bodies.add(new Routine(
                id,
                new RoutineCall(trigger.schema(), "body of trigger " + trigger.name()),
                read.isPresent() ? "sql" : "a form that is not read",
                read.map(SqliteTrigger::body).orElse(""),
                false,
                isTemporary ? List.of() : List.of(trigger.schema()),
                true,
                false,
                false,
                false));
        Set<Verb> verbs = read.map(SqliteTrigger::verbs).orElse(ROW_CHANGES);
        Set<String> columns = read.map(SqliteTrigger::columns).orElse(Set.of());
        String hash = read.map(each -> RoutineBodies.hash(each.body())).orElse("");
        for (TableName table : watched(trigger, read)) {
            triggers.add(new Trigger(TableName.fold(trigger.name()), table, verbs, columns, id, hash));
            own(TableName.of(trigger.schema(), trigger.name()), table);
        }
    }

    private List<TableName> watched(Made trigger, Optional<SqliteTrigger> read) {
        TableName named = TableName.of(trigger.schema(), trigger.table());
        if (!trigger.schema().equals(TEMPORARY)) {
            return List.of(named);
        }
        boolean isTold = read.isPresent()
                && read.get().table().isQualified()
                && !read.get().table().schema().equals(TEMPORARY);
        List<TableName> watched = new ArrayList<>();
        Set<TableName> all = new HashSet<>(tables);
        views.forEach(view -> all.add(view.name()));
        for (TableName table : all) {
            boolean isSame = table.name().equals(named.name());
            if (isSame && (!isTold || table.schema().equals(read.get().table().schema()))) {
                watched.add(table);
            }
        }
        return watched.isEmpty() ? List.of(named) : watched;
    }

    private void readForeignKeys(String database) throws SQLException {
        String schema = TableName.fold(database);
        if (schema.equals(TEMPORARY)) {
            return; // nobody else has its tables
        }
        String text = "'" + database.replace("'", "''") + "'";
        Map<String, SqliteKey> found = new HashMap<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT s.name, f.id, f.\"table\", f.\"from\", f.\"to\", f.on_update,"
                        + " f.on_delete FROM " + quoted(database) + ".sqlite_schema s, pragma_foreign_key_list(s.name, "
                        + text
                        + ") f WHERE s.type = 'table' AND instr(lower(s.sql), 'references') > 0")) {
            while (rows.next()) {
                if (isNameless(rows.getString(1)) || isNameless(rows.getString(3))) {
                    continue;
                }
                TableName child = TableName.of(schema, rows.getString(1));
                TableName parent = TableName.of(schema, rows.getString(3));
                String id = child + " " + rows.getInt(2);
                SqliteKey key = found.get(id);
                if (key == null) {
                    tables.add(parent); // it need not be there yet
                    key = new SqliteKey(child, parent, rows.getString(6), rows.getString(7));
                    found.put(id, key);
                }
                key.add(rows.getString(4), rows.getString(5));
            }
        }
        for (Map.Entry<String, SqliteKey> each : found.entrySet()) {
            SqliteKey key = each.getValue();
            if (key.refersToPrimaryKey()) {
                key.refer(primaryKey(database, key.parent()));
            }
            ForeignKey named = key.named("of " + each.getKey());
            keys.addAll(ComputedColumns.noted(List.of(named), Map.of(named.parent(), computed(database, named))));
        }
    }

    /** The generated columns of the table that a key refers to, where it follows changes. */
    private Set<String> computed(String database, ForeignKey key) throws SQLException {
        Set<String> columns = new HashSet<>();
        if (key.onUpdate() == ReferentialAction.NONE) {
            return columns;
        }
        try (ResultSet rows = statement.executeQuery("PRAGMA " + quoted(database) + ".table_xinfo("
                + quoted(key.parent().name()) + ")")) {
            while (rows.next()) {
                if (GENERATED.contains(rows.getInt("hidden"))) {
                    columns.add(TableName.fold(rows.getString("name")));
                }
            }
        }
        return columns;
    }

    private Set<String> primaryKey(String database, TableName table) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (ResultSet rows =
                statement.executeQuery("PRAGMA " + quoted(database) + ".table_info(" + quoted(table.name()) + ")")) {
            while (rows.next()) {
                if (rows.getInt(6) > 0) {
                    columns.add(TableName.fold(rows.getString(2)));
                }
            }
        }
        return columns;
    }

    /** A table can have a name without characters; no statement is read that names one so. */
    private static boolean isNameless(@Nullable String name) {
        return name == null || name.isEmpty();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
