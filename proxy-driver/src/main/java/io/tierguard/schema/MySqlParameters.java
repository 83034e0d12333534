package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.RoutineCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks MySQL and MariaDB for the parameters of routines, where a name in a body may mean one or a column: in an upsert alone. What
 * code of a trigger or an event is given has no name but {@code NEW} and {@code OLD}.
 */
final class MySqlParameters {
    private static final String UPSERT = "duplicate";

    private static final RoutineParameters OF_ROW = new RoutineParameters(true, Set.of("new", "old"));

    /** Routines with parameters and a body of their own; what else there is holds several. */
    private static final Set<String> KINDS = Set.of("PROCEDURE", "FUNCTION");

    private static final String QUERY =
            "SELECT ROUTINE_SCHEMA, ROUTINE_NAME, ROUTINE_TYPE, NULL FROM INFORMATION_SCHEMA.ROUTINES WHERE ROUTINE_SCHEMA"
                    + MySqlCatalog.NOT_OF_SERVER
                    + " UNION ALL SELECT SPECIFIC_SCHEMA, SPECIFIC_NAME, ROUTINE_TYPE, PARAMETER_NAME"
                    + " FROM INFORMATION_SCHEMA.PARAMETERS WHERE SPECIFIC_SCHEMA"
                    + MySqlCatalog.NOT_OF_SERVER;

    private final Map<RoutineCall, Set<String>> names = new HashMap<>();
    private final Set<RoutineCall> others = new HashSet<>();

    private MySqlParameters() {}

    /** The same code, with the parameters of that in which they matter. */
    static UserCode noted(Statement statement, UserCode code) throws SQLException {
        boolean matter = code.routines().stream().anyMatch(MySqlParameters::matterIn)
                || code.events().stream().anyMatch(MySqlParameters::matterIn);
        if (!matter) {
            return code;
        }
        MySqlParameters parameters = new MySqlParameters();
        parameters.read(statement);
        return code.with(parameters.noted(code.routines()), parameters.noted(code.events()));
    }

    private static boolean matterIn(Routine routine) {
        return routine.code().toLowerCase(Locale.ROOT).contains(UPSERT);
    }

    private void read(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                RoutineCall routine = new RoutineCall(rows.getString(1), rows.getString(2));
                Set<String> known = names.computeIfAbsent(routine, first -> new HashSet<>(OF_ROW.names()));
                @Nullable String name = rows.getString(4);
                if (name != null) {
                    known.add(TableName.fold(name));
                }
                if (!KINDS.contains(String.valueOf(rows.getString(3)))) {
                    others.add(routine);
                }
            }
        }
    }

    private List<Routine> noted(List<Routine> routines) {
        return routines.stream()
                .map(each -> matterIn(each) ? each.given(of(each.name())) : each)
                .toList();
    }

    private RoutineParameters of(RoutineCall routine) {
        if (others.contains(routine)) {
            return RoutineParameters.UNKNOWN;
        }
        boolean isOfRow = routine.name().startsWith(MySqlWrittenCode.TRIGGER)
                || routine.name().startsWith(ScheduledCode.PREFIX);
        Set<String> known = names.get(routine);
        if (known == null) {
            return isOfRow ? OF_ROW : RoutineParameters.UNKNOWN;
        }
        return new RoutineParameters(true, known);
    }
}
