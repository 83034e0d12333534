package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.Problem;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.StatementEffects;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a view's query reads and calls.
 *
 * @param bases every table or view that it reads, as far as that is known
 * @param basesAreKnown whether {@code bases} is all of them
 * @param routines the routines it calls that are not known to be harmless
 * @param mentions what it names
 * @param isReadable whether the query could be read, so that {@code routines} is all of them
 */
record ViewDefinition(
        Set<TableName> bases,
        boolean basesAreKnown,
        List<RoutineCall> routines,
        List<Mentions> mentions,
        boolean isReadable) {

    /** Reads the query of a view. */
    static ViewDefinition of(View view, Dialect dialect) {
        Set<TableName> bases = new HashSet<>(view.listedBases());
        if (view.definition().isEmpty() && view.kind() != View.Kind.SYNONYM) {
            // The catalog keeps it to itself, which is not to say that there is nothing.
            return new ViewDefinition(bases, dialect == Dialect.POSTGRESQL, List.of(), List.of(), false);
        }
        if (view.definition().isEmpty()) {
            return new ViewDefinition(bases, true, List.of(), List.of(), true);
        }
        AnalyzedText text =
                new SqlAnalyzer(LexicalModes.defaultsOf(dialect)).analyze(view.definition(), Placeholders.NONE);
        List<StatementEffects> statements = text.statements();
        StatementEffects only = statements.size() == 1
                ? statements.get(0)
                : new StatementEffects.Unreadable("VIEW", Problem.ofWholeText("a view is one query", ""));
        boolean isListed = dialect == Dialect.POSTGRESQL;
        if (only instanceof StatementEffects.Understood understood) {
            if (!isListed) {
                understood.effects().stream().map(Effect::table).forEach(bases::add);
            }
            return new ViewDefinition(bases, true, understood.unknownRoutines(), text.mentions(), true);
        }
        if (only instanceof StatementEffects.Bounded bounded) {
            return new ViewDefinition(bases, isListed, bounded.unknownRoutines(), text.mentions(), true);
        }
        return new ViewDefinition(bases, isListed, List.of(), List.of(), false);
    }
}
