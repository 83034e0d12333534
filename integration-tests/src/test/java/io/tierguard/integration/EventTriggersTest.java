package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event triggers of PostgreSQL run for statements that change no table; rule V35. */
class EventTriggersTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert on ledger
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }

            trust app {
              why "migrates"
              owner "dba"
              define
              administer
              until 2999-01-01T00:00Z
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT, note TEXT)",
        "INSERT INTO ledger VALUES (1, 'a')",
        "CREATE TABLE draft (id INT PRIMARY KEY, comment TEXT)",
        "CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM draft",
        "CREATE TYPE mood AS ENUM ('sad', 'glad')",
        "CREATE FUNCTION plain() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION speak() RETURNS int LANGUAGE plpgsql AS"
                + " 'BEGIN COMMENT ON SCHEMA public IS ''x''; RETURN 1; END'",
        "CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS"
                + " 'BEGIN UPDATE public.ledger SET note = note || ''x''; END'",
    };

    @TempDir
    private Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, SCHEMA);
    }

    private static int touched(GuardedTables tables) throws SQLException {
        return tables.count("ledger WHERE note <> 'a'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REINDEX TABLE draft",
                "REINDEX INDEX draft_pkey",
                "COMMENT ON SCHEMA public IS 'x'",
                "COMMENT ON FUNCTION plain() IS 'x'",
                "COMMENT ON TYPE mood IS 'x'",
                "COMMENT ON EXTENSION plpgsql IS 'x'",
                "COMMENT ON TABLE draft IS 'x'",
                "DO 'BEGIN COMMENT ON SCHEMA public IS ''x''; END'",
                "DO 'BEGIN REINDEX TABLE draft; END'",
                "DO 'BEGIN CREATE SCHEMA other; END'",
                "DO 'BEGIN IF NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = ''other'') THEN CREATE SCHEMA other; END IF; END'",
                "DO 'BEGIN CREATE SCHEMA AUTHORIZATION CURRENT_USER; END'",
                "DO 'BEGIN REFRESH MATERIALIZED VIEW counted; END'",
                "REFRESH MATERIALIZED VIEW counted",
                "CREATE FUNCTION other() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE OR REPLACE FUNCTION plain() RETURNS int LANGUAGE sql AS 'SELECT 2'",
                "CREATE PROCEDURE run() LANGUAGE sql AS 'SELECT 1'",
                "ALTER FUNCTION plain() VOLATILE",
                "DROP FUNCTION plain()",
                "CREATE TYPE size AS ENUM ('small')",
                "ALTER TYPE mood ADD VALUE 'mad'",
                "DROP TYPE mood",
                "CREATE TYPE pair AS (a INT, b INT)",
                "CREATE DOMAIN much AS INT CHECK (VALUE > 0)",
                "CREATE SCHEMA other",
                "CREATE SEQUENCE s",
                "CREATE STATISTICS st ON id, comment FROM draft",
                "GRANT SELECT ON draft TO PUBLIC",
                "REVOKE SELECT ON draft FROM PUBLIC",
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
                "CREATE EXTENSION citext",
                "CREATE TABLE extra (id INT)",
                "DROP TABLE IF EXISTS nothing_there",
                "DROP VIEW IF EXISTS nothing_there",
                "CREATE TEMPORARY TABLE hurry (id INT)",
                "SELECT id INTO extra FROM draft",
            })
    void countForWhateverRunsThem(String sql) throws Exception {
        // At the start of every other statement, at the end of the rest: each counts by itself.
        String event = sql.length() % 2 == 0 ? "ddl_command_start" : "ddl_command_end";
        try (GuardedTables tables = open()) {
            tables.prepare("CREATE EVENT TRIGGER watch ON " + event + " EXECUTE FUNCTION watch()");
            tables.assertDenied(Reason.CASCADE, sql, "event trigger watch");
            assertThat(touched(tables)).isZero();
            tables.prepare("DROP TABLE IF EXISTS nothing_there", sql);
            assertThat(touched(tables)).as(sql).isEqualTo(1);
        }
        try (GuardedTables tables = open()) {
            tables.assertAllowed(sql);
        }
    }

    @Test
    void areMetByWhatWasJudgedBeforeThey() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed("COMMENT ON SCHEMA public IS 'x'");
            tables.prepare("CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch()");
            Thread.sleep(1_100); // a new connection reads a schema again that is older than a second
            tables.assertDenied(Reason.CASCADE, "COMMENT ON SCHEMA public IS 'x'", "event trigger watch");
        }
    }

    @Test
    void countForARoutineThatRunsThem() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed("SELECT speak()");
            tables.prepare("CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch()");
            Thread.sleep(1_100); // a new connection reads a schema again that is older than a second
            tables.assertDenied(Reason.IMMUTABLE_TIER, "SELECT speak()", "routine public.speak → event trigger watch");
            tables.prepare("SELECT speak()");
            assertThat(touched(tables)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT comment FROM draft d JOIN ledger l ON l.id = d.id WHERE comment IS NULL",
                "DO 'BEGIN UPDATE draft SET comment = ''x'' WHERE id = 1; END'",
                "TRUNCATE draft",
                "ANALYZE draft",
                "VACUUM draft",
                "CREATE ROLE somebody_else",
                "DROP ROLE somebody_else",
                "SET timezone TO 'UTC'",
            })
    void areNotRunByTheRest(String sql) throws Exception {
        try (GuardedTables tables = open()) {
            tables.prepare("DROP ROLE IF EXISTS somebody_else");
            if (sql.startsWith("DROP ROLE")) {
                tables.prepare("CREATE ROLE somebody_else");
            }
            tables.prepare("CREATE EVENT TRIGGER watch ON ddl_command_start EXECUTE FUNCTION watch()");
            tables.assertAllowed(sql);
            assertThat(touched(tables)).isZero();
        }
    }
}
