package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that no statement calls, and that runs all the same, changes no protected row either; rules V35, V36 and V37. */
class ImplicitCodeTest {
    private static final String RULES = """
            table ledger is ledger

            table orders is operational
            table part_* is operational
            table shown is operational
            table far is operational

            component app {
              grant select, insert on ledger
              grant select, insert, update, delete, create, extend, alter on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT, amount INT)",
        "INSERT INTO ledger VALUES (1, 10), (2, 20)",
        "CREATE TABLE orders (id INT, state VARCHAR(20))",
        "INSERT INTO orders VALUES (1, 'new')",
    };

    /** Called by what is declared harmless; its own body deletes, or does not in the twin. */
    private static final String WORKER =
            "CREATE FUNCTION work() RETURNS int LANGUAGE plpgsql VOLATILE AS" + " 'BEGIN %s; RETURN 1; END'";

    private static final String HARM = "DELETE FROM public.ledger";

    @TempDir
    private Path folder;

    private static String function(String signature, String result, String value) {
        return "CREATE FUNCTION " + signature + " RETURNS " + result
                + " LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM public.work(); RETURN " + value + "; END'";
    }

    private static Arguments form(String name, String sql, String chain, String... definitions) {
        return Arguments.of(name, sql, chain, definitions);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                form(
                        "column default",
                        "INSERT INTO orders (id) VALUES (2)",
                        "default of column extra",
                        "ALTER TABLE orders ADD COLUMN extra int",
                        "ALTER TABLE orders ALTER COLUMN extra SET DEFAULT work()"),
                form(
                        "generated column",
                        "INSERT INTO orders VALUES (2, 'x')",
                        "generated of column twice",
                        function("twice(x int)", "int", "x * 2"),
                        "TRUNCATE orders",
                        "ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (twice(id)) STORED"),
                form(
                        "check constraint",
                        "UPDATE orders SET state = 'x' WHERE id = 1",
                        "constraint sound",
                        function("sound(x int)", "boolean", "true"),
                        "ALTER TABLE orders ADD CONSTRAINT sound CHECK (sound(id)) NOT VALID"),
                form(
                        "index expression",
                        "INSERT INTO orders VALUES (2, 'x')",
                        "index by_key",
                        function("key_of(x int)", "int", "x"),
                        "TRUNCATE orders",
                        "CREATE INDEX by_key ON orders (key_of(id))"),
                form(
                        "index predicate",
                        "INSERT INTO orders VALUES (2, 'x')",
                        "index by_part",
                        function("in_part(x int)", "boolean", "true"),
                        "TRUNCATE orders",
                        "CREATE INDEX by_part ON orders (id) WHERE in_part(id)"),
                form(
                        "index that is rebuilt",
                        "REINDEX INDEX part_key",
                        "index part_key",
                        function("key_of(x int)", "int", "x"),
                        "CREATE INDEX part_key ON orders (key_of(id))"),
                form(
                        "index of a part that is rebuilt",
                        "REINDEX TABLE part_all",
                        "index by_key",
                        function("key_of(x int)", "int", "x"),
                        "CREATE TABLE part_all (id INT) PARTITION BY LIST (id)",
                        "CREATE TABLE part_one PARTITION OF part_all FOR VALUES IN (1)",
                        "INSERT INTO part_all VALUES (1)",
                        "CREATE INDEX by_key ON part_one (key_of(id))"),
                form(
                        "exclusion constraint",
                        "INSERT INTO orders VALUES (2, 'x')",
                        "index apart",
                        function("key_of(x int)", "int4range", "int4range(x, x + 1)"),
                        "TRUNCATE orders",
                        "ALTER TABLE orders ADD CONSTRAINT apart EXCLUDE USING gist (key_of(id) WITH &&)"),
                form(
                        "domain check",
                        "INSERT INTO orders (id, state, mood) VALUES (2, 'x', 1)",
                        "the types of its columns",
                        function("sound(x int)", "boolean", "true"),
                        "CREATE DOMAIN mood AS int CHECK (sound(VALUE))",
                        "ALTER TABLE orders ADD COLUMN mood mood"),
                form(
                        "cast to a domain",
                        "SELECT 1::mood",
                        "type mood",
                        function("sound(x int)", "boolean", "true"),
                        "CREATE DOMAIN mood AS int CHECK (sound(VALUE))"),
                form(
                        "domain named by a text",
                        "SELECT pg_input_is_valid('1', 'mood')",
                        "type mood",
                        function("sound(x int)", "boolean", "true"),
                        "CREATE DOMAIN mood AS int CHECK (sound(VALUE))"),
                form(
                        "domain named by a computed text",
                        "SELECT pg_input_is_valid('1', 'mo' || state) FROM (VALUES ('od')) orders (state)",
                        "type ",
                        function("sound(x int)", "boolean", "true"),
                        "CREATE DOMAIN mood AS int CHECK (sound(VALUE))"),
                form(
                        "domain as a parameter",
                        "SELECT harmless(1)",
                        "routine public.harmless → routine public.sound",
                        function("sound(x int)", "boolean", "true"),
                        "CREATE DOMAIN mood AS int CHECK (sound(VALUE))",
                        "CREATE FUNCTION harmless(x mood) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'"),
                form(
                        "operator",
                        "SELECT id === 1 FROM orders",
                        "operator ===",
                        function("same(x int, y int)", "boolean", "true"),
                        "CREATE OPERATOR === (FUNCTION = same, LEFTARG = int, RIGHTARG = int)"),
                form(
                        "operator that a word stands for",
                        "SELECT id FROM orders WHERE orders NOT IN (SELECT o FROM orders o)",
                        "operator",
                        function("same(x orders, y orders)", "boolean", "true"),
                        "CREATE OPERATOR = (FUNCTION = same, LEFTARG = orders, RIGHTARG = orders)",
                        "CREATE OPERATOR <> (FUNCTION = same, LEFTARG = orders, RIGHTARG = orders)"),
                form(
                        "explicit cast",
                        "SELECT CAST(o AS text) FROM orders o",
                        "the cast of orders to text",
                        function("in_words(x orders)", "text", "''x''"),
                        "CREATE CAST (orders AS text) WITH FUNCTION in_words(orders)"),
                form(
                        "implicit cast",
                        "INSERT INTO orders (id, state) SELECT 1, l FROM ledger l LIMIT 1",
                        "the cast of ledger to character varying",
                        function("in_words(x ledger)", "varchar", "''x''"),
                        "CREATE CAST (ledger AS varchar) WITH FUNCTION in_words(ledger) AS ASSIGNMENT"),
                form(
                        "condition of a trigger",
                        "UPDATE orders SET state = 'x'",
                        "condition of trigger touch",
                        function("sound(x int)", "boolean", "true"),
                        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                        "CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW WHEN (sound(NEW.id))"
                                + " EXECUTE FUNCTION touch()"),
                form(
                        "constraint trigger",
                        "DELETE FROM orders",
                        "trigger later",
                        "CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN PERFORM work(); RETURN NULL; END'",
                        "CREATE CONSTRAINT TRIGGER later AFTER DELETE ON orders DEFERRABLE INITIALLY DEFERRED"
                                + " FOR EACH ROW EXECUTE FUNCTION later()"),
                form(
                        "trigger in place of a write to a view",
                        "INSERT INTO shown VALUES (7)",
                        "trigger instead",
                        "CREATE VIEW shown AS SELECT id FROM orders",
                        "CREATE FUNCTION instead() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN PERFORM work(); RETURN NEW; END'",
                        "CREATE TRIGGER instead INSTEAD OF INSERT ON shown FOR EACH ROW EXECUTE FUNCTION instead()"),
                form(
                        "trigger of a partition that a row comes to",
                        "INSERT INTO part_all VALUES (1)",
                        "trigger arrived",
                        "CREATE TABLE part_all (id INT) PARTITION BY LIST (id)",
                        "CREATE TABLE part_one PARTITION OF part_all FOR VALUES IN (1)",
                        "CREATE FUNCTION arrived() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN PERFORM work(); RETURN NEW; END'",
                        "CREATE TRIGGER arrived BEFORE INSERT ON part_one FOR EACH ROW EXECUTE FUNCTION arrived()"),
                form(
                        "partition key",
                        "INSERT INTO part_all VALUES (1)",
                        "partition key",
                        function("key_of(x int)", "int", "x"),
                        "CREATE TABLE part_all (id INT) PARTITION BY LIST (key_of(id))",
                        "CREATE TABLE part_one PARTITION OF part_all FOR VALUES IN (1)"),
                form(
                        "function in a view",
                        "SELECT * FROM shown",
                        "routine public.work",
                        "CREATE VIEW shown AS SELECT id, work() FROM orders"),
                form(
                        "operator in a view",
                        "SELECT * FROM shown",
                        "routine public.same",
                        function("same(x int, y int)", "boolean", "true"),
                        "CREATE OPERATOR === (FUNCTION = same, LEFTARG = int, RIGHTARG = int)",
                        "CREATE VIEW shown AS SELECT id === 1 FROM orders"),
                form(
                        "default of a parameter",
                        "SELECT defaulted()",
                        "routine public.defaulted → routine public.work",
                        "CREATE FUNCTION defaulted(x int DEFAULT work()) RETURNS int LANGUAGE plpgsql AS"
                                + " 'BEGIN RETURN x; END'"),
                eventTrigger("CREATE INDEX more ON orders (state)"),
                eventTrigger("CREATE TEMP TABLE mine AS SELECT 1 AS id"),
                eventTrigger("CREATE TEMP TABLE mine (id INT) ON COMMIT DROP"),
                eventTrigger("SELECT 1 AS id INTO TEMP mine"),
                eventTrigger("CREATE TEMP VIEW mine AS SELECT 1 AS id"),
                eventTrigger(
                        "REFRESH MATERIALIZED VIEW part_kept", "CREATE MATERIALIZED VIEW part_kept AS SELECT 1 AS id"),
                eventTrigger("COMMENT ON TABLE orders IS 'x'"));
    }

    /** An event trigger, which runs for what only a session has too. */
    private static Arguments eventTrigger(String sql, String... before) {
        List<String> definitions = new ArrayList<>(List.of(before));
        definitions.add(
                "CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM work(); END'");
        definitions.add("CREATE EVENT TRIGGER watch ON ddl_command_start WHEN TAG IN ('CREATE INDEX', 'CREATE TABLE',"
                + " 'CREATE TABLE AS', 'SELECT INTO', 'CREATE VIEW', 'CREATE SEQUENCE', 'REFRESH MATERIALIZED VIEW',"
                + " 'COMMENT') EXECUTE FUNCTION watch()");
        return form("event trigger: " + sql, sql, "event trigger watch", definitions.toArray(String[]::new));
    }

    private GuardedTables open(String work) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES);
        tables.prepare(String.format(WORKER, work));
        return tables;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void hiddenCodeThatHarmsIsSeenWithItsChain(String name, String sql, String chain, String[] definitions)
            throws Exception {
        try (GuardedTables tables = open("PERFORM 1")) {
            tables.prepare(definitions);
            tables.assertAllowed(sql);
        }
        try (GuardedTables tables = open("PERFORM 1")) {
            tables.prepare(definitions);
            tables.prepare(String.format(WORKER, HARM).replaceFirst("CREATE", "CREATE OR REPLACE"));
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                Throwable denied = catchThrowable(() -> statement.execute(sql));
                assertThat(denied).as(sql).isInstanceOf(DenialException.class).hasMessageContaining(chain);
                assertThat(((DenialException) denied).reason()).isIn(Reason.CASCADE, Reason.IMMUTABLE_TIER);
            }
            assertThat(tables.count("ledger")).isEqualTo(2);
            tables.prepare(sql);
            assertThat(tables.count("ledger")).as(sql).isZero();
        }
    }

    @Test
    void aPolicyOnRowsRunsWhenTheyAreRead() throws Exception {
        try (GuardedTables tables = open(HARM)) {
            tables.prepare(
                    function("sound(x int)", "boolean", "true"),
                    "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
                    "CREATE POLICY own ON orders USING (sound(id))");
            tables.assertDenied(Reason.CASCADE, "SELECT id FROM orders", "policy own of public.orders");
            tables.prepare(
                    "CREATE ROLE reader_of_rows",
                    "GRANT ALL ON orders, ledger TO reader_of_rows",
                    "SET ROLE reader_of_rows",
                    "SELECT id FROM orders",
                    "RESET ROLE",
                    "DROP OWNED BY reader_of_rows",
                    "DROP ROLE reader_of_rows");
            assertThat(tables.count("ledger")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE orders ADD COLUMN extra text DEFAULT" + " query_to_xml('SELECT 1', true, true, '')::text",
                "ALTER TABLE orders ADD CONSTRAINT odd CHECK (set_config('a.b', state, false) IS NOT NULL) NOT VALID",
            })
    void whatTheServerRunsAsTextIsUnknownInADefinitionToo(String definition) throws Exception {
        try (GuardedTables tables = open("PERFORM 1")) {
            tables.prepare(definition);
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "INSERT INTO orders (id) VALUES (2)", "pg_catalog.");
        }
    }

    @Test
    void codeInOtherLanguagesIsUnknownUntilThePolicySaysWhatItDoes() throws Exception {
        String dynamic = "CREATE FUNCTION key_of(x int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS"
                + " 'BEGIN EXECUTE concat(''SELECT 1''); RETURN x; END'";
        try (GuardedTables tables = open("PERFORM 1")) {
            tables.prepare(dynamic, "TRUNCATE orders", "CREATE INDEX by_key ON orders (key_of(id))");
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE,
                    "INSERT INTO orders VALUES (2, 'x')",
                    "index by_key",
                    "routine public.key_of");
        }
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES + "\nroutine key_of is harmless {\n  why \"read\"\n}\n",
                TABLES)) {
            tables.prepare(dynamic, "TRUNCATE orders", "CREATE INDEX by_key ON orders (key_of(id))");
            tables.assertAllowed("INSERT INTO orders VALUES (2, 'x')");
        }
    }

    @Test
    void aTextThatNamesAPlainTypeIsOrdinary() throws Exception {
        try (GuardedTables tables = open(HARM)) {
            tables.prepare(
                    function("sound(x int)", "boolean", "true"), "CREATE DOMAIN mood AS int CHECK (sound(VALUE))");
            tables.assertAllowed("SELECT pg_input_is_valid(state, 'integer') FROM orders");
        }
        try (GuardedTables tables = open(HARM)) {
            tables.prepare(
                    function("sound(x int)", "boolean", "true"), "CREATE DOMAIN mood AS int CHECK (sound(VALUE))");
            tables.prepare("ALTER TABLE orders ADD CHECK (pg_input_is_valid('1', 'mood')) NOT VALID");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "UPDATE orders SET state = 'x'", "pg_input_is_valid");
        }
    }

    @Test
    void aTriggerThatIsOffDoesNotCount() throws Exception {
        try (GuardedTables tables = open(HARM)) {
            tables.prepare(
                    "CREATE FUNCTION purge() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM work(); RETURN NEW; END'",
                    "CREATE TRIGGER purge BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION purge()",
                    "ALTER TABLE orders DISABLE TRIGGER purge");
            tables.assertAllowed("UPDATE orders SET state = 'x'");
            tables.prepare("ALTER TABLE orders ENABLE TRIGGER purge");
            Thread.sleep(1_100); // a new connection reads a schema again that is older than a second
            tables.assertDenied(
                    Reason.CASCADE, "UPDATE orders SET state = 'x'", "trigger purge", "routine public.work");
        }
    }

    @Test
    void whatOrdinarySchemasComputePasses() throws Exception {
        try (GuardedTables tables = open("PERFORM 1")) {
            tables.prepare(
                    "CREATE TYPE mood AS ENUM ('sad', 'glad')",
                    "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
                    "ALTER TABLE orders ADD COLUMN at timestamptz DEFAULT now(), ADD COLUMN key uuid DEFAULT gen_random_uuid(),"
                            + " ADD COLUMN number bigserial, ADD COLUMN mood mood DEFAULT 'sad', ADD COLUMN much positive,"
                            + " ADD COLUMN total int GENERATED ALWAYS AS (id * 2) STORED,"
                            + " ADD CHECK (length(state) > 0), ADD CHECK (state ~ '^[a-z]+$')",
                    "CREATE INDEX ON orders (lower(state)) WHERE mood = 'glad'",
                    "CREATE CAST (varchar AS mood) WITH INOUT AS IMPLICIT");
            tables.assertAllowed(
                    "INSERT INTO orders (id, state, much) VALUES (2, 'x', 3)",
                    "UPDATE orders SET mood = 'glad' WHERE lower(state) = 'x'",
                    "SELECT id::text, mood::text FROM orders WHERE id IN (1, 2) AND state LIKE 'x%'");
        }
    }

    @Test
    void typesOfReviewedExtensionsAreOrdinary() throws Exception { // V37
        try (GuardedTables tables = open("PERFORM 1")) {
            tables.prepare(
                    "CREATE EXTENSION citext",
                    "CREATE EXTENSION hstore",
                    "CREATE EXTENSION ltree",
                    "CREATE EXTENSION pg_trgm",
                    "CREATE EXTENSION btree_gist",
                    "CREATE EXTENSION pgcrypto",
                    "CREATE EXTENSION dblink",
                    "ALTER TABLE orders ADD COLUMN mail citext, ADD COLUMN tags hstore DEFAULT ''::hstore, ADD COLUMN place ltree,"
                            + " ADD COLUMN key uuid DEFAULT gen_random_uuid(), ADD CHECK (mail ~ '@')",
                    "CREATE INDEX ON orders USING gin (state gin_trgm_ops)",
                    "CREATE INDEX ON orders USING gist (id, place)");
            tables.assertAllowed(
                    "INSERT INTO orders (id, state, mail, tags, place) VALUES (2, 'x', 'A@b', 'a=>1', 'a.b')",
                    "SELECT id FROM orders WHERE mail = 'a@B' AND tags @> 'a=>1' AND place <@ 'a' ORDER BY mail",
                    "SELECT similarity(state, 'y'), digest(state, 'sha256') FROM orders WHERE state % 'x'");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT dblink_exec('', 'DELETE FROM ledger')", "dblink_exec");
        }
    }

    @Test
    void javaBehindATableOfH2IsSeen() throws SQLException, Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, RULES, TABLES)) {
            tables.prepare(
                    "CREATE ALIAS wipe AS 'int wipe(java.sql.Connection c) throws Exception {"
                            + " c.createStatement().execute(\"DELETE FROM ledger\"); return 1; }'",
                    "CREATE TABLE part_default (id INT, x INT DEFAULT wipe())",
                    "CREATE TABLE part_check (id INT CHECK (id > 0 AND wipe() = 1))",
                    "CREATE TABLE part_plain (id INT DEFAULT ABS(-1) CHECK (id > 0), s VARCHAR(10) DEFAULT CAST('x' AS VARCHAR(5)))",
                    "CREATE VIEW shown AS SELECT id, wipe() AS w FROM orders");
            tables.assertAllowed("INSERT INTO part_plain (s) VALUES ('y')");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "INSERT INTO part_default (id) VALUES (1)", "wipe");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "UPDATE part_check SET id = 2", "wipe");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT id FROM shown", "wipe");
            tables.prepare("INSERT INTO part_default (id) VALUES (1)");
            assertThat(tables.count("ledger")).isZero();
        }
    }

    @Test
    void whatComputesNothingRunsNoOperator() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES)) {
            tables.prepare(
                    "CREATE FUNCTION below(orders, orders) RETURNS bool LANGUAGE plpgsql AS"
                            + " 'BEGIN EXECUTE concat(''DELETE FROM ledger''); RETURN true; END'",
                    "CREATE OPERATOR < (FUNCTION = below, LEFTARG = orders, RIGHTARG = orders)");
            tables.assertAllowed("SET timezone TO 'UTC'", "BEGIN ISOLATION LEVEL SERIALIZABLE; SAVEPOINT a; ROLLBACK");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT o < o FROM orders o", "below");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "DO 'BEGIN PERFORM o < o FROM orders o; END'");
        }
    }

    @Test
    void anAliasInThePlaceOfABuiltInIsSeen() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, RULES, TABLES)) {
            tables.prepare(
                    "SET BUILTIN_ALIAS_OVERRIDE TRUE",
                    "CREATE ALIAS upper AS 'String upper(java.sql.Connection c, String s) throws Exception {"
                            + " c.createStatement().execute(\"DELETE FROM ledger\"); return s; }'");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT UPPER(state) FROM orders", "upper");
            tables.prepare("SELECT UPPER(state) FROM orders");
            assertThat(tables.count("ledger")).isZero();
        }
    }
}
