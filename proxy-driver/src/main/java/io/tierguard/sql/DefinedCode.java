package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Code that a statement defines, where it stands in the statement and can be read.
 *
 * @param routine the routine it is the body of; of no name where it is none
 * @param body its text as the catalog will hold it; empty where it has none of its own
 * @param bound an upper bound of what it does when it runs
 */
public record DefinedCode(RoutineCall routine, String body, StatementEffects.Bounded bound) {

    /** No code: the statement only takes some away. */
    static final DefinedCode NONE = of(List.of());

    /** Code that does nothing but call routines. */
    static DefinedCode of(List<RoutineCall> calls) {
        Problem problem = Problem.ofWholeText("code is read by its words alone", "");
        return new DefinedCode(
                new RoutineCall("", ""), "", new StatementEffects.Bounded("CODE", List.of(), calls, problem));
    }

    /** The same code that calls a routine besides. */
    DefinedCode with(RoutineCall called) {
        List<RoutineCall> calls = new ArrayList<>(bound.unknownRoutines());
        calls.add(called);
        return new DefinedCode(
                routine,
                body,
                new StatementEffects.Bounded(bound.operation(), bound.effects(), calls, bound.problem()));
    }
}
