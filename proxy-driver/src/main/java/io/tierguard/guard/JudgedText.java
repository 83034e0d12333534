package io.tierguard.guard;

import io.tierguard.audit.AuditEffect;
import io.tierguard.policy.model.CodeFact;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.CodeRun;
import io.tierguard.schema.OwnTables;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.StatedCode;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SchemaConsequences;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.StatementEffects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has been found out about a text so far, and the context in which its next statement is read.
 *
 * <p>Used by one thread, for one text.
 */
final class JudgedText {
    private final LivePolicy live;
    private final Policy policy;
    private final Component component;
    private final Instant moment;
    private final TableDecisions tables;
    private final TemporaryTables temporaries;
    private final RowObligations rows;
    private final Concurrence decisions = new Concurrence();
    private final TierDemands demands = new TierDemands();
    private final List<AuditEffect> effects = new ArrayList<>();
    private final List<SessionChange> changes = new ArrayList<>();
    private ResolutionContext context;
    private PreparedNames prepared;
    private boolean showsValues = true;
    private boolean schemaChanges;
    private boolean isAfterChanges;
    private final ChangedNames changed;
    private final GivenNames given;
    private final MovedTriggers movedTriggers;
    private final ScheduledWrites scheduledWrites;
    private final Set<Effect> met = new LinkedHashSet<>();
    private final Set<String> names = new HashSet<>();
    private boolean runsCode;
    private boolean followsCode;
    private boolean impliesCode;
    private boolean runsLater;
    private final Set<RoutineCall> defined;
    private boolean losesSight;
    private boolean meetsUnknown;
    private boolean restsOnCode;
    private boolean hasRunCode;
    private boolean asksViews;

    JudgedText(LivePolicy policy, ResolutionContext context, PreparedNames prepared, Instant moment) {
        this(
                policy,
                context,
                prepared,
                moment,
                new ChangedNames(),
                new GivenNames(),
                new MovedTriggers(),
                new ScheduledWrites(),
                new HashSet<>());
    }

    private JudgedText(
            LivePolicy policy,
            ResolutionContext context,
            PreparedNames prepared,
            Instant moment,
            ChangedNames changed,
            GivenNames given,
            MovedTriggers movedTriggers,
            ScheduledWrites scheduledWrites,
            Set<RoutineCall> defined) {
        this.live = policy;
        this.policy = policy.policy();
        this.component = policy.component();
        this.moment = moment;
        this.tables = new TableDecisions(policy, moment);
        this.temporaries = new TemporaryTables(policy);
        this.rows = new RowObligations(policy.policy(), policy.component());
        this.context = context;
        this.prepared = prepared;
        this.changed = changed;
        this.given = given;
        this.movedTriggers = movedTriggers;
        this.scheduledWrites = scheduledWrites;
        this.defined = defined;
    }

    /** A text that runs after this one, of which nothing has been found out but what this one leaves. */
    JudgedText next() {
        return new JudgedText(live, context, prepared, moment, changed, given, movedTriggers, scheduledWrites, defined);
    }

    Policy policy() {
        return policy;
    }

    Component component() {
        return component;
    }

    Instant moment() {
        return moment;
    }

    TableDecisions tables() {
        return tables;
    }

    TemporaryTables temporaries() {
        return temporaries;
    }

    RowObligations rows() {
        return rows;
    }

    Concurrence decisions() {
        return decisions;
    }

    TierDemands demands() {
        return demands;
    }

    List<AuditEffect> effects() {
        return effects;
    }

    List<SessionChange> changes() {
        return changes;
    }

    /** What names mean to what is judged next. */
    ResolutionContext context() {
        return context;
    }

    /** Names mean something else from here on. */
    void continueIn(ResolutionContext next) {
        context = next;
    }

    /** What prepared names may stand for to what is judged next. */
    PreparedNames prepared() {
        return prepared;
    }

    /** Prepared names stand for something else from here on. */
    void continueWith(PreparedNames next) {
        prepared = next;
    }

    /** Notes an effect for the record, and what the tiers that it touches demand of the record. */
    void note(Effect effect) {
        meet(effect);
        List<TableClass> classes = tables.classesOf(effect.table(), context);
        String tier = classes.isEmpty() ? "" : classes.get(0).tier().name();
        effects.add(new AuditEffect(effect.verb(), effect.table().toString(), tier, effect.columns(), effect.via()));
        showsValues &= tables.showsValues(effect, context);
        for (TableClass tableClass : classes) {
            demands.add(effect, tableClass.tier());
        }
    }

    /** Whether every tier that is touched lets the record show bound values. */
    boolean showsValues() {
        return showsValues;
    }

    /** Something is touched that is in no tier, so no bound value is shown. */
    void maskValues() {
        showsValues = false;
    }

    boolean schemaChanges() {
        return schemaChanges;
    }

    /** Says whether the schema is another once the text has run. */
    void schemaChanges(boolean value) {
        schemaChanges = value;
    }

    /**
     * A table that only this session has is made, altered or dropped. That is no change of the schema, which lists none of them; only
     * PostgreSQL's, that a rollback may undo, are looked for with it, and SQLite's are part of it.
     */
    void changesOwnTables() {
        switch (context.modes().dialect()) {
            case POSTGRESQL, SQLITE, ANSI, ORACLE, SQLSERVER -> schemaChanges = true;
            case H2 -> changes.add(new SessionChange.TemporaryDiscarded()); // which there are is asked again
            case MYSQL, MARIADB -> {
                // Nobody tells which there are.
            }
        }
    }

    /** A run of code in the database as it is known here, in which temporary tables may be made. */
    CodeRun codeRun(StatedCode stated) {
        return new CodeRun(context.schema(), stated, new OwnTables() {
            @Override
            public Optional<String> otherMeaning(TableName table) {
                return otherMeaningInCode(table);
            }

            @Override
            public boolean isThere(TableName table) {
                return context.temporary().tables().contains(table.name());
            }
        });
    }

    /**
     * What else the name of a temporary table that code uses could find, here or later; empty where that is this session's affair
     * alone.
     */
    Optional<String> otherMeaningInCode(TableName table) {
        if (runsLater) {
            return Optional.of("whatever has it when rows are fetched");
        }
        boolean isMade = changed.mayHaveMade(table.name())
                || met.stream()
                        .anyMatch(effect -> effect.verb() == Verb.CREATE
                                && effect.table().name().equals(table.name())); // by the same DO
        return isMade ? Optional.of("what the same text makes") : temporaries.otherMeaning(table, context);
    }

    /** Code makes a temporary table, or drops one: which there are is asked again, and whether another table has the name. */
    void makeOwnTable(TableName table) {
        maskValues();
        noteSweep();
        changes.add(new SessionChange.TemporaryTable(table, true, false));
        changesOwnTables();
    }

    /** What has changed of the schema in this text. */
    ChangedNames changed() {
        return changed;
    }

    /** The names that it has given to what had others. */
    GivenNames given() {
        return given;
    }

    /** The triggers that it has brought under other names of tables. */
    MovedTriggers movedTriggers() {
        return movedTriggers;
    }

    /** What events write by the names that it has given. */
    ScheduledWrites scheduledWrites() {
        return scheduledWrites;
    }

    /**
     * Its transaction has changed the schema before, so that of a schema to which it returns nobody may have seen anything.
     *
     * @param areUndone whether that may have happened already when the text begins
     */
    void isAfterChanges(boolean areUndone) {
        isAfterChanges = true;
        if (areUndone) {
            undoChanges();
            changed.settle();
        }
    }

    /** What the transaction has done is undone from here on, all of it or a part. */
    void undoChanges() {
        if (isAfterChanges) {
            changed.willChangeAny();
        }
    }

    /**
     * The next statement begins.
     *
     * @param runsLater whether what is in it runs when names may mean something else, with the rows that a cursor gives
     */
    void beginStatement(boolean runsLater) {
        this.runsLater = runsLater;
        met.clear();
        runsCode = false;
        followsCode = false;
        impliesCode = false;
    }

    /** What the statement does, with all that happens because of it. */
    Collection<Effect> met() {
        return met;
    }

    /** Notes something that the statement does. */
    void meet(Effect effect) {
        met.add(effect);
        names.add(effect.table().name());
    }

    /** The names of all that the text has had effects on so far, by itself or by what happens because of it. */
    Set<String> names() {
        return names;
    }

    /** Whether the statement runs code of a user's own. */
    boolean runsCode() {
        return runsCode;
    }

    /** Notes that the statement runs code of a user's own. */
    void runCode() {
        runsCode = true;
        hasRunCode = true;
        restsOnCode = true;
    }

    /** Notes that a statement of the text defines a routine, all of which has been judged. */
    void define(RoutineCall routine) {
        defined.add(routine);
    }

    /** Whether a routine that the database does not have is one that the text itself has defined. */
    boolean defines(RoutineCall routine) {
        return defined.stream().anyMatch(routine::couldMean);
    }

    /** Whether the statement names code that another one may change: neither the server's nor told by the policy. */
    boolean followsCode() {
        return followsCode;
    }

    /** Notes whether it does. */
    void followCode(boolean follows) {
        followsCode |= follows;
    }

    /** Whether code that another statement may change runs because of the statement, without being named in it. */
    boolean impliesCode() {
        return impliesCode;
    }

    /** Notes whether it does. */
    void implyCode(boolean implies) {
        impliesCode |= implies;
    }

    /** Whether something could not be followed if it ran, so that nobody could say what later texts do. */
    boolean losesSight() {
        return losesSight;
    }

    void loseSight() {
        losesSight = true;
    }

    /** Whether something is named that nobody has seen in the database, so that others may have made it since. */
    boolean meetsUnknown() {
        return meetsUnknown;
    }

    /** Notes that even reading runs what the database keeps: a routine, or the query of a view. */
    void restOnCode() {
        restsOnCode = true;
    }

    /** Notes that the query of a view runs. */
    void askView() {
        asksViews = true;
        restsOnCode = true;
    }

    /** Whether it runs what the database keeps, even where it only reads. */
    boolean restsOnCode() {
        return restsOnCode && !context.schema().isUnknown();
    }

    /**
     * Whether nothing that texts before this one name is taken away or changed by its one statement, but only added to or read,
     * and nothing made under a name that they have not just taken away.
     */
    boolean changesNone(List<AnalyzedText> before) {
        Set<String> named = new HashSet<>();
        Set<String> left = new HashSet<>();
        Set<String> dropped = new HashSet<>();
        for (AnalyzedText text : before) {
            StatementEffects statement = text.statements().get(0);
            Set<String> names = new HashSet<>();
            text.mentions().forEach(mentions -> names.addAll(mentions.words()));
            SchemaConsequences.effects(statement)
                    .forEach(effect -> names.add(effect.table().name())); // which DROP alone tells
            named.addAll(names);
            (statement.operation().startsWith("DROP ") ? dropped : left).addAll(names);
        }
        return met.stream().noneMatch(effect -> {
            String name = effect.table().name();
            return switch (effect.verb()) {
                case SELECT -> false;
                case INSERT, EXTEND -> dropped.contains(name) && !left.contains(name);
                case CREATE -> left.contains(name);
                case UPDATE, DELETE, TRUNCATE, ALTER, DROP -> named.contains(name);
            };
        });
    }

    /** Whether a view or code of a user's own has a part in any of it. */
    boolean meetsCode() {
        return hasRunCode || asksViews || followsCode || impliesCode;
    }

    /** What of the database's schema all of it rests on. */
    Reliance reliance() {
        if (meetsUnknown) {
            return Reliance.UNKNOWN_NAMES;
        }
        boolean isPlainReading = context.schema().isUnknown()
                || (!restsOnCode && effects.stream().allMatch(effect -> effect.verb() == Verb.SELECT));
        return isPlainReading ? Reliance.NOTHING : Reliance.KNOWN_NAMES;
    }

    /** Notes what an effect is on, if nobody has seen it. */
    void noteUnknown(Effect effect) {
        boolean isNew = effect.verb() == Verb.CREATE || !effect.via().isEmpty();
        SchemaSnapshot schema = context.schema();
        meetsUnknown |= !isNew
                && !schema.isUnknown()
                && !context.modes().dialect().isSystemTable(effect.table())
                && !schema.hasTable(effect.table(), context.searched())
                && schema.sequencesNamed(effect.table(), context.searched()).isEmpty();
    }

    /** Notes what code changes, if nobody has seen it: whatever others make under that name is what it changes. */
    void noteUnseen(Effect effect) {
        SchemaSnapshot schema = context.schema();
        meetsUnknown |= !effect.verb().reads()
                && !schema.isUnknown()
                && !context.modes().dialect().isSystemTable(effect.table())
                && !schema.hasTable(effect.table(), context.searched())
                && schema.sequencesNamed(effect.table(), context.searched()).isEmpty();
    }

    /** Notes that what a statement reaches can only be told by a schema that is up to date. */
    void noteSweep() {
        meetsUnknown |= !context.schema().isUnknown();
    }

    /** What the policy says of a routine with the bodies it has now. */
    Optional<CodeFact> factOf(RoutineCall call) {
        return policy.routine(call.schema(), call.name(), context.schema().bodiesOf(call.schema(), call.name()));
    }

    /** A denial of what the component may not do, which no rule of the policy names. */
    Denial denial(Reason reason, String what) {
        return new Denial(reason, component.name() + " may not " + what, "", policy.contact());
    }
}
