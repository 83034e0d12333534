package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code is defined only by who is trusted with it, and within the ceilings; rule E15. */
class DefinedCodeTest {
    private static final String POLICY = """
            tier ledger is immutable

            tier operational is mutable

            table ledger_entry is ledger
            table orders is operational
            table customer is operational

            routine known is harmless {
              why "said of any body"
            }

            component migration {
              grant select, alter on tier operational
            }
            """;

    private static final String TRUST = """

            trust migration {
              why "writes the functions"
              owner "data-guardians@shop.example"
              define
              until 2999-01-01T00:00Z
            }
            """;

    private static final String WAIVER = """

            waiver unread {
              why "reviewed by hand"
              ticket "DP-9"
              owner "data-guardians@shop.example"
              from 2020-01-01T00:00Z
              until 2999-01-01T00:00Z
              grant define to migration
            }
            """;

    private static final String JAVA = "CREATE ALIAS reverse FOR 'java.lang.Integer.reverse'";

    @TempDir
    private Path folder;

    private Connection connect(Shop shop, String policy) throws SQLException, IOException {
        Path file = folder.resolve("define-" + policy.hashCode() + ".tierguard");
        return shop.connectAs("migration", Files.writeString(file, policy));
    }

    private static String function(String name, String body) {
        return "CREATE OR REPLACE FUNCTION " + name + " RETURNS int LANGUAGE plpgsql AS $$ BEGIN " + body
                + "; RETURN 1; END $$";
    }

    private static void assertDenied(Statement statement, String sql, Reason reason) {
        assertThatThrownBy(() -> statement.execute(sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denied -> assertThat(denied.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @EnumSource
    void nobodyDefinesCodeWithoutTrust(LiveDatabase database) throws Exception {
        try (Shop shop = Shop.open(database, folder);
                Connection connection = connect(shop, POLICY);
                Statement statement = connection.createStatement()) {
            String sql = database == LiveDatabase.H2 ? JAVA : function("f()", "PERFORM 1");
            assertDenied(statement, sql, Reason.DEFINES_CODE);
        }
    }

    @Test
    void codeWithinTheCeilingsIsDefined() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, POLICY + TRUST);
                Statement statement = connection.createStatement()) {
            statement.execute(function("f()", "UPDATE orders SET state = 'x' WHERE id = 1"));
            statement.execute("DROP FUNCTION f()");
            assertThat(shop.auditLines()).anyMatch(line -> line.contains("CREATE FUNCTION"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM ledger_entry",
                "UPDATE public.ledger_entry SET amount = 0",
                "DELETE FROM orders; DELETE FROM ledger_entry",
            })
    void codeAgainstACeilingIsNot(String body) throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, POLICY + TRUST + WAIVER);
                Statement statement = connection.createStatement()) {
            assertDenied(statement, function("f()", body), Reason.CASCADE);
        }
    }

    /** What a routine has besides its body is read with it, and its END is found as the server finds it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f(x int DEFAULT 1, y text = 'a') RETURNS int LANGUAGE sql AS 'SELECT x'",
                "CREATE FUNCTION f() RETURNS int SECURITY DEFINER SET search_path = '' LANGUAGE sql AS 'SELECT count(*) FROM public.orders'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path = public, pg_temp SET statement_timeout TO 100"
                        + " BEGIN ATOMIC SELECT CASE WHEN count(*) > 1 THEN 1 END AS end FROM orders; SELECT 2 end; END",
                "CREATE RULE r AS ON UPDATE TO orders WHERE OLD.id > 99 DO ALSO UPDATE customer SET name = name",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE n numeric; BEGIN SELECT sum(amount) INTO n FROM"
                        + " ledger_entry; UPDATE orders SET state = 'x' WHERE id = n; RETURN 1; END $$",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR (k int) FOR SELECT id FROM orders WHERE"
                        + " id = k; n int := 0; BEGIN FOR r IN c(1) LOOP n := n + 1; END LOOP; RETURN n; END $$",
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.state := 'x'; RETURN NEW; END $$;"
                        + " CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();"
                        + " CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE TRIGGER same BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();"
                        + " CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            })
    void allOfARoutineIsReadAsTheServerReadsIt(String sql) throws Exception {
        String alter =
                POLICY.replace("grant select, alter", "grant select on tier ledger\n  grant select, alter, update");
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, alter + TRUST);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!sql.startsWith("CREATE RULE")) {
                statement.execute("SELECT f()");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION down(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF n < 1 THEN RETURN 1; END IF;"
                        + " RETURN n * down(n - 1); END $$",
                "CREATE OR REPLACE FUNCTION public.down(n int) RETURNS int LANGUAGE sql AS"
                        + " 'SELECT CASE WHEN n < 1 THEN 1 ELSE n * public.down(n - 1) END'",
                "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION down(n int) RETURNS int LANGUAGE sql"
                        + " AS 'SELECT n + one()'",
            })
    void aRoutineMayCallItselfAndWhatTheTextHasDefined(String sql) throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, POLICY + TRUST);
                Statement statement = connection.createStatement()) {
            statement.execute("SET check_function_bodies = off");
            statement.execute(sql);
            statement.execute("SELECT down(3)");
        }
    }

    @Test
    void aRoutineMayCallWhatIsMadeLater() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, POLICY + TRUST);
                Statement statement = connection.createStatement()) {
            statement.execute(function("up()", "PERFORM down()"));
            assertDenied(statement, "SELECT up()", Reason.UNKNOWN_ROUTINE);

            statement.execute(function("down()", "NULL"));
            statement.execute("SELECT up()");
        }
    }

    @Test
    void whatIsMadeLaterIsHeldToWhatItDoes() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            int entries = shop.rowsOf("ledger_entry").size();
            try (Connection connection = connect(shop, POLICY + TRUST);
                    Statement statement = connection.createStatement()) {
                statement.execute(function("up()", "PERFORM down()"));
                assertDenied(statement, function("down()", "DELETE FROM ledger_entry"), Reason.CASCADE);
                try (Connection other = shop.connectPastTheGuard();
                        Statement past = other.createStatement()) {
                    past.execute(function("down()", "DELETE FROM ledger_entry"));
                }
                assertThatThrownBy(() -> statement.execute("SELECT up()")).isInstanceOf(DenialException.class);
            }
            assertThat(shop.rowsOf("ledger_entry")).hasSize(entries);
        }
    }

    /** What it calls may be the server's, which is found before it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION lo_unlink(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN lo_unlink(n - 1); END $$",
                "CREATE FUNCTION up(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN lo_unlink(n - 1); END $$",
                "CREATE FUNCTION lo_unlink(n text) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql"
                        + " AS $$ BEGIN RETURN lo_unlink(1); END $$",
            })
    void whatElseIsCalledHasToBeKnown(String sql) throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, POLICY + TRUST);
                Statement statement = connection.createStatement()) {
            assertDenied(statement, sql, Reason.DEFINES_CODE);
        }
    }

    /** A waiver lets code be defined that nobody can read, and so also what calls such code, which is judged whenever it is called. */
    @Test
    void whatCallsCodeThatNobodyCanReadTakesAWaiverToo() throws Exception {
        String rules = POLICY.replace("grant select, alter", "grant select, alter, update");
        String caller = function("up()", "PERFORM purge('ledger_entry')");
        String trigger = "CREATE TRIGGER t AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION purged()";
        String change = "UPDATE orders SET state = 'x' WHERE id = 1";
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            int entries = shop.rowsOf("ledger_entry").size();
            try (Connection past = shop.connectPastTheGuard();
                    Statement statement = past.createStatement()) {
                statement.execute("CREATE FUNCTION purge(t text) RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE format('DELETE FROM %I', t); RETURN 1; END $$");
                statement.execute("CREATE FUNCTION purged() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE format('DELETE FROM %I', 'ledger_entry'); RETURN NULL; END $$");
            }
            try (Connection connection = connect(shop, rules + TRUST);
                    Statement statement = connection.createStatement()) {
                assertDenied(statement, caller, Reason.DEFINES_CODE);
                assertDenied(statement, trigger, Reason.DEFINES_CODE);
            }
            try (Connection connection = connect(shop, rules + TRUST + WAIVER);
                    Statement statement = connection.createStatement()) {
                statement.execute(caller);
                statement.execute(function("set_it(k text)", "PERFORM set_config(k, 'x', false)"));
                assertThat(shop.auditLines()).anyMatch(line -> line.contains("\"ticket\":\"DP-9\""));
                assertDenied(statement, "SELECT up()", Reason.UNKNOWN_ROUTINE);
                assertDenied(statement, function("down()", "PERFORM up(); DELETE FROM ledger_entry"), Reason.CASCADE);
                statement.execute(trigger);
                assertDenied(statement, change, Reason.UNKNOWN_ROUTINE);
                assertDenied(statement, "DO $$ BEGIN PERFORM up(); END $$", Reason.UNKNOWN_ROUTINE);
            }
            assertThat(shop.rowsOf("ledger_entry")).hasSize(entries);
        }
    }

    /** What nobody names may run all the same, and only the next look at the catalog would tell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE OPERATOR === (FUNCTION = same, LEFTARG = text, RIGHTARG = int); SELECT 1 FROM orders WHERE state === id",
                "CREATE OPERATOR === (FUNCTION = same, LEFTARG = text, RIGHTARG = int); VALUES ('a'::text === 1)",
                "CREATE CAST (point AS int) WITH FUNCTION of_point(point) AS IMPLICIT; SELECT point(1, 2)::int",
                "CREATE OPERATOR CLASS c FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=,"
                        + " OPERATOR 5 >, FUNCTION 1 compare(int, int); CREATE INDEX i ON orders (id c)",
                "CREATE AGGREGATE count(int) (SFUNC = step, STYPE = int, INITCOND = 0); SELECT count(id) FROM orders",
                "CREATE FUNCTION abs(text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE concat('DELETE FROM ledger_entry'); RETURN 1; END $$;"
                        + " SELECT abs('x'::text)",
                "ALTER FUNCTION bad(int) RENAME TO upper; SELECT upper(5)",
                "CREATE PROCEDURE lower(x int) LANGUAGE plpgsql AS $$ BEGIN EXECUTE concat('DELETE FROM ledger_entry'); END $$; CALL lower(5)",
                "CREATE FUNCTION zed(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE concat('DELETE FROM ledger_entry'); RETURN 1; END $$;"
                        + " SELECT (o.id).zed FROM orders o",
                "CREATE FUNCTION upper(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE concat('DELETE FROM ledger_entry'); RETURN 1; END $$;"
                        + " CREATE VIEW shown AS SELECT upper(5) AS q; SELECT * FROM shown",
                "CREATE POLICY p ON customer USING (of_point(point(1, 2)) = 1); SELECT * FROM customer",
                "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION fire(); CREATE TABLE made (a int)",
                "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION fire(); CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE OR REPLACE FUNCTION plain(int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE concat('DELETE FROM ledger_entry');"
                        + " RETURN 1; END $$; SELECT id FROM orders WHERE @@@ id",
            })
    void codeThatTheTextDefinesIsNotRunUnseen(String text) throws Exception {
        String create = POLICY.replace(
                "grant select, alter", "grant select on tier ledger\n  grant select, alter, create, extend, insert");
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            int entries = shop.rowsOf("ledger_entry").size();
            try (Connection connection = shop.connectPastTheGuard();
                    Statement statement = connection.createStatement()) {
                for (String head : new String[] {
                    "same(text, int) RETURNS boolean",
                    "of_point(point) RETURNS int",
                    "compare(int, int) RETURNS int",
                    "step(int, int) RETURNS int",
                    "bad(int) RETURNS int"
                }) {
                    statement.execute("CREATE FUNCTION " + head + " LANGUAGE plpgsql IMMUTABLE AS"
                            + " $$ BEGIN PERFORM wipe(); RETURN 1; END $$");
                }
                statement.execute("CREATE FUNCTION wipe() RETURNS int LANGUAGE plpgsql VOLATILE AS"
                        + " $$ BEGIN DELETE FROM ledger_entry; RETURN 1; END $$");
                statement.execute("CREATE FUNCTION fire() RETURNS event_trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN DELETE FROM ledger_entry; END $$");
                statement.execute(
                        "CREATE FUNCTION plain(int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$");
                statement.execute("CREATE OPERATOR @@@ (FUNCTION = plain, RIGHTARG = int)");
            }
            try (Connection connection = connect(shop, create + TRUST + WAIVER);
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(text)).isInstanceOf(DenialException.class);
            }
            assertThat(shop.rowsOf("ledger_entry")).hasSize(entries);
        }
    }

    @Test
    void whatIsOnlyDefinedBehindCodeIsDefined() throws Exception {
        String create = POLICY.replace("grant select, alter", "grant select, alter, create, extend, insert");
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, create + TRUST);
                Statement statement = connection.createStatement()) {
            statement.execute(function("f()", "PERFORM 1"));
            statement.execute("BEGIN; " + function("f()", "PERFORM 2") + "; " + function("g()", "PERFORM f()")
                    + "; CREATE INDEX i ON orders (id); SELECT id FROM orders; COMMIT");
        }
    }

    /** A name without a schema is looked for where the routine will look. */
    @Test
    void theBodyIsHeldAgainstTheTablesOfItsOwnPath() throws Exception {
        String sql =
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path = %s AS 'DELETE FROM ledger_entry; SELECT 1'";
        String other = POLICY.replace("table ledger_entry is ledger", "table public.ledger_entry is ledger")
                + "\ntable elsewhere.ledger_entry is operational\n";
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            try (Connection connection = shop.connectPastTheGuard();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.ledger_entry (id int)");
            }
            try (Connection connection = connect(shop, other + TRUST);
                    Statement statement = connection.createStatement()) {
                assertDenied(statement, String.format(sql, "elsewhere, public"), Reason.CASCADE);
                assertDenied(statement, String.format(sql, "DEFAULT"), Reason.CASCADE);
                statement.execute(String.format(sql, "elsewhere"));
                statement.execute("DROP FUNCTION f()");
                statement.execute("SET search_path = elsewhere");
                assertDenied(statement, String.format(sql, "public"), Reason.CASCADE);
            }
        }
    }

    /** A string goes on in one that stands in the next line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AS 'SELECT 1'\n'; DELETE FROM ledger_entry; SELECT 1'",
                "AS 'SELECT 1; DELETE '\n\t -- and so on\n 'FROM ledger_entry; SELECT 1' LANGUAGE sql",
                "AS 'SELECT 1; DEL'\n'ETE FROM ledger_entry; '\r\n'SELECT 1'",
                "AS E'SELECT 1; '\n'DELETE FROM ledger_entry; SELECT 1'",
                "AS U&'SELECT 1; '\n'DELETE FROM ledger_entry; SELECT 1'",
            })
    void aBodyIsReadWithTheStringsThatItGoesOnIn(String body) throws Exception {
        String sql = "CREATE FUNCTION f() RETURNS int " + (body.contains("LANGUAGE") ? "" : "LANGUAGE sql ") + body;
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            int entries = shop.rowsOf("ledger_entry").size();
            try (Connection connection = connect(shop, POLICY + TRUST);
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(DenialException.class);
            }
            assertThat(entries).isPositive();
            try (Connection connection = shop.connectPastTheGuard();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
                statement.execute("SELECT f()");
            }
            assertThat(shop.rowsOf("ledger_entry")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE concat('DELETE FROM ledger_entry'); END $$",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET role = other AS 'SELECT 1'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'int4inc'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS E'SELECT \\x31'",
                "CREATE FUNCTION lower(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION known() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "ALTER FUNCTION f() RENAME TO known",
                "DO $$ BEGIN EXECUTE concat('DELETE FROM orders'); END $$",
                "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION unknown()",
                "CREATE FUNCTION lo_unlink(t text) RETURNS int LANGUAGE sql AS 'SELECT 1';"
                        + " CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT lo_unlink(1)'",
                "CREATE FUNCTION lo_unlink(t text) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TRIGGER t BEFORE UPDATE ON orders"
                        + " FOR EACH ROW WHEN (lo_unlink(1) = 1) EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            })
    void whatIsNotPlainIsNotEvenWithTrust(String sql) throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, POLICY + TRUST);
                Statement statement = connection.createStatement()) {
            assertDenied(statement, sql, Reason.DEFINES_CODE);
        }
    }

    /** It is no definition, so neither trust nor a waiver is asked for. */
    @Test
    void codeThatRunsAtOnceNeedsWhatItsStatementsDo() throws Exception {
        String update = POLICY.replace("grant select, alter", "grant select, update, insert");
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, update);
                Statement statement = connection.createStatement()) {
            statement.execute("DO $$ DECLARE n int := 0; BEGIN UPDATE orders SET state = 'seen' WHERE id = 1;"
                    + " IF NOT FOUND THEN RAISE NOTICE 'none'; END IF; END $$");
            assertThat(shop.rowsOf("orders")).anyMatch(row -> row.contains("seen"));
            assertDenied(
                    statement,
                    "DO $$ BEGIN IF EXISTS (SELECT FROM orders) THEN DELETE FROM ledger_entry; END IF; END $$",
                    Reason.IMMUTABLE_TIER);
            assertDenied(statement, "DO $$ BEGIN DELETE FROM orders WHERE id = 1; END $$", Reason.NOT_GRANTED);
            assertDenied(statement, "DO $$ BEGIN PERFORM unknown(); END $$", Reason.UNKNOWN_ROUTINE);
            assertDenied(statement, "DO $$ BEGIN ALTER TABLE orders ADD x int; END $$", Reason.NOT_GRANTED);
        }
    }

    @Test
    void aTriggerChangesItsTable() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, POLICY + TRUST);
                Statement statement = connection.createStatement()) {
            String trigger = "CREATE TRIGGER t BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION known()";
            assertDenied(statement, String.format(trigger, "ledger_entry"), Reason.IMMUTABLE_TIER);
            assertThatThrownBy(() -> statement.execute(String.format(trigger, "orders")))
                    .isNotInstanceOf(DenialException.class);
            assertDenied(
                    statement, "CREATE RULE r AS ON INSERT TO orders DO ALSO DELETE FROM ledger_entry", Reason.CASCADE);
        }
    }

    @Test
    void codeThatCannotBeReadTakesAWaiverAndNeverRunsAtOnce() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.H2, folder)) {
            try (Connection connection = connect(shop, POLICY + TRUST);
                    Statement statement = connection.createStatement()) {
                assertDenied(statement, JAVA, Reason.DEFINES_CODE);
            }
            try (Connection connection = connect(shop, POLICY + WAIVER);
                    Statement statement = connection.createStatement()) {
                statement.execute(JAVA);
                assertThat(shop.auditLines()).anyMatch(line -> line.contains("\"ticket\":\"DP-9\""));
            }
        }
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder);
                Connection connection = connect(shop, POLICY + WAIVER);
                Statement statement = connection.createStatement()) {
            assertDenied(statement, "DO $$ BEGIN EXECUTE concat('DELETE FROM orders'); END $$", Reason.DEFINES_CODE);
        }
    }
}
