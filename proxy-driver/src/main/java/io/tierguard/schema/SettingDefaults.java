package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.RoutineCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The defaults of MariaDB's columns that set a sequence: they run where a row is added or set to them, as triggers do, and where
 * {@code DEFAULT(c)} asks what they are.
 */
final class SettingDefaults {
    private static final String PREFIX = "default of ";

    /** Written like a call; in the body of a routine it is taken for one of its database. */
    private static final String ASKING = "default";

    private static final RoutineCall SETTING = new RoutineCall("", "setval");

    private SettingDefaults() {}

    /** That of a column, of which nobody knows what else it does. */
    static Trigger of(TableName table, String column) {
        return new Trigger(PREFIX + column, table, Set.of(Verb.INSERT, Verb.UPDATE), Set.of(column), 0, "");
    }

    static boolean isOne(Trigger trigger) {
        return trigger.routine() == 0 && trigger.name().startsWith(PREFIX);
    }

    /** What a text asks for that names {@code DEFAULT(c)}, of whichever column of the tables, and those behind the views, that it names. */
    static List<ImplicitCode> askedIn(SchemaSnapshot schema, Mentions mentions, StatedCode facts) {
        List<ImplicitCode> asked = new ArrayList<>();
        if (mentions.calls().stream().anyMatch(call -> call.name().equals(ASKING))) {
            for (TableName table : tablesNamedBy(schema, mentions)) {
                for (Trigger trigger : schema.triggersOf(table)) {
                    if (isOne(trigger)) {
                        asked.add(code(trigger, facts));
                    }
                }
            }
        }
        return asked;
    }

    private static ImplicitCode code(Trigger trigger, StatedCode facts) {
        Optional<List<Effect>> stated = facts.of(trigger);
        return new ImplicitCode(
                trigger.name() + " of " + trigger.table(),
                Set.of(),
                Set.of(),
                stated.isPresent() ? Set.of() : Set.of(SETTING),
                stated.orElse(List.of()));
    }

    private static Set<TableName> tablesNamedBy(SchemaSnapshot schema, Mentions mentions) {
        Deque<TableName> open = new ArrayDeque<>();
        mentions.words().stream()
                .filter(word -> !word.isEmpty())
                .forEach(word -> open.addAll(schema.tablesNamed(TableName.of(word), List.of())));
        Set<TableName> found = new HashSet<>();
        while (!open.isEmpty()) {
            TableName table = open.remove();
            @Nullable View view = schema.view(table);
            if (found.add(table) && view != null) {
                for (TableName base : schema.definitionOf(view).bases()) {
                    open.addAll(schema.tablesNamed(base, List.of()));
                }
            }
        }
        return found;
    }
}
