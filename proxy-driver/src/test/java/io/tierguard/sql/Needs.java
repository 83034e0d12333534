package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Says what a text needs in the words of the reference page on SQL statements. */
final class Needs {

    private Needs() {}

    /** For example {@code select orders; update orders(state)}; what each statement needs in the order of their text. */
    static String of(Dialect dialect, String sql) {
        boolean isPrepared = sql.indexOf('?') >= 0;
        AnalyzedText text = isPrepared ? Analysis.prepared(dialect, sql) : Analysis.of(dialect, sql);
        if (text.statements().isEmpty()) {
            return "nothing";
        }
        return String.join(" then ", text.statements().stream().map(Needs::of).toList());
    }

    private static String of(StatementEffects statement) {
        if (statement instanceof StatementEffects.Understood understood) {
            List<String> needs = new ArrayList<>(effects(understood.effects()));
            understood.sweeps().forEach(sweep -> needs.add(sweep.toString()));
            understood.unknownRoutines().forEach(routine -> needs.add("routine " + routine));
            new TreeSet<>(understood.powers()).stream().map(Power::word).forEach(needs::add);
            understood.sessionChanges().forEach(change -> needs.add(of(change)));
            return needs.isEmpty() ? "nothing" : String.join("; ", needs);
        }
        if (statement instanceof StatementEffects.Bounded bounded) {
            List<String> needs = new ArrayList<>(effects(bounded.effects()));
            bounded.unknownRoutines().forEach(routine -> needs.add("routine " + routine));
            return "bounded: " + String.join("; ", needs);
        }
        if (statement instanceof StatementEffects.Executed executed) {
            String around = of(executed.around());
            return (around.equals("nothing") ? "" : around + "; ")
                    + (executed.isPlannedOnly() ? "to read what " : "what ") + executed.name() + " needs";
        }
        return "unreadable";
    }

    private static List<String> effects(List<Effect> effects) {
        return effects.stream().map(Needs::of).sorted().distinct().toList();
    }

    private static String of(Effect effect) {
        boolean narrowable = effect.verb() == Verb.UPDATE || effect.verb() == Verb.DELETE;
        boolean namesNone = effect.columns().isEmpty() || effect.reach() == Reach.KEY;
        return effect.verb().word() + " " + effect.table()
                + (namesNone ? "" : "(" + String.join(", ", effect.columns()) + ")")
                + (narrowable && !effect.hasWhere() ? ", no where" : "")
                + (effect.reach() == Reach.COLUMNS_IF_THERE ? ", if it has them" : "")
                + (effect.reach() == Reach.SAME_VALUES ? ", same values" : "")
                + (effect.reach() == Reach.SAME_NUMBER ? ", same number" : "")
                + (effect.via().isEmpty() ? "" : " (" + effect.via() + ")");
    }

    private static String lasting(SessionChange.Lasting lasting) {
        return switch (lasting) {
            case SESSION -> "";
            case TRANSACTION -> " for the transaction";
            case UNCERTAIN -> " perhaps";
        };
    }

    private static String of(SessionChange change) {
        return change instanceof SessionChange.SchemaPath path
                ? "path " + String.join(", ", path.schemas()) + lasting(path.lasting())
                : ShownChange.of(change);
    }
}
