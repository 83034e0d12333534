package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The triggers of a database that nobody knows, where it lists them as the standard says, or its documentation.
 *
 * <p>JDBC has no word for them. That of Derby and of HSQLDB has been run; what stands here for Oracle and SQL Server has not.
 */
final class ListedTriggers {
    private static final Logger LOG = LoggerFactory.getLogger(ListedTriggers.class);

    /** Name, event, schema and name of the table, text. */
    private static final String STANDARD = """
            SELECT TRIGGER_NAME, EVENT_MANIPULATION, EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, ACTION_STATEMENT
            FROM INFORMATION_SCHEMA.TRIGGERS""";

    private static final Map<String, String> BY_PRODUCT =
            Map.of("apache derby", """
            SELECT T.TRIGGERNAME, CASE T.EVENT WHEN 'I' THEN 'INSERT' WHEN 'U' THEN 'UPDATE' WHEN 'D' THEN 'DELETE' ELSE '' END,
                S.SCHEMANAME, B.TABLENAME, T.TRIGGERDEFINITION
            FROM SYS.SYSTRIGGERS T JOIN SYS.SYSTABLES B ON B.TABLEID = T.TABLEID
            JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = B.SCHEMAID""", "oracle", """
            SELECT TRIGGER_NAME, TRIGGERING_EVENT, TABLE_OWNER, TABLE_NAME, NULL FROM ALL_TRIGGERS
            WHERE TABLE_NAME IS NOT NULL""", "microsoft sql server", """
            SELECT T.name, E.type_desc, SCHEMA_NAME(O.schema_id), O.name, OBJECT_DEFINITION(T.object_id)
            FROM sys.triggers T JOIN sys.trigger_events E ON E.object_id = T.object_id
            JOIN sys.objects O ON O.object_id = T.parent_id""");

    /** What changes rows and may have a trigger run. */
    private static final Set<Verb> ROWS = EnumSet.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);

    /** The databases of which it was said that they list none. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private ListedTriggers() {}

    /**
     * Whether a query failed because there is nothing of that name, rather than for a moment.
     *
     * <p>SQL Server's driver has states of its own for it.
     */
    private static boolean isForGood(SQLException failure) {
        String state = text(failure.getSQLState());
        return state.isEmpty() || state.startsWith("42") || state.startsWith("S0") || state.startsWith("0A");
    }

    /** The triggers that the database lists; none where it lists them in no way that is known here. */
    static List<Trigger> read(Connection connection) throws SQLException {
        String product = TableName.fold(text(connection.getMetaData().getDatabaseProductName()));
        List<Trigger> triggers = new ArrayList<>();
        if (SAID.contains(product)) {
            return triggers; // in a transaction a query that fails may take all of it along
        }
        try (Statement statement = OwnStatement.of(connection);
                ResultSet rows = statement.executeQuery(BY_PRODUCT.getOrDefault(product, STANDARD))) {
            while (rows.next()) {
                triggers.add(new Trigger(
                        TableName.fold(text(rows.getString(1))),
                        TableName.of(text(rows.getString(3)), text(rows.getString(4))),
                        verbs(TableName.fold(text(rows.getString(2)))),
                        Set.of(),
                        0,
                        RoutineBodies.hash(text(rows.getString(5)))));
            }
        } catch (SQLException unlisted) {
            if (!isForGood(unlisted)) {
                throw unlisted;
            }
            if (SAID.add(product)) {
                LOG.warn(
                        "{} lists its triggers in no way that is known here, so they are not seen: {}",
                        product,
                        unlisted.getMessage());
            }
            return List.of();
        }
        return triggers;
    }

    /** The changes in an event; all of them where it names none. */
    private static Set<Verb> verbs(String event) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        for (Verb verb : ROWS) {
            if (event.contains(verb.word())) {
                verbs.add(verb);
            }
        }
        return verbs.isEmpty() ? ROWS : verbs;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
