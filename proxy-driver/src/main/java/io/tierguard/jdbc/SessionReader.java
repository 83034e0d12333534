package io.tierguard.jdbc;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SessionFacts;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks a live connection, in one query, who it is and what its names and tokens mean. */
final class SessionReader {
    private static final String H2 = """
            SELECT CURRENT_CATALOG, SESSION_USER, CURRENT_SCHEMA,
                (SELECT STATE_COMMAND FROM INFORMATION_SCHEMA.SESSION_STATE WHERE STATE_KEY = 'SCHEMA_SEARCH_PATH'),
                (SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'MODE')""";

    // Every name is qualified, because the search path may put another function of that name first.
    private static final String POSTGRESQL = """
            SELECT pg_catalog.current_database(), SESSION_USER, pg_catalog.current_schemas(true),
                pg_catalog.current_setting('standard_conforming_strings')""";

    private SessionReader() {}

    /** Reads the facts; the query opens a transaction where auto-commit is off. */
    static SessionFacts read(Connection real, Dialect dialect) throws SQLException {
        try (Statement statement = real.createStatement();
                ResultSet row = statement.executeQuery(
                        switch (dialect) {
                            case H2 -> H2;
                            case POSTGRESQL -> POSTGRESQL;
                        })) {
            if (!row.next()) {
                throw new SQLNonTransientConnectionException(
                        "the database did not say who the session is", SettingsException.SQL_STATE);
            }
            return switch (dialect) {
                case H2 -> ofH2(row);
                case POSTGRESQL -> ofPostgresql(row);
            };
        }
    }

    private static SessionFacts ofH2(ResultSet row) throws SQLException {
        // H2 looks in the current schema first and then along the search path.
        LinkedHashSet<String> path = new LinkedHashSet<>();
        path.add(TableName.fold(row.getString(3)));
        path.addAll(quotedNames(row.getString(4)));
        String mode = row.getString(5);
        boolean squareBrackets = mode != null && mode.toLowerCase(Locale.ROOT).equals("mssqlserver");
        return new SessionFacts(
                row.getString(2),
                row.getString(1),
                List.copyOf(path),
                new LexicalModes(Dialect.H2, false, squareBrackets));
    }

    private static SessionFacts ofPostgresql(ResultSet row) throws SQLException {
        Array schemas = row.getArray(3);
        List<String> path = Arrays.stream((String[]) schemas.getArray())
                .map(TableName::fold)
                .toList();
        schemas.free();
        boolean backslashEscapes = !"on".equals(row.getString(4));
        return new SessionFacts(
                row.getString(2),
                row.getString(1),
                path,
                new LexicalModes(Dialect.POSTGRESQL, backslashEscapes, false));
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
