package io.tierguard.jdbc;

import io.tierguard.policy.model.TableName;
import io.tierguard.schema.CatalogRights;
import io.tierguard.schema.H2Query;
import io.tierguard.schema.OwnStatement;
import io.tierguard.schema.OwnTransaction;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SessionFacts;
import io.tierguard.sql.TemporaryNames;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a live connection, in one query, who it is and what its names and tokens mean. */
final class SessionReader {
    /** Joins several names in one column. */
    private static final String SEPARATOR = "\u001f";

    // A table that is linked to another server is temporary in the session alone, but its rows are not.
    private static final String H2_TEMPORARY = """
            (SELECT LISTAGG(TABLE_NAME, CHAR(31)) FROM INFORMATION_SCHEMA.TABLES
             WHERE TABLE_TYPE = 'LOCAL TEMPORARY' AND TABLE_CLASS LIKE 'org.h2.mvstore.%') TEMPORARY_TABLES,
            NULL TEMPORARY_VIEWS""";

    /** The transaction takes nothing more, because something in it was refused. */
    private static final String ABORTED = "25P02";

    private static final String NO_TEMPORARY = "NULL AS temporary_tables, NULL AS temporary_views";

    // Operators too: a path that names pg_catalog last finds one of a user's own first.
    private static final String POSTGRESQL_TEMPORARY = """
            (SELECT pg_catalog.string_agg(c.relname::pg_catalog.text, pg_catalog.chr(31)) FROM pg_catalog.pg_class c
             WHERE OWN AND c.relkind = ANY (ARRAY['r', 'p']::pg_catalog."char"[]) AND pg_catalog.pg_table_is_visible(c.oid)) AS temporary_tables,
            (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(pg_catalog.chr(30), c.relname,
                  CASE WHEN c.relkind = 'v'::pg_catalog."char" AND NOT c.relhastriggers AND NOT EXISTS (
                      SELECT FROM pg_catalog.pg_rewrite o WHERE o.ev_class = c.oid AND o.rulename <> '_RETURN'::pg_catalog.name)
                    THEN pg_catalog.pg_get_viewdef(c.oid) END,
                  (SELECT pg_catalog.string_agg(DISTINCT pg_catalog.concat(
                      CASE WHEN b.relnamespace = c.relnamespace THEN 'pg_temp' ELSE n.nspname::pg_catalog.text END,
                      pg_catalog.chr(28), b.relname), pg_catalog.chr(29))
                   FROM pg_catalog.pg_rewrite w
                   JOIN pg_catalog.pg_depend d
                     ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid AND d.objid = w.oid
                    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AND d.refobjid <> c.oid
                   JOIN pg_catalog.pg_class b
                     ON b.oid = d.refobjid AND b.relkind = ANY (ARRAY['r', 'p', 'v', 'm', 'f']::pg_catalog."char"[])
                   JOIN pg_catalog.pg_namespace n ON n.oid = b.relnamespace
                   WHERE w.ev_class = c.oid),
                  (SELECT 'd' FROM pg_catalog.pg_attribute f LEFT JOIN pg_catalog.pg_type t ON t.oid = f.atttypid
                   WHERE f.attrelid = c.oid AND (f.atthasdef OR t.typdefault IS NOT NULL) LIMIT 1)), pg_catalog.chr(31)) FROM pg_catalog.pg_class c
             WHERE OWN AND c.relkind = ANY (ARRAY['v', 'm', 'f']::pg_catalog."char"[])) AS temporary_views""".replace(
                    "OWN",
                    "pg_catalog.pg_my_temp_schema() <> '0'::pg_catalog.oid AND c.relnamespace = pg_catalog.pg_my_temp_schema()")
            .replace(" = ", " OPERATOR(pg_catalog.=) ")
            .replace(" <> ", " OPERATOR(pg_catalog.<>) ");

    private static final String H2 = """
            SELECT CURRENT_CATALOG, SESSION_USER, CURRENT_SCHEMA,
                (SELECT STATE_COMMAND FROM INFORMATION_SCHEMA.SESSION_STATE WHERE STATE_KEY = 'SCHEMA_SEARCH_PATH'),
                (SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'MODE'),
            """ + H2_TEMPORARY;

    // Every name is qualified, because the search path may put another function of that name first.
    private static final String POSTGRESQL_SESSION = """
            SELECT pg_catalog.current_database(), SESSION_USER, pg_catalog.current_schemas(true),
                pg_catalog.current_setting('standard_conforming_strings'),
                pg_catalog.current_setting('search_path'), CURRENT_USER,
            """;

    /** The files that are attached, in the order in which names are looked for; what is temporary comes before all. */
    private static final String SQLITE = """
            SELECT group_concat(name, char(31)) FROM (
              SELECT name FROM pragma_database_list WHERE name <> 'temp' ORDER BY seq)""";

    private static final String POSTGRESQL = POSTGRESQL_SESSION + POSTGRESQL_TEMPORARY;

    private static final Pattern TEMPORARY_FIRST = Pattern.compile("^\\s*\"?pg_temp\"?\\s*(?:,|$)");

    private SessionReader() {}

    /**
     * Reads the facts; the query opens a transaction where auto-commit is off.
     *
     * <p>Where PostgreSQL does not let its catalog be read, no name is known to be temporary.
     */
    static SessionFacts read(Connection real, Dialect dialect) throws SQLException {
        if (dialect.isReadOnRequest()) {
            return ofMetaData(real, dialect);
        }
        String query = switch (dialect) {
            case ANSI, ORACLE, SQLSERVER -> throw new IllegalArgumentException("it is asked through JDBC");
            case H2 -> H2Query.fresh(H2);
            case POSTGRESQL -> POSTGRESQL;
            case MYSQL, MARIADB -> MySqlSession.QUERY;
            case SQLITE -> SQLITE;
        };
        try {
            return read(real, dialect, query);
        } catch (SQLException refused) {
            boolean isAborted = ABORTED.equals(refused.getSQLState());
            if (dialect != Dialect.POSTGRESQL || !(isAborted || CatalogRights.areMissing(refused))) {
                throw refused;
            }
            if (!real.getAutoCommit()) {
                OwnTransaction.undo(real); // it was begun by a query of ours that was refused
            }
            return isAborted ? read(real, dialect, query) : read(real, dialect, POSTGRESQL_SESSION + NO_TEMPORARY);
        }
    }

    private static SessionFacts read(Connection real, Dialect dialect, String query) throws SQLException {
        try (Statement statement = OwnStatement.of(real);
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new SQLNonTransientConnectionException(
                        "the database did not say who the session is", SettingsException.SQL_STATE);
            }
            return switch (dialect) {
                case ANSI, ORACLE, SQLSERVER -> throw new IllegalArgumentException("it is asked through JDBC");
                case H2 -> ofH2(row);
                case POSTGRESQL -> ofPostgresql(row);
                case MYSQL, MARIADB -> MySqlSession.facts(row, dialect);
                case SQLITE -> ofSqlite(row);
            };
        }
    }

    /** Where a database that nobody knows looks for an unqualified name is not known, so it could be in any schema. */
    private static SessionFacts ofMetaData(Connection real, Dialect dialect) throws SQLException {
        String user = real.getMetaData().getUserName();
        String catalog = real.getCatalog();
        return new SessionFacts(
                user == null ? "" : user, catalog == null ? "" : catalog, List.of(), LexicalModes.defaultsOf(dialect));
    }

    /** Reads what is temporary in the session, inside a transaction of its own too. */
    static TemporaryNames readTemporary(Connection real, Dialect dialect) throws SQLException {
        String query = switch (dialect) {
            case H2 -> H2Query.fresh(H2_TEMPORARY);
            case POSTGRESQL -> POSTGRESQL_TEMPORARY;
            // MySQL lists them in its newest versions alone; with SQLite they are part of the connection's own schema.
            case MYSQL, MARIADB, SQLITE, ANSI, ORACLE, SQLSERVER -> "";
        };
        if (query.isEmpty()) {
            return TemporaryNames.NONE;
        }
        try (Statement statement = OwnStatement.of(real);
                ResultSet row = statement.executeQuery("SELECT " + query)) {
            return row.next() ? temporary(row) : TemporaryNames.NONE;
        }
    }

    private static SessionFacts ofSqlite(ResultSet row) throws SQLException {
        List<String> path = new ArrayList<>(List.of("temp"));
        for (String database : String.valueOf(row.getString(1)).split(SEPARATOR, -1)) {
            path.add(TableName.fold(database));
        }
        return new SessionFacts("", "main", path, LexicalModes.defaultsOf(Dialect.SQLITE));
    }

    private static TemporaryNames temporary(ResultSet row) throws SQLException {
        return TemporaryViews.with(joinedNames(row.getString("temporary_tables")), row.getString("temporary_views"));
    }

    private static Set<String> joinedNames(@Nullable String joined) {
        Set<String> names = new HashSet<>();
        for (String name : joined == null ? new String[0] : joined.split(SEPARATOR, -1)) {
            names.add(TableName.fold(name));
        }
        return names;
    }

    private static SessionFacts ofH2(ResultSet row) throws SQLException {
        // H2 looks in the current schema first and then along the search path.
        LinkedHashSet<String> path = new LinkedHashSet<>();
        path.add(TableName.fold(row.getString(3)));
        path.addAll(quotedNames(row.getString(4)));
        String mode = row.getString(5);
        boolean squareBrackets = mode != null && mode.toLowerCase(Locale.ROOT).equals("mssqlserver");
        // In the mode in which a text without letters is none, a user may have no name.
        String user = row.getString(2);
        return new SessionFacts(
                user == null ? "" : user,
                row.getString(1),
                List.copyOf(path),
                new LexicalModes(Dialect.H2, false, squareBrackets),
                temporary(row));
    }

    private static SessionFacts ofPostgresql(ResultSet row) throws SQLException {
        Array schemas = row.getArray(3);
        LinkedHashSet<String> path = new LinkedHashSet<>();
        for (String schema : (String[]) schemas.getArray()) {
            path.add(TableName.fold(schema));
        }
        schemas.free();
        // What this user may not search now, or is not there yet, another one may, or later.
        path.addAll(names(row.getString(5)));
        if (TEMPORARY_FIRST.matcher(row.getString(5)).find()) {
            path.remove("pg_temp"); // as it is where no path names it
        }
        if (row.getString(5).contains("$user")) {
            path.add(TableName.fold(row.getString(6)));
        }
        boolean backslashEscapes = !"on".equals(row.getString(4));
        return new SessionFacts(
                row.getString(2),
                row.getString(1),
                List.copyOf(path),
                new LexicalModes(Dialect.POSTGRESQL, backslashEscapes, false),
                temporary(row));
    }

    /** The schemas of a search path as PostgreSQL writes it, folded, but for the one that is the user's. */
    static List<String> names(String path) {
        List<String> names = new ArrayList<>(quotedNames(path));
        StringBuilder plain = new StringBuilder();
        boolean isQuoted = false;
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            isQuoted ^= c == '"';
            plain.append(isQuoted || c == '"' ? ' ' : c);
        }
        for (String name : plain.toString().split(",", -1)) {
            names.add(TableName.fold(name.strip()));
        }
        names.removeIf(name -> name.isEmpty() || name.equals("$user"));
        return names;
    }

    /** The quoted identifiers of a {@code SET SCHEMA_SEARCH_PATH} as H2 writes it, folded. */
    static List<String> quotedNames(@Nullable String command) {
        List<String> names = new ArrayList<>();
        if (command == null) {
            return names;
        }
        int open = command.indexOf('"');
        while (open >= 0) {
            StringBuilder name = new StringBuilder();
            int at = open + 1;
            while (at < command.length()) {
                if (command.charAt(at) == '"') {
                    if (at + 1 == command.length() || command.charAt(at + 1) != '"') {
                        break;
                    }
                    at++;
                }
                name.append(command.charAt(at++));
            }
            names.add(TableName.fold(name.toString()));
            open = command.indexOf('"', at + 1);
        }
        return names;
    }
}
