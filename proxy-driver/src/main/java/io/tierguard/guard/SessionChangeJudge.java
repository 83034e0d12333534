package io.tierguard.guard;

import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
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
    private static final Set<String> WITHOUT_MEANING =
            Set.of("session_replication_role", "event_triggers", "zero_damaged_pages", "ignore_system_indexes");

    private final JudgedText text;
    private final EffectJudge effects;

    SessionChangeJudge(JudgedText text, EffectJudge effects) {
        this.text = text;
        this.effects = effects;
    }

    /** Judges a change; what comes after it is read as if it had happened or not. */
    void judge(SessionChange change, List<Denial> found) {
        if (change instanceof SessionChange.Restricted restricted) {
            judgeRestricted(restricted.setting(), found);
            return;
        }
        if (change instanceof SessionChange.LikeMeaning) {
            judgeLike(found);
            return;
        }
        if (change instanceof SessionChange.Unfollowed unfollowed) {
            text.loseSight();
            found.add(text.denial(
                    Reason.SESSION_CHANGE,
                    "set " + unfollowed.setting() + ": after it nobody could say what a text does"));
            return;
        }
        text.changes().add(change);
        if (change instanceof SessionChange.TransactionEnd end && end.ending() != SessionChange.Ending.KEPT) {
            text.undoChanges();
        }
        if (change instanceof SessionChange.TemporaryTable made) {
            judgeTemporary(made, found);
        }
        if (change instanceof SessionChange.TemporaryView made) {
            judgeTemporaryView(made.view(), found);
        }
        if (change instanceof SessionChange.Prepared) {
            text.rows().forget(); // it changes rows when it runs
        }
        // What comes later in the text runs only if this succeeds; a name that stood for something keeps standing for
        // it.
        PreparedNames prepared = text.prepared().during(change, text.context());
        text.continueWith(change instanceof SessionChange.Prepared ? prepared : prepared.after(change, text.context()));
        text.continueIn(SessionPath.during(change, text.context()));
    }

    /** What a constraint, an index or a trigger says is to mean the same for all who write. */
    private void judgeLike(List<Denial> found) {
        text.noteSweep(); // somebody else may have made one since
        if (text.schemaChanges() || text.context().schema().mayCompareByLike()) {
            judgeRestricted(SessionChange.LikeMeaning.SETTING, found);
        }
    }

    /** The database's own protection, and what holds for all of its sessions, is its administrators'. */
    private void judgeRestricted(String setting, List<Denial> found) {
        Power power = Power.ADMINISTER;
        text.decisions().holdWithin(text.policy().windowAt(text.component(), text.moment()));
        text.demands().everyRun(Durability.FSYNC);
        if (text.policy().trust(text.component(), power, text.moment()).isPresent()) {
            return;
        }
        if (!WITHOUT_MEANING.contains(setting)) {
            text.loseSight();
        }
        found.add(text.denial(
                Reason.SESSION_CHANGE,
                "set " + setting + ": it would change how the database protects its data or reads its text, and the"
                        + " policy does not trust " + text.component().name() + " with the power to " + power.word()));
    }

    /** A table of this session alone needs no right, unless it could be taken for another. */
    void judgeTemporary(SessionChange.TemporaryTable made, List<Denial> found) {
        TableName table = made.table();
        ResolutionContext context = text.context();
        boolean schemaChanges = text.schemaChanges();
        text.maskValues();
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
        } else {
            effects.judgeDefinition(Effect.of(Verb.CREATE, table), found);
            if (made.isCertain()) {
                text.continueIn(context.with(context.temporary().with(table.name())));
            }
        }
        text.schemaChanges(schemaChanges);
        text.changesOwnTables();
    }

    /** A view of this session alone needs no right but to what it reads, unless it could be taken for another name. */
    private void judgeTemporaryView(TableName view, List<Denial> found) {
        text.schemaChanges(true);
        if (text.temporaries().wouldHide(view, text.context())) {
            found.add(text.denial(
                    Reason.SESSION_CHANGE,
                    "create the temporary view " + view
                            + ": it would hide a table of that name, or one that the policy names so"));
        } else if (!text.temporaries().mayBeFree(view, text.context())) {
            effects.judge(Effect.of(Verb.CREATE, view), found);
        } else {
            effects.judgeDefinition(Effect.of(Verb.CREATE, view), found);
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
