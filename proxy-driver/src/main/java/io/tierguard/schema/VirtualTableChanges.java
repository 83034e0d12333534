package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.SqliteVirtualTable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** Adds what a virtual table does with the tables in which it keeps its rows, and what becomes of it when those change. */
final class VirtualTableChanges {
    private static final List<Verb> ROW_CHANGES = List.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);

    private final SchemaSnapshot schema;
    private final VirtualTables tables;
    private final ImpliedCode code;
    private final Consequences consequences;

    VirtualTableChanges(SchemaSnapshot schema, ImpliedCode code, Consequences consequences) {
        this.schema = schema;
        this.tables = schema.virtualTables();
        this.code = code;
        this.consequences = consequences;
    }

    /** A virtual table that gets a name takes some tables that are there for its own. */
    void takeOver(Effect effect, List<String> searched) {
        if (effect.verb() != Verb.CREATE || effect.reach() != Reach.PARTS) {
            return;
        }
        for (String part : SqliteVirtualTable.takenByAny()) {
            TableName name =
                    TableName.of(effect.table().schema(), effect.table().name() + "_" + part);
            for (TableName table : schema.tablesNamed(name, searched)) {
                consequences.add(
                        Consequences.uncounted(Verb.ALTER, table),
                        Consequences.chain(
                                effect, "a virtual table " + effect.table() + " takes " + table + " for its own"));
            }
        }
    }

    /** Who reads where a virtual table keeps its rows reads it. */
    void read(Effect effect) {
        tables.keeperOf(effect.table()).ifPresent(keeper -> consequences.know(partly(effect, effect.verb(), keeper)));
    }

    /**
     * Adds what follows from a change of rows or structure.
     *
     * @param byKeys follows what foreign keys do because of a change of rows
     */
    void follow(Effect effect, Consumer<Effect> byKeys) {
        tables.keeperOf(effect.table()).ifPresent(keeper -> {
            // What stands there is an entry of what the virtual table knows of all its rows.
            for (Verb verb : EnumSet.of(effect.verb(), Verb.UPDATE, Verb.DELETE)) {
                consequences.know(partly(effect, verb, keeper));
            }
        });
        if (tables.contains(effect.table())) {
            command(effect);
            boolean changesRows = ROW_CHANGES.contains(effect.verb());
            for (TableName part : tables.takenBy(effect.table())) {
                take(effect, part, changesRows ? ROW_CHANGES : List.of(effect.verb()));
            }
            for (TableName part : tables.ownOf(effect.table())) {
                if (changesRows || effect.verb() == Verb.DROP) {
                    keep(effect, part, byKeys);
                }
            }
        }
    }

    private static Effect partly(Effect effect, Verb verb, TableName keeper) {
        String via = Consequences.chain(effect, effect.table() + " is a part of " + keeper);
        return new Effect(verb, keeper, Collections.emptySortedSet(), true, via, false);
    }

    /** Somebody else's table is changed by a virtual one. */
    private void take(Effect effect, TableName part, List<Verb> verbs) {
        for (Verb verb : verbs) {
            String link = "the virtual table " + effect.table() + " takes " + part + " for its own";
            consequences.add(Consequences.uncounted(verb, part), Consequences.chain(effect, link));
        }
    }

    /** A virtual table adds, changes, replaces and deletes rows of its own tables whatever is done to it. */
    private void keep(Effect effect, TableName part, Consumer<Effect> byKeys) {
        for (Verb verb : ROW_CHANGES) {
            String via = Consequences.chain(effect, effect.table() + " keeps its rows in " + part);
            Effect change =
                    new Effect(verb, part, Collections.emptySortedSet(), true, via, false, Reach.ROWS_IN_THE_WAY);
            if (consequences.isNew(change)) {
                code.write(change);
                if (verb != Verb.INSERT) {
                    byKeys.accept(change);
                }
            }
        }
    }

    /** A row for the column of a virtual table's own name tells it what to do with its rows. */
    private void command(Effect effect) {
        if (effect.verb() == Verb.INSERT
                && effect.columns().contains(effect.table().name())) {
            String link = Consequences.chain(effect, "a command to the virtual table " + effect.table());
            consequences.add(Consequences.uncounted(Verb.DELETE, effect.table()), link);
            consequences.add(Consequences.uncounted(Verb.UPDATE, effect.table()), link);
        }
    }
}
