package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/**
 * The oracle: through the guard no row of an immutable table changes, and past the guard each statement of the list shows
 * that it would have changed one.
 */
class ProtectedRowsTest {

    /** Statements that both databases run. */
    private static final List<String> EVERYWHERE = List.of(
            "UPDATE ledger_entry SET amount = 0",
            "UPDATE ledger_entry SET amount = 0 WHERE id = 1",
            "update\n\tLeDgEr_EnTrY set amount = 0 where id = 1",
            "UPDATE /* harmless */ ledger_entry -- really\n SET amount = 0",
            "UPDATE \"ledger_entry\" SET amount = 0",
            "UPDATE public.ledger_entry SET amount = 0",
            "UPDATE ledger_entry AS orders SET amount = 0",
            "DELETE FROM ledger_entry",
            "DELETE FROM ledger_entry WHERE id IN (SELECT id FROM orders)",
            "DELETE FROM public.ledger_entry WHERE id = 1",
            "DELETE FROM ledger_entry orders WHERE orders.id = 1",
            "TRUNCATE TABLE ledger_entry",
            "DROP TABLE ledger_entry",
            "DROP TABLE IF EXISTS ledger_entry CASCADE",
            "ALTER TABLE ledger_entry DROP COLUMN amount",
            "ALTER TABLE ledger_entry RENAME TO gone",
            "MERGE INTO ledger_entry l USING (SELECT 1 AS id) s ON l.id = s.id WHEN MATCHED THEN UPDATE SET amount = 0",
            "MERGE INTO ledger_entry l USING orders o ON l.id = o.id WHEN MATCHED THEN DELETE",
            "SELECT 1; DELETE FROM ledger_entry",
            "INSERT INTO orders VALUES (7, 1, 'new'); UPDATE ledger_entry SET amount = 0",
            ";;DELETE FROM ledger_entry;",
            "UPDATE payment SET amount = 0 WHERE id = 1",
            "UPDATE payment SET status = 'paid', amount = 0 WHERE id = 1",
            "DELETE FROM payment WHERE id = 1");

    private static final List<String> ON_H2 = List.of(
            "MERGE INTO ledger_entry (id, account, amount) KEY (id) VALUES (1, 'cash', 0)",
            "SELECT * FROM FINAL TABLE (UPDATE ledger_entry SET amount = 0)",
            "SELECT COUNT(*) FROM OLD TABLE (DELETE FROM ledger_entry)",
            "EXPLAIN ANALYZE DELETE FROM ledger_entry",
            "EXECUTE IMMEDIATE 'DELETE FROM ledger_entry'",
            "DROP ALL OBJECTS",
            "UPDATE `LEDGER_ENTRY` SET amount = 0",
            "UPDATE \"LEDGER_ENTRY\" SET amount = 0",
            "UPDATE U&\"LEDGER\\005fENTRY\" SET amount = 0",
            "DELETE FROM ledger_entry // a comment of H2",
            "TRUNCATE TABLE public.ledger_entry RESTART IDENTITY");

    private static final List<String> ON_POSTGRESQL = List.of(
            "INSERT INTO ledger_entry VALUES (1, 'cash', 0) ON CONFLICT (id) DO UPDATE SET amount = 0",
            "WITH gone AS (DELETE FROM ledger_entry RETURNING *) SELECT count(*) FROM gone",
            "WITH changed AS (UPDATE ledger_entry SET amount = 0 RETURNING id) INSERT INTO orders SELECT id + 100, 1, 'x' FROM changed",
            "WITH ledger_entry AS (SELECT 1) DELETE FROM ledger_entry",
            "DELETE FROM ONLY ledger_entry",
            "DELETE FROM ledger_entry *",
            "DELETE FROM ledger_entry USING orders WHERE orders.id = ledger_entry.id",
            "UPDATE ledger_entry SET amount = 0 FROM orders WHERE orders.id = ledger_entry.id",
            "TRUNCATE orders, ledger_entry",
            "TRUNCATE ONLY ledger_entry",
            "EXPLAIN ANALYZE DELETE FROM ledger_entry",
            "EXPLAIN (COSTS OFF, ANALYZE) UPDATE ledger_entry SET amount = 0",
            "DO $$ BEGIN DELETE FROM ledger_entry; END $$",
            "PREPARE wipe AS DELETE FROM ledger_entry; EXECUTE wipe",
            "COPY (DELETE FROM ledger_entry RETURNING *) TO STDOUT",
            "UPDATE U&\"ledger!005fentry\" UESCAPE '!' SET amount = 0",
            "DELETE FROM ledger_entry /* /* nested */ DELETE */",
            "SELECT 'it''s' /* ' */; DELETE FROM ledger_entry --'",
            "SELECT $a$ ; $a$; DELETE FROM ledger_entry",
            "DROP SCHEMA public CASCADE",
            "CREATE RULE r AS ON INSERT TO orders DO INSTEAD DELETE FROM ledger_entry; INSERT INTO orders VALUES (9, 1, 'x')",
            "CREATE FUNCTION wipe() RETURNS void LANGUAGE sql AS 'DELETE FROM ledger_entry'; SELECT wipe()",
            "SET search_path TO other, public; DELETE FROM ledger_entry");

    /** Statements that a database refuses to this user by itself, which is no reason to let them through. */
    private static final List<String> REFUSED_BY_THE_DATABASE_TOO = List.of(
            "DROP SCHEMA public CASCADE",
            "DROP OWNED BY CURRENT_USER CASCADE",
            "SELECT query_to_xml('DELETE FROM ledger_entry RETURNING 1', true, true, '')");

    static Stream<Arguments> attempts() {
        return Stream.concat(
                attacks(),
                Stream.of(LiveDatabase.values())
                        .flatMap(database ->
                                REFUSED_BY_THE_DATABASE_TOO.stream().map(sql -> Arguments.of(database, sql))));
    }

    static Stream<Arguments> attacks() {
        return Stream.of(LiveDatabase.values())
                .flatMap(database -> statementsFor(database).map(sql -> Arguments.of(database, sql)));
    }

    private static Stream<String> statementsFor(LiveDatabase database) {
        List<String> own = database == LiveDatabase.H2 ? ON_H2 : ON_POSTGRESQL;
        return Stream.concat(EVERYWHERE.stream(), own.stream())
                .map(sql -> database == LiveDatabase.H2 ? sql.replace("\"ledger_entry\"", "\"LEDGER_ENTRY\"") : sql);
    }

    /** The shops in which nothing changes, so that all attempts share them. */
    @TempDir
    private static Path shared;

    private static final Map<LiveDatabase, Shop> SHOPS = new EnumMap<>(LiveDatabase.class);

    @BeforeAll
    static void openShops() throws SQLException {
        for (LiveDatabase database : LiveDatabase.values()) {
            SHOPS.put(database, Shop.open(database, shared));
        }
    }

    @AfterAll
    static void closeShops() throws SQLException {
        for (Shop shop : SHOPS.values()) {
            shop.close();
        }
        SHOPS.clear();
    }

    private static Shop sharedShop(LiveDatabase database) {
        return Objects.requireNonNull(SHOPS.get(database));
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void noWayInChangesAProtectedRow(LiveDatabase database, String sql) throws Exception {
        Shop shop = sharedShop(database);
        List<String> ledger = shop.rowsOf("ledger_entry");
        List<String> payments = shop.rowsOf("payment");
        int recorded = shop.recorded().size();
        try (Connection connection = shop.connectAs("checkout")) {
            try (Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> statement.executeUpdate(sql)).isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> statement.executeLargeUpdate(sql)).isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> statement.executeQuery(sql)).isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> {
                            statement.addBatch(sql);
                            statement.executeBatch();
                        })
                        .isInstanceOf(DenialException.class);
            }
            assertThatThrownBy(() -> {
                        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
                            prepared.execute();
                        }
                    })
                    .isInstanceOf(DenialException.class);
            assertThatThrownBy(() -> connection.prepareCall(sql)).isInstanceOf(DenialException.class);
        }
        assertThat(shop.rowsOf("ledger_entry")).isEqualTo(ledger);
        assertThat(shop.rowsOf("payment")).isEqualTo(payments);
        List<String> lines = shop.auditLines();
        assertThat(lines.subList(recorded, lines.size()))
                .hasSizeGreaterThanOrEqualTo(7)
                .allMatch(line -> line.contains("\"decision\":\"deny\""));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void pastTheGuardTheSameStatementDoesItsDamage(LiveDatabase database, String sql, @TempDir Path folder)
            throws Exception {
        switch (database) {
            case H2 -> {
                try (Shop shop = Shop.open(database, folder);
                        Connection connection = shop.connectPastTheGuard()) {
                    assertDoesDamage(connection, sql);
                }
            }
            case POSTGRESQL -> {
                try (Connection connection = sharedShop(database).connectPastTheGuard()) {
                    connection.setAutoCommit(false); // which undoes all of them, structure too
                    assertDoesDamage(connection, sql);
                    connection.rollback();
                }
            }
        }
    }

    private static void assertDoesDamage(Connection connection, String sql) throws SQLException, IOException {
        String before = everything(connection);
        try (Statement statement = connection.createStatement()) {
            if (sql.startsWith("COPY")) {
                connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, Writer.nullWriter());
            } else {
                statement.execute(sql);
            }
        }
        assertThat(everything(connection)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void insertAndSelectPassAndAreRecorded(LiveDatabase database, @TempDir Path folder) throws Exception {
        try (Shop shop = Shop.open(database, folder)) {
            try (Connection connection = shop.connectAs("checkout");
                    Statement statement = connection.createStatement();
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO ledger_entry VALUES (?, ?, ?)")) {
                assertThat(statement.executeUpdate("INSERT INTO ledger_entry VALUES (4, 'cash', 4.00)"))
                        .isEqualTo(1);
                insert.setInt(1, 5);
                insert.setString(2, "bank");
                insert.setBigDecimal(3, new java.math.BigDecimal("5.00"));
                assertThat(insert.executeUpdate()).isEqualTo(1);
                assertThat(statement
                                .executeQuery("SELECT count(*) FROM ledger_entry")
                                .next())
                        .isTrue();
                assertThat(statement.executeUpdate("UPDATE payment SET status = 'paid' WHERE id = 1"))
                        .isEqualTo(1);
                assertThat(statement.executeUpdate("UPDATE orders SET state = 'paid' WHERE id = 1"))
                        .isEqualTo(1);
                assertThat(statement.executeUpdate("DELETE FROM orders WHERE id = 2"))
                        .isEqualTo(1);
            }
            assertThat(shop.rowsOf("ledger_entry")).hasSize(5);
            assertThat(shop.auditLines())
                    .filteredOn(line -> line.contains("\"stage\":\"decision\""))
                    .hasSize(6)
                    .allMatch(line -> line.contains("\"decision\":\"allow\""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReaderWritesNothing(LiveDatabase database, @TempDir Path folder) throws Exception {
        try (Shop shop = Shop.open(database, folder)) {
            try (Connection connection = shop.connectAs("reporting");
                    Statement statement = connection.createStatement()) {
                assertThat(statement
                                .executeQuery("SELECT * FROM orders JOIN customer ON customer.id = customer_id")
                                .next())
                        .isTrue();
                assertThatThrownBy(() -> statement.executeUpdate("UPDATE orders SET state = 'x'"))
                        .hasMessageContaining("reporting may not UPDATE orders")
                        .hasMessageContaining("not granted");
                assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM unclassified"))
                        .hasMessageContaining("no pattern of the policy covers unclassified");
            }
        }
    }

    private static String everything(Connection connection) {
        StringBuilder state = new StringBuilder();
        for (String table : List.of("ledger_entry", "payment")) {
            try {
                state.append(Shop.rowsOf(connection, table));
            } catch (SQLException e) {
                state.append("gone: ").append(table);
            }
        }
        return state.toString();
    }
}
