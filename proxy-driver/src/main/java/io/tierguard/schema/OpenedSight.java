package io.tierguard.schema;

import io.tierguard.sql.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sets aside, while the catalog is read, what a session of MySQL or MariaDB has set that would cut its rows off, leave
 * tables out, write its names with question marks or refuse its queries.
 */
final class OpenedSight implements AutoCloseable {

    /** A variable of the session, the value with which it keeps nothing back, and others that do not either. */
    private record Variable(String name, String open, List<String> alike) {
        boolean isOpen(String value) {
            return value.equals(open) || alike.contains(value);
        }
    }

    private static final Variable ROWS = new Variable("sql_select_limit", "18446744073709551615", List.of());
    private static final Variable LARGE = new Variable("sql_big_selects", "1", List.of());
    private static final Variable NAMES =
            new Variable("character_set_results", "utf8mb4", List.of("NULL", "binary", "utf8", "utf8mb3"));

    /** A table whose lock is not had in time is left out. */
    private static final Variable LOCKS = new Variable("lock_wait_timeout", "31536000", List.of("86400"));

    private static final List<Variable> OF_MYSQL =
            List.of(ROWS, LARGE, NAMES, LOCKS, new Variable("max_execution_time", "0", List.of()));
    private static final List<Variable> OF_MARIADB =
            List.of(ROWS, LARGE, NAMES, LOCKS, new Variable("max_statement_time", "0", List.of("0.000000")));

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.]+");

    private final Statement statement;
    private final String restoring;

    private OpenedSight(Statement statement, String restoring) {
        this.statement = statement;
        this.restoring = restoring;
    }

    /** Opens the sight of a session, if it is not open; it is as before once this is closed. */
    static OpenedSight of(Statement statement, Dialect dialect) throws SQLException {
        List<Variable> variables = switch (dialect) {
            case MYSQL -> OF_MYSQL;
            case MARIADB -> OF_MARIADB;
            case H2, POSTGRESQL, SQLITE, ANSI, ORACLE, SQLSERVER -> List.of();
        };
        if (variables.isEmpty()) {
            return new OpenedSight(statement, "");
        }
        List<String> values = values(statement, variables);
        List<String> opening = new ArrayList<>();
        List<String> restoring = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            Variable variable = variables.get(i);
            if (!variable.isOpen(values.get(i))) {
                opening.add(variable.name() + " = " + variable.open());
                restoring.add(variable.name() + " = " + values.get(i));
            }
        }
        if (opening.isEmpty()) {
            return new OpenedSight(statement, "");
        }
        statement.execute("SET " + String.join(", ", opening));
        return new OpenedSight(statement, "SET " + String.join(", ", restoring));
    }

    private static List<String> values(Statement statement, List<Variable> variables) throws SQLException {
        String asked = String.join(
                ", ", variables.stream().map(variable -> "@@" + variable.name()).toList());
        List<String> values = new ArrayList<>();
        // What is written goes before the limit that the session has.
        try (ResultSet row = statement.executeQuery("SELECT " + asked + " LIMIT 1")) {
            boolean isTold = row.next();
            for (int i = 1; i <= variables.size(); i++) {
                values.add(plain(isTold ? row.getString(i) : ""));
            }
        }
        return values;
    }

    private static String plain(@Nullable String value) throws SQLException {
        String plain = value == null ? "NULL" : value.strip();
        if (!PLAIN.matcher(plain).matches()) {
            throw new SQLException(
                    "the session does not tell how it sends names; connect with utf8mb4 as the character set of results");
        }
        return plain;
    }

    @Override
    public void close() throws SQLException {
        if (!restoring.isEmpty()) {
            statement.execute(restoring);
        }
    }
}
