package io.tierguard.integration;

import static io.tierguard.integration.ProceduresShop.POLICY;
import static io.tierguard.integration.ProceduresShop.TRUST;
import static io.tierguard.integration.ProceduresShop.assertDenied;
import static io.tierguard.integration.ProceduresShop.assertUntouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A procedure that makes temporary tables, as reports do, is called where none of them could be taken for another table. */
class CalledReportsTest {
    private static final String NAMED = """
            table ledger is ledger
            table closed_book is closed
            table orders is operational
            table note is operational
            table kept_* is ledger

            component app {
              grant select, insert, create on tier ledger
              grant select on tier closed
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    private static final List<String> REPORTS = List.of(
            "BEGIN DROP TEMPORARY TABLE IF EXISTS sums; CREATE TEMPORARY TABLE sums (id INT PRIMARY KEY, amount INT);"
                    + " INSERT INTO sums SELECT id, amount FROM ledger; UPDATE sums s JOIN orders o ON o.id = s.id SET s.amount ="
                    + " s.amount * 2; DELETE FROM sums WHERE id = 2; SELECT amount FROM sums; DROP TEMPORARY TABLE sums; END",
            "BEGIN DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END; CREATE TEMPORARY TABLE IF NOT EXISTS sums ENGINE ="
                    + " InnoDB AS SELECT id, amount * 2 AS amount FROM ledger; CREATE INDEX i ON sums (id); TRUNCATE TABLE sums;"
                    + " INSERT INTO sums VALUES (1, 20); SELECT s.amount FROM sums s; DROP TABLE IF EXISTS sums; END",
            "BEGIN START TRANSACTION; CREATE TEMPORARY TABLE sums LIKE ledger; INSERT INTO sums VALUES (1, 20); UPDATE note SET"
                    + " orders_id = 1; COMMIT; SELECT amount FROM sums; DROP TEMPORARY TABLE IF EXISTS sums; END");

    /** Each meets a table that others see, when some of its statements fail or are passed over, or changes one besides. */
    private static final List<String> HARMFUL = List.of(
            "BEGIN DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END; CREATE TEMPORARY TABLE ledger (id INT, UNIQUE (none));"
                    + " DELETE FROM ledger; END",
            "BEGIN DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END; CREATE TEMPORARY TABLE behind (id INT, UNIQUE (none));"
                    + " DELETE FROM behind; END",
            "BEGIN CREATE TEMPORARY TABLE ledger (id INT); DROP TEMPORARY TABLE ledger; DELETE FROM ledger; END",
            "BEGIN IF 1 = 2 THEN CREATE TEMPORARY TABLE ledger (id INT); END IF; DROP TABLE ledger; END",
            "BEGIN CREATE TEMPORARY TABLE sums (id INT); DELETE FROM ledger; END",
            "BEGIN CREATE TEMPORARY TABLE sums (id INT); DROP TEMPORARY TABLE sums; RENAME TABLE note TO old, behind TO note; DELETE"
                    + " FROM note; END",
            "BEGIN CREATE TEMPORARY TABLE sums (id INT); DROP TEMPORARY TABLE sums; RENAME TABLE behind TO sums; DELETE FROM sums; END",
            "BEGIN CREATE TEMPORARY TABLE sums (id INT); DROP TEMPORARY TABLE sums; CREATE VIEW sums AS SELECT id FROM ledger;"
                    + " DELETE FROM sums; END",
            "BEGIN CREATE TEMPORARY TABLE sums (id INT); DROP TEMPORARY TABLE sums; ALTER TABLE note RENAME sums; DROP TABLE sums; END",
            "BEGIN CREATE TEMPORARY TABLE sums (id INT) ENGINE = MERGE UNION = (ledger); DELETE FROM sums; END",
            "BEGIN CREATE TEMPORARY TABLE sums (id INT); DELETE sums FROM ledger sums; END",
            "BEGIN CREATE TEMPORARY TABLE sums (id INT); UPDATE sums, ledger SET amount = 0; END",
            "BEGIN CREATE TEMPORARY TABLE sums (id INT); CALL wipe(); END",
            "BEGIN CREATE TEMPORARY TABLE sums (id INT); SET @s = 'DELETE FROM ledger'; PREPARE p FROM @s; EXECUTE p; END",
            "BEGIN CREATE TEMPORARY TABLE closed_book (id INT); INSERT INTO closed_book VALUES (5); END");

    @TempDir
    private Path folder;

    private static String[] made(String name, List<String> bodies, String... first) {
        List<String> made = new ArrayList<>(List.of(first));
        for (int i = 0; i < bodies.size(); i++) {
            made.add("CREATE PROCEDURE " + name + i + " () " + bodies.get(i));
        }
        return made.toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void aReportMakesTablesOfItsOwn(MySqlDatabase database) throws Exception {
        for (String rules : new String[] {NAMED, POLICY}) {
            try (GuardedTables tables = ProceduresShop.open(database, folder, rules + TRUST, made("report", REPORTS));
                    Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < REPORTS.size(); i++) {
                    try (CallableStatement call = connection.prepareCall("{call report" + i + "()}");
                            ResultSet rows = call.executeQuery()) {
                        rows.next();
                        assertThat(rows.getInt(1)).isEqualTo(20);
                    }
                    statement.execute("DROP PROCEDURE report" + i);
                    statement.execute("CREATE PROCEDURE report" + i + " () " + REPORTS.get(i));
                }
                assertUntouched(tables);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noneOfThemStandsForAnotherTable(MySqlDatabase database) throws Exception {
        String[] made = made("p", HARMFUL, "CREATE PROCEDURE wipe () DELETE FROM ledger");
        for (String rules : new String[] {NAMED, POLICY}) {
            try (GuardedTables tables = ProceduresShop.open(database, folder, rules, made);
                    Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < HARMFUL.size(); i++) {
                    assertDenied(statement, "CALL p" + i + "()");
                    assertUntouched(tables);
                }
            }
        }
    }

    /** A table of the name that others see, or that the policy speaks of, is what the procedure may find. */
    @ParameterizedTest
    @EnumSource
    void aNameThatMeansATableIsOne(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = ProceduresShop.open(
                        database,
                        folder,
                        NAMED,
                        "CREATE PROCEDURE kept () BEGIN CREATE TEMPORARY TABLE IF NOT EXISTS kept_sums (id INT); DELETE FROM"
                                + " kept_sums; END",
                        "CREATE PROCEDURE hiding () BEGIN CREATE TEMPORARY TABLE behind (id INT); DELETE FROM behind; END",
                        "CREATE PROCEDURE sums () BEGIN CREATE TEMPORARY TABLE IF NOT EXISTS sums (id INT); DELETE FROM sums; END");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "CALL kept()", "DELETE", "kept_sums");
            statement.execute("CALL sums()");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "CALL hiding()", "behind", "hide");
            assertUntouched(tables);
        }
    }
}
