package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of rows in forms of their own, on live databases: what leaves the protected table alone passes, its neighbour is denied. */
class FormsOfRowChangesTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT, note VARCHAR(9))",
        "INSERT INTO ledger VALUES (1, 10, 'a'), (2, 20, 'b')",
        "CREATE TABLE draft (id INT PRIMARY KEY, amount INT, note VARCHAR(9))",
        "INSERT INTO draft VALUES (1, 1, 'x'), (5, 5, 'y')",
    };

    private static final String[] CODE = {
        "CREATE FUNCTION wipe(i INT) RETURNS bool LANGUAGE plpgsql AS 'BEGIN DELETE FROM ledger; RETURN false; END'",
        "CREATE FUNCTION wiping(i INT, j TEXT) RETURNS bool LANGUAGE plpgsql AS"
                + " 'BEGIN DELETE FROM ledger; RETURN false; END'",
        "CREATE OPERATOR === (LEFTARG = INT, RIGHTARG = TEXT, FUNCTION = wiping)",
        "CREATE VIEW wiped AS SELECT id, amount, note FROM draft WHERE NOT wipe(id)",
    };

    private static final String MERGE = "MERGE INTO draft d USING ledger l ON d.id = l.id ";

    @TempDir
    private Path folder;

    @Test
    void changesThatReadTheProtectedTablePass() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES)) {
            tables.assertAllowed(
                    MERGE + "WHEN MATCHED AND d.amount = l.amount THEN DO NOTHING WHEN MATCHED THEN UPDATE SET"
                            + " amount = l.amount WHEN NOT MATCHED AND l.id < 0 THEN INSERT (id) VALUES (l.id)",
                    MERGE + "WHEN NOT MATCHED BY SOURCE AND CASE WHEN d.id = 5 THEN true END THEN DO NOTHING"
                            + " WHEN MATCHED THEN DELETE",
                    MERGE + "WHEN MATCHED AND EXISTS (TABLE ledger) THEN DO NOTHING",
                    "MERGE INTO draft * AS d USING ledger * l ON d.id = -l.id WHEN MATCHED THEN DELETE",
                    "MERGE INTO draft d USING (TABLE ledger) AS l ON d.id = -l.id WHEN MATCHED THEN DELETE",
                    "WITH moved AS (DELETE FROM draft WHERE id = 9 RETURNING *) INSERT INTO ledger (id, amount, note) TABLE moved",
                    "DELETE FROM draft WHERE EXISTS (TABLE ledger) AND id = 9",
                    "INSERT INTO draft TABLE ONLY ledger ON CONFLICT (id) DO UPDATE SET id = -1, (amount, note) = (1, 'x')",
                    "UPDATE draft SET id = -1, (amount, note) = ROW(1, 'x') WHERE id IN (SELECT -id FROM ledger)",
                    "UPDATE draft SET id = -1, (amount, note) = (SELECT 1, 'x') WHERE id = 9",
                    "VACUUM ONLY draft",
                    "ANALYZE ONLY draft (id), ledger",
                    "EXPLAIN (ANALYZE OFF) DELETE FROM ledger",
                    "EXPLAIN (VERBOSE, ANALYZE 'False') UPDATE ledger SET amount = 0",
                    "EXPLAIN (ANALYZE 0) MERGE INTO ledger l USING draft d ON l.id = d.id WHEN MATCHED THEN DELETE");
            assertThat(tables.count("ledger WHERE amount = id * 10")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MERGE INTO ledger l USING draft d ON d.id = l.id WHEN MATCHED AND d.id > 1 THEN DO NOTHING WHEN MATCHED THEN DELETE",
                MERGE + "WHEN MATCHED AND wipe(l.id) THEN DO NOTHING WHEN MATCHED THEN DELETE",
                MERGE
                        + "WHEN NOT MATCHED AND (SELECT wipe(1)) THEN DO NOTHING WHEN NOT MATCHED THEN INSERT (id) VALUES (7)",
                MERGE + "WHEN MATCHED AND wipe(l.id) THEN DO NOTHING",
                "MERGE INTO draft d USING (TABLE wiped) l ON d.id = l.id WHEN MATCHED THEN DO NOTHING",
                "WITH q AS (SELECT id FROM draft) DELETE FROM ledger WHERE id IN (TABLE q)",
                "INSERT INTO draft TABLE wiped ON CONFLICT DO NOTHING",
                "MERGE INTO ledger * l USING draft * d ON d.id = l.id WHEN MATCHED THEN DELETE",
                "UPDATE ledger SET amount = 0, (id, note) = (7, 'x') WHERE id = 1",
                "UPDATE draft SET id = 7, (amount, note) = (wipe(1)::INT, 'x') WHERE id = 1",
                "INSERT INTO ledger VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 7, (amount, note) = (0, 'x')",
                "EXPLAIN (ANALYZE) DELETE FROM ledger",
                "EXPLAIN (ANALYZE OFF, ANALYZE) DELETE FROM ledger",
                "EXPLAIN (ANALYZE OFF, \"analyze\" 'on') DELETE FROM ledger",
                "EXPLAIN (ANALYZE 1) DELETE FROM ledger",
            })
    void theirNeighboursThatChangeItAreDenied(String sql) throws Exception {
        assertDenied(Reason.IMMUTABLE_TIER, sql);
    }

    @Test
    void anOperatorInTheConditionOfABranchThatDoesNothingCounts() throws Exception {
        assertDenied(
                Reason.CASCADE,
                MERGE + "WHEN MATCHED AND l.id === 'x' THEN DO NOTHING WHEN MATCHED AND d.id > 1 THEN DELETE");
    }

    /** The statement is denied, and would have changed the protected table. */
    private void assertDenied(Reason reason, String sql) throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES)) {
            tables.prepare(CODE);
            tables.assertDenied(reason, sql, "ledger");
            assertThat(tables.count("ledger WHERE amount = id * 10")).isEqualTo(2);
            tables.prepare(sql);
            assertThat(tables.count("ledger WHERE amount = id * 10")).isLessThan(2);
        }
    }

    @Test
    void inH2ATableIsWhatRowsComeFrom() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, RULES, TABLES)) {
            tables.assertAllowed(
                    "MERGE INTO draft d USING (TABLE ledger) l ON d.id = l.id WHEN MATCHED THEN UPDATE SET note = 'm', (id, amount) = (d.id, 3)",
                    "MERGE INTO draft (id, amount, note) KEY (id) TABLE ledger",
                    "DELETE FROM draft WHERE id < 3",
                    "INSERT INTO draft (id, amount, note) TABLE ledger");
            assertThat(tables.count("draft WHERE amount = id * 10")).isEqualTo(2);
            tables.assertDenied(Reason.IMMUTABLE_TIER, "MERGE INTO ledger KEY (id) TABLE draft", "ledger");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "MERGE INTO ledger l USING (TABLE draft) d ON d.id = l.id WHEN MATCHED THEN UPDATE SET note = 'm', (id, amount) = (d.id, 3)",
                    "ledger");
            assertThat(tables.count("ledger WHERE amount = id * 10")).isEqualTo(2);
            tables.prepare(
                    "UPDATE draft SET amount = 0",
                    "MERGE INTO ledger l USING (TABLE draft) d ON d.id = l.id WHEN MATCHED THEN UPDATE SET note = 'm', (id, amount) = (d.id, 3)");
            assertThat(tables.count("ledger WHERE amount = id * 10")).isZero();
        }
    }
}
