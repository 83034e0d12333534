package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

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
    private static final String POLICY = """
            table ledger is ledger
            table closed_book is closed
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select on tier closed
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    private static final String TRUST = """

            trust app {
              why "migrates"
              owner "data-guardians@shop.example"
              define
              until 2999-01-01T00:00Z
            }
            """;

    private static final String[] TABLES = {
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
    private static final String ADD_COLUMN = "CREATE PROCEDURE add_column () BEGIN IF NOT EXISTS (SELECT 1 FROM"
            + " information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'orders' AND column_name ="
            + " 'added') THEN ALTER TABLE orders ADD COLUMN added INT; END IF; END";

    private static final String PAY =
            "CREATE PROCEDURE pay (IN number INT, OUT paid INT) BEGIN DECLARE EXIT HANDLER FOR"
                    + " SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END; START TRANSACTION; INSERT INTO ledger VALUES (number, 5);"
                    + " UPDATE orders SET state = 'paid' WHERE id = 1; COMMIT; SET paid = number; END";

    @TempDir
    private Path folder;

    private GuardedTables open(MySqlDatabase database, String rules, String... more) throws Exception {
        List<String> schema = new ArrayList<>(List.of(TABLES));
        schema.addAll(List.of(more));
        return GuardedTables.open(database, folder, rules, schema.toArray(String[]::new));
    }

    private static void assertUntouched(GuardedTables tables) throws SQLException {
        assertThat(tables.count("ledger WHERE (id = 1 AND amount = 10) OR (id = 2 AND amount = 20)"))
                .isEqualTo(2);
        assertThat(tables.count("closed_book WHERE id = 1")).isEqualTo(1);
        assertThat(tables.count("information_schema.columns WHERE table_schema = DATABASE() AND table_name IN"
                        + " ('ledger', 'closed_book')"))
                .isEqualTo(3);
    }

    private static int added(GuardedTables tables) throws SQLException {
        return tables.count("information_schema.columns WHERE table_schema = DATABASE() AND column_name = 'added'");
    }

    private static void assertDenied(Statement statement, String sql) {
        assertThat(catchThrowable(() -> statement.execute(sql))).as(sql).isInstanceOf(DenialException.class);
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
            "BEGIN CREATE TEMPORARY TABLE ledger_copy (id INT); COMMIT; END",
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

    @ParameterizedTest
    @EnumSource
    void theBodyThatIsThereNowCounts(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                        database, POLICY + TRUST, "CREATE PROCEDURE p () ALTER TABLE orders ADD COLUMN added INT");
                Connection connection = tables.connect();
                PreparedStatement prepared = connection.prepareStatement("CALL p()");
                Statement statement = connection.createStatement()) {
            prepared.execute();
            tables.prepare("DROP PROCEDURE p", "CREATE PROCEDURE p () BEGIN DELETE FROM ledger; COMMIT; END");
            Thread.sleep(1_100);
            assertThatThrownBy(prepared::execute).isInstanceOf(DenialException.class);
            assertDenied(statement, "CALL p()");
            tables.prepare("DROP PROCEDURE p", "CREATE PROCEDURE p () DROP TABLE ledger");
            Thread.sleep(1_100);
            assertDenied(statement, "CALL p()");
            tables.prepare("DROP PROCEDURE p", "CREATE FUNCTION p () RETURNS INT RETURN 1");
            Thread.sleep(1_100);
            assertThatThrownBy(() -> statement.execute("CALL p()")).isInstanceOf(SQLException.class);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfATransactionIsKeptByACallBehindADenial(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                        database,
                        POLICY + TRUST,
                        "CREATE PROCEDURE kept () COMMIT",
                        "CREATE PROCEDURE undone () ROLLBACK",
                        "CREATE PROCEDURE perhaps () BEGIN IF 0 THEN COMMIT; END IF; END",
                        "CREATE PROCEDURE extended () ALTER TABLE orders ADD COLUMN added INT",
                        "CREATE PROCEDURE opened () BEGIN START TRANSACTION; UPDATE orders SET state = 'open'; END");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DELETE FROM note");
            assertDenied(statement, "DELETE FROM ledger");
            for (String call : List.of("CALL kept()", "CALL extended()", "CALL opened()", "CALL undone()")) {
                GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, call);
            }
            connection.rollback();
            assertThat(tables.count("note")).isEqualTo(1);

            connection.setAutoCommit(true);
            statement.execute("CALL opened()");
            assertDenied(statement, "DELETE FROM ledger");
            GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, "CALL kept()");
            statement.execute("ROLLBACK");
            assertThat(tables.count("orders WHERE state = 'open'")).isZero();

            // It may end no transaction at all, and one that a text has begun goes on.
            statement.execute("START TRANSACTION");
            statement.execute("DELETE FROM note");
            statement.execute("CALL perhaps()");
            assertDenied(statement, "DELETE FROM ledger");
            GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, "COMMIT");
            statement.execute("ROLLBACK");
            assertThat(tables.count("note")).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatItChangesAreUnderNoLimitCounted(MySqlDatabase database) throws Exception {
        String limited = POLICY.replace(
                "component app {", "component app {\n  limit delete 1 row\n  limit update 1 row per transaction");
        try (GuardedTables tables = open(
                        database,
                        limited + TRUST,
                        "INSERT INTO orders VALUES (2, 'new'), (3, 'new')",
                        "CREATE PROCEDURE gone () BEGIN START TRANSACTION; DELETE FROM orders; COMMIT; END",
                        "CREATE PROCEDURE paid () BEGIN START TRANSACTION; UPDATE orders SET state = 'paid'; COMMIT; END",
                        "CREATE PROCEDURE emptied () TRUNCATE TABLE note",
                        "CREATE PROCEDURE kept () COMMIT");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String call : List.of("CALL gone()", "CALL paid()", "CALL emptied()")) {
                GuardedTables.assertDenied(statement, Reason.ROW_LIMIT, call);
            }
            connection.setAutoCommit(false);
            statement.addBatch("DELETE FROM orders");
            statement.addBatch("CALL kept()");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(DenialException.class);
            statement.clearBatch();
            connection.rollback();
            statement.execute("UPDATE orders SET state = 'one' WHERE id = 1");
            statement.execute("CALL kept()");
            connection.rollback();
            assertThat(tables.count("orders WHERE state <> 'new'")).isEqualTo(1);
            assertThat(tables.count("orders")).isEqualTo(3);
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsNamesAreThoseOfItsOwnDatabase(MySqlDatabase database) throws Exception {
        String other = database.createDatabase();
        String name = MySqlDatabase.nameIn(other);
        String rules = POLICY.replace("table closed_book", "table " + name + ".note is ledger\ntable closed_book");
        try (GuardedTables tables = open(database, rules + TRUST, "CREATE PROCEDURE gone () DROP TABLE note")) {
            tables.prepare(
                    "CREATE TABLE " + name + ".note (id INT PRIMARY KEY, orders_id INT)",
                    "INSERT INTO " + name + ".note VALUES (7, 1)",
                    "CREATE PROCEDURE " + name + ".gone () DROP TABLE note",
                    "CREATE PROCEDURE " + name + ".cleared () BEGIN DELETE FROM note; COMMIT; END");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL " + name + ".gone()", name + ".note");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CALL " + name + ".cleared()", name + ".note");
            tables.assertDenied(Reason.CASCADE, "CREATE PROCEDURE " + name + ".more () DROP TABLE note");
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMPORARY TABLE hurry (id INT)");
                tables.prepare("CREATE PROCEDURE " + name + ".hurried () BEGIN DELETE FROM hurry; COMMIT; END");
                assertThat(tables.count(name + ".note")).isEqualTo(1);
                statement.execute("USE " + name);
                assertDenied(statement, "CALL gone()");
            }
            tables.assertAllowed("CALL gone()");
            assertThat(tables.count(name + ".note")).isEqualTo(1);
        } finally {
            database.dropDatabase(other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOnlyObservedIsHeldAsTheStatementsAre(MySqlDatabase database) throws Exception {
        String observing = """

                observe app {
                  why "introduced"
                  reasons not-granted
                  until 2999-01-01T00:00Z
                }
                """;
        try (GuardedTables tables = open(
                        database,
                        POLICY.replace("truncate, create, extend, alter, drop", "create") + observing,
                        "CREATE PROCEDURE extended () ALTER TABLE orders ADD COLUMN added INT",
                        "CREATE PROCEDURE gone () BEGIN ALTER TABLE note ADD COLUMN x INT; DROP TABLE ledger; END");
                Connection connection = tables.connectWithTexts();
                Statement statement = connection.createStatement()) {
            assertDenied(statement, "CALL gone()");
            assertDenied(statement, "CALL extended(); DELETE FROM orders");
            assertThat(added(tables)).isZero();
            statement.execute("CALL extended()");
            assertThat(added(tables)).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyCallsGoInOneBatch(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, POLICY + TRUST, PAY);
                Connection connection = tables.connect();
                PreparedStatement call = connection.prepareStatement("CALL pay(?, @paid)")) {
            for (int number = 3; number < 6; number++) {
                call.setInt(1, number);
                call.addBatch();
            }
            call.executeBatch();
            assertThat(tables.count("ledger")).isEqualTo(5);
            assertUntouched(tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyDefinesOneWithoutTrust(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(database, POLICY)) {
            tables.assertDenied(Reason.DEFINES_CODE, ADD_COLUMN);
            tables.assertDenied(Reason.DEFINES_CODE, PAY);
        }
    }
}
