package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.jdbc.ConnectionImpl;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcPreparedStatement;
import com.mysql.cj.jdbc.JdbcStatement;
import io.tierguard.integration.server.MySqlServers;
import io.tierguard.jdbc.DenialException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application gets that asks a guarded connection for the interfaces of MySQL's Connector/J. */
class MySqlViewsTest {
    @TempDir
    private Path folder;

    private GuardedTables tables;
    private Connection connection;
    private JdbcConnection view;

    @BeforeAll
    static void startServer() {
        assumeTrue(MySqlServers.MYSQL.isAvailable(), "there is no MySQL for this platform among Maven's artifacts");
    }

    @BeforeEach
    void connect() throws Exception {
        tables = GuardedTables.open(
                MySqlDatabase.MYSQL,
                folder,
                """
                table payment is ledger
                table orders is operational

                component app {
                  grant select on tier ledger
                  grant select, insert, delete on tier operational
                }
                """,
                "CREATE TABLE payment (id INT)",
                "INSERT INTO payment VALUES (1), (2)",
                "CREATE TABLE orders (id INT)");
        connection = tables.connect();
        view = connection.unwrap(JdbcConnection.class);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        tables.close();
    }

    @Test
    void whatChangesNoRowPasses() throws SQLException {
        assertThat(connection.isWrapperFor(JdbcConnection.class)).isTrue();
        assertThat(view).isNotInstanceOf(ConnectionImpl.class);
        assertThat(view.getId()).isPositive();
        assertThat(view.getServerVersion().getMajor()).isEqualTo(8);
        assertThat(view.getHostPortPair()).contains("127.0.0.1");
        assertThat(connection.unwrap(MysqlConnection.class).getUser()).startsWith("root");
        view.ping();
        assertThat(view.getCatalog()).isEqualTo(connection.getCatalog());
    }

    @Test
    void statementsMayStreamAndBringFiles() throws SQLException {
        try (Statement plain = connection.createStatement()) {
            JdbcStatement statement = plain.unwrap(JdbcStatement.class);
            statement.enableStreamingResults();
            statement.setAttribute("trace", "a1");
            try (ResultSet rows = statement.executeQuery("SELECT id FROM payment ORDER BY id")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getStatement()).isSameAs(plain);
            }
            assertDenied(() -> statement.executeUpdate("DELETE FROM payment"));
            assertThatThrownBy(() -> statement.addBatch((Object) "DELETE FROM payment"))
                    .hasCauseInstanceOf(DenialException.class);
        }
        try (PreparedStatement prepared = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
            JdbcPreparedStatement statement = prepared.unwrap(JdbcPreparedStatement.class);
            statement.setBigInteger(1, BigInteger.TEN);
            assertThat(statement.executeUpdate()).isEqualTo(1);
            assertThat(statement.getPreparedSql()).isEqualTo("INSERT INTO orders VALUES (?)");
        }
        assertThat(tables.count("orders")).isEqualTo(1);
    }

    @Test
    void whatPreparesIsJudged() throws SQLException {
        try (PreparedStatement insert = view.serverPrepareStatement("INSERT INTO orders VALUES (3)");
                PreparedStatement second = view.clientPrepareStatement("INSERT INTO orders VALUES (?)", 1)) {
            insert.executeUpdate();
            second.setInt(1, 4);
            second.executeUpdate();
            assertThat(insert.getConnection()).isSameAs(connection);
        }
        assertThat(tables.count("orders")).isEqualTo(2);
        assertDenied(() -> view.clientPrepareStatement("DELETE FROM payment"));
        assertDenied(() -> view.serverPrepareStatement("DELETE FROM payment"));
    }

    @Test
    void whatLeadsToTheSessionIsRefused() throws SQLException {
        assertDenied(() -> view.changeUser("root", ""));
        assertDenied(view::shutdownServer);
        assertDenied(view::getMetaDataSafeStatement);
        for (ThrowingCallable call : new ThrowingCallable[] {
            view::getSession,
            view::getActiveMySQLConnection,
            view::getPropertySet,
            view::getProperties,
            () -> view.setStatementComment("*/ DELETE FROM payment; /*")
        }) {
            assertThatThrownBy(call).hasCauseInstanceOf(DenialException.class);
        }
        assertDenied(() -> connection.unwrap(ConnectionImpl.class));
        assertThat(tables.count("payment")).isEqualTo(2);
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DenialException.class);
    }
}
