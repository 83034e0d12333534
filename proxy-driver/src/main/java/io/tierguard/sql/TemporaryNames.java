package io.tierguard.sql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that mean something in one session alone.
 *
 * @param tables the tables, folded, that an unqualified name finds for certain, and whose rows nobody else sees
 * @param views the views, folded, that there may be
 * @param seen what stands behind those views that are there for certain, where it is known
 */
public record TemporaryNames(Set<String> tables, Set<String> views, Map<String, TemporaryView> seen) {

    /** A session without any. */
    public static final TemporaryNames NONE = new TemporaryNames(Set.of(), Set.of());

    public TemporaryNames {
        tables = Set.copyOf(tables);
        views = Set.copyOf(views);
        seen = Map.copyOf(seen);
    }

    /** Names of views behind which nobody has looked. */
    public TemporaryNames(Set<String> tables, Set<String> views) {
        this(tables, views, Map.of());
    }

    /** What stands behind a view; empty where that is not certain. */
    public Optional<TemporaryView> behind(String view) {
        return Optional.ofNullable(seen.get(view));
    }

    /** What is certain where either may hold: the tables of both, the views of each. */
    public TemporaryNames or(TemporaryNames other) {
        Set<String> certain = new HashSet<>(tables);
        certain.retainAll(other.tables);
        Set<String> possible = new HashSet<>(views);
        possible.addAll(other.views);
        Map<String, TemporaryView> alike = new HashMap<>(seen);
        alike.entrySet().retainAll(other.seen.entrySet());
        return new TemporaryNames(certain, possible, alike);
    }

    /** The same while it is not certain that any of the tables and views still is there, or is the same. */
    public TemporaryNames withoutTables() {
        return tables.isEmpty() && seen.isEmpty() ? this : new TemporaryNames(Set.of(), views);
    }

    /** The same and one table more. */
    public TemporaryNames with(String table) {
        Set<String> more = new HashSet<>(tables);
        more.add(table);
        return new TemporaryNames(more, views, seen);
    }

    /** The same without a table of this name. */
    public TemporaryNames without(String table) {
        Set<String> fewer = new HashSet<>(tables);
        return fewer.remove(table) ? new TemporaryNames(fewer, views, seen) : this;
    }

    /** The same and one view more, behind which nobody has looked yet. */
    public TemporaryNames withView(String view) {
        Set<String> more = new HashSet<>(views);
        more.add(view);
        Map<String, TemporaryView> others = new HashMap<>(seen);
        others.remove(view);
        return new TemporaryNames(tables, more, others);
    }
}
