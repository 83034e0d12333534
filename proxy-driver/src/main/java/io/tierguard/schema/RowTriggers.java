package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Adds the columns that the triggers of a table set in the rows that an UPDATE changes, before those are written. */
final class RowTriggers {
    private final SchemaSnapshot schema;
    private final StatedCode facts;
    private final Consequences consequences;
    private final KeyActions keys;
    private final PartitionMoves moves;

    RowTriggers(
            SchemaSnapshot schema, StatedCode facts, Consequences consequences, KeyActions keys, PartitionMoves moves) {
        this.schema = schema;
        this.facts = facts;
        this.consequences = consequences;
        this.keys = keys;
        this.moves = moves;
    }

    /** Follows an UPDATE; a row that it moves to another part of its table is put into that. */
    void follow(Effect update) {
        for (Trigger trigger : schema.triggersOf(update.table())) {
            if (trigger.isBeforeRow() && trigger.runsOn(update)) {
                set(trigger, update);
            }
        }
        for (TableName part : schema.partsOf(update.table())) {
            for (Trigger trigger : schema.triggersOf(part)) {
                if (trigger.isBeforeRow() && trigger.verbs().contains(Verb.INSERT)) {
                    set(trigger, update.on(part));
                }
            }
        }
    }

    private void set(Trigger trigger, Effect update) {
        Optional<Set<String>> columns = columnsSetBy(trigger);
        boolean isSaid = columns.isEmpty() && isDescribed(trigger);
        boolean areTold = update.columns().isEmpty()
                || columns.filter(update.columns()::containsAll).isPresent();
        if (isSaid || areTold) {
            return;
        }
        SortedSet<String> set = new TreeSet<>(columns.orElse(Set.of()));
        String what = set.isEmpty() ? "columns of its rows" : String.join(", ", set);
        String via = Consequences.chain(update, update.table() + " has " + what + " set by " + trigger);
        Effect added = new Effect(Verb.UPDATE, update.table(), set, true, via, update.isCounted());
        consequences.know(added);
        for (TableName parent : schema.parentsOf(update.table())) {
            consequences.know(added.on(parent));
        }
        keys.follow(added);
        moves.follow(added);
    }

    /** The columns that it may set, folded; empty where it may be any. */
    private Optional<Set<String>> columnsSetBy(Trigger trigger) {
        if (trigger.isHarmless()) {
            // Of the functions of the server, those that set a column are given its name.
            return Optional.of(trigger.argument().isEmpty() ? Set.of() : Set.of(trigger.argument()));
        }
        @Nullable Routine routine = schema.routines().byId(trigger.routine());
        return routine == null ? Optional.empty() : schema.routines().columnsSetBy(routine);
    }

    /** Whether the policy says what it does, which is believed where its code does not tell. */
    private boolean isDescribed(Trigger trigger) {
        @Nullable Routine routine = schema.routines().byId(trigger.routine());
        return facts.of(trigger).isPresent()
                || (routine != null && facts.of(routine.name()).isPresent());
    }
}
