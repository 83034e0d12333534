package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.RoutineCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Follows one effect through the schema to everything that the database does because of it.
 *
 * <p>Cycles of foreign keys, views and inheritance end because each effect on each table is followed once.
 */
public final class EffectClosure {
    private final SchemaSnapshot schema;
    private final List<String> searched;
    private final StatedCode facts;
    private final Set<Effect> known = new LinkedHashSet<>();
    private final Set<Effect> seen = new LinkedHashSet<>();
    private final ArrayDeque<Effect> open = new ArrayDeque<>();
    private final Set<String> hidden = new LinkedHashSet<>();
    private final Set<Mentions> mentions = new LinkedHashSet<>();
    private final Set<TableName> read = new LinkedHashSet<>();
    private final Set<RoutineCall> routines = new LinkedHashSet<>();

    private EffectClosure(SchemaSnapshot schema, List<String> searched, StatedCode facts) {
        this.schema = schema;
        this.searched = searched;
        this.facts = facts;
    }

    /**
     * What an effect comes to.
     *
     * @param effects the effect itself, or what stands behind it where its table is a view, and all that the database adds
     * @param hiddenCode what runs because of it and cannot be seen through, each as a phrase
     * @param routines the routines not known to be harmless that the views on its way call
     * @param mentions what these views name
     */
    public record Closed(
            List<Effect> effects, List<String> hiddenCode, List<RoutineCall> routines, List<Mentions> mentions) {
        public Closed {
            mentions = List.copyOf(mentions);
            routines = List.copyOf(routines);
            effects = List.copyOf(effects);
            hiddenCode = List.copyOf(hiddenCode);
        }
    }

    /**
     * Follows an effect.
     *
     * @param searched the schemas in which the session looks for an unqualified name; empty when they are not known
     * @param facts what is said elsewhere of code, which goes before what the code tells
     */
    public static Closed close(SchemaSnapshot schema, Effect effect, List<String> searched, StatedCode facts) {
        EffectClosure closure = new EffectClosure(schema, searched, facts);
        closure.collectCode(effect);
        if (effect.verb().reads()) {
            schema.tablesNamed(effect.table(), searched).forEach(table -> closure.read(effect.on(table)));
            closure.known.add(effect);
        } else {
            closure.follow(effect);
            if (changesSchema(effect.verb())) {
                closure.runAll(schema.code().ofDefinitions(), Cause.of(effect), "");
            }
        }
        return closure.closed();
    }

    /**
     * What a statement comes to by operators, casts and types that it names, and by casts that it does not even name.
     *
     * @param searched the schemas in which the session looks for an unqualified name; empty when they are not known
     */
    public static Closed closeMentioned(
            SchemaSnapshot schema, Mentions mentions, List<String> searched, StatedCode facts) {
        EffectClosure closure = new EffectClosure(schema, searched, facts);
        List<ImplicitCode> code = new ArrayList<>(schema.code().namedIn(mentions));
        if (mentions.computes()) {
            code.addAll(schema.code().ofCasts());
        }
        closure.runAll(code, Cause.OF_STATEMENT, "");
        return closure.closed();
    }

    private Closed closed() {
        while (!open.isEmpty()) {
            spread(open.remove());
        }
        return new Closed(List.copyOf(known), List.copyOf(hidden), List.copyOf(routines), List.copyOf(mentions));
    }

    /**
     * Why code runs.
     *
     * @param via how the effect that causes it came about; empty for the statement's own
     * @param name what it is caused by, as a chain begins
     */
    private record Cause(String via, String name) {
        static final Cause OF_STATEMENT = new Cause("", "the statement");

        static Cause of(Effect effect) {
            return new Cause(effect.via(), effect.table().toString());
        }
    }

    /** No row changes by reading but by code that runs then: a policy, the type of a column, a trigger on reading. */
    private void read(Effect effect) {
        if (read.add(effect.table())) {
            fireTriggers(effect);
            runCodeOf(effect.table(), effect.verb(), Cause.of(effect));
        }
    }

    private static boolean changesRows(Verb verb) {
        return switch (verb) {
            case INSERT, UPDATE, DELETE -> true;
            case SELECT, TRUNCATE, CREATE, EXTEND, ALTER, DROP -> false;
        };
    }

    private static boolean changesSchema(Verb verb) {
        return switch (verb) {
            case CREATE, EXTEND, ALTER, DROP -> true;
            case SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> false;
        };
    }

    private void runCodeOf(TableName table, Verb verb, Cause cause) {
        List<ImplicitCode> code = schema.code().ofTables().getOrDefault(table, List.of());
        runAll(code.stream().filter(each -> each.verbs().contains(verb)).toList(), cause, " of " + table);
    }

    private void runAll(List<ImplicitCode> code, Cause cause, String of) {
        for (ImplicitCode each : code) {
            CodeRun run = new CodeRun(schema, facts);
            run.implied(each);
            run(run, cause, each.label() + of, each.label() + of);
        }
    }

    /**
     * The tables that reading a name truly reads: the tables behind a view, through all views between.
     *
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

    private static boolean isReadThrough(@Nullable View view) {
        return view != null && view.kind() != View.Kind.MATERIALIZED;
    }

    /** What runs when the views are asked that a name could mean, and those behind them. */
    private void collectCode(Effect effect) {
        Set<TableName> visited = new LinkedHashSet<>();
        ArrayDeque<TableName> names = new ArrayDeque<>(schema.tablesNamed(effect.table(), searched));
        while (!names.isEmpty()) {
            TableName next = names.remove();
            @Nullable View view = schema.view(next);
            boolean runs =
                    view != null && (isReadThrough(view) || !effect.verb().reads());
            if (view == null || !runs || !visited.add(next)) {
                continue;
            }
            ViewDefinition definition = schema.definitionOf(view);
            routines.addAll(definition.routines());
            mentions.addAll(definition.mentions());
            if (!definition.isReadable()) {
                hidden.add("the query of view " + next);
            }
            for (TableName base : definition.bases()) {
                names.addAll(schema.tablesNamed(base, searched));
            }
        }
    }

    private void follow(Effect effect) {
        List<TableName> tables = schema.tablesNamed(effect.table(), searched);
        boolean isOwnedSequence = followToOwners(effect);
        boolean couldBeTable = tables.isEmpty() && !isOwnedSequence;
        for (TableName table : tables) {
            @Nullable View view = schema.view(table);
            if (view != null && isWrittenThrough(view, effect.verb())) {
                throughView(effect, view);
            } else {
                couldBeTable = true;
                if (seen.add(effect.on(table))) {
                    open.add(effect.on(table));
                }
            }
        }
        if (couldBeTable) {
            known.add(effect);
        }
    }

    /**
     * A change of a sequence that a table owns is one of its table, and the statement's own.
     *
     * @return whether the name means such sequences and no other
     */
    private boolean followToOwners(Effect effect) {
        if (effect.verb() != Verb.ALTER && effect.verb() != Verb.DROP) {
            return false;
        }
        List<TableName> sequences = schema.sequencesNamed(effect.table(), searched);
        boolean areOwned = !sequences.isEmpty();
        for (TableName sequence : sequences) {
            loseSequence(effect, sequence);
            Set<TableName> owners = schema.ownersOf(sequence);
            areOwned &= !owners.isEmpty();
            for (TableName owner : owners) {
                follow(new Effect(Verb.ALTER, owner, Collections.emptySortedSet(), true, effect.via()));
            }
        }
        return areOwned;
    }

    /** A default that takes its numbers from a sequence goes with it. */
    private void loseSequence(Effect effect, TableName sequence) {
        if (effect.verb() == Verb.DROP) {
            Dependencies.Item dropped = new Dependencies.Item("sequence", sequence.schema(), sequence.name());
            for (Dependencies.Lost lost : schema.dependencies().lostWith(dropped)) {
                String chain = sequence + " → " + lost.table() + " by dropping " + lost.used();
                add(
                        uncounted(SweptTables.verbOf(lost.loss()), lost.table(), Collections.emptySortedSet()),
                        chain(effect, chain));
            }
        }
    }

    private void throughView(Effect effect, View view) {
        if (!view.rewrittenBy().isEmpty()) {
            hidden.add(view.rewrittenBy() + " of " + view.name());
        }
        if (!seen.add(effect.on(view.name()))) {
            return;
        }
        fireTriggers(effect.on(view.name())); // those that run in its stead
        ViewDefinition definition = schema.definitionOf(view);
        if (definition.bases().isEmpty() || !definition.basesAreKnown()) {
            known.add(effect);
        }
        for (TableName base : definition.bases()) {
            // A view may name its columns otherwise than its table does, so every column could be meant.
            follow(new Effect(
                    effect.verb(),
                    base,
                    Collections.emptySortedSet(),
                    effect.hasWhere(),
                    effect.via(),
                    effect.isCounted()));
        }
    }

    private void spread(Effect effect) {
        for (TableName parent : schema.parentsOf(effect.table())) {
            // Not followed further: a change of one partition does not reach its siblings.
            String via = chain(effect, effect.table() + " is a part of " + parent);
            known.add(new Effect(effect.verb(), parent, effect.columns(), true, via, effect.isCounted()));
        }
        fireTriggers(effect);
        setOnUpdate(effect);
        runCodeOf(effect.table(), effect.verb(), Cause.of(effect));
        if (effect.verb() == Verb.INSERT || effect.verb() == Verb.UPDATE) {
            runCodeOfParts(effect);
        }
        for (TableName child : schema.childrenOf(effect.table())) {
            if (reachesChildren(effect.verb())) {
                String chain = child + " is a part of " + effect.table();
                add(
                        new Effect(effect.verb(), child, effect.columns(), true, "", effect.isCounted()),
                        chain(effect, chain));
            }
        }
        boolean mayCascade = effect.verb() == Verb.DELETE || effect.verb() == Verb.UPDATE;
        if (mayCascade && !schema.showsReferencing(effect.table())) {
            hidden.add("any foreign key to " + effect.table() + ", because a table is shown only to a user who has a"
                    + " privilege on it");
        }
        for (ForeignKey key : schema.referencing(effect.table())) {
            if (effect.verb() == Verb.DELETE) {
                spread(effect, key, key.onDelete(), "ON DELETE ");
            } else if (effect.verb() == Verb.UPDATE && changesKey(effect, key)) {
                spread(effect, key, key.onUpdate(), "ON UPDATE ");
            } else if (effect.verb() == Verb.DROP) {
                // Dropped with CASCADE; without it the database would refuse.
                String chain = effect.table() + " → " + key.child() + " by dropping foreign key " + key.name();
                add(uncounted(Verb.ALTER, key.child(), Collections.emptySortedSet()), chain(effect, chain));
            }
        }
        if (effect.verb() == Verb.DROP) {
            dropWhatRestsOn(effect);
        }
    }

    /** Columns that the server sets by itself change with the others. */
    private void setOnUpdate(Effect effect) {
        Set<String> columns = schema.setOnUpdate(effect.table());
        boolean areTold = effect.columns().isEmpty() || effect.columns().containsAll(columns);
        if (effect.verb() == Verb.UPDATE && !areTold) {
            String chain = effect.table() + " sets " + String.join(", ", new TreeSet<>(columns)) + " ON UPDATE";
            add(
                    new Effect(Verb.UPDATE, effect.table(), new TreeSet<>(columns), true, "", effect.isCounted()),
                    chain(effect, chain));
        }
    }

    /** A row that is put into a table, or moved within it, runs the code of the part that it comes to, and of the one it left. */
    private void runCodeOfParts(Effect effect) {
        for (TableName part : schema.partsOf(effect.table())) {
            Effect added = new Effect(Verb.INSERT, part, effect.columns(), true, effect.via(), false);
            fireTriggers(added);
            runCodeOf(part, Verb.INSERT, Cause.of(added));
            if (effect.verb() == Verb.UPDATE) {
                fireTriggers(new Effect(Verb.DELETE, part, Collections.emptySortedSet(), true, effect.via(), false));
            }
        }
    }

    /** The views of a table go with it where it is dropped with CASCADE, and whatever else uses it. */
    private void dropWhatRestsOn(Effect effect) {
        for (View view : schema.viewsOn(effect.table())) {
            String chain = effect.table() + " → " + view.name() + " by dropping a view on it";
            add(uncounted(Verb.DROP, view.name(), Collections.emptySortedSet()), chain(effect, chain));
        }
        for (Dependencies.Lost lost : schema.dependencies().lostWith(Dependencies.Item.of(effect.table()))) {
            String chain = effect.table() + " → " + lost.table() + " by dropping " + lost.used();
            add(
                    uncounted(SweptTables.verbOf(lost.loss()), lost.table(), Collections.emptySortedSet()),
                    chain(effect, chain));
        }
    }

    private void fireTriggers(Effect effect) {
        if (changesRows(effect.verb()) && !schema.showsTriggersOf(effect.table())) {
            hidden.add("any trigger of " + effect.table()
                    + ", because triggers are shown only to a user with the privilege" + " TRIGGER");
        }
        for (Trigger trigger : schema.triggersOf(effect.table())) {
            if (trigger.verbs().contains(effect.verb())) {
                fire(trigger, effect);
            }
        }
    }

    private void fire(Trigger trigger, Effect effect) {
        if (trigger.isHarmless()) {
            return;
        }
        Cause cause = Cause.of(effect);
        Optional<List<Effect>> stated = facts.of(trigger);
        String label = trigger + (trigger.body().isEmpty() ? "" : " (body " + trigger.body() + ")");
        if (stated.isPresent()) {
            stated.get().forEach(each -> write(each, cause, trigger.toString()));
        } else if (schema.routines().byId(trigger.routine()) == null) {
            hidden.add(label);
        } else {
            CodeRun run = new CodeRun(schema, facts);
            run.follow(trigger.routine(), "");
            run(run, cause, trigger.toString(), label);
        }
    }

    /** What code does that runs because of something. */
    private void run(CodeRun run, Cause cause, String name, String label) {
        for (CodeRun.Unknown unknown : run.unknown()) {
            hidden.add(label + ", by " + unknown.chain()
                    + (unknown.obstacle().isEmpty() ? "" : " (" + unknown.obstacle() + ")"));
        }
        for (CodeRun.Found found : run.effects()) {
            String by = found.chain().isEmpty() ? name : name + " and " + found.chain();
            if (found.isCertain()) {
                write(found.effect(), cause, by);
            } else {
                writeIfTable(found.effect(), cause, by);
            }
        }
    }

    private void write(Effect effect, Cause cause, String name) {
        boolean isTable = !schema.tablesNamed(effect.table(), searched).isEmpty();
        if (isTable || effect.verb().reads()) {
            writeIfTable(effect, cause, name);
        } else {
            add(uncounted(effect.verb(), effect.table(), effect.columns()), by(cause, effect.table(), name));
        }
    }

    /** Code is read by its words at times, and its names may be variables or columns then: only tables that exist count. */
    private void writeIfTable(Effect effect, Cause cause, String name) {
        for (TableName table : schema.tablesNamed(effect.table(), searched)) {
            if (effect.verb().reads()) {
                collectCode(effect.on(table));
                read(new Effect(effect.verb(), table, effect.columns(), true, by(cause, table, name), false));
            } else {
                add(uncounted(effect.verb(), table, effect.columns()), by(cause, table, name));
            }
        }
    }

    private static String by(Cause cause, TableName table, String name) {
        return chain(cause.via(), cause.name() + " → " + table + " by " + name);
    }

    private void spread(Effect effect, ForeignKey key, ReferentialAction action, String when) {
        if (action == ReferentialAction.NONE) {
            return;
        }
        boolean deletes = action == ReferentialAction.CASCADE && effect.verb() == Verb.DELETE;
        SortedSet<String> columns = deletes ? Collections.emptySortedSet() : new TreeSet<>(key.childColumns());
        String chain =
                effect.table() + " → " + key.child() + " by foreign key " + key.name() + " " + when + action.words();
        add(uncounted(deletes ? Verb.DELETE : Verb.UPDATE, key.child(), columns), chain(effect, chain));
    }

    /** What changes rows that the statement does not tell of. */
    private static Effect uncounted(Verb verb, TableName table, SortedSet<String> columns) {
        return new Effect(verb, table, columns, true, "", false);
    }

    private void add(Effect unexplained, String via) {
        if (seen.add(unexplained)) {
            Effect added = new Effect(
                    unexplained.verb(), unexplained.table(), unexplained.columns(), true, via, unexplained.isCounted());
            known.add(added);
            open.add(added);
        }
    }

    private static String chain(Effect cause, String link) {
        return chain(cause.via(), link);
    }

    private static String chain(String via, String link) {
        return via.isEmpty() ? link : via + ", then " + link;
    }

    private static boolean changesKey(Effect effect, ForeignKey key) {
        return effect.columns().isEmpty() || effect.columns().stream().anyMatch(key.parentColumns()::contains);
    }

    private static boolean isWrittenThrough(View view, Verb verb) {
        return switch (view.kind()) {
            case MATERIALIZED -> false;
            case SYNONYM -> true;
            case VIEW ->
                switch (verb) {
                    case INSERT, UPDATE, DELETE, TRUNCATE -> true;
                    case SELECT, CREATE, EXTEND, ALTER, DROP -> false;
                };
        };
    }

    private static boolean reachesChildren(Verb verb) {
        return switch (verb) {
            case UPDATE, DELETE, TRUNCATE, ALTER, DROP -> true;
            case SELECT, INSERT, CREATE, EXTEND -> false;
        };
    }
}
