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
import org.junit.jupiter.api.Test;
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
            for (String name : List.of("app.orders", "APP.Orders", "app.orders;", "app.orders ; ;\n")) {
                change(statement, name);
            }
            assertThat(tables.count("app.orders WHERE state = 'sent'")).isOne();
            for (String name : List.of("vault.orders", "Vault.ORDERS", "vault.orders;")) {
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
            if (database == LiveDatabase.POSTGRESQL) {
                insertAndUpdate(statement);
                denyWhatWasSetBeforeAMove(statement);
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

    /** Until it is written or thrown away, what was set is written with whatever is set next, also in another row. */
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void whatADriverHasWrittenOrThrownAwayIsNotWrittenAgain(LiveDatabase database) throws Exception {
        String rules = "table pay is operational\n\ncomponent app {\n  grant select on pay\n"
                + "  grant update (a, b) on pay\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                        database,
                        folder,
                        rules,
                        "CREATE TABLE pay (id INT PRIMARY KEY, a INT, b INT, kept INT CHECK (kept < 9))",
                        "INSERT INTO pay VALUES (1, 0, 0, 0), (2, 0, 0, 0)");
                Connection connection = tables.connectToGoOn();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            boolean isH2 = database == LiveDatabase.H2;
            String columns = isH2 ? "id, a, b" : "id, a, b, kept";
            try (ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM pay ORDER BY id")) {
                rows.next();
                rows.updateInt("id", 5);
                rows.cancelRowUpdates();
                rows.updateInt("a", 1);
                rows.updateRow();
                rows.updateInt("id", 5);
                rows.next();
                rows.cancelRowUpdates();
                rows.updateInt("b", 2);
                rows.updateRow();
                if (isH2) {
                    rows.moveToInsertRow();
                    rows.updateInt("id", 7);
                    rows.moveToCurrentRow();
                    rows.updateInt("a", 3);
                    rows.updateRow();
                }
                rows.updateInt("id", 5);
                rows.previous();
                rows.updateInt("b", 4);
                assertThatThrownBy(rows::updateRow)
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("id");
            }
            assertThat(tables.count("pay WHERE id = 1 AND a = 1 AND b = 0")).isOne();
            assertThat(tables.count("pay WHERE id = 2 AND a = " + (isH2 ? 3 : 0) + " AND b = 2"))
                    .isOne();
        }
    }

    /** H2 writes every column that the result set has, with what it has read. */
    @Test
    void whatOthersHaveWrittenMeanwhileIsNotUndoneByH2() throws Exception {
        String rules = "table pay is ledger {\n  mutable status\n}\n\ncomponent app {\n  grant select, insert on pay\n"
                + "  grant update (status) on pay\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                        LiveDatabase.H2,
                        folder,
                        rules,
                        "CREATE TABLE pay (id INT PRIMARY KEY, status VARCHAR(9), amount INT)",
                        "INSERT INTO pay VALUES (1, 'new', 5)");
                Connection connection = tables.connect();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            try (ResultSet rows = statement.executeQuery("SELECT id, status, amount FROM pay")) {
                rows.next();
                tables.prepare("UPDATE pay SET amount = 6");
                rows.updateString("status", "sent");
                assertDenied(rows);
            }
            assertThat(tables.count("pay WHERE amount = 6")).isOne();
            try (ResultSet rows = statement.executeQuery("SELECT id, status FROM pay")) {
                rows.next();
                rows.updateString("status", "sent");
                rows.updateRow();
            }
            assertThat(tables.count("pay WHERE amount = 6 AND status = 'sent'")).isOne();
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
