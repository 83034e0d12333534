package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SqliteTrigger;
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
        try (Statement statement = OwnStatement.of(connection);
                ResultSet rows = statement.executeQuery(CodeQueries.of(dialect).routines())) {
            while (rows.next()) {
                Routine routine = UserCodeReader.routine(rows, dialect);
                String schema = text(rows, 1);
                String name = text(rows, 2);
                String label = "routine `" + schema + "." + name + "`";
                String body = routine.isParsed() ? "" : routine.body();
                routines.add(code(label, List.of(schema, name), body, text(rows, 4), obstacle(routine)));
            }
        }
        return routines;
    }

    /** Every trigger and rule of a table. */
    public List<StoredCode> triggers() throws SQLException {
        List<StoredCode> triggers = new ArrayList<>();
        try (Statement statement = OwnStatement.of(connection);
                ResultSet rows = statement.executeQuery(queries.triggers())) {
            while (rows.next()) {
                String schema = text(rows, 2);
                String table = text(rows, 3);
                String name = text(rows, 4);
                if (text(rows, 5).isEmpty()) {
                    continue; // it is switched off
                }
                String label = text(rows, 1) + " `" + name + "` on `" + schema + "." + table + "`";
                String body = bodyOf(text(rows, 6));
                triggers.add(code(label, List.of("", schema, table, name), body, text(rows, 7), obstacle(rows, body)));
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
        try (Statement statement = OwnStatement.of(connection);
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
        try (Statement statement = OwnStatement.of(connection);
                ResultSet rows = statement.executeQuery(queries.tables())) {
            while (rows.next()) {
                if (!text(rows, 3).isEmpty()) {
                    foreign.add(List.of(text(rows, 1), text(rows, 2)));
                }
            }
        }
        return foreign;
    }

    private String obstacle(Routine routine) {
        return routine.isTrusted() ? "" : RoutineReading.of(routine, dialect).obstacle();
    }

    /** Of a trigger; those in machine code that is part of the server are known. */
    private String obstacle(ResultSet rows, String body) throws SQLException {
        String language = text(rows, 7);
        RoutineCall name = new RoutineCall("", text(rows, 4));
        if (language.equals("rule")) {
            return "it is a rule";
        }
        return language.equals("internal") || language.equals("nothing")
                ? ""
                : obstacle(new Routine(0, name, language, body, false, List.of(), true, false, false, false));
    }

    /** SQLite keeps of a trigger the statement that made it. */
    private String bodyOf(String code) {
        return dialect == Dialect.SQLITE
                ? SqliteTrigger.madeBy(code).map(SqliteTrigger::body).orElse("")
                : code;
    }

    private StoredCode code(String label, List<String> name, String body, String language, String obstacle) {
        List<String> folded = name.stream().map(TableName::fold).toList();
        return new StoredCode(
                label, folded, RoutineBodies.hash(body), CodeBody.writes(body, language, dialect), obstacle);
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }
}
