package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Backslashes;
import io.tierguard.sql.CodeEffects;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SqlAnalyzer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the body of a routine does, as far as it tells.
 *
 * @param effects what it does, as the body names tables
 * @param possible what it does at most where it is not read exactly: a name may be no table there
 * @param calls the routines it calls that are not known to be harmless
 * @param mentions what it names
 * @param own the temporary tables that it makes, without a schema; what is told of it holds only where nothing else has such a name
 * @param bound what of it could bind code to these tables
 * @param obstacle why it cannot be told what it does; empty where it can
 */
record RoutineReading(
        Set<Effect> effects,
        Set<Effect> possible,
        Set<RoutineCall> calls,
        Set<Mentions> mentions,
        Set<TableName> own,
        Mentions bound,
        String obstacle) {
    private static final String ATOMIC = "BEGIN ATOMIC";
    private static final String RETURN = "RETURN ";

    /** Languages whose triggers set columns by words that are read. */
    private static final Set<String> PROCEDURAL = Set.of("plpgsql", "mysql");

    RoutineReading {
        effects = Collections.unmodifiableSet(new LinkedHashSet<>(effects));
        possible = Collections.unmodifiableSet(new LinkedHashSet<>(possible));
        calls = Collections.unmodifiableSet(new LinkedHashSet<>(calls));
        mentions = Collections.unmodifiableSet(new LinkedHashSet<>(mentions));
        own = Collections.unmodifiableSet(new LinkedHashSet<>(own));
    }

    /** Reads a body; one with a backslash in both ways in which the session that runs it may cut it. */
    static RoutineReading of(Routine routine, Dialect dialect) {
        if (!routine.isSettled()) {
            return unreadable("it runs under settings of its own");
        }
        if (routine.isWithheld()) {
            return unreadable("another session keeps a table locked that it names");
        }
        LexicalModes modes = LexicalModes.defaultsOf(dialect);
        RoutineReading plain = of(routine, new SqlAnalyzer(modes));
        boolean isCutOneWay =
                routine.isParsed() || routine.isExact() || routine.body().indexOf('\\') < 0;
        SqlAnalyzer escaping = new SqlAnalyzer(modes.with(Backslashes.ESCAPE));
        boolean runsOneWay = isCutOneWay || escaping.mentionsIn(routine.body()).isEmpty();
        return runsOneWay ? plain : plain.or(of(routine, escaping));
    }

    /** The columns that a routine sets in the row of whichever trigger runs it, folded; empty where it may be any. */
    static Optional<Set<String>> columnsSetBy(Routine routine, Dialect dialect) {
        if (!routine.isSettled() || !PROCEDURAL.contains(routine.language())) {
            return Optional.empty();
        }
        LexicalModes modes = LexicalModes.defaultsOf(dialect);
        Optional<Set<String>> plain = new SqlAnalyzer(modes).columnsSetIn(routine.code(), routine.isExact());
        SqlAnalyzer escaping = new SqlAnalyzer(modes.with(Backslashes.ESCAPE));
        boolean runsOneWay = routine.isExact()
                || routine.body().indexOf('\\') < 0
                || escaping.mentionsIn(routine.body()).isEmpty();
        return runsOneWay
                ? plain
                : plain.flatMap(columns ->
                        escaping.columnsSetIn(routine.code(), routine.isExact()).map(others -> union(columns, others)));
    }

    private static RoutineReading of(Routine routine, SqlAnalyzer analyzer) {
        return switch (routine.language()) {
            case "aggregate" -> read(CodeEffects.of(List.of()), Set.of());
            case "sql" -> {
                AnalyzedText text = analyzer.analyze(plain(routine), Placeholders.NONE);
                yield read(CodeEffects.of(text.statements()), new LinkedHashSet<>(text.mentions()));
            }
            case "plpgsql", "mysql" ->
                read(
                                analyzer.procedure(routine.code(), routine.isExact()),
                                analyzer.mentionsIn(routine.code()).map(Set::of).orElse(Set.of()))
                        .in(routine);
            default -> unreadable("it is written in " + routine.language());
        };
    }

    private RoutineReading in(Routine routine) {
        return new RoutineReading(
                union(effects.stream().map(routine::inBody).toList(), List.of()),
                possible,
                calls,
                mentions,
                own,
                bound,
                obstacle);
    }

    private RoutineReading or(RoutineReading other) {
        return new RoutineReading(
                union(effects, other.effects),
                union(possible, other.possible),
                union(calls, other.calls),
                union(mentions, other.mentions),
                union(own, other.own),
                bound.and(other.bound),
                obstacle.isEmpty() ? other.obstacle : obstacle);
    }

    private static <T> Set<T> union(Collection<T> one, Collection<T> other) {
        Set<T> union = new LinkedHashSet<>(one);
        union.addAll(other);
        return union;
    }

    /** The statements of a body, without the words that the catalog puts around those that the server keeps parsed. */
    private static String plain(Routine routine) {
        String body = routine.body().strip();
        if (routine.isParsed() && body.startsWith(ATOMIC)) {
            return body.substring(ATOMIC.length(), body.length() - "END".length());
        }
        return routine.isParsed() && body.startsWith(RETURN) ? "SELECT " + body.substring(RETURN.length()) : body;
    }

    private static RoutineReading unreadable(String obstacle) {
        return new RoutineReading(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Mentions.NONE, obstacle);
    }

    private static RoutineReading read(CodeEffects code, Set<Mentions> mentions) {
        return new RoutineReading(
                code.effects(),
                code.possible(),
                code.calls(),
                code.obstacle().isEmpty() ? mentions : Set.of(),
                code.own(),
                code.bound(),
                code.obstacle());
    }
}
