package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A block of PostgreSQL that makes partitions or tables after others, and changes no row, needs what these statements need. */
class PartitionsInBlocksTest {
    private static final String POLICY = """
            table ledger is ledger
            table journal is ledger
            table * is operational

            component app {
              grant select on tier ledger
              grant select, insert, update, delete, create, extend, alter on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id int PRIMARY KEY, amount int)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE journal (at int, text text) PARTITION BY RANGE (at)",
        "CREATE TABLE ev (at int, text text) PARTITION BY RANGE (at)",
        "CREATE TABLE draft (id int PRIMARY KEY, note text DEFAULT 'x')",
        "CREATE FUNCTION ruins() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM ledger; RETURN 1; END $$",
        "CREATE TABLE mine (id int DEFAULT ruins())",
        "CREATE FUNCTION touches() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM ledger; RETURN NEW; END $$",
        "CREATE TABLE traps (at int) PARTITION BY RANGE (at)",
        "CREATE TRIGGER t BEFORE INSERT ON traps FOR EACH ROW EXECUTE FUNCTION touches()",
    };

    @TempDir
    private Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
    }

    @Test
    void whatIsGrantedPasses() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed(
                    "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'ev_1') THEN"
                            + " CREATE TABLE ev_1 PARTITION OF ev FOR VALUES FROM (1) TO (10);"
                            + " CREATE INDEX ON ev_1 (at); END IF; END $$",
                    "DO $$ BEGIN CREATE TABLE ev_2 PARTITION OF ev FOR VALUES FROM (10) TO (20);"
                            + " EXECUTE 'CREATE TABLE IF NOT EXISTS ev_3 PARTITION OF ev FOR VALUES FROM (20) TO (30)';"
                            + " EXCEPTION WHEN duplicate_table THEN RAISE NOTICE 'there'; END $$",
                    "DO $$ BEGIN CREATE TABLE draft_2 (LIKE draft INCLUDING ALL); END $$",
                    "INSERT INTO ev VALUES (5, 'a'), (15, 'b'), (25, 'c')",
                    "INSERT INTO draft_2 (id) VALUES (1)");
            assertThat(tables.count("ev_1")).isEqualTo(1);
            assertThat(tables.count("ev_3")).isEqualTo(1);
        }
    }

    @Test
    void whatIsProtectedIsReachedByNone() throws Exception {
        String made = "CREATE TABLE x PARTITION OF ev FOR VALUES FROM (1) TO (10); ";
        try (GuardedTables tables = open()) {
            tables.assertDenied(
                    Reason.NOT_GRANTED,
                    "DO $$ BEGIN CREATE TABLE x PARTITION OF journal FOR VALUES FROM (1) TO (10); END $$",
                    "journal");
            tables.assertDenied(
                    Reason.NOT_GRANTED,
                    "DO $$ BEGIN EXECUTE 'CREATE TABLE ledger PARTITION OF ev FOR VALUES FROM (1) TO (10)'; END $$",
                    "ledger");
            tables.assertDenied(Reason.DEFINES_CODE, "DO $$ BEGIN " + made + "DELETE FROM ledger; END $$");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DO $$ BEGIN " + made + "PERFORM ruins(); END $$");
            tables.assertDenied(Reason.DEFINES_CODE, "DO $$ BEGIN " + made + "INSERT INTO ev VALUES (1, 'a'); END $$");
            tables.assertDenied(
                    Reason.NOT_GRANTED, "DO $$ BEGIN FOR i IN 1..2 LOOP " + made + "END LOOP; END $$", "administer");
            tables.assertDenied(
                    Reason.UNREADABLE_SQL,
                    "DO $$ BEGIN CREATE TABLE y (LIKE mine INCLUDING ALL); END $$; INSERT INTO y DEFAULT VALUES");
            tables.assertDenied(
                    Reason.UNREADABLE_SQL,
                    "DO $$ BEGIN CREATE TABLE y PARTITION OF traps DEFAULT; END $$; INSERT INTO y VALUES (1)");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }
}
