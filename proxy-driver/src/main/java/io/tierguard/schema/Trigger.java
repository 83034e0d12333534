package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Collections;
import java.util.Set;

/**
 * Code that the database runs by itself when a table's rows change: a trigger or a rule.
 *
 * @param kind the word for it in a sentence
 * @param name its name
 * @param table the table that it watches
 * @param verbs the changes that it runs on; none while it is switched off
 * @param routine the id of the routine that it runs
 * @param isHarmless whether that is known to change nothing but the row at hand
 * @param columns the columns of which an update must set one for it to run, folded; none where any will do
 * @param isBeforeRow whether it runs for each row before that is written, and may set columns of it
 * @param argument the first that it gives to its routine, folded; empty where there is none
 * @param body the hash of its code, as a policy writes it; empty where the catalog does not tell the code
 */
public record Trigger(
        String kind,
        String name,
        TableName table,
        Set<Verb> verbs,
        Set<String> columns,
        long routine,
        boolean isHarmless,
        boolean isBeforeRow,
        String argument,
        String body) {

    public Trigger {
        verbs = Set.copyOf(verbs);
        columns = Set.copyOf(columns);
    }

    /** One whose code is all that is known of what it does. */
    Trigger(String name, TableName table, Set<Verb> verbs, Set<String> columns, long routine, String body) {
        this("trigger", name, table, verbs, columns, routine, false, false, "", body);
    }

    /** Whether anything runs it; none does while it is switched off. */
    boolean isOn() {
        return !verbs.isEmpty();
    }

    /** Whether a change of its table runs it. */
    boolean runsOn(Effect effect) {
        boolean isOfOthers = effect.verb() == Verb.UPDATE
                && !columns.isEmpty()
                && !effect.columns().isEmpty()
                && Collections.disjoint(columns, effect.columns());
        return verbs.contains(effect.verb()) && !isOfOthers;
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
