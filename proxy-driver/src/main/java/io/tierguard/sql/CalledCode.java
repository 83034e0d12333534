package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import java.util.function.UnaryOperator;

/**
 * The body of a procedure that does more than to change rows, as the one statement that a call of it comes to.
 *
 * @param routine the procedure
 * @param statement what all of its statements do together
 * @param mentions what they name
 */
public record CalledCode(RoutineCall routine, StatementEffects.Understood statement, Mentions mentions) {
    /** The leading words of such a statement, which no text has. */
    public static final String OPERATION = "CALL PROCEDURE";

    /** The same code, of which each effect is seen otherwise. */
    public CalledCode by(UnaryOperator<Effect> seen) {
        return new CalledCode(routine, Readings.by(seen, statement), mentions);
    }
}
