package io.tierguard.measure;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Denial;
import io.tierguard.sql.Dialect;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** One session of the regression tests: each statement goes through the guard, and past it where it was denied. */
final class RegressionSession {

    private static final Pattern COPY_HERE =
            Pattern.compile("(?is)^(\\s|--[^\\n]*\\n)*copy\\b.*\\b(from\\s+stdin|to\\s+stdout)\\b.*");
    private static final Pattern DATE_STYLE = Pattern.compile("(?is)^\\s*(set|reset)\\s+((session|local)\\s+)?datestyle\\b.*");

    private final RegressionDatabase server;
    private final Tally tally;
    private final List<String> validStatements;
    private String database = "regression";
    private String user = "postgres";
    private Connection guarded;
    private PgConnection bare;

    RegressionSession(RegressionDatabase server, Tally tally, List<String> validStatements) throws SQLException {
        this.server = server;
        this.tally = tally;
        this.validStatements = validStatements;
        connect();
    }

    /** A further session in place of this one; {@code -} keeps what was. */
    void reconnect(List<String> arguments) throws SQLException {
        if (!arguments.isEmpty() && !arguments.get(0).equals("-")) {
            database = arguments.get(0);
        }
        if (arguments.size() > 1 && !arguments.get(1).equals("-")) {
            user = arguments.get(1);
        }
        guarded.close();
        try {
            connect();
        } catch (SQLException notThere) {
            database = "regression";
            user = "postgres";
            connect();
        }
    }

    private void connect() throws SQLException {
        guarded = server.connect(database, user);
        bare = guarded.unwrap(PgConnection.class);
    }

    void close() throws SQLException {
        guarded.close();
    }

    boolean backslashEscapes() throws SQLException {
        return !bare.getStandardConformingStrings();
    }

    static boolean readsData(String sql) {
        return COPY_HERE.matcher(sql).matches() && sql.toLowerCase(Locale.ROOT).contains("stdin");
    }

    /** Runs a statement and gives the rows of its last result, each with the names of its columns first. */
    List<List<String>> run(String place, String sql, String data) throws SQLException {
        Reading reading = Reading.of(Dialect.POSTGRESQL, backslashEscapes(), sql);
        List<List<String>> rows = List.of();
        try {
            try {
                rows = execute(guarded, sql, data);
                tally.passed(place, sql, reading);
                validStatements.add(sql);
            } catch (DenialException denied) {
                rows = execute(bare, sql, data);
                validStatements.add(sql);
                Denial first = denied.denials().get(0);
                String message = reading.problem().isEmpty()
                        ? first.sentence()
                        : reading.operation() + ": " + reading.problem();
                tally.denied(place, sql, first.reason().toString(), message);
            }
        } catch (SQLException | IOException notValid) {
            tally.invalid();
            if (guarded.isClosed() || bare.isClosed()) {
                reconnect(List.of());
            }
        }
        return rows;
    }

    private List<List<String>> execute(Connection connection, String sql, String data) throws SQLException, IOException {
        boolean copies = COPY_HERE.matcher(sql).matches();
        if (copies || DATE_STYLE.matcher(sql).matches()) {
            connection.prepareStatement(sql).close();
            if (copies) {
                copy(sql, data);
            }
            return List.of();
        }
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(60);
            List<List<String>> rows = List.of();
            boolean isResult = statement.execute(sql);
            while (isResult || statement.getUpdateCount() >= 0) {
                if (isResult) {
                    try (ResultSet result = statement.getResultSet()) {
                        rows = rows(result);
                    }
                }
                isResult = statement.getMoreResults();
            }
            return rows;
        }
    }

    private void copy(String sql, String data) throws SQLException, IOException {
        if (sql.indexOf(';') >= 0) {
            throw new SQLException("a COPY among other statements is more than the driver's CopyManager can do");
        }
        PGConnection connection = bare;
        if (readsData(sql)) {
            connection.getCopyAPI().copyIn(sql, new StringReader(data));
        } else {
            connection.getCopyAPI().copyOut(sql, Writer.nullWriter());
        }
    }

    private static List<List<String>> rows(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<List<String>> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnLabel(column));
        }
        rows.add(names);
        while (result.next() && rows.size() < 10_000) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= names.size(); column++) {
                String value = result.getString(column);
                row.add(value == null ? "" : value);
            }
            rows.add(row);
        }
        return rows;
    }
}
