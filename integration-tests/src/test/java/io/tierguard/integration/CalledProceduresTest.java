package io.tierguard.integration;

import static io.tierguard.integration.ProceduresShop.ADD_COLUMN;
import static io.tierguard.integration.ProceduresShop.PAY;
import static io.tierguard.integration.ProceduresShop.POLICY;
import static io.tierguard.integration.ProceduresShop.TRUST;
import static io.tierguard.integration.ProceduresShop.added;
import static io.tierguard.integration.ProceduresShop.assertDenied;
import static io.tierguard.integration.ProceduresShop.assertUntouched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A procedure that changes tables or transactions is called by a statement of its own as its statements are run, and by no other. */
class CalledProceduresTest {
    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database, String rules, String... more) throws Exception {
        return ProceduresShop.open(database, folder, rules, more);
    }

    /** What they do is in no catalog that is read. */
    @ParameterizedTest
    @EnumSource
    void aDenialOfTheServersOwnSaysThatItIsNotRead(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, POLICY)) {
            for (String call : List.of("table_exists('a', 'b', @x)", "ps_setup_show_enabled(TRUE, TRUE)")) {
                assertThatThrownBy(() -> tables.assertAllowed("CALL sys." + call))
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("what the routines of sys do is not read")
                        .hasMessageNotContaining("no routine of its own");
            }
            assertThatThrownBy(() -> tables.assertAllowed("CALL nobody()"))
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining("no routine of its own");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScriptThatMayRunTwiceRuns(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, POLICY + TRUST)) {
            for (int run = 0; run < 2; run++) {
                tables.assertAllowed("DROP PROCEDURE IF EXISTS add_column", ADD_COLUMN, "CALL add_column()");
                assertThat(added(tables)).isEqualTo(1);
                tables.assertAllowed("DROP PROCEDURE add_column", "UPDATE orders SET added = 1 WHERE id = 1");
            }
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("ALTER TABLE orders DROP COLUMN added");
                statement.execute(ADD_COLUMN);
                statement.execute("CALL add_column");
                statement.execute("UPDATE orders SET added = 2");
                statement.execute("DROP PROCEDURE add_column");
            }
            assertThat(added(tables)).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProcedureMayKeepAndUndoItsOwnTransaction(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, POLICY + TRUST)) {
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(PAY);
                try (CallableStatement call = connection.prepareCall("{call pay(?, ?)}")) {
                    call.setInt(1, 7);
                    call.registerOutParameter(2, Types.INTEGER);
                    call.execute();
                    assertThat(call.getInt(2)).isEqualTo(7);
                }
                assertThat(tables.count("ledger WHERE id = 7")).isEqualTo(1);
                assertThatThrownBy(() -> statement.execute("CALL pay(7, @paid)"))
                        .isInstanceOf(SQLException.class)
                        .isNotInstanceOf(DenialException.class);
                try (PreparedStatement call = connection.prepareStatement("CALL pay(?, @paid)")) {
                    call.setInt(1, 8);
                    call.execute();
                }
                connection.setAutoCommit(false);
                statement.execute("UPDATE orders SET state = 'sent'");
                statement.execute("CALL pay(9, @paid)");
                connection.rollback();
            }
            assertThat(tables.count("ledger")).isEqualTo(5);
            assertThat(tables.count("orders WHERE state = 'paid'")).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRecordTellsWhatItDoes(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, POLICY + TRUST, ADD_COLUMN)) {
            tables.assertAllowed("CALL add_column()");
            Path audit = Path.of(tables.settings().get("tierguard.audit"));
            for (int i = 0; i < 100 && Files.size(audit) == 0; i++) {
                Thread.sleep(50); // it is written behind
            }
            assertThat(Files.readString(audit).lines())
                    .anyMatch(line -> line.contains("CALL") && line.contains("EXTEND") && line.contains("orders"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void itNeedsTheRightsThatItsStatementsNeed(MySqlDatabase database) throws Exception {
        String lesser = POLICY.replace(
                "grant select, insert, update, delete, truncate, create, extend, alter, drop",
                "grant select, insert, update");
        try (GuardedTables tables = open(
                database,
                lesser + TRUST,
                ADD_COLUMN,
                PAY,
                "CREATE PROCEDURE made () CREATE TABLE made (id INT)",
                "CREATE PROCEDURE gone () BEGIN START TRANSACTION; DELETE FROM note; COMMIT; END",
                "CREATE PROCEDURE emptied () TRUNCATE TABLE note")) {
            tables.assertDenied(Reason.NOT_GRANTED, "CALL add_column()", "EXTEND", "orders", "routine", "add_column");
            tables.assertDenied(Reason.NOT_GRANTED, "CALL made()", "CREATE", "made");
            tables.assertDenied(Reason.NOT_GRANTED, "CALL gone()", "DELETE", "note");
            tables.assertDenied(Reason.NOT_GRANTED, "CALL emptied()", "TRUNCATE", "note");
            tables.assertAllowed("CALL pay(3, @paid)");
            assertThat(added(tables)).isZero();
            assertThat(tables.count("note")).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    private static final List<String> AGAINST_CEILINGS = List.of(
            "ALTER TABLE ledger ADD COLUMN x INT, DROP COLUMN amount",
            "ALTER TABLE ledger RENAME TO old_ledger",
            "ALTER TABLE ledger MODIFY amount BIGINT",
            "RENAME TABLE ledger TO old_ledger",
            "RENAME TABLE orders TO old_orders, ledger TO orders",
            "DROP TABLE ledger",
            "DROP TABLE IF EXISTS orders, ledger",
            "TRUNCATE TABLE ledger",
            "TRUNCATE ledger",
            "DROP INDEX i ON ledger",
            "ALTER TABLE closed_book ADD COLUMN x INT",
            "CREATE INDEX i ON closed_book (id)",
            "BEGIN START TRANSACTION; DELETE FROM ledger; COMMIT; END",
            "BEGIN START TRANSACTION; UPDATE ledger SET amount = 0; COMMIT; END",
            "BEGIN START TRANSACTION; INSERT INTO closed_book VALUES (7); COMMIT; END",
            "BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN DELETE FROM ledger; COMMIT; END; SIGNAL SQLSTATE '45000'; END",
            "BEGIN IF 1 = 1 THEN DROP TABLE ledger; END IF; END",
            "BEGIN IF 1 = 2 THEN SELECT 1; ELSE ALTER TABLE ledger DROP COLUMN amount; END IF; END",
            "BEGIN CASE 1 WHEN 1 THEN DROP TABLE ledger; ELSE SELECT 1; END CASE; END",
            "BEGIN DECLARE i INT DEFAULT 0; WHILE i < 1 DO SET i = 1; DROP TABLE ledger; END WHILE; END",
            "BEGIN DECLARE i INT DEFAULT 0; REPEAT TRUNCATE TABLE ledger; SET i = 1; UNTIL i = 1 END REPEAT; END",
            "BEGIN l: LOOP DROP TABLE ledger; LEAVE l; END LOOP; END",
            "BEGIN ALTER TABLE orders ADD COLUMN x INT; DELETE FROM ledger; END",
            "BEGIN CREATE TABLE made (id INT); DELETE FROM behind; END",
            "BEGIN INSERT INTO ledger VALUES (3, 3); COMMIT; REPLACE INTO ledger VALUES (1, 0); END",
            "BEGIN INSERT INTO ledger VALUES (1, 0) ON DUPLICATE KEY UPDATE amount = 0; COMMIT; END",
            "CREATE TABLE child (id INT, FOREIGN KEY (id) REFERENCES ledger (id) ON DELETE CASCADE)",
            "CREATE TABLE merged (id INT) ENGINE = MERGE UNION = (ledger)");

    @ParameterizedTest
    @EnumSource
    void noneReachesWhatIsProtected(MySqlDatabase database) throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < AGAINST_CEILINGS.size(); i++) {
            made.add("CREATE PROCEDURE p" + i + " () " + AGAINST_CEILINGS.get(i));
        }
        try (GuardedTables tables = open(database, POLICY + TRUST, made.toArray(String[]::new));
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < made.size(); i++) {
                assertDenied(statement, "CALL p" + i + "()");
                assertDenied(statement, made.get(i).replace("PROCEDURE p", "PROCEDURE q"));
                assertUntouched(tables);
            }
        }
    }

    private static final List<String> NOT_FOLLOWED = List.of(
            "BEGIN ALTER TABLE note RENAME TO old_note; ALTER TABLE orders ADD COLUMN x INT; DELETE FROM note; END",
            "BEGIN RENAME TABLE note TO old_note, behind TO note; DELETE FROM note; END",
            "BEGIN CREATE OR REPLACE VIEW shown AS SELECT id FROM ledger; DELETE FROM shown; END",
            "BEGIN DROP TABLE note; CREATE VIEW note AS SELECT id FROM ledger; DELETE FROM note; END",
            "BEGIN ALTER TABLE note ADD FOREIGN KEY (orders_id) REFERENCES orders (id) ON DELETE CASCADE; DELETE FROM orders; END",
            "BEGIN DROP TEMPORARY TABLE IF EXISTS note; COMMIT; END",
            "BEGIN SET @sql = 'DROP TABLE ledger'; PREPARE s FROM @sql; EXECUTE s; COMMIT; END",
            "BEGIN PREPARE s FROM 'DROP TABLE ledger'; EXECUTE s; DEALLOCATE PREPARE s; END",
            "BEGIN SET autocommit = 0; DELETE FROM note; COMMIT; END",
            "BEGIN SET sql_mode = 'ANSI_QUOTES'; COMMIT; END",
            "BEGIN SET foreign_key_checks = 0; DELETE FROM orders; COMMIT; END",
            "BEGIN SET GLOBAL max_connections = 10; COMMIT; END",
            "BEGIN SET NAMES gbk; COMMIT; END",
            "BEGIN XA START 'a'; DELETE FROM note; XA END 'a'; XA PREPARE 'a'; COMMIT; END",
            "BEGIN CREATE USER made_here; DROP TABLE note; END",
            "BEGIN CALL wipe(); COMMIT; END",
            "BEGIN COMMIT; SELECT wiped(); END",
            "BEGIN CALL dropped(); COMMIT; END",
            "BEGIN COMMIT; CALL nowhere(); END",
            "BEGIN CREATE DATABASE IF NOT EXISTS never_made; DROP DATABASE never_made; END",
            "BEGIN KILL 5; COMMIT; END",
            "BEGIN DROP PROCEDURE IF EXISTS nowhere; COMMIT; END",
            "BEGIN CREATE TRIGGER x AFTER INSERT ON note FOR EACH ROW DELETE FROM ledger; COMMIT; END",
            "BEGIN ANALYZE TABLE note; COMMIT; DELETE FROM ledger; END");

    @ParameterizedTest
    @EnumSource
    void whatIsNotFollowedIsNeitherDefinedNorCalled(MySqlDatabase database) throws Exception {
        List<String> tried = new ArrayList<>();
        try (GuardedTables tables = open(
                        database,
                        POLICY + TRUST,
                        "CREATE PROCEDURE wipe () DELETE FROM ledger",
                        "CREATE PROCEDURE dropped () DROP TABLE note",
                        "CREATE FUNCTION wiped () RETURNS INT DETERMINISTIC BEGIN DELETE FROM ledger; RETURN 1; END");
                Connection past = tables.connectPastTheGuard();
                Statement maker = past.createStatement();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String body : NOT_FOLLOWED) {
                String create = "CREATE PROCEDURE p" + tried.size() + " () " + body;
                try {
                    maker.execute(create);
                } catch (SQLException notOfThisServer) {
                    continue;
                }
                tried.add(create);
            }
            assertThat(tried).hasSizeGreaterThan(20);
            for (int i = 0; i < tried.size(); i++) {
                assertDenied(statement, "CALL p" + i + "()");
                if (!tried.get(i).contains("nowhere()")) {
                    assertDenied(statement, tried.get(i).replace("PROCEDURE p", "PROCEDURE q"));
                }
                assertUntouched(tables);
                assertThat(tables.count("note")).isEqualTo(1);
            }
        }
    }

    private static final List<String> WRITTEN_ODDLY = List.of(
            "() BEGIN COMMIT; /*!50000 DELETE FROM ledger; */ END",
            "() BEGIN COMMIT; /*! DELETE FROM ledger; */ END",
            "() BEGIN COMMIT; /*M!100100 DELETE FROM ledger; */ DELETE FROM ledger; END",
            "() BEGIN COMMIT; DELETE ledger FROM ledger JOIN note ON 1 = 1; END",
            "() BEGIN COMMIT; UPDATE orders, ledger SET amount = 0; END",
            "() BEGIN COMMIT; SELECT ';'; DELETE FROM ledger; END",
            "() BEGIN COMMIT; SELECT 'it''s'; DELETE FROM ledger; SELECT ''''; END",
            "() BEGIN COMMIT; SELECT '\\''; DELETE FROM ledger; SELECT ' -- '; END",
            "() BEGIN COMMIT; # '\n DELETE FROM ledger; END",
            "() BEGIN COMMIT; -- '\n DELETE FROM `ledger`; END",
            "() BEGIN DECLARE ledger INT; COMMIT; DELETE FROM ledger; END",
            "() BEGIN DECLARE c CURSOR FOR SELECT id FROM ledger; OPEN c; CLOSE c; COMMIT; DELETE FROM ledger; END",
            "() BEGIN DECLARE amount INT DEFAULT 66; COMMIT; INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE"
                    + " ledger.amount = amount; END",
            "() BEGIN DECLARE n INT DEFAULT 66; COMMIT; UPDATE ledger SET amount = n; END",
            "() a: BEGIN b: BEGIN COMMIT; LEAVE b; END; TRUNCATE ledger; END",
            "() COMMENT 'DELETE' MODIFIES SQL DATA BEGIN COMMIT; DELETE FROM ledger LIMIT 1; END",
            "(amount INT) BEGIN COMMIT; UPDATE ledger SET ledger.amount = amount; END",
            "(amount INT) BEGIN COMMIT; INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE ledger.amount = amount; END",
            "(ledger INT) BEGIN COMMIT; DELETE FROM ledger; END");

    @ParameterizedTest
    @EnumSource
    void howeverItIsWrittenItIsReadAsTheServerReadsIt(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, POLICY + TRUST);
                Connection past = tables.connectPastTheGuard();
                Statement maker = past.createStatement()) {
            for (int i = 0; i < WRITTEN_ODDLY.size(); i++) {
                maker.execute("CREATE PROCEDURE p" + i + " " + WRITTEN_ODDLY.get(i));
            }
            maker.execute("SET sql_mode = 'ANSI_QUOTES'");
            maker.execute("CREATE PROCEDURE p_quoted () BEGIN COMMIT; DELETE FROM \"ledger\"; END");
            maker.execute("SET sql_mode = 'NO_BACKSLASH_ESCAPES'");
            maker.execute(
                    "CREATE PROCEDURE p_plain () BEGIN COMMIT; SELECT '\\'; DELETE FROM ledger; SELECT ' -- '; END");
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < WRITTEN_ODDLY.size(); i++) {
                    boolean isGiven = !WRITTEN_ODDLY.get(i).startsWith("()");
                    assertDenied(statement, "CALL p" + i + (isGiven ? "(66)" : "()"));
                    assertDenied(statement, "CREATE PROCEDURE q" + i + " " + WRITTEN_ODDLY.get(i));
                }
                assertDenied(statement, "CALL p_quoted()");
                assertDenied(statement, "CALL p_plain()");
                assertUntouched(tables);
            }
        }
    }

    /** What gives a name another meaning may be called where nothing comes behind it, and is defined by nobody. */
    @ParameterizedTest
    @EnumSource
    void aNameThatMeansSomethingElseBehindACallMisleadsNothing(MySqlDatabase database) throws Exception {
        String[] redirecting = {
            "CREATE PROCEDURE moved () RENAME TABLE note TO old_note",
            "CREATE PROCEDURE shown () CREATE VIEW shown AS SELECT id FROM orders",
            "CREATE PROCEDURE tied () ALTER TABLE note ADD FOREIGN KEY (orders_id) REFERENCES orders (id) ON DELETE CASCADE"
        };
        try (GuardedTables tables = open(database, POLICY + TRUST, redirecting);
                Connection connection = tables.connectWithTexts();
                Statement statement = connection.createStatement()) {
            for (String create : redirecting) {
                assertDenied(statement, create.replace("PROCEDURE ", "PROCEDURE other_"));
            }
            for (String text : List.of(
                    "CALL moved(); DELETE FROM note",
                    "CALL moved(); UPDATE orders SET state = 'x'",
                    "CALL moved(); CALL moved()",
                    "CALL tied(); DELETE FROM orders",
                    "DROP PROCEDURE moved; CREATE PROCEDURE moved () TRUNCATE TABLE note; CALL moved()",
                    "CREATE PROCEDURE new_one () TRUNCATE TABLE note; CALL new_one()",
                    "RENAME TABLE note TO n, behind TO note; CALL moved()")) {
                assertDenied(statement, text);
            }
            statement.addBatch("CALL moved()");
            statement.addBatch("DELETE FROM note");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(DenialException.class);
            statement.clearBatch();
            assertThat(tables.count("note")).isEqualTo(1);

            statement.execute("CALL moved()");
            statement.execute("CALL shown()");
            assertDenied(statement, "CALL moved(); DELETE FROM behind");
            assertThat(tables.count("old_note")).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    /** By another name for the same thing, and in code that runs without being judged anew, it stays refused. */
    @ParameterizedTest
    @EnumSource
    void nothingElseCallsIt(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                        database,
                        POLICY + TRUST,
                        "CREATE PROCEDURE extended () ALTER TABLE orders ADD COLUMN added INT",
                        "CREATE PROCEDURE kept () COMMIT",
                        "CREATE PROCEDURE around () CALL extended()",
                        "CREATE PROCEDURE again () BEGIN SELECT 1; CALL kept(); END",
                        "CREATE PROCEDURE itself () BEGIN IF 0 THEN CALL itself(); END IF; COMMIT; END",
                        "CREATE TABLE watched (id INT)",
                        "CREATE TRIGGER t AFTER INSERT ON watched FOR EACH ROW CALL kept()");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            List<String> ways = new ArrayList<>(List.of(
                    "CALL around()",
                    "CALL again()",
                    "CALL itself()",
                    "INSERT INTO watched VALUES (1)",
                    "CREATE PROCEDURE other () CALL extended()",
                    "CREATE TRIGGER u AFTER INSERT ON note FOR EACH ROW CALL extended()",
                    "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO CALL extended()",
                    "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO ALTER TABLE orders ADD COLUMN added INT",
                    "CREATE TRIGGER u AFTER INSERT ON note FOR EACH ROW COMMIT",
                    "CREATE FUNCTION f () RETURNS INT BEGIN CALL extended(); RETURN 1; END"));
            if (database.isMariaDb()) {
                ways.add("EXECUTE IMMEDIATE 'CALL extended()'");
                ways.add("SET STATEMENT max_statement_time = 5 FOR CALL extended()");
                ways.add("BEGIN NOT ATOMIC CALL extended(); END");
            }
            for (String way : ways) {
                assertDenied(statement, way);
            }
            try {
                statement.execute("PREPARE s FROM 'CALL extended()'");
                assertDenied(statement, "EXECUTE s");
            } catch (DenialException alreadyThen) {
                assertThat(alreadyThen.reason()).isNotNull();
            }
            assertThat(added(tables)).isZero();
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatItIsGivenIsJudgedToo(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                        database,
                        POLICY + TRUST,
                        "CREATE PROCEDURE extended (n INT) ALTER TABLE orders ADD COLUMN added INT",
                        "CREATE FUNCTION wiped () RETURNS INT DETERMINISTIC BEGIN DELETE FROM ledger; RETURN 1; END");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            assertDenied(statement, "CALL extended(wiped())");
            assertDenied(statement, "CALL extended((SELECT count(*) FROM ledger))");
            assertThat(added(tables)).isZero();
            statement.execute("CALL extended(1 + ABS(-1))");
            assertThat(added(tables)).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatThePolicySaysOfItGoesBeforeItsBody(MySqlDatabase database) throws Exception {
        String stated = "\nroutine extended is harmless {\n  why \"reviewed\"\n  body sha256:" + "0".repeat(64)
                + "\n}\n\nroutine gone writes delete on ledger {\n  why \"says so\"\n}\n";
        try (GuardedTables tables = open(
                database,
                POLICY + TRUST + stated,
                "CREATE PROCEDURE extended () ALTER TABLE orders ADD COLUMN added INT",
                "CREATE PROCEDURE gone () DROP TABLE note")) {
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "CALL extended()");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL gone()");
            tables.assertDenied(Reason.DEFINES_CODE, "CREATE PROCEDURE other.gone () DROP TABLE note");
            assertThat(added(tables)).isZero();
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }
}
