package io.tierguard.guard;

import io.tierguard.audit.AuditStatement;
import io.tierguard.policy.model.Durability;
import io.tierguard.sql.SessionChange;
import java.util.List;

/** What the guard found about one text in one context; immutable, shared by all connections that run the text. */
sealed interface Verdict {

    /** What the audit log tells of the text. */
    AuditStatement statement();

    /**
     * The text may run.
     *
     * @param recording how often its runs are recorded
     * @param durability how safe the record must be before the text runs
     * @param changes what it changes in the session
     * @param changesSchema whether it changes the database's schema
     */
    record Allow(
            AuditStatement statement,
            Recording recording,
            Durability durability,
            List<SessionChange> changes,
            boolean changesSchema)
            implements Verdict {
        public Allow {
            changes = List.copyOf(changes);
        }

        /** Whether nothing is recorded of it and nothing changes in the session: the hot path. */
        boolean isPlain() {
            return recording == Recording.NEVER && !changesSession();
        }

        /** Whether it may change what names mean in the session, or the database's schema. */
        boolean changesSession() {
            return !changes.isEmpty() || changesSchema;
        }

        /** The same verdict once its first run has been recorded. */
        Allow recordedBefore() {
            return new Allow(statement, Recording.NEVER, durability, changes, changesSchema);
        }
    }

    /**
     * The text must not run; why, the statement's reasons say.
     *
     * @param help how to write what could be meant instead; empty where nobody can tell
     */
    record Deny(AuditStatement statement, String help) implements Verdict {}
}
