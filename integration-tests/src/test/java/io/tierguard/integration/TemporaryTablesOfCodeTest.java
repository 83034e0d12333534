package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions and procedures of PostgreSQL make, fill and drop temporary tables whose names can mean nothing else; rule V38. */
class TemporaryTablesOfCodeTest {
    private static final String POLICY = """
            table ledger is ledger
            table closed_book is closed
            table kept_* is ledger
            table spoken_of is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select on tier closed
              grant select, insert, update, create, drop on tier operational
            }

            trust app {
              why "migrates"
              owner "data-guardians@shop.example"
              define
              until 2999-01-01T00:00Z
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id int PRIMARY KEY, amount int)",
        "INSERT INTO ledger VALUES (1, 10), (2, 20)",
        "CREATE TABLE closed_book (id int PRIMARY KEY)",
        "INSERT INTO closed_book VALUES (1)",
        "CREATE TABLE orders (id int PRIMARY KEY, state text)",
        "INSERT INTO orders VALUES (1, 'new'), (2, 'paid')",
        "CREATE SCHEMA archive",
        "CREATE TABLE archive.kept_lines (id int)",
        "INSERT INTO archive.kept_lines VALUES (1)",
        "CREATE SEQUENCE numbers",
    };

    @TempDir
    private Path folder;

    private GuardedTables open(String... more) throws Exception {
        List<String> schema = new ArrayList<>(List.of(SCHEMA));
        schema.addAll(List.of(more));
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, schema.toArray(String[]::new));
    }

    private static String function(String name, String body) {
        return "CREATE FUNCTION " + name + "() RETURNS void LANGUAGE plpgsql AS $$ BEGIN " + body + "; END $$";
    }

    private static final String REPORT = """
            CREATE FUNCTION report(most int) RETURNS TABLE (id int, amount int) LANGUAGE plpgsql AS $$
            BEGIN
              CREATE TEMP TABLE IF NOT EXISTS report_lines (id int PRIMARY KEY, amount int DEFAULT 0) ON COMMIT DROP;
              TRUNCATE report_lines;
              INSERT INTO report_lines SELECT l.id, l.amount FROM ledger l WHERE l.id <= most;
              UPDATE report_lines r SET amount = r.amount + 1;
              DELETE FROM report_lines r WHERE r.id > 100;
              RETURN QUERY SELECT r.id, r.amount FROM report_lines r;
            END $$""";

    private static final String TOTAL = """
            CREATE FUNCTION total() RETURNS bigint LANGUAGE plpgsql AS $$
            DECLARE sum bigint;
            BEGIN
              DROP TABLE IF EXISTS pg_temp.totals, total_parts;
              CREATE TEMPORARY TABLE totals AS SELECT id, amount FROM ledger;
              CREATE TEMP TABLE total_parts (LIKE orders);
              CREATE INDEX ON totals (id);
              ANALYZE totals;
              SELECT sum(t.amount) INTO sum FROM totals t;
              UPDATE orders SET state = 'counted' WHERE id = 1;
              DROP TABLE total_parts;
              RETURN sum;
            END $$""";

    private static void assertUntouched(GuardedTables tables) throws SQLException {
        assertThat(tables.count("ledger WHERE (id = 1 AND amount = 10) OR (id = 2 AND amount = 20)"))
                .isEqualTo(2);
        assertThat(tables.count("closed_book WHERE id = 1")).isEqualTo(1);
        assertThat(tables.count("archive.kept_lines")).isEqualTo(1);
    }

    private static int first(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void assertDenied(Statement statement, String sql) {
        assertThat(catchThrowable(() -> statement.execute(sql))).as(sql).isInstanceOf(DenialException.class);
    }

    @Test
    void reportsRunHoweverTheyAreCalledAndHoweverOften() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(REPORT);
            statement.execute(TOTAL);
            for (int i = 0; i < 2; i++) {
                assertThat(first(statement, "SELECT sum(amount) FROM report(5)"))
                        .isEqualTo(32);
                assertThat(first(statement, "SELECT r.id FROM report(1) r JOIN orders o USING (id)"))
                        .isEqualTo(1);
                assertThat(first(statement, "SELECT total()")).isEqualTo(30);
                assertThat(first(statement, "SELECT count(*) FROM totals")).isEqualTo(2);
            }
            connection.setAutoCommit(false);
            try (PreparedStatement call = connection.prepareStatement("SELECT id FROM report(?)")) {
                for (int i = 0; i < 3; i++) {
                    call.setInt(1, 2);
                    call.execute();
                    statement.execute("DELETE FROM report_lines");
                }
            }
            connection.commit();
            assertUntouched(tables);
            assertThat(tables.count("orders WHERE state = 'counted'")).isEqualTo(1);
        }
    }

    @Test
    void whatTheyDoBesidesNeedsItsRights() throws Exception {
        try (GuardedTables tables = open(
                function("deletes", "CREATE TEMP TABLE t (id int); DELETE FROM ledger WHERE id IN (SELECT id FROM t)"),
                function("not_granted", "CREATE TEMP TABLE t (id int); DELETE FROM orders"),
                function("qualified", "CREATE TEMP TABLE t (id int); DELETE FROM public.ledger"),
                function("inner_one", "DELETE FROM ledger"),
                function("calls", "CREATE TEMP TABLE t AS SELECT 1; PERFORM inner_one()"),
                function("hides", "CREATE TEMP TABLE t AS SELECT 1; EXECUTE concat('DELETE FROM ledger')"),
                function("fills", "CREATE TEMP TABLE t AS EXECUTE prepared_before"),
                function("alters", "CREATE TEMP TABLE t AS SELECT 1; ALTER TABLE ledger ADD x int"))) {
            for (String name : List.of("deletes", "not_granted", "qualified", "calls", "hides", "fills", "alters")) {
                try (Connection connection = tables.connect();
                        Statement statement = connection.createStatement()) {
                    assertDenied(statement, "SELECT " + name + "()");
                    assertDenied(statement, "SELECT * FROM " + name + "()");
                }
            }
            for (String body : List.of("DELETE FROM ledger", "UPDATE closed_book SET id = 2")) {
                tables.assertDenied(
                        Reason.CASCADE,
                        function("defined", "CREATE TEMP TABLE t AS SELECT 1; " + body),
                        "CREATE FUNCTION");
            }
            assertUntouched(tables);
            assertThat(tables.count("orders")).isEqualTo(2);
        }
    }

    /** What a DO has made itself stands behind the name where the body does not make the temporary table. */
    @Test
    void aNameThatTheSameBlockHasMadeIsNotTheSessionsOwn() throws Exception {
        String skips = "IF to_regclass('draft_stage') IS NULL THEN CREATE TEMP TABLE draft_stage (id int); END IF;"
                + " DELETE FROM draft_stage";
        try (GuardedTables tables = open(function("skips", skips), function("outer_one", "PERFORM skips()"))) {
            for (String call : List.of("PERFORM skips()", "PERFORM outer_one()")) {
                for (String made :
                        List.of("CREATE TABLE draft_stage (id int)", "CREATE TABLE draft_stage AS SELECT 1 AS id")) {
                    try (Connection connection = tables.connect();
                            Statement statement = connection.createStatement()) {
                        assertDenied(statement, "DO $$BEGIN " + made + "; " + call + "; END$$");
                    }
                }
            }
        }
    }

    /** The body says that it makes the table and does not, so that its name finds another. */
    @Test
    void aNameThatAnythingElseHasIsNotTheSessionsOwn() throws Exception {
        try (GuardedTables tables = open(
                function("of_table", "IF false THEN CREATE TEMP TABLE ledger (id int); END IF; DELETE FROM ledger"),
                function(
                        "drops",
                        "IF false THEN CREATE TEMP TABLE ledger (id int); END IF; DROP TABLE IF EXISTS ledger"),
                function(
                                "elsewhere",
                                "IF false THEN CREATE TEMP TABLE kept_lines (id int); END IF; DELETE FROM kept_lines")
                        .replace("LANGUAGE", "SET search_path = archive LANGUAGE"),
                function("of_policy", "CREATE TEMP TABLE IF NOT EXISTS spoken_of (id int); DELETE FROM spoken_of"),
                function("of_sequence", "IF false THEN CREATE TEMP TABLE numbers (id int); END IF"),
                function("of_server", "CREATE TEMP TABLE pg_class (id int)"),
                function("pinned", "CREATE TEMP TABLE t (id int); DELETE FROM t")
                        .replace("LANGUAGE", "SET search_path = public, pg_temp LANGUAGE"))) {
            for (String name :
                    List.of("of_table", "drops", "elsewhere", "of_policy", "of_sequence", "of_server", "pinned")) {
                tables.assertDenied(
                        Reason.UNKNOWN_ROUTINE, "SELECT " + name + "()", "temporary table", "another table");
            }
            tables.assertDenied(
                    Reason.DEFINES_CODE,
                    function("defined", "CREATE TEMP TABLE IF NOT EXISTS ledger (id int); DELETE FROM ledger"),
                    "temporary table ledger");
            assertUntouched(tables);
        }
    }

    @Test
    void itIsAlteredKeyedAndNumberedAnewAsOneLikes() throws Exception {
        try (GuardedTables tables = open(
                function(
                        "alters",
                        "CREATE TEMP TABLE t (id int); ALTER TABLE t ADD COLUMN v int DEFAULT 1;"
                                + " ALTER TABLE t ALTER COLUMN v TYPE bigint; ALTER TABLE t ADD PRIMARY KEY (id);"
                                + " ALTER TABLE t RENAME COLUMN v TO w; UPDATE t SET w = 2; DROP TABLE t"),
                function(
                        "two",
                        "DROP TABLE IF EXISTS t, u; CREATE TEMP TABLE t (id int); CREATE TEMP TABLE u (id int);"
                                + " DROP TABLE t, u"),
                function("restarts", "CREATE TEMP TABLE t (id serial); TRUNCATE t RESTART IDENTITY; DROP TABLE t"),
                function(
                        "numbers_it",
                        "CREATE TEMP TABLE t (id serial); PERFORM setval('t_id_seq', 7);"
                                + " PERFORM setval(pg_get_serial_sequence('t', 'id'), 7); DROP TABLE t"),
                function(
                        "keyed",
                        "CREATE TEMP TABLE t (id int PRIMARY KEY);"
                                + " CREATE TEMP TABLE u (id int REFERENCES t ON DELETE CASCADE, o int);"
                                + " ALTER TABLE u ADD FOREIGN KEY (o) REFERENCES t ON DELETE SET NULL;"
                                + " INSERT INTO t VALUES (1); DELETE FROM t; DROP TABLE u; DROP TABLE t"),
                function("renames", "CREATE TEMP TABLE t (id int); ALTER TABLE t RENAME TO u"),
                function("alters_another", "CREATE TEMP TABLE t (id int); ALTER TABLE orders ADD COLUMN v int"),
                function("numbers_another", "CREATE TEMP TABLE t (id serial); PERFORM setval('t_numbers_seq', 7)"),
                function("keyed_to_another", "CREATE TEMP TABLE u (id int REFERENCES ledger ON DELETE CASCADE)"),
                "CREATE SEQUENCE archive.t_numbers_seq")) {
            for (String name : List.of("alters", "two", "restarts", "numbers_it", "keyed")) {
                tables.assertAllowed("SELECT " + name + "()", "SELECT * FROM " + name + "()");
            }
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT id, renames() FROM orders", "t rename to");
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE, "SELECT id, alters_another() FROM orders", "ALTER table orders");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT id, keyed_to_another() FROM orders", "temp table u");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT numbers_another()", "t_numbers_seq", "another table");
            assertUntouched(tables);
        }
    }

    @Test
    void aTableOfTheSessionIsUsedByTheFunctionsThatItCalls() throws Exception {
        String fills = "DELETE FROM stage; INSERT INTO stage (v) VALUES (1); UPDATE stage SET v = 2";
        try (GuardedTables tables = open(
                function("fills", fills),
                function("fills_in_path", fills).replace("LANGUAGE", "SET search_path = archive LANGUAGE"),
                function("fills_before", fills).replace("LANGUAGE", "SET search_path = archive, pg_temp LANGUAGE"),
                function("fills_both", fills + "; UPDATE ledger SET amount = 0"),
                function("makes", "CREATE TEMP TABLE IF NOT EXISTS stage (id serial, v int); PERFORM fills()"))) {
            try (Connection connection = tables.connectToGoOn();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMP TABLE stage (id serial, v int)");
                statement.execute("SELECT fills()");
                statement.execute("SELECT * FROM fills_in_path()");
                statement.execute("DO $$ BEGIN PERFORM fills(); END $$");
                assertThat(first(statement, "SELECT v FROM stage")).isEqualTo(2);
                statement.execute("SELECT setval('stage_id_seq', 7), setval(pg_get_serial_sequence('stage', 'id'), 7)");
                statement.execute("ALTER SEQUENCE stage_id_seq RESTART WITH 8");
                assertDenied(statement, "SELECT fills_before()");
                assertDenied(statement, "SELECT fills_both()");
                assertDenied(statement, "SELECT setval('ledger_stage_id_seq', 7)");
                // A cursor runs it when names may mean something else.
                assertDenied(statement, "BEGIN; DECLARE c CURSOR FOR SELECT fills()");
                statement.execute("ROLLBACK");
                statement.execute("DROP TABLE stage");
                assertDenied(statement, "SELECT fills()");
                statement.execute("CREATE TEMP TABLE stage (v int); SELECT fills()");
            }
            tables.assertAllowed("SELECT makes()");
            tables.prepare("CREATE TABLE archive.stage (v int)", "INSERT INTO archive.stage VALUES (1)");
            try (Connection connection = tables.connectToGoOn();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMP TABLE stage (v int)");
                assertDenied(statement, "SELECT fills()");
                assertDenied(statement, "SELECT makes()");
            }
            assertThat(tables.count("archive.stage WHERE v = 1")).isOne();
            assertUntouched(tables);
        }
    }

    @Test
    void aTableThatWasJustMadeIsNotMistakenForIt() throws Exception {
        String drops = function("drops", "DROP TABLE IF EXISTS t; CREATE TEMP TABLE t (id int); DELETE FROM t");
        try (GuardedTables tables = open(drops);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            assertDenied(statement, "CREATE TABLE t (id int); INSERT INTO t VALUES (1); SELECT drops()");
            statement.addBatch("CREATE TABLE t (id int)");
            statement.addBatch("SELECT drops()");
            assertThat(catchThrowable(statement::executeBatch)).isInstanceOf(DenialException.class);
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE t (id int)");
            statement.execute("INSERT INTO t VALUES (1)");
            assertDenied(statement, "SELECT drops()");
            statement.execute("SAVEPOINT s");
            statement.execute("DROP TABLE t");
            assertDenied(statement, "ROLLBACK TO s; SELECT drops()");
            statement.execute("ROLLBACK TO s");
            assertDenied(statement, "SELECT * FROM drops()");
            connection.commit();
            assertThat(tables.count("t")).isEqualTo(1);
            // Another client makes one, which is known when the name is met.
            statement.execute("DROP TABLE t");
            connection.commit();
            statement.execute("SELECT drops()");
            connection.rollback();
            tables.prepare("CREATE VIEW t AS SELECT id FROM ledger");
            Thread.sleep(1_100);
            assertDenied(statement, "SELECT drops()");
            assertUntouched(tables);
        }
    }

    @Test
    void aTemporaryViewOfTheNameIsNotMistakenForIt() throws Exception {
        String fills = function(
                "fills", "IF false THEN CREATE TEMP TABLE t (id int); END IF; UPDATE t SET amount = 0; DELETE FROM t");
        try (GuardedTables tables = open(fills);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP VIEW t AS SELECT * FROM ledger");
            assertDenied(statement, "SELECT fills()");
            assertUntouched(tables);
        }
    }

    @Test
    void noCodeIsBoundToSuchATable() throws Exception {
        try (GuardedTables tables = open(
                "CREATE FUNCTION checks(i int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; RETURN true; END $$",
                "CREATE FUNCTION upper(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN i; END $$",
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
                "CREATE DOMAIN checked AS int CHECK (checks(VALUE))",
                "CREATE TABLE draft (id int DEFAULT upper(1))",
                function("by_check", "CREATE TEMP TABLE t (id int CHECK (checks(id)))"),
                function("by_domain", "CREATE TEMP TABLE t (id checked)"),
                function("by_overload", "CREATE TEMP TABLE t (id int DEFAULT upper(2))"),
                function("by_index", "CREATE TEMP TABLE t (id int); CREATE INDEX ON t (upper(id))"),
                function("by_like", "CREATE TEMP TABLE t (LIKE draft INCLUDING ALL)"),
                function("by_parent", "CREATE TEMP TABLE t () INHERITS (draft)"),
                function(
                        "by_trigger",
                        "CREATE TEMP TABLE t (id int); CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch()"),
                function("by_added", "CREATE TEMP TABLE t (id int); ALTER TABLE t ADD COLUMN u int DEFAULT upper(2)"),
                function("by_added_check", "CREATE TEMP TABLE t (id int); ALTER TABLE t ADD CHECK (checks(id))"),
                function("by_added_type", "CREATE TEMP TABLE t (id int); ALTER TABLE t ALTER COLUMN id TYPE checked"),
                function("by_rename", "CREATE TEMP TABLE t (id int); ALTER TABLE t RENAME TO u"))) {
            for (String name : List.of(
                    "by_check",
                    "by_domain",
                    "by_overload",
                    "by_index",
                    "by_like",
                    "by_parent",
                    "by_trigger",
                    "by_added",
                    "by_added_check",
                    "by_added_type",
                    "by_rename")) {
                try (Connection connection = tables.connect();
                        Statement statement = connection.createStatement()) {
                    assertDenied(statement, "SELECT " + name + "()");
                }
            }
        }
    }

    /** Whoever sets off a trigger does not ask for it. */
    @Test
    void triggersMakeNone() throws Exception {
        String trigger =
                "CREATE FUNCTION made() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN CREATE TEMP TABLE IF NOT EXISTS t (id int); RETURN NEW; END $$";
        try (GuardedTables tables =
                open(trigger, "CREATE TRIGGER made BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION made()")) {
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "UPDATE orders SET state = 'x' WHERE id = 1", "made");
            tables.assertDenied(Reason.DEFINES_CODE, trigger.replace("made()", "other()"), "CREATE FUNCTION");
        }
    }

    /** A cursor calls when it is asked, and by then another table may have the name. */
    @Test
    void aCursorCallsNone() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute(TOTAL);
            connection.setAutoCommit(false);
            assertDenied(statement, "DECLARE c CURSOR FOR SELECT total()");
            statement.execute("PREPARE p AS SELECT total()");
            statement.execute("EXECUTE p");
            statement.execute("DROP TABLE totals");
            statement.execute("CREATE TABLE totals (id int)");
            assertDenied(statement, "EXECUTE p");
            connection.rollback();
        }
    }

    /** Behind another schema of the path the session's own tables are found last. */
    @Test
    void aPathThatNamesTheSessionsOwnSchemaIsRefused() throws Exception {
        try (GuardedTables tables = open(function("made", "CREATE TEMP TABLE t (id int); DELETE FROM t"));
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = public, pg_temp");
            assertDenied(statement, "SELECT made()");
            statement.execute("SET search_path = public");
            statement.execute("SELECT made()");
        }
    }
}
