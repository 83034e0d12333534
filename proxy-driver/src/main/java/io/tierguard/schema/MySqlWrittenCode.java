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
    static final String TRIGGER = "body of trigger ";

    /** More pieces of code than this are not asked for, of those in doubt and of those that may be parts alike. */
    private static final int MOST = 100;

    /** By the words of the statement, the column in which the server tells the definition. */
    private static final Map<String, Integer> COLUMNS = Map.of("PROCEDURE", 3, "FUNCTION", 3, "TRIGGER", 3, "EVENT", 4);

    private final Statement statement;
    private final SqlAnalyzer analyzer;
    private int asked;
    private int askedOfParts;

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
            boolean hasStrings = routine.isSettled()
                    && routine.language().equals("mysql")
                    && (routine.body().indexOf('\'') >= 0 || routine.body().indexOf('"') >= 0);
            if (hasStrings && !analyzer.isKeptAsWritten(routine.body()) && asked < MOST) {
                asked++;
                completed.add(ask(routine));
            } else if (hasStrings && mayBeCutOff(routine) && askedOfParts < MOST) {
                askedOfParts++;
                completed.add(ask(routine));
            } else {
                completed.add(routine);
            }
        }
        return completed;
    }

    /** The code of triggers is told with whatever its strings hold. */
    private boolean mayBeCutOff(Routine routine) {
        return !routine.name().name().startsWith(TRIGGER)
                && analyzer.isKeptAsWritten(routine.body())
                && analyzer.mayBeCutOff(routine.body());
    }

    private Routine ask(Routine routine) {
        String name = routine.name().name();
        String plain = name.startsWith(TRIGGER)
                ? name.substring(TRIGGER.length())
                : name.startsWith(ScheduledCode.PREFIX) ? name.substring(ScheduledCode.PREFIX.length()) : name;
        boolean isCutOff = false;
        for (String kind : kindsOf(routine)) {
            // A procedure of the name of a function has another body, which no RETURN ends.
            Optional<String> definition = definition(kind, routine.name().schema(), plain);
            Optional<String> written = definition.flatMap(told -> analyzer.bodyWritten(told, routine.body()));
            if (written.isPresent()) {
                return routine.written(written.get());
            }
            isCutOff |= definition.isPresent() && !analyzer.isWhole(definition.get());
        }
        return isCutOff ? routine.in("a text of which the catalog tells a part") : routine;
    }

    private static List<String> kindsOf(Routine routine) {
        String name = routine.name().name();
        if (name.startsWith(TRIGGER)) {
            return List.of("TRIGGER");
        }
        if (name.startsWith(ScheduledCode.PREFIX)) {
            return List.of("EVENT");
        }
        boolean returns = routine.body().regionMatches(true, 0, "return", 0, "return".length());
        return returns ? List.of("FUNCTION") : List.of("PROCEDURE", "FUNCTION");
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
