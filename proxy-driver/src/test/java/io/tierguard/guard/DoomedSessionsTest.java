package io.tierguard.guard;

import static io.tierguard.guard.GuardedSessions.allowed;
import static io.tierguard.guard.GuardedSessions.denied;
import static io.tierguard.guard.GuardedSessions.fail;
import static io.tierguard.guard.GuardedSessions.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Placeholders;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session admits once something of its transaction was refused. */
class DoomedSessionsTest {
    private static final String REFUSED = "DELETE FROM payment WHERE id = 1";
    private static final String HARMLESS = "INSERT INTO orders VALUES (1)";

    private final GuardedSessions sessions = new GuardedSessions();
    private final GuardSession session = sessions.open(Transactions.State.OPEN, "tenant");

    private Refusal doom() {
        allowed(session, "BEGIN", HARMLESS);
        Refusal refusal = (Refusal) run(session, REFUSED);
        session.doom(refusal);
        return refusal;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HARMLESS,
                "SELECT * FROM orders",
                "COMMIT",
                "END",
                "COMMIT AND CHAIN",
                "PREPARE TRANSACTION 'x'",
                "SAVEPOINT s",
                "BEGIN",
                "SET search_path TO tenant",
                "ROLLBACK TRANSACTION x",
                "COMMIT; ROLLBACK",
                "SELECT 1; ROLLBACK",
                "RELEASE s; COMMIT",
                REFUSED
            })
    void nothingElseIsAdmittedInADoomedTransaction(String sql) {
        Refusal cause = doom();
        Refusal refusal = (Refusal) session.admit(sql, Placeholders.NONE, 0);
        assertThat(refusal.reason()).isEqualTo(Reason.TRANSACTION_DENIED);
        assertThat(refusal.denials()).hasSize(1);
        assertThat(refusal.message())
                .contains("immutable-tier", "audit " + cause.auditId(), "roll the transaction back");
        assertThat(session.prepare(sql, Placeholders.NONE))
                .isInstanceOfSatisfying(
                        Refusal.class, prepared -> assertThat(prepared.reason()).isEqualTo(Reason.TRANSACTION_DENIED));
        assertThat(session.doom()).contains(cause);
    }

    @Test
    void norIsAChangeOfRowsWithoutSql() {
        doom();
        Effect effect = Effect.of(Verb.INSERT, TableName.of("tenant", "orders"), Set.of(), true);
        assertThat(session.admit("ResultSet.insertRow", effect))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TRANSACTION_DENIED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLLBACK",
                "ROLLBACK WORK",
                "ROLLBACK TRANSACTION",
                "ABORT",
                "ROLLBACK AND CHAIN",
                "ROLLBACK TO s",
                "ROLLBACK WORK TO SAVEPOINT s",
                "RELEASE s; ROLLBACK TO \"t\"",
                "ROLLBACK; SELECT 1"
            })
    void whatUndoesItIsAdmittedAndEndsTheDoomOnceItHasRun(String sql) {
        doom();
        assertThat(session.prepare(sql, Placeholders.NONE)).isInstanceOf(Execution.class);
        assertThat(session.doom()).isPresent();
        allowed(session, sql, HARMLESS, "COMMIT");
    }

    @Test
    void anUndoingThatFailsEndsNothing() {
        doom();
        fail(session, "ROLLBACK TO nowhere");
        denied(session, Reason.TRANSACTION_DENIED, HARMLESS);
    }

    @Test
    void toReleaseASavepointIsAdmittedAndEndsNothing() {
        doom();
        allowed(session, "RELEASE SAVEPOINT s", "/* nothing */");
        denied(session, Reason.TRANSACTION_DENIED, HARMLESS);
    }

    @Test
    void theFirstRefusalIsTheOneThatIsNamed() {
        Refusal first = doom();
        session.doom(new Refusal("later", first.denials()));
        assertThat(session.doom()).contains(first);
    }

    @Test
    void aRefusalThatNobodyCallsADoomDoomsNothing() {
        allowed(session, "BEGIN");
        denied(session, Reason.IMMUTABLE_TIER, REFUSED);
        allowed(session, HARMLESS, "COMMIT");
    }

    @Test
    void textsTellWhetherATransactionIsOpen() {
        assertThat(session.isBegunByText()).isFalse();
        allowed(session, "BEGIN");
        assertThat(session.isBegunByText()).isTrue();
        allowed(session, "SAVEPOINT s", "ROLLBACK TO s");
        assertThat(session.isBegunByText()).isTrue();
        allowed(session, "COMMIT AND CHAIN");
        assertThat(session.isBegunByText()).isTrue();
        allowed(session, "COMMIT AND NO CHAIN");
        assertThat(session.isBegunByText()).isFalse();
        allowed(session, "START TRANSACTION", "ROLLBACK");
        assertThat(session.isBegunByText()).isFalse();
    }

    @Test
    void onlyWhatRanMakesItWorthKeeping() {
        assertThat(session.isUntouched()).isTrue();
        session.prepare(HARMLESS, Placeholders.NONE);
        session.doom((Refusal) session.prepare(REFUSED, Placeholders.NONE));
        assertThat(session.isUntouched()).isTrue();
        session.renewed();
        allowed(session, HARMLESS);
        assertThat(session.isUntouched()).isFalse();
        session.doom((Refusal) session.prepare(REFUSED, Placeholders.NONE));
        assertThat(session.isUntouched()).isFalse();
    }
}
