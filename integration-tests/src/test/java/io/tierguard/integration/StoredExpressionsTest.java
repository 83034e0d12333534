package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function of the server that is not harmless counts in every expression that the catalog keeps; rule V35. */
class StoredExpressionsTest {
    private static final String RULES = """
            table ledger is ledger

            table archive.orders is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE SCHEMA archive",
        "CREATE TABLE ledger (id SERIAL PRIMARY KEY, amount INT)",
        "INSERT INTO ledger (amount) VALUES (10), (20)",
        "CREATE TABLE orders (id INT PRIMARY KEY, state TEXT)",
        "CREATE TABLE archive.orders (id INT PRIMARY KEY, state TEXT)",
        "INSERT INTO archive.orders VALUES (1, 'done')",
        "CREATE FUNCTION cut() RETURNS INT LANGUAGE plpgsql AS 'BEGIN DELETE FROM public.ledger; RETURN 1; END'",
    };

    private static final String CUTS = "query_to_xml('SELECT public.cut()', true, false, '')";

    @TempDir
    private Path folder;

    private GuardedTables open(String... more) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES);
        tables.prepare(more);
        return tables;
    }

    /** Each is denied through the guard, and past it empties the ledger. */
    private static void assertEachCuts(GuardedTables tables, String... statements) throws Exception {
        for (String sql : statements) {
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, sql, "query_to_xml");
            tables.prepare("INSERT INTO ledger (amount) VALUES (1)", sql);
            assertThat(tables.count("ledger")).as(sql).isZero();
        }
    }

    @Test
    void aDefaultOfAParameterRunsWithTheCallThatLeavesItOut() throws Exception {
        try (GuardedTables tables = open(
                "CREATE FUNCTION told(x xml DEFAULT " + CUTS + ") RETURNS TEXT LANGUAGE sql AS 'SELECT $1::TEXT'",
                "CREATE FUNCTION told_kept(x xml DEFAULT " + CUTS + ") RETURNS TEXT LANGUAGE sql RETURN x::TEXT",
                "CREATE PROCEDURE tell(x xml DEFAULT " + CUTS + ") LANGUAGE plpgsql AS 'BEGIN NULL; END'",
                "CREATE FUNCTION calling() RETURNS TEXT LANGUAGE sql AS 'SELECT told()'",
                "CREATE VIEW shown AS SELECT told() AS t",
                "CREATE TABLE part_default (id INT, k TEXT DEFAULT told())",
                "CREATE FUNCTION tells() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM told(); RETURN NEW; END'",
                "CREATE TABLE part_trigger (id INT)",
                "CREATE TRIGGER x BEFORE INSERT ON part_trigger FOR EACH ROW EXECUTE FUNCTION tells()")) {
            assertEachCuts(
                    tables,
                    "SELECT told()",
                    "SELECT told_kept()",
                    "CALL tell()",
                    "SELECT calling()",
                    "SELECT t FROM shown",
                    "INSERT INTO part_default (id) VALUES (1)",
                    "INSERT INTO part_trigger VALUES (1)");
        }
    }

    @Test
    void aDefaultOfAParameterThatSetsThePathIsNotPassed() throws Exception {
        String uses =
                "CREATE FUNCTION use_schema(s TEXT DEFAULT set_config('search_path', 'archive', false)) RETURNS TEXT"
                        + " LANGUAGE sql AS 'SELECT $1'";
        try (GuardedTables tables = open(
                uses,
                "CREATE FUNCTION moves(n BIGINT DEFAULT setval('ledger_id_seq', 99)) RETURNS BIGINT LANGUAGE sql AS 'SELECT $1'",
                "CREATE FUNCTION unlinks(n INT DEFAULT lo_unlink(1)) RETURNS INT LANGUAGE sql AS 'SELECT $1'")) {
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT use_schema()", "set_config");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT moves()", "setval");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT unlinks()", "lo_unlink");
            try (Connection connection = tables.connectPastTheGuard();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT use_schema()");
                statement.execute("DELETE FROM orders WHERE id = 1");
            }
            assertThat(tables.count("archive.orders")).isZero();
        }
    }

    @Test
    void theCheckOfADomainRunsWhateverConvertsToIt() throws Exception {
        try (GuardedTables tables = open(
                "CREATE DOMAIN checked AS INT CHECK (" + CUTS + " IS NOT NULL)",
                "CREATE DOMAIN above AS checked",
                "CREATE TYPE pair AS (a checked, b INT)",
                "CREATE FUNCTION takes(c checked) RETURNS INT LANGUAGE sql AS 'SELECT $1::INT'",
                "CREATE FUNCTION keeps() RETURNS INT LANGUAGE plpgsql AS 'DECLARE v checked := 5; BEGIN RETURN 1; END'",
                "CREATE TABLE part_domain (id checked)")) {
            assertEachCuts(
                    tables,
                    "SELECT 5::checked",
                    "SELECT checked '5'",
                    "SELECT 5::above",
                    "SELECT ROW(5, 5)::pair::TEXT",
                    "SELECT takes(5)",
                    "SELECT keeps()",
                    "SELECT * FROM json_populate_record(NULL::part_domain, '{\"id\": 5}')",
                    "INSERT INTO part_domain VALUES (5)");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "CREATE TEMP TABLE mine (id checked)", "query_to_xml");
        }
    }

    @Test
    void whatADomainSetsOrMovesIsSeen() throws Exception {
        try (GuardedTables tables = open(
                "CREATE DOMAIN setting AS INT CHECK (set_config('search_path', 'archive', false) IS NOT NULL)",
                "CREATE DOMAIN moving AS INT CHECK (setval('ledger_id_seq', 99) > 0)",
                "CREATE DOMAIN unlinking AS INT CHECK (lo_unlink(VALUE::oid) > 0)",
                "CREATE DOMAIN reading AS INT CHECK (domain_in('5', 'moving'::regtype, -1) IS NOT NULL)",
                "CREATE DOMAIN numbered AS BIGINT DEFAULT setval('ledger_id_seq', 98)",
                "CREATE TABLE part_numbered (id INT, n numbered)")) {
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT 5::setting", "set_config");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT 5::moving", "setval");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT 5::unlinking", "lo_unlink");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "INSERT INTO part_numbered (id) VALUES (1)", "setval");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT 5::reading", "setval");
            tables.prepare("INSERT INTO part_numbered (id) VALUES (1)");
            assertThat(lastOfLedger(tables)).isEqualTo(98);
        }
    }

    private static int lastOfLedger(GuardedTables tables) throws Exception {
        try (Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_value FROM ledger_id_seq")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void aViewThatSetsASequenceIsNotAsked() throws Exception {
        try (GuardedTables tables = open(
                "CREATE VIEW setting AS SELECT setval('ledger_id_seq', 97)",
                "CREATE VIEW above AS SELECT * FROM setting",
                "CREATE FUNCTION asks() RETURNS BIGINT LANGUAGE sql AS 'SELECT setval FROM setting'",
                "CREATE MATERIALIZED VIEW kept AS SELECT setval('ledger_id_seq', 96) WITH NO DATA",
                "CREATE VIEW counting AS SELECT last_value FROM ledger_id_seq")) {
            for (String sql : new String[] {
                "SELECT * FROM setting", "SELECT * FROM above", "SELECT asks()", "REFRESH MATERIALIZED VIEW kept",
            }) {
                tables.assertDenied(Reason.UNKNOWN_ROUTINE, sql, "the query of view");
            }
            tables.assertAllowed("SELECT * FROM counting");
            tables.prepare("SELECT * FROM above");
            assertThat(lastOfLedger(tables)).isEqualTo(97);
            tables.prepare("REFRESH MATERIALIZED VIEW kept");
            assertThat(lastOfLedger(tables)).isEqualTo(96);
        }
    }

    @Test
    void aTemporaryViewThatSetsSomethingIsNotAsked() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            try {
                statement.execute("CREATE TEMP VIEW led AS SELECT set_config('search_path', 'archive', false)");
            } catch (DenialException denied) {
                return; // sooner is as well
            }
            GuardedTables.assertDenied(statement, Reason.UNREADABLE_SQL, "SELECT * FROM led");
        }
    }

    @Test
    void anAggregateMadeOfTheServersFunctionsIsWhatTheyAre() throws Exception {
        try (GuardedTables tables = open(
                "CREATE AGGREGATE led(TEXT, BOOL) (SFUNC = set_config, STYPE = TEXT, INITCOND = 'search_path')",
                "CREATE AGGREGATE most(INT) (SFUNC = int4larger, STYPE = INT)")) {
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT led('archive', false)", "set_config");
            tables.assertAllowed("SELECT most(id) FROM orders");
        }
    }

    @Test
    void expressionsOfWhateverKindAreLookedInto() throws Exception {
        try (GuardedTables tables = open(
                "CREATE TABLE part_default (id INT, x xml DEFAULT " + CUTS + ")",
                "CREATE TABLE part_check (id INT CHECK (" + CUTS + " IS NOT NULL))",
                "CREATE TABLE part_condition (id INT)",
                "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER x BEFORE INSERT ON part_condition FOR EACH ROW WHEN (" + CUTS + " IS NOT NULL)"
                        + " EXECUTE FUNCTION nothing()")) {
            assertEachCuts(
                    tables,
                    "INSERT INTO part_default (id) VALUES (1)",
                    "INSERT INTO part_check VALUES (1)",
                    "INSERT INTO part_condition VALUES (1)");
        }
    }

    @Test
    void ordinaryExpressionsPass() throws Exception {
        try (GuardedTables tables = open(
                "CREATE DOMAIN email AS TEXT CHECK (VALUE ~ '^[^@]+@[^@]+$' AND length(VALUE) < 255)",
                "CREATE DOMAIN code AS \"char\" DEFAULT 'x'::\"char\" CHECK (VALUE::\"char\" <> 'y'::TEXT::\"char\")",
                "CREATE DOMAIN birth AS DATE DEFAULT CURRENT_DATE CHECK (VALUE <= now() AND VALUE > now() - interval '200 years')",
                "CREATE DOMAIN price AS NUMERIC(10, 2) DEFAULT round(0, 2) CHECK (VALUE::INT8 >= 0)",
                "CREATE FUNCTION since(d DATE DEFAULT CURRENT_DATE, t TEXT DEFAULT to_char(now(), 'YYYY'), r regclass DEFAULT 'orders',"
                        + " k UUID DEFAULT gen_random_uuid(), a TEXT[] DEFAULT ARRAY['x'], j JSONB DEFAULT '{}'::JSON::JSONB)"
                        + " RETURNS INT LANGUAGE sql AS 'SELECT 1'",
                "CREATE AGGREGATE middle(INT) (SFUNC = int4_avg_accum, STYPE = INT8[], FINALFUNC = int8_avg, INITCOND = '{0,0}')",
                "CREATE TABLE part_plain (id INT, mail email, kind code, born birth, price price,"
                        + " serial BIGINT DEFAULT nextval('ledger_id_seq'), who TEXT DEFAULT CURRENT_USER,"
                        + " until TIMESTAMPTZ DEFAULT (now() AT TIME ZONE 'UTC') + interval '1 day',"
                        + " year INT DEFAULT EXTRACT(YEAR FROM now()), trimmed TEXT DEFAULT trim(BOTH 'x' FROM 'xyx'),"
                        + " part TEXT DEFAULT substring('abc' FROM 2), at INT DEFAULT position('b' IN 'abc'),"
                        + " form TEXT DEFAULT normalize('a'), laid TEXT DEFAULT overlay('abc' PLACING 'x' FROM 1))")) {
            tables.assertAllowed(
                    "INSERT INTO part_plain (id, mail) VALUES (1, 'a@b')",
                    "UPDATE part_plain SET price = 3, born = '2001-01-01', kind = 'z' WHERE id = 1",
                    "SELECT 'a@b'::email, since(), 3::price FROM part_plain",
                    "SELECT middle(id) FROM part_plain",
                    "CREATE TEMP TABLE mine (m email)",
                    "SELECT count(*) FROM part_plain WHERE mail = 'a@b'::email");
        }
    }
}
