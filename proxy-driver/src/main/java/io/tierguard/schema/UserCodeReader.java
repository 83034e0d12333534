package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SqlAnalyzer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads from a catalog what code a database holds, and what runs it; no body is looked into. */
final class UserCodeReader {
    /** What may give a column its default. */
    private static final Set<Verb> ADDING = EnumSet.of(Verb.INSERT, Verb.UPDATE, Verb.EXTEND, Verb.ALTER);

    private static final Set<Verb> ANY = EnumSet.allOf(Verb.class);

    private final Statement statement;
    private final CodeQueries queries;
    private final SqlAnalyzer analyzer;
    private final Dialect dialect;

    private UserCodeReader(Statement statement, Dialect dialect) {
        this.statement = statement;
        this.queries = CodeQueries.of(dialect);
        this.analyzer = new SqlAnalyzer(LexicalModes.defaultsOf(dialect));
        this.dialect = dialect;
    }

    /**
     * Reads it from any catalog but PostgreSQL's.
     *
     * @param computed what the tables and domains of H2 compute; of other databases a query tells it
     */
    static UserCode read(Statement statement, Dialect dialect, List<H2Expressions.Computed> computed)
            throws SQLException {
        UserCodeReader reader = of(statement, dialect);
        List<Routine> routines = reader.routines(CatalogRows.by(statement));
        return switch (dialect) {
            case H2 -> new H2ComputedCode(reader.analyzer, routines).read(computed);
            // No expression of a table may call a routine there, or none that the database keeps.
            case POSTGRESQL, MYSQL, MARIADB, SQLITE, ANSI, ORACLE, SQLSERVER -> UserCode.of(routines);
        };
    }

    /** A reader that is asked for one thing after the other. */
    static UserCodeReader of(Statement statement, Dialect dialect) {
        return new UserCodeReader(statement, dialect);
    }

    /** The query for all routines. */
    String routinesQuery() {
        return dialect == Dialect.H2 ? H2Query.fresh(queries.routines()) : queries.routines();
    }

    /** All routines, told by that query. */
    List<Routine> routines(CatalogRows catalog) throws SQLException {
        List<Routine> routines = new ArrayList<>();
        try (ResultSet rows = catalog.of(routinesQuery())) {
            while (rows.next()) {
                routines.add(routine(rows, dialect));
            }
        }
        return routines;
    }

    /** The functions of a PostgreSQL server that are not harmless. */
    ServerFunctions serverFunctions() throws SQLException {
        return ServerFunctions.of(statement, queries, analyzer);
    }

    /** The routine in a row of {@link CodeQueries#routines}. */
    static Routine routine(ResultSet rows, Dialect dialect) throws SQLException {
        RoutineSettings settings = RoutineSettings.of(text(rows, 7), dialect);
        String kinds = text(rows, 8);
        // On MySQL and MariaDB code always runs in its own database.
        List<String> searched =
                dialect.isOfMySqlFamily() ? List.of(TableName.fold(text(rows, 1))) : settings.searched();
        return new Routine(
                rows.getLong(5),
                new RoutineCall(text(rows, 1), text(rows, 2)),
                text(rows, 4),
                text(rows, 3),
                !text(rows, 6).isEmpty(),
                searched,
                settings.areHarmless(),
                kinds.contains("r"),
                kinds.contains("t"),
                kinds.contains("n"));
    }

    /** PostgreSQL's routines, where nothing runs one that nobody calls. */
    UserCode unused(List<Routine> routines, ServerFunctions functions) {
        return new UserCode(
                routines,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Optional.of(functions.names()),
                List.of());
    }

    /** PostgreSQL's routines, with what runs them. */
    UserCode uses(List<Routine> routines, ServerFunctions functions) throws SQLException {
        Map<Long, List<ImplicitCode>> parts = new HashMap<>();
        Map<TableName, List<ImplicitCode>> tables = new HashMap<>();
        Map<String, List<ImplicitCode>> operators = new HashMap<>();
        Map<String, List<ImplicitCode>> types = new HashMap<>();
        List<ImplicitCode> casts = new ArrayList<>();
        List<ImplicitCode> definitions = new ArrayList<>();
        Optional<Set<String>> ofServer = Optional.of(functions.names());
        try (ResultSet rows = statement.executeQuery(functions.usesBy(queries))) {
            while (rows.next()) {
                String name = text(rows, 3);
                long routine = rows.getLong(5);
                switch (text(rows, 1)) {
                    case "a" -> add(parts, Long.parseLong(name), code(rows, routine));
                    case "t" -> add(tables, TableName.of(text(rows, 2), name), code(rows, routine));
                    case "o" -> add(operators, name, code(rows, routine));
                    case "y" -> add(types, TableName.fold(name), code(rows, routine));
                    case "c" -> casts.add(code(rows, routine));
                    default -> definitions.add(code(rows, routine));
                }
            }
        }
        return new UserCode(routines, parts, tables, operators, types, casts, definitions, ofServer, List.of());
    }

    private static ImplicitCode code(ResultSet rows, long routine) throws SQLException {
        String label = text(rows, 4);
        String ofServer = text(rows, 6);
        return new ImplicitCode(
                label,
                label.startsWith("default") ? ADDING : ANY,
                ofServer.isEmpty() ? Set.of(routine) : Set.of(),
                ofServer.isEmpty() ? Set.of() : Set.of(new RoutineCall("pg_catalog", ofServer)));
    }

    private static <K, V> void add(Map<K, List<V>> lists, K key, V value) {
        lists.computeIfAbsent(key, first -> new ArrayList<>(1)).add(value);
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }
}
