package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are changed through a result set are those of the table that its query names, in the schema that it names. */
class UpdatableRowsTest {
    private static final String RULES = """
            table ledger is ledger

            table app.orders is operational

            table vault.orders is ledger

            component app {
              grant select, insert, update, delete on tier operational
              grant select, insert on tier ledger
            }

            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void theSchemaInTheQueryTellsTheTable(LiveDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                        database,
                        folder,
                        RULES,
                        "CREATE SCHEMA app",
                        "CREATE SCHEMA vault",
                        "CREATE TABLE app.orders (id INT PRIMARY KEY, state VARCHAR(9))",
                        "CREATE TABLE vault.orders (id INT PRIMARY KEY, state VARCHAR(9))",
                        "INSERT INTO app.orders VALUES (1, 'new')",
                        "INSERT INTO vault.orders VALUES (1, 'new')");
                Connection connection = tables.connect();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            for (String name : List.of("app.orders", "APP.Orders")) {
                change(statement, name);
            }
            assertThat(tables.count("app.orders WHERE state = 'sent'")).isOne();
            for (String name : List.of("vault.orders", "Vault.ORDERS")) {
                assertThatThrownBy(() -> change(statement, name))
                        .as(name)
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("vault.orders");
            }
            assertThat(tables.count("vault.orders WHERE state = 'sent'")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void theColumnsThatWereSetAreTheOnesThatAreWritten(LiveDatabase database) throws Exception {
        String rules = "table pay is ledger {\n  mutable status\n}\n\ncomponent app {\n  grant select, insert on pay\n"
                + "  grant update (status) on pay\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                        database,
                        folder,
                        rules,
                        "CREATE TABLE pay (id INT PRIMARY KEY, status VARCHAR(9), amount INT)",
                        "INSERT INTO pay VALUES (1, 'new', 5)",
                        "INSERT INTO pay VALUES (2, 'new', 5)");
                Connection connection = tables.connect();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            try (ResultSet rows = statement.executeQuery("SELECT id, status FROM pay ORDER BY id")) {
                rows.next();
                rows.updateString(2, "sent");
                rows.updateRow();
            }
            assertThat(tables.count("pay WHERE status = 'sent'")).isOne();
            try (ResultSet rows = statement.executeQuery("SELECT id, amount AS status FROM pay ORDER BY id")) {
                rows.next();
                rows.updateInt("status", 6);
                assertDenied(rows);
            }
            insertAndUpdate(statement);
            if (database == LiveDatabase.POSTGRESQL) {
                denyWhatWasSetBeforeAMove(statement);
            } else {
                denyWhatWasSetBeforeANewRow(statement);
            }
            assertThat(tables.count("pay WHERE amount = 5")).isEqualTo(2);
            assertThat(tables.count("pay WHERE status = 'held'")).isZero();
        }
    }

    /** pgjdbc throws nothing away that was set before it left the row for new ones, although it is told to. */
    private static void denyWhatWasSetBeforeAMove(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT id, status, amount FROM pay ORDER BY id")) {
            rows.next();
            rows.moveToInsertRow();
            rows.updateInt("amount", 7);
            rows.moveToCurrentRow();
            rows.cancelRowUpdates();
            rows.updateString("status", "held");
            assertDenied(rows);
        }
    }

    /** What was set in a row that has been inserted is none of the change of another. */
    private static void insertAndUpdate(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT id, status, amount FROM pay ORDER BY id")) {
            rows.next();
            rows.moveToInsertRow();
            rows.updateInt("id", 50);
            rows.updateInt("amount", 6);
            rows.insertRow();
            rows.moveToCurrentRow();
            rows.updateString("status", "sent");
            rows.updateRow();
        }
    }

    /** H2 keeps what was set in the current row while another is begun, and writes it with the next value. */
    private static void denyWhatWasSetBeforeANewRow(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT id, status, amount FROM pay ORDER BY id")) {
            rows.next();
            rows.updateInt("amount", 7);
            rows.moveToInsertRow();
            rows.moveToCurrentRow();
            rows.updateString("status", "held");
            assertDenied(rows);
            rows.cancelRowUpdates();
            rows.updateString("status", "sent");
            rows.updateRow();
        }
    }

    private static void assertDenied(ResultSet rows) {
        assertThatThrownBy(rows::updateRow).isInstanceOf(DenialException.class).hasMessageContaining("amount");
    }

    private static void change(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT id, state FROM " + table)) {
            rows.next();
            rows.updateString("state", "sent");
            rows.updateRow();
        }
    }
}
