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

    private static void change(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT id, state FROM " + table)) {
            rows.next();
            rows.updateString("state", "sent");
            rows.updateRow();
        }
    }
}
