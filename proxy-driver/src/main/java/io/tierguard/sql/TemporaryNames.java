package io.tierguard.sql;

import java.util.HashSet;
import java.util.Set;

/**
 * The names that mean something in one session alone.
 *
 * @param tables the tables, folded, that an unqualified name finds for certain, and whose rows nobody else sees
 * @param views the views, folded, that there may be and that nobody has looked behind
 */
public record TemporaryNames(Set<String> tables, Set<String> views) {

    /** A session without any. */
    public static final TemporaryNames NONE = new TemporaryNames(Set.of(), Set.of());

    public TemporaryNames {
        tables = Set.copyOf(tables);
        views = Set.copyOf(views);
    }

    /** What is certain where either may hold: the tables of both, the views of each. */
    public TemporaryNames or(TemporaryNames other) {
        Set<String> certain = new HashSet<>(tables);
        certain.retainAll(other.tables);
        Set<String> possible = new HashSet<>(views);
        possible.addAll(other.views);
        return new TemporaryNames(certain, possible);
    }

    /** The same while it is not certain that any of the tables still is there. */
    public TemporaryNames withoutTables() {
        return tables.isEmpty() ? this : new TemporaryNames(Set.of(), views);
    }

    /** The same and one table more. */
    public TemporaryNames with(String table) {
        Set<String> more = new HashSet<>(tables);
        more.add(table);
        return new TemporaryNames(more, views);
    }

    /** The same without a table of this name. */
    public TemporaryNames without(String table) {
        Set<String> fewer = new HashSet<>(tables);
        return fewer.remove(table) ? new TemporaryNames(fewer, views) : this;
    }
}
