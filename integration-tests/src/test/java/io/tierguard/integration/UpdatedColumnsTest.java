package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an UPDATE sets off on PostgreSQL by the columns that it sets, and by those that are generated from them; rule V39. */
class UpdatedColumnsTest {
    private static final String POLICY = """
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert on ledger
              grant select, insert, update, delete, extend, alter on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT)",
        "INSERT INTO ledger VALUES (1), (2)",
        "CREATE FUNCTION wipe() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM ledger; RETURN NULL; END'",
        "CREATE FUNCTION notes() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.note := 5; RETURN NEW; END'",
        "CREATE TABLE base (id INT PRIMARY KEY)",
        "INSERT INTO base VALUES (1)",
        "CREATE TABLE draft (id INT PRIMARY KEY, amount INT, note INT REFERENCES base ON UPDATE CASCADE,"
                + " twice INT GENERATED ALWAYS AS (amount * 2) STORED)",
        "INSERT INTO draft VALUES (1, 1, 1)",
        "CREATE VIEW shown AS SELECT id, amount AS a, note AS n FROM draft",
    };

    @TempDir
    private Path folder;

    private GuardedTables open(String... more) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, TABLES);
        tables.prepare(more);
        return tables;
    }

    private static void assertHarm(GuardedTables tables, List<String> harmful) throws SQLException {
        for (String sql : harmful) {
            tables.assertDenied(Reason.CASCADE, sql, "ledger");
            try (Connection connection = tables.connectPastTheGuard();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(sql);
                assertThat(statement.executeUpdate("DELETE FROM ledger WHERE id = 1"))
                        .as(sql)
                        .isZero();
                connection.rollback();
            }
        }
    }

    @Test
    void aTriggerOfAColumnRunsWhereThatIsSet() throws Exception {
        try (GuardedTables tables =
                open("CREATE TRIGGER cut AFTER UPDATE OF note ON draft FOR EACH ROW EXECUTE FUNCTION wipe()")) {
            tables.assertAllowed(
                    "UPDATE draft SET amount = 7",
                    "UPDATE shown SET a = 8",
                    "INSERT INTO draft (id, amount) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET amount = 9",
                    "MERGE INTO draft USING (VALUES (1)) v (i) ON id = i WHEN MATCHED THEN UPDATE SET amount = 3");
            assertHarm(
                    tables,
                    List.of(
                            "UPDATE draft SET note = note",
                            "UPDATE draft SET (amount, note) = (1, 1)",
                            "UPDATE shown SET n = 1",
                            "INSERT INTO draft (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET note = 1",
                            "MERGE INTO draft USING (VALUES (1)) v (i) ON id = i WHEN MATCHED AND i = 2 THEN"
                                    + " UPDATE SET note = 1 WHEN MATCHED THEN UPDATE SET amount = 1",
                            "UPDATE base SET id = 2"));
            assertHeldTogether(tables);
            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    /** By the names that columns have got meanwhile, it is the column of the trigger that is set. */
    private static void assertHeldTogether(GuardedTables tables) throws SQLException {
        String rename = "ALTER TABLE draft RENAME note TO x; ALTER TABLE draft RENAME amount TO note; ";
        tables.assertDenied(Reason.UNREADABLE_SQL, rename + "UPDATE draft SET x = 1");
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE draft RENAME note TO x");
            statement.execute("ALTER TABLE draft RENAME amount TO note");
            statement.execute("UPDATE draft SET note = 1");
            GuardedTables.assertDenied(statement, Reason.CASCADE, "UPDATE draft SET x = 1", "ledger");
            connection.rollback();
        }
    }

    @Test
    void aColumnIsNotSetByWhatABeforeTriggerDoes() throws Exception {
        try (GuardedTables tables = open(
                "CREATE TRIGGER cut AFTER UPDATE OF note ON draft FOR EACH ROW EXECUTE FUNCTION wipe()",
                "INSERT INTO base VALUES (5)",
                "CREATE TRIGGER note BEFORE UPDATE ON draft FOR EACH ROW EXECUTE FUNCTION notes()")) {
            tables.assertAllowed("UPDATE draft SET amount = 7");
            assertThat(tables.count("draft WHERE note = 5")).isEqualTo(1);
            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    @Test
    void aGeneratedColumnIsSetWithThoseItComesFrom() throws Exception {
        try (GuardedTables tables = open(
                "ALTER TABLE draft ADD virtual INT GENERATED ALWAYS AS (amount * 3) VIRTUAL",
                "CREATE TRIGGER cut AFTER UPDATE OF twice ON draft FOR EACH ROW EXECUTE FUNCTION wipe()")) {
            tables.assertAllowed("UPDATE draft SET note = 1");
            assertHarm(tables, List.of("UPDATE draft SET amount = amount", "UPDATE draft SET twice = DEFAULT"));
            tables.prepare(
                    "DROP TRIGGER cut ON draft",
                    "CREATE TRIGGER cut AFTER UPDATE OF virtual ON draft FOR EACH ROW EXECUTE FUNCTION wipe()");
            Thread.sleep(1_100); // a new connection reads a schema again that is older than a second
            tables.assertAllowed("UPDATE draft SET note = 1");
            assertHarm(tables, List.of("UPDATE draft SET amount = amount"));
        }
    }

    @Test
    void aTriggerBeforeThemHasAllGenerated() throws Exception {
        try (GuardedTables tables = open(
                "CREATE TRIGGER cut AFTER UPDATE OF twice ON draft FOR EACH ROW EXECUTE FUNCTION wipe()",
                "CREATE TRIGGER note BEFORE UPDATE ON draft FOR EACH ROW EXECUTE FUNCTION notes()",
                "ALTER TABLE draft DISABLE TRIGGER note")) {
            assertHarm(tables, List.of("UPDATE draft SET note = 1"));
        }
    }

    @Test
    void aKeyToAGeneratedColumnHearsOfThoseItComesFrom() throws Exception {
        try (GuardedTables tables = open(
                "ALTER TABLE draft ADD UNIQUE (twice)",
                "INSERT INTO draft VALUES (2, 2, 1)",
                "UPDATE draft SET amount = id",
                "ALTER TABLE ledger ADD draft INT REFERENCES draft (twice) ON UPDATE CASCADE",
                "UPDATE ledger SET draft = id * 2")) {
            tables.assertAllowed(
                    "UPDATE draft SET note = 1",
                    "INSERT INTO draft VALUES (1) ON CONFLICT (id) DO UPDATE SET note = excluded.note",
                    "MERGE INTO draft USING (VALUES (1)) v (i) ON id = i WHEN MATCHED THEN UPDATE SET note = 1");
            for (String sql : new String[] {
                "UPDATE draft SET amount = amount + 10",
                "UPDATE shown SET a = a + 10",
                "INSERT INTO draft VALUES (1) ON CONFLICT (id) DO UPDATE SET amount = 10",
            }) {
                tables.assertDenied(Reason.CASCADE, sql, "ledger.draft");
            }
            tables.prepare("CREATE TRIGGER note BEFORE UPDATE ON draft FOR EACH ROW EXECUTE FUNCTION notes()");
            Thread.sleep(1_100);
            tables.assertDenied(Reason.CASCADE, "UPDATE draft SET note = 1", "ledger.draft");
        }
    }
}
