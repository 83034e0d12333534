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

/** What adds to a table may have the server write all of its rows anew, and not always as they were. */
class RebuiltTablesTest {
    private static final String RULES = """
            table ledger* is ledger

            table * is operational

            component app {
              grant select, insert, create, extend on *
            }
            """;

    @TempDir
    private Path folder;

    private GuardedTables open(TestDatabase database, String... schema) throws Exception {
        return GuardedTables.open(database, folder, RULES, schema);
    }

    @ParameterizedTest
    @EnumSource
    void anIndexAndACommentAddToATable(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                database, "CREATE TABLE ledger (id INT PRIMARY KEY, state VARCHAR(9), note TEXT, at INT NOT NULL)")) {
            tables.assertAllowed(
                    "ALTER TABLE ledger ADD INDEX (state), ADD KEY k (state, at), ADD FULLTEXT (note)",
                    "ALTER TABLE ledger ADD UNIQUE (state), ADD CONSTRAINT c CHECK (at > 0), COMMENT = 'books'",
                    "ALTER TABLE ledger COMMENT 'books'",
                    "OPTIMIZE TABLE ledger");
            for (String action : new String[] {
                "COMMENT='x' ENGINE=BLACKHOLE",
                "COMMENT 'x' ENGINE MRG_MYISAM",
                "ADD INDEX i (state), COMMENT 'x' AUTO_INCREMENT = 1000",
                "ADD COLUMN z INT PARTITION BY HASH (id)",
                "ADD COLUMN z INT REMOVE PARTITIONING",
            }) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, "ALTER TABLE ledger " + action);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPrimaryKeyOfColumnsThatAreThereMayChangeTheirNulls(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = open(
                database,
                "CREATE TABLE ledger (v INT, w VARCHAR(5))",
                "INSERT INTO ledger VALUES (1, NULL), (2, '2')")) {
            for (String action : new String[] {
                "ADD PRIMARY KEY (w)",
                "ADD CONSTRAINT k PRIMARY KEY (w)",
                "ADD COLUMN z INT NOT NULL FIRST, ADD PRIMARY KEY (w)",
                "ADD (z INT, PRIMARY KEY (w))",
            }) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, "ALTER TABLE ledger " + action);
            }
            assertThat(values(tables, "SELECT COALESCE(w, 'null') FROM ledger ORDER BY v"))
                    .isEqualTo("null 2 ");
            tables.prepare("SET sql_mode = ''", "ALTER TABLE ledger ADD PRIMARY KEY (w)");
            assertThat(values(tables, "SELECT COALESCE(w, 'null') FROM ledger ORDER BY v"))
                    .isEqualTo(" 2 ");
            tables.assertAllowed("CREATE TABLE ledger_two (v INT)", "ALTER TABLE ledger_two ADD id INT PRIMARY KEY");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "MYSQL_BY_MARIADB_DRIVER"})
    void whatMySqlStoresOfComputedColumnsIsComputedAnew(MySqlDatabase database) throws Exception {
        String shown = "SELECT shown FROM ledger";
        try (GuardedTables tables = open(
                database,
                "SET time_zone = '+00:00'",
                "CREATE TABLE ledger (id INT PRIMARY KEY, at INT, n INT, shown DATETIME AS (FROM_UNIXTIME(at)) STORED)",
                "INSERT INTO ledger (id, at) VALUES (1, 1000000)")) {
            String before = values(tables, shown);
            String[] harmful = {
                "ALTER TABLE ledger ADD COLUMN z INT AS (5) STORED",
                "ALTER TABLE ledger ADD FOREIGN KEY (n) REFERENCES ledger (id)",
                "CREATE INDEX i ON ledger (n) ALGORITHM = COPY",
                "OPTIMIZE TABLE ledger",
            };
            for (String sql : harmful) {
                tables.assertDenied(Reason.CASCADE, sql, "computed");
            }
            tables.assertAllowed("ANALYZE TABLE ledger", "CHECK TABLE ledger");
            assertThat(values(tables, shown)).isEqualTo(before);
            int hour = 1;
            for (String sql : harmful) {
                String then = values(tables, shown);
                tables.prepare("SET old_alter_table = ON", "SET time_zone = '+0" + hour++ + ":00'", sql);
                assertThat(values(tables, shown)).as(sql).isNotEqualTo(then);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void whatMariaDbStoresToo(MySqlDatabase database) throws Exception {
        String stored = "SELECT p FROM ledger";
        try (GuardedTables tables = open(
                database,
                "CREATE TABLE ledger (id INT, v INT, p VARCHAR(40) AS (v / 7) PERSISTENT)",
                "INSERT INTO ledger (id, v) VALUES (1, 1)")) {
            String before = values(tables, stored);
            for (String action : new String[] {
                "ADD CHECK (id > 0)", "ADD COLUMN z INT, ALGORITHM = COPY", "COMMENT = 'x', ALGORITHM = COPY"
            }) {
                tables.assertDenied(Reason.CASCADE, "ALTER TABLE ledger " + action, "computed");
            }
            assertThat(values(tables, stored)).isEqualTo(before);
            tables.prepare("SET div_precision_increment = 10", "ALTER TABLE ledger ADD CHECK (id > 0)");
            assertThat(values(tables, stored)).isNotEqualTo(before);
        }
    }

    @Test
    void whatH2ComputesIsComputedAnewForANewColumn() throws Exception {
        String shown = "SELECT shown, n FROM ledger";
        try (GuardedTables tables = open(
                LiveDatabase.H2,
                "CREATE TABLE ledger (id INT PRIMARY KEY, n INT, shown VARCHAR GENERATED ALWAYS AS (CURRENT_TIMESTAMP || ''))",
                "CREATE TABLE ledger_filled (id INT PRIMARY KEY, n INT DEFAULT 7)",
                "CREATE TABLE ledger_plain (id INT PRIMARY KEY, n INT DEFAULT 7)",
                "INSERT INTO ledger (id, n) VALUES (1, 1)",
                "INSERT INTO ledger_filled VALUES (1, NULL)",
                "INSERT INTO ledger_plain VALUES (1, NULL)",
                "ALTER TABLE ledger_filled ALTER COLUMN n SET DEFAULT ON NULL")) {
            String before = values(tables, shown);
            tables.assertDenied(Reason.CASCADE, "ALTER TABLE ledger ADD COLUMN z INT", "computed");
            tables.assertDenied(Reason.CASCADE, "ALTER TABLE ledger ADD (y INT, z INT)", "computed");
            tables.assertDenied(Reason.CASCADE, "ALTER TABLE ledger_filled ADD z INT", "computed");
            tables.assertAllowed(
                    "CREATE INDEX i ON ledger (n)",
                    "ALTER TABLE ledger ADD CONSTRAINT c CHECK (n > 0)",
                    "ALTER TABLE ledger ADD UNIQUE (n)",
                    "COMMENT ON TABLE ledger IS 'books'",
                    "ALTER TABLE ledger_plain ADD COLUMN z INT");
            assertThat(values(tables, shown)).isEqualTo(before);
            tables.prepare("ALTER TABLE ledger ADD COLUMN z INT", "ALTER TABLE ledger_filled ADD COLUMN z INT");
            assertThat(values(tables, shown)).isNotEqualTo(before);
            assertThat(values(tables, "SELECT n FROM ledger_filled")).isEqualTo("7 ");
            assertThat(values(tables, "SELECT n FROM ledger_plain")).isEqualTo("null ");
        }
    }

    /** H2 makes the copy by the table's text, which its mode reads. */
    @Test
    void whatH2ReadsOtherwiseInAnotherModeIsConvertedForANewColumn() throws Exception {
        try (GuardedTables tables = open(
                LiveDatabase.H2,
                "CREATE TABLE ledger (id INT PRIMARY KEY, on_day DATE)",
                "CREATE TABLE ledger_code (id INT PRIMARY KEY, code CHAR(5))",
                "INSERT INTO ledger VALUES (1, DATE '2020-01-01')",
                "INSERT INTO ledger_code VALUES (1, 'ab')",
                "SET MODE Oracle")) {
            tables.assertDenied(Reason.CASCADE, "ALTER TABLE ledger ADD COLUMN z INT", "computed");
            tables.assertAllowed("ALTER TABLE ledger_code ADD COLUMN y INT");
            tables.prepare("ALTER TABLE ledger ADD COLUMN z INT");
            assertThat(values(tables, "SELECT CAST(on_day AS VARCHAR) FROM ledger"))
                    .isNotEqualTo("2020-01-01 ");
        }
        try (GuardedTables tables =
                open(LiveDatabase.H2, "CREATE TABLE ledger (id INT PRIMARY KEY, code CHAR(5))", "SET MODE MySQL")) {
            tables.assertDenied(Reason.CASCADE, "ALTER TABLE ledger ADD COLUMN z INT", "computed");
        }
    }

    private static String values(GuardedTables tables, String query) throws SQLException {
        StringBuilder values = new StringBuilder();
        try (Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.append(rows.getString(1)).append(' ');
            }
        }
        return values.toString();
    }
}
