package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.RoutineCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the events of MySQL and MariaDB that the session's user is shown, those among them that are switched off. */
final class MySqlEvents {
    private static final String QUERY = "SELECT EVENT_SCHEMA, EVENT_NAME, EVENT_DEFINITION, "
            + MySqlCatalog.ID.formatted("'event', EVENT_SCHEMA, EVENT_NAME")
            + ", " + MySqlCatalog.OTHER_MODE + " FROM INFORMATION_SCHEMA.EVENTS";

    /** What the server says that has started without its events, or whose table of them is not there or of another version. */
    private static final Set<Integer> WITHOUT_EVENTS = Set.of(1146, 1545, 1547, 1548, 1558, 1577);

    private MySqlEvents() {}

    /** Each as a routine that no statement can call and of which no policy speaks; none where the server can run none. */
    static List<Routine> read(Statement statement) throws SQLException {
        List<Routine> events = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                String schema = text(rows.getString(1));
                events.add(new Routine(
                        rows.getLong(4),
                        new RoutineCall(schema, ScheduledCode.PREFIX + text(rows.getString(2))),
                        "mysql",
                        text(rows.getString(3)),
                        false,
                        List.of(TableName.fold(schema)),
                        RoutineSettings.of(text(rows.getString(5)), Dialect.MYSQL)
                                .areHarmless(),
                        false,
                        false,
                        false));
            }
        } catch (SQLException unread) {
            if (!WITHOUT_EVENTS.contains(unread.getErrorCode())) {
                throw unread;
            }
        }
        return events;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
