package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardDataSource;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** The ways to a row of MariaDB and MySQL that are no statement of the application's. */
class MySqlDoorsTest {
    private static final String POLICY = """
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
                "INSERT INTO ledger VALUES (1, 10)",
                "CREATE TABLE orders (id INT PRIMARY KEY, amount INT)",
                "INSERT INTO orders VALUES (1, 10), (2, 20)");
    }

    private static ResultSet updatable(Statement statement, String sql) throws SQLException {
        ResultSet rows = statement.executeQuery(sql);
        rows.next();
        return rows;
    }

    /** Connector/J runs what it is asked to describe, where rows may come back. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void whatIsRunToBeDescribedIsAnExecution(MySqlDatabase database) throws Exception {
        String mode = "SELECT 1; SET sql_mode = 'ANSI_QUOTES'";
        String update = "SELECT 1; UPDATE orders SET amount = 0";
        try (GuardedTables tables = open(database);
                Connection connection = tables.connectWithTexts();
                Statement statement = connection.createStatement();
                PreparedStatement setting = connection.prepareStatement(mode);
                PreparedStatement updating = connection.prepareStatement(update)) {
            assertThat(updating.getMetaData()).isNotNull();
            assertThat(tables.count("orders WHERE amount = 0")).isEqualTo(2);
            tables.prepare("UPDATE orders SET amount = 9");

            connection.setAutoCommit(false);
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM ledger");
            assertThatThrownBy(updating::getMetaData).isInstanceOf(DenialException.class);
            connection.rollback();
            connection.setAutoCommit(true);
            assertThat(tables.count("orders WHERE amount = 0")).isZero();

            // A string in the one mode, and in the other the name of a routine that nobody knows.
            String call = "SELECT \"nobody\"(1)";
            assertThatThrownBy(() -> statement.execute(call)).isInstanceOf(SQLException.class);
            assertThat(setting.getMetaData()).isNotNull();
            GuardedTables.assertDenied(statement, Reason.UNKNOWN_ROUTINE, call, "nobody");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPlainIsDescribed(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                PreparedStatement query = connection.prepareStatement("SELECT id FROM orders WHERE id = ?");
                PreparedStatement update = connection.prepareStatement("UPDATE orders SET amount = 0")) {
            assertThat(query.getMetaData().getColumnCount()).isOne();
            update.getMetaData();
            assertThat(tables.count("orders WHERE amount = 0")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfAResultSetAreThoseOfItsTable(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            ResultSet orders = updatable(statement, "SELECT o.id, o.amount AS money FROM orders o");
            orders.updateInt(2, 99);
            orders.updateRow();
            orders.deleteRow();
            for (String sql : new String[] {
                "SELECT id, amount FROM ledger", "SELECT orders.id, orders.amount FROM ledger AS orders"
            }) {
                ResultSet ledger = updatable(statement, sql);
                ledger.updateInt(2, 0);
                assertThatThrownBy(ledger::updateRow).as(sql).isInstanceOf(DenialException.class);
                assertThatThrownBy(ledger::deleteRow).as(sql).isInstanceOf(DenialException.class);
            }
            assertThat(tables.count("orders")).isEqualTo(1);
            assertThat(tables.count("ledger WHERE amount = 10")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDataSourceOfTheVendorIsGuarded(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            DataSource guarded = TierguardDataSource.wrap(dataSource(tables.realUrl()), tables.settings());
            try (Connection connection = guarded.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM orders WHERE id = 1");
                assertThatThrownBy(() -> statement.execute("DELETE FROM ledger"))
                        .isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> connection.unwrap(java.sql.Driver.class))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    private static DataSource dataSource(String url) throws SQLException {
        if (url.startsWith("jdbc:mariadb:")) {
            MariaDbDataSource mariaDb = new MariaDbDataSource(url);
            mariaDb.setUser("root");
            mariaDb.setPassword("");
            return mariaDb;
        }
        MysqlDataSource mysql = new MysqlDataSource();
        mysql.setUrl(url);
        mysql.setUser("root");
        mysql.setPassword("");
        return mysql;
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsADenialInItsTransactionIsNotKept(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DELETE FROM orders WHERE id = 1");
            assertThatThrownBy(() -> statement.execute("DELETE FROM ledger")).isInstanceOf(DenialException.class);
            assertThatThrownBy(connection::commit).isInstanceOf(DenialException.class);
            connection.rollback();
            assertThat(tables.count("orders")).isEqualTo(2);
            statement.execute("DELETE FROM orders WHERE id = 1");
            connection.commit();
            assertThat(tables.count("orders")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatATextBeginsIsDoomedToo(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("START TRANSACTION");
            statement.execute("DELETE FROM orders WHERE id = 1");
            assertThatThrownBy(() -> statement.execute("DELETE FROM ledger")).isInstanceOf(DenialException.class);
            assertThatThrownBy(() -> statement.execute("COMMIT")).isInstanceOf(DenialException.class);
            statement.execute("ROLLBACK");
            assertThat(tables.count("orders")).isEqualTo(2);
        }
    }
}
