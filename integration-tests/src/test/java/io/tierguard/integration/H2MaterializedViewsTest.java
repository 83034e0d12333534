package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The query of a materialized view of H2, which SCRIPT tells to an administrator, counts when the view is refreshed. */
class H2MaterializedViewsTest {
    private static final String POLICY = """
            table ledger is ledger
            table archive.note is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT PRIMARY KEY)",
        "CREATE TABLE orders (id INT PRIMARY KEY)",
        "INSERT INTO orders VALUES (1), (2)",
        "CREATE TABLE note (id INT PRIMARY KEY)",
        "CREATE TABLE watched (id INT PRIMARY KEY)",
        "CREATE TABLE \"Odd\"\"ly\" (id INT PRIMARY KEY)",
        "CREATE SCHEMA archive",
        "CREATE TABLE archive.note (id INT PRIMARY KEY)",
        "CREATE VIEW wiping AS SELECT * FROM OLD TABLE (DELETE FROM ledger)",
    };

    /** What the trigger runs. */
    public static final class Wipes implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM public.ledger");
            }
        }
    }

    @TempDir
    private Path folder;

    private static void assertHarmful(GuardedTables tables, Statement maker, String view, String harmed)
            throws SQLException {
        maker.execute("MERGE INTO " + harmed + " VALUES (1)");
        tables.assertDenied(Reason.CASCADE, "REFRESH MATERIALIZED VIEW " + view, "by the query of the view", harmed);
        assertThat(tables.count(harmed)).as(view).isOne();
        maker.execute("REFRESH MATERIALIZED VIEW " + view);
        assertThat(tables.count(harmed)).as(view + " past the guard").isZero();
    }

    @Test
    void whatItsQueryDoesIsFollowed() throws Exception {
        // H2 fills a view by the session that made it.
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, POLICY, SCHEMA);
                Connection connection = tables.connectPastTheGuard();
                Statement maker = connection.createStatement()) {
            maker.execute("CREATE MATERIALIZED VIEW turnover AS SELECT max(id) AS most FROM orders");
            maker.execute("CREATE MATERIALIZED VIEW \"Odd\"\"view\" AS SELECT id FROM \"Odd\"\"ly\"");
            maker.execute("CREATE MATERIALIZED VIEW direct AS SELECT * FROM OLD TABLE (DELETE FROM ledger)");
            maker.execute("CREATE MATERIALIZED VIEW by_view AS SELECT * FROM wiping");
            maker.execute("SET SCHEMA archive");
            maker.execute("CREATE MATERIALIZED VIEW public.elsewhere AS SELECT * FROM OLD TABLE (DELETE FROM note)");
            maker.execute("SET SCHEMA public");
            maker.execute("INSERT INTO orders VALUES (3)");
            tables.assertAllowed("REFRESH MATERIALIZED VIEW turnover", "REFRESH MATERIALIZED VIEW \"Odd\"\"view\"");
            assertThat(tables.count("turnover WHERE most = 3")).isOne();
            assertHarmful(tables, maker, "direct", "ledger");
            assertHarmful(tables, maker, "by_view", "ledger");
            assertHarmful(tables, maker, "elsewhere", "archive.note");
        }
    }

    @Test
    void aTriggerOnWhatItReadsIsFollowed() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, POLICY, SCHEMA);
                Connection connection = tables.connectPastTheGuard();
                Statement maker = connection.createStatement()) {
            maker.execute("CREATE VIEW watching AS SELECT id FROM watched");
            maker.execute("CREATE MATERIALIZED VIEW seen AS SELECT id FROM watched");
            maker.execute("CREATE MATERIALIZED VIEW seen_behind AS SELECT id FROM watching");
            maker.execute("CREATE TRIGGER wipes BEFORE SELECT ON watched CALL '" + Wipes.class.getName() + "'");
            for (String view : List.of("seen", "seen_behind")) {
                maker.execute("MERGE INTO ledger VALUES (1)");
                tables.assertDenied(Reason.UNKNOWN_ROUTINE, "REFRESH MATERIALIZED VIEW " + view, "wipes");
                maker.execute("REFRESH MATERIALIZED VIEW " + view);
                assertThat(tables.count("ledger")).as(view).isZero();
            }
        }
    }

    @Test
    void aQueryThatNobodyTellsIsRefused() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, POLICY, SCHEMA);
                Connection connection = tables.connectPastTheGuard();
                Statement maker = connection.createStatement()) {
            maker.execute("CREATE USER clerk PASSWORD ''");
            maker.execute("GRANT ALL ON SCHEMA public TO clerk");
            maker.execute("CREATE MATERIALIZED VIEW direct AS SELECT * FROM OLD TABLE (DELETE FROM ledger)");
            maker.execute("INSERT INTO ledger VALUES (1)");
            Properties settings = new Properties();
            settings.putAll(tables.settings());
            settings.put("user", "clerk");
            settings.put("password", "");
            String url = tables.realUrl().replace("jdbc:", "jdbc:tierguard:").replace(";DB_CLOSE_DELAY=-1", "");
            try (Connection guarded = DriverManager.getConnection(url, settings);
                    Statement statement = guarded.createStatement()) {
                GuardedTables.assertDenied(
                        statement, Reason.UNKNOWN_ROUTINE, "REFRESH MATERIALIZED VIEW direct", "the query of view");
            }
            assertThat(tables.count("ledger")).isOne();
        }
    }

    /** Which of two that letter case alone tells apart is filled nobody can tell. */
    @Test
    void oneThatHasATwinByLetterCaseIsNotFilled() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, POLICY, SCHEMA);
                Connection connection = tables.connectPastTheGuard();
                Statement maker = connection.createStatement()) {
            maker.execute("CREATE MATERIALIZED VIEW twin AS SELECT * FROM OLD TABLE (DELETE FROM ledger)");
            maker.execute("INSERT INTO ledger VALUES (1)");
            maker.execute("CREATE MATERIALIZED VIEW \"twin\" AS SELECT 1 AS x");
            try (Connection guarded = tables.connect();
                    Statement statement = guarded.createStatement()) {
                assertThatThrownBy(() -> statement.execute("REFRESH MATERIALIZED VIEW twin"))
                        .isInstanceOf(DenialException.class);
            }
            assertThat(tables.count("ledger")).isOne();
            maker.execute("REFRESH MATERIALIZED VIEW twin");
            assertThat(tables.count("ledger")).isZero();
        }
    }
}
