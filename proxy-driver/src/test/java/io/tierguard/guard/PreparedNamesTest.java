package io.tierguard.guard;

import static io.tierguard.guard.GuardedSessions.allowed;
import static io.tierguard.guard.GuardedSessions.denied;
import static io.tierguard.guard.GuardedSessions.facts;
import static io.tierguard.guard.GuardedSessions.fail;
import static io.tierguard.guard.GuardedSessions.place;
import static io.tierguard.guard.GuardedSessions.schema;
import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs under a name is judged as what it is, in the session that prepared it. */
class PreparedNamesTest {
    private final GuardedSessions sessions = new GuardedSessions();
    private final GuardSession session = sessions.open(Transactions.State.NONE, "tenant");

    @Test
    void whatIsPreparedIsJudgedThenAndEachTimeItRuns() {
        denied(session, Reason.IMMUTABLE_TIER, "PREPARE p AS DELETE FROM payment");
        denied(session, Reason.UNREADABLE_SQL, "EXECUTE p");
        allowed(
                session,
                "PREPARE p (int) AS DELETE FROM note WHERE id = $1",
                "EXECUTE p(1)",
                "EXECUTE P (1)",
                "EXECUTE \"p\"(2)",
                "EXPLAIN ANALYZE EXECUTE p(3)");
        denied(session, Reason.UNREADABLE_SQL, "EXECUTE \"P\"(1)");
        denied(session, Reason.UNKNOWN_ROUTINE, "EXECUTE p(wipe())");
        denied(session, Reason.UNKNOWN_ROUTINE, "EXPLAIN EXECUTE p(wipe())");
    }

    @Test
    void aPathSetBetweenIsThePathItRunsWith() {
        allowed(session, "PREPARE p AS DELETE FROM note", "SET search_path TO archive");
        denied(session, Reason.IMMUTABLE_TIER, "EXECUTE p");
        denied(session, Reason.IMMUTABLE_TIER, "EXPLAIN ANALYZE EXECUTE p");
        allowed(session, "EXPLAIN EXECUTE p");
        allowed(session, "SET search_path TO tenant");
        session.refresh(facts("tenant"), true);
        allowed(session, "EXECUTE p");
        denied(session, Reason.IMMUTABLE_TIER, "SET search_path TO archive; EXECUTE p");
    }

    @Test
    void whereItWasPreparedCountsToo() {
        GuardSession archive = sessions.open(Transactions.State.NONE, "archive");
        allowed(archive, "PREPARE p AS INSERT INTO note VALUES (1)", "PREPARE q AS SELECT * FROM note");
        denied(archive, Reason.IMMUTABLE_TIER, "PREPARE r AS DELETE FROM note");
        allowed(archive, "EXECUTE p", "EXPLAIN ANALYZE EXECUTE q");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PREPARE p AS DELETE FROM payment; EXECUTE p",
                "PREPARE p AS SELECT 1; DEALLOCATE p; PREPARE p AS DELETE FROM payment; EXECUTE p",
                "PREPARE p AS SELECT 1; EXPLAIN ANALYZE EXECUTE q",
                "PREPARE p AS DELETE FROM note; SET search_path TO archive; EXECUTE p",
                "PREPARE \"P\" AS SELECT 1; PREPARE p AS DELETE FROM archive.note; EXECUTE p",
                "EXECUTE p",
                "DEALLOCATE ALL; EXECUTE p",
            })
    void oneTextIsJudgedStatementByStatement(String text) {
        GuardedSessions.run(session, text);
        assertThat(GuardedSessions.run(session, text)).isInstanceOf(Refusal.class);
    }

    @Test
    void oneTextMayPrepareAndRun() {
        allowed(
                session,
                "PREPARE p AS DELETE FROM note; EXECUTE p; DEALLOCATE p",
                "PREPARE p AS SELECT 1; EXECUTE p; EXECUTE p");
    }

    @Test
    void aRollbackForgetsNoName() {
        allowed(session, "BEGIN", "PREPARE p AS DELETE FROM note", "ROLLBACK", "EXECUTE p");
        allowed(session, "BEGIN", "DEALLOCATE p", "ROLLBACK");
        denied(session, Reason.UNREADABLE_SQL, "EXECUTE p");
    }

    @Test
    void aNameThatFailedToBePreparedMayStandForEither() {
        allowed(session, "PREPARE p AS DELETE FROM note");
        fail(session, "PREPARE p AS SELECT 1");
        allowed(session, "EXECUTE p", "SET search_path TO archive");
        denied(session, Reason.IMMUTABLE_TIER, "EXECUTE p");
        allowed(session, "DEALLOCATE p", "PREPARE p AS SELECT 1", "EXECUTE p");
        fail(session, "DEALLOCATE p");
        allowed(session, "EXECUTE p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEALLOCATE p", "DEALLOCATE ALL", "DISCARD ALL", "DEALLOCATE PREPARE \"p\""})
    void aNameIsForgotten(String sql) {
        allowed(session, "PREPARE p AS DELETE FROM note", sql);
        session.refresh(facts("tenant"), true);
        denied(session, Reason.UNREADABLE_SQL, "EXECUTE p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEALLOCATE \"P\"", "DISCARD PLANS", "DISCARD TEMP", "RESET ALL", "COMMIT"})
    void otherNamesStay(String sql) {
        allowed(session, "PREPARE p AS DELETE FROM tenant.note", sql, "EXECUTE p");
    }

    @Test
    void aNameBelongsToOneSession() {
        GuardSession other = sessions.open(Transactions.State.NONE, "tenant");
        allowed(session, "PREPARE p AS DELETE FROM note", "EXECUTE p");
        denied(other, Reason.UNREADABLE_SQL, "EXECUTE p");
        Guard guard = sessions.guard("checkout");
        GuardSession first = guard.open(facts("tenant"), place(), schema());
        GuardSession second = guard.open(facts("tenant"), place(), schema());
        allowed(first, "PREPARE p AS SELECT 1", "EXECUTE p");
        allowed(second, "PREPARE p AS INSERT INTO note VALUES (1)", "EXECUTE p", "SET search_path TO archive");
        allowed(first, "EXECUTE p");
        denied(second, Reason.UNREADABLE_SQL, "EXECUTE q");
    }

    @Test
    void whatOnlyBoundsCanTellIsJudgedWhenItRuns() {
        allowed(
                session,
                "PREPARE p AS DELETE FROM note WHERE char(20) 'x' = 'y'",
                "EXECUTE p",
                "SET search_path TO archive");
        denied(session, Reason.UNREADABLE_SQL, "EXECUTE p");
    }

    @Test
    void whatItChangesInTheSessionItChangesWhenItRuns() {
        allowed(
                session,
                "PREPARE p AS SELECT set_config('search_path', 'archive', false)",
                "DELETE FROM note",
                "EXECUTE p");
        denied(session, Reason.IMMUTABLE_TIER, "DELETE FROM note");
    }

    @Test
    void aTableMadeOfItIsJudgedToo() {
        allowed(session, "PREPARE p AS SELECT 1 AS id", "CREATE TABLE orders AS EXECUTE p");
        denied(session, Reason.NOT_GRANTED, "CREATE TABLE payment AS EXECUTE p");
        denied(session, Reason.UNREADABLE_SQL, "CREATE TABLE orders AS EXECUTE q");
    }
}
