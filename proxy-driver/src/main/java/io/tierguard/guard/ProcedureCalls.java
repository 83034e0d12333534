package io.tierguard.guard;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.schema.StatedCode;
import io.tierguard.sql.CalledCode;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SchemaConsequences;
import io.tierguard.sql.StatementEffects;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the statements that do no more than to call a routine whose body does more than to change rows: they are judged as the
 * statements of that body.
 *
 * <p>INVARIANT: whatever else such a routine is called by, another routine, a trigger, an expression, or a statement that was
 * prepared under a name, is not judged so, and stays refused.
 */
final class ProcedureCalls {
    private static final String CALL = "CALL";

    private static final Set<String> PUNCTUATION = Set.of("(", ")", ",", ".", ";");

    private ProcedureCalls() {}

    /** What a statement comes to, with all that it names; empty where it is no such call, or the policy speaks of what it calls. */
    static Optional<CalledCode> of(StatementEffects statement, Mentions mentions, JudgedText text) {
        ResolutionContext context = text.context();
        if (!(statement instanceof StatementEffects.Understood call) || !callsAlone(call)) {
            return Optional.empty();
        }
        RoutineCall routine = call.unknownRoutines().get(0);
        boolean isCall = context.modes().dialect() == Dialect.POSTGRESQL
                ? isBareCall(call, routine, mentions)
                : isWrittenCall(call, routine, mentions);
        if (!isCall || (routine.schema().isEmpty() && !context.schemasKnown())) {
            return Optional.empty();
        }
        StatedCode facts = new PolicyFacts(text);
        return context.schema()
                .calledCode(routine, context.searched())
                .filter(code -> !isStated(facts, routine) && !isStated(facts, code.routine()))
                .filter(code -> namesNoneOfSession(code, context))
                .map(code -> new CalledCode(
                        code.routine(), code.statement(), others(code, context).and(mentions.without(routine))));
    }

    /** What its statements name; on MySQL and MariaDB a procedure is called by CALL alone, and the name may be a table's. */
    private static Mentions others(CalledCode code, ResolutionContext context) {
        boolean isNamedByCall = context.modes().dialect().isOfMySqlFamily();
        return isNamedByCall ? code.mentions().without(code.routine()) : code.mentions();
    }

    /** Whether it calls one routine and does nothing else, by what it gives it either. */
    private static boolean callsAlone(StatementEffects.Understood statement) {
        return statement.unknownRoutines().size() == 1
                && statement.effects().isEmpty()
                && statement.sessionChanges().isEmpty()
                && statement.powers().isEmpty()
                && statement.sweeps().isEmpty()
                && statement.code().isEmpty();
    }

    /** Whether the text itself says CALL, and not a text that it runs; what it gives the routine is judged with it. */
    private static boolean isWrittenCall(
            StatementEffects.Understood statement, RoutineCall routine, Mentions mentions) {
        return statement.operation().equals(CALL)
                && mentions.words().containsAll(Set.of("call", routine.name()))
                && !mentions.words().contains("immediate");
    }

    /** Whether it is {@code CALL p(…)} or {@code SELECT f(…)} with nothing but constants and parameters. */
    private static boolean isBareCall(StatementEffects.Understood statement, RoutineCall routine, Mentions mentions) {
        boolean isOfOne =
                statement.operation().equals(CALL) || statement.operation().equals("SELECT");
        Set<String> words = new HashSet<>(Set.of(statement.operation().toLowerCase(Locale.ROOT)));
        words.add(routine.name());
        words.add(routine.schema());
        return isOfOne
                && words.containsAll(mentions.words())
                && mentions.words().size() == (routine.schema().isEmpty() ? 2 : 3)
                && PUNCTUATION.containsAll(mentions.operators())
                && mentions.calls().equals(Set.of(routine));
    }

    /** Whether the body names no table or view that only the session has; on PostgreSQL, where they may stand before others. */
    private static boolean namesNoneOfSession(CalledCode code, ResolutionContext context) {
        Set<String> words = code.mentions().words();
        return context.modes().dialect() != Dialect.POSTGRESQL
                || (Collections.disjoint(words, context.temporary().tables())
                        && Collections.disjoint(words, context.temporary().views()));
    }

    private static boolean isStated(StatedCode facts, RoutineCall routine) {
        return facts.isAbout(routine) || facts.of(routine).isPresent();
    }

    /** Takes note of what such a call is beside its statements: it rests on code, and nobody says in which order that changes names. */
    static void note(StatementEffects statement, JudgedText text) {
        if (!statement.operation().equals(CalledCode.OPERATION)) {
            return;
        }
        text.runCode();
        text.followCode(true);
        boolean changesSchema = false;
        for (Effect effect : SchemaConsequences.effects(statement)) {
            if (effect.reach() == Reach.TEMPORARY) {
                ResolutionContext context = text.context();
                text.continueIn(context.with(context.temporary().withoutTables())); // any may be gone
            } else {
                changesSchema |= SchemaConsequences.changesSchema(effect.verb());
            }
        }
        if (changesSchema) {
            text.changed().willChangeAny();
        }
    }
}
