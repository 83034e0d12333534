package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one reading of a database's catalog found.
 *
 * @param tables every table and view whose rows are in the database itself
 * @param foreign every table whose rows are on another server
 * @param views every view and synonym
 * @param foreignKeys every foreign key
 * @param triggers every trigger and rule of a table
 * @param children the tables that inherit from a table or are its partitions, by their parent
 * @param keys the columns of every key that a foreign key may refer to, by the table; empty where the database makes none
 *     by itself
 * @param sequences every sequence and index, with the tables that own it; more than one only where names differ by case
 *     alone
 * @param code the code that it holds, and what runs it
 * @param dependencies what uses what
 * @param traits what tables do that not every table does
 */
record SchemaContent(
        Set<TableName> tables,
        Set<TableName> foreign,
        List<View> views,
        List<ForeignKey> foreignKeys,
        List<Trigger> triggers,
        Map<TableName, Set<TableName>> children,
        Map<TableName, Set<Set<String>>> keys,
        Map<TableName, Set<TableName>> sequences,
        UserCode code,
        Dependencies dependencies,
        TableTraits traits) {

    /** A database in which nothing was found. */
    static final SchemaContent EMPTY = new SchemaContent(
            Set.of(),
            Set.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            UserCode.NONE,
            Dependencies.NONE,
            TableTraits.NONE);

    /** The same with the queries of views that were withheld, as an older reading has them. */
    SchemaContent withQueriesOf(SchemaContent older) {
        Map<TableName, View> known = new HashMap<>();
        older.views.forEach(view -> known.put(view.name(), view));
        List<View> all = views.stream()
                .map(view -> view.knownBy(known.getOrDefault(view.name(), view)))
                .toList();
        return new SchemaContent(
                tables, foreign, all, foreignKeys, triggers, children, keys, sequences, code, dependencies, traits);
    }

    SchemaContent {
        tables = Set.copyOf(tables);
        foreign = Set.copyOf(foreign);
        views = List.copyOf(views);
        foreignKeys = List.copyOf(foreignKeys);
        triggers = List.copyOf(triggers);
        children = Map.copyOf(children);
        keys = Map.copyOf(keys);
        sequences = Map.copyOf(sequences);
    }

    /** Whether two readings found the same, in whatever order. */
    boolean sameAs(SchemaContent other) {
        return tables.equals(other.tables)
                && foreign.equals(other.foreign)
                && Set.copyOf(views).equals(Set.copyOf(other.views))
                && Set.copyOf(foreignKeys).equals(Set.copyOf(other.foreignKeys))
                && Set.copyOf(triggers).equals(Set.copyOf(other.triggers))
                && children.equals(other.children)
                && keys.equals(other.keys)
                && sequences.equals(other.sequences)
                && code.equals(other.code)
                && dependencies.equals(other.dependencies)
                && traits.equals(other.traits);
    }
}
