package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a verdict obliges the driver to, and until when, by the rules that each test names. */
class ObligationsTest {
    private static final String POLICY = """
            policy shop {
              contact "#data-guardians"
            }

            tier ledger is immutable

            tier operational is mutable {
              audit none
              limit update 500 rows
              limit delete 50 rows per transaction
            }

            tier quiet is mutable {
              audit none
            }

            table payment is ledger
            table orders is operational
            table log is quiet
            table log_old is quiet

            routine touch is harmless {
              why "arithmetic"
            }

            routine shift_orders writes update on orders {
              why "moves them"
            }

            component checkout {
              connects as "app"
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
              grant select, insert, update, delete on log
            }

            waiver erasure {
              why "Article 17"
              ticket "DP-812"
              owner "data-protection@shop.example"
              from 2026-11-20T08:00Z
              until 2026-11-27T18:00Z
              grant delete on payment to checkout
              limit delete 200 rows
            }
            """;

    private static final String OBSERVE = """

            observe checkout {
              why "being classified"
              until 2027-01-31T00:00Z
            }
            """;

    private static final String OBSERVE_MORE = """

            observe checkout {
              why "being classified"
              reasons not-granted, unclassified-table, immutable-tier, unreadable-sql, session-change, unknown-routine
              until 2027-01-31T00:00Z
            }
            """;

    private final RecordedAudit audit = new RecordedAudit();
    private final MovedClock clock = new MovedClock("2026-11-20T08:00:00Z");

    private GuardSession session(String text) {
        PolicyOutcome outcome = PolicyLoader.load("shop.tierguard", text);
        assertThat(outcome).isInstanceOf(PolicyOutcome.Loaded.class);
        Policy policy = ((PolicyOutcome.Loaded) outcome).policy();
        Guard guard =
                new Guard(policy, policy.component("checkout").orElseThrow(), "1.0", Dialect.POSTGRESQL, audit, clock);
        SessionFacts facts =
                new SessionFacts("app", "shop", List.of("public"), LexicalModes.defaultsOf(Dialect.POSTGRESQL));
        return guard.open(facts, ConnectionPlace.EMBEDDED, LiveSchema.unread(Dialect.POSTGRESQL));
    }

    private static Admission run(GuardSession session, String sql) {
        Admission admission = session.admit(sql, Placeholders.NONE, 0);
        if (admission instanceof Execution execution) {
            execution.completed(1);
        }
        return admission;
    }

    private static List<Reason> reasons(Admission admission) {
        return admission instanceof Refusal refusal
                ? refusal.denials().stream().map(Denial::reason).toList()
                : List.of();
    }

    @Test
    void aVerdictHoldsOnlyInsideOfItsSpan() { // E1
        GuardSession session = session(POLICY);
        String sql = "DELETE FROM payment WHERE id = 1";
        assertThat(run(session, sql)).isInstanceOf(Execution.class);
        clock.moveTo("2026-11-27T18:00:00Z");
        assertThat(reasons(run(session, sql)))
                .containsExactly(Reason.IMMUTABLE_TIER, Reason.NOT_GRANTED, Reason.WAIVER_EXPIRED);
        clock.moveTo("2026-11-27T17:59:59Z");
        assertThat(run(session, sql)).isInstanceOf(Execution.class);
        clock.moveTo("2026-11-20T07:59:59Z");
        assertThat(reasons(run(session, sql))).containsExactly(Reason.IMMUTABLE_TIER, Reason.NOT_GRANTED);
    }

    @Test
    void nobodyAsksTheTimeForWhatDoesNotRestOnIt() { // E2
        GuardSession session = session(POLICY);
        run(session, "SELECT * FROM log");
        int asked = clock.asked();
        run(session, "SELECT * FROM log");
        assertThat(run(session, "SELECT * FROM log")).isSameAs(Execution.UNRECORDED);
        assertThat(clock.asked()).isEqualTo(asked);
    }

    @Test
    void aWaivedStatementIsOnTheDiskWithItsWaiverBeforeItRuns() { // E3
        run(session(POLICY), "DELETE FROM payment WHERE id = 1");
        assertThat(audit.records.get(0))
                .startsWith("allow DELETE payment FSYNC")
                .contains("name=erasure, ticket=DP-812, until=2026-11-27T18:00:00Z");
    }

    @Test
    void aWaivedStatementThatCannotBeRecordedDoesNotRun() { // E3
        audit.isFull = true;
        assertThat(reasons(run(session(POLICY), "DELETE FROM payment WHERE id = 1")))
                .containsExactly(Reason.NO_AUDIT);
    }

    @Test
    void whatIsOnlyObservedPassesAndIsRecordedBefore() { // E4
        GuardSession session = session(POLICY + OBSERVE);
        assertThat(run(session, "DELETE FROM log_old WHERE id = 1")).isInstanceOf(Execution.class);
        assertThat(audit.records).containsExactly("would-deny DELETE log_old FLUSH", "completed id1 1");
        clock.moveTo("2027-01-31T00:00:00Z");
        assertThat(reasons(run(session, "DELETE FROM log_old WHERE id = 1"))).containsExactly(Reason.NOT_GRANTED);
    }

    @Test
    void oneReasonThatIsNotObservedDeniesWithAll() { // E4
        clock.moveTo("2026-12-01T00:00:00Z");
        assertThat(reasons(run(session(POLICY + OBSERVE), "DELETE FROM payment WHERE id = 1")))
                .containsExactly(Reason.IMMUTABLE_TIER, Reason.NOT_GRANTED, Reason.WAIVER_EXPIRED);
        assertThat(reasons(run(session(POLICY + OBSERVE), "DELETE FROM log_old; DELETE FROM payment")))
                .contains(Reason.IMMUTABLE_TIER, Reason.NOT_GRANTED);
    }

    @Test
    void anEndedWaiverIsNoReasonBesideOthersAndAPassedCeilingIsOnTheDisk() { // E4
        clock.moveTo("2026-12-01T00:00:00Z");
        assertThat(run(session(POLICY + OBSERVE_MORE), "DELETE FROM payment WHERE id = 1"))
                .isInstanceOf(Execution.class);
        assertThat(audit.records.get(0)).isEqualTo("would-deny DELETE payment FSYNC");
    }

    @Test
    void whatIsObservedAndCannotBeRecordedIsDenied() { // E4
        audit.isFull = true;
        assertThat(reasons(run(session(POLICY + OBSERVE), "DELETE FROM log_old WHERE id = 1")))
                .containsExactly(Reason.NO_AUDIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE",
                "SELECT 'never closed",
                "SET client_encoding = 'SJIS'",
            })
    void whatWouldBlindTheGuardIsNotObserved(String sql) { // E5
        assertThat(run(session(POLICY + OBSERVE_MORE), sql)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE pg_catalog.pg_class SET relname = 'x' WHERE relname = 'payment'",
                "UPDATE pg_class SET relname = 'x'",
                "DELETE FROM pg_catalog.pg_trigger",
            })
    void aChangeOfTheCatalogsIsNotObserved(String sql) { // E5
        String observed = OBSERVE_MORE.replace("reasons ", "reasons forbidden-verb, ");
        assertThat(observed).contains("forbidden-verb");
        assertThat(run(session(POLICY + observed), sql)).isInstanceOf(Refusal.class);
    }

    @Test
    void afterWhatNobodySeesNamesMayMeanAnything() { // E5
        GuardSession session = session(POLICY + OBSERVE_MORE);
        assertThat(run(session, "SELECT who_knows()")).isInstanceOf(Execution.class);
        assertThat(session.isStale()).isTrue();
    }

    @Test
    void observedStatementsAreHeldToTheLimitsOfTheirTables() { // E6
        GuardSession session =
                session(POLICY.replace("update, delete on tier operational", "delete on tier operational") + OBSERVE);
        Execution execution = (Execution) session.admit("UPDATE orders SET a = 1", Placeholders.NONE, 0);
        assertThat(execution.limits())
                .singleElement()
                .satisfies(limit -> assertThat(limit.rows()).isEqualTo(500));
    }

    @Test
    void aRunIsHeldToEveryLimitOfItsVerbs() { // E7
        Execution execution = (Execution) session(POLICY).admit("UPDATE orders SET a = 1", Placeholders.NONE, 0);
        assertThat(execution.limits()).hasSize(1);
        assertThat(((Execution) session(POLICY).admit("UPDATE log SET a = 1", Placeholders.NONE, 0)).limits())
                .isEmpty();
    }

    @Test
    void aWaiversOwnLimitStandsInPlaceOfTheOthers() { // E7
        Execution execution =
                (Execution) session(POLICY).admit("DELETE FROM payment WHERE id = 1", Placeholders.NONE, 0);
        assertThat(execution.limits())
                .singleElement()
                .satisfies(limit -> assertThat(limit.rows()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE orders SET a = 1; UPDATE log SET a = 1",
                "UPDATE log SET a = 1; DELETE FROM orders",
                "WITH gone AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM gone",
                "WITH x AS (UPDATE orders SET a = 1 RETURNING id) INSERT INTO orders SELECT * FROM x",
                "WITH x AS (DELETE FROM orders RETURNING id) DELETE FROM orders WHERE id IN (SELECT id FROM x)",
                "EXPLAIN ANALYZE DELETE FROM orders WHERE id = 1",
                "SELECT shift_orders()",
                "CALL shift_orders()",
                "UPDATE log SET a = shift_orders()",
                "TRUNCATE orders",
            })
    void whatTellsNoCountIsDenied(String sql) { // E8
        assertThat(reasons(run(session(POLICY), sql))).contains(Reason.ROW_LIMIT);
    }

    @Test
    void theDenialSaysWhichLimitAndWhy() { // E8
        Refusal refusal = (Refusal) run(session(POLICY), "SELECT 1; DELETE FROM orders WHERE id = 1");
        assertThat(refusal.message())
                .contains("statement 2 of 2: checkout may not run this DELETE: tier operational limits delete to 50"
                        + " rows per transaction, and the rows of several statements in one text are not counted");
    }

    @Test
    void whatIsOverItsLimitIsADenialOnTheDisk() { // E9
        Execution execution = (Execution) session(POLICY).admit("UPDATE orders SET a = 1", Placeholders.NONE, 0);
        Refusal refusal = execution.exceeded(execution.limits().get(0), 731).orElseThrow();
        assertThat(refusal.message())
                .startsWith("denied: checkout may not UPDATE 731 rows of orders: tier operational limits update to 500"
                        + " rows (shop.tierguard:")
                .contains("; ask #data-guardians");
        assertThat(audit.records).containsExactly("deny UPDATE orders FSYNC");
    }

    @Test
    void rowsThatCannotBeCountedAreOverEveryLimit() { // E9
        Execution execution = (Execution) session(POLICY).admit("UPDATE orders SET a = 1", Placeholders.NONE, 0);
        assertThat(execution
                        .exceeded(execution.limits().get(0), -1)
                        .orElseThrow()
                        .message())
                .contains("checkout may not UPDATE orders: tier operational limits update to 500 rows, and the database"
                        + " did not tell how many rows it changed");
    }

    @Test
    void anObservedLimitIsRecordedAfterTheCount() { // E9
        String observing = OBSERVE.replace("  until", "  reasons row-limit\n  until");
        Execution execution =
                (Execution) session(POLICY + observing).admit("UPDATE orders SET a = 1", Placeholders.NONE, 0);
        assertThat(execution.exceeded(execution.limits().get(0), 731)).isEmpty();
        assertThat(audit.records).containsExactly("would-deny UPDATE orders FSYNC");
    }

    @Test
    void anObservedLimitThatCannotBeRecordedIsDenied() { // E9
        String observing = OBSERVE.replace("  until", "  reasons row-limit\n  until");
        Execution execution =
                (Execution) session(POLICY + observing).admit("UPDATE orders SET a = 1", Placeholders.NONE, 0);
        audit.isFull = true;
        assertThat(execution
                        .exceeded(execution.limits().get(0), 731)
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.NO_AUDIT);
    }

    @Test
    void rowsChangedWithoutSqlAreCountedOneByOne() { // E9
        Admission admission =
                session(POLICY).admit("ResultSet.deleteRow", Effect.of(Verb.DELETE, TableName.of("orders")));
        assertThat(((Execution) admission).limits()).hasSize(1);
    }

    /** A clock that stands still until it is moved, and counts who asks. */
    private static final class MovedClock implements InstantSource {
        private Instant now;
        private int asked;

        MovedClock(String now) {
            this.now = Instant.parse(now);
        }

        void moveTo(String moment) {
            now = Instant.parse(moment);
        }

        int asked() {
            return asked;
        }

        @Override
        public Instant instant() {
            asked++;
            return now;
        }
    }
}
