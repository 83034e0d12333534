package io.tierguard.guard;

import static io.tierguard.guard.GuardedSessions.allowed;
import static io.tierguard.guard.GuardedSessions.denied;
import static io.tierguard.guard.GuardedSessions.facts;
import static io.tierguard.guard.GuardedSessions.place;
import static io.tierguard.guard.GuardedSessions.schema;
import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import io.tierguard.sql.Backslashes;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SessionFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are followed, refused to who does not administer, or let pass. */
class SessionSettingsTest {
    private final GuardedSessions sessions = new GuardedSessions();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET extra_float_digits = 3",
                "SET application_name = 'x'",
                "SET DateStyle TO ISO, MDY",
                "SET TIME ZONE INTERVAL '-08:00' HOUR TO MINUTE",
                "SET statement_timeout TO '5s'",
                "SET LOCAL lock_timeout = 100",
                "SET app.tenant = 'x'",
                "SELECT set_config('app.tenant', 'x', true)",
                "SET plpgsql.variable_conflict TO use_column",
                "SET CONSTRAINTS ALL DEFERRED",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
                "SET row_security = off",
                "SET client_min_messages = warning",
                "SET xmloption = content",
                "SET default_table_access_method = heap",
                "SET check_function_bodies = false",
                "SET backslash_quote = off",
                "SET session_replication_role = DEFAULT",
                "RESET session_replication_role",
                "RESET TIME ZONE",
                "SHOW ALL",
            })
    void driversPoolsAndDumpsSetWhatTheyLike(String sql) {
        GuardSession session = sessions.open(Transactions.State.OPEN, "tenant");
        allowed(session, sql, "DELETE FROM note WHERE text = 'a\\b'");
        assertThat(session.isStale()).isFalse();
    }

    @Test
    void aTextWithABackslashGetsNoVerdictOfAnother() {
        Guard guard = sessions.guard("checkout");
        allowed(guard.open(facts("tenant"), place(), schema()), "SET standard_conforming_strings = off; SELECT 'x'");
        denied(
                guard.open(facts("tenant"), place(), schema()),
                Reason.UNREADABLE_SQL,
                "SET standard_conforming_strings = off; SELECT 'a\\''; DELETE FROM payment; --'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET session_replication_role = replica",
                "SET LOCAL session_replication_role TO 'replica'",
                "SELECT set_config('session_replication_role', 'rep' || 'lica', false)",
                "SET event_triggers = off",
                "SET zero_damaged_pages = on",
                "SET allow_system_table_mods = on",
                "SET session_preload_libraries = 'x'",
            })
    void whatProtectsTheDatabaseIsItsAdministrators(String sql) {
        denied(sessions.open(Transactions.State.NONE, "tenant"), Reason.SESSION_CHANGE, sql);
        allowed(sessions.guard("admin").open(facts("tenant"), place(), schema()), sql);
        assertThat(sessions.audit.records.get(1)).startsWith("allow").endsWith("FSYNC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET client_encoding = 'SJIS'",
                "SET NAMES 'LATIN1'",
                "SET client_encoding = E'\\x55TF8'",
            })
    void whatCannotBeFollowedIsRefusedToAdministratorsToo(String sql) {
        denied(sessions.guard("admin").open(facts("tenant"), place(), schema()), Reason.SESSION_CHANGE, sql);
    }

    @Test
    void whileItIsNotCertainWhatABackslashMeansPlainStringsHoldNone() {
        String hides = "SELECT 'a\\' AS x, '; DELETE FROM note' AS y";
        GuardSession session = sessions.open(Transactions.State.NONE, "tenant");
        allowed(session, hides, "SET standard_conforming_strings = on", hides);
        assertThat(session.isStale()).isFalse();
        allowed(session, "SET standard_conforming_strings = off", "SELECT 'plain', E'a\\\\b'", "DELETE FROM note");
        denied(session, Reason.UNREADABLE_SQL, hides);
        session.refresh(withEscapes(), true);
        denied(session, Reason.UNREADABLE_SQL, hides);
        session.refresh(facts("tenant"), true);
        denied(session, Reason.UNREADABLE_SQL, hides);
    }

    @Test
    void aResetOfEverythingMakesBackslashesUncertainUntilTheyAreReadAgain() {
        GuardSession session = sessions.open(Transactions.State.NONE, "tenant");
        for (String reset : List.of("RESET ALL", "DISCARD ALL", "RESET standard_conforming_strings")) {
            allowed(session, reset);
            denied(session, Reason.UNREADABLE_SQL, "SELECT 'a\\'");
            session.refresh(facts("tenant"), true);
            allowed(session, "SELECT 'a\\'");
        }
    }

    @Test
    void aTextThatChangesWhatItsOwnBackslashesMeanIsNotRead() {
        GuardSession session = sessions.open(Transactions.State.NONE, "tenant");
        denied(
                session,
                Reason.UNREADABLE_SQL,
                "SET standard_conforming_strings = off; SELECT '\\', '; DELETE FROM archive.note --'");
        allowed(session, "SELECT 'a\\'", "SET standard_conforming_strings = on; SELECT 'a\\'");
    }

    @Test
    void aSessionThatBeginsWithEscapesIsReadWithThem() {
        GuardSession session = sessions.guard("checkout").open(withEscapes(), place(), schema());
        allowed(session, "SELECT 'a\\'; DELETE FROM archive.note --'");
        denied(session, Reason.IMMUTABLE_TIER, "SELECT 'a\\\\'; DELETE FROM archive.note --'");
        allowed(session, "SET standard_conforming_strings = on");
        denied(session, Reason.UNREADABLE_SQL, "SELECT 'a\\'; DELETE FROM archive.note --'");
    }

    private static SessionFacts withEscapes() {
        LexicalModes modes = new LexicalModes(Dialect.POSTGRESQL, Backslashes.ESCAPE, false);
        return new SessionFacts("app", "shop", List.of("tenant"), modes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET LOCAL search_path TO tenant",
                "SET search_path TO tenant",
                "SELECT set_config('search_path', 'tenant', true)",
                "SELECT pg_catalog.set_config('search_path', 'tenant', false)",
            })
    void aPathOfATransactionHoldsWhileItIsOpen(String set) {
        GuardSession session = sessions.open(Transactions.State.OPEN, "archive");
        allowed(session, set, "DELETE FROM note");
        denied(session, Reason.IMMUTABLE_TIER, "COMMIT; DELETE FROM note");
        allowed(session, "ROLLBACK");
        denied(session, Reason.IMMUTABLE_TIER, "DELETE FROM note");
    }

    @Test
    void aPathOfATransactionIsNoneWhereNoTransactionIsOpen() {
        for (Transactions.State state : List.of(Transactions.State.NONE, Transactions.State.UNKNOWN)) {
            GuardSession session = sessions.open(state, "archive");
            allowed(session, "SET LOCAL search_path TO tenant");
            denied(session, Reason.IMMUTABLE_TIER, "DELETE FROM note");
        }
        GuardSession ended = sessions.open(Transactions.State.OPEN, "archive");
        allowed(ended, "COMMIT; SET LOCAL search_path TO tenant; BEGIN");
        denied(ended, Reason.IMMUTABLE_TIER, "DELETE FROM note");
    }

    @Test
    void aCallThatMayBeSkippedIsNotTakenForMade() {
        for (String skipped : List.of(
                "SELECT set_config('search_path', 'tenant', false) WHERE 1 = 2",
                "SELECT CASE WHEN 1 = 2 THEN set_config('search_path', 'tenant', false) END",
                "SELECT set_config('search_path', 'ten' || 'ant', false)")) {
            GuardSession session = sessions.open(Transactions.State.OPEN, "archive");
            allowed(session, skipped);
            denied(session, Reason.IMMUTABLE_TIER, "DELETE FROM note");
        }
    }

    @Test
    void aSchemaSetByACallIsThePathInATransactionToo() {
        GuardSession session = sessions.open(Transactions.State.OPEN, "archive");
        session.schemaPathChanging("tenant");
        denied(session, Reason.IMMUTABLE_TIER, "DELETE FROM note");
        session.schemaPathChanged("tenant");
        allowed(session, "DELETE FROM note");
        session.transactionEnded();
        denied(session, Reason.IMMUTABLE_TIER, "DELETE FROM note");
    }
}
