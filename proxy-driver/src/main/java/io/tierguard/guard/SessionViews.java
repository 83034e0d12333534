package io.tierguard.guard;

import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.ViewDefinition;
import io.tierguard.sql.TemporaryView;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges what is done to the views that only this session has: it is done to what they stand for.
 *
 * <p>Used by one thread.
 */
final class SessionViews {
    private static final String SCHEMA = "pg_temp";

    private final JudgedText text;
    private final EffectJudge effects;
    private final Set<TableName> entered = new HashSet<>();

    SessionViews(JudgedText text, EffectJudge effects) {
        this.text = text;
        this.effects = effects;
    }

    /** Judges an effect on such a view. */
    void judge(Effect effect, String operation, Set<TableName> made, List<Denial> found) {
        ResolutionContext context = text.context();
        TableName name = effect.table();
        // A numbered schema may be that of another session.
        boolean isOwn = name.schema().isEmpty() || name.schema().equals(SCHEMA);
        Optional<TemporaryView> view = isOwn ? context.temporary().behind(name.name()) : Optional.empty();
        if (text.temporaries().wouldHide(name, context)
                || (view.isEmpty() && !isOfStructure(effect.verb()))
                || !entered.add(name)) {
            found.add(text.denial(
                    Reason.UNREADABLE_SQL, effect.verb() + " " + name + ": a temporary view hides what it stands for"));
            return;
        }
        if (isOfStructure(effect.verb())) {
            text.schemaChanges(true); // it is the session's own affair
        } else if (effect.verb() == Verb.INSERT && view.get().hasDefaults()) {
            found.add(text.denial(
                    Reason.UNREADABLE_SQL,
                    "INSERT " + name + ": a temporary view with defaults of its own sets more than is named"));
        } else {
            judgeBehind(
                    effect, ViewDefinition.of(name, view.get(), context.modes().dialect()), operation, made, found);
        }
        entered.remove(name);
    }

    /** Judges a look at a view of the session's own, of which it is known what it stands for. */
    void judgeRead(
            Effect effect, ViewDefinition definition, String operation, Set<TableName> made, List<Denial> found) {
        if (entered.add(effect.table())) {
            judgeBehind(effect, definition, operation, made, found);
            entered.remove(effect.table());
        }
    }

    private void judgeBehind(
            Effect effect, ViewDefinition definition, String operation, Set<TableName> made, List<Denial> found) {
        if (!definition.isReadable()) {
            found.add(text.denial(
                    Reason.UNREADABLE_SQL,
                    effect.verb() + " " + effect.table() + ": the query of the temporary view cannot be read"));
        }
        for (TableName base : definition.bases()) {
            Effect behind = new Effect(
                    effect.verb(),
                    base,
                    definition.columnsOf(effect.columns()),
                    effect.hasWhere(),
                    effect.via(),
                    effect.isCounted());
            effects.judge(behind, operation, made, found);
        }
        effects.judgeRoutines(definition.routines(), found);
        definition.mentions().forEach(mentions -> effects.judgeMentionsAnywhere(mentions, found));
    }

    private static boolean isOfStructure(Verb verb) {
        return switch (verb) {
            case CREATE, EXTEND, ALTER, DROP -> true;
            case SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> false;
        };
    }
}
