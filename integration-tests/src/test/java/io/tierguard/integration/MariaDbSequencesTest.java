package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sets a sequence of MariaDB without being asked to by the statement's own list of values. */
class MariaDbSequencesTest {
    private static final String RULES = """
            table numbers is closed

            table orders is operational

            table filled is operational

            table counted is operational

            table renamed is operational

            component app {
              grant select, insert, update, delete on tier operational
              grant select, insert on tier closed
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE SEQUENCE numbers",
        "CREATE TABLE orders (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO orders VALUES (1, 10)",
        "CREATE TABLE filled (id INT DEFAULT (setval(numbers, 1000)), amount INT)",
        "INSERT INTO filled (id, amount) VALUES (1, 10)",
        "CREATE TABLE counted (id INT DEFAULT (NEXTVAL(numbers)), amount INT)",
        "CREATE VIEW renamed AS SELECT id AS number, amount FROM filled",
        "CREATE PROCEDURE asks () SELECT DEFAULT(id) FROM filled",
        "CREATE PROCEDURE prepares () BEGIN PREPARE p FROM 'SELECT DEFAULT(id) FROM filled'; EXECUTE p; END",
        "CREATE PROCEDURE keeps () BEGIN COMMIT; UPDATE orders SET amount = (SELECT DEFAULT(id) FROM filled); END",
        "CREATE FUNCTION asked () RETURNS INT RETURN (SELECT DEFAULT(id) FROM filled LIMIT 1)",
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aPlanRunsItsSubqueries(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            for (String sql : new String[] {
                "EXPLAIN SELECT * FROM (SELECT SETVAL(numbers, 400) AS x) d",
                "EXPLAIN SELECT * FROM orders WHERE id = SETVAL(numbers, 400)",
                "EXPLAIN FORMAT=JSON SELECT * FROM orders WHERE id = (SELECT setval(numbers, 400))",
                "DESCRIBE UPDATE orders SET amount = 1 WHERE id = (SELECT SETVAL(numbers, 400))",
            }) {
                assertDeniedAndUnset(tables, sql);
            }
            tables.assertAllowed(
                    "EXPLAIN SELECT * FROM orders WHERE id = 1", "EXPLAIN DELETE FROM orders WHERE id = 2");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aDefaultSetsItForANewRow(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            assertDeniedAndUnset(tables, "INSERT INTO filled (amount) VALUES (2)");
            assertDeniedAndUnset(tables, "REPLACE INTO filled (amount) VALUES (2)");
            // MariaDB 11.4.5 comes to its end by running this.
            assertDeniedAndUnset(tables, "UPDATE filled SET id = DEFAULT");

            tables.assertAllowed("UPDATE filled SET amount = 3", "INSERT INTO counted (amount) VALUES (4)");
        }
    }

    /** A row that is added to a sequence takes the place of its one row. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void whoeverTakesNumbersFromItIsChangedByARowThatIsAdded(MySqlDatabase database) throws Exception {
        String rules = """
                table kept is closed

                table * is operational

                component app {
                  grant select, insert, update, delete, alter on tier operational
                  grant select, insert on tier closed
                }
                """;
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                rules,
                "CREATE SEQUENCE numbers",
                "CREATE SEQUENCE others",
                "CREATE TABLE kept (id INT DEFAULT (NEXTVAL(numbers)) PRIMARY KEY, amount INT)",
                "CREATE TABLE orders (id INT PRIMARY KEY, amount INT)",
                "CREATE VIEW through AS SELECT * FROM numbers",
                "CREATE TRIGGER adds AFTER INSERT ON orders FOR EACH ROW INSERT INTO numbers VALUES (800, 1, 9999999, 1, 1, 10, 0, 0)")) {
            for (String sql : new String[] {
                "SELECT SETVAL(numbers, 500)",
                "INSERT INTO numbers VALUES (800, 1, 9999999, 1, 1, 10, 0, 0)",
                "REPLACE INTO numbers VALUES (800, 1, 9999999, 1, 1, 10, 0, 0)",
                "INSERT INTO numbers SELECT * FROM others",
                "INSERT INTO through VALUES (800, 1, 9999999, 1, 1, 10, 0, 0)",
                "INSERT INTO orders VALUES (1, 10)",
                "BEGIN NOT ATOMIC INSERT INTO numbers VALUES (800, 1, 9999999, 1, 1, 10, 0, 0); END",
            }) {
                assertDeniedAndUnset(tables, sql);
            }
            tables.assertAllowed("INSERT INTO others VALUES (800, 1, 9999999, 1, 1, 10, 0, 0)");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aDefaultThatIsAskedForSetsIt(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            for (String sql : new String[] {
                "SELECT DEFAULT(id) FROM filled",
                "SELECT default /* */ (f.id) FROM filled AS f LIMIT 0",
                "SELECT DEFAULT(number) FROM renamed",
                "UPDATE orders, filled SET orders.amount = DEFAULT(filled.id)",
                "DELETE FROM orders WHERE id = (SELECT DEFAULT(id) FROM filled)",
                "CALL asks()",
                "SELECT asked()",
                "EXECUTE IMMEDIATE 'SELECT DEFAULT(id) FROM filled'",
                "EXECUTE IMMEDIATE 'SELECT DEFAULT' ' (id) FROM filled'",
                "EXECUTE IMMEDIATE 'EXECUTE IMMEDIATE ''UPDATE orders SET amount = (SELECT DEFAULT(id) FROM filled)'''",
                "SET STATEMENT max_statement_time = 9 FOR EXECUTE IMMEDIATE 'SELECT DEFAULT(id) FROM filled'",
                "CALL prepares()",
                "CALL keeps()",
                "BEGIN NOT ATOMIC PREPARE p FROM 'SELECT DEFAULT(id) FROM filled'; EXECUTE p; END",
            }) {
                assertDeniedAndUnset(tables, sql);
            }
            tables.assertAllowed(
                    "SELECT id FROM filled",
                    "SELECT DEFAULT(amount) FROM orders",
                    "UPDATE orders SET amount = DEFAULT");
            tables.prepare("SELECT DEFAULT(number) FROM renamed");
            assertThat(next(tables)).isEqualTo(1001);
        }
    }

    /** A temporary table that is made after another has its defaults, and is shown by no catalog. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void norDoesATemporaryTableThatTakesItOver(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                RULES.replace("delete on", "delete, create, extend on") + "\ntable copied is operational\n",
                SCHEMA)) {
            tables.prepare(
                    "CREATE PROCEDURE copies () BEGIN CREATE TEMPORARY TABLE spare LIKE filled; INSERT INTO spare"
                            + " (amount) VALUES (1); END");
            for (String sql : new String[] {
                "CREATE TEMPORARY TABLE spare LIKE filled",
                "CREATE TEMPORARY TABLE spare (LIKE filled)",
                "CREATE TEMPORARY TABLE spare SELECT id, amount FROM filled",
                "CALL copies()",
            }) {
                assertDeniedAndUnset(tables, sql);
            }
            try (Connection connection = tables.connectWithTexts();
                    Statement statement = connection.createStatement()) {
                ProceduresShop.assertDenied(
                        statement, "CREATE TABLE copied LIKE filled; INSERT INTO copied (amount) VALUES (1)");
            }
            tables.assertAllowed(
                    "CREATE TEMPORARY TABLE spare LIKE orders", "CREATE TEMPORARY TABLE spare SELECT id FROM counted");
        }
    }

    private static void assertDeniedAndUnset(GuardedTables tables, String sql) throws SQLException {
        long before = next(tables);
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            Assertions.assertThatThrownBy(() -> statement.execute(sql))
                    .as(sql)
                    .isInstanceOf(DenialException.class)
                    .hasMessageNotContaining("could not be read");
        }
        assertThat(next(tables)).as(sql).isEqualTo(before);
    }

    private static long next(GuardedTables tables) throws SQLException {
        try (Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT next_not_cached_value FROM numbers")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
