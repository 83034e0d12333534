package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code pg_catalog} behind another schema of the path, whatever stands before PostgreSQL's own counts. */
class BuiltInsBehindTest {
    private static final String POLICY = """
            table ledger is ledger
            table archive.* is ledger
            table orders is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter on tier operational
            }

            trust app {
              why "migrates"
              owner "data-guardians@shop.example"
              define
              until 2999-01-01T00:00Z
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id serial PRIMARY KEY)",
        "INSERT INTO ledger DEFAULT VALUES",
        "CREATE TABLE orders (id serial PRIMARY KEY, state text)",
        "INSERT INTO orders (state) VALUES ('new')",
        "CREATE SCHEMA archive",
        "CREATE TABLE archive.orders (id int, state text)",
        "INSERT INTO archive.orders VALUES (1, 'old')",
    };

    private static final String PATH = "SET search_path = public, pg_catalog";

    @TempDir
    private Path folder;

    private GuardedTables open(String... more) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
        tables.prepare(more);
        return tables;
    }

    private static String function(String head, String returned, String body) {
        return "CREATE FUNCTION public." + head + " LANGUAGE plpgsql AS $$ BEGIN " + body + "; RETURN " + returned
                + "; END $$";
    }

    /** The statement does harm past the guard, and through it none, whichever path comes first. */
    private static void assertHarmful(GuardedTables tables, String sql, String harmed) throws Exception {
        int before = tables.count(harmed);
        assertThat(before).as(harmed).isPositive();
        try (Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute(PATH);
            assertThat(catchThrowable(() -> statement.execute(sql))).as(sql).isInstanceOf(DenialException.class);
            assertThat(tables.count(harmed)).as(sql).isEqualTo(before);
        }
        try (Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement()) {
            statement.execute(PATH);
            statement.execute(sql);
            assertThat(tables.count(harmed)).as(sql).isZero();
        }
    }

    @Test
    void aScriptMaySayThePathThatDumpsSay() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            for (String path : List.of(
                    PATH,
                    "SELECT set_config('search_path', 'public, pg_catalog', false)",
                    "SET search_path TO \"$user\", public, pg_catalog",
                    "SET LOCAL search_path TO public, pg_catalog")) {
                statement.execute(path);
                statement.execute("UPDATE orders SET state = lower(state) || 'x' WHERE id = 1 AND state ~~ 'n%'");
                statement.execute("SELECT count(*), now(), 'a'::text FROM pg_class WHERE relname = 'orders'");
                statement.execute("SELECT setval('orders_id_seq', 7)");
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM ledger", "ledger");
                GuardedTables.assertDenied(statement, Reason.FORBIDDEN_VERB, "DELETE FROM pg_class", "pg_class");
            }
            statement.execute("SET search_path = archive, pg_catalog");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "UPDATE orders SET state = 'x'", "orders");
            statement.execute(
                    "CREATE FUNCTION public.shout(t text) RETURNS text LANGUAGE plpgsql SET search_path = public, pg_catalog"
                            + " AS $$ BEGIN UPDATE orders SET state = upper(t) WHERE id = 1; RETURN t; END $$");
            statement.execute("SELECT public.shout('a')");
            assertThat(tables.count("orders WHERE state = 'A'")).isOne();
            assertThat(tables.count("archive.orders WHERE state = 'old'")).isOne();
        }
    }

    @Test
    void aFunctionThatIsFoundBeforeABuiltInIsFollowed() throws Exception {
        try (GuardedTables tables = open(function("lower(t text) RETURNS text", "t", "DELETE FROM ledger"))) {
            assertHarmful(tables, "SELECT lower('A')", "ledger");
        }
        try (GuardedTables tables = open(function("to_regclass(t text) RETURNS regclass", "'ledger_id_seq'", "NULL"))) {
            assertHarmful(
                    tables, "SELECT setval(to_regclass('orders_id_seq'), 9)", "ledger_id_seq WHERE last_value = 1");
        }
        try (GuardedTables tables =
                open(function("pg_get_serial_sequence(t text, c text) RETURNS text", "'ledger_id_seq'", "NULL"))) {
            assertHarmful(
                    tables,
                    "SELECT setval(pg_get_serial_sequence('orders', 'id'), 9)",
                    "ledger_id_seq WHERE last_value = 1");
        }
    }

    @Test
    void anOperatorOrTypeThatIsFoundBeforeABuiltInIsFollowed() throws Exception {
        try (GuardedTables tables = open(
                function("same(a text, b text) RETURNS boolean", "true", "DELETE FROM ledger"),
                "CREATE OPERATOR public.= (FUNCTION = public.same, LEFTARG = text, RIGHTARG = text)")) {
            assertHarmful(tables, "SELECT id FROM orders WHERE state IN ('x')", "ledger");
        }
        try (GuardedTables tables = open(
                function("checked(a text) RETURNS boolean", "true", "DELETE FROM ledger"),
                "CREATE DOMAIN public.uuid AS text CHECK (public.checked(VALUE))")) {
            assertHarmful(tables, "SELECT 'x'::uuid", "ledger");
        }
    }

    /** What looks like a change of the session would change nothing, and leave the names what they were. */
    @Test
    void aFunctionInThePlaceOfSetConfigSetsNoPath() throws Exception {
        try (GuardedTables tables = open(function("set_config(a text, b text, c boolean) RETURNS text", "a", "NULL"))) {
            try (Connection connection = tables.connectToGoOn();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = archive, public, pg_catalog");
                GuardedTables.assertDenied(
                        statement,
                        Reason.UNKNOWN_ROUTINE,
                        "SELECT set_config('search_path', 'public', false)",
                        "one of its own");
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "UPDATE orders SET state = 'x'", "orders");
            }
        }
    }

    @Test
    void aTriggerRunsTheFunctionThatIsFoundFirst() throws Exception {
        String trigger = "CREATE TRIGGER same BEFORE UPDATE ON orders FOR EACH ROW"
                + " EXECUTE FUNCTION suppress_redundant_updates_trigger()";
        try (GuardedTables tables = open();
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute(PATH);
            statement.execute(trigger);
            statement.execute("UPDATE orders SET state = 'x' WHERE id = 1");
        }
        try (GuardedTables tables =
                open(function("suppress_redundant_updates_trigger() RETURNS trigger", "NEW", "DELETE FROM ledger"))) {
            try (Connection connection = tables.connectToGoOn();
                    Statement statement = connection.createStatement()) {
                statement.execute(PATH);
                GuardedTables.assertDenied(statement, Reason.CASCADE, trigger, "suppress_redundant_updates_trigger");
            }
            assertHarmful(tables, trigger + "; UPDATE orders SET state = 'x' WHERE id = 1", "ledger");
        }
    }

    /** The guard asks its own questions by operators that no path leads away from. */
    @Test
    void theGuardIsNotTakenInByOperatorsItself() throws Exception {
        try (GuardedTables tables = open(
                        "CREATE FUNCTION public.any_oid(a oid, b oid) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false'",
                        "CREATE OPERATOR public.= (FUNCTION = public.any_oid, LEFTARG = oid, RIGHTARG = oid)");
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute(PATH);
            statement.execute("CREATE TEMP TABLE stage AS SELECT 1 AS id");
            statement.execute("DELETE FROM stage");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM ledger", "ledger");
            assertThat(tables.count("ledger")).isOne();
        }
    }
}
