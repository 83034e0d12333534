package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A foreign key of PostgreSQL that is not enforced does nothing, until it is; rule V40. */
class UnenforcedKeysTest {
    private static final String POLICY = """
            table ledger* is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    private static final String ENFORCE = "ALTER TABLE line ALTER CONSTRAINT of_draft ENFORCED";

    @TempDir
    private Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                POLICY,
                "CREATE TABLE draft (id INT PRIMARY KEY)",
                "INSERT INTO draft VALUES (1), (2), (3), (4)",
                "CREATE TABLE ledger (id INT REFERENCES draft ON DELETE CASCADE ON UPDATE CASCADE NOT ENFORCED)",
                "INSERT INTO ledger VALUES (1), (2)",
                "CREATE TABLE line (id INT PRIMARY KEY, draft INT, CONSTRAINT of_draft FOREIGN KEY (draft)"
                        + " REFERENCES draft ON DELETE CASCADE ON UPDATE SET NULL NOT ENFORCED)",
                "INSERT INTO line VALUES (1, 4)",
                "CREATE TABLE ledger_line (line INT REFERENCES line ON DELETE CASCADE)",
                "INSERT INTO ledger_line VALUES (1)");
    }

    @Test
    void itDoesNothing() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed("DELETE FROM draft WHERE id = 1", "UPDATE draft SET id = 20 WHERE id = 2");
            assertThat(tables.count("ledger")).isEqualTo(2);
            tables.assertDenied(Reason.CASCADE, "DELETE FROM line", "ledger_line");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onceItIsEnforcedItActs(boolean autoCommit) throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM draft WHERE id = 3");
            connection.setAutoCommit(autoCommit);
            statement.execute(ENFORCE);
            GuardedTables.assertDenied(
                    statement, Reason.CASCADE, "DELETE FROM draft", "public.draft → public.line", "ledger_line");
            assertThat(tables.count("ledger_line")).isEqualTo(1);
        }
    }

    @Test
    void norIsItInOneTextOrBatch() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            GuardedTables.assertDenied(statement, Reason.UNREADABLE_SQL, ENFORCE + "; DELETE FROM draft");
            GuardedTables.assertDenied(statement, Reason.UNREADABLE_SQL, ENFORCE + "; UPDATE draft SET id = id + 50");
            GuardedTables.assertDenied(
                    statement, Reason.UNREADABLE_SQL, "ALTER TABLE line RENAME TO other; DELETE FROM draft");
            statement.execute("ALTER TABLE line ADD note TEXT; DELETE FROM draft WHERE id = 3");
        }
    }
}
