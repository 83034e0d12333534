package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the policy says of a trigger stays with that trigger, whatever name another's table is given; rule R12. */
class MovedTriggersTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            trigger keep_* on line, archive.stock, part_one is harmless {
              why "reviewed"
            }

            component app {
              grant select, insert on ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT)",
        "INSERT INTO ledger VALUES (1), (2)",
        "CREATE TABLE line (id INT PRIMARY KEY)",
        "CREATE TABLE line_new (id INT PRIMARY KEY)",
        "CREATE SCHEMA archive",
        "CREATE TABLE archive.line (id INT PRIMARY KEY)",
        "CREATE TABLE stock (id INT PRIMARY KEY)",
        "CREATE TABLE base (id INT PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE part_one (id INT PRIMARY KEY)",
        "CREATE VIEW shown AS SELECT id FROM line_new",
        "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN EXECUTE concat(''DELETE FROM public.ledger WHERE id = 1''); RETURN NEW; END'",
        "CREATE TRIGGER keep_sync AFTER INSERT ON line_new FOR EACH ROW EXECUTE FUNCTION cut()",
        "CREATE TRIGGER keep_sync AFTER INSERT ON stock FOR EACH ROW EXECUTE FUNCTION cut()",
        "CREATE TRIGGER keep_sync INSTEAD OF INSERT ON shown FOR EACH ROW EXECUTE FUNCTION cut()",
        "CREATE TRIGGER keep_sync AFTER INSERT ON base FOR EACH ROW EXECUTE FUNCTION cut()",
    };

    private static final String RENAME = "ALTER TABLE line_new RENAME TO line";

    @TempDir
    private Path folder;

    private GuardedTables open(String... more) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES);
        tables.prepare(more);
        return tables;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                RENAME,
                "ALTER TABLE line_new RENAME TO draft; ALTER TABLE draft RENAME TO line",
                "ALTER VIEW shown RENAME TO line",
                "ALTER TABLE shown RENAME TO line",
                "BEGIN; " + RENAME + "; COMMIT",
            })
    void aTableOrViewWithATriggerTakesNoDescribedName(String rename) throws Exception {
        try (GuardedTables tables = open("ALTER TABLE line RENAME TO line_old")) {
            tables.assertDenied(Reason.DEFINES_CODE, rename, "trigger keep_sync", "body sha256:");
            tables.prepare(rename, "INSERT INTO line VALUES (9)");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @Test
    void neitherInAnotherSchema() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertDenied(Reason.DEFINES_CODE, "ALTER TABLE stock SET SCHEMA archive", "trigger keep_sync");
            tables.prepare("ALTER TABLE stock SET SCHEMA archive", "INSERT INTO archive.stock VALUES (9)");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE base ATTACH PARTITION part_one FOR VALUES FROM (0) TO (100)",
                "DROP TABLE part_one; CREATE TABLE part_one PARTITION OF base FOR VALUES FROM (0) TO (100)",
            })
    void neitherIsItCopiedToADescribedPart(String joins) throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertDenied(Reason.DEFINES_CODE, joins, "trigger keep_sync");
            tables.prepare(joins, "INSERT INTO part_one VALUES (9)");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @Test
    void neitherWhileItIsOff() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed("ALTER TABLE line_new DISABLE TRIGGER keep_sync", "INSERT INTO line_new VALUES (1)");
            tables.assertDenied(Reason.DEFINES_CODE, "DROP TABLE line; " + RENAME, "trigger keep_sync");
            tables.prepare("DROP TABLE line", RENAME, "ALTER TABLE line ENABLE TRIGGER keep_sync");
            tables.prepare("INSERT INTO line VALUES (9)");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @Test
    void neitherInTheTransactionThatMadeRoomForIt() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE line RENAME TO line_old");
            GuardedTables.assertDenied(statement, Reason.DEFINES_CODE, RENAME, "trigger keep_sync");
        }
    }

    @Test
    void otherNamesAndOtherTriggersPass() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed(
                    "ALTER TABLE line_new RENAME TO line_next",
                    "ALTER TABLE line RENAME TO line_old",
                    "ALTER TABLE line_old RENAME TO line",
                    "ALTER TABLE line_next SET SCHEMA archive",
                    "ALTER TABLE archive.line_next SET SCHEMA public");
            tables.prepare(
                    "DROP TRIGGER keep_sync ON line_next",
                    "CREATE TRIGGER other AFTER INSERT ON line_next" + " FOR EACH ROW EXECUTE FUNCTION cut()");
            tables.assertAllowed("ALTER TABLE line RENAME TO line_old; ALTER TABLE line_next RENAME TO line");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "INSERT INTO line VALUES (9)", "trigger other");
        }
    }

    @Test
    void aReviewedBodyMoves() throws Exception {
        String hash;
        try (GuardedTables tables = open();
                Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT encode(sha256(convert_to(prosrc, 'UTF8')), 'hex') FROM pg_proc WHERE proname = 'cut'")) {
            row.next();
            hash = row.getString(1);
        }
        String rules = RULES.replace("why \"reviewed\"", "why \"reviewed\"\n  body sha256:" + hash);
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, rules, TABLES)) {
            tables.assertAllowed("ALTER TABLE line RENAME TO line_old; " + RENAME, "INSERT INTO line VALUES (9)");
        }
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL, folder, RULES.replace("on line,", "on line, line_new,"), TABLES)) {
            tables.assertAllowed("ALTER TABLE line RENAME TO line_old; " + RENAME);
        }
    }

    @Test
    void aWaiverToDefineLetsItMove() throws Exception {
        String waiver = """

                waiver swap {
                  why "the new table has been reviewed"
                  ticket "X-1"
                  owner "dba"
                  from 2020-01-01T00:00Z
                  until 2099-01-01T00:00Z
                  grant define to app
                }
                """;
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES + waiver, TABLES)) {
            tables.assertAllowed("ALTER TABLE line RENAME TO line_old; " + RENAME);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neitherOnMySqlOrMariaDb(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                RULES.replace(", archive.stock, part_one", ""),
                "CREATE TABLE ledger (id INT)",
                "INSERT INTO ledger VALUES (1), (2)",
                "CREATE TABLE line (id INT PRIMARY KEY)",
                "CREATE TABLE line_new (id INT PRIMARY KEY)",
                "CREATE TRIGGER keep_sync AFTER INSERT ON line_new FOR EACH ROW DELETE FROM ledger WHERE id = 1")) {
            String swap = "RENAME TABLE line TO line_old, line_new TO line";
            tables.assertDenied(Reason.DEFINES_CODE, swap, "trigger keep_sync");
            tables.assertAllowed("ALTER TABLE line RENAME TO line_old");
            tables.assertDenied(Reason.DEFINES_CODE, RENAME, "trigger keep_sync");
            tables.prepare(RENAME, "INSERT INTO line VALUES (9)");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @Test
    void neitherOnH2() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.H2,
                folder,
                RULES.replace(", archive.stock, part_one", ""),
                "CREATE TABLE ledger (id INT)",
                "INSERT INTO ledger VALUES (1), (2)",
                "CREATE TABLE line (id INT PRIMARY KEY)",
                "CREATE TABLE line_new (id INT PRIMARY KEY)",
                "CREATE TRIGGER keep_sync AFTER INSERT ON line_new FOR EACH ROW CALL '" + Cutter.class.getName()
                        + "'")) {
            tables.assertAllowed("ALTER TABLE line RENAME TO line_old");
            tables.assertDenied(Reason.DEFINES_CODE, RENAME, "trigger keep_sync");
            tables.assertAllowed("ALTER TABLE line_old RENAME TO line");
            tables.prepare("DROP TABLE line", RENAME, "INSERT INTO line VALUES (9)");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @Test
    void neitherOnSqlite() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                SqliteDatabase.SQLITE,
                folder,
                RULES.replace(", archive.stock, part_one", ""),
                "CREATE TABLE ledger (id INT)",
                "INSERT INTO ledger VALUES (1), (2)",
                "CREATE TABLE line (id INT PRIMARY KEY)",
                "CREATE TABLE line_new (id INT PRIMARY KEY)",
                "CREATE TRIGGER keep_sync AFTER INSERT ON line_new BEGIN DELETE FROM ledger WHERE id = 1; END")) {
            tables.assertAllowed("ALTER TABLE line RENAME TO line_old");
            tables.assertDenied(Reason.DEFINES_CODE, RENAME, "trigger keep_sync");
            tables.prepare(RENAME, "INSERT INTO line VALUES (9)");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    /** A trigger of H2 that deletes from the protected table. */
    public static final class Cutter implements org.h2.api.Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM ledger WHERE id = 1");
            }
        }
    }
}
