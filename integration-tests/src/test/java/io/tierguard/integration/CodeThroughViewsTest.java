package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code that runs unasked and writes to a view changes what stands behind the view, like a statement that does so. */
class CodeThroughViewsTest {
    private static final String POLICY = """
            table ledger* is ledger
            table * is operational

            routine unread writes delete on entry {
              why "it makes up its text"
            }

            trigger unread on by_fact writes delete on entry {
              why "it makes up its text"
            }

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
            "INSERT INTO ledger VALUES (1, 10), (2, 20), (3, 30)",
            "CREATE TABLE draft (id INT PRIMARY KEY, n INT)",
            "INSERT INTO draft VALUES (1, 1), (2, 2)",
            "CREATE TABLE ledger_draft (id INT, d INT,"
                    + " CONSTRAINT of_draft FOREIGN KEY (d) REFERENCES draft (id) ON DELETE CASCADE)",
            "INSERT INTO ledger_draft VALUES (1, 1), (2, 2)",
            "CREATE VIEW entry AS SELECT id, amount AS n FROM ledger",
            "CREATE VIEW entry_again AS SELECT id, n FROM entry WHERE id > 0",
            "CREATE VIEW draft_entry AS SELECT id FROM draft");

    /** What the statements must not change, for a comparison. */
    private static final List<String> PROTECTED =
            List.of("SELECT id, amount FROM ledger ORDER BY id", "SELECT id, d FROM ledger_draft ORDER BY id");

    @TempDir
    private Path folder;

    /** Tables that each set off code, and the statements that do. */
    private static final class Cases {
        private final List<String> definitions = new ArrayList<>(TABLES);
        private final Map<String, String> statements = new LinkedHashMap<>();

        void add(String sql, String chain, String... setup) {
            definitions.addAll(List.of(setup));
            statements.put(sql, chain);
        }
    }

    private static String table(String name) {
        return "CREATE TABLE " + name + " (id INT PRIMARY KEY, n INT DEFAULT 0)";
    }

    private static String row(String name) {
        return "INSERT INTO " + name + " (id) VALUES (1)";
    }

    private static String trigger(String name, String body) {
        return "CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body
                + "; RETURN new; END $$";
    }

    private static String fires(String name, String when, String level) {
        return "CREATE TRIGGER run " + when + " FOR EACH " + level + " EXECUTE FUNCTION " + name + "()";
    }

    private static Cases ofPostgresql() {
        Cases cases = new Cases();
        cases.definitions.addAll(List.of(
                "CREATE TABLE whole (id INT, n INT) PARTITION BY LIST (id)",
                "CREATE TABLE ledger_part PARTITION OF whole FOR VALUES IN (1)",
                "INSERT INTO whole VALUES (1, 1)",
                "CREATE VIEW whole_entry AS SELECT * FROM whole",
                trigger("wipe", "DELETE FROM entry WHERE id = 1"),
                trigger("wipe_again", "UPDATE entry_again SET n = 0 WHERE id = 1"),
                trigger("wipe_draft", "DELETE FROM draft_entry WHERE id = 1"),
                trigger("wipe_whole", "DELETE FROM whole_entry"),
                trigger("put", "INSERT INTO entry VALUES (2, 2) ON CONFLICT (id) DO UPDATE SET n = 0"),
                trigger(
                        "merge_in",
                        "MERGE INTO entry USING (VALUES (3)) v (i) ON id = i WHEN MATCHED THEN UPDATE SET n = 0"),
                "CREATE FUNCTION work(i int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM entry WHERE id = i;"
                        + " RETURN 1; END $$",
                "CREATE FUNCTION still(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM work(i);"
                        + " RETURN 1; END $$",
                trigger("call_work", "PERFORM work(1)"),
                "CREATE FUNCTION unread() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE concat('DELETE FROM entry'); RETURN 1; END $$",
                trigger("unread_row", "EXECUTE concat('DELETE FROM entry')")));
        cases.add(
                "INSERT INTO defaulting (id) VALUES (7)",
                "default of column n of public.defaulting",
                table("behind_default"),
                "CREATE VIEW defaulting AS SELECT * FROM behind_default",
                "ALTER VIEW defaulting ALTER COLUMN n SET DEFAULT work(1)",
                "CREATE VIEW defaulting_again AS SELECT * FROM defaulting");
        cases.add("INSERT INTO defaulting_again (id) VALUES (8)", "default of column n of public.defaulting");
        cases.add(
                "UPDATE defaulting SET n = DEFAULT", "default of column n of public.defaulting", row("behind_default"));
        byTrigger(cases, "updated", "wipe", "AFTER UPDATE ON updated", "ROW", "UPDATE updated SET n = 1");
        byTrigger(cases, "again", "wipe_again", "AFTER INSERT ON again", "ROW", "INSERT INTO again VALUES (2, 2)");
        byTrigger(cases, "deleted", "put", "AFTER DELETE ON deleted", "STATEMENT", "DELETE FROM deleted WHERE id = 1");
        byTrigger(cases, "emptied", "merge_in", "AFTER TRUNCATE ON emptied", "STATEMENT", "TRUNCATE emptied");
        byTrigger(cases, "calling", "call_work", "BEFORE UPDATE ON calling", "ROW", "UPDATE calling SET n = 1");
        byTrigger(cases, "drafting", "wipe_draft", "AFTER UPDATE ON drafting", "ROW", "UPDATE drafting SET n = 1");
        byTrigger(cases, "parting", "wipe_whole", "AFTER UPDATE ON parting", "ROW", "UPDATE parting SET n = 1");
        cases.add(
                "DELETE FROM base WHERE id = 1",
                "trigger run of public.middle",
                table("base"),
                row("base"),
                "CREATE TABLE middle (b INT REFERENCES base ON DELETE CASCADE)",
                "INSERT INTO middle VALUES (1)",
                "CREATE FUNCTION gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM entry WHERE id = 1;"
                        + " RETURN old; END $$",
                fires("gone", "BEFORE DELETE ON middle", "ROW"));
        cases.add(
                "INSERT INTO filled (id) VALUES (1)",
                "default of column n of public.filled",
                "CREATE TABLE filled (id INT, n INT DEFAULT work(1))");
        cases.add("INSERT INTO checked VALUES (1)", "constraint", "CREATE TABLE checked (id INT CHECK (work(1) = 1))");
        cases.add(
                "INSERT INTO typed VALUES (1)",
                "the types of its columns",
                "CREATE DOMAIN sound AS int CHECK (work(1) = 1)",
                "CREATE TABLE typed (id sound)");
        cases.add(
                "INSERT INTO indexed VALUES (1)",
                "index",
                "CREATE TABLE indexed (id INT)",
                "CREATE INDEX ON indexed (still(id))");
        cases.add("SELECT ~~~~ 1", "operator ~~~~", "CREATE OPERATOR ~~~~ (FUNCTION = work, RIGHTARG = int)");
        cases.add(
                "UPDATE by_fact SET n = 1",
                "trigger unread of public.by_fact",
                table("by_fact"),
                row("by_fact"),
                "CREATE TRIGGER unread AFTER UPDATE ON by_fact FOR EACH ROW EXECUTE FUNCTION unread_row()");
        cases.add(
                "INSERT INTO by_default (id) VALUES (1)",
                "default of column n of public.by_default",
                "CREATE TABLE by_default (id INT, n INT DEFAULT unread())");
        return cases;
    }

    private static void byTrigger(Cases cases, String table, String code, String when, String level, String sql) {
        cases.add(sql, "trigger run of public." + table, table(table), row(table), fires(code, when, level));
    }

    private static Cases ofMySql() {
        Cases cases = new Cases();
        cases.definitions.add("CREATE PROCEDURE wipe (i INT) DELETE FROM entry WHERE id = i");
        for (String name : List.of("updated", "inserted", "deleted", "again", "drafting", "base")) {
            cases.definitions.addAll(List.of(table(name), row(name)));
        }
        cases.add(
                "UPDATE updated SET n = 1",
                "trigger t1",
                "CREATE TRIGGER t1 AFTER UPDATE ON updated FOR EACH ROW DELETE FROM entry WHERE id = NEW.id");
        cases.add(
                "INSERT INTO inserted VALUES (2, 2)",
                "trigger t2",
                "CREATE TRIGGER t2 AFTER INSERT ON inserted FOR EACH ROW UPDATE entry SET n = 0 WHERE id = NEW.id");
        cases.add(
                "DELETE FROM deleted",
                "trigger t3",
                "CREATE TRIGGER t3 AFTER DELETE ON deleted FOR EACH ROW CALL wipe(OLD.id)");
        cases.add(
                "UPDATE again SET n = 1",
                "trigger t4",
                "CREATE TRIGGER t4 AFTER UPDATE ON again FOR EACH ROW UPDATE entry_again SET n = 0 WHERE id = 2");
        cases.add(
                "UPDATE drafting SET n = 1",
                "trigger t5",
                "CREATE TRIGGER t5 BEFORE UPDATE ON drafting FOR EACH ROW DELETE FROM draft_entry WHERE id = 1");
        return cases;
    }

    private GuardedTables open(TestDatabase database, Cases cases) throws Exception {
        return GuardedTables.open(database, folder, POLICY, cases.definitions.toArray(String[]::new));
    }

    private static String protectedRows(Connection connection) throws SQLException {
        StringBuilder rows = new StringBuilder();
        for (String query : PROTECTED) {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(query)) {
                while (result.next()) {
                    rows.append(result.getString(1))
                            .append(' ')
                            .append(result.getString(2))
                            .append('\n');
                }
            }
        }
        return rows.toString();
    }

    /** Every statement is denied, and past the guard it would have changed what is protected. */
    private static void assertAllDenied(GuardedTables tables, Cases cases, String partition) throws SQLException {
        try (Connection guarded = tables.connectToGoOn();
                Connection bare = tables.connectPastTheGuard();
                Statement asked = guarded.createStatement();
                Statement unguarded = bare.createStatement()) {
            for (Map.Entry<String, String> each : cases.statements.entrySet()) {
                String sql = each.getKey();
                GuardedTables.assertDenied(asked, Reason.CASCADE, sql, each.getValue());
                bare.setAutoCommit(false);
                String before = protectedRows(bare) + count(unguarded, partition);
                unguarded.execute(sql);
                assertThat(protectedRows(bare) + count(unguarded, partition))
                        .as(sql)
                        .isNotEqualTo(before);
                bare.rollback();
                bare.setAutoCommit(true);
            }
        }
    }

    private static int count(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void codeOfPostgresqlIsFollowedBehindTheView() throws Exception {
        Cases cases = ofPostgresql();
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL, cases)) {
            assertAllDenied(tables, cases, "ledger_part");
        }
    }

    @ParameterizedTest
    @EnumSource
    void codeOfMySqlIsFollowedBehindTheView(MySqlDatabase database) throws Exception {
        Cases cases = ofMySql();
        try (GuardedTables tables = open(database, cases)) {
            assertAllDenied(tables, cases, "ledger");
            tables.prepare(table("plain"), row("plain"), "CREATE VIEW open_draft AS SELECT id, n FROM plain");
            tables.prepare("CREATE TRIGGER t6 AFTER INSERT ON base FOR EACH ROW UPDATE open_draft SET n = 1");
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO base VALUES (2, 2)");
                statement.execute("RENAME TABLE open_draft TO shut, entry TO open_draft");
                GuardedTables.assertDenied(statement, Reason.CASCADE, "INSERT INTO base VALUES (3, 3)", "trigger t6");
            }
        }
    }

    @Test
    void theNameIsThatOfTheMoment() throws Exception {
        Cases cases = new Cases();
        cases.add(
                "UPDATE orders SET n = 1",
                "trigger run",
                table("plain"),
                table("orders"),
                row("orders"),
                trigger("wipe", "DELETE FROM plain WHERE id = 1; DELETE FROM fleeting"),
                fires("wipe", "AFTER UPDATE ON orders", "ROW"));
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL, cases);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE fleeting (id INT)");
            statement.execute("UPDATE orders SET n = 1");
            statement.execute("DROP TABLE fleeting");
            statement.execute("CREATE TEMPORARY VIEW fleeting AS SELECT id FROM ledger");
            GuardedTables.assertDenied(
                    statement, Reason.UNREADABLE_SQL, "UPDATE orders SET n = 1", "a temporary view has that name");
            statement.execute("DROP VIEW fleeting");
            statement.execute("CREATE TEMPORARY TABLE fleeting (id INT)");
            statement.execute("UPDATE orders SET n = 1");
            statement.execute("ALTER TABLE plain RENAME TO former");
            statement.execute("ALTER VIEW entry RENAME TO plain");
            GuardedTables.assertDenied(statement, Reason.CASCADE, "UPDATE orders SET n = 1", "public.plain by trigger");
            statement.execute("ALTER VIEW plain RENAME TO entry");
            statement.execute("ALTER TABLE former RENAME TO plain");
            statement.execute("UPDATE orders SET n = 1");
            statement.execute("DROP TABLE plain");
            statement.execute("CREATE VIEW plain AS SELECT id, amount FROM ledger");
            GuardedTables.assertDenied(statement, Reason.CASCADE, "UPDATE orders SET n = 1", "public.plain by trigger");
        }
    }

    @Test
    void whatIsReadBehindAViewRunsItsCodeToo() throws Exception {
        Cases cases = new Cases();
        cases.definitions.addAll(List.of(
                table("kept"),
                row("kept"),
                "CREATE FUNCTION work(i int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM ledger;"
                        + " RETURN 1; END $$",
                "ALTER TABLE kept ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY own ON kept USING (work(id) = 1)",
                "CREATE VIEW shown AS SELECT id FROM kept"));
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL, cases)) {
            tables.assertDenied(Reason.CASCADE, "SELECT id FROM shown", "policy own of public.kept");
        }
    }

    @Test
    void codeThatWritesOrdinaryTablesThroughViewsIsOrdinary() throws Exception {
        Cases cases = new Cases();
        cases.definitions.addAll(List.of(
                table("plain"),
                row("plain"),
                table("orders"),
                row("orders"),
                "CREATE VIEW one AS SELECT id, n FROM plain",
                "CREATE VIEW other AS SELECT id, n FROM orders",
                trigger("to_one", "IF pg_trigger_depth() < 3 THEN UPDATE one SET n = new.n; END IF"),
                trigger(
                        "to_other",
                        "IF pg_trigger_depth() < 3 THEN UPDATE other SET n = new.n;"
                                + " INSERT INTO entry VALUES (new.id + 100, 1); END IF"),
                fires("to_one", "AFTER UPDATE ON orders", "ROW"),
                fires("to_other", "AFTER UPDATE ON plain", "ROW")));
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL, cases)) {
            tables.assertAllowed("UPDATE orders SET n = 5 WHERE id = 1");
            assertThat(tables.count("ledger")).isEqualTo(4);
            tables.assertAllowed("UPDATE other SET n = 6 WHERE id = 7");
        }
    }
}
