package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final String POLICY = """
            policy shop {
              contact "#data-guardians"
            }

            tier ledger is immutable

            tier operational is mutable

            tier quiet is mutable {
              audit none
            }

            table payment is ledger
            table orders is operational
            table log is quiet
            table tenant.note is operational
            table archive.note is ledger

            routine touch is harmless {
              why "arithmetic"
            }

            routine close_month writes update on payment {
              why "sums up"
            }

            routine archive_orders writes delete on orders {
              why "moves them away"
            }

            component checkout {
              connects as "app"
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
              grant select, insert, update, delete on tier quiet
            }
            """;

    private final RecordedAudit audit = new RecordedAudit();
    private final Guard guard = guard();

    private Guard guard() {
        PolicyOutcome outcome = PolicyLoader.load("shop.tierguard", POLICY);
        assertThat(outcome).isInstanceOf(PolicyOutcome.Loaded.class);
        Policy policy = ((PolicyOutcome.Loaded) outcome).policy();
        return new Guard(policy, policy.component("checkout").orElseThrow(), "1.0", Dialect.POSTGRESQL, audit);
    }

    private GuardSession session(String... path) {
        return guard.open(facts("app", path), ConnectionPlace.EMBEDDED, LiveSchema.unread(Dialect.POSTGRESQL));
    }

    private static SessionFacts facts(String user, String... path) {
        return new SessionFacts(user, "shop", List.of(path), LexicalModes.defaultsOf(Dialect.POSTGRESQL));
    }

    private static Admission run(GuardSession session, String sql) {
        Admission admission = session.admit(sql, Placeholders.NONE, 0);
        if (admission instanceof Execution execution) {
            execution.completed(1);
        }
        return admission;
    }

    private static void assertDenied(Admission admission, Reason reason) {
        assertThat(admission).isInstanceOf(Refusal.class);
        assertThat(((Refusal) admission).reason()).isEqualTo(reason);
    }

    private static void assertAllowed(Admission admission) {
        assertThat(admission).isInstanceOf(Execution.class);
    }

    @Test
    void aDenialIsOneSentenceWithItsRuleItsContactAndItsRecord() {
        Admission admission = run(session("public"), "DELETE FROM payment");
        assertDenied(admission, Reason.IMMUTABLE_TIER);
        assertThat(((Refusal) admission).message())
                .startsWith("denied: checkout may not DELETE from payment: tier ledger is immutable"
                        + " (shop.tierguard:5; ask #data-guardians); also not granted (")
                .endsWith("[audit id1]");
        assertThat(audit.records).containsExactly("deny DELETE payment FSYNC");
    }

    @Test
    void textsOfOneShapeGetTheVerdictOfTheFirstAndOfNoOther() {
        GuardSession session = session("public");
        for (int id = 0; id < 3; id++) {
            assertAllowed(run(session, "UPDATE orders SET state = 'x" + id + "' WHERE id = " + id));
            assertDenied(run(session, "DELETE FROM payment WHERE id = " + id), Reason.IMMUTABLE_TIER);
            assertAllowed(run(session, "SELECT nextval('orders_seq'), " + id));
        }
        assertThat(audit.records)
                .filteredOn(record -> record.startsWith("deny DELETE payment"))
                .hasSize(3);
        assertDenied(run(session, "UPDATE payment SET state = 'x1' WHERE id = 1"), Reason.IMMUTABLE_TIER);
        assertDenied(run(session, "SELECT setval('payment_seq', 1)"), Reason.UNCLASSIFIED_TABLE);
        assertDenied(run(session, "SELECT setval('payment', 1)"), Reason.IMMUTABLE_TIER);
    }

    @Test
    void writesOnAProtectedTierAreRecordedBeforeAndAfter() {
        assertAllowed(run(session("public"), "INSERT INTO payment (id) VALUES (1)"));
        assertThat(audit.records).containsExactly("allow INSERT payment FLUSH", "completed id1 1");
    }

    @Test
    void aTierThatIsNotAuditedIsSilentAndItsStatementsCostNothing() {
        assertThat(run(session("public"), "UPDATE log SET a = 1")).isSameAs(Execution.UNRECORDED);
        assertThat(audit.records).isEmpty();
    }

    @Test
    void repeatedReadsOfAProtectedTierAreRecordedOnce() {
        GuardSession session = session("public");
        for (int time = 0; time < 3; time++) {
            assertAllowed(run(session, "SELECT * FROM payment"));
        }
        assertThat(audit.records).containsExactly("allow SELECT payment FLUSH", "completed id1 1");
    }

    @Test
    void aFailedStatementIsRecordedWithItsState() {
        Admission admission = session("public").admit("UPDATE orders SET a = 1", Placeholders.NONE, 0);
        ((Execution) admission).failed("23505");
        assertThat(audit.records).containsExactly("allow UPDATE orders ASYNC", "failed id1 23505");
    }

    @Test
    void whatCannotBeRecordedDoesNotHappen() {
        audit.isFull = true;
        GuardSession session = session("public");
        assertDenied(run(session, "INSERT INTO payment (id) VALUES (1)"), Reason.NO_AUDIT);
        assertDenied(run(session, "DELETE FROM payment"), Reason.IMMUTABLE_TIER);
        assertAllowed(run(session, "UPDATE log SET a = 1"));
    }

    @Test
    void everyStatementOfATextIsJudgedAndTheDenialSaysWhich() {
        Admission admission = run(session("public"), "UPDATE orders SET a = 1; DELETE FROM payment");
        assertDenied(admission, Reason.IMMUTABLE_TIER);
        assertThat(((Refusal) admission).message()).contains("statement 2 of 2: checkout may not DELETE from payment");
    }

    @Test
    void emptyTextsPass() {
        assertAllowed(run(session("public"), ""));
        assertAllowed(run(session("public"), " -- nothing\n /* at all */ ;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GRANT ALL ON payment TO public",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "DO $$ BEGIN EXECUTE concat('SELECT 1'); END $$",
                "SELECT wipe()",
                "CALL wipe()",
                "SET session_replication_role = replica",
                "SET client_encoding = 'SJIS'",
                "EXECUTE wipe",
                "UPDATE pg_class SET relname = 'x'",
                "DELETE FROM pg_catalog.pg_class",
                "UPDATE information_schema.tables SET table_name = 'x'",
                "SELECT * FROM nowhere",
                "NONSENSE",
                "SELECT 'never closed",
            })
    void whatIsNotPlainlyGrantedIsDenied(String sql) {
        assertThat(run(session("pg_catalog", "public"), sql)).isInstanceOf(Refusal.class);
        assertThat(audit.records).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT relname FROM pg_class",
                "SELECT n.nspname FROM pg_catalog.pg_namespace n",
                "SELECT * FROM information_schema.tables",
                "SET application_name = 'shop'",
                "SET extra_float_digits = 3",
                "SHOW search_path",
                "BEGIN",
                "COMMIT",
            })
    void whatDriversAndPoolsSayOfTheirOwnPasses(String sql) {
        assertAllowed(run(session("pg_catalog", "public"), sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE pg_class SET relname = 'x'",
                "DELETE FROM pg_attribute",
                "UPDATE pg_settings SET setting = 'archive' WHERE name = 'search_path'",
            })
    void noPatternEverOpensTheServersOwnCatalogs(String sql) {
        Policy policy = ((PolicyOutcome.Loaded) PolicyLoader.load(
                        "wide.tierguard",
                        "tier live is mutable\n\ntable * is live\n\ncomponent app {\n  grant update, delete on *\n}\n"))
                .policy();
        Guard wide = new Guard(policy, policy.component("app").orElseThrow(), "", Dialect.POSTGRESQL, audit);
        GuardSession session = wide.open(
                facts("app", "pg_catalog", "public"), ConnectionPlace.EMBEDDED, LiveSchema.unread(Dialect.POSTGRESQL));
        assertDenied(run(session, sql), Reason.FORBIDDEN_VERB);
        assertAllowed(run(session, "SELECT relname FROM pg_class"));
    }

    @Test
    void anUnqualifiedNameIsEveryClassifiedTableItCouldBe() {
        assertAllowed(run(session("tenant"), "DELETE FROM note"));
        assertDenied(run(session("archive"), "DELETE FROM note"), Reason.IMMUTABLE_TIER);
        assertDenied(run(session("tenant", "archive"), "DELETE FROM note"), Reason.IMMUTABLE_TIER);
        assertDenied(run(session("public"), "DELETE FROM note"), Reason.UNCLASSIFIED_TABLE);
        assertAllowed(run(session("public", "tenant"), "DELETE FROM note"));
        assertAllowed(run(session("archive"), "DELETE FROM tenant.note"));
    }

    @Test
    void aChangedPathHoldsForLaterStatementsOfTheSameText() {
        GuardSession session = session("tenant");
        assertDenied(run(session, "SET search_path TO archive; DELETE FROM note"), Reason.IMMUTABLE_TIER);
        assertAllowed(run(session, "DELETE FROM note"));
    }

    @Test
    void aChangedPathHoldsUntilItsTransactionEndsAndThenBothCouldHold() {
        GuardSession session = session("archive");
        assertAllowed(run(session, "SET search_path TO tenant"));
        assertAllowed(run(session, "DELETE FROM note"));
        assertThat(session.isStale()).isTrue();
        assertAllowed(run(session, "ROLLBACK"));
        assertDenied(run(session, "DELETE FROM note"), Reason.IMMUTABLE_TIER);
        session.refresh(facts("app", "tenant"), true);
        assertThat(session.isStale()).isFalse();
        assertAllowed(run(session, "DELETE FROM note"));
    }

    @Test
    void aPathChangeThatFailedMayStillHaveHappened() {
        GuardSession session = session("tenant");
        Admission admission = session.admit("SET search_path TO archive", Placeholders.NONE, 0);
        ((Execution) admission).failed("57014");
        assertDenied(run(session, "DELETE FROM note"), Reason.IMMUTABLE_TIER);
    }

    @Test
    void afterAPathThatNobodyKnowsEverySchemaCounts() {
        GuardSession session = session("tenant");
        session.schemaPathChanging("");
        assertDenied(run(session, "DELETE FROM note"), Reason.IMMUTABLE_TIER);
        assertAllowed(run(session, "DELETE FROM orders"));
        assertAllowed(run(session, "SELECT relname FROM pg_class"));
    }

    @Test
    void changesOfRowsWithoutSqlAreHeldAgainstThePolicyToo() {
        GuardSession session = session("public");
        assertDenied(
                session.admit("ResultSet.deleteRow", Effect.of(Verb.DELETE, TableName.of("payment"))),
                Reason.IMMUTABLE_TIER);
        assertAllowed(session.admit("ResultSet.deleteRow", Effect.of(Verb.DELETE, TableName.of("orders"))));
    }

    @Test
    void aUserThatThePolicyDoesNotNameIsRefused() {
        assertThat(guard.checkUser(facts("app"), ConnectionPlace.EMBEDDED)).isEmpty();
        assertThat(guard.checkUser(facts("root"), ConnectionPlace.EMBEDDED)
                        .orElseThrow()
                        .message())
                .startsWith("denied: checkout may not connect as root")
                .contains("shop.tierguard:");
        assertThat(audit.records).hasSize(1);
    }

    @Test
    void aRoutineDoesWhatThePolicySaysOfIt() {
        GuardSession session = session("public");
        assertAllowed(run(session, "SELECT touch(1)"));
        assertAllowed(run(session, "SELECT archive_orders()"));
        assertDenied(run(session, "SELECT close_month()"), Reason.IMMUTABLE_TIER);
        assertDenied(run(session, "CALL close_month()"), Reason.IMMUTABLE_TIER);
        assertDenied(run(session, "SELECT close_year()"), Reason.UNKNOWN_ROUTINE);
    }

    @Test
    void aDeniedPrepareIsADenialAndAnAllowedOneIsNoRecord() {
        GuardSession session = session("public");
        assertThat(session.prepare("INSERT INTO payment (id) VALUES (?)", Placeholders.QUESTION_MARKS))
                .isSameAs(Execution.UNRECORDED);
        assertDenied(session.prepare("DELETE FROM payment", Placeholders.QUESTION_MARKS), Reason.IMMUTABLE_TIER);
        assertThat(audit.records).hasSize(1);
    }
}
