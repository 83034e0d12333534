package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of PostgreSQL count for the changes that they are on, on tables and views; one that is DO NOTHING does nothing. */
class RewriteRulesTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE orders (id INT PRIMARY KEY, n INT, state TEXT, d date)",
        "INSERT INTO orders VALUES (1, 1, 'new', NULL), (2, 2, 'new', NULL)",
        "CREATE VIEW shown AS SELECT id, n FROM orders",
        "CREATE FUNCTION empties(i int) RETURNS bool LANGUAGE plpgsql AS"
                + " 'BEGIN DELETE FROM public.ledger; RETURN true; END'",
        "CREATE FUNCTION empties(i int, j int) RETURNS bool LANGUAGE plpgsql AS"
                + " 'BEGIN DELETE FROM public.ledger; RETURN true; END'",
        "CREATE OPERATOR <=> (LEFTARG = int, RIGHTARG = int, FUNCTION = empties)",
        "CREATE DOMAIN emptying AS int CHECK (empties(VALUE))",
    };

    @TempDir
    private Path folder;

    private GuardedTables open(String facts, String... more) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES + facts, TABLES);
        tables.prepare(more);
        return tables;
    }

    private static void assertDeniedAndHarmful(GuardedTables tables, String sql, String part) throws Exception {
        tables.assertDenied(Reason.UNKNOWN_ROUTINE, sql, part);
        assertThat(tables.count("ledger")).isOne();
        tables.prepare(sql);
        assertThat(tables.count("ledger")).as(sql).isZero();
    }

    @Test
    void aRuleOfAViewCountsForItsOwnChangeAlone() throws Exception {
        for (String action : new String[] {"INSTEAD DELETE FROM ledger", "ALSO DELETE FROM ledger"}) {
            try (GuardedTables tables = open("", "CREATE RULE vi AS ON INSERT TO shown DO " + action)) {
                tables.assertAllowed("UPDATE shown SET n = 5 WHERE id = 1", "DELETE FROM shown WHERE id = 1");
                assertThat(tables.count("ledger")).isOne();
                assertDeniedAndHarmful(tables, "INSERT INTO shown VALUES (3, 3)", "rule vi of public.shown");
            }
        }
        try (GuardedTables tables = open("", "CREATE RULE vu AS ON UPDATE TO shown DO INSTEAD DELETE FROM ledger")) {
            tables.assertAllowed("INSERT INTO shown VALUES (3, 3)", "DELETE FROM shown WHERE id = 3");
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE,
                    "INSERT INTO shown VALUES (3, 3) ON CONFLICT (id) DO UPDATE SET n = 1",
                    "rule vu");
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE,
                    "MERGE INTO shown s USING (SELECT 1) x (id) ON s.id = x.id WHEN MATCHED THEN UPDATE SET n = 1",
                    "rule vu");
            assertDeniedAndHarmful(tables, "UPDATE shown SET n = 1", "rule vu");
        }
    }

    @Test
    void aRuleOfAViewBehindAnotherOrOfTheTableBehindCounts() throws Exception {
        try (GuardedTables tables = open(
                "",
                "CREATE VIEW outer_shown AS SELECT id, n FROM shown",
                "CREATE RULE vi AS ON DELETE TO shown DO INSTEAD DELETE FROM ledger")) {
            tables.assertAllowed("INSERT INTO outer_shown VALUES (3, 3)");
            assertDeniedAndHarmful(tables, "DELETE FROM outer_shown", "rule vi");
        }
        try (GuardedTables tables =
                open("", "CREATE RULE vt AS ON DELETE TO orders DO ALSO DELETE FROM ledger WHERE id = 1")) {
            tables.assertAllowed("INSERT INTO shown VALUES (3, 3)");
            assertDeniedAndHarmful(tables, "DELETE FROM shown WHERE id = 1", "rule vt");
        }
    }

    @Test
    void thePolicySaysOfARuleOfAViewWhatItDoes() throws Exception {
        String rule =
                "CREATE RULE vi AS ON INSERT TO shown DO INSTEAD INSERT INTO orders (id, n) VALUES (NEW.id, NEW.n)";
        try (GuardedTables tables = open("trigger vi on shown writes insert on orders\n", rule)) {
            tables.assertAllowed("INSERT INTO shown VALUES (3, 4)");
            assertThat(tables.count("orders WHERE id = 3")).isOne();
        }
        try (GuardedTables tables = open("trigger vi on shown writes delete on ledger\n", rule)) {
            tables.assertDenied(Reason.CASCADE, "INSERT INTO shown VALUES (3, 4)", "ledger", "rule vi");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ON DELETE TO orders DO INSTEAD NOTHING",
                "ON DELETE TO orders DO ALSO NOTHING",
                "ON UPDATE TO orders WHERE OLD.id < 0 AND (NEW.state = 'x' OR NEW.d > date '2020-01-01') DO INSTEAD NOTHING",
                "ON INSERT TO orders WHERE NEW.n IS NULL DO INSTEAD NOTHING",
                "ON DELETE TO shown DO INSTEAD NOTHING",
            })
    void aRuleThatIsNothingWritesNothing(String rule) throws Exception {
        try (GuardedTables tables = open("", "CREATE RULE r AS " + rule)) {
            tables.assertAllowed(
                    "INSERT INTO orders (id, n) VALUES (7, 7)",
                    "UPDATE orders SET n = 2",
                    "DELETE FROM orders WHERE id = 1",
                    "DELETE FROM shown WHERE id = 1");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM ledger", "ledger");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WHERE empties(OLD.id) DO INSTEAD NOTHING",
                "WHERE OLD.id <=> 1 DO INSTEAD NOTHING",
                "WHERE OLD.id::emptying > 0 DO INSTEAD NOTHING",
                "WHERE EXISTS (SELECT 1 WHERE empties(OLD.id)) DO INSTEAD NOTHING",
                "WHERE CASE WHEN OLD.id > 0 THEN empties(1) END DO INSTEAD NOTHING",
                "DO INSTEAD DELETE FROM ledger",
                "DO INSTEAD (DELETE FROM ledger; SELECT 1)",
                "DO INSTEAD SELECT empties(1)",
            })
    void aRuleWithAnActionOrAConditionThatRunsCodeIsUnknown(String action) throws Exception {
        try (GuardedTables tables = open("", "CREATE RULE r AS ON DELETE TO orders " + action)) {
            assertDeniedAndHarmful(tables, "DELETE FROM orders WHERE id = 1", "rule r");
        }
    }
}
