package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks a view of H2 whose query changes rows changes them. */
class ChangingViewsTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert on ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, note VARCHAR(20), ref INT)",
        "INSERT INTO ledger VALUES (1, 'a', 1), (2, 'b', 2)",
        "CREATE TABLE draft (id INT PRIMARY KEY)",
        "INSERT INTO draft VALUES (1), (2)",
        "CREATE TABLE parent (id INT PRIMARY KEY)",
        "INSERT INTO parent VALUES (1), (2)",
        "ALTER TABLE ledger ADD FOREIGN KEY (ref) REFERENCES parent (id) ON DELETE CASCADE",
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW v AS SELECT * FROM OLD TABLE (DELETE FROM ledger WHERE id = 1)",
                "CREATE VIEW v AS SELECT (SELECT COUNT(*) FROM OLD TABLE (DELETE FROM ledger WHERE note = 'a')) id",
                "CREATE VIEW v AS SELECT id FROM draft WHERE id IN (SELECT id FROM OLD TABLE (DELETE FROM ledger WHERE id = 1))",
                "CREATE VIEW w AS SELECT * FROM OLD TABLE (DELETE FROM ledger WHERE id = 1); CREATE VIEW v AS SELECT id FROM w",
                "CREATE VIEW v AS SELECT * FROM OLD TABLE (DELETE FROM parent WHERE id = 1)",
                "CREATE VIEW v AS WITH d AS (SELECT id FROM OLD TABLE (DELETE FROM parent WHERE id = 1)) SELECT id FROM d",
                "CREATE VIEW v AS SELECT id FROM draft UNION SELECT id FROM OLD TABLE (DELETE FROM ledger WHERE id = 1)",
            })
    void whatAQueryChangesIsHeldAgainstThePolicy(String view) throws Exception {
        for (String sql : new String[] {
            "SELECT * FROM v",
            "INSERT INTO draft SELECT id + 10 FROM v",
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM v)",
            "CREATE TABLE copied AS SELECT * FROM v",
            "DELETE FROM draft WHERE id IN (SELECT id FROM v)"
        }) {
            try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, RULES, TABLES)) {
                tables.prepare(view.split("; "));
                tables.prepare("MERGE INTO ledger VALUES (1, 'a', 1)", "MERGE INTO parent VALUES (1)");
                tables.assertDenied(Reason.CASCADE, sql, "by the query of the view");
                assertThat(tables.count("ledger")).isEqualTo(2);
                tables.prepare(sql);
                assertThat(tables.count("ledger")).as(view + sql).isEqualTo(1);
            }
        }
    }

    @Test
    void byTheNamesThatHoldThen() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, RULES, TABLES)) {
            tables.prepare("CREATE VIEW v AS SELECT id FROM OLD TABLE (DELETE FROM draft WHERE id = 1)");
            tables.assertAllowed("SELECT * FROM v", "SELECT id FROM v");
            assertThat(tables.count("draft")).isEqualTo(1);
            tables.assertAllowed("ALTER TABLE draft RENAME TO done");
            tables.assertDenied(
                    Reason.UNREADABLE_SQL, "ALTER TABLE parent RENAME TO draft; SELECT * FROM v", "one text");
            tables.assertAllowed("ALTER TABLE parent RENAME TO draft");
            tables.assertDenied(Reason.CASCADE, "SELECT * FROM v", "by the query of the view");
            tables.prepare("SELECT * FROM v");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }
}
