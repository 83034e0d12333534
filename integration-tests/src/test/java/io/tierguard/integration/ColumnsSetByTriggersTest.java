package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A column that a trigger sets before a row is written changes with those that the UPDATE names. */
class ColumnsSetByTriggersTest {
    private static final String POLICY = """
            table ledger* is ledger
            table ledger_pay is ledger {
              mutable status
            }
            table * is operational

            trigger described on by_fact is harmless {
              why "it gives back what it was given"
            }

            component app {
              grant select, insert on tier ledger
              grant update (status) on ledger_pay
              grant select, insert, update, delete on tier operational
            }
            """;

    @TempDir
    private Path folder;

    /** A table with a column that a protected table refers to, and one with the primary key referred to. */
    private static List<String> referred(String name) {
        return List.of(
                "CREATE TABLE " + name + " (id INT PRIMARY KEY, k INT UNIQUE, s VARCHAR(20), touched INT)",
                "INSERT INTO " + name + " (id, k, s) VALUES (1, 1, 'a'), (2, 2, 'b')",
                "CREATE TABLE ledger_" + name + " (id INT, k INT, FOREIGN KEY (id) REFERENCES " + name
                        + " (id) ON UPDATE CASCADE, FOREIGN KEY (k) REFERENCES " + name + " (k) ON UPDATE CASCADE)",
                "INSERT INTO ledger_" + name + " VALUES (1, 1), (2, 2)");
    }

    private static List<String> withTrigger(String name, String body) {
        List<String> definitions = new ArrayList<>(referred(name));
        definitions.add("CREATE FUNCTION of_" + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ " + body + " $$");
        definitions.add("CREATE TRIGGER run BEFORE INSERT OR UPDATE ON " + name + " FOR EACH ROW EXECUTE FUNCTION of_"
                + name + "()");
        return definitions;
    }

    private static String[] all(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toArray(String[]::new);
    }

    /** Past the guard the statement changes what is protected. */
    private static void assertHarms(GuardedTables tables, String sql, String table) throws SQLException {
        try (Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String before = rows(statement, table);
            statement.execute(sql);
            assertThat(rows(statement, table)).as(sql).isNotEqualTo(before);
            connection.rollback();
        }
    }

    private static String rows(Statement statement, String table) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (ResultSet result = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1")) {
            while (result.next()) {
                rows.append(result.getString(1))
                        .append(' ')
                        .append(result.getString(2))
                        .append('\n');
            }
        }
        return rows.toString();
    }

    @Test
    void onPostgresqlAKeyThatATriggerSetsIsFollowed() throws Exception {
        String[] schema = all(List.of(
                withTrigger("assigned", "BEGIN new.k := new.k + 1000; RETURN new; END"),
                withTrigger("selected", "BEGIN SELECT new.k + 1000 INTO new.k; RETURN new; END"),
                withTrigger("returned", "DECLARE r record; BEGIN r := new; r.k := new.k + 1000; RETURN r; END"),
                withTrigger(
                        "touched",
                        "BEGIN IF new.k = 5 THEN new.s := upper(new.s); END IF; NEW.touched = 1; RETURN coalesce(new, old); END"),
                withTrigger("by_fact", "DECLARE r record; BEGIN r := new; RETURN r; END"),
                List.of(
                        "ALTER TRIGGER run ON by_fact RENAME TO described",
                        "CREATE TABLE base (id INT PRIMARY KEY)",
                        "INSERT INTO base VALUES (1)",
                        "ALTER TABLE assigned ADD b INT REFERENCES base ON UPDATE CASCADE ON DELETE SET NULL",
                        "ALTER TABLE assigned DISABLE TRIGGER run",
                        "UPDATE assigned SET b = 1 WHERE id = 1",
                        "ALTER TABLE assigned ENABLE TRIGGER run",
                        "CREATE TABLE searched (id INT PRIMARY KEY, t TEXT, v tsvector UNIQUE)",
                        "INSERT INTO searched VALUES (1, 'a', to_tsvector('simple', 'a'))",
                        "CREATE TABLE ledger_searched (id INT REFERENCES searched, v tsvector REFERENCES searched (v) ON UPDATE CASCADE)",
                        "INSERT INTO ledger_searched SELECT id, v FROM searched",
                        "CREATE TRIGGER run BEFORE UPDATE ON searched FOR EACH ROW"
                                + " EXECUTE FUNCTION tsvector_update_trigger(v, 'pg_catalog.simple', t)",
                        "CREATE TABLE whole (id INT, k INT, UNIQUE (id, k)) PARTITION BY LIST (id)",
                        "CREATE TABLE part PARTITION OF whole FOR VALUES IN (1)",
                        "CREATE TABLE other PARTITION OF whole FOR VALUES IN (2)",
                        "ALTER TABLE whole ADD s TEXT",
                        "INSERT INTO whole VALUES (1, 1)",
                        "CREATE TABLE ledger_whole (id INT, k INT, FOREIGN KEY (id, k) REFERENCES whole (id, k) ON UPDATE CASCADE)",
                        "INSERT INTO ledger_whole VALUES (1, 1)",
                        "CREATE TRIGGER run BEFORE UPDATE ON part FOR EACH ROW EXECUTE FUNCTION of_assigned()")));
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, schema)) {
            assertDenied(
                    tables, "UPDATE assigned SET s = 'x' WHERE id = 1", "ledger_assigned", "has k set by trigger run");
            assertDenied(
                    tables,
                    "INSERT INTO assigned (id, k) VALUES (1, -7) ON CONFLICT (id) DO UPDATE SET s = 'x'",
                    "ledger_assigned",
                    "has k set by trigger run");
            assertDenied(
                    tables,
                    "MERGE INTO assigned USING (VALUES (1)) v (i) ON id = i WHEN MATCHED THEN UPDATE SET s = 'x'",
                    "ledger_assigned",
                    "has k set by trigger run");
            assertDenied(tables, "UPDATE base SET id = 7", "ledger_assigned", "public.base → public.assigned");
            assertDenied(tables, "DELETE FROM base", "ledger_assigned", "public.base → public.assigned");
            assertDenied(tables, "UPDATE selected SET s = 'x'", "ledger_selected", "has k set by trigger run");
            assertDenied(tables, "UPDATE returned SET s = 'x'", "ledger_returned", "has columns of its rows set by");
            assertDenied(tables, "UPDATE searched SET t = 'b'", "ledger_searched", "has v set by trigger run");
            assertDenied(tables, "UPDATE whole SET s = 'x'", "ledger_whole", "has k set by trigger run of public.part");
            assertDenied(tables, "UPDATE part SET s = 'x'", "ledger_whole", "has k set by trigger run of public.part");
            tables.assertAllowed(
                    "UPDATE touched SET s = 'x' WHERE id = 1",
                    "UPDATE by_fact SET s = 'x'",
                    "UPDATE other SET s = 'x'");
            tables.assertDenied(Reason.CASCADE, "UPDATE touched SET k = 7 WHERE id = 1", "ledger_touched");
        }
    }

    private static void assertDenied(GuardedTables tables, String sql, String table, String chain) throws SQLException {
        tables.assertDenied(Reason.CASCADE, sql, table, chain);
        assertHarms(tables, sql, table);
    }

    @Test
    void onPostgresqlAProtectedColumnIsNotOpenedByATrigger() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                POLICY,
                "CREATE TABLE ledger_pay (id INT, amount INT, status TEXT)",
                "INSERT INTO ledger_pay VALUES (1, 10, 'new')",
                "CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN new.status := lower(new.status); RETURN new; END $$",
                "CREATE TRIGGER tidy BEFORE UPDATE ON ledger_pay FOR EACH ROW EXECUTE FUNCTION tidy()")) {
            tables.assertAllowed("UPDATE ledger_pay SET status = 'X' WHERE id = 1");
            tables.prepare(
                    "CREATE FUNCTION clear() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.amount := 0; RETURN new; END $$",
                    "CREATE TRIGGER clear BEFORE UPDATE ON ledger_pay FOR EACH ROW EXECUTE FUNCTION clear()");
            Thread.sleep(1_100); // a new connection reads a schema again that is older than a second
            String sql = "UPDATE ledger_pay SET status = 'y' WHERE id = 1";
            tables.assertDenied(Reason.CASCADE, sql, "ledger_pay.amount", "has amount set by trigger clear");
            assertHarms(tables, sql, "ledger_pay");
        }
    }

    @ParameterizedTest
    @EnumSource
    void onMySqlWhatATriggerSetsIsFollowed(MySqlDatabase database) throws Exception {
        String[] schema = all(List.of(
                referred("assigned"),
                referred("given"),
                referred("touched"),
                List.of(
                        "CREATE TRIGGER t1 BEFORE UPDATE ON assigned FOR EACH ROW SET NEW.k = NEW.k + 1000",
                        "CREATE PROCEDURE further (INOUT x INT) SET x = x + 1000",
                        "CREATE TRIGGER t2 BEFORE UPDATE ON given FOR EACH ROW CALL further(NEW.k)",
                        "CREATE TRIGGER t3 BEFORE UPDATE ON touched FOR EACH ROW"
                                + " BEGIN IF NEW.k = 5 THEN SET NEW.s = upper(NEW.s); END IF; SET NEW.touched = NEW.k; END",
                        "CREATE TABLE ledger_pay (id INT PRIMARY KEY, amount INT, status VARCHAR(20))",
                        "INSERT INTO ledger_pay VALUES (1, 10, 'new')",
                        "CREATE TRIGGER t4 BEFORE UPDATE ON ledger_pay FOR EACH ROW SET NEW.amount = 0")));
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, schema)) {
            assertDenied(
                    tables, "UPDATE assigned SET s = 'x' WHERE id = 1", "ledger_assigned", "has k set by trigger t1");
            assertDenied(
                    tables,
                    "INSERT INTO assigned (id, k) VALUES (1, 1) ON DUPLICATE KEY UPDATE s = 'x'",
                    "ledger_assigned",
                    "has k set by trigger t1");
            assertDenied(
                    tables,
                    "UPDATE assigned a JOIN touched t ON t.id = a.id SET a.s = 'x'",
                    "ledger_assigned",
                    "has k set by trigger t1");
            assertDenied(tables, "UPDATE given SET s = 'x' WHERE id = 1", "ledger_given", "has k set by trigger t2");
            assertDenied(tables, "UPDATE ledger_pay SET status = 'x'", "ledger_pay", "has amount set by trigger t4");
            tables.assertAllowed(
                    "UPDATE touched SET s = 'x' WHERE id = 1",
                    "INSERT INTO touched (id, k) VALUES (1, 1) ON DUPLICATE KEY UPDATE s = 'y'");
            tables.assertDenied(Reason.CASCADE, "UPDATE touched SET k = 7 WHERE id = 1", "ledger_touched");
        }
    }
}
