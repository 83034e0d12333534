package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes the readings of statements that a grammar of ours understands. */
final class Readings {

    private Readings() {}

    static StatementEffects harmless(String operation) {
        return new StatementEffects.Understood(operation, List.of(), List.of(), List.of(), Set.of());
    }

    static StatementEffects change(String operation, SessionChange change) {
        return new StatementEffects.Understood(operation, List.of(), List.of(), List.of(change), Set.of());
    }

    static StatementEffects power(String operation, Power power, List<Effect> effects) {
        return new StatementEffects.Understood(operation, effects, List.of(), List.of(), Set.of(power));
    }

    /** A statement that defines code, or takes some away; {@code code} is empty where it cannot be read. */
    static StatementEffects code(String operation, List<Effect> effects, Optional<DefinedCode> code) {
        return new StatementEffects.Understood(
                operation, effects, List.of(), List.of(), Set.of(Power.DEFINE), false, code, List.of());
    }

    /** A statement that does something to tables that it does not name. */
    static StatementEffects sweeping(String operation, List<Effect> effects, List<Sweep> sweeps, Set<Power> powers) {
        return new StatementEffects.Understood(
                operation, effects, List.of(), List.of(), powers, false, Optional.empty(), sweeps);
    }

    /** The same reading of a statement that also does something to tables that it does not name. */
    static StatementEffects sweeping(StatementEffects reading, List<Sweep> sweeps) {
        return reading instanceof StatementEffects.Understood understood && !sweeps.isEmpty()
                ? new StatementEffects.Understood(
                        understood.operation(),
                        understood.effects(),
                        understood.unknownRoutines(),
                        understood.sessionChanges(),
                        understood.powers(),
                        understood.nestsWrites(),
                        understood.codeOrObstacle(),
                        joined(understood.sweeps(), sweeps))
                : reading;
    }

    static StatementEffects effects(String operation, List<Effect> effects, List<RoutineCall> routines) {
        return new StatementEffects.Understood(operation, effects, routines, List.of(), Set.of());
    }

    static StatementEffects each(String operation, Verb verb, List<TableName> tables) {
        List<Effect> effects = new ArrayList<>();
        for (TableName table : tables) {
            effects.add(Effect.of(verb, table));
        }
        return effects(operation, effects, List.of());
    }

    static StatementEffects unreadable(String operation, StatementTokens at, String message, String help) {
        return new StatementEffects.Unreadable(operation, at.problem(message, help));
    }

    /** The reading of a statement with another inside: under its own name, with effects of its own before the inner. */
    static StatementEffects around(String operation, List<Effect> effects, StatementEffects inner) {
        if (inner instanceof StatementEffects.Understood understood) {
            return new StatementEffects.Understood(
                    operation,
                    joined(effects, understood.effects()),
                    understood.unknownRoutines(),
                    understood.sessionChanges(),
                    understood.powers(),
                    understood.nestsWrites(),
                    Optional.empty(),
                    understood.sweeps());
        }
        if (inner instanceof StatementEffects.Bounded bounded) {
            return new StatementEffects.Bounded(
                    operation, joined(effects, bounded.effects()), bounded.unknownRoutines(), bounded.problem());
        }
        if (inner instanceof StatementEffects.Executed executed) {
            return executed.inside(operation, effects, false);
        }
        return new StatementEffects.Unreadable(operation, ((StatementEffects.Unreadable) inner).problem());
    }

    /** The reading of a statement and of another that it runs, with all that either does. */
    static StatementEffects both(String operation, StatementEffects.Understood outer, StatementEffects inner) {
        StatementEffects both = around(operation, outer.effects(), inner);
        if (both instanceof StatementEffects.Understood understood) {
            Set<Power> powers = new HashSet<>(outer.powers());
            powers.addAll(understood.powers());
            return new StatementEffects.Understood(
                    operation,
                    understood.effects(),
                    joined(outer.unknownRoutines(), understood.unknownRoutines()),
                    joined(outer.sessionChanges(), understood.sessionChanges()),
                    powers,
                    outer.nestsWrites() || understood.nestsWrites(),
                    Optional.empty(),
                    joined(outer.sweeps(), understood.sweeps()));
        }
        boolean isMore = !outer.sessionChanges().isEmpty()
                || !outer.powers().isEmpty()
                || !outer.sweeps().isEmpty();
        if (both instanceof StatementEffects.Bounded bounded && !isMore) {
            return new StatementEffects.Bounded(
                    operation,
                    bounded.effects(),
                    joined(outer.unknownRoutines(), bounded.unknownRoutines()),
                    bounded.problem());
        }
        return both instanceof StatementEffects.Bounded bounded
                ? new StatementEffects.Unreadable(operation, bounded.problem())
                : both;
    }

    /** The same reading of a statement that also changes the session. */
    static StatementEffects changing(StatementEffects reading, SessionChange change) {
        if (reading instanceof StatementEffects.Executed executed) {
            return executed.with(List.of(), List.of(change));
        }
        return reading instanceof StatementEffects.Understood understood
                ? new StatementEffects.Understood(
                        understood.operation(),
                        understood.effects(),
                        understood.unknownRoutines(),
                        joined(understood.sessionChanges(), List.of(change)),
                        understood.powers(),
                        understood.nestsWrites(),
                        understood.codeOrObstacle(),
                        understood.sweeps())
                : reading;
    }

    /** The reading of a definition with a query inside: what it calls itself goes before what the query calls. */
    static StatementEffects around(StatementEffects.Understood outer, StatementEffects inner) {
        StatementEffects both = around(outer.operation(), outer.effects(), inner);
        if (both instanceof StatementEffects.Understood understood) {
            return new StatementEffects.Understood(
                    understood.operation(),
                    understood.effects(),
                    joined(outer.unknownRoutines(), understood.unknownRoutines()),
                    understood.sessionChanges(),
                    understood.powers(),
                    false,
                    Optional.empty(),
                    joined(outer.sweeps(), understood.sweeps()));
        }
        if (both instanceof StatementEffects.Bounded bounded) {
            return new StatementEffects.Bounded(
                    bounded.operation(),
                    bounded.effects(),
                    joined(outer.unknownRoutines(), bounded.unknownRoutines()),
                    bounded.problem());
        }
        return both instanceof StatementEffects.Executed executed
                ? executed.with(outer.unknownRoutines(), outer.sessionChanges())
                : both;
    }

    /** The reading of a query with changes of rows inside it. */
    static StatementEffects nesting(StatementEffects.Understood query, List<StatementEffects.Understood> changes) {
        Set<Effect> effects = new LinkedHashSet<>(query.effects());
        Set<RoutineCall> routines = new LinkedHashSet<>(query.unknownRoutines());
        Set<Sweep> sweeps = new LinkedHashSet<>(query.sweeps());
        for (StatementEffects.Understood change : changes) {
            effects.addAll(change.effects());
            routines.addAll(change.unknownRoutines());
            sweeps.addAll(change.sweeps());
        }
        return new StatementEffects.Understood(
                query.operation(),
                List.copyOf(effects),
                List.copyOf(routines),
                query.sessionChanges(),
                query.powers(),
                true,
                Optional.empty(),
                List.copyOf(sweeps));
    }

    /** The reading of a bounded statement with another inside that is bounded too. */
    static StatementEffects alsoBounding(StatementEffects.Bounded outer, StatementEffects inner) {
        return inner instanceof StatementEffects.Bounded bounded
                ? new StatementEffects.Bounded(
                        outer.operation(),
                        joined(outer.effects(), bounded.effects()),
                        joined(outer.unknownRoutines(), bounded.unknownRoutines()),
                        outer.problem())
                : new StatementEffects.Unreadable(outer.operation(), outer.problem());
    }

    /** The reading of a statement that is planned but not run: every table in it is read. */
    static StatementEffects plannedOnly(String operation, StatementEffects inner) {
        if (inner instanceof StatementEffects.Understood understood) {
            return new StatementEffects.Understood(
                    operation,
                    reads(understood.effects()),
                    understood.unknownRoutines(),
                    withoutTables(understood.sessionChanges()),
                    understood.powers());
        }
        if (inner instanceof StatementEffects.Bounded bounded) {
            return new StatementEffects.Bounded(
                    operation, reads(bounded.effects()), bounded.unknownRoutines(), bounded.problem());
        }
        if (inner instanceof StatementEffects.Executed executed) {
            return executed.inside(operation, List.of(), true);
        }
        return new StatementEffects.Unreadable(operation, ((StatementEffects.Unreadable) inner).problem());
    }

    private static List<SessionChange> withoutTables(List<SessionChange> changes) {
        return changes.stream()
                .filter(change -> !(change instanceof SessionChange.TemporaryTable))
                .toList();
    }

    private static List<Effect> reads(List<Effect> effects) {
        Set<Effect> reads = new LinkedHashSet<>();
        for (Effect effect : effects) {
            reads.add(Effect.of(Verb.SELECT, effect.table()));
        }
        return List.copyOf(reads);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }

    /** The same reading of a statement that may run where values are cut to what their columns can hold. */
    static StatementEffects inOtherMode(StatementEffects reading) {
        return reading instanceof StatementEffects.Understood understood
                ? by(effect -> effect.reach() == Reach.SAME_NUMBER ? effect.reaching(Reach.TABLE) : effect, understood)
                : reading;
    }

    /** The same reading, of which each effect is seen otherwise. */
    static StatementEffects.Understood by(UnaryOperator<Effect> seen, StatementEffects.Understood understood) {
        return new StatementEffects.Understood(
                understood.operation(),
                understood.effects().stream().map(seen).toList(),
                understood.unknownRoutines(),
                understood.sessionChanges(),
                understood.powers(),
                understood.nestsWrites(),
                understood.code(),
                understood.sweeps());
    }
}
