package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A block of PostgreSQL runs at once, so that a backslash in its code means what it means in its session. */
class BackslashesInBlocksTest {
    private static final String POLICY = """
            table ledger is ledger
            table * is operational
            routine * is harmless

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id int PRIMARY KEY, amount int)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE draft (id int PRIMARY KEY, note text)",
        "INSERT INTO draft VALUES (1, 'a b c')",
    };

    /** Deletes from the table where a backslash escapes, and is one string where it does not. */
    private static final String HIDDEN = "DO $$ BEGIN PERFORM '\\''; DELETE FROM ledger; --';\nEND $$";

    /** The same the other way round. */
    private static final String SHOWN = "DO $$ BEGIN PERFORM '\\'; DELETE FROM ledger; PERFORM '--'\n; END $$";

    @TempDir
    private Path folder;

    private static void assertDenied(ThrowingCallable call, Reason reason) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.reason()).isEqualTo(reason));
    }

    private GuardedTables open() throws Exception {
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
    }

    @Test
    void whatIsGrantedPasses() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed(
                    "DO $$ BEGIN UPDATE draft SET note = regexp_replace(note, '\\s+', '', 'g'); END $$",
                    "DO $$ BEGIN RAISE NOTICE E'it\\'s\\n%', 1; END $$",
                    "DO 'BEGIN ALTER TABLE draft ADD CONSTRAINT letters CHECK (note ~ ''^\\w+$''); END'",
                    HIDDEN);
            assertThat(tables.count("draft WHERE note = 'abc'")).isEqualTo(1);
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @Test
    void whatIsProtectedIsReachedByNone() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertDenied(Reason.IMMUTABLE_TIER, SHOWN, "ledger");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "DO $$ BEGIN RAISE NOTICE E'\\''; DELETE FROM ledger; RAISE NOTICE E'\\''; END $$",
                    "ledger");
            tables.assertDenied(Reason.DEFINES_CODE, "DO E'BEGIN DELETE FROM ledger\\073 END'");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @Test
    void aSessionThatSetsWhatItMeansIsNotReadByWhatItMeantBefore() throws Exception {
        String set = "SET standard_conforming_strings = off";
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(HIDDEN)) {
            prepared.execute();
            GuardedTables.assertDenied(statement, Reason.UNREADABLE_SQL, set + "; " + HIDDEN);
            GuardedTables.assertDenied(
                    statement,
                    Reason.UNREADABLE_SQL,
                    set + "; DO U&'BEGIN PERFORM ''!005c''''; DELETE FROM ledger; --'';!000aEND' UESCAPE '!'");
            for (String inside : new String[] {
                set,
                "SET LOCAL standard_conforming_strings = off",
                "EXECUTE '" + set + "'",
                "PERFORM set_config('standard_conforming_strings', 'off', false)",
                "PERFORM set_config('standard_conforming' || '_strings', 'off', false)",
                "RAISE NOTICE '%', set_config('standard_conforming_strings', 'off', false)",
                "UPDATE draft SET note = set_config('standard_conforming_strings', 'off', false)"
            }) {
                String sql = HIDDEN.replace("BEGIN", "BEGIN " + inside + ";");
                GuardedTables.assertDenied(statement, Reason.DEFINES_CODE, sql);
            }
            statement.execute(set);
            GuardedTables.assertDenied(statement, Reason.DEFINES_CODE, HIDDEN);
            assertDenied(prepared::execute, Reason.DEFINES_CODE);
            statement.execute("RESET standard_conforming_strings");
            GuardedTables.assertDenied(statement, Reason.DEFINES_CODE, HIDDEN);
            statement.execute("DO $$ BEGIN UPDATE draft SET note = 'x'; RAISE NOTICE E'\\n'; END $$");
            tables.assertAllowed(HIDDEN); // in another session
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @Test
    void noBatchChangesWhatItMeansUnseen() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.addBatch("SET standard_conforming_strings = off");
            statement.addBatch(HIDDEN);
            assertDenied(statement::executeBatch, Reason.DEFINES_CODE);
            connection.rollback();
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @Test
    void codeOfOtherSessionsHoldsNone() throws Exception {
        String policy = POLICY.replace("routine * is harmless", "");
        String body =
                HIDDEN.replace("DO $$ BEGIN", "BEGIN DROP TABLE IF EXISTS x;").replace("$$", "");
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, policy, SCHEMA)) {
            tables.prepare(
                    "CREATE FUNCTION hides() RETURNS void LANGUAGE plpgsql AS $f$ " + body + " $f$",
                    "CREATE FUNCTION nests() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN " + HIDDEN + "; END $f$",
                    "CREATE FUNCTION nests_in_sql() RETURNS void LANGUAGE sql AS $f$ " + HIDDEN + " $f$",
                    "CREATE FUNCTION sets() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN"
                            + " PERFORM set_config('standard_conforming_strings', 'off', false); END $f$");
            for (String name : new String[] {"hides", "nests", "nests_in_sql"}) {
                tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT " + name + "()");
            }
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, HIDDEN.replace("BEGIN", "BEGIN PERFORM sets();"));
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }
}
