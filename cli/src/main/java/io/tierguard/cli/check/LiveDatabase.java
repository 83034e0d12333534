package io.tierguard.cli.check;

import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.SystemCatalogs;
import io.tierguard.policy.model.TableName;
import io.tierguard.schema.CatalogReader;
import io.tierguard.schema.StoredCode;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a live database holds, without what is the server's own or temporary.
 *
 * @param dialect the kind of database
 * @param tables the tables and views as the database lists them
 * @param routines the routines
 * @param triggers the triggers and rules
 * @param builtIns the names, folded, of the server's own routines
 * @param schemaPath where an unqualified name is looked for, folded
 */
record LiveDatabase(
        Dialect dialect,
        List<LiveTable> tables,
        List<StoredCode> routines,
        List<StoredCode> triggers,
        Set<String> builtIns,
        List<String> schemaPath) {
    private static final Set<String> TABLES =
            Set.of("TABLE", "BASE TABLE", "PARTITIONED TABLE", "FOREIGN TABLE", "TABLE LINK", "MATERIALIZED VIEW");

    LiveDatabase {
        tables = List.copyOf(tables);
        routines = List.copyOf(routines);
        triggers = List.copyOf(triggers);
        builtIns = Set.copyOf(builtIns);
        schemaPath = List.copyOf(schemaPath);
    }

    /** Reads it. */
    static LiveDatabase of(Connection connection, Dialect dialect) throws SQLException {
        if (dialect.isReadOnRequest()) { // of which JDBC tells the tables alone
            List<LiveTable> tables = tables(connection, dialect, Set.of());
            return new LiveDatabase(dialect, tables, List.of(), List.of(), Set.of(), List.of());
        }
        CatalogReader catalog = new CatalogReader(connection, dialect);
        return new LiveDatabase(
                dialect,
                tables(connection, dialect, catalog.foreignTables()),
                catalog.routines(),
                catalog.triggers(),
                catalog.builtIns(),
                schemaPath(connection, dialect));
    }

    /** The policy as it holds here, where the server may keep only the beginning of a name. */
    Policy kept(Policy policy) {
        OptionalInt longest = dialect.longestName();
        return longest.isPresent() ? policy.cutTo(longest.getAsInt()) : policy;
    }

    private static List<LiveTable> tables(Connection connection, Dialect dialect, Set<List<String>> foreign)
            throws SQLException {
        boolean areSchemasCatalogs = switch (dialect) {
            case H2, POSTGRESQL, SQLITE, ANSI, ORACLE, SQLSERVER -> false;
            case MYSQL, MARIADB -> true;
        };
        List<LiveTable> tables = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getTables(null, null, "%", null)) {
            while (rows.next()) {
                String type = known(rows.getString("TABLE_TYPE"));
                String catalog = known(rows.getString("TABLE_CAT"));
                String schema = areSchemasCatalogs ? catalog : known(rows.getString("TABLE_SCHEM"));
                schema = dialect == Dialect.SQLITE ? "main" : schema; // it lists nothing else, and names no schema
                String name = known(rows.getString("TABLE_NAME"));
                TableName folded = new TableName(areSchemasCatalogs ? "" : catalog, schema, name);
                boolean isView = type.equals("VIEW");
                if ((isView || TABLES.contains(type)) && !SystemCatalogs.holds(folded)) {
                    String label = schema.isEmpty() ? name : schema + "." + name;
                    tables.add(new LiveTable(folded, label, isView, foreign.contains(List.of(schema, name))));
                }
            }
        }
        return tables;
    }

    private static List<String> schemaPath(Connection connection, Dialect dialect) throws SQLException {
        String query = switch (dialect) {
            case H2 -> "SELECT CURRENT_SCHEMA";
            case ANSI, ORACLE, SQLSERVER -> ""; // which none tells alike
            case MYSQL, MARIADB -> "SELECT DATABASE()";
            case SQLITE -> "SELECT 'main'";
            case POSTGRESQL -> "SELECT pg_catalog.unnest(pg_catalog.current_schemas(false))";
        };
        List<String> path = new ArrayList<>();
        if (query.isEmpty()) {
            return path;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                path.add(TableName.fold(known(rows.getString(1))));
            }
        }
        return path;
    }

    private static String known(@Nullable String value) {
        return value == null ? "" : value;
    }
}
