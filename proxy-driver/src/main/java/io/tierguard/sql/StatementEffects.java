package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import java.util.ArrayList;
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
     * @param sweeps what it does to tables that it does not name
     */
    record Understood(
            String operation,
            List<Effect> effects,
            List<RoutineCall> unknownRoutines,
            List<SessionChange> sessionChanges,
            Set<Power> powers,
            boolean nestsWrites,
            Optional<DefinedCode> code,
            List<Sweep> sweeps)
            implements StatementEffects {
        public Understood {
            effects = List.copyOf(effects);
            unknownRoutines = List.copyOf(unknownRoutines);
            sessionChanges = List.copyOf(sessionChanges);
            powers = Set.copyOf(powers);
            sweeps = List.copyOf(sweeps);
        }

        /** The code that it defines; empty where it defines none, or some that cannot be read. */
        @Override
        public Optional<DefinedCode> code() {
            return code.filter(DefinedCode::isRead);
        }

        /** What is against the code that it defines or runs, and where in it that stands; empty where nothing is known to be. */
        public String codeObstacle() {
            return code.map(DefinedCode::obstacle).orElse("");
        }

        /** Either of these, for another reading of the same statement. */
        Optional<DefinedCode> codeOrObstacle() {
            return code;
        }

        /** A statement with no change of rows and no code inside it, which does nothing to tables that it does not name. */
        public Understood(
                String operation,
                List<Effect> effects,
                List<RoutineCall> unknownRoutines,
                List<SessionChange> sessionChanges,
                Set<Power> powers) {
            this(operation, effects, unknownRoutines, sessionChanges, powers, false, Optional.empty(), List.of());
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
     * A statement that runs another one, which was kept under a name; what that does only its session knows.
     *
     * @param name as the server keeps it
     * @param around what is done besides
     * @param isPlannedOnly whether the other one does not run, so that it only reads its tables
     */
    record Executed(String operation, String name, Understood around, boolean isPlannedOnly)
            implements StatementEffects {

        /** What it does if the other statement does this. */
        public StatementEffects running(StatementEffects statement) {
            StatementEffects inner = isPlannedOnly ? Readings.plannedOnly(operation, statement) : statement;
            boolean isPlain = operation.equals("EXECUTE") && around.equals(Readings.harmless("EXECUTE"));
            return isPlain ? inner : Readings.both(operation, around, inner);
        }

        /** The same under another name and with more around it. */
        Executed inside(String outer, List<Effect> effects, boolean onlyPlanned) {
            List<Effect> all = new ArrayList<>(effects);
            all.addAll(around.effects());
            Understood more =
                    new Understood(outer, all, around.unknownRoutines(), around.sessionChanges(), around.powers());
            return new Executed(outer, name, more, isPlannedOnly || onlyPlanned);
        }

        /** The same with more routines that are called and changes that are made. */
        Executed with(List<RoutineCall> routines, List<SessionChange> changes) {
            List<RoutineCall> calls = new ArrayList<>(routines);
            calls.addAll(around.unknownRoutines());
            List<SessionChange> all = new ArrayList<>(around.sessionChanges());
            all.addAll(changes);
            Understood more = new Understood(around.operation(), around.effects(), calls, all, around.powers());
            return new Executed(operation, name, more, isPlannedOnly);
        }
    }

    /**
     * A statement that could not be read at all.
     *
     * @param problem what could not be read, and where
     */
    record Unreadable(String operation, Problem problem) implements StatementEffects {}
}
