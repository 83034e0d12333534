package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds what code does that runs because of an effect: triggers, rules, and whatever a table computes. */
final class ImpliedCode {
    private final SchemaSnapshot schema;
    private final List<String> searched;
    private final StatedCode facts;
    private final Consequences consequences;
    private final AskedViews views;
    private final WrittenNames names;
    private final Set<TableName> read = new LinkedHashSet<>();
    private boolean defines;

    ImpliedCode(
            SchemaSnapshot schema,
            List<String> searched,
            StatedCode facts,
            Consequences consequences,
            WrittenNames names) {
        this.schema = schema;
        this.searched = searched;
        this.facts = facts;
        this.consequences = consequences;
        this.views = new AskedViews(schema, searched);
        this.names = names;
    }

    /**
     * Why code runs.
     *
     * @param via how the effect that causes it came about; empty for the statement's own
     * @param name what it is caused by, as a chain begins
     * @param reach how far the cause goes, which may be true of what the code does as well
     */
    record Cause(String via, String name, Reach reach) {
        static final Cause OF_STATEMENT = new Cause("", "the statement", Reach.TABLE);

        static Cause of(Effect effect) {
            return new Cause(effect.via(), effect.table().toString(), effect.reach());
        }

        /** What code changes because of it. */
        Effect changing(Effect effect, TableName table) {
            return Consequences.uncounted(effect.verb(), table, effect.columns())
                    .reaching(reachOf(effect));
        }

        /** Either may say that rows in the way are deleted; that none is, only what runs first. */
        private Reach reachOf(Effect effect) {
            if (reach == Reach.ROWS_IN_THE_WAY || effect.reach() == Reach.ROWS_IN_THE_WAY) {
                return Reach.ROWS_IN_THE_WAY;
            }
            boolean areKept = reach == Reach.ROWS_KEPT || effect.reach() == Reach.ROWS_KEPT;
            return areKept ? Reach.ROWS_KEPT : Reach.TABLE;
        }

        /** Whether rows in the way of what the code adds or changes are deleted, because its cause says so. */
        boolean takesAway(Effect effect) {
            return reach == Reach.ROWS_IN_THE_WAY && (effect.verb() == Verb.INSERT || effect.verb() == Verb.UPDATE);
        }
    }

    /** No row changes by reading but by code that runs then: a policy, the type of a column, a trigger on reading. */
    void read(Effect effect) {
        if (read.add(effect.table())) {
            fireTriggers(effect);
            runOf(effect.table(), effect.verb(), Cause.of(effect));
            for (TableName part : schema.partsOf(effect.table())) {
                runOf(part, effect.verb(), Cause.of(effect));
            }
            readBehind(effect);
        }
    }

    /** Who asks a view reads the tables behind it. */
    private void readBehind(Effect effect) {
        @Nullable View view = schema.view(effect.table());
        if (view != null && AskedViews.isReadThrough(view)) {
            for (TableName base : schema.definitionOf(view).bases()) {
                schema.tablesReadAs(base, searched).forEach(table -> read(effect.on(table)));
            }
        }
    }

    /** What runs when rows of a table are written. */
    void write(Effect effect) {
        fireTriggers(effect);
        runOf(effect.table(), effect.verb(), Cause.of(effect));
        if (effect.verb() == Verb.INSERT) {
            enterParts(effect, schema.partsOf(effect.table()));
        }
    }

    /** A row that is put into a table, or moved within it, runs the code of the part that it comes to. */
    void enterParts(Effect effect, Set<TableName> parts) {
        for (TableName part : parts) {
            Effect added = new Effect(Verb.INSERT, part, effect.columns(), true, effect.via(), false);
            fireTriggers(added);
            runOf(part, Verb.INSERT, Cause.of(added));
        }
    }

    /** What the columns of a table run, and not its triggers and policies. */
    void runOfColumns(TableName table) {
        List<ImplicitCode> code = schema.code().ofTables().getOrDefault(table, List.of());
        runAll(
                code.stream()
                        .filter(each -> !each.label().startsWith("policy")
                                && !each.label().startsWith("condition"))
                        .toList(),
                Cause.OF_STATEMENT,
                " of " + table);
        schema.triggersOf(table).stream()
                .filter(SettingDefaults::isOne)
                .forEach(each -> fire(each, Effect.of(Verb.INSERT, table)));
    }

    private void runOf(TableName table, Verb verb, Cause cause) {
        List<ImplicitCode> code = schema.code().ofTables().getOrDefault(table, List.of());
        runAll(code.stream().filter(each -> each.verbs().contains(verb)).toList(), cause, " of " + table);
    }

    /** What runs whenever the schema is changed; once is enough. */
    void define(Cause cause) {
        if (!defines) {
            defines = true;
            runAll(schema.code().ofDefinitions(), cause, "");
        }
    }

    /** Code that runs; {@code of} ends the phrase for it. */
    void runAll(List<ImplicitCode> code, Cause cause, String of) {
        for (ImplicitCode each : code) {
            CodeRun run = new CodeRun(schema, facts);
            run.implied(each);
            run(run, cause, each.label() + of, each.label() + of);
        }
    }

    /** Counts triggers as there that the user who read the schema is not shown, also of a table that is not shown itself. */
    static void hideUnseenTriggers(SchemaSnapshot schema, Effect effect, Consequences consequences) {
        if (changesRows(effect.verb()) && !schema.showsTriggersOf(effect.table())) {
            consequences.hide("any trigger of " + effect.table()
                    + ", because triggers are shown only to a user with the privilege TRIGGER");
        }
    }

    void fireTriggers(Effect effect) {
        hideUnseenTriggers(schema, effect, consequences);
        for (Trigger trigger : schema.triggersOf(effect.table())) {
            if (trigger.runsOn(effect)) {
                fire(trigger, effect);
            }
        }
    }

    private static boolean changesRows(Verb verb) {
        return switch (verb) {
            case INSERT, UPDATE, DELETE -> true;
            case SELECT, TRUNCATE, CREATE, EXTEND, ALTER, DROP -> false;
        };
    }

    private void fire(Trigger trigger, Effect effect) {
        if (trigger.isHarmless()) {
            return;
        }
        Cause cause = Cause.of(effect);
        Optional<List<Effect>> stated = facts.of(trigger);
        String label = trigger + (trigger.body().isEmpty() ? "" : " (body " + trigger.body() + ")");
        if (stated.isPresent()) {
            stated.get().forEach(each -> add(each, cause, trigger.toString()));
        } else if (schema.routines().byId(trigger.routine()) == null) {
            consequences.hide(label);
        } else {
            CodeRun run = new CodeRun(schema, facts);
            run.follow(trigger.routine(), "");
            run(run, cause, trigger.toString(), label);
        }
    }

    /** What code does that runs because of something. */
    private void run(CodeRun run, Cause cause, String name, String label) {
        if (run.followsCode()) {
            consequences.followCode();
        }
        for (CodeRun.Unknown unknown : run.unknown()) {
            consequences.hide(label + ", by " + unknown.chain()
                    + (unknown.obstacle().isEmpty() ? "" : " (" + unknown.obstacle() + ")"));
        }
        for (CodeRun.Found found : run.effects()) {
            String by = found.chain().isEmpty() ? name : name + " and " + found.chain();
            if (found.isCertain()) {
                add(found.effect(), cause, by);
            } else {
                addIfTable(found.effect(), cause, by);
            }
        }
    }

    private void add(Effect effect, Cause cause, String name) {
        boolean isTable = !schema.tablesNamed(effect.table(), searched).isEmpty();
        if (isTable || effect.verb().reads()) {
            addIfTable(effect, cause, name);
        } else {
            change(effect, effect.table(), cause, name);
        }
    }

    /** Code is read by its words at times, and its names may be variables or columns then: only tables that exist count. */
    private void addIfTable(Effect effect, Cause cause, String name) {
        for (TableName table : schema.tablesNamed(effect.table(), searched)) {
            if (effect.verb().reads()) {
                views.collectCode(effect.on(table), consequences);
                read(new Effect(effect.verb(), table, effect.columns(), true, by(cause, table, name), false));
            } else {
                change(effect, table, cause, name);
            }
        }
    }

    private void change(Effect effect, TableName table, Cause cause, String name) {
        String by = by(cause, table, name);
        names.follow(cause.changing(effect, table).because(by));
        if (cause.takesAway(effect)) {
            names.follow(Consequences.uncounted(Verb.DELETE, table)
                    .reaching(Reach.ROWS_IN_THE_WAY)
                    .because(by + " OR REPLACE"));
        }
        if (EffectClosure.changesSchema(effect.verb())) {
            define(cause);
        }
    }

    private static String by(Cause cause, TableName table, String name) {
        return Consequences.chain(cause.via(), cause.name() + " → " + table + " by " + name);
    }
}
