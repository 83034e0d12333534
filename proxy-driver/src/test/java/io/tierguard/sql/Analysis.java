package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Asks the analyzer and shows its answers as short texts that a test can list. */
final class Analysis {

    private Analysis() {}

    static AnalyzedText of(Dialect dialect, String sql) {
        return SqlAnalyzer.ofSession(LexicalModes.defaultsOf(dialect)).analyze(sql, Placeholders.NONE);
    }

    static AnalyzedText prepared(Dialect dialect, String sql) {
        return SqlAnalyzer.ofSession(LexicalModes.defaultsOf(dialect)).analyze(sql, Placeholders.QUESTION_MARKS);
    }

    /** The only statement of a text. */
    static StatementEffects only(Dialect dialect, String sql) {
        List<StatementEffects> statements = of(dialect, sql).statements();
        if (statements.size() != 1) {
            throw new AssertionError(statements.size() + " statements in " + sql);
        }
        return statements.get(0);
    }

    /** What a text writes, as {@code VERB table}; {@code UNREADABLE} for a statement that is denied unread. */
    static Set<String> writes(AnalyzedText text) {
        Set<String> writes = new TreeSet<>();
        for (StatementEffects statement : text.statements()) {
            if (statement instanceof StatementEffects.Unreadable) {
                writes.add("UNREADABLE");
            }
            for (Effect effect : effects(statement)) {
                if (!effect.verb().reads()) {
                    writes.add(effect.verb() + " " + effect.table());
                }
            }
            writes.addAll(sweeps(statement));
        }
        return writes;
    }

    /** What a statement does to tables that it does not name. */
    static List<String> sweeps(StatementEffects statement) {
        return statement instanceof StatementEffects.Understood understood
                ? understood.sweeps().stream().map(Sweep::toString).toList()
                : List.of();
    }

    /** The tables a text reads. */
    static Set<String> reads(AnalyzedText text) {
        Set<String> reads = new TreeSet<>();
        for (StatementEffects statement : text.statements()) {
            for (Effect effect : effects(statement)) {
                if (effect.verb().reads()) {
                    reads.add(effect.table().toString());
                }
            }
        }
        return reads;
    }

    static List<Effect> effects(StatementEffects statement) {
        if (statement instanceof StatementEffects.Understood understood) {
            return understood.effects();
        }
        if (statement instanceof StatementEffects.Executed executed) {
            return executed.around().effects();
        }
        return statement instanceof StatementEffects.Bounded bounded ? bounded.effects() : List.of();
    }

    /** Everything of a statement that is no effect on a table: unknown routines, session changes, powers, sweeps, unreadable. */
    static Set<String> beyondTables(StatementEffects statement) {
        Set<String> beyond = new LinkedHashSet<>();
        List<RoutineCall> routines = new ArrayList<>();
        if (statement instanceof StatementEffects.Understood understood) {
            routines.addAll(understood.unknownRoutines());
            understood.sessionChanges().forEach(change -> beyond.add(shown(change)));
            understood.powers().forEach(power -> beyond.add(power.name()));
            beyond.addAll(sweeps(statement));
        } else if (statement instanceof StatementEffects.Bounded bounded) {
            routines.addAll(bounded.unknownRoutines());
        } else if (statement instanceof StatementEffects.Executed executed) {
            beyond.addAll(beyondTables(executed.around()));
            beyond.add((executed.isPlannedOnly() ? "plans " : "runs ") + executed.name());
        } else {
            beyond.add("UNREADABLE");
        }
        routines.forEach(routine -> beyond.add(routine + "()"));
        return beyond;
    }

    /** What code that is defined does to tables, as far as it is asked for, and behind a stroke what it calls. */
    static String told(DefinedCode code, Predicate<Effect> which) {
        return code.bound().effects().stream()
                        .filter(which)
                        .map(effect -> effect.verb() + " " + effect.table())
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining(", "))
                + " / "
                + code.bound().unknownRoutines().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String shown(SessionChange change) {
        if (change instanceof SessionChange.SchemaPath path) {
            return "path " + path.schemas()
                    + (path.lasting() == SessionChange.Lasting.SESSION
                            ? ""
                            : " " + path.lasting().name().toLowerCase(Locale.ROOT));
        }
        return ShownChange.of(change);
    }
}
