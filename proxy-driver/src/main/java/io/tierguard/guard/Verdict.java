package io.tierguard.guard;

import io.tierguard.audit.AuditStatement;
import io.tierguard.audit.BoundValues;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Waiver;
import io.tierguard.policy.model.Window;
import io.tierguard.sql.SessionChange;
import java.util.List;
import java.util.function.Supplier;

/** What the guard found about one text in one context; immutable, shared by all connections that run the text. */
sealed interface Verdict {

    /** What the audit log tells of the text. */
    AuditStatement statement();

    /** What of the database's schema it rests on. */
    Reliance reliance();

    /** When it holds: judged again inside, the text gets the same verdict. */
    Window window();

    /** Whether it always holds, so that nobody has to ask what time it is. */
    default boolean isTimeless() {
        return window().equals(Window.ALWAYS);
    }

    /**
     * The text may run.
     *
     * @param recording how often its runs are recorded
     * @param durability how safe the record must be before the text runs
     * @param changes what it changes in the session
     * @param changesSchema whether it changes the database's schema
     * @param isUndoing whether it may run in a transaction that is doomed, because what it does first is to undo it
     * @param limits the limits that the rows it changes are held to, all of them
     * @param waivers the waivers without which it would be denied or held to other limits
     * @param observed why it would be denied if that were not only observed; empty where nothing is against it
     * @param reliance what of the database's schema it rests on
     * @param window when it holds
     */
    record Allow(
            AuditStatement statement,
            Recording recording,
            Durability durability,
            List<SessionChange> changes,
            boolean changesSchema,
            boolean isUndoing,
            List<Limit> limits,
            List<Waiver> waivers,
            List<Denial> observed,
            Reliance reliance,
            Window window)
            implements Verdict {
        public Allow {
            changes = List.copyOf(changes);
            limits = List.copyOf(limits);
            waivers = List.copyOf(waivers);
            observed = List.copyOf(observed);
        }

        /** Whether nothing is recorded of it, no row counted and nothing changed in the session: the hot path. */
        boolean isPlain() {
            return recording == Recording.NEVER && !changesSession() && limits.isEmpty();
        }

        /** Whether it may change what names mean in the session, or the database's schema. */
        boolean changesSession() {
            return !changes.isEmpty() || changesSchema;
        }

        /** Whether it ends a transaction, or returns to a savepoint. */
        boolean endsTransaction() {
            for (SessionChange change : changes) {
                if (change instanceof SessionChange.TransactionEnd) {
                    return true;
                }
            }
            return false;
        }

        /** The same verdict for one execution, with what is bound in it where that is shown. */
        Allow with(Supplier<BoundValues> bound) {
            AuditStatement filled = statement.with(bound);
            return filled == statement
                    ? this
                    : new Allow(
                            filled,
                            recording,
                            durability,
                            changes,
                            changesSchema,
                            isUndoing,
                            limits,
                            waivers,
                            observed,
                            reliance,
                            window);
        }

        /** The same verdict once its first run has been recorded. */
        Allow recordedBefore() {
            return new Allow(
                    statement,
                    Recording.NEVER,
                    durability,
                    changes,
                    changesSchema,
                    isUndoing,
                    limits,
                    waivers,
                    observed,
                    reliance,
                    window);
        }
    }

    /**
     * The text must not run; why, the statement's reasons say.
     *
     * @param help how to write what could be meant instead; empty where nobody can tell
     * @param reliance what of the database's schema it rests on
     * @param window when it holds
     */
    record Deny(AuditStatement statement, String help, Reliance reliance, Window window) implements Verdict {}
}
