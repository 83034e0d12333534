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

/** The servers find code, prepared statements and tables by names that are written otherwise than theirs. */
class MySqlNamesTest {
    private static final String RULES = """
            table ledger is ledger {
              mutable status
            }
            table note is operational
            table note_view is operational
            table alone is operational
            table visit is counted

            tier counted is mutable {
              limit insert 3 rows
            }

            routine f* is harmless {
              why "a test"
            }

            routine foo writes delete on ledger {
              why "a test"
            }

            component app {
              grant select, insert on ledger
              grant update (status) on ledger
              grant select, insert, update, delete on note, note_view, alone, visit
            }

            trust app {
              owner "operations"
              why "a test"
              until 2099-12-31T00:00Z
              define
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT, status VARCHAR(9))",
        "INSERT INTO ledger VALUES (1, 10, 'new')",
        "CREATE TABLE note (id INT PRIMARY KEY, text VARCHAR(9))",
        "INSERT INTO note VALUES (1, 'x')",
    };

    private static final List<String> WRITTEN_OTHERWISE = List.of("é", "e ", "E ", "ë");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aNameThatTheServerTakesForAnotherIsNotPrepared(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute("PREPARE e FROM 'SELECT 1'");
            statement.execute("EXECUTE E");
            for (String name : WRITTEN_OTHERWISE) {
                for (String sql : List.of("PREPARE `%s` FROM 'SELECT 1'", "EXECUTE `%s`", "DEALLOCATE PREPARE `%s`")) {
                    GuardedTables.assertDenied(
                            statement,
                            Reason.UNREADABLE_SQL,
                            sql.formatted(name),
                            "a name that the server may take for another");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aVariableThatTheServerTakesForAnotherIsNotSet(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.assertAllowed("SET sql_mode = 'ANSI_QUOTES'", "SET @a_b = 1");
            for (String sql : List.of(
                    "SET sql_móde = 'NO_BACKSLASH_ESCAPES'",
                    "SET `sql_mode ` = 'NO_BACKSLASH_ESCAPES'",
                    "SET @@session.`sql_móde` = 'NO_BACKSLASH_ESCAPES'",
                    "SET @n = 1, foreígn_key_checks = 0",
                    "SET chàracter_set_client = gbk",
                    "SET áutocommit = 0",
                    "SET sessíon sql_mode = 'ANSI_QUOTES'",
                    "DELETE /*+ SET_VAR(foreígn_key_checks=0) */ FROM note")) {
                tables.assertDenied(Reason.UNREADABLE_SQL, sql);
            }
        }
    }

    /** Code may give its own variables any name that is not one of the session's. */
    @ParameterizedTest
    @EnumSource
    void aVariableOfCodeMayHaveAccents(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.prepare(
                    "CREATE PROCEDURE counts() BEGIN DECLARE größe INT; SET größe = 1; DELETE FROM note; END",
                    "CREATE PROCEDURE cuts() BEGIN DECLARE sql_móde INT; BEGIN SET sql_móde = 1; END;"
                            + " DELETE FROM note; END");
            tables.assertAllowed("CALL counts()");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "CALL cuts()");
        }
    }

    /** Which of two views is meant that letter case alone tells apart is not known, wherever they are. */
    @ParameterizedTest
    @EnumSource
    void aViewBesideOneThatDiffersByCaseIsNotAsked(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.prepare(
                    "CREATE VIEW note_view AS SELECT * FROM note",
                    "CREATE VIEW NOTE_VIEW AS SELECT id, status AS text FROM ledger",
                    "CREATE VIEW alone AS SELECT * FROM note");
            tables.assertAllowed("UPDATE alone SET text = 'y'");
            for (String sql :
                    List.of("UPDATE note_view SET text = 'y'", "DELETE FROM NOTE_VIEW", "SELECT * FROM note_view")) {
                tables.assertDenied(Reason.UNKNOWN_ROUTINE, sql, "differs by letter case alone");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoutineOrTriggerIsOnlyFoundByItsOwnName(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.prepare(
                    "CREATE PROCEDURE foo() DELETE FROM ledger",
                    "CREATE PROCEDURE größe() SELECT 1",
                    "CREATE TRIGGER tes BEFORE INSERT ON ledger FOR EACH ROW SET NEW.amount = NEW.amount + 1");
            tables.assertAllowed("CALL größe()");
            for (String sql : List.of("CALL `fóo`()", "CALL fóo", "CALL `GROSSÉ`()", "SELECT fóo()")) {
                tables.assertDenied(Reason.UNKNOWN_ROUTINE, sql, "for that of another routine");
            }
            for (String sql : List.of("DROP TRIGGER tés", "DROP TRIGGER IF EXISTS `teſ`")) {
                tables.assertDenied(Reason.UNREADABLE_SQL, sql, "a name that the server may take for another");
            }
        }
    }

    /** A server whose file system tells letter case tells these apart, and one of another takes them for one. */
    @ParameterizedTest
    @EnumSource
    void anAliasThatDiffersByCaseHidesNoTable(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            for (String sql : List.of(
                    "DELETE ledger FROM note AS LEDGER JOIN ledger ON ledger.id = LEDGER.id",
                    "DELETE FROM ledger USING ledger JOIN note AS Ledger ON ledger.id = Ledger.id")) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, sql, "DELETE from ledger");
            }
            tables.assertAllowed("DELETE n FROM note AS n JOIN ledger ON ledger.id = n.id");
        }
    }

    /** A package of the current database goes before a database of its name. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aPackageGoesBeforeADatabaseOfItsName(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.prepare(
                    "CREATE DATABASE IF NOT EXISTS beside",
                    "CREATE OR REPLACE FUNCTION beside.one() RETURNS INT DETERMINISTIC RETURN 1");
            tables.assertAllowed("SELECT beside.one()");
        }
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.prepare(
                    "SET sql_mode = ORACLE",
                    "CREATE PACKAGE beside AS FUNCTION one RETURN INT; END",
                    "CREATE PACKAGE BODY beside AS FUNCTION one RETURN INT AS"
                            + " BEGIN DELETE FROM ledger; RETURN 1; END; END",
                    "CREATE PACKAGE sys AS FUNCTION version_major RETURN INT; END",
                    "CREATE PACKAGE BODY sys AS FUNCTION version_major RETURN INT AS"
                            + " BEGIN DELETE FROM ledger; RETURN 1; END; END");
            for (String call : List.of("beside.one()", "sys.version_major()")) {
                for (String sql : List.of("SELECT %s", "DO %s", "UPDATE note SET id = %s")) {
                    tables.assertDenied(Reason.UNKNOWN_ROUTINE, sql.formatted(call), "own");
                }
            }
            assertThat(tables.count("ledger")).isEqualTo(1);
            tables.prepare("DROP DATABASE beside");
        }
    }

    /** A trigger may set columns of its row by what it gives to a function. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aFunctionThatSetsWhatItIsGivenIsNotKnown(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.prepare(
                    "CREATE FUNCTION plain(x INT) RETURNS INT DETERMINISTIC RETURN x + 1",
                    "CREATE TRIGGER looks BEFORE UPDATE ON ledger FOR EACH ROW SET @seen = plain(NEW.amount)");
            tables.assertAllowed("UPDATE ledger SET status = 'y'");
        }
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.prepare(
                    "CREATE FUNCTION gives(OUT x INT) RETURNS INT BEGIN SET x = 7; RETURN 1; END",
                    "CREATE TRIGGER sets BEFORE UPDATE ON ledger FOR EACH ROW SET @seen = gives(NEW.amount)");
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE, "UPDATE ledger SET status = 'x'", "gives", "sets what it is given");
        }
    }

    /** What remains of a row beside the portion is kept in rows of its own, which no driver tells. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aPortionAddsRowsThatNobodyCounts(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE TABLE visit (id INT, since DATE, till DATE, PERIOD FOR stay (since, till))",
                "INSERT INTO visit VALUES (1, '2020-01-01', '2021-01-01')")) {
            tables.assertAllowed("UPDATE visit SET id = 2", "INSERT INTO visit VALUES (3, '2020-01-01', '2021-01-01')");
            for (String sql : List.of("UPDATE visit %s SET id = 5", "DELETE FROM visit %s")) {
                String portion = sql.formatted("FOR PORTION OF stay FROM '2020-03-01' TO '2020-04-01'");
                tables.assertDenied(Reason.ROW_LIMIT, portion, "its rows are not counted");
            }
        }
    }
}
