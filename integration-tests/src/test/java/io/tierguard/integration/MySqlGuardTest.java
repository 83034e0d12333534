package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections to MariaDB and MySQL are guarded, through either driver. */
class MySqlGuardTest {
    private static final String POLICY = """
            table ledger is ledger
            table payment is ledger
            table orders is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aProtectedRowStays(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
                "INSERT INTO ledger VALUES (1, 10)",
                "CREATE TABLE orders (id INT PRIMARY KEY)",
                "INSERT INTO orders VALUES (1)",
                "CREATE TABLE payment (id INT PRIMARY KEY, order_id INT,"
                        + " FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE)",
                "INSERT INTO payment VALUES (1, 1)")) {
            tables.assertAllowed(
                    "SELECT * FROM ledger", "INSERT INTO ledger VALUES (2, 20)", "UPDATE orders SET id = 1");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM ledger");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM `ledger` WHERE id = 1");
            tables.assertDenied(Reason.CASCADE, "DELETE FROM orders");
            assertThat(tables.count("ledger")).isEqualTo(2);
            assertThat(tables.count("payment")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aNewerFunctionOfTheServerIsHarmlessUnlessItIsOneOfAUsersOwn(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
                "INSERT INTO ledger VALUES (1, 10)",
                "CREATE FUNCTION uuid_v7() RETURNS INT BEGIN DELETE FROM ledger; RETURN 1; END")) {
            tables.assertAllowed("SELECT NATURAL_SORT_KEY('a10'), RANDOM_BYTES(4), CRC32C('a')");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "SELECT UUID_V7()");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFunctionOfTheServersOwnIsHarmlessThatFewKnow(MySqlDatabase database) throws Exception {
        try (GuardedTables tables =
                GuardedTables.open(database, folder, POLICY, "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)")) {
            tables.assertAllowed(
                    "SELECT CURRENT_ROLE(), CHARACTER(65), SQL_TSI_DAY('2026-01-02')",
                    "SELECT ST_AsWKT(ST_GeomFromText('POINT(1 1)')), JSON_MERGE('[1]', '[2]')");
            if (database.isMariaDb()) {
                tables.assertAllowed(
                        "SELECT DECODE_ORACLE(1, 1, 'a', 'b'), CONCAT_OPERATOR_ORACLE('a', 'b'), SUBSTR_ORACLE('abc', 2)",
                        "SELECT LPAD_ORACLE('a', 2), RPAD_ORACLE('a', 2), LTRIM_ORACLE(' a'), RTRIM_ORACLE('a ')",
                        "SELECT REPLACE_ORACLE('a', 'b', 'c'), TRIM_ORACLE('a')",
                        "SELECT seq FROM seq_1_to_3 JOIN seq_0_to_9_step_3 USING (seq)");
                tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "INSERT INTO seq_1_to_3 VALUES (1)");
                tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "SELECT * FROM seq_1_to_x");
            } else {
                tables.assertAllowed(
                        "SELECT sys.format_bytes(1024), sys.version_major(), sys.format_statement('SELECT 1')",
                        "SELECT ST_Buffer_Strategy('point_square'), SQL_TSI_WEEK('2026-01-02')",
                        "SELECT ST_NumInteriorRing(ST_GeomFromText('POLYGON((0 0, 1 0, 1 1, 0 0))'))",
                        "SELECT ST_GeomCollFromTxt('GEOMETRYCOLLECTION(POINT(1 1))')");
            }
        }
    }

    /** The guard asks the session what it is after a change of the schema, and MySQL forgets by any query what it warned of. */
    @ParameterizedTest
    @EnumSource
    void whatAStatementWarnedOfIsToldAfterIt(MySqlDatabase database) throws Exception {
        String policy = POLICY.replace("insert, update, delete on tier", "insert, update, delete, create, drop on tier")
                .replace("table orders", "table made is operational\ntable orders");
        try (GuardedTables tables = GuardedTables.open(database, folder, policy, "CREATE TABLE orders (id INT)");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of("DROP TABLE IF EXISTS made", "CREATE TABLE IF NOT EXISTS orders (id INT)")) {
                statement.execute(sql);
                try (ResultSet warnings = statement.executeQuery(" show\nWARNINGS ")) {
                    assertThat(warnings.next()).as(sql).isTrue();
                }
            }
            statement.execute("DROP TABLE IF EXISTS made");
            assertThatThrownBy(() -> statement.execute("DELETE FROM ledger")).isInstanceOf(DenialException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void codeThatRunsAtOnceIsJudgedByWhatItDoes(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
                "INSERT INTO ledger VALUES (1, 10)",
                "CREATE TABLE orders (id INT PRIMARY KEY)")) {
            tables.assertAllowed(
                    "BEGIN NOT ATOMIC DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;"
                            + " START TRANSACTION; INSERT INTO orders VALUES (1); INSERT INTO ledger VALUES (2, 20); COMMIT; END",
                    "IF EXISTS (SELECT 1 FROM ledger) THEN DELETE FROM orders; END IF",
                    "FOR i IN 1..3 DO INSERT INTO orders VALUES (i); END FOR");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "BEGIN NOT ATOMIC SELECT 1; DELETE FROM ledger; END");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "IF 0 THEN UPDATE ledger SET amount = 0; END IF");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER, "FOR r IN (SELECT id FROM orders) DO DELETE FROM ledger; END FOR");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "BEGIN NOT ATOMIC EXECUTE IMMEDIATE 'DELETE FROM ledger'; END");
            tables.assertDenied(Reason.DEFINES_CODE, "BEGIN NOT ATOMIC EXECUTE IMMEDIATE @text; END", "one by one");
            assertThat(tables.count("ledger")).isEqualTo(2);
            assertThat(tables.count("orders")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBranchIsRolledBackAfterADenialOnceItHasEnded(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                        database,
                        folder,
                        POLICY,
                        "CREATE TABLE ledger (id INT PRIMARY KEY)",
                        "INSERT INTO ledger VALUES (1)",
                        "CREATE TABLE orders (id INT PRIMARY KEY)");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            String branch = "'" + UUID.randomUUID() + "'";
            statement.execute("XA START " + branch);
            statement.execute("INSERT INTO orders VALUES (1)");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM ledger");
            GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, "INSERT INTO orders VALUES (2)");
            statement.execute("XA END " + branch);
            GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, "XA COMMIT " + branch + " ONE PHASE");
            GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, "XA PREPARE " + branch);
            statement.execute("XA ROLLBACK " + branch);
            statement.execute("INSERT INTO orders VALUES (3)");
            assertThat(tables.count("orders")).isEqualTo(1);
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTriggerIsDroppedAsAChangeOfItsTable(MySqlDatabase database) throws Exception {
        String policy = """
                table ledger is ledger
                table orders is operational

                component app {
                  grant select on tier ledger
                  grant select, alter on tier operational
                }

                trust app {
                  why "migrates"
                  owner "x"
                  define
                  until 2126-06-30T00:00Z
                }
                """;
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                policy,
                "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
                "CREATE TABLE orders (id INT PRIMARY KEY)",
                "CREATE TRIGGER of_ledger BEFORE DELETE ON ledger FOR EACH ROW SIGNAL SQLSTATE '45000'",
                "CREATE TRIGGER of_orders BEFORE INSERT ON orders FOR EACH ROW SET NEW.id = NEW.id + 1")) {
            tables.assertAllowed("DROP TRIGGER of_orders");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DROP TRIGGER of_ledger");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DROP TRIGGER IF EXISTS of_ledger");
        }
    }

    @ParameterizedTest
    @EnumSource
    void quotesMeanWhatTheModeSaysThatASetHasSet(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                        database,
                        folder,
                        POLICY,
                        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
                        "INSERT INTO ledger VALUES (1, 10)",
                        "CREATE TABLE orders (id INT PRIMARY KEY, state VARCHAR(20))",
                        "CREATE TABLE payment (id INT)");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            String names = "SELECT \"id\" FROM \"orders\" WHERE \"state\" = 'a'";
            for (boolean autoCommit : new boolean[] {true, false}) {
                connection.setAutoCommit(autoCommit);
                statement.execute("SELECT 1 FROM orders");
                statement.execute("SET sql_mode = 'ANSI_QUOTES'");
                statement.execute(names);
                try (PreparedStatement prepared = connection.prepareStatement(names + " AND id = ?")) {
                    prepared.setInt(1, 1);
                    prepared.execute();
                }
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM \"ledger\"");
                if (!autoCommit) {
                    connection.rollback(); // which leaves the mode as it is
                }
                statement.execute(names);
                statement.execute("SET sql_mode = ''");
                statement.execute("SELECT \"it's\" FROM orders");
                assertThatThrownBy(() -> statement.execute("SET sql_mode = 'ANSI_QUOTES', none_such = 1"))
                        .isInstanceOf(SQLException.class)
                        .isNotInstanceOf(DenialException.class);
                statement.execute("SELECT \"it's\" FROM orders");
            }
            connection.setAutoCommit(true);
            // What is a string now was a name when a driver or server may have kept the text.
            try (PreparedStatement plain = connection.prepareStatement("SELECT 1 FROM orders WHERE id = ?")) {
                assertThatThrownBy(() -> connection.prepareStatement(names + " AND id = ?"))
                        .isInstanceOf(DenialException.class);
                plain.setInt(1, 1);
                plain.execute();
            }
            GuardedTables.assertDenied(
                    statement, Reason.UNREADABLE_SQL, "SET sql_mode = @mode; SELECT \"a\" FROM orders");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }
}
