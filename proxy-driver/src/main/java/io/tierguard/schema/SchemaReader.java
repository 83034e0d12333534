package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the snapshot of a live database from its catalog, in a handful of queries whatever the number of tables.
 *
 * <p>Names leave the catalog folded, as the policy compares them.
 */
public final class SchemaReader {

    /** The column of what tells one query of a view from another, which PostgreSQL's catalog alone has. */
    private static final int VERSION_OF_VIEW = 7;

    /** Joins several names in one column of a result. */
    static final char SEPARATOR = '\u001f';

    /** Joins a schema and a name, either of which may hold a dot. */
    static final char DOT = '\u001e';

    /** The server's own trigger functions, those apart by which it keeps foreign keys. */
    private static final Set<String> ROW_FUNCTIONS =
            Set.of("suppress_redundant_updates_trigger", "tsvector_update_trigger", "tsvector_update_trigger_column");

    private SchemaReader() {}

    /**
     * The snapshot of the database behind a connection, read through it.
     *
     * @param connection a connection of the real driver that is in auto-commit mode
     */
    public static SchemaSnapshot read(Connection connection, Dialect dialect) throws SQLException {
        if (dialect == Dialect.SQLITE) {
            return SqliteCatalog.read(connection);
        }
        if (dialect.isReadOnRequest()) {
            return JdbcCatalog.read(connection, dialect);
        }
        try (Statement statement = OwnStatement.of(connection);
                OpenedSight opened = OpenedSight.of(statement, dialect)) {
            return new SchemaSnapshot(
                    dialect,
                    switch (dialect) {
                        case H2 -> h2(statement);
                        case MYSQL, MARIADB -> mySql(statement, dialect);
                        case POSTGRESQL, SQLITE, ANSI, ORACLE, SQLSERVER -> postgreSql(statement);
                    });
        }
    }

    private static SchemaContent h2(Statement statement) throws SQLException {
        CatalogQueries queries = CatalogQueries.ofH2Now();
        CatalogRows rows = CatalogRows.by(statement);
        H2Catalog catalog = H2Catalog.of(statement);
        List<ForeignKey> foreignKeys = catalog.foreignKeys();
        Map<TableName, Set<TableName>> owners = sequences(rows, queries);
        catalog.constraints()
                .forEach((name, tables) ->
                        owners.computeIfAbsent(name, first -> new HashSet<>()).addAll(tables));
        Set<TableName> tables = new HashSet<>();
        Set<TableName> foreign = new HashSet<>();
        tables(rows, queries, tables, foreign);
        H2Expressions expressions = catalog.expressions();
        return new SchemaContent(
                tables,
                foreign,
                catalog.completed(views(rows, queries)),
                foreignKeys,
                triggers(rows, queries),
                Map.of(),
                catalog.keys(),
                owners,
                UserCodeReader.read(statement, Dialect.H2, expressions.computed()),
                new Dependencies(expressions.uses()),
                catalog.traits());
    }

    private static SchemaContent postgreSql(Statement statement) throws SQLException {
        CatalogQueries queries = CatalogQueries.of(Dialect.POSTGRESQL);
        UserCodeReader code = UserCodeReader.of(statement, Dialect.POSTGRESQL);
        ServerFunctions functions = code.serverFunctions();
        CatalogRows rows = CatalogRows.byOneText(
                statement,
                List.of(
                        queries.tables(),
                        queries.views(),
                        queries.foreignKeys(),
                        queries.triggers(),
                        queries.inheritance(),
                        queries.sequences(),
                        code.routinesQuery(),
                        functions.anyUsesOf(CodeQueries.POSTGRESQL),
                        queries.dependencies(),
                        PartitionKeys.QUERY));
        Set<TableName> tables = new HashSet<>();
        Set<TableName> foreign = new HashSet<>();
        tables(rows, queries, tables, foreign);
        List<View> views = views(rows, queries);
        List<ForeignKey> keys = foreignKeys(rows, queries);
        List<Trigger> triggers = triggers(rows, queries);
        Map<TableName, Set<TableName>> children = children(rows, queries);
        Map<TableName, Set<TableName>> sequences = sequences(rows, queries);
        List<Routine> routines = code.routines(rows);
        boolean isAnyUsed = functions.areAnyUsed(rows, CodeQueries.POSTGRESQL);
        Dependencies dependencies = dependencies(rows, queries);
        PartitionKeys partitionKeys = PartitionKeys.read(rows);
        return new SchemaContent(
                tables,
                foreign,
                views,
                ComputedColumns.noted(statement, keys),
                triggers,
                children,
                Map.of(),
                sequences,
                isAnyUsed ? code.uses(routines, functions) : code.unused(routines, functions),
                dependencies,
                TableTraits.NONE.placing(partitionKeys));
    }

    private static SchemaContent mySql(Statement statement, Dialect dialect) throws SQLException {
        CatalogQueries queries = CatalogQueries.of(dialect);
        CatalogRows rows = CatalogRows.by(statement);
        MySqlTables tables = MySqlTables.read(statement);
        List<View> views = tables.hasViews() ? completed(statement, dialect, views(rows, queries)) : List.of();
        List<ForeignKey> keys = MySqlCatalog.foreignKeys(statement);
        MySqlColumns columns = MySqlColumns.read(statement);
        List<Trigger> triggers = triggers(rows, queries);
        triggers.addAll(columns.code());
        Map<TableName, Set<TableName>> owners = sequences(rows, queries);
        tables.sequences().forEach(sequence -> owners.computeIfAbsent(sequence, first -> new HashSet<>()));
        return new SchemaContent(
                tables.here(),
                tables.elsewhere(),
                views,
                ComputedColumns.noted(keys, columns.computed()),
                triggers,
                Map.of(),
                Map.of(),
                owners,
                code(statement, dialect),
                columns.uses(),
                MySqlCatalog.traits(statement, tables, columns));
    }

    private static UserCode code(Statement statement, Dialect dialect) throws SQLException {
        UserCode code = UserCodeReader.read(statement, dialect, List.of());
        UserCode written =
                MySqlWrittenCode.completed(statement, dialect, code.with(code.routines(), MySqlEvents.read(statement)));
        return MySqlParameters.noted(statement, written);
    }

    /**
     * Whether a reading would wait for a statement of somebody else that may take long. MariaDB's catalog opens each table, and
     * a {@code CREATE TABLE … SELECT} locks the one that it makes until it ends; the others wait for nobody, or no longer than set.
     */
    static boolean wouldWait(Connection connection, Dialect dialect) throws SQLException {
        return switch (dialect) {
            case MARIADB -> {
                try (Statement statement = OwnStatement.of(connection)) {
                    yield MySqlCatalog.isAnyTableLocked(statement);
                }
            }
            case H2, POSTGRESQL, MYSQL, SQLITE, ANSI, ORACLE, SQLSERVER -> false;
        };
    }

    private static void tables(
            CatalogRows catalog, CatalogQueries queries, Set<TableName> tables, Set<TableName> foreign)
            throws SQLException {
        try (ResultSet rows = catalog.of(queries.tables())) {
            while (rows.next()) {
                (text(rows, 3).isEmpty() ? tables : foreign).add(table(rows, 1));
            }
        }
    }

    private static Map<TableName, Set<TableName>> sequences(CatalogRows catalog, CatalogQueries queries)
            throws SQLException {
        Map<TableName, Set<TableName>> sequences = new HashMap<>();
        try (ResultSet rows = catalog.of(queries.sequences())) {
            while (rows.next()) {
                Set<TableName> owners = sequences.computeIfAbsent(table(rows, 1), sequence -> new HashSet<>());
                if (!text(rows, 4).isEmpty()) {
                    owners.add(table(rows, 3));
                }
            }
        }
        return sequences;
    }

    private static List<View> completed(Statement statement, Dialect dialect, List<View> views) throws SQLException {
        return switch (dialect) {
            case MYSQL -> MySqlViews.withColumns(statement, MySqlViews.completed(statement, views));
            case MARIADB -> MySqlViews.completed(statement, views); // whose queries call columns as the view does
            case H2, POSTGRESQL, SQLITE, ANSI, ORACLE, SQLSERVER -> views;
        };
    }

    private static List<View> views(CatalogRows catalog, CatalogQueries queries) throws SQLException {
        List<View> views = new ArrayList<>();
        try (ResultSet rows = catalog.of(queries.views())) {
            boolean hasVersions = rows.getMetaData().getColumnCount() > VERSION_OF_VIEW - 1;
            while (rows.next()) {
                Set<TableName> bases = new HashSet<>();
                for (String base : text(rows, 3).split(String.valueOf(SEPARATOR), -1)) {
                    int dot = base.indexOf(DOT);
                    if (dot > 0) {
                        bases.add(TableName.of(base.substring(0, dot), base.substring(dot + 1)));
                    }
                }
                View.Kind kind = switch (text(rows, 5)) {
                    case "m" -> View.Kind.MATERIALIZED;
                    case "s" -> View.Kind.SYNONYM;
                    default -> View.Kind.VIEW;
                };
                Set<String> defaulted = text(rows, 6).isEmpty() ? Set.of() : names(rows, 6);
                String version = hasVersions ? text(rows, VERSION_OF_VIEW) : "";
                views.add(new View(kind, table(rows, 1), bases, text(rows, 4), List.of(), defaulted, version));
            }
        }
        return views;
    }

    private static List<ForeignKey> foreignKeys(CatalogRows catalog, CatalogQueries queries) throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        try (ResultSet rows = catalog.of(queries.foreignKeys())) {
            while (rows.next()) {
                keys.add(new ForeignKey(
                        TableName.fold(text(rows, 1)),
                        table(rows, 2),
                        names(rows, 4),
                        table(rows, 5),
                        names(rows, 7),
                        action(text(rows, 8)),
                        action(text(rows, 9)),
                        text(rows, 10).isEmpty(),
                        text(rows, 11).isEmpty() ? Set.of() : names(rows, 11)));
            }
        }
        return keys;
    }

    private static List<Trigger> triggers(CatalogRows catalog, CatalogQueries queries) throws SQLException {
        List<Trigger> triggers = new ArrayList<>();
        try (ResultSet rows = catalog.of(queries.triggers())) {
            while (rows.next()) {
                Set<Verb> verbs = EnumSet.noneOf(Verb.class);
                for (String word : text(rows, 5).split(",", -1)) {
                    Verb.of(word.strip()).ifPresent(verbs::add);
                }
                triggers.add(new Trigger(
                        text(rows, 1),
                        TableName.fold(text(rows, 4)),
                        table(rows, 2),
                        verbs,
                        text(rows, 12).isEmpty() ? Set.of() : names(rows, 12),
                        rows.getLong(8),
                        changesNothingElse(text(rows, 7), text(rows, 9)),
                        !text(rows, 10).isEmpty(),
                        TableName.fold(text(rows, 11)),
                        RoutineBodies.hash(text(rows, 6))));
            }
        }
        return triggers;
    }

    private static Map<TableName, Set<TableName>> children(CatalogRows catalog, CatalogQueries queries)
            throws SQLException {
        Map<TableName, Set<TableName>> children = new HashMap<>();
        if (queries.inheritance().isEmpty()) {
            return children;
        }
        try (ResultSet rows = catalog.of(queries.inheritance())) {
            while (rows.next()) {
                children.computeIfAbsent(table(rows, 3), parent -> new HashSet<>())
                        .add(table(rows, 1));
            }
        }
        return children;
    }

    /** Whether the trigger runs a function of the server that changes nothing but the row at hand, or is a rule that runs nothing. */
    private static boolean changesNothingElse(String language, String function) {
        return language.equals("nothing") || (language.equals("internal") && ROW_FUNCTIONS.contains(function));
    }

    private static Dependencies dependencies(CatalogRows catalog, CatalogQueries queries) throws SQLException {
        Set<Dependencies.Use> uses = new HashSet<>();
        try (ResultSet rows = catalog.of(queries.dependencies())) {
            while (rows.next()) {
                Dependencies.Loss loss = switch (text(rows, 7)) {
                    case "part" -> Dependencies.Loss.PART;
                    case "column" -> Dependencies.Loss.COLUMN;
                    default -> Dependencies.Loss.WHOLE;
                };
                uses.add(new Dependencies.Use(item(rows, 1), item(rows, 4), loss));
            }
        }
        return new Dependencies(uses);
    }

    private static Dependencies.Item item(ResultSet rows, int column) throws SQLException {
        return new Dependencies.Item(
                text(rows, column).intern(),
                TableName.fold(text(rows, column + 1)),
                TableName.fold(text(rows, column + 2)));
    }

    private static TableName table(ResultSet rows, int column) throws SQLException {
        return TableName.of(text(rows, column), text(rows, column + 1));
    }

    private static Set<String> names(ResultSet rows, int column) throws SQLException {
        return names(text(rows, column));
    }

    /** Names that {@link #SEPARATOR} joins, folded. */
    static Set<String> names(String joined) {
        Set<String> names = new HashSet<>();
        for (String name : joined.split(String.valueOf(SEPARATOR), -1)) {
            names.add(TableName.fold(name));
        }
        return names;
    }

    static ReferentialAction action(String word) {
        return switch (word.stripTrailing()) { // a driver may fill it up with blanks
            case "c", "CASCADE" -> ReferentialAction.CASCADE;
            case "n", "SET NULL" -> ReferentialAction.SET_NULL;
            case "d", "SET DEFAULT" -> ReferentialAction.SET_DEFAULT;
            default -> ReferentialAction.NONE;
        };
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }
}
