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
import io.tierguard.sql.SchemaConsequences;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.StatementEffects;
import io.tierguard.sql.TemporaryView;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a view's query reads and calls.
 *
 * @param bases every table or view that it reads, as far as that is known
 * @param basesAreKnown whether {@code bases} is all of them
 * @param routines the routines it calls that are not known to be harmless
 * @param mentions what it names
 * @param isReadable whether the query could be read, so that {@code routines} is all of them and all that it does but reading
 * @param columns how its columns are called in what it reads
 * @param changes what it changes whenever it is asked, as H2's {@code OLD TABLE (DELETE …)} does
 */
public record ViewDefinition(
        Set<TableName> bases,
        boolean basesAreKnown,
        List<RoutineCall> routines,
        List<Mentions> mentions,
        boolean isReadable,
        Columns columns,
        List<Effect> changes) {

    public ViewDefinition {
        bases = Set.copyOf(bases);
        routines = List.copyOf(routines);
        mentions = List.copyOf(mentions);
        changes = List.copyOf(changes);
    }

    /** Finds the columns of a table behind those of a view. */
    public sealed interface Columns {
        /** They are called alike. */
        record Same() implements Columns {}

        /** Some are columns of one table; the others are computed, or nobody knows. */
        record Named(Map<String, String> names) implements Columns {
            public Named {
                names = Map.copyOf(names);
            }
        }
    }

    /** No column is known, so that each could be any. */
    private static final Columns UNKNOWN = new Columns.Named(Map.of());

    /** Reads the query of a view that one session has. */
    public static ViewDefinition of(TableName name, TemporaryView view, Dialect dialect) {
        return of(new View(View.Kind.VIEW, name, view.bases(), view.definition()), dialect, view.bases()::contains);
    }

    /**
     * Reads the query of a view.
     *
     * @param isThere whether the database has a table that a name could mean
     */
    static ViewDefinition of(View view, Dialect dialect, Predicate<TableName> isThere) {
        Set<TableName> bases = new HashSet<>(view.listedBases());
        if (view.definition().isEmpty() && view.kind() != View.Kind.SYNONYM) {
            // The catalog keeps it to itself, which is not to say that there is nothing.
            return new ViewDefinition(
                    bases, dialect == Dialect.POSTGRESQL, List.of(), List.of(), false, UNKNOWN, List.of());
        }
        if (view.definition().isEmpty()) {
            return new ViewDefinition(bases, true, List.of(), List.of(), true, new Columns.Same(), List.of());
        }
        SqlAnalyzer analyzer = new SqlAnalyzer(LexicalModes.defaultsOf(dialect));
        AnalyzedText text = analyzer.analyze(view.definition(), Placeholders.NONE);
        List<StatementEffects> statements = text.statements();
        StatementEffects only = statements.size() == 1
                ? statements.get(0)
                : new StatementEffects.Unreadable("VIEW", Problem.ofWholeText("a view is one query", ""));
        boolean isListed = dialect == Dialect.POSTGRESQL;
        if (only instanceof StatementEffects.Understood understood) {
            if (!isListed) {
                understood.effects().stream()
                        .filter(effect -> effect.via().isEmpty() || isThere.test(effect.table()))
                        .map(effect -> placed(effect.table(), view, dialect))
                        .forEach(bases::add);
            }
            Columns columns = bases.size() == 1 && tellsNames(view, dialect)
                    ? new Columns.Named(analyzer.columnsIn(view.definition(), view.columns()))
                    : UNKNOWN;
            List<Effect> changes =
                    changes(understood.effects(), effect -> !SchemaConsequences.changesSchema(effect.verb()));
            return new ViewDefinition(
                    bases,
                    true,
                    understood.unknownRoutines(),
                    text.mentions(),
                    changesOnlyRows(understood),
                    columns,
                    changes);
        }
        if (only instanceof StatementEffects.Bounded bounded) {
            List<Effect> changes = changes(bounded.effects(), effect -> isThere.test(effect.table()));
            return new ViewDefinition(
                    bases, isListed, bounded.unknownRoutines(), text.mentions(), true, UNKNOWN, changes);
        }
        return new ViewDefinition(bases, isListed, List.of(), List.of(), false, UNKNOWN, List.of());
    }

    /** The same query with what it changes told otherwise. */
    ViewDefinition changing(List<Effect> others) {
        return new ViewDefinition(bases, basesAreKnown, routines, mentions, isReadable, columns, others);
    }

    private static List<Effect> changes(List<Effect> effects, Predicate<Effect> isMeant) {
        return effects.stream()
                .filter(effect -> !effect.verb().reads())
                .filter(isMeant)
                .toList();
    }

    /** Whether a query changes no more than rows, as one does that sets a sequence or a setting. */
    private static boolean changesOnlyRows(StatementEffects.Understood query) {
        return query.effects().stream().noneMatch(effect -> SchemaConsequences.changesSchema(effect.verb()))
                && query.sessionChanges().isEmpty()
                && query.powers().isEmpty()
                && query.sweeps().isEmpty();
    }

    /** Whether a list of names before AS is in the query that the catalog keeps, or its columns are listed besides. */
    private static boolean tellsNames(View view, Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL, MARIADB -> true;
            case MYSQL -> !view.columns().isEmpty();
            case H2, SQLITE, ANSI, ORACLE, SQLSERVER -> false;
        };
    }

    /** A view of SQLite reads its own database alone, but for one that only the session has. */
    private static TableName placed(TableName base, View view, Dialect dialect) {
        boolean isFixed = dialect == Dialect.SQLITE
                && !base.isQualified()
                && !view.name().schema().equals("temp");
        return isFixed ? base.in(view.name().schema()) : base;
    }

    /** Whether it reads one table or view, runs no code, and these columns of its own are each a column of that, called by its name. */
    public boolean isOfOneTable(SortedSet<String> own) {
        return basesAreKnown
                && isReadable
                && bases.size() == 1
                && routines.isEmpty()
                && changes.isEmpty()
                && columns instanceof Columns.Named
                && !own.isEmpty()
                && columnsOf(own).size() == own.size();
    }

    /** The columns of the table behind it that these columns of its own are; none, which stands for all, where one may be any. */
    public SortedSet<String> columnsOf(SortedSet<String> own) {
        if (columns instanceof Columns.Same) {
            return own;
        }
        SortedSet<String> behind = new TreeSet<>();
        for (String column : own) {
            String name = ((Columns.Named) columns).names().get(column);
            if (name == null) {
                return Collections.emptySortedSet();
            }
            behind.add(name);
        }
        return behind;
    }
}
