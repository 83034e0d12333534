package io.tierguard.measure;

import io.tierguard.sql.Dialect;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Runs PostgreSQL's regression scripts through the guard, under a policy that allows everything, and counts what is denied.
 *
 * <p>Arguments: a folder with {@code sql}, {@code data} and {@code parallel_schedule}; then {@code keep=FILE}, to keep the
 * valid statements, {@code trust-routines}, to count no call, or {@code offline}, to read every statement, valid or not, and
 * ask no database. Given a kept file instead of a folder, it reads those statements again and asks no database either.
 */
public final class PostgreSqlRegression {

    private static final String KEPT_SEPARATOR = "\n\u0001\n";
    private static final Set<String> TRUE = Set.of("t", "true", "on", "1", "yes", "y");

    private PostgreSqlRegression() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws IOException, SQLException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path source = Path.of(arguments[0]);
        if (Files.isRegularFile(source)) {
            readAgain(source).print(out);
            return;
        }
        List<String> options = List.of(arguments).subList(1, arguments.length);
        if (options.contains("offline")) {
            readWithoutDatabase(source).print(out);
            return;
        }
        Path folder = Files.createTempDirectory("tierguard-measure");
        Path policy = PermissivePolicy.write(folder, List.of(), options.contains("trust-routines"));
        List<String> validStatements = new ArrayList<>();
        Tally tally = new Tally();
        try (RegressionDatabase database = RegressionDatabase.start(policy, folder.resolve("audit.jsonl"))) {
            for (Path script : RegressionScripts.of(source)) {
                runScript(source, script, new RegressionSession(database, tally, validStatements));
            }
        }
        for (String option : options) {
            if (option.startsWith("keep=")) {
                Files.writeString(Path.of(option.substring(5)), String.join(KEPT_SEPARATOR, validStatements));
            }
        }
        tally.print(out);
    }

    private static Tally readAgain(Path kept) throws IOException {
        Tally tally = new Tally();
        for (String sql : Files.readString(kept).split(KEPT_SEPARATOR, -1)) {
            read("", sql, tally);
        }
        return tally;
    }

    private static Tally readWithoutDatabase(Path folder) throws IOException {
        Tally tally = new Tally();
        for (Path file : RegressionScripts.of(folder)) {
            PsqlScript script = new PsqlScript(RegressionScripts.read(file), new PsqlVariables());
            for (var next = script.next(false); next.isPresent(); next = script.next(false)) {
                if (next.get() instanceof ScriptPiece.Statement statement) {
                    if (RegressionSession.readsData(statement.sql())) {
                        script.takeData();
                    }
                    read(file.getFileName().toString(), statement.sql(), tally);
                }
            }
        }
        return tally;
    }

    private static void read(String place, String sql, Tally tally) {
        Reading reading = Reading.of(Dialect.POSTGRESQL, false, sql);
        if (reading.kind() == Reading.Kind.UNREADABLE) {
            tally.denied(place, sql, "unreadable-sql", reading.operation() + ": " + reading.problem());
        } else {
            tally.passed(place, sql, reading);
        }
    }

    private static void runScript(Path folder, Path file, RegressionSession session) throws IOException, SQLException {
        System.err.println(file.getFileName());
        PsqlVariables variables = new PsqlVariables();
        PsqlScript script = new PsqlScript(RegressionScripts.read(file), variables);
        String place = file.getFileName().toString();
        List<Boolean> branches = new ArrayList<>();
        for (var next = script.next(false); next.isPresent(); next = script.next(session.backslashEscapes())) {
            boolean active = !branches.contains(false);
            if (next.get() instanceof ScriptPiece.Command command) {
                if (command.name().equals("quit") && active) {
                    break;
                }
                if (command.name().equals("copy")
                        && command.arguments().stream().anyMatch("stdin"::equalsIgnoreCase)) {
                    script.takeData();
                }
                command(folder, command, variables, branches, session);
            } else if (next.get() instanceof ScriptPiece.Statement statement && active) {
                String data = RegressionSession.readsData(statement.sql()) ? script.takeData() : "";
                if (!statement.sql().isBlank()) {
                    List<List<String>> rows = session.run(place, statement.sql(), data);
                    useRows(place, statement, rows, variables, session);
                }
            }
        }
        session.close();
    }

    private static void command(
            Path folder,
            ScriptPiece.Command command,
            PsqlVariables variables,
            List<Boolean> branches,
            RegressionSession session)
            throws SQLException {
        List<String> arguments = command.arguments();
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        int last = branches.size() - 1;
        if (last < 0 && Set.of("elif", "else", "endif").contains(command.name())) {
            return; // psql complains, and goes on
        }
        switch (command.name()) {
            case "if" -> branches.add(TRUE.contains(first.toLowerCase(Locale.ROOT)));
            case "elif" -> branches.set(last, !branches.get(last) && TRUE.contains(first));
            case "else" -> branches.set(last, !branches.get(last)); // after elif it may run a branch too many
            case "endif" -> branches.remove(last);
            case "set" -> variables.set(first, String.join("", arguments.subList(Math.min(1, arguments.size()), arguments.size())));
            case "unset" -> variables.unset(first);
            case "getenv" -> variables.set(first, environment(folder, arguments.get(1)));
            case "c", "connect" -> session.reconnect(arguments);
            default -> {
                // What psql does for itself, as \d and \pset, is no statement of the test.
            }
        }
    }

    private static String environment(Path folder, String name) {
        return switch (name) {
            case "PG_ABS_SRCDIR" -> folder.toAbsolutePath().toString();
            case "PG_ABS_BUILDDIR" -> System.getProperty("java.io.tmpdir");
            case "PG_DLSUFFIX" -> ".so";
            case "PGUSER" -> "postgres";
            default -> "";
        };
    }

    private static void useRows(
            String place,
            ScriptPiece.Statement statement,
            List<List<String>> rows,
            PsqlVariables variables,
            RegressionSession session)
            throws SQLException {
        if (statement.ending().equals("gset") && rows.size() == 2) {
            String prefix = statement.arguments().isEmpty() ? "" : statement.arguments().get(0);
            for (int i = 0; i < rows.get(0).size(); i++) {
                variables.set(prefix + rows.get(0).get(i), rows.get(1).get(i));
            }
        }
        if (statement.ending().equals("gexec") && !rows.isEmpty()) {
            for (List<String> row : rows.subList(1, rows.size())) {
                for (String sql : row) {
                    session.run(place, sql, "");
                }
            }
        }
    }
}
