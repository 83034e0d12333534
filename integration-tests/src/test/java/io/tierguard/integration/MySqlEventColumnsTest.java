package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A joined UPDATE in an event sets a column of whichever table has it, so nobody brings it to a table that it may not change. */
class MySqlEventColumnsTest {
    private static final String RULES = """
            table ledger is ledger
            table ledger_* is ledger
            table * is operational

            component app {
              grant select, insert, create, extend, alter, drop on tier ledger
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }

            trust app {
              why "migrates"
              owner "data-guardians@shop.example"
              define
              until 2999-01-01T00:00Z
            }
            """;

    private static final String JOINED = "UPDATE orders JOIN ledger USING (id) SET state = 'old'";

    private static final String EVENT = "CREATE EVENT %s ON SCHEDULE EVERY 100 DAY STARTS '2037-01-01 00:00:00' DO ";

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT, remark VARCHAR(9))",
        "INSERT INTO ledger VALUES (1, 10, 'x')",
        "CREATE TABLE orders (id INT PRIMARY KEY, state VARCHAR(9), kind INT)",
        "INSERT INTO orders VALUES (1, 'new', 1)",
        "CREATE TABLE other (id INT PRIMARY KEY, flag INT)",
        "CREATE TABLE ledger_line (id INT PRIMARY KEY, flag INT)",
        "INSERT INTO ledger_line VALUES (1, 5)",
        "CREATE PROCEDURE flagging () UPDATE other, ledger_line SET flag = 0 WHERE ledger_line.id = 1",
        EVENT.formatted("ages") + JOINED,
        EVENT.formatted("flags") + "CALL flagging()",
    };

    /** Each is one step, or the last of two, to an event that writes what is protected. */
    private static final List<String> HARMFUL = List.of(
            "ALTER TABLE ledger ADD COLUMN state VARCHAR(9)",
            "ALTER TABLE ledger CHANGE remark state VARCHAR(9)",
            "ALTER TABLE other DROP COLUMN flag",
            "ALTER TABLE other CHANGE flag flagged INT",
            "ALTER TABLE other ADD COLUMN more INT, DROP flag");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void noColumnIsBroughtToWhatTheEventMayNotWrite(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA);
                Connection connection = tables.connectToGoOnWithTexts();
                Statement statement = connection.createStatement()) {
            for (String sql : HARMFUL) {
                if (sql.startsWith("ALTER TABLE other")) {
                    GuardedTables.assertDenied(statement, Reason.CASCADE, sql, "event", "flags", "ledger_line");
                } else if (sql.contains("ADD")) {
                    GuardedTables.assertDenied(statement, Reason.CASCADE, sql, "event", "ages");
                } else {
                    ProceduresShop.assertDenied(statement, sql);
                }
            }
            statement.execute("DROP TABLE other");
            GuardedTables.assertDenied(
                    statement, Reason.CASCADE, "CREATE TABLE other (id INT PRIMARY KEY)", "event", "flags");
            ProceduresShop.assertDenied(
                    statement, "ALTER TABLE orders DROP COLUMN state; ALTER TABLE ledger ADD COLUMN state VARCHAR(9)");
            ProceduresShop.assertDenied(
                    statement,
                    EVENT.formatted("more")
                            + "UPDATE orders, ledger SET kind = 7; ALTER TABLE orders DROP COLUMN kind");
            assertThat(tables.count("ledger WHERE remark = 'x'")).isOne();
        }
    }

    /** A view has a column, or lacks it, by its query. */
    @ParameterizedTest
    @EnumSource
    void noQueryOfAViewBringsItOneEither(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE TABLE ledger (id INT PRIMARY KEY, x INT)",
                "INSERT INTO ledger VALUES (1, 0)",
                "CREATE TABLE orders (id INT PRIMARY KEY, x INT)",
                "INSERT INTO orders VALUES (1, 0)",
                "CREATE VIEW recent AS SELECT id, x FROM orders",
                "CREATE VIEW plain AS SELECT id, x FROM orders",
                EVENT.formatted("ages") + "UPDATE ledger l JOIN recent r USING (id) SET x = 1")) {
            tables.assertAllowed("ALTER VIEW plain AS SELECT id FROM orders");
            tables.assertDenied(
                    Reason.CASCADE, "ALTER VIEW recent AS SELECT id FROM orders", "event", "ages", "ledger");
            tables.prepare(
                    "ALTER VIEW recent AS SELECT id FROM orders", "UPDATE ledger l JOIN recent r USING (id) SET x = 1");
            assertThat(tables.count("ledger WHERE x = 1")).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void pastTheGuardTheEventWritesIt(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.prepare("ALTER TABLE other DROP COLUMN flag", "INSERT INTO other VALUES (1)", "CALL flagging()");
            assertThat(tables.count("ledger_line WHERE flag = 0")).isOne();
            tables.prepare(
                    "ALTER TABLE ledger ADD COLUMN state VARCHAR(9)", "ALTER TABLE orders DROP COLUMN state", JOINED);
            assertThat(tables.count("ledger WHERE state = 'old'")).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMovesNoColumnOfAnEventPasses(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.assertAllowed(
                    "ALTER TABLE ledger ADD COLUMN more INT",
                    "ALTER TABLE orders ADD COLUMN more INT AFTER state",
                    "ALTER TABLE orders ADD INDEX by_state (state)",
                    "ALTER TABLE orders MODIFY state VARCHAR(20)",
                    "ALTER TABLE orders ADD COLUMN remark INT",
                    "ALTER TABLE orders DROP COLUMN kind",
                    "ALTER TABLE orders CHANGE state status VARCHAR(20)",
                    "ALTER TABLE orders CHANGE status state VARCHAR(20)",
                    "CREATE TABLE orders_new LIKE orders",
                    "RENAME TABLE orders TO orders_old, orders_new TO orders",
                    "DROP TABLE orders",
                    "CREATE TABLE orders (id INT PRIMARY KEY, state INT)",
                    "CREATE TABLE ledger_more (id INT PRIMARY KEY, flag INT, state INT)");
            assertThat(tables.count("ledger WHERE amount = 10")).isOne();
        }
    }
}
