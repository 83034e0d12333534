package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/** Joins two readings of a text of which nobody knows which one holds: it could do what either tells. */
final class EitherReading {
    private EitherReading() {}

    static AnalyzedText of(AnalyzedText one, AnalyzedText other) {
        if (one.equals(other)) {
            return one;
        }
        int count = one.statements().size();
        if (count != other.statements().size()) {
            Problem problem = Problem.ofWholeText("a text that may be cut in two ways", "quote its names");
            return new AnalyzedText(
                    List.of(new StatementEffects.Unreadable("text", problem)), MaskedText.OF_UNREADABLE);
        }
        List<StatementEffects> statements = new ArrayList<>();
        List<Mentions> mentions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statements.add(either(one.statements().get(i), other.statements().get(i)));
            mentions.add(one.mentions().get(i).and(other.mentions().get(i)));
        }
        return new AnalyzedText(statements, one.maskedText(), false, mentions, one.restsOnBackslashes());
    }

    private static StatementEffects either(StatementEffects one, StatementEffects other) {
        if (one.equals(other)) {
            return one;
        }
        boolean onlyConcernsTables = one instanceof StatementEffects.Understood first
                && other instanceof StatementEffects.Understood second
                && first.operation().equals(second.operation())
                && onlyConcernsTables(first)
                && onlyConcernsTables(second);
        return onlyConcernsTables
                ? Readings.both(one.operation(), (StatementEffects.Understood) one, other)
                : new StatementEffects.Unreadable(
                        one.operation(),
                        Problem.ofWholeText(
                                "a name has a letter that changes when its case is folded", "quote the name"));
    }

    private static boolean onlyConcernsTables(StatementEffects.Understood statement) {
        return statement.sessionChanges().isEmpty()
                && statement.powers().isEmpty()
                && statement.code().isEmpty()
                && statement.sweeps().isEmpty();
    }
}
