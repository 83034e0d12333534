package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.RoutineCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Follows one effect through the schema to everything that the database does because of it. */
public final class EffectClosure {
    private final SchemaSnapshot schema;
    private final List<String> searched;
    private final Consequences consequences = new Consequences();
    private final AskedViews views;
    private final ImpliedCode code;
    private final Losses losses;
    private final WrittenNames names;
    private final KeyActions keys;
    private final RowTriggers rowTriggers;
    private final PartitionMoves moves;
    private final VirtualTableChanges virtual;

    private EffectClosure(SchemaSnapshot schema, List<String> searched, StatedCode facts) {
        this.schema = schema;
        this.searched = searched;
        this.views = new AskedViews(schema, searched);
        this.names = new WrittenNames(schema, searched, consequences);
        this.code = new ImpliedCode(schema, searched, facts, consequences, names);
        this.losses = new Losses(schema, consequences);
        this.keys = new KeyActions(schema, consequences);
        this.moves = new PartitionMoves(schema, facts, consequences, keys, code);
        this.rowTriggers = new RowTriggers(schema, facts, consequences, keys, moves);
        this.virtual = new VirtualTableChanges(schema, code, consequences);
    }

    /**
     * What an effect comes to.
     *
     * @param effects the effect itself, or what stands behind it where its table is a view, and all that the database adds
     * @param hiddenCode what runs because of it and cannot be seen through, each as a phrase
     * @param routines the routines not known to be harmless that the views on its way call
     * @param mentions what these views name
     * @param followsCode whether code runs because of it that another statement may change
     */
    public record Closed(
            List<Effect> effects,
            List<String> hiddenCode,
            List<RoutineCall> routines,
            List<Mentions> mentions,
            boolean followsCode) {
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
        if (effect.verb() != Verb.DROP) {
            closure.views.collectCode(effect, closure.consequences);
            closure.views.refreshed().forEach(table -> closure.readBehind(effect, table));
        }
        if (effect.verb().reads()) {
            closure.read(effect);
            if (effect.reach() == Reach.REBUILT) {
                schema.tablesNamed(effect.table(), searched).forEach(table -> closure.rebuild(effect, table));
            }
        } else {
            closure.names.follow(effect);
            closure.virtual.takeOver(effect, searched);
            if (changesSchema(effect.verb())) {
                closure.code.define(ImpliedCode.Cause.of(effect));
            }
        }
        return closure.closed();
    }

    /**
     * What a change of the schema comes to that is on no table of the database, but on a temporary one: event triggers run all
     * the same.
     */
    public static Closed closeDefinition(SchemaSnapshot schema, Effect effect, StatedCode facts) {
        EffectClosure closure = new EffectClosure(schema, List.of(), facts);
        closure.code.define(ImpliedCode.Cause.of(effect));
        return closure.closed();
    }

    /** The same of a statement that runs event triggers and changes no table, by its leading words. */
    public static Closed closeDefinition(SchemaSnapshot schema, String operation, StatedCode facts) {
        EffectClosure closure = new EffectClosure(schema, List.of(), facts);
        closure.code.define(new ImpliedCode.Cause("", operation, Reach.TABLE));
        return closure.closed();
    }

    /** What the columns of a table run when it is filled, its defaults, checks and types, which another may take over. */
    public static Closed closeColumns(SchemaSnapshot schema, TableName table, List<String> searched, StatedCode facts) {
        EffectClosure closure = new EffectClosure(schema, searched, facts);
        for (TableName each : schema.tablesNamed(table, searched)) {
            closure.code.runOfColumns(each);
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
        List<ImplicitCode> named = new ArrayList<>(schema.code().namedIn(mentions));
        if (mentions.computes()) {
            named.addAll(schema.code().ofCasts());
        }
        named.addAll(SettingDefaults.askedIn(schema, mentions, facts));
        closure.code.runAll(named, ImpliedCode.Cause.OF_STATEMENT, "");
        return closure.closed();
    }

    private Closed closed() {
        while (consequences.hasAsked() || consequences.hasOpen()) {
            if (consequences.hasAsked()) {
                names.follow(consequences.nextAsked());
                continue;
            }
            Effect effect = consequences.nextOpen();
            if (names.standsForOthers(effect)) {
                code.write(effect); // triggers in the place of the change, and defaults that a view has of its own
            } else {
                spread(effect);
            }
        }
        return consequences.closed();
    }

    /** Whether a verb changes what tables there are, or how they are made. */
    static boolean changesSchema(Verb verb) {
        return switch (verb) {
            case CREATE, EXTEND, ALTER, DROP -> true;
            case SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> false;
        };
    }

    /** What runs because the query of a materialized view reads a table, or a view of one. */
    private void readBehind(Effect refresh, TableName table) {
        for (TableName read : schema.tablesReadAs(table, searched)) {
            String via = Consequences.chain(refresh, "the query of " + refresh.table() + " reads " + read);
            code.read(Effect.of(Verb.SELECT, read).because(via));
        }
    }

    private void read(Effect effect) {
        for (TableName table : schema.tablesReadAs(effect.table(), searched)) {
            code.read(effect.on(table));
            virtual.read(effect.on(table));
        }
        if (effect.reach() == Reach.KEY) {
            consequences.know(Effect.of(effect.verb(), effect.table()));
            makeKey(effect);
        } else {
            consequences.know(effect);
        }
    }

    /** H2 makes a key of columns that a foreign key refers to, in the modes in which it does not refuse. */
    private void makeKey(Effect effect) {
        for (TableName table : schema.tablesNamed(effect.table(), searched)) {
            if (schema.lacksKey(table, effect.columns())) {
                String link = table + " gets a key of " + String.join(", ", effect.columns())
                        + ", to which a foreign key refers";
                consequences.add(Consequences.uncounted(Verb.EXTEND, table), Consequences.chain(effect, link));
            }
        }
    }

    private void spread(Effect effect) {
        for (TableName parent : schema.parentsOf(effect.table())) {
            // Not followed further: a change of one partition does not reach its siblings.
            String via = Consequences.chain(effect, effect.table() + " is a part of " + parent);
            consequences.know(new Effect(effect.verb(), parent, effect.columns(), true, via, effect.isCounted()));
        }
        virtual.follow(effect, keys::follow);
        code.write(effect);
        if (schema.readsWhatIsAltered() && (effect.verb() == Verb.ALTER || effect.verb() == Verb.EXTEND)) {
            code.read(new Effect(Verb.SELECT, effect.table(), effect.columns(), true, effect.via(), false));
        }
        setOnUpdate(effect);
        replace(effect);
        if (reachesChildren(effect)) {
            spreadToChildren(effect);
        }
        if (effect.reach() == Reach.REBUILT || (effect.verb() == Verb.EXTEND && schema.rebuildsToExtend())) {
            rebuild(effect, effect.table());
        }
        switch (effect.verb()) {
            case DELETE -> keys.follow(effect);
            case UPDATE -> {
                keys.follow(effect);
                moves.follow(effect);
                rowTriggers.follow(effect);
            }
            case DROP -> drop(effect);
            case ALTER, EXTEND -> {
                losses.byAltering(effect);
                losses.byRestarting(effect);
            }
            case SELECT, INSERT, TRUNCATE, CREATE -> {
                // No more than this.
            }
        }
    }

    /** The server may write the table anew for it. */
    private void rebuild(Effect effect, TableName table) {
        if (schema.computesAnew(table)) {
            consequences.add(
                    Consequences.uncounted(Verb.ALTER, table),
                    Consequences.chain(effect, table + " stores computed columns, which may be computed anew"));
        }
    }

    /** SQLite leaves what refers to a table as it is, but for what its foreign keys do with the rows. */
    private void drop(Effect effect) {
        if (schema.deletesBeforeDrop()) {
            keys.followDrop(effect);
        } else {
            losses.byDropping(effect);
        }
    }

    /** A constraint of the table itself may say that the rows in the way of one are deleted. */
    private void replace(Effect effect) {
        boolean addsRow = effect.verb() == Verb.INSERT || effect.verb() == Verb.UPDATE;
        boolean isSequence = schema.isWrittenSequence(effect.table());
        boolean keepsRows = effect.reach() == Reach.ROWS_KEPT && !isSequence;
        if (addsRow && isSequence) {
            losses.bySequence(effect, effect.table());
        }
        if (addsRow && !keepsRows && schema.replacesRows(effect.table())) {
            String link = isSequence
                    ? effect.table() + " is a sequence, whose row is replaced"
                    : effect.table() + " replaces the rows that are in the way, by ON CONFLICT REPLACE";
            consequences.add(
                    Consequences.uncounted(Verb.DELETE, effect.table()).reaching(Reach.ROWS_IN_THE_WAY),
                    Consequences.chain(effect, link));
        }
    }

    private void spreadToChildren(Effect effect) {
        for (TableName child : schema.childrenOf(effect.table())) {
            Effect ofChild =
                    new Effect(effect.verb(), child, effect.columns(), true, "", effect.isCounted(), effect.reach());
            consequences.add(ofChild, Consequences.chain(effect, child + " is a part of " + effect.table()));
        }
    }

    /** Columns that the server sets by itself change with the others: that is implied, but for what keys to them do. */
    private void setOnUpdate(Effect effect) {
        Set<String> columns = schema.setOnUpdate(effect.table());
        boolean areTold = effect.columns().isEmpty() || effect.columns().containsAll(columns);
        if (effect.verb() == Verb.UPDATE && !areTold) {
            String link = effect.table() + " sets " + String.join(", ", new TreeSet<>(columns)) + " ON UPDATE";
            String via = Consequences.chain(effect, link);
            keys.follow(new Effect(Verb.UPDATE, effect.table(), new TreeSet<>(columns), true, via, effect.isCounted()));
        }
    }

    private static boolean reachesChildren(Effect effect) {
        return switch (effect.verb()) {
            case UPDATE, DELETE, TRUNCATE, DROP -> true;
            case ALTER -> effect.reach() != Reach.MEMBERS;
            case EXTEND -> effect.reach() == Reach.PARTS;
            case SELECT, INSERT, CREATE -> false;
        };
    }
}
