package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads code of MariaDB that runs at once: {@code BEGIN NOT ATOMIC}, and the statements of procedures outside of one.
 *
 * <p>INVARIANT: nothing that is read in it changes what stands before or behind it in the same code means; such code is not
 * read, and needs the power to define some.
 */
final class MySqlCompoundStatements {

    /** Words with which such code begins, beside BEGIN. */
    static final Set<String> FIRST = Set.of("if", "case", "loop", "while", "repeat", "for");

    private final StatementReader reader;

    MySqlCompoundStatements(StatementReader reader) {
        this.reader = reader;
    }

    StatementEffects read(StatementTokens statement, int depth) {
        String operation = statement.is("begin")
                ? "BEGIN NOT ATOMIC"
                : statement.peek().text().toUpperCase(Locale.ROOT);
        Code code = new Code();
        for (StatementEffects each : MySqlProcedure.readAtOnce(reader, statement.sql(), statement.rest())) {
            if (!code.add(each)) {
                return Readings.power(operation, Power.DEFINE, List.of());
            }
        }
        return code.isOfOneKind() ? code.reading(operation) : Readings.power(operation, Power.DEFINE, List.of());
    }

    /** What the statements of some code do together, whichever of them run, and how often. */
    private static final class Code {
        private final Set<Effect> effects = new LinkedHashSet<>();
        private final Set<RoutineCall> routines = new LinkedHashSet<>();
        private Optional<Problem> problem = Optional.empty();
        private boolean beginsTransaction;
        private boolean endsTransaction;

        /** Adds a statement; false where it is not read, or does more than to change tables. */
        boolean add(StatementEffects statement) {
            if (statement instanceof StatementEffects.Bounded bounded) {
                problem = problem.or(() -> Optional.of(bounded.problem()));
                effects.addAll(bounded.effects());
                routines.addAll(bounded.unknownRoutines());
                return true;
            }
            if (!(statement instanceof StatementEffects.Understood understood)) {
                return false;
            }
            for (SessionChange change : understood.sessionChanges()) {
                boolean begins = change instanceof SessionChange.TransactionStart;
                if (!begins && !(change instanceof SessionChange.TransactionEnd)) {
                    return false;
                }
                beginsTransaction |= begins;
                endsTransaction |= !begins;
            }
            effects.addAll(understood.effects());
            routines.addAll(understood.unknownRoutines());
            return understood.powers().isEmpty() && understood.sweeps().isEmpty();
        }

        /** Whether no name could mean another table for a statement that changes rows than it does before the code. */
        boolean isOfOneKind() {
            boolean changesSchema = false;
            boolean changesRows = !routines.isEmpty();
            for (Effect effect : effects) {
                boolean isOfSchema = switch (effect.verb()) {
                    case CREATE, EXTEND, ALTER, DROP -> true;
                    case SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> false;
                };
                changesSchema |= isOfSchema;
                changesRows |= !isOfSchema && effect.verb() != Verb.SELECT;
            }
            return !changesSchema || (!changesRows && problem.isEmpty());
        }

        StatementEffects reading(String operation) {
            if (problem.isPresent() && (beginsTransaction || endsTransaction)) {
                return new StatementEffects.Unreadable(operation, problem.get());
            }
            if (problem.isPresent()) {
                return new StatementEffects.Bounded(
                        operation, List.copyOf(effects), List.copyOf(routines), problem.get());
            }
            List<SessionChange> changes = new ArrayList<>();
            if (beginsTransaction || endsTransaction) {
                // Whatever it undoes, it may keep something first.
                changes.add(new SessionChange.TransactionEnd());
            }
            if (beginsTransaction) {
                changes.add(new SessionChange.TransactionStart());
            }
            return new StatementEffects.Understood(
                    operation,
                    List.copyOf(effects),
                    List.copyOf(routines),
                    changes,
                    Set.of(),
                    true,
                    Optional.empty(),
                    List.of());
        }
    }
}
