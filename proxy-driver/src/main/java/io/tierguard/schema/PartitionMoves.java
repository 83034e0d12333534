package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Adds what comes of rows that an UPDATE moves to another partition, as PostgreSQL does: it deletes them where they were, with what
 * foreign keys do then, and inserts them where they belong, which a trigger may refuse.
 */
final class PartitionMoves {
    private static final Pattern RETURNS_OTHERWISE = Pattern.compile("(?i)\\breturn\\b(?!\\s+new\\s*;)");

    private final SchemaSnapshot schema;
    private final StatedCode facts;
    private final Consequences consequences;
    private final KeyActions keys;
    private final ImpliedCode code;

    PartitionMoves(
            SchemaSnapshot schema, StatedCode facts, Consequences consequences, KeyActions keys, ImpliedCode code) {
        this.schema = schema;
        this.facts = facts;
        this.consequences = consequences;
        this.keys = keys;
        this.code = code;
    }

    /** Follows an UPDATE. */
    void follow(Effect update) {
        Set<TableName> left = new LinkedHashSet<>();
        Set<TableName> entered = new LinkedHashSet<>();
        Set<TableName> updated = new LinkedHashSet<>(schema.partsOf(update.table()));
        updated.add(update.table());
        if (!update.via().isEmpty()) {
            updated.addAll(schema.parentsOf(update.table())); // through which it may be updated, and only so it moves
        }
        for (TableName table : updated) {
            if (schema.partitionKeys().placeBy(table, update.columns())) {
                left.add(table);
                left.addAll(schema.parentsOf(table)); // the oldest version takes the row for deleted from them too
                entered.addAll(schema.partsOf(table));
            }
        }
        left.addAll(entered);
        for (TableName table : left) {
            String link = update.table() + " moves rows between partitions, which deletes them where they were";
            Effect deleted = new Effect(
                    Verb.DELETE,
                    table,
                    Collections.emptySortedSet(),
                    update.hasWhere(),
                    Consequences.chain(update, link),
                    false);
            keys.follow(deleted);
            code.fireTriggers(deleted);
        }
        code.enterParts(update, entered);
        for (TableName part : entered) {
            for (Trigger trigger : schema.triggersOf(part)) {
                if (trigger.isBeforeRow() && trigger.verbs().contains(Verb.INSERT) && mayDrop(trigger)) {
                    String link = "a row of " + update.table() + " that moves to " + part + " is lost where " + trigger
                            + " does not let it in";
                    consequences.add(
                            Consequences.uncounted(Verb.DELETE, update.table()), Consequences.chain(update, link));
                }
            }
        }
    }

    /** Whether a trigger may return nothing in the place of the row, as far as its code and the policy tell. */
    private boolean mayDrop(Trigger trigger) {
        @Nullable Routine routine = schema.routines().byId(trigger.routine());
        if (trigger.isHarmless() || facts.of(trigger).isPresent()) {
            return false;
        }
        if (routine == null) {
            return true;
        }
        Optional<Set<String>> columns = schema.routines().columnsSetBy(routine);
        boolean returnsTheRow = columns.isPresent()
                && !RETURNS_OTHERWISE.matcher(routine.body()).find();
        return !returnsTheRow && facts.of(routine.name()).isEmpty();
    }
}
