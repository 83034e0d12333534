package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SqlAnalyzer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The functions of a PostgreSQL server that are not harmless where an expression that the catalog keeps calls one; known for as long as the
 * server runs, because looking through all that it has takes longer than the rest of a reading.
 *
 * @param values ids and names as rows of a query
 * @param ids the ids, as the text of an array
 * @param names their names, folded
 */
record ServerFunctions(String values, String ids, Set<String> names) {
    /** More servers than this in one process only cost that a list is read again. */
    private static final int MOST_SERVERS = 64;

    private static final String OF_SERVER = "pg_catalog";

    private static final Map<String, ServerFunctions> KNOWN = new ConcurrentHashMap<>();

    /** The same as long as the server runs; no two servers that one process reaches by the same address answer alike. */
    private static final String SERVER = """
            SELECT pg_catalog.concat_ws(' ', pg_catalog.pg_postmaster_start_time(), pg_catalog.inet_server_addr(),
              pg_catalog.inet_server_port(), pg_catalog.version())""";

    static ServerFunctions of(Statement statement, CodeQueries queries, SqlAnalyzer analyzer) throws SQLException {
        String server;
        try (ResultSet row = statement.executeQuery(SERVER)) {
            server = row.next() ? String.valueOf(row.getString(1)) : "";
        }
        ServerFunctions known = KNOWN.get(server);
        if (known != null) {
            return known;
        }
        ServerFunctions read = read(statement, queries, analyzer);
        if (KNOWN.size() >= MOST_SERVERS) {
            KNOWN.clear();
        }
        KNOWN.put(server, read);
        return read;
    }

    private static ServerFunctions read(Statement statement, CodeQueries queries, SqlAnalyzer analyzer)
            throws SQLException {
        StringBuilder values = new StringBuilder("VALUES (NULL::pg_catalog.oid, NULL::pg_catalog.name)");
        StringBuilder ids = new StringBuilder();
        Set<String> names = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(queries.functions())) {
            while (rows.next()) {
                if (analyzer.isHarmless(new RoutineCall(OF_SERVER, rows.getString(2)))) {
                    continue;
                }
                names.add(TableName.fold(rows.getString(2)));
                long id = rows.getLong(1);
                values.append(", (")
                        .append(id)
                        .append(", '")
                        .append(rows.getString(2).replace("'", "''"))
                        .append("')");
                ids.append(ids.isEmpty() ? "" : ",").append(id);
            }
        }
        return new ServerFunctions(values.toString(), "{" + ids + "}", names);
    }

    /** The query for whether an expression calls one, or there is other code that something runs. */
    String anyUsesOf(CodeQueries queries) {
        return withFunctions(queries.anyUses());
    }

    /** What that query tells. */
    boolean areAnyUsed(CatalogRows catalog, CodeQueries queries) throws SQLException {
        try (ResultSet row = catalog.of(anyUsesOf(queries))) {
            return !row.next() || row.getBoolean(1);
        }
    }

    /** The query for what runs which code. */
    String usesBy(CodeQueries queries) {
        return withFunctions(queries.uses());
    }

    private String withFunctions(String query) {
        return query.replace(CodeQueries.FUNCTIONS, values).replace(CodeQueries.IDS, ids);
    }
}
