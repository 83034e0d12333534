package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Tables and procedures for the tests of what procedures do that change more than rows. */
final class ProceduresShop {
    private ProceduresShop() {}

    /** Two tables that may not change, and others that may. */
    static final String POLICY = """
            table ledger is ledger
            table closed_book is closed
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select on tier closed
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    static final String TRUST = """

            trust app {
              why "migrates"
              owner "data-guardians@shop.example"
              define
              until 2999-01-01T00:00Z
            }
            """;

    static final String[] TABLES = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO ledger VALUES (1, 10), (2, 20)",
        "CREATE TABLE closed_book (id INT PRIMARY KEY)",
        "INSERT INTO closed_book VALUES (1)",
        "CREATE TABLE orders (id INT PRIMARY KEY, state VARCHAR(20))",
        "INSERT INTO orders VALUES (1, 'new')",
        "CREATE TABLE note (id INT PRIMARY KEY, orders_id INT)",
        "INSERT INTO note VALUES (1, 1)",
        "CREATE VIEW behind AS SELECT id, amount FROM ledger"
    };

    /** As scripts write it that may run twice. */
    static final String ADD_COLUMN = "CREATE PROCEDURE add_column () BEGIN IF NOT EXISTS (SELECT 1 FROM"
            + " information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'orders' AND column_name ="
            + " 'added') THEN ALTER TABLE orders ADD COLUMN added INT; END IF; END";

    static final String PAY = "CREATE PROCEDURE pay (IN number INT, OUT paid INT) BEGIN DECLARE EXIT HANDLER FOR"
            + " SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END; START TRANSACTION; INSERT INTO ledger VALUES (number, 5);"
            + " UPDATE orders SET state = 'paid' WHERE id = 1; COMMIT; SET paid = number; END";

    /** A database of them under rules. */
    static GuardedTables open(MySqlDatabase database, Path folder, String rules, String... more) throws Exception {
        List<String> schema = new ArrayList<>(List.of(TABLES));
        schema.addAll(List.of(more));
        return GuardedTables.open(database, folder, rules, schema.toArray(String[]::new));
    }

    static void assertUntouched(GuardedTables tables) throws SQLException {
        assertThat(tables.count("ledger WHERE (id = 1 AND amount = 10) OR (id = 2 AND amount = 20)"))
                .isEqualTo(2);
        assertThat(tables.count("closed_book WHERE id = 1")).isEqualTo(1);
        assertThat(tables.count("information_schema.columns WHERE table_schema = DATABASE() AND table_name IN"
                        + " ('ledger', 'closed_book')"))
                .isEqualTo(3);
    }

    static int added(GuardedTables tables) throws SQLException {
        return tables.count("information_schema.columns WHERE table_schema = DATABASE() AND column_name = 'added'");
    }

    static void assertDenied(Statement statement, String sql) {
        assertThat(catchThrowable(() -> statement.execute(sql))).as(sql).isInstanceOf(DenialException.class);
    }
}
