package io.tierguard.sql;

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
}
