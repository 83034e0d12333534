package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ON DELETE SET NULL (column)} of PostgreSQL sets the columns that it names, of a key of more. */
class KeysOfSomeColumnsTest {
    private static final String POLICY = """
            table ledger is ledger {
              mutable status
            }
            table * is operational

            component app {
              grant select, insert, update on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    @TempDir
    private Path folder;

    private GuardedTables open(String onDelete) throws Exception {
        return GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                POLICY,
                "CREATE TABLE st (a int, status int, PRIMARY KEY (a, status))",
                "INSERT INTO st VALUES (10, 1), (20, 2)",
                "CREATE TABLE ledger (id int PRIMARY KEY, a int, status int, FOREIGN KEY (a, status) REFERENCES st "
                        + onDelete + ")",
                "INSERT INTO ledger VALUES (1, 10, 1)");
    }

    @Test
    void theyAloneAreSet() throws Exception {
        try (GuardedTables tables = open("ON DELETE SET NULL (status)")) {
            tables.assertAllowed("DELETE FROM st WHERE a = 10");
            assertThat(tables.count("ledger WHERE a = 10 AND status IS NULL")).isEqualTo(1);
        }
        try (GuardedTables tables = open("ON DELETE SET DEFAULT (status)")) {
            tables.assertAllowed("DELETE FROM st WHERE a = 10");
        }
    }

    @Test
    void anyOtherIsNot() throws Exception {
        for (String onDelete : new String[] {
            "ON DELETE SET NULL",
            "ON DELETE SET NULL (a)",
            "ON DELETE SET DEFAULT (status, a)",
            "ON DELETE CASCADE",
            "ON DELETE SET DEFAULT"
        }) {
            try (GuardedTables tables = open(onDelete)) {
                tables.assertDenied(Reason.CASCADE, "DELETE FROM st WHERE a = 10", "ledger");
                assertThat(tables.count("ledger WHERE a = 10 AND status = 1")).isEqualTo(1);
            }
        }
        try (GuardedTables tables = open("ON UPDATE CASCADE ON DELETE SET NULL (status)")) {
            tables.assertDenied(Reason.CASCADE, "UPDATE st SET a = 11 WHERE a = 10", "ledger");
        }
    }
}
