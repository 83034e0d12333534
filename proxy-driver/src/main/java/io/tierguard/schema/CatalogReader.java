package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads from a live database's catalog what a review of a policy asks and the guard need not keep. */
public final class CatalogReader {
    private final Connection connection;
    private final Dialect dialect;
    private final CatalogQueries queries;

    /** A reader over a connection of the real driver. */
    public CatalogReader(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
        this.queries = CatalogQueries.of(dialect);
    }

    /** Every routine but those of the server. */
    public List<StoredCode> routines() throws SQLException {
        List<StoredCode> routines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(queries.routines())) {
            while (rows.next()) {
                String schema = text(rows, 1);
                String name = text(rows, 2);
                String label = "routine `" + schema + "." + name + "`";
                routines.add(code(label, List.of(schema, name), text(rows, 3), text(rows, 4)));
            }
        }
        return routines;
    }

    /** Every trigger and rule of a table. */
    public List<StoredCode> triggers() throws SQLException {
        List<StoredCode> triggers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(queries.triggers())) {
            while (rows.next()) {
                String schema = text(rows, 2);
                String table = text(rows, 3);
                String name = text(rows, 4);
                String label = text(rows, 1) + " `" + name + "` on `" + schema + "." + table + "`";
                triggers.add(code(label, List.of("", schema, table, name), text(rows, 6), text(rows, 7)));
            }
        }
        return triggers;
    }

    /** The names, folded, of the routines that are part of the server. */
    public Set<String> builtIns() throws SQLException {
        Set<String> names = new HashSet<>();
        if (queries.builtIns().isEmpty()) {
            DatabaseMetaData driver = connection.getMetaData();
            for (String functions : List.of(
                    driver.getNumericFunctions(),
                    driver.getStringFunctions(),
                    driver.getSystemFunctions(),
                    driver.getTimeDateFunctions())) {
                names.addAll(List.of(TableName.fold(functions).split(",", -1)));
            }
            return names;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(queries.builtIns())) {
            while (rows.next()) {
                names.add(TableName.fold(text(rows, 1)));
            }
        }
        return names;
    }

    /** The tables whose rows are on another server, by schema and name as the database spells them. */
    public Set<List<String>> foreignTables() throws SQLException {
        Set<List<String>> foreign = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(queries.tables())) {
            while (rows.next()) {
                if (!text(rows, 3).isEmpty()) {
                    foreign.add(List.of(text(rows, 1), text(rows, 2)));
                }
            }
        }
        return foreign;
    }

    private StoredCode code(String label, List<String> name, String body, String language) {
        List<String> folded = name.stream().map(TableName::fold).toList();
        return new StoredCode(label, folded, RoutineBodies.hash(body), CodeBody.writes(body, language, dialect));
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }
}
