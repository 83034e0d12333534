package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Code that a statement defines, where it stands in the statement and can be read.
 *
 * @param routine the routine it is the body of; of no name where it is none
 * @param body its text as the catalog will hold it; empty where it has none of its own
 * @param bound an upper bound of what it does when it runs
 * @param schemas where it looks for names without a schema by a path of its own, which may be everywhere where it is told to be
 *     empty; nothing where it looks by the path of the session that runs it
 * @param own the temporary tables that it makes, without a schema; the bound holds only where nothing else has such a name
 * @param obstacle why it cannot be read, and where in it that stands; empty where it is read
 */
public record DefinedCode(
        RoutineCall routine,
        String body,
        StatementEffects.Bounded bound,
        Optional<List<String>> schemas,
        Set<TableName> own,
        String obstacle) {

    public DefinedCode {
        schemas = schemas.map(List::copyOf);
        own = Set.copyOf(own);
    }

    /** Code that looks for names by the path of the session that runs it. */
    DefinedCode(RoutineCall routine, String body, StatementEffects.Bounded bound) {
        this(routine, body, bound, Optional.empty(), Set.of(), "");
    }

    /** No code: the statement only takes some away. */
    static final DefinedCode NONE = of(List.of());

    /** Code that cannot be read. */
    static DefinedCode unread(String obstacle) {
        return new DefinedCode(NONE.routine, NONE.body, NONE.bound, NONE.schemas, NONE.own, obstacle);
    }

    /** Whether all of it is read. */
    boolean isRead() {
        return obstacle.isEmpty();
    }

    /** Code that does nothing but call routines. */
    static DefinedCode of(List<RoutineCall> calls) {
        return of(
                new RoutineCall("", ""),
                "",
                new CodeEffects(Set.of(), Set.of(), new LinkedHashSet<>(calls), Set.of(), Mentions.NONE, ""));
    }

    /** Code that is read statement by statement. */
    static DefinedCode of(RoutineCall routine, String body, CodeEffects code) {
        Problem problem = Problem.ofWholeText("code is read by its words alone", "");
        List<Effect> effects = new ArrayList<>(code.effects());
        effects.addAll(code.possible());
        return new DefinedCode(
                routine,
                body,
                new StatementEffects.Bounded("CODE", effects, List.copyOf(code.calls()), problem),
                Optional.empty(),
                code.own(),
                "");
    }

    /** Code whose statements are read as one. */
    static DefinedCode of(RoutineCall routine, String body, StatementEffects.Understood all) {
        Problem problem = Problem.ofWholeText("code is read statement by statement", "");
        return new DefinedCode(
                routine, body, new StatementEffects.Bounded("CODE", all.effects(), all.unknownRoutines(), problem));
    }

    /** The same code that does something besides. */
    DefinedCode with(StatementEffects.Bounded other) {
        List<Effect> effects = new ArrayList<>(bound.effects());
        effects.addAll(other.effects());
        List<RoutineCall> calls = new ArrayList<>(bound.unknownRoutines());
        calls.addAll(other.unknownRoutines());
        return new DefinedCode(
                routine,
                body,
                new StatementEffects.Bounded(bound.operation(), effects, calls, bound.problem()),
                schemas,
                own,
                obstacle);
    }

    /** The same code under a path of its own. */
    DefinedCode lookingIn(Optional<List<String>> path) {
        return new DefinedCode(routine, body, bound, path, own, obstacle);
    }
}
