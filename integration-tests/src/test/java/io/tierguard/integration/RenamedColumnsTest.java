package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A column that is renamed is known by its new name, to the keys that refer to it and to the views that show it. */
class RenamedColumnsTest {
    private static final String RULES = """
            table ledger_open is ledger {
              mutable note
            }

            table ledger is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant update (note) on ledger_open
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aRenamedColumnIsKnownAtOnce(LiveDatabase database) throws Exception {
        boolean isH2 = database == LiveDatabase.H2;
        try (GuardedTables tables = GuardedTables.open(
                        database,
                        folder,
                        RULES,
                        "CREATE TABLE parent (id INT PRIMARY KEY, k INT UNIQUE, s INT UNIQUE)",
                        "CREATE TABLE ledger (k INT REFERENCES parent (k) ON UPDATE CASCADE)",
                        "INSERT INTO parent VALUES (1, 1, 1)",
                        "INSERT INTO ledger VALUES (1)",
                        "CREATE TABLE ledger_open (id INT PRIMARY KEY, amount INT, note INT)",
                        "INSERT INTO ledger_open VALUES (1, 1, 1)",
                        "CREATE VIEW shown AS SELECT id, amount AS a, note AS b FROM ledger_open");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE parent SET s = 5 WHERE id = 1");
            for (String[] names : new String[][] {{"k", "z"}, {"s", "k"}, {"z", "s"}}) {
                statement.execute("ALTER TABLE parent "
                        + (isH2 ? "ALTER COLUMN " + names[0] + " RENAME TO " : "RENAME COLUMN " + names[0] + " TO ")
                        + names[1]);
            }
            GuardedTables.assertDenied(statement, Reason.CASCADE, "UPDATE parent SET s = 7 WHERE id = 1");
            statement.execute("UPDATE parent SET k = 7 WHERE id = 1");
            assertThat(tables.count("ledger WHERE k = 1")).isEqualTo(1);
            if (!isH2) {
                statement.execute("UPDATE shown SET b = 2 WHERE id = 1");
                for (String[] names : new String[][] {{"a", "c"}, {"b", "a"}, {"c", "b"}}) {
                    statement.execute("ALTER VIEW shown RENAME COLUMN " + names[0] + " TO " + names[1]);
                }
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_COLUMN, "UPDATE shown SET b = 3 WHERE id = 1");
                assertThat(tables.count("ledger_open WHERE amount = 1")).isEqualTo(1);
            }
        }
    }
}
