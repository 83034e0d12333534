package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of JDBC that change rows, or hand text to the database, without a statement's text. */
class DoorsWithoutSqlTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aColumnUnderAnotherNameIsStillItself(LiveDatabase database) throws Exception {
        try (Shop shop = Shop.open(database, folder);
                Connection connection = shop.connectAs("checkout");
                Statement statement = updatable(connection);
                ResultSet rows = statement.executeQuery("SELECT id, amount AS status FROM payment")) {
            List<String> payments = shop.rowsOf("payment");
            assertThat(rows.next()).isTrue();
            rows.updateBigDecimal("status", BigDecimal.ZERO);
            assertThatThrownBy(rows::updateRow).isInstanceOf(DenialException.class);
            assertThat(shop.rowsOf("payment")).isEqualTo(payments);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowOfAProtectedTableIsNotDeletedAndOneOfAMutableTableIs(LiveDatabase database) throws Exception {
        try (Shop shop = Shop.open(database, folder);
                Connection connection = shop.connectAs("checkout");
                Statement statement = updatable(connection)) {
            try (ResultSet rows = statement.executeQuery("SELECT id, account, amount FROM ledger_entry")) {
                assertThat(rows.next()).isTrue();
                assertThatThrownBy(rows::deleteRow).isInstanceOf(DenialException.class);
            }
            try (ResultSet rows = statement.executeQuery("SELECT id, customer_id, state FROM orders")) {
                assertThat(rows.next()).isTrue();
                rows.deleteRow();
            }
            assertThat(shop.rowsOf("ledger_entry")).hasSize(3);
            assertThat(shop.rowsOf("orders")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSavepointsNameIsNoStatement(LiveDatabase database) throws Exception {
        try (Shop shop = Shop.open(database, folder);
                Connection connection = shop.connectAs("checkout")) {
            connection.setAutoCommit(false);
            String name = "a\"; DELETE FROM ledger_entry; --";
            if (database == LiveDatabase.POSTGRESQL) {
                connection.rollback(connection.setSavepoint(name)); // its driver quotes the name
            } else {
                assertThatThrownBy(() -> connection.setSavepoint(name)).isInstanceOf(DenialException.class);
                connection.rollback();
            }
            connection.rollback(connection.setSavepoint("before payment"));
            connection.commit();
            assertThat(shop.rowsOf("ledger_entry")).hasSize(3);
        }
    }

    @Test
    void aGeneratedKeysNameIsNoCall() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            try (Connection connection = shop.connectPastTheGuard();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE FUNCTION wipe() RETURNS int LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM ledger_entry; RETURN 1; END'");
            }
            String url = shop.guardedUrl("checkout") + "&quoteReturningIdentifiers=false";
            try (Connection connection = DriverManager.getConnection(url, shop.database.user(), "");
                    Statement statement = connection.createStatement()) {
                String[] names = {"wipe()"};
                String insert = "INSERT INTO orders VALUES (80, 1, 'x')";
                assertThatThrownBy(() -> statement.executeUpdate(insert, names)).isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> statement.execute(insert, names)).isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> connection.prepareStatement(insert, names))
                        .isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> statement.execute(insert, new String[] {"orders.wipe"}))
                        .isInstanceOf(DenialException.class);
                assertThat(statement.executeUpdate(insert, new String[] {"id"})).isEqualTo(1);
            }
            assertThat(shop.rowsOf("ledger_entry")).hasSize(3);
        }
    }

    private static Statement updatable(Connection connection) throws SQLException {
        return connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLargeObjectIsChangedByWhoMayHaveTheRealObjectAlone(boolean isTrusted) throws Exception {
        String policy = "table document is operational\ncomponent app {\n  grant select on document\n}\n"
                + (isTrusted
                        ? "trust app {\n  why \"stores files\"\n  owner \"dba\"\n  unwrap\n  until 2099-01-01T00:00Z\n}\n"
                        : "");
        try (GuardedTables tables = GuardedTables.open(
                        LiveDatabase.POSTGRESQL,
                        folder,
                        policy,
                        "CREATE TABLE document (content OID)",
                        "INSERT INTO document VALUES (lo_from_bytea(0, 'old'))");
                Connection connection = tables.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT content FROM document")) {
                rows.next();
                Blob blob = rows.getBlob(1);
                if (isTrusted) {
                    blob.setBytes(1, "new".getBytes(StandardCharsets.US_ASCII));
                    assertThat(blob.getBytes(1, 3)).asString().isEqualTo("new");
                } else {
                    assertThatThrownBy(() -> blob.setBytes(1, new byte[1])).isInstanceOf(DenialException.class);
                }
            }
            connection.rollback();
        }
    }
}
