package io.tierguard.policy.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the table classes that a name can fall into.
 *
 * <p>A class loses a table to every class whose pattern is a strict subset of its own and matches the table. Where the
 * schema or the catalog is not known, a class can lose the name altogether only to one whose pattern is as wide there,
 * because a subset cannot be wider; by the argument of {@link NameGlob}, several narrower ones together never shut it
 * out.
 */
final class TableIndex {

    private static final TableClass[] NONE = {};

    private final Map<String, TableClass[]> byName = new HashMap<>();
    private final TableClass[] forOtherNames;

    TableIndex(List<TableClass> classes) {
        this.forOtherNames = classes.stream()
                .filter(tableClass -> !tableClass.pattern().name().isLiteral())
                .toArray(TableClass[]::new);
        PatternIndex<TableClass> all = PatternIndex.of(classes, TableClass::pattern);
        for (TableClass tableClass : classes) {
            NameGlob name = tableClass.pattern().name();
            if (name.isLiteral()) {
                byName.computeIfAbsent(name.stranger(), word -> matching(word, all.near(tableClass.pattern())));
            }
        }
    }

    /** The classes whose patterns may match a table; no other class can hold it. */
    TableClass[] group(TableName table) {
        if (SystemCatalogs.holds(table)) {
            return NONE;
        }
        TableClass[] listed = byName.get(table.name());
        return listed == null ? forOtherNames : listed;
    }

    /** Whether a table of this name, wherever it may be, could fall into a class of its group. */
    static boolean couldHold(TableClass tableClass, TableName table, TableClass[] group) {
        if (!tableClass.matches(table)) {
            return false;
        }
        TablePattern pattern = tableClass.pattern();
        for (TableClass other : group) {
            if (other.pattern().matchesWherever(pattern, table)
                    && other.pattern().beats(pattern)) {
                return false;
            }
        }
        return true;
    }

    /** The classes that a table of this name could fall into, those that write its name first. */
    List<TableClass> candidates(TableName table) {
        TableClass[] group = group(table);
        List<TableClass> candidates = new ArrayList<>();
        for (TableClass tableClass : group) {
            if (couldHold(tableClass, table, group)) {
                candidates.add(tableClass);
            }
        }
        return candidates;
    }

    private static TableClass[] matching(String name, Stream<TableClass> near) {
        return near.filter(tableClass -> tableClass.pattern().name().matches(name))
                .toArray(TableClass[]::new);
    }
}
