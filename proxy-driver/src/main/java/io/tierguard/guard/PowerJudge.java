package io.tierguard.guard;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Waiver;
import io.tierguard.schema.CodeRun;
import io.tierguard.sql.DefinedCode;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.StatementEffects;
import java.util.List;
import java.util.Optional;

/**
 * Judges the powers past the tables that one statement needs: defining code, and administering the database.
 *
 * <p>Used by one thread.
 */
final class PowerJudge {
    private final JudgedText text;
    private final EffectJudge effects;

    PowerJudge(JudgedText text, EffectJudge effects) {
        this.text = text;
        this.effects = effects;
    }

    /** Judges a power; what is done with it is on the disk before, and not seen after. */
    void judge(Power power, StatementEffects.Understood statement, List<Denial> found) {
        text.decisions().holdWithin(text.policy().windowAt(text.component(), text.moment()));
        switch (power) {
            case DEFINE -> judgeCode(statement, found);
            case ADMINISTER, UNWRAP -> {
                judgeTrust(power, statement.operation(), found);
                text.changes().add(new SessionChange.SchemaPathUnknown());
                text.continueIn(text.context().withUnknownSchemas());
            }
        }
        text.demands().everyRun(Durability.FSYNC);
        text.schemaChanges(true);
        text.changed().willChangeAny();
    }

    /** Judges triggers that come under what the policy says of others, as if the statement defined them there. */
    void judgeMoved(StatementEffects.Understood statement, List<Denial> found) {
        Optional<String> against = text.movedTriggers().against(statement, text.policy(), text.context());
        if (against.isEmpty()) {
            return;
        }
        text.decisions().holdWithin(text.policy().windowAt(text.component(), text.moment()));
        Optional<Waiver> waiver = text.policy().waiverToDefine(text.component(), text.moment());
        waiver.ifPresent(text.decisions()::add);
        if (waiver.isEmpty()) {
            found.add(text.denial(Reason.DEFINES_CODE, statement.operation() + ": " + against.get()));
        }
    }

    private void judgeTrust(Power power, String operation, List<Denial> found) {
        Component component = text.component();
        if (text.policy().trust(component, power, text.moment()).isEmpty()) {
            // Observing is about tables: the database itself is in nobody's power who is not trusted with it.
            text.loseSight();
            found.add(text.denial(
                    Reason.NOT_GRANTED,
                    operation + ": it needs the power to " + power.word() + ", and the policy does not trust "
                            + component.name() + " with it"));
        }
    }

    /** PostgreSQL has no other events than those of its event triggers; the reading goes by the first words alone. */
    private String shown(String operation) {
        boolean isOfEvents = text.context().modes().dialect() == Dialect.POSTGRESQL && operation.endsWith(" EVENT");
        return operation + (isOfEvents ? " TRIGGER" : "");
    }

    /** Code may be defined whose every effect is within the ceilings, as if the statement had it by way of the schema. */
    private void judgeCode(StatementEffects.Understood statement, List<Denial> found) {
        Policy policy = text.policy();
        Optional<Waiver> waiver = policy.waiverToDefine(text.component(), text.moment());
        boolean trusted =
                policy.trust(text.component(), Power.DEFINE, text.moment()).isPresent();
        String because = DefinedBodies.against(policy, statement, trusted, waiver.isPresent());
        if (!because.isEmpty()) {
            found.add(text.denial(Reason.DEFINES_CODE, shown(statement.operation()) + ": " + because));
            return;
        }
        if (!trusted || statement.code().isEmpty()) {
            waiver.ifPresent(text.decisions()::add);
        }
        if (statement.code().isPresent()) {
            DefinedCode code = statement.code().get();
            ResolutionContext context = text.context();
            text.continueIn(code.schemas().map(context::lookingIn).orElse(context));
            for (TableName table : code.own()) {
                text.otherMeaningInCode(table)
                        .ifPresent(other -> found.add(text.denial(
                                Reason.DEFINES_CODE,
                                statement.operation() + ": its body makes the temporary table " + table
                                        + ", whose name could mean another table: " + other)));
            }
            judgeBody(code.bound(), statement, waiver.filter(none -> !DefinedBodies.runsAtOnce(statement)), found);
            text.define(code.routine());
            text.continueIn(context);
        }
    }

    /** Judges what a body does when it runs; a waiver lets it call what nobody can tell, which is judged whenever it is called. */
    private void judgeBody(
            StatementEffects.Bounded body,
            StatementEffects.Understood definition,
            Optional<Waiver> waiver,
            List<Denial> found) {
        for (Effect effect : body.effects()) {
            if (text.tables().couldBeTable(effect.table(), text.context())) {
                effects.judge(DefinedBodies.whenRun(effect, definition), found);
            }
        }
        CodeRun run = text.codeRun(new PolicyFacts(text));
        body.unknownRoutines().forEach(call -> run.call(call, text.context().searched()));
        for (CodeRun.Found each : run.effects()) {
            if (each.isCertain() || text.tables().couldBeTable(each.effect().table(), text.context())) {
                effects.judge(DefinedBodies.whenRun(each.effect(), definition), found);
            }
        }
        for (CodeRun.Unknown each : run.unknown()) {
            if (isJudgedByItself(each, definition, body)) {
                continue;
            }
            if (waiver.isPresent()) {
                text.decisions().add(waiver.get());
                continue;
            }
            found.add(text.denial(
                    Reason.DEFINES_CODE, definition.operation() + ": " + UnknownRoutines.clause(text, each.routine())));
        }
    }

    /**
     * Whether it is a routine that the text itself has defined or is defining, or that is made later: all that it does is judged with
     * its own definition, and again whenever this code runs. Of a call that is not a trigger's the server may have a function of that
     * name, of which no definition says anything; and an event runs where nobody judges.
     */
    private boolean isJudgedByItself(
            CodeRun.Unknown unknown, StatementEffects.Understood definition, StatementEffects.Bounded body) {
        RoutineCall routine = unknown.routine();
        boolean isOfTrigger = definition.operation().equals("CREATE TRIGGER")
                && body.unknownRoutines().equals(List.of(routine));
        boolean isItself = definition
                .code()
                .map(DefinedCode::routine)
                .filter(routine::couldMean)
                .isPresent();
        return unknown.obstacle().isEmpty()
                && (isItself || text.defines(routine) || isMadeLater(definition))
                && (isOfTrigger || !text.context().schema().couldBeOfServer(routine));
    }

    /** Whether its code is a text, in which names stand for what there is when it runs. */
    private boolean isMadeLater(StatementEffects.Understood definition) {
        return switch (definition.operation()) {
            case "CREATE FUNCTION", "CREATE PROCEDURE" -> true;
            case "CREATE TRIGGER" -> text.context().modes().dialect().isOfMySqlFamily();
            default -> false;
        };
    }
}
