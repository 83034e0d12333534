package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The views and synonyms of a database, and what they stand for.
 *
 * <p>Safe for use by many threads.
 */
final class Views {
    private final Dialect dialect;
    private final NameIndex tables;
    private final Map<TableName, View> byName = new HashMap<>();

    /** Worked out when first asked for; two threads that do so come to the same. */
    private volatile Map<TableName, List<View>> onTables = Map.of();

    /** Worked out when first asked for, because reading a query costs more than fetching it. */
    private final Map<View, ViewDefinition> definitions = new ConcurrentHashMap<>();

    /**
     * Views.
     *
     * @param dialect the dialect that they are written in
     * @param tables every table and view of the database
     */
    Views(Dialect dialect, Collection<View> views, NameIndex tables) {
        this.dialect = dialect;
        this.tables = tables;
        views.forEach(view -> byName.merge(view.name(), view, Views::eitherOf));
    }

    /** Two whose names letter case alone tells apart: which of them a statement means nobody can tell. */
    private static View eitherOf(View one, View other) {
        return one.equals(other) ? one : new View(View.Kind.UNTOLD, one.name(), Set.of(), "");
    }

    @Nullable
    View named(TableName name) {
        return byName.get(name);
    }

    /** Whether the query of every view was told, which is withheld while another session changes the view. */
    boolean areWhole() {
        return byName.values().stream().noneMatch(View::isWithheld);
    }

    ViewDefinition definitionOf(View view) {
        return definitions.computeIfAbsent(
                view,
                unread -> ViewDefinition.of(
                        unread, dialect, name -> !tables.named(name, List.of()).isEmpty()));
    }

    /** The views that read a table by name, where the catalog lists what they read or their query can be read. */
    List<View> on(TableName table) {
        Map<TableName, List<View>> known = onTables;
        if (known.isEmpty() && !byName.isEmpty()) {
            known = new HashMap<>();
            for (View view : byName.values()) {
                for (TableName base : basesOf(view)) {
                    for (TableName named : tables.named(base, List.of())) {
                        known.computeIfAbsent(named, first -> new ArrayList<>()).add(view);
                    }
                }
            }
            onTables = known;
        }
        return known.getOrDefault(table, List.of());
    }

    private Set<TableName> basesOf(View view) {
        return view.listedBases().isEmpty() ? definitionOf(view).bases() : view.listedBases();
    }
}
