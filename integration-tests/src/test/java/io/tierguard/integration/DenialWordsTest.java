package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a denial says is what is against the statement, and what it advises leads somewhere. */
class DenialWordsTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter on tier operational
            }

            trust app {
              why "migrations"
              owner "team"
              define
              until 2126-06-30T00:00Z
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)", "CREATE TABLE orders (id INT PRIMARY KEY, n INT)",
    };

    @TempDir
    private Path folder;

    private GuardedTables open(LiveDatabase database) throws Exception {
        return GuardedTables.open(database, folder, RULES, TABLES);
    }

    @ParameterizedTest
    @EnumSource
    void aForeignKeyThatActsIsSaidToBeWhy(LiveDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "CREATE TABLE line (id INT REFERENCES ledger (id) ON DELETE CASCADE)",
                    "ALTER ledger by a foreign key that acts when its rows change: ");
            tables.assertAllowed("CREATE TABLE line (id INT REFERENCES ledger (id))");
        }
    }

    @Test
    void theLineIsThatOfWhatNobodyCanRead() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL)) {
            tables.assertDenied(
                    Reason.DEFINES_CODE,
                    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE q text; BEGIN\n"
                            + "RAISE NOTICE 'a %', now();\nEXECUTE q;\nRETURN 1; END $$",
                    "(line 3, EXECUTE q)");
            tables.assertAllowed("CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $$ BEGIN\n"
                    + "RAISE NOTICE 'a %', now();\nRETURN 1; END $$");
        }
    }

    @Test
    void anEventTriggerIsCalledOne() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL)) {
            tables.prepare("CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END'");
            tables.assertDenied(
                    Reason.DEFINES_CODE,
                    "CREATE EVENT TRIGGER told ON ddl_command_end EXECUTE FUNCTION told()",
                    "CREATE EVENT TRIGGER: ");
        }
    }

    @Test
    void aRoutineThatIsNotThereIsSaidNotToBe() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL)) {
            tables.prepare("CREATE PROCEDURE wipe(q text) LANGUAGE plpgsql AS 'BEGIN EXECUTE q; END'");
            String absent = "the database has no routine of its own called so";
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "CALL nobody()", absent);
            assertThatThrownBy(() -> run(tables, "CALL wipe('DELETE FROM ledger')"))
                    .hasMessageContaining("line 1, EXECUTE q")
                    .hasMessageNotContaining(absent);
        }
    }

    @Test
    void whatIsReadByItsArgumentsIsNotToBeCalledHarmless() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL)) {
            String setting = "write the setting's name as a constant";
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT set_config('app.' || 'x', '1', true)", setting);
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE, "SELECT setval('a' || 'b', 1)", "name the sequence by a constant");
            tables.assertDenied(
                    Reason.DEFINES_CODE,
                    "CREATE FUNCTION f(k text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config(k, '', false); END $$",
                    setting);
            tables.assertAllowed("SELECT set_config('app.x', '1', true)");
        }
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL)) {
            tables.prepare("CREATE FUNCTION set_config(a int) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE a; END'");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT set_config(5)", "does not say what it writes");
        }
    }

    private static void run(GuardedTables tables, String sql) throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
