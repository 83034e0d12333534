package io.tierguard.guard;

import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.CodeRun;
import io.tierguard.schema.EffectClosure;
import io.tierguard.schema.StatedCode;
import io.tierguard.schema.ViewDefinition;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SchemaConsequences;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the effects of one statement, with what the schema and the routines it calls add to them.
 *
 * <p>Used by one thread.
 */
final class EffectJudge {
    private final JudgedText text;
    private final Witness witness;
    private final String place;
    private final StatedCode stated;
    private final SessionViews views;
    private final Set<RoutineCall> judgedRoutines = new HashSet<>();
    private final Set<Mentions> judgedMentions = new HashSet<>();
    private boolean definitionIsJudged;

    EffectJudge(JudgedText text, Witness witness, String place) {
        this.text = text;
        this.witness = witness;
        this.place = place;
        this.stated = new PolicyFacts(text);
        this.views = new SessionViews(text, this);
    }

    /** Judges an effect that is free if it is on a table of this session alone. */
    void judge(Effect effect, String operation, Set<TableName> made, List<Denial> found) {
        ResolutionContext context = text.context();
        if (effect.reach() == Reach.TEMPORARY) {
            judgeOfCode(effect, found);
            return;
        }
        if (text.temporaries().isFree(effect, operation, made, context)) {
            text.maskValues();
            text.temporaries().noteReliance(effect, text);
            if (SchemaConsequences.changesSchema(effect.verb())) {
                text.changesOwnTables();
                judgeDefinition(effect, found);
            }
            return;
        }
        Optional<ViewDefinition> own =
                effect.verb().reads() ? text.temporaries().ownView(effect.table(), context) : Optional.empty();
        if (own.isPresent()) {
            views.judgeRead(effect, own.get(), operation, made, found);
            return;
        }
        boolean isMadeHere = made.contains(effect.table())
                || (operation.startsWith("CREATE") && SchemaConsequences.changesSchema(effect.verb()));
        if (!isMadeHere && text.temporaries().isView(effect.table(), context)) {
            views.judge(effect, operation, made, found);
            return;
        }
        if (!made.contains(effect.table())) {
            text.noteUnknown(effect);
        }
        if (effect.reach() == Reach.IF_THERE && isAbsent(effect.table(), context)) {
            noteChangeOfSchema(effect);
            return;
        }
        if (IdleEffects.isIdle(effect, text)) {
            return;
        }
        judge(effect, found);
        if (operation.equals("REFRESH MATERIALIZED VIEW")) {
            judgeDefinition(effect, found);
        }
    }

    /** Judges what code does to a table that it makes for its session, which finds any other of the name where it has made none. */
    private void judgeOfCode(Effect effect, List<Denial> found) {
        ResolutionContext context = text.context();
        text.maskValues();
        if (effect.verb() == Verb.CREATE && text.temporaries().wouldHideFromCode(effect.table(), context)) {
            found.add(text.denial(
                    Reason.SESSION_CHANGE,
                    "create the temporary table " + effect.table()
                            + ": it would hide a table of that name, or one that the policy names so"));
        } else if (text.temporaries().isOfCodeAlone(effect.table(), context)) {
            text.noteSweep(); // another session may have made one since
        } else {
            judge(effect.reaching(Reach.TABLE), found);
        }
    }

    /** Judges what runs whenever something is defined, whatever the name of that is. */
    void judgeDefinition(Effect effect, List<Denial> found) {
        definitionIsJudged = true;
        EffectClosure.Closed closed =
                EffectClosure.closeDefinition(text.context().schema(), effect, stated);
        closed.effects().forEach(each -> judgeClosed(each, found, ""));
        judgeCode(closed, effect, found);
    }

    /** The same of a statement that runs event triggers, by its leading words, unless a table that it changes has told it. */
    void judgeDefinition(String operation, List<Denial> found) {
        text.restOnCode();
        if (!definitionIsJudged) {
            judge(EffectClosure.closeDefinition(text.context().schema(), operation, stated), found);
        }
    }

    /** Whether a name certainly means nothing that anybody speaks of: neither database nor policy has it. */
    private boolean isAbsent(TableName table, ResolutionContext context) {
        return !context.schema().isUnknown()
                && !context.schema().hasTable(table, context.searched())
                && context.schema().sequencesNamed(table, context.searched()).isEmpty()
                && !context.temporary().tables().contains(table.name())
                && !context.temporary().views().contains(table.name())
                && !context.modes().dialect().isSystemTable(table)
                && text.tables().classesOf(table, context).isEmpty();
    }

    /** Whether a row that is added to a table comes to more than that row. */
    boolean runsCodeWhenFilled(TableName table) {
        ResolutionContext context = text.context();
        EffectClosure.Closed closed =
                EffectClosure.close(context.schema(), Effect.of(Verb.INSERT, table), context.searched(), stated);
        return closed.effects().size() > 1
                || !closed.hiddenCode().isEmpty()
                || !closed.routines().isEmpty();
    }

    /** Whether a table with the columns of another would run code of a user's own when it is filled. */
    boolean columnsRunCode(TableName table) {
        ResolutionContext context = text.context();
        EffectClosure.Closed closed = EffectClosure.closeColumns(context.schema(), table, context.searched(), stated);
        return closed.followsCode() || !closed.hiddenCode().isEmpty();
    }

    /** Judges an effect of the statement's own. */
    void judge(Effect effect, List<Denial> found) {
        judge(effect, found, "");
    }

    /**
     * A routine does what the policy says of it, else what its body tells, in the caller's name; one of which neither can be
     * told is refused.
     */
    void judgeRoutines(List<RoutineCall> routines, List<Denial> found) {
        CodeRun run = text.codeRun(stated);
        for (RoutineCall routine : routines) {
            text.runCode();
            if (judgedRoutines.add(routine)) {
                run.call(routine, text.context().searched());
            }
        }
        text.followCode(run.followsCode());
        judge(run, found);
    }

    /** The same for what a statement names that is code of a user's own without looking like it. */
    void judgeMentions(Mentions mentions, List<Denial> found) {
        judgeMentions(mentions, text.context().searched(), found);
    }

    /** The same for what a view names, wherever it is looked for. */
    void judgeMentionsAnywhere(Mentions mentions, List<Denial> found) {
        judgeMentions(mentions, List.of(), found);
    }

    private void judgeMentions(Mentions mentions, List<String> searched, List<Denial> found) {
        if (judgedMentions.add(mentions)) {
            CodeRun run = text.codeRun(stated);
            run.mentions(mentions, searched);
            if (!run.effects().isEmpty() || !run.unknown().isEmpty()) {
                text.runCode();
            }
            judge(run, found);
            EffectClosure.Closed named =
                    EffectClosure.closeMentioned(text.context().schema(), mentions, searched, stated);
            text.followCode(run.followsCode() || named.followsCode());
            judge(named, found);
        }
    }

    private void judge(CodeRun run, List<Denial> found) {
        run.own().forEach(text::makeOwnTable);
        if (run.usesOwn()) {
            text.maskValues();
            text.noteSweep(); // only a look tells that nobody has made another since
        }
        for (CodeRun.Found each : run.effects()) {
            text.noteUnseen(each.effect());
            if (text.temporaries().hidesFromCode(each.effect().table(), text.context())) {
                found.add(hidden(each.effect(), each.chain()));
            } else if (each.isCertain()
                    || text.tables().couldBeTable(each.effect().table(), text.context())) {
                judge(each.effect(), found, each.chain());
            }
            if (each.effect().reach() == Reach.SHAPE
                    && columnsRunCode(each.effect().table())) {
                found.add(bound(each));
            }
        }
        for (CodeRun.Unknown each : run.unknown()) {
            Denial denial = UnknownRoutines.denial(text, each);
            if (!found.contains(denial)) {
                found.add(denial);
            }
        }
    }

    /** The denial of a temporary table that code makes after another, with all that this runs when it is filled. */
    private Denial bound(CodeRun.Found copied) {
        return text.denial(
                Reason.DEFINES_CODE,
                "make a temporary table like " + copied.effect().table() + ", by " + copied.chain()
                        + ": it would run code whenever rows of it are written, and what that does then cannot be seen");
    }

    /** The denial of what code does to a name that means something else in this session. */
    private Denial hidden(Effect effect, String chain) {
        return text.denial(
                Reason.UNREADABLE_SQL,
                effect.verb() + " " + effect.table() + ", by " + chain + ": a temporary view has that name");
    }

    /** Judges an effect; {@code routine} names the one whose effect it is, and is empty for the statement's own. */
    private void judge(Effect effect, List<Denial> found, String routine) {
        ResolutionContext context = text.context();
        definitionIsJudged |= SchemaConsequences.changesSchema(effect.verb());
        if (context.schema().hasView(effect.table(), context.searched())) {
            text.askView();
        }
        EffectClosure.Closed closed = EffectClosure.close(context.schema(), effect, context.searched(), stated);
        closed.effects().forEach(each -> judgeClosed(each, found, routine));
        judgeCode(closed, effect, found);
        WithheldSchema.denial(text, effect).ifPresent(found::add);
        noteChangeOfSchema(effect);
    }

    /** Judges what operators, casts and types add to a statement. */
    private void judge(EffectClosure.Closed closed, List<Denial> found) {
        closed.effects().forEach(each -> judgeClosed(each, found, ""));
        judgeCode(closed, "run this statement", found);
    }

    /** Judges an effect without what the schema adds to it. */
    void judgeAlone(Effect effect, List<Denial> found) {
        judgeClosed(effect, found, "");
    }

    private void judgeClosed(Effect each, List<Denial> found, String routine) {
        ResolutionContext context = text.context();
        boolean isOfCode = !each.via().isEmpty() && !each.verb().reads();
        if (isOfCode) {
            text.noteUnseen(each);
        }
        if (isOfCode && text.temporaries().hidesFromCode(each.table(), context)) {
            found.add(hidden(each, each.via()));
        }
        text.note(each);
        Decision decision = text.tables().decide(each, context);
        text.decisions().add(decision);
        if (routine.isEmpty()) {
            text.rows().note(each, decision, text.tables().classesOf(each.table(), context));
            if (context.schema().isLasting(each.table(), context.searched())) {
                text.rows().cannotUndo(each);
            }
        } else {
            text.rows().noteOfRoutine(each, decision, routine, place);
        }
        witness.decided(each, context, decision);
        if (decision instanceof Decision.Deny deny) {
            deny.denials().forEach(denial -> found.add(routine.isEmpty() ? denial : by(routine, denial)));
            if (!each.verb().reads() && context.modes().dialect().isSystemTable(each.table())) {
                text.loseSight(); // whoever writes the catalogs can rename what is protected
            }
        }
        new LeftTiers(text.tables(), context).moves(each).forEach(deletion -> judgeClosed(deletion, found, routine));
    }

    private void judgeCode(EffectClosure.Closed closed, Effect effect, List<Denial> found) {
        judgeCode(closed, effect.verb() + " " + effect.table(), found);
    }

    private void judgeCode(EffectClosure.Closed closed, String what, List<Denial> found) {
        text.implyCode(closed.followsCode());
        for (String code : closed.hiddenCode()) {
            found.add(text.denial(
                    Reason.UNKNOWN_ROUTINE,
                    what + ": " + code + " runs because of it, and what that writes cannot be seen; " + remedy(code)));
        }
        judgeRoutines(closed.routines(), found);
        closed.mentions().forEach(mentions -> judgeMentions(mentions, List.of(), found));
    }

    private static String remedy(String code) {
        if (code.startsWith("what stands behind")) {
            return "change the table itself";
        }
        if (code.startsWith("the query of view ")) {
            return code.endsWith("letter case alone,")
                    ? "give one of the views another name"
                    : "ask the tables behind the view";
        }
        if (code.startsWith("rule ")) {
            return "the policy may say it of the rule as of a trigger";
        }
        return "the policy may say it of the trigger or routine";
    }

    /** The denial of something that a statement does by a routine which it calls. */
    static Denial by(String routine, Denial denial) {
        int because = denial.sentence().lastIndexOf(": ");
        String sentence = because < 0
                ? denial.sentence() + ", by " + routine
                : denial.sentence().substring(0, because) + ", by " + routine
                        + denial.sentence().substring(because);
        return new Denial(denial.reason(), sentence, denial.rule(), denial.contact());
    }

    private void noteChangeOfSchema(Effect effect) {
        if (SchemaConsequences.changesSchema(effect.verb())) {
            text.schemaChanges(true);
        }
    }
}
