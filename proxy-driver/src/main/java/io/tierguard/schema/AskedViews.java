package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks through the views that are asked where a name is read or written. */
public final class AskedViews {
    private final SchemaSnapshot schema;
    private final List<String> searched;
    private final Set<TableName> refreshed = new LinkedHashSet<>();

    AskedViews(SchemaSnapshot schema, List<String> searched) {
        this.schema = schema;
        this.searched = searched;
    }

    /**
     * The tables that reading a name truly reads: the tables behind a view, through all views between.
     *
     * @param searched the schemas in which the session looks for an unqualified name; empty when they are not known
     * @return empty when the name is no view, or when what it reads is not fully known
     */
    public static Set<TableName> tablesBehind(SchemaSnapshot schema, TableName name, List<String> searched) {
        ArrayDeque<TableName> names = new ArrayDeque<>();
        for (TableName named : schema.tablesNamed(name, searched)) {
            if (!isReadThrough(schema.view(named))) {
                return Set.of();
            }
            names.add(named);
        }
        Set<TableName> tables = new LinkedHashSet<>();
        Set<TableName> visited = new LinkedHashSet<>();
        while (!names.isEmpty()) {
            TableName next = names.remove();
            @Nullable View view = schema.view(next);
            if (view == null || !isReadThrough(view)) {
                tables.add(next);
            } else if (!schema.definitionOf(view).basesAreKnown()) {
                return Set.of();
            } else if (visited.add(next)) {
                names.addAll(schema.definitionOf(view).bases());
            }
        }
        return tables;
    }

    /** Whether asking what has a name asks the tables behind it. */
    static boolean isReadThrough(@Nullable View view) {
        return view != null && view.kind() != View.Kind.MATERIALIZED;
    }

    /** Notes what runs when the views are asked that the table of an effect could be, and those behind them. */
    void collectCode(Effect effect, Consequences consequences) {
        Set<TableName> visited = new LinkedHashSet<>();
        ArrayDeque<TableName> names = new ArrayDeque<>(schema.tablesNamed(effect.table(), searched));
        while (!names.isEmpty()) {
            TableName next = names.remove();
            @Nullable View view = schema.view(next);
            boolean runs =
                    view != null && (isReadThrough(view) || !effect.verb().reads());
            boolean isUntold = view != null && view.kind() == View.Kind.UNTOLD;
            if (isUntold && !schema.listsAll()) {
                consequences.hide("the query of view " + next + ", or of one whose name differs by letter case alone,");
            }
            if (view == null || isUntold || !runs || !visited.add(next)) {
                continue;
            }
            boolean isAsWritten = schema.isAsWritten(view);
            ViewDefinition definition = schema.definitionOf(view);
            consequences.ask(next, isAsWritten ? placed(definition) : definition, effect);
            if (schema.couldHideCode(view)) {
                consequences.hide("the query of view " + next);
            }
            for (TableName base : definition.bases()) {
                List<TableName> behind = schema.tablesNamed(base, isAsWritten ? List.of() : searched);
                names.addAll(behind);
                if (isAsWritten) {
                    refreshed.addAll(behind);
                }
            }
        }
    }

    /** What the query of a materialized view of H2 reads when that is filled anew. */
    Set<TableName> refreshed() {
        return refreshed;
    }

    /** With what it changes wherever a table of the name is. */
    private ViewDefinition placed(ViewDefinition definition) {
        List<Effect> changes = new ArrayList<>();
        for (Effect change : definition.changes()) {
            List<TableName> tables = schema.tablesNamed(change.table(), List.of());
            tables.forEach(table -> changes.add(change.on(table)));
            if (tables.isEmpty()) {
                changes.add(change);
            }
        }
        return definition.changing(changes);
    }
}
