package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Sweep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds in a schema the tables that a statement reaches without naming them; what follows from that the closure adds. */
public final class SweptTables {
    private final SchemaSnapshot schema;
    private final List<String> searched;

    private SweptTables(SchemaSnapshot schema, List<String> searched) {
        this.schema = schema;
        this.searched = searched;
    }

    /**
     * What a sweep does, to the tables that the schema has.
     *
     * @param searched the schemas in which the session looks for an unqualified name; empty when they are not known
     */
    public static List<Effect> of(SchemaSnapshot schema, Sweep sweep, List<String> searched) {
        return new SweptTables(schema, searched).effects(sweep);
    }

    /** Whether a name is that of a view, which holds no rows of its own. */
    public static boolean isView(SchemaSnapshot schema, TableName name) {
        return schema.view(name) != null;
    }

    /** Whether a table has rows of its own, and is no query by another name. */
    private boolean holdsRows(TableName table) {
        View view = schema.view(table);
        return view == null || view.kind() == View.Kind.MATERIALIZED;
    }

    static Verb verbOf(Dependencies.Loss loss) {
        return switch (loss) {
            case WHOLE -> Verb.DROP;
            case COLUMN, PART -> Verb.ALTER;
        };
    }

    private List<Effect> effects(Sweep sweep) {
        if (sweep instanceof Sweep.Truncated truncated) {
            List<Effect> emptied = truncated(truncated.table());
            return truncated.restarts()
                    ? emptied.stream()
                            .flatMap(effect -> Stream.of(effect, restarted(effect)))
                            .toList()
                    : emptied;
        }
        if (sweep instanceof Sweep.Cut cut) {
            return cut(cut);
        }
        if (sweep instanceof Sweep.OfSchema ofSchema) {
            return ofSchema(ofSchema.verb(), ofSchema.schema());
        }
        if (sweep instanceof Sweep.Moved moved) {
            return moved(moved);
        }
        if (sweep instanceof Sweep.Using using) {
            String kind = using.kind().name().toLowerCase(Locale.ROOT);
            List<Effect> effects = new ArrayList<>();
            schema.dependencies().named(kind, using.name()).forEach(item -> addLost(effects, item));
            return effects;
        }
        return schema.tables().stream()
                .filter(table -> !sweep.verb().reads() || holdsRows(table))
                .map(table -> Effect.of(sweep.verb(), table))
                .toList();
    }

    private List<Effect> truncated(TableName name) {
        List<Effect> effects = new ArrayList<>();
        Set<TableName> visited = new HashSet<>(schema.tablesNamed(name, searched));
        ArrayDeque<Effect> open = new ArrayDeque<>();
        visited.forEach(table -> open.add(Effect.of(Verb.TRUNCATE, table)));
        while (!open.isEmpty()) {
            Effect cause = open.remove();
            for (TableName part : schema.childrenOf(cause.table())) {
                if (visited.add(part)) {
                    open.add(added(cause, part, part + " is a part of " + cause.table()));
                }
            }
            for (ForeignKey key : schema.referencing(cause.table())) {
                if (visited.add(key.child())) {
                    Effect next = added(
                            cause,
                            key.child(),
                            cause.table() + " → " + key.child() + " by foreign key " + key.name()
                                    + " TRUNCATE CASCADE");
                    effects.add(next);
                    open.add(next);
                }
            }
        }
        return effects;
    }

    private static Effect restarted(Effect emptied) {
        return lost(Verb.ALTER, emptied.table(), emptied.via()).reaching(Reach.NUMBERS);
    }

    private static Effect added(Effect cause, TableName table, String link) {
        String via = cause.via().isEmpty() ? link : cause.via() + ", then " + link;
        return new Effect(Verb.TRUNCATE, table, Collections.emptySortedSet(), true, via, false);
    }

    private List<Effect> cut(Sweep.Cut cut) {
        Set<TableName> tables = new LinkedHashSet<>(schema.tablesNamed(cut.name(), searched));
        schema.sequencesNamed(cut.name(), searched).forEach(index -> tables.addAll(schema.ownersOf(index)));
        List<Effect> effects = new ArrayList<>();
        for (TableName table : tables) {
            for (ForeignKey key : schema.referencing(table)) {
                if (key.restsOn(cut.columns())) {
                    effects.add(lost(
                            Verb.ALTER,
                            key.child(),
                            table + " → " + key.child() + " by dropping foreign key " + key.name()));
                }
            }
            for (View view : schema.viewsOn(table)) {
                effects.add(lost(Verb.DROP, view.name(), table + " → " + view.name() + " by dropping a view on it"));
                addLost(effects, Dependencies.Item.of(view.name()));
            }
            addLost(effects, Dependencies.Item.of(table));
        }
        return effects;
    }

    private List<Effect> ofSchema(Verb verb, String name) {
        List<Effect> effects = new ArrayList<>();
        for (TableName table : schema.tables()) {
            if (table.schema().equals(name)) {
                effects.add(Effect.of(verb, table));
            }
        }
        if (verb == Verb.DROP) {
            schema.dependencies().inSchema(name).forEach(item -> addLost(effects, item));
        }
        return effects;
    }

    private List<Effect> moved(Sweep.Moved moved) {
        List<Effect> effects = new ArrayList<>();
        for (TableName table : schema.tables()) {
            if (table.schema().equals(moved.schema())) {
                effects.add(Effect.of(Verb.ALTER, table));
                effects.add(Effect.of(Verb.CREATE, table.in(moved.renamed())));
            }
        }
        return effects;
    }

    private void addLost(List<Effect> effects, Dependencies.Item dropped) {
        for (Dependencies.Lost lost : schema.dependencies().lostWith(dropped)) {
            effects.add(lost(
                    verbOf(lost.loss()), lost.table(), dropped + " → " + lost.table() + " by dropping " + lost.used()));
            if (lost.loss() == Dependencies.Loss.COLUMN) {
                for (ForeignKey key : schema.referencing(lost.table())) {
                    effects.add(lost(
                            Verb.ALTER,
                            key.child(),
                            lost.table() + " → " + key.child() + " by dropping foreign key " + key.name()));
                }
            }
        }
    }

    private static Effect lost(Verb verb, TableName table, String via) {
        return new Effect(verb, table, Collections.emptySortedSet(), true, via, false);
    }
}
