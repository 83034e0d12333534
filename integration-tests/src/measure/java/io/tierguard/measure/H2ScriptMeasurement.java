package io.tierguard.measure;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardDriver;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * Measures how many valid statements of H2's own test scripts are denied although the policy allows everything.
 *
 * <p>Each script has a database in memory of its own. Where a statement is denied, the bare connection runs it, which says
 * whether it is valid and keeps what the script goes on with.
 */
public final class H2ScriptMeasurement {

    private static final String POLICY = """
            policy measure {
              schema path public
            }

            tier all is mutable {
              why "nothing here needs protection"
            }

            table * is all

            component script {
              why "runs whatever a script holds"
              connects as "SA"
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier all
            }

            trust script {
              why "runs whatever a script holds"
              owner "measure@tierguard.example"
              unwrap
              define
              administer
              until 2126-01-01T00:00Z
            }

            waiver code {
              why "H2's code is Java, which nobody reads"
              ticket "MEASURE-1"
              owner "measure@tierguard.example"
              from 2026-01-01T00:00Z
              until 2126-01-01T00:00Z
              grant define to script
            }
            """;

    /** A routine that a script defines: what it writes the policy has to say. */
    private static final Pattern ROUTINE = Pattern.compile(
            "CREATE\\s+(?:FORCE\\s+)?(?:ALIAS|AGGREGATE)\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:(\\w+)\\.)?(\\w+)",
            Pattern.CASE_INSENSITIVE);

    /** What differs between denials of one kind. */
    private static final Pattern PLACE = Pattern.compile("at line \\d+, column \\d+|\\[audit [^]]*]");

    private final Tally tally = new Tally();
    private final Properties settings = new Properties();
    private String database = "";
    private @Nullable Connection openGuarded;
    private @Nullable Connection openBare;

    private H2ScriptMeasurement(Path folder, List<H2Script> scripts) throws IOException {
        Path policy = folder.resolve("measure.tierguard");
        Files.writeString(policy, POLICY + facts(scripts));
        settings.setProperty("user", "sa");
        settings.setProperty("password", "");
        settings.setProperty("tierguard.policy", policy.toString());
        settings.setProperty("tierguard.component", "script");
        settings.setProperty("tierguard.audit", folder.resolve("audit.jsonl").toString());
    }

    /** Takes the folder with the scripts. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("tierguard-measure");
        List<H2Script> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".sql")).sorted().toList()) {
                scripts.add(H2Script.read(file));
            }
        }
        H2ScriptMeasurement measurement = new H2ScriptMeasurement(folder, scripts);
        for (H2Script script : scripts) {
            measurement.run(script);
        }
        measurement.tally.print(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    /** What a policy says of the routines that the scripts define. */
    private static String facts(List<H2Script> scripts) {
        Set<String> names = new TreeSet<>();
        for (H2Script script : scripts) {
            for (String statement : script.statements()) {
                Matcher routine = ROUTINE.matcher(statement);
                while (routine.find()) {
                    String schema = routine.group(1) == null ? "" : routine.group(1) + ".";
                    names.add((schema + routine.group(2)).toLowerCase(Locale.ROOT));
                }
            }
        }
        StringBuilder facts = new StringBuilder();
        names.forEach(name -> facts.append("\nroutine ").append(name).append(" is harmless\n"));
        return facts.toString();
    }

    private void run(H2Script script) throws SQLException {
        database = "jdbc:h2:mem:script" + System.nanoTime();
        try (Connection keeper = DriverManager.getConnection(database, "sa", "")) {
            open();
            for (String statement : script.statements()) {
                if (statement.equals(H2Script.RECONNECT)) {
                    guarded().close();
                    open();
                } else {
                    run(script.file(), statement);
                }
            }
            guarded().close();
        }
    }

    private void open() throws SQLException {
        openGuarded = new TierguardDriver().connect("jdbc:tierguard:" + database.substring("jdbc:".length()), settings);
        openBare = guarded().unwrap(JdbcConnection.class);
    }

    private Connection guarded() {
        return Objects.requireNonNull(openGuarded, "no script runs");
    }

    private Connection bare() {
        return Objects.requireNonNull(openBare, "no script runs");
    }

    private void run(Path script, String sql) throws SQLException {
        String place = script.getFileName().toString();
        Reading reading = Reading.of(new LexicalModes(Dialect.H2, false, hasSquareBrackets()), sql);
        try (Statement statement = guarded().createStatement()) {
            statement.execute(sql);
            tally.passed(place, sql, reading);
        } catch (DenialException denial) {
            runBare(place, sql, denial);
        } catch (SQLException | RuntimeException invalid) {
            tally.invalid();
        }
        if (guarded().isClosed() || bare().isClosed()) {
            open();
        }
    }

    private void runBare(String place, String sql, DenialException denial) throws SQLException {
        try (Statement statement = bare().createStatement()) {
            statement.execute(sql);
            String message = String.valueOf(denial.getMessage());
            tally.denied(place, sql, denial.reason().code(), PLACE.matcher(message).replaceAll("…"));
        } catch (SQLException invalid) {
            tally.invalid();
        }
    }

    private boolean hasSquareBrackets() throws SQLException {
        try (Statement statement = bare().createStatement();
                ResultSet mode = statement.executeQuery(
                        "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'MODE'")) {
            return mode.next() && "MSSQLServer".equalsIgnoreCase(mode.getString(1));
        }
    }
}
