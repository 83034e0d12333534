package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a session makes of its names, no protected row changes. */
class SessionTest {

    @TempDir
    private Path folder;

    @Test
    void aPathSetForOneTransactionIsForgottenWithIt() throws Exception {
        try (Shop shop = journals(LiveDatabase.POSTGRESQL);
                Connection connection = shop.connectAs("checkout");
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO accounting");
            assertDenied(statement, "DELETE FROM journal");
            for (String local :
                    List.of("SET LOCAL search_path TO public", "SELECT set_config('search_path', 'public', true)")) {
                statement.execute("BEGIN");
                statement.execute(local);
                statement.execute("COMMIT");
                assertDenied(statement, "DELETE FROM journal");
            }
            statement.execute("START TRANSACTION");
            statement.execute("SET search_path TO public");
            statement.execute("SAVEPOINT a");
            statement.execute("ROLLBACK TO a");
            statement.execute("ROLLBACK");
            assertDenied(statement, "DELETE FROM journal");
            assertThat(rows(shop)).isEqualTo(1);
        }
    }

    /** With a fetch size, a row is computed when it is fetched, which may be after the application has set another path. */
    @Test
    void aPathSetByARowThatIsFetchedLaterIsNotSetAtAll() throws Exception {
        String later = "SELECT set_config('search_path', 'accounting', true) FROM generate_series(1, 2)";
        try (Shop shop = journals(LiveDatabase.POSTGRESQL)) {
            try (Connection connection = shop.connectAs("checkout");
                    Statement statement = connection.createStatement();
                    Statement fetching = connection.createStatement()) {
                connection.setAutoCommit(false);
                fetching.setFetchSize(1);
                for (String sql : List.of(
                        later,
                        "VALUES (set_config('search_path', 'public', true)), (set_config('search_path', 'accounting', true))",
                        "SELECT set_config('search_path', 'accounting', true), generate_series(1, 2)",
                        "SELECT 1 UNION ALL SELECT length(set_config('search_path', 'accounting', true))")) {
                    assertDenied(fetching, sql);
                    assertThatThrownBy(() -> connection.prepareStatement(sql))
                            .as(sql)
                            .isInstanceOf(DenialException.class);
                    connection.rollback();
                }
                statement.execute("UPDATE journal SET id = 2");
                for (int time = 0; time < 2; time++) {
                    fetching.execute("SELECT set_config('search_path', 'accounting', true)");
                    Savepoint before = connection.setSavepoint();
                    assertDenied(statement, "UPDATE journal SET id = 3");
                    connection.rollback(before);
                    fetching.execute("SELECT set_config('search_path', 'public', true)");
                    statement.execute("UPDATE journal SET id = 2");
                }
                connection.rollback();
                assertThat(rows(shop)).isEqualTo(1);
            }
            try (Connection connection = shop.connectPastTheGuard();
                    Statement statement = connection.createStatement();
                    Statement fetching = connection.createStatement()) {
                connection.setAutoCommit(false);
                fetching.setFetchSize(1);
                try (ResultSet rows = fetching.executeQuery(later)) {
                    rows.next();
                    statement.execute("SET LOCAL search_path TO public");
                    rows.next();
                    statement.execute("UPDATE journal SET id = 3");
                }
                connection.commit();
                assertThat(rows(shop)).as("rows as they were").isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathIsFollowedWhereItIsCertain(LiveDatabase database) throws Exception {
        try (Shop shop = journals(database);
                Connection connection = shop.connectAs("checkout");
                Statement statement = connection.createStatement()) {
            String set = database == LiveDatabase.H2 ? "SET SCHEMA " : "SET search_path TO ";
            statement.execute("UPDATE journal SET id = 2");
            statement.execute(set + "accounting");
            assertDenied(statement, "UPDATE journal SET id = 3");
            statement.execute(set + "public");
            statement.execute("UPDATE journal SET id = 2");
            connection.setSchema(database == LiveDatabase.H2 ? "ACCOUNTING" : "accounting");
            assertDenied(statement, "UPDATE journal SET id = 3");
            connection.setAutoCommit(false);
            statement.execute(set + "public");
            connection.rollback();
            if (database == LiveDatabase.POSTGRESQL) {
                assertDenied(statement, "UPDATE journal SET id = 3");
            }
            assertThat(rows(shop)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aViewMadeAMomentAgoIsSeenThrough(boolean autoCommit) throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = shop.connectToGoOn("migration", Shop.policy());
                Statement statement = connection.createStatement()) {
            List<String> ledger = shop.rowsOf("ledger_entry");
            connection.setAutoCommit(autoCommit);
            assertDenied(statement, "CREATE VIEW scratch_1 AS SELECT * FROM ledger_entry; DELETE FROM scratch_1");
            statement.execute("CREATE VIEW scratch_2 AS SELECT * FROM ledger_entry");
            assertDenied(statement, "DELETE FROM scratch_2");
            statement.execute("ALTER VIEW scratch_2 RENAME TO scratch_3");
            assertDenied(statement, "DELETE FROM scratch_3");
            if (!autoCommit) {
                connection.commit();
            }
            assertDenied(statement, "DELETE FROM scratch_3");
            assertThat(shop.rowsOf("ledger_entry")).isEqualTo(ledger);
        }
    }

    @Test
    void aViewThatCallsCodeIsNoWayAroundTheDenialOfTheCall() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            prepare(
                    shop,
                    "CREATE FUNCTION wipe() RETURNS int LANGUAGE plpgsql AS"
                            + " 'BEGIN DELETE FROM public.ledger_entry; RETURN 1; END'",
                    "CREATE VIEW wiping AS SELECT wipe() AS id FROM orders",
                    "CREATE VIEW outer_wiping AS SELECT * FROM wiping",
                    "CREATE MATERIALIZED VIEW scratch_wiping AS SELECT wipe() AS id WITH NO DATA");
            List<String> ledger = shop.rowsOf("ledger_entry");
            try (Connection connection = shop.connectAs("migration");
                    Statement statement = connection.createStatement()) {
                assertDenied(statement, "SELECT * FROM wiping");
                assertDenied(statement, "SELECT * FROM outer_wiping");
                assertDenied(statement, "UPDATE orders SET state = 'x' WHERE id IN (SELECT id FROM outer_wiping)");
                assertDenied(statement, "EXPLAIN ANALYZE SELECT * FROM wiping");
                assertDenied(statement, "REFRESH MATERIALIZED VIEW scratch_wiping");
            }
            assertThat(shop.rowsOf("ledger_entry")).isEqualTo(ledger);
            prepare(shop, "REFRESH MATERIALIZED VIEW scratch_wiping");
            assertThat(shop.rowsOf("ledger_entry")).isEmpty();
        }
    }

    @Test
    void aSynonymIsItsTableInEveryVerb() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.H2, folder)) {
            prepare(shop, "CREATE SYNONYM scratch_books FOR ledger_entry");
            try (Connection connection = shop.connectAs("migration");
                    Statement statement = connection.createStatement()) {
                assertDenied(statement, "TRUNCATE TABLE scratch_books");
                assertDenied(statement, "DELETE FROM scratch_books");
            }
        }
    }

    private Shop journals(LiveDatabase database) throws SQLException {
        Shop shop = Shop.open(database, folder);
        prepare(
                shop,
                "CREATE SCHEMA accounting",
                "CREATE TABLE accounting.journal (id INT)",
                "CREATE TABLE public.journal (id INT)",
                "INSERT INTO accounting.journal VALUES (1)",
                "INSERT INTO public.journal VALUES (1)");
        return shop;
    }

    private static int rows(Shop shop) throws SQLException {
        return shop.rowsOf("accounting.journal").equals(List.of("1")) ? 1 : 0;
    }

    private static void prepare(Shop shop, String... statements) throws SQLException {
        try (Connection connection = shop.connectPastTheGuard();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void assertDenied(Statement statement, String sql) {
        assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(DenialException.class);
    }
}
