package io.tierguard.integration;

import static io.tierguard.integration.ProceduresShop.POLICY;
import static io.tierguard.integration.ProceduresShop.TRUST;
import static io.tierguard.integration.ProceduresShop.added;
import static io.tierguard.integration.ProceduresShop.assertUntouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A procedure that prepares one of a few constant texts does what all of them do. */
class PreparingProceduresTest {
    private static final String RUN = " PREPARE st FROM @s; EXECUTE st; DEALLOCATE PREPARE st; ";

    private static final String ABSENT = "(SELECT COUNT(*) FROM information_schema.columns WHERE table_schema ="
            + " DATABASE() AND table_name = 'orders' AND column_name = 'added') = 0";

    private static final String ADD = "'ALTER TABLE orders ADD COLUMN added INT'";

    private static final String COLUMN =
            " information_schema.columns c WHERE table_schema = DATABASE() AND table_name ="
                    + " 'orders' AND column_name = 'added'";

    /** As migrations write it that may run twice. */
    private static final List<String> ADDING = List.of(
            "SET @s = IF(" + ABSENT + ", " + ADD + ", 'SELECT 1');" + RUN,
            "SET @s = (SELECT IF(" + ABSENT + ", \"ALTER TABLE orders ADD COLUMN added INT COMMENT 'it''s'\", 'DO 0'));"
                    + RUN,
            "SET @t = 'orders', @n = 'added'; SET @s = (SELECT IF((SELECT COUNT(*) FROM information_schema.columns WHERE"
                    + " table_schema = DATABASE() AND table_name = @t AND column_name = @n) > 0, 'SELECT 1',"
                    + " CONCAT('ALTER TABLE ', @t, ' ADD COLUMN `', @n, '` INT;')));" + RUN,
            "SELECT COUNT(*) INTO @there FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name"
                    + " = 'orders' AND column_name = 'added'; SET @s = CASE @there WHEN 0 THEN " + ADD
                    + " ELSE 'SELECT 1' END;" + RUN,
            "DECLARE missing INT DEFAULT 0; SET missing = " + ABSENT
                    + "; IF missing THEN SET @s = 'ALTER TABLE orders ';"
                    + " SET @s = CONCAT(@s, 'ADD COLUMN added INT');" + RUN + "END IF;",
            "IF " + ABSENT
                    + " THEN SET @s = 'SELECT 1'; SELECT CONCAT('ALTER TABLE orders', ' ADD COLUMN added INT') INTO @s; PREPARE st FROM"
                    + " @s; EXECUTE st; DROP PREPARE st; END IF;",
            "IF " + ABSENT + " THEN SET @s = " + ADD + "; ELSE SET @s = 'SELECT 1'; END IF;" + RUN,
            "SET @s = 'SELECT 1'; IF " + ABSENT + " THEN SET @s = " + ADD + "; END IF;" + RUN,
            "IF NOT " + ABSENT
                    + " THEN SET @s = 'SELECT 1'; ELSEIF DATABASE() IS NULL THEN SET @s = 'SELECT 2'; ELSE IF 1 = 1 THEN"
                    + " SET @s = 'ALTER TABLE orders'; ELSE SET @s = 'ALTER TABLE orders '; END IF; SET @s = CONCAT(@s,"
                    + " ' ADD COLUMN added INT'); END IF;" + RUN,
            "SET @s = 'SELECT 1'; SELECT IF(COUNT(*) = 0, " + ADD
                    + ", 'SELECT 1') INTO @s FROM information_schema.columns WHERE"
                    + " table_schema = DATABASE() AND table_name = 'orders' AND column_name = 'added';" + RUN,
            "SET @s = 'SELECT 1'; SELECT CASE COUNT(*) WHEN 0 THEN " + ADD
                    + " ELSE 'SELECT 1' END FROM information_schema.columns"
                    + " WHERE table_schema = DATABASE() AND table_name = 'orders' AND column_name = 'added' INTO @s;"
                    + RUN,
            "PREPARE st FROM 'SELECT ? + ?'; SET @a = 1; EXECUTE st USING @a, @a; SET @s = IF(" + ABSENT + ", " + ADD
                    + ", 'SELECT 1');" + RUN,
            "SELECT IF(COUNT(*) = 0, " + ADD + ", 'SELECT 1') INTO @s FROM" + COLUMN + ";" + RUN,
            "DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END; SELECT CASE WHEN (MAX(c.column_name) IS"
                    + " NULL) THEN " + ADD + " ELSE 'SELECT 1' END FROM" + COLUMN + " INTO @s;" + RUN
                    + "SELECT IF(COUNT(1) > 0, 'SELECT 1', 'SELECT 2') INTO @s FROM" + COLUMN + ";" + RUN,
            "SELECT IF(" + ABSENT + ", " + ADD + ", 'SELECT 1') INTO @s;" + RUN,
            "SELECT 'orders' INTO @t; IF " + ABSENT
                    + " THEN SELECT CONCAT('ALTER TABLE ', @t, ' ADD COLUMN added INT') INTO @s;" + RUN + "END IF;",
            "SET @s = NULL; IF " + ABSENT + " THEN SET @s = " + ADD + "; END IF; IF @s IS NOT NULL THEN" + RUN
                    + "END IF;",
            "SET @s = IF(" + ABSENT + ", " + ADD + ", NULL); IF @s IS NOT NULL THEN" + RUN + "END IF;",
            "SET @n = NULL; SET @s = CASE WHEN " + ABSENT + " THEN " + ADD
                    + " ELSE CONCAT('ALTER TABLE ledger DROP COLUMN ', @n) END; IF @s IS NOT NULL THEN" + RUN
                    + "END IF;");

    private static final String FROM_COLUMN = " FROM" + COLUMN;

    /** Sets the variable, where it has a row. */
    private static final String COUNTED =
            " SELECT IF(COUNT(*) = 0, 'SELECT 1', 'SELECT 2') INTO @s" + FROM_COLUMN + ";";

    @TempDir
    private Path folder;

    private static String procedure(String name, String body) {
        return "CREATE PROCEDURE " + name + " () BEGIN " + body + " END";
    }

    @ParameterizedTest
    @EnumSource
    void aMigrationThatMayRunTwiceRuns(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = ProceduresShop.open(database, folder, POLICY + TRUST)) {
            for (String body : ADDING) {
                for (int run = 0; run < 2; run++) {
                    tables.assertAllowed(
                            "DROP PROCEDURE IF EXISTS adds", procedure("adds", body), "CALL adds()", "CALL adds");
                    assertThat(added(tables)).as(body).isEqualTo(1);
                }
                tables.prepare("ALTER TABLE orders DROP COLUMN added");
            }
            assertUntouched(tables);
        }
    }

    /** What is in the database already is read from its catalog. */
    @ParameterizedTest
    @EnumSource
    void oneThatIsThereAlreadyRuns(MySqlDatabase database) throws Exception {
        for (String body : ADDING) {
            try (GuardedTables tables = ProceduresShop.open(database, folder, POLICY, procedure("adds", body))) {
                tables.assertAllowed("CALL adds()", "CALL adds()");
                assertThat(added(tables)).as(body).isEqualTo(1);
            }
        }
    }

    /** Its names are those of its own database, whichever the session is in. */
    @ParameterizedTest
    @EnumSource
    void namesAreOfItsOwnDatabase(MySqlDatabase database) throws Exception {
        String rules =
                POLICY.replace("table * is operational", "table *.orders is operational\ntable other.* is closed");
        try (GuardedTables tables = ProceduresShop.open(database, folder, rules)) {
            tables.prepare(
                    "CREATE DATABASE IF NOT EXISTS other",
                    "CREATE OR REPLACE VIEW other.v AS SELECT 1",
                    "DROP TABLE IF EXISTS other.orders",
                    "CREATE TABLE other.orders (id INT)",
                    "DROP PROCEDURE IF EXISTS other.cuts",
                    procedure("other.cuts", "SET @s = 'DROP TABLE orders';" + RUN));
            tables.assertDenied(Reason.FROZEN_TIER, "CALL other.cuts()", "other.orders");
            tables.prepare("CALL other.cuts()");
            assertThat(tables.count("information_schema.tables WHERE table_schema = 'other' AND table_name = 'orders'"))
                    .isZero();
            assertThat(tables.count("orders")).isOne();
            tables.prepare("DROP DATABASE other");
        }
    }

    /** Each may change the ledger, and passes if that is not seen. */
    @ParameterizedTest
    @EnumSource
    void whatAnyOfTheTextsHurtsIsHurt(MySqlDatabase database) throws Exception {
        for (String body : List.of(
                "SET @s = 'DELETE FROM ledger';" + RUN,
                "SET @s = IF(1 = 0, 'SELECT 1', 'DELETE FROM ledger');" + RUN,
                "SET @s = IF(1 = 0, 'DELETE FROM ledger', 'SELECT 1');" + RUN,
                "SET @t = 'ledger'; SET @s = CONCAT('DELETE FROM ', @t);" + RUN,
                "SET @s = (SELECT CASE WHEN 1 THEN 'DELETE FROM behind' ELSE 'SELECT 1' END);" + RUN,
                "IF 1 = 1 THEN SET @s = 'DELETE FROM ledger'; ELSE SET @s = 'SELECT 1'; END IF;" + RUN,
                "SET @s = 'DELETE FROM ledger'; IF 1 = 0 THEN SET @s = 'SELECT 1'; ELSEIF 1 = 0 THEN SET @s = 'SELECT 2'; END IF;"
                        + RUN,
                "SET @s = 'DELETE FROM ledger'; SELECT 'SELECT 1' INTO @s FROM information_schema.schemata WHERE 1 = 0;"
                        + RUN,
                "SET @s = 'SELECT 1'; SELECT 'DELETE FROM ledger' FROM information_schema.schemata LIMIT 1 INTO @s;"
                        + RUN,
                "SET @s = 'ALTER TABLE ledger DROP COLUMN amount';" + RUN,
                "SELECT IF(COUNT(*) = 0, 'DELETE FROM ledger', 'SELECT 1') INTO @s FROM" + COLUMN + ";" + RUN,
                "SELECT 'DELETE FROM ledger' INTO @s;" + RUN,
                "SET @s = NULL; IF 1 = 1 THEN SET @s = 'DELETE FROM ledger'; END IF; IF @s IS NOT NULL THEN" + RUN
                        + "END IF;",
                "SET @s = CONCAT('DELETE FROM ', IF(1 = 0, NULL, 'ledger'));" + RUN,
                "PREPARE st FROM 'DELETE FROM ledger'; EXECUTE st;")) {
            try (GuardedTables tables = ProceduresShop.open(database, folder, POLICY, procedure("hurts", body))) {
                assertHurts(tables);
            }
        }
    }

    private static void assertHurts(GuardedTables tables) throws SQLException {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET @s = 'DELETE FROM ledger', @t = 'ledger'");
            statement.execute("PREPARE st FROM 'SELECT 1'");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "CALL hurts()", "ledger");
        }
        assertUntouched(tables);
    }

    /** Where a variable may hold what nobody has seen, nothing is known of what runs. */
    @ParameterizedTest
    @EnumSource
    void whatIsNotCertainIsDenied(MySqlDatabase database) throws Exception {
        for (String body : List.of(
                "PREPARE st FROM @s; EXECUTE st;",
                "EXECUTE st;",
                "IF RAND() > 2 THEN SET @s = 'SELECT 1'; END IF;" + RUN,
                "SET @s = 'SELECT 1'; IF RAND() < 2 THEN SET @s = @t; END IF;" + RUN,
                "IF 1 = 1 THEN SET @o = 1; ELSE SET @s = 'SELECT 1'; END IF;" + RUN,
                "SET @s = 'SELECT 1'; IF changes() = 1 THEN SET @o = 1; END IF;" + RUN,
                "SET @s = 'SELECT 1'; IF 1 = 0 THEN SET @o = 1; ELSEIF changes() = 1 THEN SET @o = 2; END IF;" + RUN,
                "SET @s = 'SELECT 1'; IF (@s := 'DELETE FROM ledger') THEN SET @o = 1; END IF;" + RUN,
                "SET @s = 'SELECT 1'; IF 1 = 1 THEN SET @o = changes(); ELSE SET @s = 'SELECT 2'; END IF;" + RUN,
                "SET @s = 'SELECT 1'; IF 1 = 1 THEN BEGIN SET @s = (SELECT v FROM texts); END; END IF;" + RUN,
                "SET @s = 'SELECT 1'; IF 1 = 1 THEN CASE 1 WHEN 1 THEN SET @s = (SELECT v FROM texts); ELSE SET @s = 'SELECT 1';"
                        + " END CASE; END IF;" + RUN,
                "CASE 1 WHEN 1 THEN SET @o = 1; ELSE SET @s = 'SELECT 1'; END CASE;" + RUN,
                "CASE 1 WHEN 1 THEN IF 1 = 0 THEN SET @s = 'SELECT 1'; ELSE SET @s = 'SELECT 1'; END IF; END CASE;"
                        + RUN,
                "lbl: BEGIN IF 1 = 1 THEN LEAVE lbl; ELSE SET @s = 'SELECT 1'; END IF; SET @s = 'SELECT 1'; END;" + RUN,
                "DECLARE EXIT HANDLER FOR SQLEXCEPTION IF 1 = 1 THEN SET @s = 'SELECT 1'; ELSE SET @s = 'SELECT 1'; END IF; "
                        + RUN,
                "IF 1 = 1 THEN PREPARE st FROM 'SELECT 1'; ELSE PREPARE st FROM 'SELECT 2'; END IF; EXECUTE st;",
                "SELECT 'SELECT 1' INTO @s FROM information_schema.schemata;" + RUN,
                "SET @s = 'SELECT 1'; SELECT v INTO @s FROM texts;" + RUN,
                "SET @s = 'SELECT 1'; SELECT 'SELECT 1' INTO @s FROM changing;" + RUN,
                "SET @s = 'SELECT 1'; SELECT 'SELECT 1' UNION SELECT v FROM texts LIMIT 1 INTO @s;" + RUN,
                "SET @s = 'SELECT 1', @s = 'DELETE FROM ledger';" + RUN,
                "SET @s = 'SELECT 1', @o = (@s := 'DELETE FROM ledger');" + RUN,
                "SET @s = 'SELECT 1', @`s ` = 'DELETE FROM ledger';" + RUN,
                "SET @s = 'SELECT 1', @`ś` = 'DELETE FROM ledger';" + RUN,
                "SET @s = 'SELECT 1'; SELECT 'DELETE FROM ledger' INTO @s;" + "SELECT t.v INTO @s FROM texts t;" + RUN,
                "SET @s = 'SELECT 1'; SELECT @s := v FROM texts;" + RUN,
                "SET @s = 'SELECT 1'; SET @o = changes();" + RUN,
                "SET @s = 'SELECT 1', @o = changes();" + RUN,
                "DECLARE n INT; SET @s = 'SELECT 1', n = changes();" + RUN,
                "SET @s = 'SELECT 1', @o = IF(changes() = 1, 'SELECT 1', 'SELECT 2');" + RUN,
                "SET @s = 'SELECT 1'; SELECT COUNT(*) INTO @o FROM changing;" + RUN,
                "SET @s = 'SELECT 1'; UPDATE orders SET state = 'x';" + RUN,
                "SET @s = 'SELECT 1'; SET @s = IF((SELECT COUNT(c) FROM changing) > 0, @s, 'SELECT 1');" + RUN,
                "SET @s = 'SELECT 1'; CALL sets(@s);" + RUN,
                "SET @s = 'SELECT 1'; PREPARE other FROM 'UPDATE orders SET state = ''y'''; EXECUTE other;" + RUN,
                "SET @s = 'SELECT 1'; PREPARE other FROM 'SELECT v INTO @s FROM texts'; EXECUTE other;" + RUN,
                "SET @s = 'SELECT 1'; WHILE RAND() > 0.1 DO" + RUN + "SET @s = (SELECT v FROM texts); END WHILE;",
                "IF RAND() > 2 THEN PREPARE st FROM 'SELECT 1'; END IF; EXECUTE st;",
                "DECLARE EXIT HANDLER FOR SQLEXCEPTION SET @s = 'SELECT 1'; " + RUN,
                "DECLARE EXIT HANDLER FOR SQLEXCEPTION PREPARE st FROM 'SELECT 1'; EXECUTE st;",
                "DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END; SET @s = (SELECT IF((SELECT id FROM orders, note) >"
                        + " 1, 'SELECT 1', 'SELECT 2') FROM information_schema.schemata);" + RUN,
                "SET @s = IF(1, (SELECT v FROM texts), 'SELECT 1');" + RUN,
                "SET @s = CONCAT('SELECT 1', (SELECT v FROM texts));" + RUN,
                "SET @s = (SELECT 'SELECT 1' UNION SELECT v FROM texts LIMIT 1);" + RUN,
                "SET @s = REPLACE('XELETE FROM ledger', 'X', 'D');" + RUN,
                "SET @s = 0x44454C4554452046524F4D206C6564676572;" + RUN,
                "SET @s = 'SELECT \"DELETE\"';" + RUN,
                "SET @s = '/*! DELETE FROM ledger */';" + RUN,
                "SET @s = 'SET sql_mode = ANSI_QUOTES';" + RUN,
                "SET @s = 'CALL prepares()';" + RUN,
                "SET sql_select_limit = 0; SELECT 'SELECT 1' INTO @s;" + RUN,
                "SET @@session.`SQL_select_limit` = 0; SELECT COUNT(*) INTO @o" + FROM_COLUMN + ";" + COUNTED + RUN,
                "SET @o = limits();" + COUNTED + RUN,
                "DO limits();" + COUNTED + RUN,
                "IF limits() = 1 THEN SET @o = 1; END IF; SELECT 'SELECT 1' INTO @s;" + RUN,
                "INSERT INTO note VALUES (2, 2);" + COUNTED + RUN,
                "BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION SET @o = limits(); SIGNAL SQLSTATE '45000'; END;" + COUNTED
                        + RUN,
                "SET @l = CONCAT('SET sql_sel', 'ect_limit = 0'); PREPARE p FROM @l; EXECUTE p;" + COUNTED + RUN,
                "PREPARE p FROM 'SET sql_select_limit = 0'; EXECUTE p;" + COUNTED + RUN,
                "SET @i = 0; WHILE @i < 2 DO" + COUNTED + RUN
                        + "SET @i = @i + 1; SET @s = (SELECT v FROM texts WHERE limits()); END WHILE;",
                COUNTED.replace(";", " HAVING COUNT(*) = 1;") + RUN,
                COUNTED.replace(";", " LIMIT 0;") + RUN,
                COUNTED.replace(";", " GROUP BY column_name;") + RUN,
                COUNTED.replace("COUNT(*)", "COUNT(*) OVER ()") + RUN,
                COUNTED.replace("COUNT(*)", "(SELECT COUNT(*))") + RUN,
                COUNTED.replace("COUNT(*)", "LENGTH(column_name)") + RUN,
                COUNTED.replace("SELECT IF", "SELECT /*+ SET_VAR(sql_select_limit = 0) */ IF") + RUN,
                "SELECT 'SELECT 1' WHERE 1 = 0 INTO @s;" + RUN,
                "SELECT 'SELECT 1' INTO @s FROM DUAL WHERE 1 = 0;" + RUN,
                "SET @s = IF(1 = 0, NULL, @t);" + RUN,
                "SET @s = NULL; SELECT v INTO @s FROM texts;" + RUN,
                "SET @s = NULL; IF 1 = 1 THEN SET @s = @t; END IF; IF @s IS NOT NULL THEN" + RUN + "END IF;",
                "SET @s = 'SELECT 1'; SELECT t.v FROM texts t INTO @s;" + RUN,
                "SET @o = 1, NAMES latin1; SET @s = 'SELECT 1';" + RUN,
                "SET collation_connection = utf16_general_ci; SET @s = 'SELECT 1';" + RUN,
                "SET NAMES latin1; SET @s = 'SELECT 1';" + RUN)) {
            try (GuardedTables tables = ProceduresShop.open(
                    database,
                    folder,
                    POLICY + "\ntable texts is operational\n",
                    "CREATE TABLE texts (v VARCHAR(99))",
                    "INSERT INTO texts VALUES ('DELETE FROM ledger')",
                    "CREATE FUNCTION changes () RETURNS INT NO SQL BEGIN SET @s = 'DELETE FROM ledger'; RETURN 1; END",
                    "CREATE FUNCTION limits () RETURNS INT NO SQL BEGIN SET sql_select_limit = 0; RETURN 1; END",
                    "CREATE TRIGGER limits_it BEFORE INSERT ON note FOR EACH ROW SET sql_select_limit = 0",
                    "CREATE VIEW changing AS SELECT changes() AS c",
                    "CREATE TRIGGER sets_it BEFORE UPDATE ON orders FOR EACH ROW SET @s = 'DELETE FROM ledger'",
                    "CREATE PROCEDURE sets (OUT x TEXT) SET x = 'DELETE FROM ledger'",
                    procedure("prepares", "PREPARE st FROM 'DELETE FROM ledger'; EXECUTE st;"),
                    procedure("hurts", body))) {
                try (Connection connection = tables.connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute("SET @s = 'DELETE FROM ledger', @t = @s");
                    statement.execute("PREPARE st FROM 'SELECT 1'");
                    ProceduresShop.assertDenied(statement, "CALL hurts()");
                }
                assertUntouched(tables);
            }
        }
    }

    /** Behind it no name stands for what was prepared before, and code that others call is not read so. */
    @ParameterizedTest
    @EnumSource
    void whatItLeavesPreparedIsNotKnown(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = ProceduresShop.open(
                        database,
                        folder,
                        POLICY,
                        procedure("leaves", "PREPARE st FROM 'INSERT INTO ledger VALUES (9, 9)';"),
                        procedure(
                                "fails",
                                "PREPARE st FROM 'INSERT INTO ledger VALUES (9, 9)'; SIGNAL SQLSTATE '45000';"),
                        procedure("calls", "CALL leaves();"));
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            for (String call : List.of("CALL leaves()", "CALL fails()")) {
                statement.execute("PREPARE st FROM 'SELECT 1'");
                statement.execute("EXECUTE st");
                try {
                    statement.execute(call);
                } catch (SQLException failed) {
                    assertThat(call).contains("fails");
                }
                GuardedTables.assertDenied(statement, Reason.UNREADABLE_SQL, "EXECUTE st", "nothing is known");
            }
            ProceduresShop.assertDenied(statement, "CALL calls()");
            assertUntouched(tables);
        }
    }
}
