package io.tierguard.schema;

import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SqlAnalyzer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks MySQL and MariaDB how code was written that their catalog tells in another way: {@code SHOW CREATE} gives it letter by letter.
 *
 * <p>It is asked of such code alone in which something could be hidden by that, and not of a great deal. Used by one thread.
 */
final class MySqlWrittenCode {
    /** How a trigger is called among the routines. */
    private static final String TRIGGER = "body of trigger ";

    /** More pieces of code than this are not asked for. */
    private static final int MOST = 100;

    /** By the words of the statement, the column in which the server tells the definition. */
    private static final Map<String, Integer> COLUMNS = Map.of("PROCEDURE", 3, "FUNCTION", 3, "TRIGGER", 3, "EVENT", 4);

    private final Statement statement;
    private final SqlAnalyzer analyzer;
    private int asked;

    private MySqlWrittenCode(Statement statement, Dialect dialect) {
        this.statement = statement;
        this.analyzer = new SqlAnalyzer(LexicalModes.defaultsOf(dialect));
    }

    /** The same code, as it was written where that is asked for and told. */
    static UserCode completed(Statement statement, Dialect dialect, UserCode code) {
        MySqlWrittenCode written = new MySqlWrittenCode(statement, dialect);
        return code.with(written.completed(code.routines()), written.completed(code.events()));
    }

    private List<Routine> completed(List<Routine> routines) {
        List<Routine> completed = new ArrayList<>();
        for (Routine routine : routines) {
            boolean isInDoubt = routine.isSettled()
                    && routine.language().equals("mysql")
                    && (routine.body().indexOf('\'') >= 0 || routine.body().indexOf('"') >= 0)
                    && !analyzer.isKeptAsWritten(routine.body());
            completed.add(isInDoubt && asked < MOST ? ask(routine) : routine);
        }
        return completed;
    }

    private Routine ask(Routine routine) {
        asked++;
        String name = routine.name().name();
        List<String> kinds = name.startsWith(TRIGGER)
                ? List.of("TRIGGER")
                : name.startsWith(ScheduledCode.PREFIX) ? List.of("EVENT") : List.of("PROCEDURE", "FUNCTION");
        String plain = name.startsWith(TRIGGER)
                ? name.substring(TRIGGER.length())
                : name.startsWith(ScheduledCode.PREFIX) ? name.substring(ScheduledCode.PREFIX.length()) : name;
        for (String kind : kinds) {
            // A procedure of the name of a function has another body, which no RETURN ends.
            Optional<String> written = definition(kind, routine.name().schema(), plain)
                    .flatMap(definition -> analyzer.bodyWritten(definition, routine.body()));
            if (written.isPresent()) {
                return routine.written(written.get());
            }
        }
        return routine;
    }

    /** What the server tells; nothing of what is not there by its folded name, or not shown. */
    private Optional<String> definition(String kind, String schema, String name) {
        String query = "SHOW CREATE " + kind + " " + quoted(schema) + "." + quoted(name);
        try (ResultSet rows = statement.executeQuery(query)) {
            @Nullable String told = rows.next() ? rows.getString(COLUMNS.getOrDefault(kind, 3)) : null;
            return Optional.ofNullable(told);
        } catch (SQLException notTold) {
            return Optional.empty();
        }
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
