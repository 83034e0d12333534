package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DO of PostgreSQL that defines code where there is none yet needs for each statement what that needs alone. */
class DefiningBlocksTest {
    private static final String POLICY = """
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    private static final String TRUST = """

            trust app {
              why "migrates"
              owner "data-guardians@shop.example"
              define
              until 2999-01-01T00:00Z
            }
            """;

    private static final String WAIVER = """

            waiver rows_of_tenants {
              why "policies on rows"
              ticket "OPS-1"
              owner "data-guardians@shop.example"
              from 2020-01-01T00:00Z
              until 2999-01-01T00:00Z
              grant define to app
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id int PRIMARY KEY, amount int)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE orders (id int PRIMARY KEY, state text)",
        "INSERT INTO orders VALUES (1, 'new')",
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.state := 'touched'; RETURN NEW; END $$",
        "CREATE FUNCTION wipe() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM ledger; RETURN NEW; END $$",
    };

    @TempDir
    private Path folder;

    private GuardedTables open(String rules, String... more) throws Exception {
        List<String> schema = new ArrayList<>(List.of(SCHEMA));
        schema.addAll(List.of(more));
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, rules, schema.toArray(String[]::new));
    }

    private static String block(String... statements) {
        return "DO $$ BEGIN " + String.join("; ", statements) + "; END $$";
    }

    private static String trigger(String table, String function) {
        return "CREATE TRIGGER x BEFORE UPDATE ON " + table + " FOR EACH ROW EXECUTE FUNCTION " + function + "()";
    }

    private static String ifThereIsNone(String statement) {
        return block("IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'x') THEN " + statement, "END IF");
    }

    private static String function(String name, String body) {
        return "CREATE OR REPLACE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN " + body
                + "; RETURN NEW; END $f$";
    }

    @Test
    void whatMayBeDefinedAloneMayBeDefinedWhereThereIsNone() throws Exception {
        try (GuardedTables tables = open(POLICY + TRUST)) {
            tables.assertAllowed(
                    ifThereIsNone(trigger("orders", "touch")),
                    ifThereIsNone(trigger("orders", "touch")),
                    block("DROP TRIGGER IF EXISTS x ON orders", trigger("orders", "touch")),
                    block(trigger("orders", "touch"), "EXCEPTION WHEN duplicate_object THEN RAISE NOTICE 'there'"),
                    block(
                            function("made", "NEW.state := 'made'"),
                            "DROP TRIGGER x ON orders",
                            trigger("orders", "made"),
                            "EXCEPTION WHEN undefined_table OR duplicate_function THEN NULL"),
                    "UPDATE orders SET state = 'x' WHERE id = 1");
            assertThat(tables.count("orders WHERE state = 'made'")).isEqualTo(1);
        }
    }

    @Test
    void codeIsReadAsWhereItIsDefinedAlone() throws Exception {
        try (GuardedTables tables = open(POLICY + TRUST)) {
            tables.assertDenied(Reason.CASCADE, ifThereIsNone(trigger("orders", "wipe")), "ledger", "CREATE TRIGGER");
            tables.assertDenied(Reason.CASCADE, block(function("made", "DELETE FROM ledger")), "CREATE FUNCTION");
            tables.assertDenied(
                    Reason.CASCADE,
                    block(function("touch", "DELETE FROM ledger"), "IF false THEN NULL", "END IF"),
                    "ledger");
            tables.assertDenied(
                    Reason.DEFINES_CODE,
                    block(function("made", "EXECUTE concat('DELETE FROM ledger')")),
                    "line 1, EXECUTE");
            tables.assertDenied(
                    Reason.DEFINES_CODE, block("CREATE POLICY p ON orders USING (no_such(id))"), "CREATE POLICY");
            tables.assertDenied(Reason.IMMUTABLE_TIER, ifThereIsNone(trigger("ledger", "touch")), "ALTER ledger");
            tables.assertDenied(Reason.IMMUTABLE_TIER, block("DROP TRIGGER IF EXISTS x ON ledger"), "ALTER ledger");
            tables.assertDenied(
                    Reason.NOT_GRANTED,
                    block("DROP TRIGGER IF EXISTS x ON orders", "GRANT ALL ON ledger TO public"),
                    "administer");
            assertThat(tables.count("pg_trigger WHERE tgname = 'x'")).isZero();
            assertThat(tables.count("pg_proc WHERE proname = 'made'")).isZero();
        }
    }

    /** What is defined in a block must not run in it, and nothing else is changed beside it. */
    @Test
    void nothingThatCouldRunItStandsBesideIt() throws Exception {
        try (GuardedTables tables = open(POLICY + TRUST)) {
            String define = function("touch", "NEW.state := 'x'");
            for (String beside : List.of(
                    "UPDATE orders SET state = 'y' WHERE id = 1",
                    "ALTER TABLE orders RENAME TO done",
                    "PERFORM lo_unlink(1)",
                    "EXECUTE concat('DELETE FROM ledger')",
                    "SET search_path = public",
                    "FOR i IN 1..2 LOOP NULL; END LOOP")) {
                tables.assertDenied(
                        Reason.DEFINES_CODE,
                        block(define, beside),
                        "line 1, CREATE or replace function touch, which defines code beside",
                        "a block of its own");
            }
            assertThat(tables.count("orders WHERE state = 'new'")).isEqualTo(1);
        }
    }

    @Test
    void whoIsNotTrustedDefinesNone() throws Exception {
        try (GuardedTables tables = open(POLICY)) {
            tables.assertDenied(Reason.DEFINES_CODE, ifThereIsNone(trigger("orders", "touch")), "trust with define");
        }
        try (GuardedTables tables = open(POLICY + TRUST + WAIVER)) {
            tables.assertAllowed(block(
                    "IF NOT EXISTS (SELECT FROM pg_policies WHERE policyname = 'p') THEN CREATE POLICY p ON orders USING (true)",
                    "END IF"));
            assertThat(tables.count("pg_policies WHERE policyname = 'p'")).isEqualTo(1);
        }
    }
}
