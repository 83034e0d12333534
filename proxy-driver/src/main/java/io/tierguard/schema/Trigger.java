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
 * @param body the hash of its code, as a policy writes it; empty where the catalog does not tell the code
 */
public record Trigger(
        String kind,
        String name,
        TableName table,
        Set<Verb> verbs,
        List<Effect> effects,
        boolean isReadable,
        String body) {

    public Trigger {
        verbs = Set.copyOf(verbs);
        effects = List.copyOf(effects);
    }

    /** The hash of its code as a set; empty where it is not known. */
    public Set<String> bodies() {
        return body.isEmpty() ? Set.of() : Set.of(body);
    }

    /** The trigger in a sentence. */
    @Override
    public String toString() {
        return kind + " " + name + " of " + table;
    }
}
