package io.tierguard.integration.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What must not change, as one text: the rows that were there and the structure of every protected table.
 *
 * <p>Rows that were added (their ids begin at 100), the one column that may change, and objects that only read are left out.
 */
final class Fingerprint {
    /** What is told of a transaction that has failed and so will change nothing. */
    static final String ABORTED = "aborted";

    /** Makes the function that tells it, so that the server plans it once. */
    static final String POSTGRES_FUNCTION = """
            CREATE SCHEMA kept;
            CREATE FUNCTION kept.fingerprint() RETURNS text LANGUAGE plpgsql SET search_path TO pg_catalog AS
            $body$ BEGIN RETURN (%s); END $body$""".formatted(resource("fingerprint-postgresql.sql"));

    private static final String EVERYTHING_IN_POSTGRES = resource("everything-postgresql.sql");
    private static final String H2_ROWS = resource("fingerprint-h2.sql");
    private static final Pattern H2_STRUCTURE = Pattern.compile(
            "(CREATE (CACHED |MEMORY )?TABLE|ALTER TABLE( IF EXISTS)?"
                    + "|CREATE.* INDEX .* ON|CREATE.*TRIGGER.* ON|COMMENT ON (TABLE|COLUMN)|GRANT .* ON) "
                    + "\"(public\"\\.\"(ledger_entry|payment|archive|invoice|receipt|rate)|vault\"\\.\"(orders|stock))\".*");

    private static final Pattern MOVED_ON = Pattern.compile(" restart with ([5-9]\\d\\d|\\d{4,})");

    private Fingerprint() {}

    /** The whole of it; ends the transaction on H2. */
    static String of(Connection connection, Engine engine) throws SQLException {
        return engine.isPostgres() ? postgres(connection) : h2Rows(connection) + h2Structure(connection);
    }

    /** As much of it as can be told inside a transaction. */
    static String inTransaction(Connection connection, Engine engine) throws SQLException {
        return engine.isPostgres() ? postgres(connection) : h2Rows(connection);
    }

    private static String postgres(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return onlyText(statement, "SELECT kept.fingerprint()");
        } catch (SQLException e) {
            return "25P02".equals(e.getSQLState()) ? ABORTED : "gone: " + e.getMessage();
        }
    }

    /** Whether PostgreSQL has given the transaction no number, as it does before anything is written. */
    static boolean hasWrittenNothing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return onlyText(statement, "SELECT pg_catalog.pg_current_xact_id_if_assigned() IS NULL")
                    .startsWith("t");
        } catch (SQLException aborted) {
            return false;
        }
    }

    private static String h2Rows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return onlyText(statement, H2_ROWS);
        } catch (SQLException e) {
            return "gone: " + e.getMessage();
        }
    }

    private static String h2Structure(Connection connection) throws SQLException {
        List<String> structure = new ArrayList<>();
        for (String line : script(connection, "SCRIPT NODATA NOPASSWORDS NOSETTINGS")) {
            // An identity that has moved on is as it was.
            String plain = MOVED_ON.matcher(line.replace('\n', ' ').toLowerCase(Locale.ROOT))
                    .replaceAll("");
            if (H2_STRUCTURE.matcher(upperWords(plain)).matches()) {
                structure.add(plain);
            }
        }
        structure.sort(null);
        return String.join("\n", structure);
    }

    private static String upperWords(String line) {
        StringBuilder upper = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            upper.append(quoted ? c : Character.toUpperCase(c));
        }
        return upper.toString();
    }

    /** Everything an H2 database holds, by which one sees whether it is still as it was made. */
    static String everythingInH2(Connection connection) throws SQLException {
        List<String> all = script(connection, "SCRIPT NOPASSWORDS NOSETTINGS");
        all.addAll(script(
                connection, "SELECT SYNONYM_NAME || ' ' || SYNONYM_FOR FROM INFORMATION_SCHEMA.SYNONYMS ORDER BY 1"));
        return String.join("\n", all);
    }

    /** The same of a PostgreSQL database: what is in it by name and number, and the rows of every table. */
    static String everythingInPostgres(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return onlyText(statement, EVERYTHING_IN_POSTGRES);
        } catch (SQLException e) {
            return "gone: " + e.getMessage();
        }
    }

    private static List<String> script(Connection connection, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String line = Objects.requireNonNull(rows.getString(1));
                if (!line.startsWith("--")) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private static String onlyText(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            StringBuilder text = new StringBuilder();
            while (row.next()) {
                text.append(row.getString(1)).append('\n');
            }
            return text.toString();
        }
    }

    static String resource(String name) {
        try (InputStream content = Objects.requireNonNull(Fingerprint.class.getResourceAsStream("/oracle/" + name))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
