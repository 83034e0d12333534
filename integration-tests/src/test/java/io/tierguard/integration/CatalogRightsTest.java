package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.EffectClosure;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaReader;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.StatedCode;
import io.tierguard.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a catalog tells does not depend on the rights of who asks, and its changes do not go unnoticed. */
class CatalogRightsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aUserWithFewRightsReadsTheSameSchema(LiveDatabase database) throws SQLException {
        Dialect dialect = Dialect.valueOf(database.name());
        String url = database.createDatabase();
        boolean isH2 = database == LiveDatabase.H2;
        try (Connection owner = database.connect(url)) {
            execute(
                    owner,
                    "CREATE SCHEMA hidden",
                    "CREATE TABLE ledger (id INT PRIMARY KEY)",
                    "CREATE TABLE orders (id INT PRIMARY KEY)",
                    "CREATE TABLE hidden.line (id INT, o INT, FOREIGN KEY (o) REFERENCES public.orders (id)"
                            + " ON DELETE CASCADE)",
                    "CREATE VIEW seen AS SELECT id FROM ledger",
                    "CREATE VIEW hidden.lines AS SELECT id FROM hidden.line",
                    "CREATE DOMAIN hidden.worth AS INT",
                    "CREATE TABLE hidden.worths (w hidden.worth)",
                    isH2
                            ? "CREATE TRIGGER t BEFORE DELETE ON orders FOR EACH ROW CALL '"
                                    + LargeSchemaMeasurement.Nothing.class.getName() + "'"
                            : "CREATE FUNCTION hidden.f() RETURNS trigger LANGUAGE plpgsql AS"
                                    + " 'BEGIN DELETE FROM ledger; RETURN OLD; END'",
                    isH2
                            ? "CREATE SYNONYM other FOR ledger"
                            : "CREATE TRIGGER t AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION hidden.f()",
                    isH2 ? "CREATE USER few PASSWORD 'x'" : "CREATE ROLE few LOGIN PASSWORD 'x'",
                    "GRANT SELECT, DELETE ON orders TO few");
            Properties properties = new Properties();
            properties.setProperty("user", "few");
            properties.setProperty("password", "x");
            String plain = url.replace(";DB_CLOSE_DELAY=-1", "");
            try (Connection few = database.driver().connect(plain, properties)) {
                SchemaSnapshot all = SchemaReader.read(owner, dialect);
                assertThat(told(SchemaReader.read(few, dialect)))
                        .isEqualTo(told(all))
                        .isNotEmpty();
            }
            execute(owner, isH2 ? "DROP USER few" : "DROP OWNED BY few", isH2 ? "SELECT 1" : "DROP ROLE few");
        } finally {
            database.dropDatabase(url);
        }
    }

    @Test
    void whatChangesACatalogIsNoticedAndNothingElseCounts() throws SQLException {
        String url = LiveDatabase.POSTGRESQL.createDatabase();
        LiveSchema schema = new LiveSchema(Dialect.POSTGRESQL, 0);
        try (Connection owner = LiveDatabase.POSTGRESQL.connect(url)) {
            execute(owner, "CREATE TABLE orders (id INT PRIMARY KEY)", "CREATE TABLE line (o INT)");
            schema.refresh(owner);
            for (String change : List.of(
                    "ALTER TABLE line ADD FOREIGN KEY (o) REFERENCES orders ON DELETE CASCADE",
                    "CREATE VIEW seen AS SELECT id FROM orders",
                    "CREATE OR REPLACE VIEW seen AS SELECT o AS id FROM line",
                    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                    "CREATE TRIGGER t AFTER INSERT ON line FOR EACH ROW EXECUTE FUNCTION f()",
                    "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN DELETE FROM orders; RETURN NEW; END'",
                    "CREATE RULE r AS ON DELETE TO line DO INSTEAD NOTHING",
                    "ALTER TABLE line RENAME TO lines",
                    "CREATE TABLE part () INHERITS (lines)",
                    "ALTER TABLE part NO INHERIT lines",
                    "CREATE SCHEMA other",
                    "ALTER TABLE part SET SCHEMA other",
                    "CREATE TYPE mood AS ENUM ('good')",
                    "ALTER TABLE other.part ADD COLUMN m mood",
                    "DROP TABLE other.part")) {
                SchemaSnapshot before = schema.current();
                execute(owner, change);
                schema.refresh(owner);
                boolean isSeen = schema.current() != before;
                // What no table has to do with yet is no news.
                boolean isNews = !change.startsWith("CREATE SCHEMA") && !change.startsWith("CREATE TYPE");
                assertThat(isSeen).as(change).isEqualTo(isNews);
            }
            SchemaSnapshot settled = schema.current();
            execute(
                    owner,
                    "INSERT INTO orders SELECT g FROM generate_series(1, 100) g",
                    "CREATE TEMP TABLE mine (id INT PRIMARY KEY, o INT DEFAULT 1)",
                    "VACUUM ANALYZE orders");
            schema.refresh(owner);
            assertThat(schema.current()).isSameAs(settled);
        } finally {
            LiveDatabase.POSTGRESQL.dropDatabase(url);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_proc", "pg_class"})
    void whereTheCatalogMayNotBeReadRowsAreChangedOnlyIfNoTierCouldBeHurt(String catalog) throws Exception {
        String ordinary = "table orders is operational\n\ncomponent app {\n"
                + "  grant select, insert, update, delete on tier operational\n";
        String rules = "table ledger is ledger\n\n" + ordinary + "  grant select, insert on tier ledger\n}\n";
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, rules, schema(catalog));
                Connection few = tables.connectAs("few", "x");
                Statement statement = few.createStatement()) {
            for (String sql : List.of("SELECT id FROM ledger", "SELECT id FROM orders JOIN ledger USING (id)")) {
                statement.executeQuery(sql).close();
            }
            for (String sql : List.of(
                    "DELETE FROM orders WHERE id = 1",
                    "INSERT INTO orders VALUES (2)",
                    "UPDATE orders SET id = 3 WHERE id = 1")) {
                GuardedTables.assertDenied(
                        statement, Reason.CASCADE, sql, "may not read its catalog", "ledger could be reached");
            }
            GuardedTables.assertDenied(statement, Reason.UNKNOWN_ROUTINE, "SELECT wipe()");
            assertThat(tables.count("ledger")).isOne();
            few.setAutoCommit(false);
            statement.executeQuery("SELECT id FROM orders").close();
            few.rollback();
            tables.prepare("DROP OWNED BY few", "DROP ROLE few");
        }
        try (GuardedTables tables =
                        GuardedTables.open(LiveDatabase.POSTGRESQL, folder, ordinary + "}\n", schema(catalog));
                Connection few = tables.connectAs("few", "x");
                Statement statement = few.createStatement()) {
            // No tier of this policy forbids anything that could follow.
            statement.execute("INSERT INTO orders VALUES (2)");
            statement.execute("DELETE FROM orders WHERE id = 2");
            GuardedTables.assertDenied(statement, Reason.UNCLASSIFIED_TABLE, "DELETE FROM ledger");
            tables.prepare("DROP OWNED BY few", "DROP ROLE few");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_trigger", "pg_class", "pg_event_trigger"})
    void aRightThatIsLostAfterAReadingLeavesNothingOfItInForce(String catalog) throws Exception {
        String url = LiveDatabase.POSTGRESQL.createDatabase();
        LiveSchema schema = new LiveSchema(Dialect.POSTGRESQL, 0);
        String plain = url.replaceFirst("[?].*", "");
        Properties properties = new Properties();
        properties.setProperty("user", "few");
        properties.setProperty("password", "x");
        try (Connection owner = LiveDatabase.POSTGRESQL.connect(url)) {
            execute(owner, "CREATE TABLE orders (id INT PRIMARY KEY)", "CREATE ROLE few LOGIN PASSWORD 'x'");
            try (Connection few = LiveDatabase.POSTGRESQL.driver().connect(plain, properties)) {
                schema.refresh(few);
                SchemaSnapshot whole = schema.current();
                assertThat(whole.isUnknown()).isFalse();
                execute(owner, "REVOKE SELECT ON pg_catalog." + catalog + " FROM PUBLIC");
                schema.refresh(few);
                assertThat(schema.current().isWithheld()).isTrue();
                schema.refresh(few);
                assertThat(schema.current().isWithheld()).isTrue();
                execute(owner, "GRANT SELECT ON pg_catalog." + catalog + " TO PUBLIC");
                schema.refresh(few);
                assertThat(schema.current().tables()).isEqualTo(whole.tables()).isNotEmpty();
                execute(owner, "REVOKE SELECT ON pg_catalog." + catalog + " FROM PUBLIC");
                schema.readAsideBy(() -> LiveDatabase.POSTGRESQL.driver().connect(plain, properties));
                schema.changed(true);
                schema.refreshAside();
                assertThat(schema.current().isWithheld()).isTrue();
            }
            execute(owner, "DROP ROLE few");
        } finally {
            LiveDatabase.POSTGRESQL.dropDatabase(url);
        }
    }

    @Test
    void aTriggerThatNobodyMaySeeAnyMoreStopsTheChangeThatSetsItOff() throws Exception {
        String rules = "table ledger is ledger\n\ntable orders is operational\n\ncomponent app {\n"
                + "  grant select, insert, update, delete on tier operational\n  grant select, insert on tier ledger\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                rules,
                "CREATE TABLE orders (id INT PRIMARY KEY, state INT)",
                "CREATE TABLE ledger (id INT PRIMARY KEY)",
                "INSERT INTO orders VALUES (1, 0)",
                "INSERT INTO ledger VALUES (1)",
                "CREATE ROLE few LOGIN PASSWORD 'x'",
                "GRANT ALL ON orders, ledger TO few")) {
            String update = "UPDATE orders SET state = 1 WHERE id = 1";
            try (Connection few = tables.connectAs("few", "x");
                    Statement statement = few.createStatement()) {
                statement.execute(update);
                tables.prepare(
                        "REVOKE SELECT ON pg_catalog.pg_trigger FROM PUBLIC",
                        "CREATE FUNCTION wipe() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN DELETE FROM ledger; RETURN NEW; END'",
                        "CREATE TRIGGER t AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION wipe()");
                Thread.sleep(1100); // what was read less than a second ago is not read again
                try (Connection later = tables.connectAs("few", "x");
                        Statement there = later.createStatement()) {
                    GuardedTables.assertDenied(there, Reason.CASCADE, update, "may not read its catalog");
                }
                GuardedTables.assertDenied(statement, Reason.CASCADE, update, "may not read its catalog");
            }
            assertThat(tables.count("ledger")).isOne();
            tables.prepare("DROP OWNED BY few", "DROP ROLE few");
        }
    }

    private static String[] schema(String catalog) {
        return new String[] {
            "CREATE TABLE orders (id INT PRIMARY KEY)",
            "CREATE TABLE ledger (id INT PRIMARY KEY REFERENCES orders ON DELETE CASCADE)",
            "INSERT INTO orders VALUES (1)",
            "INSERT INTO ledger VALUES (1)",
            "CREATE FUNCTION wipe() RETURNS void LANGUAGE sql AS 'DELETE FROM ledger'",
            "CREATE ROLE few LOGIN PASSWORD 'x'",
            "GRANT ALL ON orders, ledger TO few",
            "REVOKE SELECT ON pg_catalog." + catalog + " FROM PUBLIC"
        };
    }

    @Test
    void whatH2DoesNotTellIsSaidAtConnect() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, "component app {\n}\n")) {
            Properties properties = new Properties();
            properties.putAll(tables.settings());
            assertThatThrownBy(() -> DriverManager.getConnection(
                                    "jdbc:tierguard:h2:mem:old;OLD_INFORMATION_SCHEMA=TRUE", properties)
                            .close())
                    .hasMessageContaining("it is not read under OLD_INFORMATION_SCHEMA=TRUE");
        }
    }

    /** What follows from each table's deletion and drop, in words. */
    private static List<String> told(SchemaSnapshot schema) {
        List<String> told = new ArrayList<>();
        for (TableName table : schema.tables()) {
            for (Verb verb : List.of(Verb.SELECT, Verb.UPDATE, Verb.DELETE, Verb.DROP)) {
                EffectClosure.Closed closed =
                        EffectClosure.close(schema, Effect.of(verb, table), List.of("public"), StatedCode.NONE);
                closed.effects().forEach(effect -> told.add(verb + " " + table + ": " + effect));
                told.add(verb + " " + table + ": " + closed.hiddenCode() + closed.routines());
            }
        }
        return List.copyOf(new TreeSet<>(told));
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
