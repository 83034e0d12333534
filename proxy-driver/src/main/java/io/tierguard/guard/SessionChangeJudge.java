package io.tierguard.guard;

import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.SessionChange;
import java.util.List;
import java.util.Set;

/**
 * Judges what one statement changes of its session: settings, the schema path, temporary tables.
 *
 * <p>Used by one thread.
 */
final class SessionChangeJudge {
    /** Settings on which neither the meaning of a text nor that of a name rests. */
    private static final Set<String> WITHOUT_MEANING = Set.of(
            "session_replication_role",
            "row_security",
            "event_triggers",
            "default_table_access_method",
            "zero_damaged_pages",
            "ignore_system_indexes");

    private final JudgedText text;
    private final EffectJudge effects;

    SessionChangeJudge(JudgedText text, EffectJudge effects) {
        this.text = text;
        this.effects = effects;
    }

    /** Judges a change; what comes after it is read as if it had happened or not. */
    void judge(SessionChange change, List<Denial> found) {
        if (change instanceof SessionChange.Restricted restricted) {
            if (!WITHOUT_MEANING.contains(restricted.setting())) {
                text.loseSight();
            }
            found.add(text.denial(
                    Reason.SESSION_CHANGE,
                    "set " + restricted.setting()
                            + ": it would change how the database protects its data or reads its text"));
            return;
        }
        text.changes().add(change);
        if (change instanceof SessionChange.TemporaryTable made) {
            judgeTemporary(made, found);
        }
        text.continueIn(SessionPath.during(change, text.context()));
    }

    /** A table of this session alone needs no right, unless it could be taken for another. */
    void judgeTemporary(SessionChange.TemporaryTable made, List<Denial> found) {
        TableName table = made.table();
        ResolutionContext context = text.context();
        text.maskValues();
        text.schemaChanges(true);
        if (text.temporaries().wouldHide(table, context)) {
            found.add(text.denial(
                    Reason.SESSION_CHANGE,
                    "create the temporary table " + table
                            + ": it would hide a table of that name, or one that the policy names so"));
        } else if (!text.temporaries().mayBeFree(table, context)) {
            effects.judge(Effect.of(Verb.CREATE, table), found);
            if (made.isFilled()) {
                effects.judge(Effect.of(Verb.INSERT, table), found);
            }
        } else if (made.isCertain()) {
            text.continueIn(context.with(context.temporary().with(table.name())));
        }
    }

    /** A table of this session alone that is dropped or gets another name is gone under its old one. */
    void forget(TableName table) {
        if (TemporaryTables.isOfSession(table)) {
            ResolutionContext context = text.context();
            text.continueIn(context.with(context.temporary().without(table.name())));
        }
    }
}
