package io.tierguard.guard;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.Uncounted;
import io.tierguard.sql.StatementEffects;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The limits that the rows of one text are held to, and what of the text nobody could count.
 *
 * <p>Only a single statement whose count is that of all the rows it changes is counted. Used by one thread.
 */
final class RowObligations {
    /** What tells how many rows it changed in its one target, or changes a single one. */
    private static final Set<String> COUNTED = Set.of(
            "INSERT", "UPDATE", "DELETE", "MERGE", "ResultSet.insertRow", "ResultSet.updateRow", "ResultSet.deleteRow");

    private final Policy policy;
    private final Component component;
    private final Set<Limit> limits = new LinkedHashSet<>();
    private final Set<Limit> ofStatement = new LinkedHashSet<>();
    private final Set<Denial> uncounted = new LinkedHashSet<>();

    /** The tables of the statement whose changes stay, whatever is undone. */
    private final Set<String> lasting = new LinkedHashSet<>();

    RowObligations(Policy policy, Component component) {
        this.policy = policy;
        this.component = component;
    }

    /** The limits of everything that was noted. */
    List<Limit> limits() {
        return new ArrayList<>(limits);
    }

    /** What is against the text because its rows cannot be counted; of no interest where it is denied anyhow. */
    List<Denial> uncounted() {
        return new ArrayList<>(uncounted);
    }

    /**
     * Notes what was decided of an effect.
     *
     * @param classes the classes that its table could belong to
     */
    void note(Effect effect, Decision decision, List<TableClass> classes) {
        if (!effect.isCounted()) {
            return; // the policy denies what it limits and nobody counts
        }
        if (decision instanceof Decision.Allow allow) {
            ofStatement.addAll(allow.limits());
        } else {
            // A denial may only be observed; then its rows are held to what they would be held to.
            classes.forEach(tableClass -> ordinary(tableClass, effect).forEach(ofStatement::add));
        }
    }

    /** Notes what was decided of an effect of a routine, which tells no count. */
    void noteOfRoutine(Effect effect, Decision decision, String routine, String place) {
        if (!(decision instanceof Decision.Allow allow) || !effect.via().isEmpty()) {
            return;
        }
        for (Limit limit : allow.limits()) {
            if (!limit.excepts(Uncounted.CASCADE)) {
                String sentence = component.name() + " may not " + effect.verb() + " " + effect.table() + ": "
                        + limit.clause() + ", and the rows that " + routine + " changes are not counted";
                uncounted.add(new Denial(Reason.ROW_LIMIT, place + sentence, limit.rule(), policy.contact()));
            }
        }
    }

    /** The table of an effect is stored by an engine that undoes nothing. */
    void cannotUndo(Effect effect) {
        if (!effect.verb().reads()) {
            lasting.add(effect.table().toString());
        }
    }

    /** What was noted of the statement runs another time. */
    void forget() {
        lasting.clear();
        ofStatement.clear();
    }

    /** Ends a statement of the text. */
    void end(StatementEffects statement, String place) {
        if (ofStatement.isEmpty()) {
            lasting.clear();
            return;
        }
        limits.addAll(ofStatement);
        Limit first = ofStatement.iterator().next();
        String undone = String.join(" and ", lasting);
        forget();
        String because = "";
        if (!place.isEmpty()) {
            because = "the rows of several statements in one text are not counted; run the statements one by one";
        } else if (!tellsCount(statement)) {
            because = "this statement does not tell how many rows it changes";
        } else if (!undone.isEmpty()) {
            because = "the engine of " + undone + " cannot undo what is over a limit";
        }
        if (!because.isEmpty()) {
            String sentence = component.name() + " may not run this " + statement.operation() + ": " + first.clause()
                    + ", and " + because;
            uncounted.add(new Denial(Reason.ROW_LIMIT, place + sentence, first.rule(), policy.contact()));
        }
    }

    private static boolean tellsCount(StatementEffects statement) {
        return statement instanceof StatementEffects.Understood understood
                && COUNTED.contains(understood.operation())
                && !understood.nestsWrites();
    }

    private Stream<Limit> ordinary(TableClass tableClass, Effect effect) {
        return Stream.of(tableClass.tier().limits(), tableClass.limits(), component.limits())
                .flatMap(List::stream)
                .filter(limit -> limit.verb() == effect.verb());
    }
}
