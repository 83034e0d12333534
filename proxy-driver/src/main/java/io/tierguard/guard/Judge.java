package io.tierguard.guard;

import io.tierguard.audit.AuditEffect;
import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.CodeFact;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.model.Waiver;
import io.tierguard.schema.EffectClosure;
import io.tierguard.schema.Trigger;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.StatementEffects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds one analysed text against the policy, statement by statement.
 *
 * <p>A statement that changes what names mean changes it for the statements after it in the same text, so each is judged
 * in the context that the ones before it leave. Used by one thread, for one text.
 */
final class Judge {
    /** Changes of schema after which a name that was known still means what it meant. */
    private static final Set<String> PLAIN_CHANGES =
            Set.of("CREATE TABLE", "CREATE INDEX", "CREATE SEQUENCE", "DROP TABLE", "DROP INDEX", "DROP SEQUENCE");

    /** What alters no more of a table than the number that its sequence gives next. */
    private static final Set<String> CHANGES_NO_STRUCTURE =
            Set.of("SELECT", "VALUES", "CALL", "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "ALTER SEQUENCE");
    /** Settings on which neither the meaning of a text nor that of a name rests. */
    private static final Set<String> WITHOUT_MEANING = Set.of(
            "session_replication_role",
            "row_security",
            "event_triggers",
            "default_table_access_method",
            "zero_damaged_pages",
            "ignore_system_indexes");

    private static final Set<Verb> CHANGES_OF_ROWS = Set.of(Verb.UPDATE, Verb.DELETE, Verb.TRUNCATE);

    private final Policy policy;
    private final TableDecisions tables;
    private final TemporaryTables temporaries;
    private final Component component;
    private final AnalyzedText text;
    private final Instant moment;
    private final Witness witness;
    private ResolutionContext context;

    private final List<Denial> denials = new ArrayList<>();
    private final List<AuditEffect> effects = new ArrayList<>();
    private final List<SessionChange> changes = new ArrayList<>();
    private Recording recording = Recording.NEVER;
    private Durability durability = Durability.ASYNC;
    private final Set<RoutineCall> judgedRoutines = new HashSet<>();
    private final Concurrence decisions = new Concurrence();
    private final RowObligations rows;
    private boolean showsValues = true;
    private boolean schemaChanges;
    private boolean isRedirected;
    private String help = "";

    /** Whether something could not be followed if it ran, so that nobody could say what later texts do. */
    private boolean losesSight;

    /** Where in the text the statement under judgement stands, as a message begins; empty where it is the only one. */
    private String place = "";

    private Judge(LivePolicy policy, ResolutionContext context, AnalyzedText text, Instant moment, Witness witness) {
        this.policy = policy.policy();
        this.tables = new TableDecisions(policy, moment);
        this.temporaries = new TemporaryTables(policy);
        this.component = policy.component();
        this.context = context;
        this.text = text;
        this.moment = moment;
        this.rows = new RowObligations(policy.policy(), policy.component());
        this.witness = witness;
    }

    /** The verdict on a text at a moment. */
    static Verdict judge(LivePolicy policy, ResolutionContext context, AnalyzedText text, Instant moment) {
        return judge(policy, context, text, moment, Witness.NONE);
    }

    /** The same, told step by step to a witness. */
    static Verdict judge(
            LivePolicy policy, ResolutionContext context, AnalyzedText text, Instant moment, Witness witness) {
        return new Judge(policy, context, text, moment, witness).verdict();
    }

    private Verdict verdict() {
        int count = text.statements().size();
        for (int index = 0; index < count; index++) {
            place = count == 1 ? "" : "statement " + (index + 1) + " of " + count + ": ";
            judge(text.statements().get(index));
        }
        if (denials.isEmpty() || isObserved()) {
            denials.addAll(rows.uncounted());
        }
        if (!denials.isEmpty()) {
            decisions.holdWithin(policy.windowAt(component, moment));
        }
        return denials.isEmpty() || isObserved() ? allowed() : denied();
    }

    private boolean isObserved() {
        return !losesSight && ObservedDenials.areAll(policy, component, denials, moment);
    }

    private Verdict denied() {
        return new Verdict.Deny(AuditStatements.of(text, effects, denials, showsValues), help, decisions.window());
    }

    private Verdict allowed() {
        List<Waiver> waivers = decisions.waivers();
        if (!denials.isEmpty()) {
            recording = Recording.ALWAYS;
            demand(ObservedDenials.durability(denials));
            follow();
        }
        if (!waivers.isEmpty()) {
            recording = Recording.ALWAYS;
            demand(Durability.FSYNC);
        }
        return new Verdict.Allow(
                AuditStatements.let(AuditStatements.of(text, effects, denials, showsValues), waivers),
                recording,
                durability,
                changes,
                schemaChanges,
                rows.limits(),
                waivers,
                denials,
                decisions.window());
    }

    /** What is only observed may do what nobody sees: afterwards names may mean anything, and the schema be another. */
    private void follow() {
        if (!ObservedDenials.areSeenThrough(denials)) {
            changes.add(new SessionChange.SchemaPathUnknown());
            schemaChanges = true;
        }
    }

    private void judge(StatementEffects statement) {
        List<Denial> found = new ArrayList<>();
        witness.begins(statement.operation());
        judgedRoutines.clear();
        if (isRedirected && writesRows(statement)) {
            found.add(denial(
                    Reason.UNREADABLE_SQL,
                    component.name() + " may not run this " + statement.operation()
                            + " in the same text as the change of schema before it: what it would reach then cannot be"
                            + " told; run the statements one by one"));
        }
        if (statement instanceof StatementEffects.Understood understood) {
            judgeEffects(understood, found);
            for (Power power : understood.powers()) {
                judge(power, understood, found);
            }
            judgeRoutines(understood.unknownRoutines(), found);
            isRedirected |= redirects(understood);
            for (SessionChange change : understood.sessionChanges()) {
                apply(change, found);
            }
        } else if (statement instanceof StatementEffects.Bounded bounded) {
            List<Denial> inDoubt = new ArrayList<>();
            Set<TableName> made = TemporaryTables.made(bounded.effects());
            for (Effect effect : bounded.effects()) {
                // A bound takes every name for a table; one that is neither a table nor classified is a column or an
                // alias.
                if (tables.couldBeTable(effect.table(), context)) {
                    judge(effect, bounded.operation(), made, inDoubt);
                }
            }
            if (!inDoubt.isEmpty()) {
                found.add(unreadable(bounded, inDoubt.get(0)));
            }
            judgeRoutines(bounded.unknownRoutines(), found);
        } else if (statement instanceof StatementEffects.Unreadable unreadable) {
            losesSight = true;
            found.add(denial(
                    Reason.UNREADABLE_SQL,
                    component.name() + " may not run this " + unreadable.operation() + ": it could not be read ("
                            + unreadable.problem() + ")"));
        }
        rows.end(statement, place);
        found.sort(Comparator.comparing(Denial::reason));
        for (Denial denial : found) {
            Denial placed = new Denial(denial.reason(), place + denial.sentence(), denial.rule(), denial.contact());
            if (!denials.contains(placed)) {
                denials.add(placed);
            }
        }
    }

    private void judgeEffects(StatementEffects.Understood statement, List<Denial> found) {
        Set<TableName> made = TemporaryTables.made(statement.effects());
        boolean isRename = false;
        for (Effect effect : statement.effects()) {
            boolean schemaChanged = schemaChanges;
            if (isRename && effect.verb() == Verb.CREATE && TemporaryTables.isOfSession(effect.table())) {
                judgeTemporary(new SessionChange.TemporaryTable(effect.table(), false, false), found);
            } else {
                judge(effect, statement.operation(), made, found);
            }
            isRename |= effect.verb() == Verb.ALTER
                    && statement.operation().equals("ALTER TABLE")
                    && temporaries.isFree(effect, statement.operation(), made, context);
            if (effect.verb() == Verb.ALTER && CHANGES_NO_STRUCTURE.contains(statement.operation())) {
                schemaChanges = schemaChanged; // a sequence was moved
            }
        }
        if (temporaries.definesUnseenView(statement, context)) {
            found.add(denial(
                    Reason.UNREADABLE_SQL,
                    component.name() + " may not create a view of a temporary table: the view would be temporary too,"
                            + " and hide what it stands for"));
        }
        for (Effect effect : statement.effects()) {
            boolean isGone = effect.verb() == Verb.DROP || (isRename && effect.verb() == Verb.ALTER);
            if (isGone && TemporaryTables.isOfSession(effect.table())) {
                context =
                        context.with(context.temporary().without(effect.table().name()));
            }
        }
        if (!found.isEmpty() && help.isEmpty()) {
            help = Help.on(statement, tables, context);
        }
    }

    /** A table of this session alone needs no right, unless it could be taken for another. */
    private void judgeTemporary(SessionChange.TemporaryTable made, List<Denial> found) {
        schemaChanges = true;
        showsValues = false;
        if (temporaries.wouldHide(made.table(), context)) {
            found.add(denial(
                    Reason.SESSION_CHANGE,
                    component.name() + " may not create the temporary table " + made.table()
                            + ": it would hide a table of that name, or one that the policy names so"));
        } else if (!temporaries.mayBeFree(made.table(), context)) {
            judge(Effect.of(Verb.CREATE, made.table()), found);
            if (made.isFilled()) {
                judge(Effect.of(Verb.INSERT, made.table()), found);
            }
        } else if (made.isCertain()) {
            context = context.with(context.temporary().with(made.table().name()));
        }
    }

    private void judge(Effect effect, String operation, Set<TableName> made, List<Denial> found) {
        if (temporaries.isFree(effect, operation, made, context)) {
            showsValues = false;
            schemaChanges |= changesSchema(effect.verb());
            return;
        }
        if (temporaries.isUnseenView(effect.table(), context)) {
            found.add(denial(
                    Reason.UNREADABLE_SQL,
                    component.name() + " may not " + effect.verb() + " " + effect.table()
                            + ": a temporary view hides what it stands for"));
        }
        judge(effect, found);
    }

    private void judge(Effect effect, List<Denial> found) {
        judge(effect, found, "");
    }

    /** Judges an effect; {@code routine} names the one whose effect it is, and is empty for the statement's own. */
    private void judge(Effect effect, List<Denial> found, String routine) {
        EffectClosure.Closed closed = EffectClosure.close(context.schema(), effect, context.searched(), this::factsOf);
        for (Effect each : closed.effects()) {
            note(each);
            Decision decision = tables.decide(each, context);
            decisions.add(decision);
            if (routine.isEmpty()) {
                rows.note(each, decision, tables.classesOf(each.table(), context));
            } else {
                rows.noteOfRoutine(each, decision, routine, place);
            }
            witness.decided(each, context, decision);
            if (decision instanceof Decision.Deny deny) {
                found.addAll(deny.denials());
            }
        }
        for (String code : closed.hiddenCode()) {
            found.add(denial(
                    Reason.UNKNOWN_ROUTINE,
                    component.name() + " may not " + effect.verb() + " " + effect.table() + ": " + code
                            + " runs because of it, and what that writes cannot be seen"));
        }
        judgeRoutines(closed.routines(), found);
        schemaChanges |= changesSchema(effect.verb());
    }

    /** What the policy says of a trigger, which goes before what its code tells. */
    private Optional<List<Effect>> factsOf(Trigger trigger) {
        return policy.trigger(trigger.name(), trigger.table(), trigger.bodies()).map(CodeFact::effects);
    }

    /** Whether names may stand for other tables, or writes reach further, once a statement has run. */
    private static boolean redirects(StatementEffects.Understood statement) {
        boolean isPlain = PLAIN_CHANGES.contains(statement.operation());
        return statement.effects().stream().anyMatch(effect -> switch (effect.verb()) {
            case ALTER -> !CHANGES_NO_STRUCTURE.contains(statement.operation());
            case CREATE, DROP -> !isPlain;
            case EXTEND -> statement.operation().equals("CREATE TABLE"); // as a partition of another
            case SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> false;
        });
    }

    private static boolean writesRows(StatementEffects statement) {
        List<Effect> effects = List.of();
        if (statement instanceof StatementEffects.Understood understood) {
            effects = understood.effects();
        } else if (statement instanceof StatementEffects.Bounded bounded) {
            effects = bounded.effects();
        }
        return effects.stream().map(Effect::verb).anyMatch(CHANGES_OF_ROWS::contains);
    }

    private static boolean changesSchema(Verb verb) {
        return switch (verb) {
            case CREATE, EXTEND, ALTER, DROP -> true;
            case SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> false;
        };
    }

    private void note(Effect effect) {
        List<TableClass> classes = tables.classesOf(effect.table(), context);
        String tier = classes.isEmpty() ? "" : classes.get(0).tier().name();
        effects.add(new AuditEffect(effect.verb(), effect.table().toString(), tier, effect.columns(), effect.via()));
        showsValues &= tables.showsValues(effect, context);
        for (TableClass tableClass : classes) {
            note(effect, tableClass.tier());
        }
    }

    private void note(Effect effect, Tier tier) {
        boolean protects = tier.kind() != TierKind.MUTABLE;
        if (effect.verb().reads()) {
            if (tier.audit() == AuditLevel.ALL && recording == Recording.NEVER) {
                recording = Recording.ONCE;
            }
            if (protects && tier.audit() == AuditLevel.ALL) {
                demand(tier.durability());
            }
        } else if (protects || tier.audit() == AuditLevel.WRITES || tier.audit() == AuditLevel.ALL) {
            recording = Recording.ALWAYS;
            demand(tier.durability());
        }
    }

    /** Durabilities are declared from the safest down; the safest that any touched tier asks for holds. */
    private void demand(Durability asked) {
        if (asked.compareTo(durability) < 0) {
            durability = asked;
        }
    }

    private void apply(SessionChange change, List<Denial> found) {
        if (change instanceof SessionChange.Restricted restricted) {
            losesSight |= !WITHOUT_MEANING.contains(restricted.setting());
            found.add(denial(
                    Reason.SESSION_CHANGE,
                    component.name() + " may not set " + restricted.setting()
                            + ": it would change how the database protects its data or reads its text"));
            return;
        }
        changes.add(change);
        if (change instanceof SessionChange.TemporaryTable made) {
            judgeTemporary(made, found);
        }
        context = SessionPath.during(change, context);
    }

    /** A routine does what the policy says of it, in the caller's name; one of which it says nothing is refused. */
    private void judgeRoutines(List<RoutineCall> routines, List<Denial> found) {
        for (RoutineCall routine : routines) {
            if (!judgedRoutines.add(routine)) {
                continue;
            }
            Set<String> bodies = context.schema().bodiesOf(routine.schema(), routine.name());
            Optional<CodeFact> fact = policy.routine(routine.schema(), routine.name(), bodies);
            if (fact.isPresent()) {
                fact.get().effects().forEach(effect -> judge(effect, found, routine.toString()));
            } else {
                found.add(denial(
                        Reason.UNKNOWN_ROUTINE,
                        component.name() + " may not call " + routine
                                + ": it is not known to be harmless, and the policy does not say what it writes"
                                + live(bodies)));
            }
        }
    }

    /** The bodies by which the policy could describe a routine; what it says of others does not hold. */
    private static String live(Set<String> bodies) {
        return bodies.isEmpty() ? "" : "; its live body is " + String.join(" and ", new TreeSet<>(bodies));
    }

    /** Judges a power past the tables; what is done with it is on the disk before, and not seen after. */
    private void judge(Power power, StatementEffects.Understood statement, List<Denial> found) {
        decisions.holdWithin(policy.windowAt(component, moment));
        switch (power) {
            case DEFINE -> judgeCode(statement, found);
            case ADMINISTER, UNWRAP -> {
                if (policy.trust(component, power, moment).isEmpty()) {
                    // Observing is about tables: the database itself is in nobody's power who is not trusted with it.
                    losesSight = true;
                    found.add(refusedPower(power, statement.operation()));
                }
                changes.add(new SessionChange.SchemaPathUnknown());
                context = context.withUnknownSchemas();
            }
        }
        recording = Recording.ALWAYS;
        demand(Durability.FSYNC);
        schemaChanges = true;
        isRedirected = true;
    }

    /** Code may be defined whose every effect is within the ceilings, as if the statement had it by way of the schema. */
    private void judgeCode(StatementEffects.Understood statement, List<Denial> found) {
        Optional<Waiver> waiver = policy.waiverToDefine(component, moment);
        boolean trusted = policy.trust(component, Power.DEFINE, moment).isPresent();
        String because = DefinedBodies.against(policy, statement, trusted, waiver.isPresent());
        if (!because.isEmpty()) {
            found.add(denial(
                    Reason.DEFINES_CODE, component.name() + " may not " + statement.operation() + ": " + because));
            return;
        }
        if (!trusted || statement.code().isEmpty()) {
            waiver.ifPresent(decisions::add);
        }
        if (statement.code().isEmpty()) {
            return;
        }
        StatementEffects.Bounded bound = statement.code().get().bound();
        for (Effect effect : bound.effects()) {
            if (tables.couldBeTable(effect.table(), context)) {
                judge(DefinedBodies.whenRun(effect, statement), found);
            }
        }
        for (RoutineCall call : bound.unknownRoutines()) {
            Optional<CodeFact> fact =
                    policy.routine(call.schema(), call.name(), context.schema().bodiesOf(call.schema(), call.name()));
            if (fact.isEmpty()) {
                found.add(denial(
                        Reason.DEFINES_CODE,
                        component.name() + " may not " + statement.operation() + ": it calls " + call
                                + ", of which the policy does not say what it writes"));
            } else {
                fact.get().effects().forEach(effect -> judge(DefinedBodies.whenRun(effect, statement), found));
            }
        }
    }

    private Denial refusedPower(Power power, String operation) {
        return denial(
                Reason.NOT_GRANTED,
                component.name() + " may not " + operation + ": it needs the power to " + power.word()
                        + ", and the policy does not trust " + component.name() + " with it");
    }

    private Denial unreadable(StatementEffects.Bounded bounded, Denial first) {
        return new Denial(
                Reason.UNREADABLE_SQL,
                component.name() + " may not run this " + bounded.operation() + ": it could not be read exactly ("
                        + bounded.problem() + "), and as far as it can be read " + first.sentence(),
                first.rule(),
                first.contact());
    }

    private Denial denial(Reason reason, String sentence) {
        return new Denial(reason, sentence, "", policy.contact());
    }
}
