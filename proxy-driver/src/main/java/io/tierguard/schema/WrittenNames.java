package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.CatalogViews;
import io.tierguard.sql.Dialect;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a change of what a name means to whatever is changed by it: the tables behind a view or synonym, the owners of a sequence.
 *
 * <p>A statement and the code that it sets off are followed alike.
 */
final class WrittenNames {
    private final SchemaSnapshot schema;
    private final List<String> searched;
    private final Consequences consequences;
    private final Losses losses;
    private final Set<Owned> followed = new HashSet<>();

    /** What happens to a sequence, index or trigger that has been followed to its owners, by the statement itself or not. */
    private record Owned(Verb verb, TableName name, boolean byStatement) {}

    WrittenNames(SchemaSnapshot schema, List<String> searched, Consequences consequences) {
        this.schema = schema;
        this.searched = searched;
        this.consequences = consequences;
        this.losses = new Losses(schema, consequences);
    }

    /** Follows a change, which may be explained already. */
    void follow(Effect effect) {
        List<TableName> tables = schema.tablesNamed(effect.table(), searched);
        boolean isOwned = followToOwners(effect);
        boolean couldBeTable = tables.isEmpty() && !isOwned;
        for (TableName table : tables) {
            @Nullable View view = schema.view(table);
            if (view != null && view.kind() == View.Kind.UNTOLD) {
                couldBeTable = true;
                changeUntold(effect, table);
            } else if (view != null && isWrittenThrough(view, effect.verb())) {
                throughView(effect, view);
            } else {
                couldBeTable = true;
                consequences.follow(effect.on(table));
            }
        }
        for (TableName awaited : schema.awaitedNamed(effect.table(), searched)) {
            consequences.follow(effect.on(awaited)); // the text itself may have made it
        }
        if (tables.isEmpty() && !isOwned && schema.listsAll() && reachesWhatIsThere(effect.verb())) {
            consequences.hide("what stands behind " + effect.table() + ", which the database does not list,");
        }
        if (tables.isEmpty() && !isOwned && effect.table().isQualified()) {
            ImpliedCode.hideUnseenTriggers(schema, effect, consequences);
        }
        if (couldBeTable || schema.isOfCatalogFirst(effect)) {
            consequences.know(effect);
        }
    }

    /** Whether a change of what has a name is one of what stands behind it, and of nothing else. */
    boolean standsForOthers(Effect effect) {
        @Nullable View view = schema.view(effect.table());
        return view != null && isWrittenThrough(view, effect.verb());
    }

    private boolean isWrittenThrough(View view, Verb verb) {
        return switch (view.kind()) {
            case MATERIALIZED, UNTOLD -> false;
            case SYNONYM -> true;
            case VIEW ->
                switch (verb) {
                    case INSERT, UPDATE, DELETE, TRUNCATE -> schema.writesThroughViews();
                    case SELECT, CREATE, EXTEND, ALTER, DROP -> false;
                };
        };
    }

    /** What stands for other tables, nobody knows which, is changed in no way but that a view is dropped. */
    private void changeUntold(Effect effect, TableName table) {
        boolean dropsView = effect.verb() == Verb.DROP && !schema.couldBeForeign(table, searched);
        if (!dropsView && effect.verb() != Verb.CREATE) {
            consequences.hide("what stands behind " + table + ", which is no plain table,");
        }
    }

    private static boolean reachesWhatIsThere(Verb verb) {
        return switch (verb) {
            case INSERT, UPDATE, DELETE, TRUNCATE, EXTEND, ALTER -> true;
            case SELECT, CREATE, DROP -> false;
        };
    }

    /**
     * A change of a sequence that a table owns is one of its table, and the statement's own.
     *
     * @return whether the name means such sequences and no other
     */
    private boolean followToOwners(Effect effect) {
        if (effect.verb() == Verb.CREATE || !EffectClosure.changesSchema(effect.verb())) {
            return false;
        }
        List<TableName> sequences = schema.sequencesNamed(effect.table(), searched);
        boolean areOwned = !sequences.isEmpty();
        Verb verb = effect.verb() == Verb.EXTEND ? Verb.EXTEND : Verb.ALTER;
        for (TableName sequence : sequences) {
            losses.bySequence(effect, sequence);
            Set<TableName> owners = schema.ownersOf(sequence);
            areOwned &= !owners.isEmpty();
            Owned owned = new Owned(effect.verb(), sequence, effect.via().isEmpty());
            if (!followed.add(owned)) {
                continue; // An index may have the name of its table, or two the names of each other's.
            }
            for (TableName owner : owners) {
                follow(new Effect(verb, owner, Collections.emptySortedSet(), true, effect.via()));
            }
        }
        return areOwned;
    }

    /** A default that the view has of its own is a value that the INSERT gives to the table behind it, whoever named the column. */
    private static Effect withDefaults(Effect effect, View view) {
        if (effect.verb() != Verb.INSERT
                || effect.columns().isEmpty()
                || effect.columns().containsAll(view.defaulted())) {
            return effect;
        }
        Set<String> columns = new HashSet<>(effect.columns());
        columns.addAll(view.defaulted());
        return effect.setting(columns);
    }

    private void throughView(Effect effect, View view) {
        Effect written = withDefaults(effect.on(view.name()), view);
        if (!consequences.follow(written)) {
            return;
        }
        ViewDefinition definition = schema.definitionOf(view);
        consequences.ask(view.name(), definition, effect);
        if (schema.couldHideCode(view)) {
            consequences.hide("the query of view " + view.name());
        }
        if (definition.isReadable() && !definition.basesAreKnown()) {
            consequences.hide("what stands behind " + view.name() + ", whose query is read by its words only,");
        }
        if (definition.bases().isEmpty() || !definition.basesAreKnown()) {
            consequences.know(effect);
        }
        if (schema.isIn(Dialect.POSTGRESQL) && !effect.verb().reads()) {
            CatalogViews.catalogBehind(view.definition()).ifPresent(catalog -> consequences.know(effect.on(catalog)));
        }
        for (TableName base : definition.bases()) {
            follow(new Effect(
                    effect.verb(),
                    base,
                    definition.columnsOf(written.columns()),
                    effect.hasWhere(),
                    effect.via(),
                    effect.isCounted(),
                    effect.reach()));
        }
    }
}
