package io.tierguard.integration;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is made and filled in one text runs what it took over from another table, and nothing else of that. */
class FilledAsMadeTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on *
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void onlyWhatIsTakenOverCounts() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE ledger (id INT)",
                "CREATE TABLE log (id INT)",
                "CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM ledger; SELECT 1'",
                "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN INSERT INTO log VALUES (1); RETURN NEW; END'",
                "CREATE TABLE wiping (id INT DEFAULT wipe())",
                "CREATE TABLE noted (id INT PRIMARY KEY)",
                "CREATE TRIGGER note AFTER INSERT ON noted FOR EACH ROW EXECUTE FUNCTION note()")) {
            tables.assertDenied(
                    Reason.UNREADABLE_SQL,
                    "CREATE TABLE a (LIKE wiping INCLUDING ALL); INSERT INTO a DEFAULT VALUES",
                    "statement 2 of 2");
            tables.assertAllowed("CREATE TABLE b (id INT REFERENCES noted); INSERT INTO b VALUES (NULL)");
            tables.assertAllowed(
                    "CREATE TABLE d (id INT REFERENCES noted ON DELETE CASCADE); INSERT INTO d VALUES (NULL)");
            tables.assertDenied(
                    Reason.UNREADABLE_SQL,
                    "CREATE TABLE e (id INT REFERENCES noted ON DELETE CASCADE); DELETE FROM noted",
                    "statement 2 of 2");
            tables.assertAllowed("CREATE TABLE c AS SELECT * FROM noted; INSERT INTO c VALUES (2)");
        }
    }
}
