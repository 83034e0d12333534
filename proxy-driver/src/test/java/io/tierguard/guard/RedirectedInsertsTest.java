package io.tierguard.guard;

import static io.tierguard.guard.GuardedSessions.allowed;
import static io.tierguard.guard.GuardedSessions.denied;

import io.tierguard.policy.model.Reason;
import org.junit.jupiter.api.Test;

/** A row that is added behind a change of schema in the same text may go where nobody has looked yet. */
class RedirectedInsertsTest {
    private final GuardSession session = new GuardedSessions().open(Transactions.State.NONE, "tenant");

    @Test
    void throughAViewThatIsNewTheyAreRefused() {
        denied(
                session,
                Reason.UNREADABLE_SQL,
                "CREATE VIEW tenant.note AS SELECT * FROM payment; INSERT INTO tenant.note VALUES (1)");
    }

    @Test
    void intoATableThatIsNewTheyAreAllowed() {
        allowed(
                session,
                "CREATE TABLE tenant.note (id int); INSERT INTO tenant.note VALUES (1)",
                "CREATE VIEW tenant.note AS SELECT * FROM payment; CREATE TABLE orders AS SELECT * FROM payment");
    }
}
