package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A default that a view of PostgreSQL has of its own is a column that an INSERT into the view sets without naming it; rule V8. */
class ViewDefaultsTest {
    private static final String POLICY = """
            table ledger is ledger
            table * is operational

            component app {
              grant select on ledger
              grant insert (id, note) on ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    @TempDir
    private Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                POLICY,
                "CREATE TABLE ledger (id INT, amount INT, note TEXT DEFAULT 'new')",
                "CREATE VIEW plain AS SELECT id, amount, note FROM ledger",
                "CREATE VIEW filled AS SELECT id AS i, amount AS a, note AS n FROM ledger",
                "ALTER VIEW filled ALTER a SET DEFAULT 666",
                "CREATE VIEW above AS SELECT i AS k, a AS b, n FROM filled",
                "CREATE VIEW noted AS SELECT id, amount, note FROM ledger",
                "ALTER VIEW noted ALTER note SET DEFAULT 'seen'");
    }

    @Test
    void aViewsOwnDefaultIsAmongTheColumnsThatAreSet() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed(
                    "INSERT INTO plain (id) VALUES (1)",
                    "INSERT INTO noted (id) VALUES (2)",
                    "MERGE INTO noted USING (VALUES (3)) v (i) ON id = i WHEN NOT MATCHED THEN INSERT (id) VALUES (i)");
            for (String sql : new String[] {
                "INSERT INTO filled (i) VALUES (4)",
                "INSERT INTO filled (i) SELECT 4",
                "INSERT INTO filled (i, n) VALUES (4, 'x')",
                "INSERT INTO filled (i) VALUES (4) ON CONFLICT DO NOTHING",
                "INSERT INTO above (k) VALUES (4)",
                "WITH x AS (INSERT INTO above (k) VALUES (4) RETURNING k) SELECT k FROM x",
                "MERGE INTO filled USING (VALUES (4)) v (o) ON i = o WHEN NOT MATCHED THEN INSERT (i) VALUES (o)",
            }) {
                tables.assertDenied(Reason.NOT_GRANTED, sql, "INSERT into public.ledger (amount)");
                assertHarms(tables, sql);
            }
            tables.assertDenied(Reason.NOT_GRANTED, "INSERT INTO filled DEFAULT VALUES");
        }
    }

    /** A view takes the default of the type, whatever that of the table's column is. */
    @Test
    void soIsTheDefaultOfAType() throws Exception {
        try (GuardedTables tables = open()) {
            tables.prepare(
                    "CREATE DOMAIN sum AS INT DEFAULT 666",
                    "ALTER TABLE ledger ADD total sum DEFAULT 5",
                    "CREATE VIEW typed AS SELECT id, total AS t FROM ledger",
                    "CREATE VIEW short AS SELECT id, note FROM ledger");
            tables.assertAllowed("INSERT INTO ledger (id) VALUES (1)", "INSERT INTO short (id) VALUES (2)");
            assertThat(tables.count("ledger WHERE total = 5")).isEqualTo(2);
            String sql = "INSERT INTO typed (id) VALUES (4)";
            tables.assertDenied(Reason.NOT_GRANTED, sql, "INSERT into public.ledger (total)");
            tables.prepare(sql);
            assertThat(tables.count("ledger WHERE total = 666")).isEqualTo(1);
        }
    }

    /** Past the guard the statement sets the column that is not granted. */
    private static void assertHarms(GuardedTables tables, String sql) throws SQLException {
        try (Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            assertThat(statement.executeUpdate("DELETE FROM ledger WHERE amount = 666"))
                    .as(sql)
                    .isEqualTo(1);
            connection.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER VIEW plain", "ALTER TABLE plain"})
    void oneThatIsNewCountsAtOnce(String alter) throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            String set = alter + " ALTER amount SET DEFAULT 666";
            String insert = "INSERT INTO plain (id) VALUES (9)";
            GuardedTables.assertDenied(statement, Reason.UNREADABLE_SQL, set + "; " + insert);
            statement.execute(insert);
            statement.execute(set);
            GuardedTables.assertDenied(statement, Reason.NOT_GRANTED, insert, "amount");
            statement.execute(alter + " ALTER amount DROP DEFAULT");
            statement.execute(insert);
            connection.setAutoCommit(false);
            statement.execute(set);
            GuardedTables.assertDenied(statement, Reason.NOT_GRANTED, insert, "amount");
            connection.rollback();
            statement.execute(insert);
            connection.commit();
            assertThat(tables.count("ledger WHERE amount IS NULL")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void norIsATemporaryOneFilled(boolean autoCommit) throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(autoCommit);
            statement.execute("CREATE TEMP VIEW mine AS SELECT id, amount, note FROM ledger");
            statement.execute("INSERT INTO mine (id) VALUES (1)");
            statement.execute("ALTER VIEW mine ALTER amount SET DEFAULT 666");
            statement.executeQuery("SELECT id, amount FROM mine");
            GuardedTables.assertDenied(
                    statement, Reason.UNREADABLE_SQL, "INSERT INTO mine (id) VALUES (2)", "defaults of its own");
            if (autoCommit) {
                statement.execute("ALTER TABLE mine ALTER amount DROP DEFAULT");
                statement.execute("INSERT INTO mine (id) VALUES (3)");
            }
        }
    }
}
