package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call does is read from the routine's body, through all that it calls; rules V31 to V34: V31, V32, V33, V34. */
class CalledCodeTest {
    private static final String RULES = """
            table ledger is ledger

            table orders is operational
            table note is operational

            component app {
              grant select, insert on ledger
              grant select, insert, update, delete on orders
              grant select on note
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT, amount INT)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE orders (id INT, state TEXT)",
        "INSERT INTO orders VALUES (1, 'new')",
        "CREATE TABLE note (id INT)",
    };

    @TempDir
    private Path folder;

    private GuardedTables open(String... code) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES);
        tables.prepare(code);
        return tables;
    }

    private static String procedural(String name, String declarations, String body) {
        return "CREATE FUNCTION " + name + " RETURNS int LANGUAGE plpgsql AS $body$ " + declarations + " BEGIN " + body
                + "; RETURN 1; END $body$";
    }

    /** What is denied does damage when nobody guards it, so the form still means what it is tested for. */
    private static void assertDeniedAndHarmful(GuardedTables tables, Reason reason, String sql, String... parts)
            throws Exception {
        int before = tables.count("ledger");
        tables.assertDenied(reason, sql, parts);
        assertThat(tables.count("ledger")).isEqualTo(before);
        tables.prepare(sql);
        assertThat(tables.count("ledger")).as(sql).isLessThan(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM ledger'",
                "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'UPDATE orders SET state = NULL; DELETE FROM public.ledger'",
                "CREATE FUNCTION f() RETURNS SETOF ledger LANGUAGE sql BEGIN ATOMIC DELETE FROM ledger RETURNING *; END",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN DELETE FROM ledger; END'",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public"
                        + " AS 'BEGIN IF true THEN DELETE FROM ledger; END IF; END'",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql STABLE AS 'BEGIN PERFORM g(); END'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'DECLARE n int := g(); BEGIN RETURN n; END'",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS"
                        + " 'DECLARE r record; BEGIN FOR r IN DELETE FROM ledger RETURNING id LOOP NULL; END LOOP; END'",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS"
                        + " 'DECLARE n int; BEGIN WITH gone AS (DELETE FROM ledger RETURNING 1) SELECT count(*) INTO n FROM gone; END'",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS"
                        + " 'BEGIN RAISE NOTICE ''%'', g(); EXCEPTION WHEN OTHERS THEN NULL; END'",
            })
    void aBodyThatHarmsIsSeenWhereverItDoesSo(String code) throws Exception {
        String nested =
                "CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS" + " 'BEGIN DELETE FROM ledger; RETURN 1; END'";
        try (GuardedTables tables = open(nested, code)) {
            assertDeniedAndHarmful(tables, Reason.IMMUTABLE_TIER, "SELECT f()", "routine public.f");
        }
    }

    @Test
    void aChainOfCallsIsTold() throws Exception {
        try (GuardedTables tables = open(
                procedural("wipe()", "", "DELETE FROM ledger"),
                procedural("balance()", "", "PERFORM wipe(); PERFORM balance()"),
                procedural("close_month()", "", "UPDATE orders SET state = 'x'; PERFORM balance()"))) {
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "SELECT close_month()",
                    "by routine public.close_month → routine public.balance → routine public.wipe");
        }
    }

    @Test
    void aProcedureIsReadAsAFunctionIs() throws Exception {
        try (GuardedTables tables = open(
                "CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN DELETE FROM ledger; END'",
                "CREATE PROCEDURE q() LANGUAGE plpgsql AS 'BEGIN CALL p(); END'",
                "CREATE PROCEDURE good() LANGUAGE sql AS 'UPDATE orders SET state = 1 WHERE id = 2'")) {
            tables.assertAllowed("CALL good()");
            assertDeniedAndHarmful(tables, Reason.IMMUTABLE_TIER, "CALL q()", "routine public.q → routine public.p");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1 + (SELECT count(*) FROM orders)",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'UPDATE orders SET state = upper(state) WHERE id = 1 RETURNING id'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE ledger int := 1; note text; BEGIN"
                        + " SELECT o.id, o.state INTO STRICT ledger, note FROM orders o WHERE o.id = 1 LIMIT 1;"
                        + " UPDATE orders SET state = note WHERE id = ledger;"
                        + " FOR i IN 1..3 LOOP INSERT INTO orders (id, state) VALUES (i, note) ON CONFLICT DO NOTHING; END LOOP;"
                        + " IF ledger > 5 THEN RAISE NOTICE 'order %', ledger USING HINT = 'none'; ELSE ledger := ledger + 1; END IF;"
                        + " CASE WHEN ledger = 1 THEN NULL; ELSE NULL; END CASE; RETURN ledger; END $$",
                "CREATE FUNCTION f(x int DEFAULT 1) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN x * 2; END'",
            })
    void aBodyWithinTheGrantsPasses(String code) throws Exception {
        try (GuardedTables tables = open(code)) {
            tables.assertAllowed("SELECT f()", "SELECT f() FROM orders WHERE id = f()");
        }
    }

    @Test
    void whatABodyReadsAndWritesNeedsTheCallersGrants() throws Exception {
        try (GuardedTables tables = open(
                procedural("deletes()", "", "DELETE FROM note"), procedural("reads()", "", "PERFORM id FROM secret"))) {
            tables.prepare("CREATE TABLE secret (id INT)");
            tables.assertDenied(
                    Reason.NOT_GRANTED, "SELECT deletes()", "DELETE from public.note", "routine public.deletes");
            tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "SELECT reads()", "secret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN EXECUTE concat('DELETE FROM ', 'ledger'); END",
                "DECLARE c refcursor; BEGIN OPEN c FOR EXECUTE concat('DELETE FROM ledger RETURNING 1'); MOVE ALL FROM c; END",
                "DECLARE r record; BEGIN FOR r IN EXECUTE concat('DELETE FROM ledger RETURNING 1') LOOP NULL; END LOOP; END",
                "BEGIN SET LOCAL search_path = pg_temp; DELETE FROM ledger; END",
                "BEGIN PERFORM set_config('search_path', 'x', false); END",
                "BEGIN CREATE TEMP TABLE orders (id int); END",
                "BEGIN TRUNCATE orders CASCADE; END",
                "BEGIN PERFORM query_to_xml('DELETE FROM ledger', true, true, ''); END",
            })
    void whatABodyHidesIsUnknown(String body) throws Exception {
        try (GuardedTables tables =
                open("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$" + body + "$body$")) {
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE, "SELECT f()", "public.f", "the policy does not say what it writes");
        }
    }

    @Test
    void everyOverloadCounts() throws Exception {
        try (GuardedTables tables = open(
                "CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT x'",
                "CREATE FUNCTION f(x text) RETURNS void LANGUAGE sql AS 'DELETE FROM ledger'",
                "CREATE SCHEMA other",
                "CREATE FUNCTION other.g() RETURNS void LANGUAGE sql AS 'DELETE FROM ledger'",
                "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'")) {
            tables.assertDenied(Reason.IMMUTABLE_TIER, "SELECT f(1)");
            tables.assertAllowed("SELECT g()", "SELECT public.g()");
            assertDeniedAndHarmful(tables, Reason.IMMUTABLE_TIER, "SELECT other.g()", "routine other.g");
        }
    }

    @Test
    void aFactGoesBeforeTheBody() throws Exception {
        String rules = RULES + """

                routine f is harmless {
                  why "believed"
                }

                routine g is harmless {
                  why "another body"
                  body sha256:0000000000000000000000000000000000000000000000000000000000000000
                }
                """;
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, rules, TABLES)) {
            tables.prepare(
                    "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM ledger'",
                    "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                    procedural("calls()", "", "PERFORM f()"));
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT g()", "another body");
            tables.assertAllowed("SELECT calls()");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upper(x ledger) | SELECT upper(l) FROM ledger l",
                "abs(x text) | SELECT abs('1'::text)",
                "lower(x ledger) | SELECT id FROM orders WHERE id = (SELECT lower(l) FROM ledger l)",
            })
    void aFunctionWithTheNameOfABuiltInCountsBeside(String signature, String sql) throws Exception {
        try (GuardedTables tables = open(procedural(signature, "", "DELETE FROM ledger"))) {
            assertDeniedAndHarmful(tables, Reason.IMMUTABLE_TIER, sql, "routine public.");
        }
        try (GuardedTables tables = open(procedural(signature, "", "PERFORM 1"))) {
            tables.assertAllowed(sql);
        }
    }

    @Test
    void aFunctionBesideADangerousBuiltInDoesNotMakeThatHarmless() throws Exception {
        try (GuardedTables tables =
                open("CREATE FUNCTION query_to_xml(x int) RETURNS int LANGUAGE sql AS 'SELECT x'")) {
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE,
                    "SELECT query_to_xml('DELETE FROM ledger RETURNING 1', true, true, '')",
                    "the server has one of that name");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT l.wipe FROM ledger l", "SELECT (l).wipe FROM ledger l", "SELECT wipe(l) FROM ledger l"})
    void aFunctionWrittenLikeAColumnIsACall(String sql) throws Exception {
        String wipe = "wipe(x ledger)";
        try (GuardedTables tables = open(procedural(wipe, "", "DELETE FROM ledger"))) {
            assertDeniedAndHarmful(tables, Reason.IMMUTABLE_TIER, sql, "routine public.wipe");
        }
        try (GuardedTables tables = open(procedural(wipe, "", "PERFORM 1"))) {
            tables.assertAllowed(sql);
        }
    }

    @Test
    void anAggregateIsTheFunctionsThatItIsMadeOf() throws Exception {
        String step = "CREATE FUNCTION step(s int, x int) RETURNS int LANGUAGE plpgsql AS 'BEGIN %s; RETURN 1; END'";
        String total = "CREATE AGGREGATE total (int) (SFUNC = step, STYPE = int, INITCOND = '0')";
        try (GuardedTables tables = open(String.format(step, "DELETE FROM ledger"), total)) {
            assertDeniedAndHarmful(
                    tables,
                    Reason.IMMUTABLE_TIER,
                    "SELECT total(id) FROM orders",
                    "public.total → routine public.step");
        }
        try (GuardedTables tables = open(String.format(step, "PERFORM 1"), total)) {
            tables.assertAllowed("SELECT total(id) FROM orders");
        }
    }

    @Test
    void aNameWithoutASchemaInABodyIsEveryTableItCouldBe() throws Exception {
        String body = "RETURNS void LANGUAGE plpgsql %s AS 'BEGIN DELETE FROM orders; END'";
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL, folder, RULES + "\ntable archive.orders is ledger\n", TABLES)) {
            tables.prepare(
                    "CREATE SCHEMA archive",
                    "CREATE TABLE archive.orders (id INT)",
                    "CREATE FUNCTION loose() " + String.format(body, ""),
                    "CREATE FUNCTION pinned() " + String.format(body, "SET search_path = public, pg_temp"),
                    "CREATE FUNCTION elsewhere() " + String.format(body, "SET search_path = archive"));
            tables.assertDenied(Reason.IMMUTABLE_TIER, "SELECT loose()", "archive.orders");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "SELECT elsewhere()", "archive.orders");
            tables.assertAllowed("SELECT pinned()");
        }
    }
}
