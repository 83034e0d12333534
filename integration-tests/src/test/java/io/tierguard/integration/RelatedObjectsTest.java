package io.tierguard.integration;

import static io.tierguard.integration.LiveDatabase.H2;
import static io.tierguard.integration.LiveDatabase.POSTGRESQL;

import io.tierguard.policy.model.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done to one object of the database and changes another: parts, views, sequences, comments, keys. */
class RelatedObjectsTest {
    private static final String RULES = """
            table ledger is ledger {
              mutable note
            }

            table old_* is closed

            table orders is operational

            table draft* is operational

            table plain_* is operational

            component app {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
              grant select, insert on ledger
              grant select, insert on tier closed
              grant update (note) on ledger
            }

            trust app {
              why "keeps the schema"
              owner "dba"
              define
              administer
              until 2099-01-01T00:00Z
            }

            """;

    @TempDir
    Path folder;

    private GuardedTables open(LiveDatabase database, String... schema) throws SQLException, IOException {
        return GuardedTables.open(database, folder, RULES, schema);
    }

    @Test
    void whatATableHandsDownIsAskedOfItsParts() throws SQLException, IOException {
        try (GuardedTables tables = open(
                POSTGRESQL,
                "CREATE TABLE orders (id int, state text)",
                "CREATE TABLE old_orders () INHERITS (orders)",
                "CREATE TABLE draft (id int, state text) PARTITION BY LIST (id)",
                "CREATE TABLE old_draft PARTITION OF draft FOR VALUES IN (1) PARTITION BY LIST (state)",
                "CREATE TABLE old_drafts PARTITION OF old_draft FOR VALUES IN ('x')",
                "CREATE TABLE plain_draft (id int)")) {
            tables.assertDenied(
                    Reason.CASCADE,
                    "ALTER TABLE orders ADD COLUMN fresh int",
                    "public.old_orders is a part of public.orders");
            tables.assertDenied(Reason.CASCADE, "ALTER TABLE draft ADD CHECK (id > 0)", "old_draft");
            tables.assertDenied(Reason.CASCADE, "CREATE INDEX ON draft (state)", "old_drafts");
            tables.assertAllowed(
                    "CREATE INDEX ON ONLY draft (state)",
                    "CREATE TABLE draft2 PARTITION OF draft FOR VALUES IN (2)",
                    "ALTER TABLE ONLY orders ADD CHECK (id > 0) NO INHERIT",
                    "COMMENT ON TABLE orders IS 'open orders'",
                    "ALTER TABLE plain_draft ADD COLUMN fresh int");
        }
    }

    @Test
    void whatATableLosesIsLostByTheColumnsThatHoldItsRows() throws SQLException, IOException {
        try (GuardedTables tables = open(
                POSTGRESQL,
                "CREATE TABLE orders (id int, state text)",
                "CREATE TABLE ledger (id int, note text, of_order orders)",
                "CREATE TABLE plain_list (id int, drafts orders[])",
                "CREATE TABLE draft (id int, state text)",
                "CREATE TABLE plain_draft (id int, d draft)")) {
            tables.assertDenied(
                    Reason.CASCADE,
                    "ALTER TABLE orders DROP COLUMN state",
                    "public.orders → public.ledger by a column that holds its rows");
            tables.assertAllowed("ALTER TABLE draft DROP COLUMN state");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void aSequenceBehindAProtectedDefaultIsNotMoved(LiveDatabase database) throws SQLException, IOException {
        boolean isH2 = database == H2;
        String next = isH2 ? "NEXT VALUE FOR plain_numbers" : "nextval('plain_numbers')";
        String free = isH2 ? "NEXT VALUE FOR plain_other" : "nextval('plain_other')";
        try (GuardedTables tables = open(
                database,
                "CREATE SEQUENCE plain_numbers",
                "CREATE SEQUENCE plain_other",
                "CREATE TABLE ledger (id INT DEFAULT " + next + ", note VARCHAR(9))",
                "CREATE TABLE orders (id INT DEFAULT " + free + ", state VARCHAR(9))")) {
            tables.assertDenied(
                    Reason.CASCADE,
                    "ALTER SEQUENCE plain_numbers RESTART WITH 5",
                    "public.plain_numbers → public.ledger by its use of sequence public.plain_numbers");
            tables.assertAllowed("ALTER SEQUENCE plain_other RESTART WITH 5", "INSERT INTO ledger (note) VALUES ('x')");
            if (!isH2) {
                tables.assertDenied(Reason.CASCADE, "SELECT setval('plain_numbers', 1)");
                tables.assertAllowed("SELECT setval('plain_other', 1)", "SELECT nextval('plain_numbers')");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void aCommentIsOnTheTableThatItsObjectBelongsTo(LiveDatabase database) throws SQLException, IOException {
        boolean isH2 = database == H2;
        String ofLedger = isH2 ? "" : " ON ledger";
        String ofOrders = isH2 ? "" : " ON orders";
        try (GuardedTables tables = open(
                database,
                "CREATE TABLE ledger (id INT, note VARCHAR(9), CONSTRAINT plain_one UNIQUE (id))",
                "CREATE INDEX plain_notes ON ledger (note)",
                "CREATE TABLE orders (id INT, CONSTRAINT plain_two UNIQUE (id))",
                "CREATE INDEX plain_ids ON orders (id)")) {
            tables.assertDenied(Reason.NOT_GRANTED, "COMMENT ON INDEX plain_notes IS 'x'", "ledger");
            tables.assertDenied(Reason.NOT_GRANTED, "COMMENT ON CONSTRAINT plain_one" + ofLedger + " IS 'x'", "ledger");
            tables.assertAllowed(
                    "COMMENT ON INDEX plain_ids IS 'x'", "COMMENT ON CONSTRAINT plain_two" + ofOrders + " IS 'x'");
            if (isH2) {
                tables.assertDenied(Reason.NOT_GRANTED, "COMMENT ON VIEW ledger IS 'x'", "ledger");
                tables.assertAllowed("COMMENT ON VIEW orders IS 'x'");
            }
        }
    }

    @Test
    void aColumnBehindAViewMayBeChangedThroughIt() throws SQLException, IOException {
        try (GuardedTables tables = open(
                POSTGRESQL,
                "CREATE TABLE ledger (id int, amount int, note text)",
                "CREATE VIEW named AS SELECT id, note FROM ledger WHERE amount > 0",
                "CREATE VIEW renamed (note, amount, id) AS SELECT amount, note, 1 + id FROM ledger",
                "CREATE VIEW shifted AS SELECT l.note, l.worth FROM ledger l(id, note, worth)",
                "CREATE VIEW shifted_again AS SELECT s.worth AS note FROM shifted s(x, worth)",
                "CREATE VIEW over_view AS SELECT r.amount AS remark, r.note AS worth FROM renamed r")) {
            tables.assertAllowed(
                    "UPDATE named SET note = 'x' WHERE id = 1",
                    "UPDATE renamed SET amount = 'x'",
                    "UPDATE over_view SET remark = 'x'");
            tables.assertDenied(Reason.IMMUTABLE_COLUMN, "UPDATE named SET id = 2", "ledger.id");
            tables.assertDenied(Reason.IMMUTABLE_COLUMN, "UPDATE renamed SET note = 2", "ledger.amount");
            tables.assertDenied(Reason.IMMUTABLE_COLUMN, "UPDATE over_view SET worth = 2", "ledger.amount");
            tables.assertDenied(Reason.IMMUTABLE_COLUMN, "UPDATE over_view SET remark = 'x', worth = 2");
            // Names that the query gives to the columns of its table are not those of the table.
            tables.assertDenied(Reason.IMMUTABLE_COLUMN, "UPDATE shifted SET note = 2");
            tables.assertDenied(Reason.IMMUTABLE_COLUMN, "UPDATE shifted_again SET note = 2");
        }
    }

    @Test
    void aSynonymHasTheColumnsOfItsTable() throws SQLException, IOException {
        try (GuardedTables tables = open(
                H2, "CREATE TABLE ledger (id INT, amount INT, note VARCHAR(9))", "CREATE SYNONYM book FOR ledger")) {
            tables.assertAllowed("UPDATE book SET note = 'x'");
            tables.assertDenied(Reason.IMMUTABLE_COLUMN, "UPDATE book SET amount = 1", "ledger.amount");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void whatIsNotThereMayBeDroppedIfItIsThere(LiveDatabase database) throws SQLException, IOException {
        try (GuardedTables tables = open(
                database, "CREATE TABLE ledger (id INT)", "CREATE TABLE unnamed (id INT)", "CREATE SCHEMA other")) {
            tables.assertAllowed(
                    "DROP TABLE IF EXISTS nothing_here CASCADE",
                    "DROP VIEW IF EXISTS other.nothing_here",
                    "DROP INDEX IF EXISTS nothing_here",
                    "DROP SEQUENCE IF EXISTS nothing_here");
            tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "DROP TABLE IF EXISTS unnamed");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DROP TABLE IF EXISTS ledger");
            tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "DROP TABLE nothing_here");
            tables.assertDenied(Reason.FROZEN_TIER, "DROP TABLE IF EXISTS old_orders");
        }
    }

    @Test
    void aKeyThatAForeignKeyMakesIsAskedOfItsTable() throws SQLException, IOException {
        try (GuardedTables tables = open(
                H2,
                "SET MODE MySQL",
                "CREATE TABLE old_orders (id INT PRIMARY KEY, code INT, a INT, b INT, UNIQUE (a, b))",
                "CREATE TABLE plain_codes (id INT, code INT)",
                "CREATE TABLE orders (id INT, code INT)")) {
            tables.assertDenied(
                    Reason.CASCADE,
                    "ALTER TABLE orders ADD FOREIGN KEY (code) REFERENCES old_orders (code)",
                    "public.old_orders gets a key of code");
            tables.assertDenied(
                    Reason.CASCADE, "CREATE TABLE draft (c INT, FOREIGN KEY (c) REFERENCES old_orders (a))");
            tables.assertAllowed(
                    "ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES old_orders (id)",
                    "ALTER TABLE orders ADD FOREIGN KEY (code) REFERENCES plain_codes (code)",
                    "CREATE TABLE draft (x INT, y INT, FOREIGN KEY (x, y) REFERENCES old_orders (b, a))",
                    "CREATE TABLE draft2 (x INT REFERENCES old_orders)");
        }
    }

    @Test
    void aTriggerOfH2BelongsToItsTable() throws SQLException, IOException {
        String fired = " FOR EACH ROW CALL '" + LargeSchemaMeasurement.Nothing.class.getName() + "'";
        try (GuardedTables tables = open(
                H2,
                "CREATE TABLE ledger (id INT)",
                "CREATE TABLE orders (id INT)",
                "CREATE TRIGGER of_ledger BEFORE UPDATE ON ledger" + fired,
                "CREATE TRIGGER of_orders BEFORE UPDATE ON orders" + fired)) {
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DROP TRIGGER of_ledger", "ALTER public.ledger");
            tables.assertAllowed("DROP TRIGGER of_orders", "DROP TRIGGER IF EXISTS nothing_here");
        }
    }

    @Test
    void theQueryOfAMaterializedViewThatNobodyTellsCouldCallARoutine() throws SQLException, IOException {
        try (GuardedTables tables = open(
                H2,
                "CREATE TABLE orders (id INT)",
                "CREATE ALIAS recalc FOR 'java.lang.Math.sqrt(double)'",
                "CREATE MATERIALIZED VIEW plain_orders AS SELECT recalc(id) x FROM orders")) {
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "REFRESH MATERIALIZED VIEW plain_orders");
            tables.assertAllowed("SELECT x FROM plain_orders");
        }
    }

    @Test
    void aSharpSIsReadInBothWays() throws SQLException, IOException {
        try (GuardedTables tables = open(
                H2,
                "CREATE TABLE orders (id INT, straße VARCHAR(9))",
                "CREATE TABLE ledger (id INT, straße VARCHAR(9))")) {
            tables.assertAllowed(
                    "SELECT id AS größe, straße FROM orders ORDER BY größe",
                    "UPDATE orders SET straße = 'x' WHERE STRASSE IS NULL");
            tables.assertDenied(Reason.IMMUTABLE_COLUMN, "UPDATE ledger SET straße = 'x'", "straße", "strasse");
        }
    }

    @Test
    void wordsOfMySqlAreReadInItsMode() throws SQLException, IOException {
        try (GuardedTables tables = open(H2, "SET MODE MySQL", "CREATE TABLE orders (id INT)")) {
            tables.assertAllowed(
                    "CREATE TABLE draft (id INT, at DATETIME(6)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
                    "ALTER TABLE draft CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
                    "SET NAMES utf8mb4");
        }
    }
}
