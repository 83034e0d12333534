package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A statement of MySQL and MariaDB may go on to run in the database in which it was made, and is not judged by another. */
class MySqlStatementHomeTest {
    private static final String POLICY = """
            table kept_there.* is ledger
            table free_there.* is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    private static final String UPDATE = "UPDATE note SET v = v + 1";

    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                POLICY,
                "DROP DATABASE IF EXISTS kept_there",
                "DROP DATABASE IF EXISTS free_there",
                "CREATE DATABASE kept_there",
                "CREATE DATABASE free_there",
                "CREATE TABLE kept_there.note (v INT)",
                "CREATE TABLE free_there.note (v INT)",
                "INSERT INTO kept_there.note VALUES (1)",
                "INSERT INTO free_there.note VALUES (1)");
    }

    private static Connection connect(MySqlDatabase database, GuardedTables tables) throws SQLException {
        Properties properties = new Properties();
        tables.settings().forEach(properties::setProperty);
        properties.setProperty("tierguard.on-denial", "continue");
        properties.setProperty("user", database.user());
        properties.setProperty("useServerPrepStmts", "true");
        return DriverManager.getConnection(tables.realUrl().replaceFirst("^jdbc:", "jdbc:tierguard:"), properties);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPreparedInAnotherDatabaseIsRefusedAndRunsWhenItIsMadeAgain(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = connect(database, tables)) {
            connection.setCatalog("free_there");
            try (PreparedStatement freed = connection.prepareStatement(UPDATE)) {
                freed.executeUpdate();
                connection.setCatalog("kept_there");
                assertElsewhere(freed);
                assertThatThrownBy(() -> connection.prepareStatement(UPDATE)).isInstanceOf(DenialException.class);
                connection.setCatalog("free_there");
                freed.executeUpdate();
            }
            connection.setCatalog("kept_there");
            try (PreparedStatement reading = connection.prepareStatement("SELECT v FROM note");
                    Statement statement = connection.createStatement()) {
                reading.executeQuery().close();
                statement.execute("USE free_there");
                assertElsewhere(reading);
                try (PreparedStatement again = connection.prepareStatement("SELECT v FROM note")) {
                    assertThat(first(again.executeQuery())).isEqualTo(3);
                }
            }
            assertThat(tables.count("kept_there.note WHERE v = 1")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aStatementOfConnectorJIsRefusedWhereTheDriverWouldRunItInTheDatabaseOfItsMaking(MySqlDatabase database)
            throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = connect(database, tables)) {
            connection.setCatalog("kept_there");
            try (Statement kept = connection.createStatement()) {
                connection.setCatalog("free_there");
                assertThatThrownBy(() -> kept.execute(UPDATE)).isInstanceOf(DenialException.class);
                kept.addBatch(UPDATE);
                assertThatThrownBy(kept::executeBatch).isInstanceOf(DenialException.class);
            }
            try (Statement free = connection.createStatement()) {
                free.execute(UPDATE);
            }
            assertThat(tables.count("kept_there.note WHERE v = 1")).isEqualTo(1);
            assertThat(tables.count("free_there.note WHERE v = 2")).isEqualTo(1);
        }
    }

    private static void assertElsewhere(PreparedStatement statement) {
        assertThatThrownBy(statement::execute)
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.reason()).isEqualTo(Reason.SESSION_CHANGE))
                .hasMessageContaining("make it again");
    }

    private static int first(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getInt(1);
    }
}
