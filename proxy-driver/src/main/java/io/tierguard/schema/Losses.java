package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;

/** Adds what other tables lose where something is dropped or altered that they rest on. */
final class Losses {
    private final SchemaSnapshot schema;
    private final Consequences consequences;

    Losses(SchemaSnapshot schema, Consequences consequences) {
        this.schema = schema;
        this.consequences = consequences;
    }

    /** The foreign keys that refer to a table go with it where it is dropped with CASCADE, its views, and whatever else uses it. */
    void byDropping(Effect effect) {
        for (ForeignKey key : schema.referencing(effect.table())) {
            // Without CASCADE the database would refuse.
            add(effect, Verb.ALTER, key.child(), effect.table(), " by dropping foreign key " + key.name());
        }
        for (View view : schema.viewsOn(effect.table())) {
            add(effect, Verb.DROP, view.name(), effect.table(), " by dropping a view on it");
            whatUses(effect, Dependencies.Item.of(view.name()));
        }
        whatUses(effect, Dependencies.Item.of(effect.table()));
    }

    private void whatUses(Effect effect, Dependencies.Item dropped) {
        for (Dependencies.Lost lost : schema.dependencies().lostWith(dropped)) {
            Verb verb = SweptTables.verbOf(lost.loss());
            add(effect, verb, lost.table(), effect.table(), " by dropping " + lost.used());
            if (lost.loss() == Dependencies.Loss.COLUMN) {
                for (ForeignKey key : schema.referencing(lost.table())) {
                    add(effect, Verb.ALTER, key.child(), lost.table(), " by dropping foreign key " + key.name());
                }
            }
        }
    }

    /** A column of another table may hold whole rows of a table, which lose or get what that does. */
    void byAltering(Effect effect) {
        for (Dependencies.Lost lost : schema.dependencies().lostWith(Dependencies.Item.of(effect.table()))) {
            if (lost.loss() == Dependencies.Loss.COLUMN) {
                add(effect, Verb.ALTER, lost.table(), effect.table(), " by a column that holds its rows");
            }
        }
    }

    /** A default that takes its numbers from a sequence goes with it, and gives other numbers where that is altered or written. */
    void bySequence(Effect effect, TableName sequence) {
        Dependencies.Item changed = new Dependencies.Item("sequence", sequence.schema(), sequence.name());
        for (Dependencies.Lost lost : schema.dependencies().lostWith(changed)) {
            boolean isOwner = schema.ownersOf(sequence).contains(lost.table());
            if (effect.verb() == Verb.DROP) {
                Verb verb = SweptTables.verbOf(lost.loss());
                add(effect, verb, lost.table(), sequence, " by dropping " + lost.used());
            } else if (effect.verb() != Verb.EXTEND && !isOwner) {
                add(effect, Verb.ALTER, lost.table(), sequence, " by its use of " + lost.used());
            }
        }
    }

    /** A table may own a sequence from which others take numbers too, whichever of its options are changed. */
    void byRestarting(Effect effect) {
        if (effect.reach() == Reach.NUMBERS) {
            schema.sequencesOf(effect.table()).forEach(sequence -> bySequence(effect, sequence));
        }
    }

    private void add(Effect cause, Verb verb, TableName table, TableName from, String how) {
        consequences.add(Consequences.uncounted(verb, table), Consequences.chain(cause, from + " → " + table + how));
    }
}
