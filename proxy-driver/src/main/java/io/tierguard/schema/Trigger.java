package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Set;

/**
 * Code that the database runs by itself when a table's rows change: a trigger or a rule.
 *
 * @param kind the word for it in a sentence
 * @param name its name
 * @param table the table that it watches
 * @param verbs the changes that it runs on
 * @param effects an upper bound of what its code does, as the code names its tables
 * @param isReadable whether the code could be read, so that {@code effects} is a bound at all
 */
public record Trigger(
        String kind, String name, TableName table, Set<Verb> verbs, List<Effect> effects, boolean isReadable) {

    public Trigger {
        verbs = Set.copyOf(verbs);
        effects = List.copyOf(effects);
    }

    /** The trigger in a sentence. */
    @Override
    public String toString() {
        return kind + " " + name + " of " + table;
    }
}
