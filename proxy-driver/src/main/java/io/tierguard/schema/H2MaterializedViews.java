package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The materialized views of H2, whose queries no catalog tells, but {@code SCRIPT} does: to an administrator alone, as they were
 * written, with names that mean what they meant to whoever made the view.
 */
final class H2MaterializedViews {
    private static final Logger LOG = LoggerFactory.getLogger(H2MaterializedViews.class);

    private static final String LISTED = """
            SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_CLASS = 'org.h2.table.MaterializedView'""";

    private static final String SCRIPT = "SCRIPT NODATA NOPASSWORDS NOSETTINGS";
    private static final String BEGINS = "CREATE FORCE MATERIALIZED VIEW ";
    private static final String QUERY = " AS\n";

    private final Set<TableName> names = new HashSet<>();
    private final Map<TableName, String> queries = new HashMap<>();

    private H2MaterializedViews() {}

    static H2MaterializedViews read(Statement statement) throws SQLException {
        H2MaterializedViews views = new H2MaterializedViews();
        Map<String, TableName> written = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(H2Query.fresh(LISTED))) {
            while (rows.next()) {
                TableName name = TableName.of(rows.getString(1), rows.getString(2));
                views.names.add(name);
                written.put(quoted(rows.getString(1)) + "." + quoted(rows.getString(2)), name);
            }
        }
        // It ends the transaction that it is asked in, which may be the application's.
        if (!written.isEmpty() && statement.getConnection().getAutoCommit()) {
            views.ask(statement, written);
        }
        return views;
    }

    private void ask(Statement statement, Map<String, TableName> written) {
        try (ResultSet rows = statement.executeQuery(SCRIPT)) {
            while (rows.next()) {
                note(String.valueOf(rows.getString(1)), written);
            }
        } catch (SQLException notTold) {
            LOG.debug("the database does not tell the queries of its materialized views", notTold);
        }
    }

    private void note(String definition, Map<String, TableName> written) {
        int as = definition.indexOf(QUERY);
        if (definition.startsWith(BEGINS) && as >= 0 && definition.endsWith(";")) {
            TableName name = written.get(definition.substring(BEGINS.length(), as));
            if (name != null) {
                // Of two whose names letter case alone tells apart nobody can tell which one a statement means.
                queries.merge(
                        name, definition.substring(as + QUERY.length(), definition.length() - 1), (one, other) -> "");
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The same view as what it is, and with its query where that is told. */
    View completed(View view) {
        if (!names.contains(view.name())) {
            return view;
        }
        String query = Optional.ofNullable(queries.get(view.name())).orElse("");
        return new View(View.Kind.MATERIALIZED, view.name(), view.listedBases(), query);
    }
}
