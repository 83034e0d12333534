package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Constant texts that code in PL/pgSQL runs with {@code EXECUTE} need what they do, in blocks, routines and triggers. */
class ExecutedTextsTest {
    private static final String POLICY = """
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id int PRIMARY KEY, amount int)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE orders (id int PRIMARY KEY, state text)",
        "INSERT INTO orders VALUES (1, 'new')",
        "CREATE TABLE note (id int PRIMARY KEY, text text)",
        function("marks", "void", "EXECUTE 'UPDATE orders SET state = $1 WHERE id = ' || '1' USING lower('DONE')"),
        function("asks", "int", "EXECUTE 'SELECT count(*) FROM ledger' INTO n; RETURN n"),
        function("lists", "SETOF int", "RETURN QUERY EXECUTE 'SELECT id FROM ledger WHERE amount > $1' USING 1"),
        function(
                "loops",
                "void",
                "FOR n IN EXECUTE 'SELECT id FROM ledger' LOOP DELETE FROM orders WHERE id = n; END LOOP"),
        function("builds", "void", "EXECUTE 'CREATE TABLE IF NOT EXISTS built (id int)'; EXECUTE 'DROP TABLE built'"),
        function(
                "keeps",
                "void",
                "EXECUTE 'CREATE TEMP TABLE kept (id int) ON COMMIT DROP'; EXECUTE 'INSERT INTO kept VALUES (1)'"),
        function("wipes", "void", "EXECUTE 'DELETE FROM ' || 'ledger'"),
        function("wipes_in_loop", "void", "FOR n IN EXECUTE 'DELETE FROM ledger RETURNING id' LOOP NULL; END LOOP"),
        function("wipes_by_values", "void", "EXECUTE 'SELECT $1' USING (SELECT count(*) FROM wipes())"),
        function("wipes_second", "void", "EXECUTE 'SELECT 1; DELETE FROM ledger'"),
        function("makes_text", "void", "EXECUTE 'DELETE FROM ' || quote_ident('ledger')"),
        function("touched", "trigger", "EXECUTE 'SELECT upper($1)' INTO NEW.state USING NEW.state; RETURN NEW"),
        function("ruined", "trigger", "EXECUTE 'UPDATE ledger SET amount = 0'; RETURN NEW"),
        "CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touched()",
        "CREATE TRIGGER u BEFORE UPDATE ON note FOR EACH ROW EXECUTE FUNCTION ruined()",
    };

    @TempDir
    private Path folder;

    private static String function(String name, String returns, String body) {
        return "CREATE FUNCTION " + name + "() RETURNS " + returns + " LANGUAGE plpgsql AS $f$ DECLARE n int; BEGIN "
                + body + "; END $f$";
    }

    private GuardedTables open() throws Exception {
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
    }

    @Test
    void whatIsGrantedPasses() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed(
                    "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_attribute WHERE attname = 'added') THEN"
                            + " EXECUTE 'ALTER TABLE orders ADD COLUMN added int'; END IF; END $$",
                    "DO $$ BEGIN EXECUTE $q$UPDATE orders SET added = 7 WHERE state = 'new'$q$; END $$",
                    "DO $$ BEGIN EXECUTE 'CREATE INDEX by_state ON orders (state)'; EXCEPTION WHEN duplicate_table THEN NULL; END $$",
                    "DO $$ BEGIN EXECUTE ('UPDATE orders '\n  'SET added = ' || ('7'::text))::text; END $$",
                    "SELECT marks()",
                    "SELECT asks(), n FROM lists() n",
                    "SELECT builds()",
                    "SELECT keeps()");
            assertThat(tables.count("orders WHERE state = 'DONE' AND added = 7"))
                    .isEqualTo(1);
            tables.assertAllowed("SELECT loops()");
            assertThat(tables.count("orders")).isZero();
        }
    }

    @Test
    void whatIsProtectedIsReachedByNone() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER, "DO $$ BEGIN EXECUTE 'DELETE FROM ' || 'ledger'; END $$", "ledger");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "DO $$ BEGIN FOR i IN 1..2 LOOP EXECUTE 'SELECT 1; UPDATE ledger SET amount = 0'; END LOOP; END $$");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "DO $$ BEGIN EXECUTE ('DELETE '\n'FROM ' || ('ledger'::text))::text; END $$",
                    "ledger");
            tables.assertDenied(Reason.DEFINES_CODE, "DO $$ BEGIN EXECUTE concat('DELETE FROM ', 'ledger'); END $$");
            tables.assertDenied(
                    Reason.DEFINES_CODE, "DO $$ BEGIN EXECUTE 'DO ''BEGIN DELETE FROM ledger; END'''; END $$");
            for (String name : new String[] {"wipes", "wipes_in_loop", "wipes_by_values", "wipes_second"}) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, "SELECT " + name + "()", "ledger");
            }
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT makes_text()", "EXECUTE");
            assertThat(tables.count("ledger WHERE amount = 10")).isEqualTo(1);
        }
    }

    @Test
    void whatASessionHasPreparedIsNotRunUnseen() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("PREPARE p AS DELETE FROM note");
            GuardedTables.assertDenied(statement, Reason.DEFINES_CODE, "DO $$ BEGIN EXECUTE 'EXECUTE p'; END $$");
        }
    }

    @Test
    void triggersSetAndWriteByThem() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed("UPDATE orders SET state = 'x' WHERE id = 1");
            assertThat(tables.count("orders WHERE state = 'X'")).isEqualTo(1);
            tables.assertDenied(Reason.CASCADE, "UPDATE note SET text = 'x' WHERE id = 1", "ledger");
        }
    }
}
