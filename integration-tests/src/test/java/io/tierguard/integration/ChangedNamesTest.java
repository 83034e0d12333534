package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stands behind a change of the schema in its own text is refused where it meets a name that was changed, itself or in the
 * code that it runs, and nowhere else.
 */
class ChangedNamesTest {
    private static final String RULES = """
            table ledger* is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    private static final String[] POSTGRESQL = {
        "CREATE TABLE ledger (id INT PRIMARY KEY)",
        "INSERT INTO ledger VALUES (1)",
        "CREATE TABLE plain (id INT PRIMARY KEY, s VARCHAR(9))",
        "CREATE TABLE draft (id INT PRIMARY KEY, s VARCHAR(9))",
        "CREATE TABLE orders (id INT PRIMARY KEY, s VARCHAR(9))",
        "INSERT INTO draft VALUES (1)",
        "INSERT INTO orders VALUES (1)",
        "CREATE TABLE ledger_of_draft (id INT REFERENCES draft ON DELETE CASCADE)",
        "INSERT INTO ledger_of_draft VALUES (1)",
        "CREATE VIEW behind AS SELECT id FROM ledger",
        "CREATE FUNCTION cut(i INT) RETURNS INT LANGUAGE sql AS 'DELETE FROM plain WHERE id = i; SELECT 1'",
        "CREATE FUNCTION cut_fresh(i INT) RETURNS INT LANGUAGE plpgsql AS 'BEGIN DELETE FROM fresh WHERE id = i; RETURN 1; END'",
        "CREATE PROCEDURE cut_all() LANGUAGE sql AS 'DELETE FROM plain'",
        "CREATE VIEW cutting AS SELECT cut(1) AS n",
        "CREATE OPERATOR ~~~~ (FUNCTION = cut, RIGHTARG = INT)",
        "CREATE FUNCTION trace() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN DELETE FROM plain WHERE id = NEW.id; RETURN NEW; END'",
        "CREATE TABLE traced (id INT)",
        "CREATE TRIGGER trace AFTER INSERT ON traced FOR EACH ROW EXECUTE FUNCTION trace()",
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT cut(1)",
                "CALL cut_all()",
                "SELECT * FROM cutting",
                "SELECT ~~~~ 1",
                "CREATE TABLE made AS SELECT cut(1)",
                "EXPLAIN ANALYZE SELECT cut(1)",
                "INSERT INTO traced VALUES (1)",
                "DELETE FROM plain",
                "UPDATE plain SET id = 2",
            })
    void whatMeetsAChangedNameIsRefused(String statement) throws Exception {
        try (GuardedTables tables = open()) {
            String swap = "ALTER TABLE plain RENAME TO old; ALTER TABLE draft RENAME TO plain; ";
            String view = "ALTER TABLE plain RENAME TO old; ALTER VIEW behind RENAME TO plain; ";
            tables.assertDenied(Reason.UNREADABLE_SQL, swap + statement, "statement 3 of 3");
            tables.assertDenied(Reason.UNREADABLE_SQL, view + statement, "statement 3 of 3");
            assertThat(tables.count("ledger")).isEqualTo(1);
            assertThat(tables.count("ledger_of_draft")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW fresh AS SELECT cut(1) AS n; SWAP; SELECT * FROM fresh",
                "CREATE VIEW fresh AS SELECT * FROM cutting; SWAP; SELECT * FROM fresh",
                "CREATE TABLE fresh (id INT, k INT DEFAULT cut(1)); SWAP; INSERT INTO fresh (id) VALUES (1)",
            })
    void codeThatTheTextItselfBindsToANameIsNotRunByOtherNames(String text) throws Exception {
        try (GuardedTables tables = open()) {
            String swap = "ALTER TABLE plain RENAME TO old; ALTER TABLE draft RENAME TO plain";
            tables.assertDenied(Reason.UNREADABLE_SQL, text.replace("SWAP", swap), "statement 4 of 4");
            tables.assertAllowed("CREATE VIEW quiet AS SELECT id FROM orders; SELECT * FROM quiet");
            assertThat(tables.count("ledger_of_draft")).isEqualTo(1);
        }
    }

    /** What alters a table without a word of its columns alone may redirect its rows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE draft RENAME id TO key; UPDATE draft SET key = 2",
                "ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES draft ON UPDATE CASCADE; UPDATE draft SET id = 2",
                "ALTER TABLE orders DROP COLUMN s CASCADE; UPDATE orders SET id = 2",
                "ALTER TABLE plain RENAME COLUMN s TO t; UPDATE plain SET t = 'x'",
                "ALTER TABLE traced ENABLE TRIGGER trace; UPDATE traced SET id = 2",
                "ALTER TABLE plain OWNER TO postgres, RENAME TO plain_old; UPDATE plain SET s = 'x'",
                "ALTER VIEW behind ALTER COLUMN id SET DEFAULT 1; INSERT INTO behind VALUES (2)",
            })
    void whatRedirectsRowsIsNoChangeOfColumns(String text) throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertDenied(Reason.UNREADABLE_SQL, text);
        }
    }

    @Test
    void whatIsPreparedAndABatchAreNoWayRound() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed("PREPARE cutting AS SELECT cut($1)");
            tables.assertDenied(
                    Reason.UNREADABLE_SQL,
                    "ALTER TABLE plain RENAME TO old; ALTER VIEW behind RENAME TO plain; EXECUTE cutting(1)");
            tables.assertDenied(
                    Reason.UNREADABLE_SQL, "CREATE VIEW fresh AS SELECT id FROM ledger; SELECT cut_fresh(1)");
            tables.assertDenied(
                    Reason.UNREADABLE_SQL,
                    "CREATE OR REPLACE VIEW cutting AS SELECT 1 AS n; INSERT INTO traced VALUES (1); SELECT cut(1)");
            tables.assertDenied(
                    Reason.UNREADABLE_SQL,
                    "ALTER TABLE plain RENAME TO old; ALTER VIEW cutting RENAME TO plain; SELECT * FROM plain");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW fresh AS SELECT 1 AS a; INSERT INTO orders VALUES (101); UPDATE orders SET id = 102 WHERE id = 101",
                "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (id INT REFERENCES p ON DELETE CASCADE);"
                        + " INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)",
                "ALTER TABLE plain ADD COLUMN t INT; UPDATE orders SET s = 'x'",
                "ALTER TABLE plain ALTER COLUMN s SET DEFAULT 'a'; DELETE FROM orders",
                "ALTER TABLE plain RENAME TO plain_old; CREATE TABLE plain (id INT); DELETE FROM orders",
                "DROP VIEW IF EXISTS nothing; DELETE FROM orders",
                "CREATE TABLE q (id INT) PARTITION BY RANGE (id); CREATE TABLE q1 PARTITION OF q FOR VALUES FROM (0) TO (9);"
                        + " INSERT INTO q VALUES (1); UPDATE orders SET s = 'x'",
                "ALTER TABLE draft ADD COLUMN t INT; SELECT cut(1)",
                "ALTER TABLE plain ADD t INT; UPDATE plain SET t = 0; ALTER TABLE plain ALTER t SET NOT NULL; UPDATE plain SET t = 1",
                "ALTER TABLE orders ALTER COLUMN s TYPE TEXT, ALTER s DROP NOT NULL, DROP CONSTRAINT orders_pkey; DELETE FROM orders",
                "ALTER TABLE orders DROP COLUMN s; UPDATE orders SET id = 2",
                "CREATE TABLE made (id INT); ALTER TABLE public.made OWNER TO postgres; ALTER TABLE made ALTER id SET STATISTICS 9;"
                        + " INSERT INTO public.made VALUES (1); UPDATE made SET id = 2",
                "CREATE VIEW seen AS SELECT 1 AS a; ALTER VIEW seen OWNER TO postgres; DELETE FROM orders",
                "ALTER TABLE orders SET (fillfactor = 70), RESET (fillfactor); UPDATE orders SET s = 'x'",
                "ALTER TABLE orders CLUSTER ON orders_pkey, SET WITHOUT CLUSTER; DELETE FROM orders",
                "DO $$ BEGIN ALTER TABLE orders ADD COLUMN t INT; UPDATE orders SET t = 0; EXCEPTION WHEN others THEN NULL; END $$",
                "DO $$ BEGIN CREATE TABLE IF NOT EXISTS made (id INT); END $$; DO $$ BEGIN INSERT INTO made VALUES (1); END $$;"
                        + " UPDATE orders SET s = 'x'",
                "DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$",
            })
    void whatMeetsNoneRuns(String text) throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed(text);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void onMySqlToo(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                        database,
                        folder,
                        RULES,
                        "CREATE TABLE ledger (id INT PRIMARY KEY)",
                        "INSERT INTO ledger VALUES (1)",
                        "CREATE TABLE plain (id INT PRIMARY KEY)",
                        "CREATE TABLE orders (id INT PRIMARY KEY)",
                        "CREATE VIEW behind AS SELECT id FROM ledger",
                        "CREATE PROCEDURE cut_all() DELETE FROM plain",
                        "CREATE FUNCTION cut(i INT) RETURNS INT DETERMINISTIC BEGIN DELETE FROM plain WHERE id = i; RETURN 1; END",
                        "CREATE VIEW cutting AS SELECT cut(1) AS n");
                Connection connection = tables.connectToGoOnWithTexts();
                Statement texts = connection.createStatement()) {
            String swap = "RENAME TABLE plain TO old, behind TO plain; ";
            for (String statement : new String[] {
                "CALL cut_all()",
                "SELECT cut(1)",
                "DO cut(1)",
                "SET @a = cut(1)",
                "SELECT * FROM cutting",
                "DELETE FROM plain"
            }) {
                GuardedTables.assertDenied(texts, Reason.UNREADABLE_SQL, swap + statement);
            }
            for (String text : new String[] {
                "CREATE VIEW fresh AS SELECT 1 AS a; INSERT INTO orders VALUES (1)",
                "CREATE TABLE p (id INT PRIMARY KEY);"
                        + " CREATE TABLE c (id INT, FOREIGN KEY (id) REFERENCES p (id) ON DELETE CASCADE);"
                        + " INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)",
                "RENAME TABLE plain TO plain_old; INSERT INTO orders VALUES (2)",
                "ALTER TABLE plain_old MODIFY id BIGINT; DELETE FROM orders"
            }) {
                texts.execute(text);
            }
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    /** A key may refer to a table that is not there yet; whoever makes it changes rows of both. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void aKeyThatWaitsForATableIsFollowedOnceThereIsOne(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                        database,
                        folder,
                        RULES,
                        "SET foreign_key_checks = 0",
                        "CREATE TABLE ledger (id INT, FOREIGN KEY (id) REFERENCES awaited (id) ON DELETE CASCADE)",
                        "INSERT INTO ledger VALUES (1)");
                Connection connection = tables.connectToGoOnWithTexts();
                Statement texts = connection.createStatement()) {
            for (String make : new String[] {
                "CREATE TABLE awaited (id INT PRIMARY KEY); INSERT INTO awaited VALUES (1); ",
                "CREATE TABLE awaited AS SELECT 1 AS id; "
            }) {
                GuardedTables.assertDenied(texts, Reason.CASCADE, make + "DELETE FROM awaited", "ledger");
                GuardedTables.assertDenied(texts, Reason.CASCADE, make + "REPLACE INTO awaited VALUES (1)", "ledger");
            }
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    private GuardedTables open() throws Exception {
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, POSTGRESQL);
    }

    /** As a migration does that changes a view and then rows of a table. */
    @Test
    void aViewThatIsReplacedLeavesTablesAlone() throws Exception {
        try (GuardedTables tables = open()) {
            tables.prepare(
                    "CREATE VIEW shown AS SELECT id FROM orders",
                    "CREATE TABLE touched (id INT)",
                    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN DELETE FROM shown; RETURN NEW; END'",
                    "CREATE TRIGGER touch AFTER INSERT ON touched FOR EACH ROW EXECUTE FUNCTION touch()");
            Thread.sleep(1_100);
            String same = "DROP VIEW shown; CREATE VIEW shown AS SELECT id, s FROM orders; ";
            tables.assertAllowed(
                    same
                            + "UPDATE orders SET s = 'x' WHERE id = 1; INSERT INTO orders VALUES (2, 'y'); DELETE FROM orders"
                            + " WHERE id = 2 AND EXISTS (SELECT FROM draft)",
                    same + "CREATE TABLE copied AS SELECT id FROM shown; SELECT * FROM shown",
                    "CREATE OR REPLACE VIEW shown AS SELECT id, s FROM orders; TRUNCATE orders");
            tables.prepare(
                    "DROP VIEW shown",
                    "CREATE VIEW shown AS SELECT id FROM orders",
                    "CREATE VIEW above AS SELECT id FROM shown");
            Thread.sleep(1_100);
            for (String view : new String[] {
                "DROP VIEW above; DROP VIEW shown; CREATE VIEW shown AS SELECT id FROM ledger; ",
                "CREATE OR REPLACE VIEW shown AS SELECT id FROM ledger; "
            }) {
                for (String sql : new String[] {
                    "DELETE FROM shown",
                    "INSERT INTO shown VALUES (3)",
                    "INSERT INTO touched VALUES (1)",
                    "DELETE FROM above",
                    "SELECT cut(1)",
                    "UPDATE orders SET s = 'x' WHERE id IN (SELECT id FROM shown)",
                    "UPDATE orders SET s = 'x' WHERE id IN (SELECT id FROM above)",
                    "INSERT INTO orders SELECT id FROM cutting CROSS JOIN draft"
                }) {
                    tables.assertDenied(Reason.UNREADABLE_SQL, view + sql, "in one text or batch");
                }
            }
            assertThat(tables.count("ledger")).isOne();
        }
    }
}
