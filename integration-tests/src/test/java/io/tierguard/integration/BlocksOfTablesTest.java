package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A block of PostgreSQL that changes tables where they are not yet as they should be, and no row, needs what its statements need. */
class BlocksOfTablesTest {
    private static final String POLICY = """
            table ledger* is ledger
            table * is operational

            component app {
              grant select on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id int PRIMARY KEY, amount int)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE customer (id int PRIMARY KEY, name text)",
        "CREATE TABLE bill (id int PRIMARY KEY, customer int, ledger int)",
        "CREATE FUNCTION ruins(int) RETURNS boolean LANGUAGE plpgsql AS"
                + " $$ BEGIN DELETE FROM ledger; RETURN true; END $$",
        "CREATE DOMAIN checked AS int CHECK (ruins(VALUE))",
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
                    "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'k') THEN ALTER TABLE bill"
                            + " ADD CONSTRAINT k FOREIGN KEY (customer) REFERENCES customer (id) ON DELETE CASCADE; END IF; END $$",
                    "DO $$ BEGIN ALTER TABLE bill ADD CONSTRAINT k FOREIGN KEY (customer) REFERENCES customer (id)"
                            + " ON DELETE CASCADE; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                    "DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM pg_constraint WHERE conname = 'k'; IF n = 1 THEN"
                            + " ALTER TABLE bill DROP CONSTRAINT k; ALTER TABLE bill ADD CONSTRAINT k FOREIGN KEY (customer)"
                            + " REFERENCES customer (id) ON DELETE SET NULL; END IF; END $$",
                    "DO $$ BEGIN IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'customer'"
                            + " AND column_name = 'name') THEN ALTER TABLE customer RENAME COLUMN name TO full_name; END IF; END $$",
                    "DO $$ BEGIN DROP VIEW IF EXISTS seen; CREATE VIEW seen AS SELECT full_name FROM customer; END $$",
                    "DO $$ BEGIN IF to_regclass('invoice') IS NULL THEN ALTER TABLE bill RENAME TO invoice; END IF; END $$");
            assertThat(tables.count("invoice")).isZero();
            assertThat(tables.count("seen")).isZero();
        }
    }

    @Test
    void whatIsProtectedIsReachedByNone() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "DO $$ BEGIN ALTER TABLE bill ADD FOREIGN KEY (ledger) REFERENCES ledger (id) ON DELETE CASCADE; END $$",
                    "ledger");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER, "DO $$ BEGIN ALTER TABLE ledger RENAME TO bills; END $$", "ledger");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "DO $$ BEGIN IF false THEN ALTER TABLE bill RENAME TO lines; END IF; DROP TABLE ledger; END $$",
                    "ledger");
            tables.assertDenied(
                    Reason.UNREADABLE_SQL,
                    "DO $$ BEGIN IF false THEN ALTER TABLE bill RENAME TO b; END IF; END $$; DELETE FROM b");
            tables.assertDenied(
                    Reason.CASCADE,
                    "DO $$ DECLARE d checked := 1; BEGIN ALTER TABLE bill RENAME TO b; END $$",
                    "ledger");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "DO $$ BEGIN IF ruins(1) THEN ALTER TABLE bill RENAME TO b; END IF; END $$",
                    "ledger");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }
}
