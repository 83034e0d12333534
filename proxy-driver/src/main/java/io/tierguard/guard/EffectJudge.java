package io.tierguard.guard;

import io.tierguard.policy.model.CodeFact;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.schema.EffectClosure;
import io.tierguard.schema.Trigger;
import io.tierguard.sql.RoutineCall;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges the effects of one statement, with what the schema and the routines it calls add to them.
 *
 * <p>Used by one thread.
 */
final class EffectJudge {
    private final JudgedText text;
    private final Witness witness;
    private final String place;
    private final Set<RoutineCall> judgedRoutines = new HashSet<>();

    EffectJudge(JudgedText text, Witness witness, String place) {
        this.text = text;
        this.witness = witness;
        this.place = place;
    }

    /** Judges an effect that is free if it is on a table of this session alone. */
    void judge(Effect effect, String operation, Set<TableName> made, List<Denial> found) {
        ResolutionContext context = text.context();
        if (text.temporaries().isFree(effect, operation, made, context)) {
            text.maskValues();
            noteChangeOfSchema(effect);
            return;
        }
        if (text.temporaries().isUnseenView(effect.table(), context)) {
            found.add(text.denial(
                    Reason.UNREADABLE_SQL,
                    effect.verb() + " " + effect.table() + ": a temporary view hides what it stands for"));
        }
        judge(effect, found);
    }

    /** Judges an effect of the statement's own. */
    void judge(Effect effect, List<Denial> found) {
        judge(effect, found, "");
    }

    /** A routine does what the policy says of it, in the caller's name; one of which it says nothing is refused. */
    void judgeRoutines(List<RoutineCall> routines, List<Denial> found) {
        for (RoutineCall routine : routines) {
            if (!judgedRoutines.add(routine)) {
                continue;
            }
            Optional<CodeFact> fact = text.factOf(routine);
            if (fact.isPresent()) {
                fact.get().effects().forEach(effect -> judge(effect, found, routine.toString()));
            } else {
                found.add(text.denial(
                        Reason.UNKNOWN_ROUTINE,
                        "call " + routine
                                + ": it is not known to be harmless, and the policy does not say what it writes"
                                + liveBodies(routine)));
            }
        }
    }

    /** Judges an effect; {@code routine} names the one whose effect it is, and is empty for the statement's own. */
    private void judge(Effect effect, List<Denial> found, String routine) {
        ResolutionContext context = text.context();
        EffectClosure.Closed closed = EffectClosure.close(context.schema(), effect, context.searched(), this::factsOf);
        for (Effect each : closed.effects()) {
            text.note(each);
            Decision decision = text.tables().decide(each, context);
            text.decisions().add(decision);
            if (routine.isEmpty()) {
                text.rows().note(each, decision, text.tables().classesOf(each.table(), context));
            } else {
                text.rows().noteOfRoutine(each, decision, routine, place);
            }
            witness.decided(each, context, decision);
            if (decision instanceof Decision.Deny deny) {
                found.addAll(deny.denials());
                if (!each.verb().reads() && context.modes().dialect().isSystemTable(each.table())) {
                    text.loseSight(); // whoever writes the catalogs can rename what is protected
                }
            }
        }
        for (String code : closed.hiddenCode()) {
            found.add(text.denial(
                    Reason.UNKNOWN_ROUTINE,
                    effect.verb() + " " + effect.table() + ": " + code
                            + " runs because of it, and what that writes cannot be seen"));
        }
        judgeRoutines(closed.routines(), found);
        noteChangeOfSchema(effect);
    }

    private void noteChangeOfSchema(Effect effect) {
        if (SchemaConsequences.changesSchema(effect.verb())) {
            text.schemaChanges(true);
        }
    }

    /** What the policy says of a trigger, which goes before what its code tells. */
    private Optional<List<Effect>> factsOf(Trigger trigger) {
        return text.policy()
                .trigger(trigger.name(), trigger.table(), trigger.bodies())
                .map(CodeFact::effects);
    }

    /** The bodies by which the policy could describe a routine; what it says of others does not hold. */
    private String liveBodies(RoutineCall routine) {
        Set<String> bodies = text.context().schema().bodiesOf(routine.schema(), routine.name());
        return bodies.isEmpty() ? "" : "; its live body is " + String.join(" and ", new TreeSet<>(bodies));
    }
}
