package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tables of one database, and what ties them to each other, as they were when it was read. */
public final class SchemaSnapshot {
    /** A database of which nothing is known. */
    public static final SchemaSnapshot UNKNOWN = new SchemaSnapshot(
            Dialect.POSTGRESQL, Set.of(), List.of(), List.of(), List.of(), Map.of(), RoutineBodies.NONE);

    private final Dialect dialect;
    private final Content content;
    private final Set<TableName> tables;
    private final Map<TableName, View> views = new HashMap<>();
    private final Map<TableName, List<ForeignKey>> referencedBy = new HashMap<>();
    private final Map<TableName, List<Trigger>> triggersOf = new HashMap<>();
    private final Map<TableName, Set<TableName>> children;
    private final Map<TableName, Set<TableName>> parents = new HashMap<>();
    private final Map<String, List<TableName>> byName = new HashMap<>();

    /** Worked out when first asked for, because reading a query costs more than fetching it. */
    private final Map<View, ViewDefinition> definitions = new ConcurrentHashMap<>();

    /**
     * @param dialect the dialect that the views are written in
     * @param tables every table and view
     * @param views every view and synonym
     * @param foreignKeys every foreign key
     * @param triggers every trigger and rule of a table
     * @param children the tables that inherit from a table or are its partitions, by their parent
     * @param bodies the bodies of its routines
     */
    SchemaSnapshot(
            Dialect dialect,
            Set<TableName> tables,
            List<View> views,
            List<ForeignKey> foreignKeys,
            List<Trigger> triggers,
            Map<TableName, Set<TableName>> children,
            RoutineBodies bodies) {
        this.dialect = dialect;
        this.content = new Content(
                Set.copyOf(tables), Set.copyOf(views), Set.copyOf(foreignKeys), Set.copyOf(triggers), children, bodies);
        Set<TableName> all = new HashSet<>(tables);
        for (View view : views) {
            this.views.put(view.name(), view);
            all.add(view.name());
        }
        for (ForeignKey key : foreignKeys) {
            referencedBy
                    .computeIfAbsent(key.parent(), parent -> new ArrayList<>())
                    .add(key);
        }
        for (Trigger trigger : triggers) {
            triggersOf
                    .computeIfAbsent(trigger.table(), table -> new ArrayList<>())
                    .add(trigger);
        }
        this.tables = Set.copyOf(all);
        this.children = Map.copyOf(children);
        children.forEach((parent, parts) -> {
            for (TableName part : parts) {
                parents.computeIfAbsent(part, child -> new HashSet<>()).add(parent);
            }
        });
        for (TableName table : all) {
            byName.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(table);
        }
    }

    private record Content(
            Set<TableName> tables,
            Set<View> views,
            Set<ForeignKey> foreignKeys,
            Set<Trigger> triggers,
            Map<TableName, Set<TableName>> children,
            RoutineBodies bodies) {}

    /** Whether two snapshots tell the same. */
    boolean sameAs(SchemaSnapshot other) {
        return content.equals(other.content);
    }

    /** Every table and view, the database's own catalogs apart. */
    public Set<TableName> tables() {
        return tables;
    }

    /**
     * The hashes of the bodies that routines of a name have, all of them; none where any of them is not known.
     *
     * @param schema the schema, folded; empty where the name could be in any
     */
    public Set<String> bodiesOf(String schema, String name) {
        return content.bodies().of(schema, name);
    }

    @Nullable
    View view(TableName name) {
        return views.get(name);
    }

    ViewDefinition definitionOf(View view) {
        return definitions.computeIfAbsent(view, unread -> ViewDefinition.of(unread, dialect));
    }

    List<ForeignKey> referencing(TableName parent) {
        return referencedBy.getOrDefault(parent, List.of());
    }

    List<Trigger> triggersOf(TableName table) {
        return triggersOf.getOrDefault(table, List.of());
    }

    Set<TableName> childrenOf(TableName parent) {
        return children.getOrDefault(parent, Set.of());
    }

    /** The tables that a table is a part of, at any distance. */
    Set<TableName> parentsOf(TableName child) {
        Set<TableName> found = new HashSet<>();
        ArrayDeque<TableName> open = new ArrayDeque<>(parents.getOrDefault(child, Set.of()));
        while (!open.isEmpty()) {
            TableName next = open.remove();
            if (found.add(next)) {
                open.addAll(parents.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }

    /**
     * Whether a name could mean a table or view.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    public boolean hasTable(TableName name, List<String> schemas) {
        return !tablesNamed(name, schemas).isEmpty();
    }

    /**
     * The tables that a name could mean.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    List<TableName> tablesNamed(TableName name, List<String> schemas) {
        List<TableName> found = new ArrayList<>();
        for (TableName candidate : byName.getOrDefault(name.name(), List.of())) {
            boolean matches = name.isQualified()
                    ? candidate.schema().equals(name.schema())
                    : schemas.isEmpty() || schemas.contains(candidate.schema());
            if (matches) {
                found.add(candidate);
            }
        }
        return found;
    }
}
