package io.tierguard.guard;

import io.tierguard.policy.model.CodeFact;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.schema.RoutineBodies;
import io.tierguard.sql.DefinedCode;
import io.tierguard.sql.StatementEffects;
import java.util.Optional;
import java.util.Set;

/** Says which code may be defined at all, before its effects are held against the ceilings. */
final class DefinedBodies {
    /** Runs code at once, which is no definition. */
    private static final String RUNS = "DO";

    /** MariaDB's code that runs at once, where it does more than is followed. */
    private static final Set<String> RUN_AT_ONCE =
            Set.of("BEGIN NOT ATOMIC", "IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR");

    private DefinedBodies() {}

    /** Whether a statement counts as a definition whose code runs with it. */
    static boolean runsAtOnce(StatementEffects.Understood statement) {
        return RUN_AT_ONCE.contains(statement.operation());
    }

    /** What is against a statement that defines code, as a clause; empty when nothing is. */
    static String against(Policy policy, StatementEffects.Understood statement, boolean trusted, boolean waived) {
        if (statement.operation().equals(RUNS)) {
            return "it runs code out of the guard's sight" + place(statement)
                    + "; run the code's statements one by one";
        }
        if (runsAtOnce(statement) && !waived) {
            return "it runs code that prepares a text, changes its session, or the schema beside rows"
                    + place(statement) + "; run the code's statements one by one";
        }
        if (!trusted && !waived) {
            return "it defines code that would run out of the guard's sight, and that takes trust with define";
        }
        if (waived) {
            return "";
        }
        if (statement.code().isEmpty()) {
            return "its body cannot be read" + place(statement) + ", and that takes a waiver with grant define";
        }
        return describedOtherwise(policy, statement.code().get());
    }

    /** Which statement of the code it is, and in which of its lines. */
    private static String place(StatementEffects.Understood statement) {
        return statement.codeObstacle().isEmpty() ? "" : " (" + statement.codeObstacle() + ")";
    }

    /** What the policy says of a routine, whatever its body, would also be said of this one. */
    private static String describedOtherwise(Policy policy, DefinedCode code) {
        if (code.routine().name().isEmpty()) {
            return "";
        }
        String hash = RoutineBodies.hash(code.body());
        Optional<CodeFact> fact =
                policy.routine(code.routine().schema(), code.routine().name(), Set.of(hash));
        boolean ofAny = fact.isPresent() && fact.get().bodies().isEmpty();
        return ofAny
                ? "the policy says what " + code.routine() + " does, whatever its body ("
                        + fact.get().rule() + "), and would say it of this one; it takes body " + hash + " there"
                : "";
    }

    /** An effect that defined code has when it runs, as one that the schema adds. */
    static Effect whenRun(Effect effect, StatementEffects.Understood statement) {
        return new Effect(
                effect.verb(),
                effect.table(),
                effect.columns(),
                true,
                "code of " + statement.operation() + " when it runs");
    }
}
