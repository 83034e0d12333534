package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the foreign keys to a table do with the rows that refer to it, when its rows are deleted or its keys changed. */
final class KeyActions {
    private final SchemaSnapshot schema;
    private final Consequences consequences;

    KeyActions(SchemaSnapshot schema, Consequences consequences) {
        this.schema = schema;
        this.consequences = consequences;
    }

    /** Follows an UPDATE or DELETE by all keys to its table. */
    void follow(Effect effect) {
        if (!schema.showsReferencing(effect.table())) {
            consequences.hide("any foreign key to " + effect.table()
                    + ", because a table is shown only to a user who has a privilege on it");
        }
        for (ForeignKey key : schema.referencing(effect.table())) {
            if (effect.verb() == Verb.DELETE) {
                act(effect, key, key.onDelete(), "ON DELETE ");
            } else if (key.restsOn(effect.columns())) {
                act(effect, key, key.onUpdate(), "ON UPDATE ");
            }
        }
    }

    /** Follows the rows that go before their table is dropped, where the database deletes them. */
    void followDrop(Effect drop) {
        Effect ofRows = new Effect(Verb.DELETE, drop.table(), Collections.emptySortedSet(), false, drop.via(), false);
        for (ForeignKey key : schema.referencing(drop.table())) {
            act(ofRows, key, key.onDelete(), "ON DELETE ");
        }
    }

    private void act(Effect effect, ForeignKey key, ReferentialAction action, String when) {
        if (action == ReferentialAction.NONE || !key.isEnforced()) {
            return;
        }
        boolean isDeleted = effect.verb() == Verb.DELETE;
        boolean deletes = action == ReferentialAction.CASCADE && isDeleted;
        SortedSet<String> columns = deletes ? Collections.emptySortedSet() : new TreeSet<>(key.columnsSet(isDeleted));
        String link =
                effect.table() + " → " + key.child() + " by foreign key " + key.name() + " " + when + action.words();
        consequences.add(
                Consequences.uncounted(deletes ? Verb.DELETE : Verb.UPDATE, key.child(), columns),
                Consequences.chain(effect, link));
    }
}
