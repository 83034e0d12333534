package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one statement could do; never less than what it truly does. */
public sealed interface StatementEffects {

    /** The statement's leading words in upper case, for example {@code DELETE} or {@code CREATE FUNCTION}. */
    String operation();

    /**
     * A statement whose structure is understood.
     *
     * @param effects what it does to which tables, as the statement names them
     * @param unknownRoutines the routines it calls that are not known to be harmless
     * @param sessionChanges what it changes in the session when it succeeds
     * @param powers the powers past the tables that it needs
     * @param nestsWrites whether a change of rows may stand inside it, of which its count does not tell
     * @param code the code that it defines; empty where it defines none, or some that cannot be read
     */
    record Understood(
            String operation,
            List<Effect> effects,
            List<RoutineCall> unknownRoutines,
            List<SessionChange> sessionChanges,
            Set<Power> powers,
            boolean nestsWrites,
            Optional<DefinedCode> code)
            implements StatementEffects {
        public Understood {
            effects = List.copyOf(effects);
            unknownRoutines = List.copyOf(unknownRoutines);
            sessionChanges = List.copyOf(sessionChanges);
            powers = Set.copyOf(powers);
        }

        /** A statement with no change of rows and no code inside it. */
        public Understood(
                String operation,
                List<Effect> effects,
                List<RoutineCall> unknownRoutines,
                List<SessionChange> sessionChanges,
                Set<Power> powers) {
            this(operation, effects, unknownRoutines, sessionChanges, powers, false, Optional.empty());
        }
    }

    /**
     * A statement whose structure is not understood but whose tokens bound what it can do: it does no more than these
     * effects. It passes only where every one of them would.
     *
     * @param effects an upper bound of what it does
     * @param unknownRoutines the routines it may call that are not known to be harmless
     * @param problem what could not be read, and where
     */
    record Bounded(String operation, List<Effect> effects, List<RoutineCall> unknownRoutines, Problem problem)
            implements StatementEffects {
        public Bounded {
            effects = List.copyOf(effects);
            unknownRoutines = List.copyOf(unknownRoutines);
        }
    }

    /**
     * A statement that could not be read at all.
     *
     * @param problem what could not be read, and where
     */
    record Unreadable(String operation, Problem problem) implements StatementEffects {}
}
