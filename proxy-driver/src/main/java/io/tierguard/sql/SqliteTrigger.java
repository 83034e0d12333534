package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A trigger of SQLite, as the statement that makes it tells.
 *
 * @param table the table or view that it watches, as it is named there
 * @param verbs the changes that it runs on
 * @param columns the columns of which an update must set one, folded; none where any will do
 * @param body the statements that it runs, its condition as a query before them
 */
public record SqliteTrigger(TableName table, Set<Verb> verbs, Set<String> columns, String body) {

    public SqliteTrigger {
        verbs = Set.copyOf(verbs);
        columns = Set.copyOf(columns);
    }

    /** The trigger that a CREATE TRIGGER makes; empty where the statement cannot be read. */
    public static Optional<SqliteTrigger> madeBy(String statement) {
        try {
            List<Token> tokens = new SqliteTokenizer(statement).tokenize();
            SqliteTriggers trigger = new SqliteTriggers(new SqliteCursor(tokens));
            trigger.definition();
            return Optional.of(new SqliteTrigger(
                    trigger.table(), Set.of(trigger.verb()), trigger.columns(), trigger.body(statement)));
        } catch (UnreadableTextException notRead) {
            return Optional.empty();
        }
    }
}
