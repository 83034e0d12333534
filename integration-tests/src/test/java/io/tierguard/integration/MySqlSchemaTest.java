package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What MariaDB and MySQL do by themselves because of a statement counts as done by it. */
class MySqlSchemaTest {
    private static final String POLICY = """
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert, update on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE orders (id INT PRIMARY KEY, state VARCHAR(20))",
        "INSERT INTO orders VALUES (1, 'new')",
        "CREATE TABLE note (id INT PRIMARY KEY, orders_id INT)",
        "INSERT INTO note VALUES (1, 1)"
    };

    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database, String... more) throws Exception {
        List<String> schema = new ArrayList<>(List.of(TABLES));
        schema.addAll(List.of(more));
        return GuardedTables.open(database, folder, POLICY, schema.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void aTriggerIsReadThrough(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                database,
                "CREATE TRIGGER harmless BEFORE UPDATE ON orders FOR EACH ROW"
                        + " BEGIN IF NEW.state = 'x' THEN SET NEW.state = upper(NEW.state); END IF; END",
                "CREATE TRIGGER wipe AFTER DELETE ON orders FOR EACH ROW BEGIN DECLARE gone INT DEFAULT OLD.id;"
                        + " IF gone > 0 THEN DELETE FROM ledger WHERE id = OLD.id; END IF; END",
                "CREATE TRIGGER later AFTER INSERT ON note FOR EACH ROW CALL scrub(NEW.id)",
                "CREATE PROCEDURE scrub (number INT) BEGIN UPDATE ledger SET amount = 0 WHERE id = number; END")) {
            tables.assertAllowed("UPDATE orders SET state = 'paid'", "INSERT INTO orders VALUES (2, 'x')");
            tables.assertDenied(Reason.CASCADE, "DELETE FROM orders", "wipe");
            tables.assertDenied(Reason.CASCADE, "REPLACE INTO orders VALUES (1, 'x')", "wipe");
            tables.assertDenied(Reason.CASCADE, "INSERT INTO note VALUES (2, 2)", "later", "scrub");
            assertThat(tables.count("ledger WHERE amount = 10")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoutineIsReadThrough(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                database,
                "CREATE PROCEDURE wipe () BEGIN DELETE FROM ledger; END",
                "CREATE PROCEDURE tidy (number INT) BEGIN DELETE FROM note WHERE id = number; END",
                "CREATE FUNCTION wiped () RETURNS INT DETERMINISTIC BEGIN DELETE FROM ledger; RETURN 1; END",
                "CREATE FUNCTION twice (number INT) RETURNS INT DETERMINISTIC RETURN number * 2",
                "CREATE PROCEDURE hidden () BEGIN PREPARE s FROM @sql; EXECUTE s; END")) {
            tables.assertAllowed("CALL tidy(7)", "SELECT twice(id) FROM orders");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL wipe()", "wipe");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "SELECT wiped()", "wiped");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "SELECT * FROM orders WHERE id = wiped()", "wiped");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "CALL hidden()", "hidden");
            try (Connection connection = tables.connect()) {
                assertThatThrownBy(() -> connection.prepareCall("{call wipe()}"))
                        .isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> connection.prepareCall("{? = call wiped()}"))
                        .isInstanceOf(DenialException.class);
            }
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aViewIsReadThrough(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                database,
                "CREATE VIEW entries AS SELECT id, amount FROM ledger",
                "CREATE VIEW entry_again AS SELECT id AS number, amount AS money FROM entries WHERE id > 0",
                "CREATE VIEW open_orders AS SELECT id, state FROM orders WHERE state <> 'it\\'s \"done\"'")) {
            tables.assertAllowed("UPDATE open_orders SET state = 'x'", "SELECT * FROM entry_again");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM entries");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "UPDATE entry_again SET money = 0");
            assertThat(tables.count("ledger WHERE amount = 10")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void foreignKeysReachOtherDatabases(MySqlDatabase database) throws Exception {
        String other = database.createDatabase();
        String name = MySqlDatabase.nameIn(other);
        try (GuardedTables tables = open(database)) {
            String own = MySqlDatabase.nameIn(tables.realUrl());
            tables.prepare("CREATE TABLE " + name + ".ledger (id INT PRIMARY KEY, o INT, FOREIGN KEY (o) REFERENCES "
                    + own + ".orders (id) ON DELETE SET NULL ON UPDATE CASCADE)");
            tables.assertDenied(Reason.CASCADE, "DELETE FROM orders", name + ".ledger");
            tables.assertDenied(Reason.CASCADE, "UPDATE orders SET id = 5", name + ".ledger");
            tables.assertAllowed("UPDATE orders SET state = 'x'");
            database.dropDatabase(other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheUserIsNotShownCountsAsThere(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                database,
                "CREATE TRIGGER wipe AFTER DELETE ON orders FOR EACH ROW DELETE FROM ledger",
                "CREATE VIEW Entries AS SELECT id, amount FROM ledger")) {
            String user = "teller" + database.ordinal();
            String own = MySqlDatabase.nameIn(tables.realUrl());
            tables.prepare(
                    "CREATE USER " + user + "@'%' IDENTIFIED BY ''",
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON " + own + ".* TO " + user + "@'%'");
            try {
                assertDenied(tables, user, "DELETE FROM orders", "TRIGGER");
                assertDenied(tables, user, "INSERT INTO note VALUES (9, 9)", "TRIGGER");
                assertDenied(tables, user, "DELETE FROM Entries", "entries");
                tables.prepare("GRANT TRIGGER, SHOW VIEW ON " + own + ".* TO " + user + "@'%'");
                Thread.sleep(1100); // connections of one moment share a reading
                assertDenied(tables, user, "DELETE FROM orders", "wipe");
                assertDenied(tables, user, "DELETE FROM Entries", "ledger");
                try (Connection connection = tables.connectAs(user, "");
                        Statement statement = connection.createStatement()) {
                    statement.execute("INSERT INTO note VALUES (9, 9)");
                }
            } finally {
                tables.prepare("DROP USER " + user + "@'%'");
            }
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    private static void assertDenied(GuardedTables tables, String user, String sql, String part) throws SQLException {
        try (Connection connection = tables.connectAs(user, "");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .as(sql)
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining(part);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangeOfTheSchemaIsSeenByTheNextStatement(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM note");
            tables.prepare("CREATE TRIGGER wipe AFTER DELETE ON note FOR EACH ROW DELETE FROM ledger");
            Thread.sleep(1100);
            try (Connection later = tables.connect();
                    Statement again = later.createStatement()) {
                GuardedTables.assertDenied(again, Reason.CASCADE, "DELETE FROM note", "wipe");
            }
            GuardedTables.assertDenied(statement, Reason.CASCADE, "DELETE FROM note", "wipe");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsToldOfAStatementIsStillToldAfterALook(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            tables.prepare("CREATE TABLE late (id INT)");
            statement.execute("UPDATE orders SET state = 'told'");
            try (ResultSet rows = statement.executeQuery("SELECT ROW_COUNT()")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
            statement.execute("INSERT INTO late VALUES (1)");
            try (ResultSet rows = statement.executeQuery("SELECT ROW_COUNT()")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatNothingUndoesAreHeldToNoLimit(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                """
                table limited is operational {
                  limit delete 1 rows
                }

                table lasting is operational {
                  limit delete 1 rows
                }

                table * is operational

                component app {
                  grant select, insert, update, delete on tier operational
                }
                """,
                "CREATE TABLE limited (id INT PRIMARY KEY) ENGINE = InnoDB",
                "INSERT INTO limited VALUES (1), (2), (3)",
                "CREATE TABLE lasting (id INT PRIMARY KEY) ENGINE = MyISAM",
                "INSERT INTO lasting VALUES (1), (2), (3)")) {
            tables.assertDenied(Reason.ROW_LIMIT, "DELETE FROM lasting WHERE id = 1", "cannot undo");
            tables.assertDenied(Reason.ROW_LIMIT, "DELETE FROM limited");
            tables.assertAllowed("DELETE FROM limited WHERE id = 1");
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("INSERT INTO limited VALUES (9)");
                GuardedTables.assertDenied(statement, Reason.ROW_LIMIT, "DELETE FROM limited");
                connection.rollback();
                connection.setAutoCommit(true);
                statement.execute("START TRANSACTION");
                GuardedTables.assertDenied(
                        statement, Reason.ROW_LIMIT, "DELETE FROM limited WHERE id = 2", "setAutoCommit");
            }
            assertThat(tables.count("limited")).isEqualTo(2);
            assertThat(tables.count("lasting")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnThatTheServerSetsOnUpdateChangesWithTheOthers(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                """
                table stamp is ledger

                table document is ledger {
                  mutable state
                }

                table letter is ledger {
                  mutable state, changed
                }

                component app {
                  grant select, insert, update on tier ledger
                }
                """,
                "CREATE TABLE document (id INT PRIMARY KEY, state VARCHAR(9),"
                        + " changed TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)",
                "CREATE TABLE letter LIKE document",
                "ALTER TABLE letter ADD UNIQUE (changed)",
                "CREATE TABLE stamp (changed TIMESTAMP, FOREIGN KEY (changed) REFERENCES letter (changed) ON UPDATE CASCADE)")) {
            tables.assertAllowed("UPDATE document SET state = 'x'"); // what the server computes is implied: V22
            tables.assertDenied(Reason.CASCADE, "UPDATE letter SET state = 'x'", "changed ON UPDATE", "stamp");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aRowThatIsInsertedIntoASequenceReplacesItsOwn(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                """
                table ledger* is ledger
                table * is operational

                component app {
                  grant select, insert on tier ledger
                  grant select, insert, update, delete on tier operational
                }
                """,
                "CREATE SEQUENCE ledger_seq",
                "CREATE SEQUENCE note_seq",
                "CREATE VIEW numbers AS SELECT * FROM ledger_seq",
                "CREATE TABLE ledger (id INT DEFAULT (NEXT VALUE FOR ledger_seq), amount INT)",
                "CREATE TABLE note (a BIGINT, b BIGINT, c BIGINT, d BIGINT, e BIGINT, f BIGINT, g BIGINT, h BIGINT)")) {
            for (String sql : List.of(
                    "INSERT INTO ledger_seq VALUES (500, 1, 1000, 1, 1, 1, 0, 0)",
                    "INSERT IGNORE INTO ledger_seq VALUES (500, 1, 1000, 1, 1, 1, 0, 0)",
                    "INSERT INTO ledger_seq SELECT * FROM note",
                    "INSERT INTO numbers VALUES (500, 1, 1000, 1, 1, 1, 0, 0)",
                    "LOAD DATA LOCAL INFILE 'seq.csv' INTO TABLE ledger_seq")) {
                tables.assertDenied(Reason.CASCADE, sql, "ledger_seq");
            }
            tables.assertDenied(Reason.IMMUTABLE_TIER, "REPLACE INTO ledger_seq VALUES (500, 1, 1000, 1, 1, 1, 0, 0)");
            tables.assertAllowed(
                    "INSERT INTO ledger (amount) VALUES (1)",
                    "SELECT NEXT VALUE FOR ledger_seq",
                    "INSERT INTO note_seq VALUES (500, 1, 1000, 1, 1, 1, 0, 0)");
        }
    }

    /** MySQL's catalog tells 'it''s' as 'it's', and MariaDB's 'a\\' as 'a\', so that what stands between two looks like a string. */
    @ParameterizedTest
    @EnumSource
    void codeIsNotHiddenBehindStringsThatTheCatalogTellsOtherwise(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                database,
                "CREATE PROCEDURE p () BEGIN SELECT 'it''s'; DELETE FROM ledger; SELECT ''''; END",
                "CREATE PROCEDURE q () BEGIN SELECT \"a\"\"\"; DELETE FROM ledger; SELECT \"\"\"b\"; END",
                "CREATE PROCEDURE r () BEGIN SELECT 'a\\\\'; DELETE FROM ledger; SELECT '-- '; END",
                "CREATE PROCEDURE s () BEGIN SELECT 'a'' -- b'; DELETE FROM ledger; END",
                "CREATE PROCEDURE t () BEGIN SELECT 'a'' `b'; DELETE FROM ledger; SELECT 1 AS `x`; END",
                "CREATE PROCEDURE u () BEGIN SELECT 'a'' /* b'; DELETE FROM ledger; SELECT 'c */ '' d'; END",
                "CREATE PROCEDURE v () BEGIN SELECT 'x '' OR '; CALL p(); SELECT ' '' OR '; END",
                "CREATE PROCEDURE w () BEGIN SELECT 'x '' N', wiped(), 'y ''z'; END",
                "CREATE FUNCTION wiped () RETURNS INT DETERMINISTIC BEGIN DECLARE x TEXT DEFAULT 'it''s'; DELETE FROM ledger;"
                        + " SET x = ''''; RETURN 1; END",
                "CREATE TRIGGER later AFTER INSERT ON note FOR EACH ROW BEGIN SET @x = 'it''s'; DELETE FROM ledger; SET @x = ''''; END",
                "CREATE PROCEDURE plain () BEGIN IF (SELECT count(*) FROM note) > 9 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT ="
                        + " 'there are too many'; END IF; UPDATE orders SET state = 'paid'; END")) {
            for (String sql : List.of(
                    "CALL p()",
                    "CALL q()",
                    "CALL r()",
                    "CALL s()",
                    "CALL t()",
                    "CALL u()",
                    "CALL v()",
                    "CALL w()",
                    "SELECT wiped()",
                    "INSERT INTO note VALUES (2, 2)")) {
                try (Connection connection = tables.connect();
                        Statement statement = connection.createStatement()) {
                    assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(DenialException.class);
                }
                assertThat(tables.count("ledger")).as(sql).isEqualTo(1);
            }
            tables.assertAllowed("CALL plain()");
        }
    }

    @ParameterizedTest
    @EnumSource
    void codeNamesWhatIsInItsOwnDatabase(MySqlDatabase database) throws Exception {
        String other = database.createDatabase();
        String name = MySqlDatabase.nameIn(other);
        try (GuardedTables tables = open(
                database,
                "CREATE PROCEDURE tidy (number INT) BEGIN DELETE FROM note WHERE id = number; CALL more(); END",
                "CREATE PROCEDURE more () DELETE FROM note WHERE id = 7",
                "CREATE TRIGGER later AFTER UPDATE ON orders FOR EACH ROW DELETE FROM note WHERE id = OLD.id")) {
            tables.prepare(
                    "CREATE TABLE " + name + ".ledger (id INT PRIMARY KEY)",
                    "INSERT INTO " + name + ".ledger VALUES (7)",
                    "CREATE VIEW " + name + ".note AS SELECT id FROM " + name + ".ledger",
                    "CREATE PROCEDURE " + name + ".more () DELETE FROM note WHERE id = 7");
            tables.assertAllowed("CALL tidy(7)", "CALL more()", "UPDATE orders SET state = 'x'");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL " + name + ".more()", name + ".ledger");
            assertThat(tables.count(name + ".ledger")).isEqualTo(1);
        } finally {
            database.dropDatabase(other);
        }
    }
}
