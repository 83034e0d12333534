package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tables and domains of H2 compute may ask queries, which change rows there, or read views that run code. */
class H2QueriesInCodeTest {
    private static final String RULES = """
            table entry is ledger

            table draft_* is operational

            component app {
              grant select, insert, extend on entry
              grant select, insert, update, delete, extend, alter on draft_*
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE entry (id int PRIMARY KEY, a int)",
        "INSERT INTO entry VALUES (1, 1), (2, 2)",
        "CREATE ALIAS wipe FOR 'io.tierguard.integration.H2QueriesInCodeTest.wipe'",
        "CREATE VIEW wiping AS SELECT wipe(id) AS x FROM entry",
    };

    @TempDir
    private Path folder;

    /** What the alias runs. */
    @SuppressWarnings("unused")
    public static int wipe(Connection connection, int unused) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("DELETE FROM entry");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a int DEFAULT (Q)                                | INSERT INTO draft_one (id) VALUES (5)
                    a int DEFAULT (Q)                                | UPDATE draft_one SET a = DEFAULT
                    a int DEFAULT 1 ON UPDATE (Q)                    | UPDATE draft_one SET id = 5
                    a int GENERATED ALWAYS AS ((Q))                  | INSERT INTO draft_one (id) VALUES (5)
                    a int DEFAULT 1 CHECK (a < 100 + (Q))            | INSERT INTO draft_one (id) VALUES (5)
                    a int DEFAULT CASE WHEN CURRENT_DATE IS NULL THEN 1 ELSE (Q) END | INSERT INTO draft_one (id) VALUES (5)
                    """)
    void aQueryThatATableAsksIsFollowed(String column, String sql) throws Exception {
        for (String query : new String[] {
            "SELECT count(*) FROM OLD TABLE (DELETE FROM entry)",
            "SELECT max(a) FROM NEW TABLE (UPDATE entry SET a = 7)",
            "SELECT max(x) FROM wiping"
        }) {
            try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, RULES, SCHEMA)) {
                tables.prepare("CREATE TABLE draft_one (id int PRIMARY KEY, " + column.replace("Q", query) + ")");
                Reason reason = query.contains("wiping") ? Reason.UNKNOWN_ROUTINE : Reason.CASCADE;
                tables.assertDenied(reason, sql, query.contains("wiping") ? "wipe" : "entry");
                assertThat(tables.count("entry")).isEqualTo(2);
            }
        }
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, RULES, SCHEMA)) {
            tables.prepare("CREATE TABLE draft_one (id int PRIMARY KEY, "
                    + column.replace("Q", "SELECT count(*) FROM entry WHERE EXTRACT(YEAR FROM CURRENT_DATE) > 1")
                    + ")");
            tables.assertAllowed(sql);
        }
    }

    @Test
    void aQueryThatADomainAsksIsFollowed() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, RULES, SCHEMA)) {
            tables.prepare(
                    "CREATE DOMAIN deletes AS int CHECK (VALUE >= (SELECT count(*) - 9 FROM OLD TABLE (DELETE FROM entry)))",
                    "CREATE DOMAIN sets AS int DEFAULT (SELECT count(*) FROM NEW TABLE (UPDATE entry SET a = 5))",
                    "CREATE DOMAIN of_sets AS sets",
                    "CREATE DOMAIN counts AS int CHECK (VALUE >= (SELECT count(*) - 9 FROM entry))",
                    "CREATE TABLE draft_one (id int, a of_sets)");
            tables.assertDenied(
                    Reason.CASCADE, "SELECT CAST(5 AS deletes)", "DELETE from public.entry", "domain DELETES");
            tables.assertDenied(Reason.CASCADE, "INSERT INTO draft_one (id) VALUES (1)", "UPDATE public.entry.a");
            tables.assertAllowed("SELECT CAST(5 AS counts)");
            assertThat(tables.count("entry")).isEqualTo(2);
        }
    }

    /** A key that is never NULL gets no default in the place of NULL where a copy is made of its table. */
    @Test
    void aTableWithAKeyThatIsNumberedMayBeExtendedInEveryMode() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.H2,
                folder,
                RULES.replace("draft_* is operational", "draft_* is ledger")
                        .replace("insert, update, delete, extend, alter", "extend"),
                "SET MODE MySQL",
                "CREATE TABLE entry (id bigint AUTO_INCREMENT PRIMARY KEY, a int)")) {
            tables.assertAllowed("ALTER TABLE entry ADD COLUMN z varchar(20)", "ALTER TABLE entry ADD INDEX ix (a)");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "ALTER TABLE entry DROP INDEX ix");
        }
    }
}
