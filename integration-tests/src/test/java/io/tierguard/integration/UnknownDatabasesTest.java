package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Databases that the driver does not know are read as far as their SQL is plain, where the policy says so. */
class UnknownDatabasesTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final String POLICY = """
            policy shop {
              read as ansi "hsqldb", "derby"
            }
            tier ledger is immutable
            tier operational is mutable
            table ledger is ledger
            table ledger_entry is ledger
            table * is operational
            component app {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
              grant select, insert on ledger
            }
            """;

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE ledger (id int NOT NULL PRIMARY KEY, amount int)",
            "CREATE TABLE customer (id int NOT NULL PRIMARY KEY, name varchar(40))",
            "CREATE TABLE orders (id int NOT NULL PRIMARY KEY, name varchar(40), customer int, "
                    + "FOREIGN KEY (customer) REFERENCES customer (id))",
            "CREATE TABLE batch (id int NOT NULL PRIMARY KEY)",
            "CREATE TABLE ledger_entry (id int, batch int, FOREIGN KEY (batch) REFERENCES batch (id) ON DELETE CASCADE)",
            "CREATE VIEW every_entry AS SELECT id, amount FROM ledger",
            "INSERT INTO ledger VALUES (1, 10), (2, 20)",
            "INSERT INTO batch VALUES (1)",
            "INSERT INTO ledger_entry VALUES (1, 1)",
            "INSERT INTO customer VALUES (1, 'Ada')",
            "INSERT INTO orders VALUES (1, 'x', 1), (2, 'y', 1)");

    /** One of the databases that nobody knows, in memory. */
    enum Unknown {
        HSQLDB("hsqldb:mem:%s", "CREATE SYNONYM other_name FOR ledger"),
        DERBY("derby:memory:%s;create=true", "CREATE SYNONYM other_name FOR ledger");

        private final String url;
        private final String synonym;

        Unknown(String url, String synonym) {
            this.url = url;
            this.synonym = synonym;
        }
    }

    @TempDir
    private Path folder;

    private Path policy = Path.of("");
    private String name = "";

    @BeforeEach
    void writePolicy() throws IOException {
        policy = folder.resolve("shop.tierguard");
        Files.writeString(policy, POLICY);
        name = "unknown" + COUNT.incrementAndGet();
    }

    @Test
    void aSynonymThatTheDriverDoesNotListIsNotTakenForATableOfItsName() throws Exception {
        Unknown database = Unknown.HSQLDB;
        try (Connection bare = prepared(database);
                Statement statement = bare.createStatement()) {
            statement.execute("CREATE SYNONYM zz FOR ledger");
            statement.execute("CREATE SCHEMA o");
            statement.execute("CREATE TABLE o.zz (id INT)");
            try (Connection guarded = guarded(database);
                    Statement asked = guarded.createStatement()) {
                for (String sql : List.of("DELETE FROM zz", "TRUNCATE TABLE zz", "UPDATE zz SET amount = 0")) {
                    assertThatThrownBy(() -> asked.execute(sql)).as(sql).isInstanceOf(DenialException.class);
                }
            }
        }
    }

    @Test
    void kindsOfTablesThatWouldBePastedIntoSqlAreRefused() throws Exception {
        try (Connection bare = prepared(Unknown.HSQLDB);
                Connection guarded = guarded(Unknown.HSQLDB)) {
            String[] pasted = {"TABLE", "x'); DELETE FROM LEDGER; --"};
            assertThatThrownBy(() -> guarded.getMetaData().getTables(null, null, "%", pasted))
                    .isInstanceOf(DenialException.class);
            assertThat(print(bare)).isNotEmpty();
            try (ResultSet rows = guarded.getMetaData().getTables(null, null, "LEDGER", new String[] {"TABLE"})) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void isRefusedAtConnectUnlessThePolicySaysHowToReadIt(Unknown database) throws Exception {
        Files.writeString(policy, POLICY.replaceFirst("(?s)policy.*?}\n", ""));
        String code = database.name().toLowerCase(java.util.Locale.ROOT);
        assertThatThrownBy(() -> guarded(database))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("jdbc:tierguard:" + code + ":", "read as ansi \"" + code + "\"");
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void anotherCatalogMayBeAnotherDatabase(Unknown database) throws Exception {
        try (Connection bare = prepared(database);
                Connection guarded = guarded(database)) {
            guarded.setCatalog(guarded.getCatalog());
            assertThatThrownBy(() -> guarded.setCatalog("other"))
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining("another database");
            assertThat(guarded.getCatalog()).isEqualTo(bare.getCatalog());
        }
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void anApplicationWorksOnItsOwnTables(Unknown database) throws Exception {
        try (Connection bare = prepared(database);
                Connection connection = guarded(database);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE note (id int NOT NULL, text varchar(100) DEFAULT 'none', PRIMARY KEY (id))");
            statement.execute("CREATE INDEX note_text ON note (text)");
            statement.execute("ALTER TABLE note ADD COLUMN stars int");
            statement.execute(
                    "CREATE TABLE dual (dummy varchar(1))"); // as those make one who come from a database that has it
            statement.execute("INSERT INTO dual VALUES ('X')");
            statement.executeQuery("SELECT id FROM note, dual").close();
            statement.execute("DROP TABLE dual");
            String catalog = database == Unknown.DERBY ? "sys.systables" : "information_schema.system_tables";
            statement.executeQuery("SELECT count(*) FROM " + catalog).close();
            GuardedTables.assertDenied(statement, Reason.FORBIDDEN_VERB, "DELETE FROM " + catalog, "never written");
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into note (id, text, stars) values (?, ?, ?)")) {
                for (int i = 1; i <= 3; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "it's " + i);
                    insert.setInt(3, i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            }
            connection.commit();
            assertThat(statement.executeUpdate("UPDATE note SET stars = stars + 1 WHERE text LIKE 'it''s%'"))
                    .isEqualTo(3);
            assertThat(statement.executeUpdate(
                            "DELETE FROM note WHERE id IN (SELECT o.id FROM orders o WHERE o.id = 2)"))
                    .isEqualTo(1);
            connection.rollback();
            connection.setAutoCommit(true);
            try (ResultSet rows = statement.executeQuery(
                    "SELECT c.name, count(*), max(n.stars) FROM customer c JOIN orders o ON o.customer = c.id"
                            + " LEFT JOIN note n ON n.id = o.id GROUP BY c.name ORDER BY 1")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(2)).isEqualTo(2);
            }
            assertThat(statement.executeUpdate("INSERT INTO ledger (id, amount) VALUES (3, 30)"))
                    .isEqualTo(1);
            try (ResultSet rows = statement.executeQuery("SELECT sum(amount) FROM every_entry")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(60);
            }
            statement.execute("DROP INDEX note_text");
            statement.execute("DROP TABLE note");
            assertThat(print(bare)).hasSize(4);
        }
    }

    /** As an application makes its tables from a script: all in one batch. */
    @ParameterizedTest
    @EnumSource(Unknown.class)
    void tablesAreMadeInABatch(Unknown database) throws Exception {
        try (Connection bare = prepared(database);
                Connection connection = guarded(database);
                Statement statement = connection.createStatement()) {
            batch(
                    statement,
                    "\nCREATE TABLE note (\n  id int NOT NULL PRIMARY KEY,\n  text varchar(100)\n)",
                    "create table note_line (id int NOT NULL, note int, PRIMARY KEY (id),"
                            + " FOREIGN KEY (note) REFERENCES note (id))");
            batch(statement, "CREATE  UNIQUE INDEX note_text ON note (text)", "ALTER TABLE note ADD COLUMN stars int");
            statement.executeUpdate("INSERT INTO note (id, text, stars) VALUES (1, 'a', 5)");
            batch(statement, "DROP TABLE note_line", "DROP TABLE note");
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM note"))
                    .isInstanceOf(SQLException.class)
                    .isNotInstanceOf(DenialException.class);
            assertThat(print(bare)).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void noBatchChangesAProtectedRow(Unknown database) throws Exception {
        List<List<String>> hostile = List.of(
                List.of("CREATE TABLE note (id int)", "DROP TABLE ledger"),
                List.of("CREATE TABLE note (id int)", "ALTER TABLE ledger DROP COLUMN amount"),
                List.of("CREATE TABLE note (id int)", "DELETE FROM ledger"),
                List.of("CREATE TABLE note (id int); DELETE FROM ledger", "CREATE TABLE more (id int)"),
                List.of("DROP TABLE orders", "CREATE VIEW orders AS SELECT * FROM ledger", "DELETE FROM orders"),
                List.of("CREATE TABLE note (id int)", "CREATE VIEW seen AS SELECT * FROM ledger", "DELETE FROM seen"),
                List.of("DROP TABLE orders", "RENAME TABLE ledger TO orders", "DROP TABLE orders"),
                List.of("DROP TABLE orders", "ALTER TABLE ledger RENAME TO orders", "DROP TABLE orders"),
                List.of("DROP TABLE orders", "CREATE SYNONYM orders FOR ledger", "DELETE FROM orders"),
                List.of(
                        "CREATE TABLE note (id int)",
                        "CREATE TRIGGER t AFTER INSERT ON note FOR EACH STATEMENT DELETE FROM ledger",
                        "INSERT INTO note VALUES (1)"),
                List.of(
                        "ALTER TABLE ledger ADD FOREIGN KEY (amount) REFERENCES customer (id) ON DELETE CASCADE",
                        "DELETE FROM customer"));
        try (Connection bare = prepared(database);
                Connection connection = guarded(database);
                Statement statement = connection.createStatement()) {
            List<String> before = print(bare);
            for (List<String> texts : hostile) {
                assertThatThrownBy(() -> batch(statement, texts.toArray(String[]::new)))
                        .as("%s", texts)
                        .isInstanceOf(DenialException.class);
                statement.clearBatch();
                assertThat(print(bare)).as("%s", texts).isEqualTo(before);
            }
        }
    }

    private static void batch(Statement statement, String... texts) throws SQLException {
        for (String text : texts) {
            statement.addBatch(text);
        }
        statement.executeBatch();
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void nothingThatPassesChangesAProtectedRow(Unknown database) throws Exception {
        try (Connection bare = prepared(database)) {
            try (Statement statement = bare.createStatement()) {
                statement.execute(database.synonym);
            }
            List<String> before = print(bare);
            List<String> passed = new ArrayList<>();
            for (String sql : hostile()) {
                try (Connection connection = guarded(database);
                        Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                    passed.add(sql);
                } catch (DenialException denied) {
                    assertThat(print(bare)).as(sql).isEqualTo(before);
                }
                assertThat(print(bare)).as(sql).isEqualTo(before);
            }
            assertThat(passed).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void theReasonIsSaid(Unknown database) throws Exception {
        try (Connection bare = prepared(database);
                Connection connection = guarded(database);
                Statement statement = connection.createStatement()) {
            assertThat(bare.isClosed()).isFalse();
            assertThatThrownBy(() -> statement.execute("DELETE FROM batch WHERE id = 1"))
                    .hasMessageContainingAll("ledger_entry", "ON DELETE CASCADE");
            assertThatThrownBy(() -> statement.execute("DELETE FROM every_entry WHERE id = 1"))
                    .hasMessageContaining("what stands behind")
                    .hasMessageContaining("every_entry, which is no plain table");
            assertThatThrownBy(() -> statement.execute("DELETE FROM nowhere"))
                    .hasMessageContaining("nowhere, which the database does not list");
            assertThatThrownBy(() -> statement.execute("DELETE FROM orders; DELETE FROM ledger"))
                    .hasMessageContaining("more than one statement");
            assertThatThrownBy(() -> statement.execute("SELECT wipe(id) FROM orders"))
                    .hasMessageContaining("wipe");
        }
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void aTriggerThatTheDatabaseListsIsHeldAgainstTheStatement(Unknown database) throws Exception {
        try (Connection bare = prepared(database);
                Statement before = bare.createStatement()) {
            before.execute("CREATE TRIGGER sweep AFTER INSERT ON orders FOR EACH STATEMENT DELETE FROM ledger");
            try (Connection connection = guarded(database);
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("INSERT INTO orders VALUES (3, 'z', 1)"))
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("trigger sweep of ");
                assertThat(statement.executeUpdate("UPDATE orders SET name = 'z' WHERE id = 1"))
                        .isEqualTo(1);
            }
            assertThat(print(bare)).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void aRoutineOfAUsersOwnIsNotTakenForTheBuiltInOfItsName(Unknown database) throws Exception {
        try (Connection bare = prepared(database);
                Statement before = bare.createStatement()) {
            before.execute("CREATE FUNCTION round (x int) RETURNS int LANGUAGE JAVA PARAMETER STYLE JAVA NO SQL"
                    + " EXTERNAL NAME 'java.lang.Math.abs'");
            try (Connection connection = guarded(database);
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT abs(id) FROM orders");
                assertThatThrownBy(() -> statement.execute("SELECT round(id) FROM orders"))
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("round");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void aResultSetChangesNoRow(Unknown database) throws Exception {
        try (Connection bare = prepared(database);
                Connection connection = guarded(database);
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("SELECT id, amount FROM ledger")) {
            assertThat(rows.next()).isTrue();
            assertThatThrownBy(rows::deleteRow).isInstanceOf(DenialException.class);
            rows.updateInt(2, 0);
            assertThatThrownBy(rows::updateRow).isInstanceOf(DenialException.class);
            assertThat(print(bare)).hasSize(3).contains("ledger 1 10");
        }
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void aLimitHoldsAndADenialDoomsTheTransaction(Unknown database) throws Exception {
        Files.writeString(
                policy,
                POLICY.replace(
                        "tier operational is mutable", "tier operational is mutable {\n  limit delete 1 row\n}"));
        try (Connection bare = prepared(database);
                Connection connection = guarded(database);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM orders WHERE id > 0"))
                    .isInstanceOf(DenialException.class);
            assertThat(statement.executeUpdate("DELETE FROM orders WHERE id = 2"))
                    .isEqualTo(1);
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO customer VALUES (2, 'Grace')");
            assertThatThrownBy(() -> statement.execute("DELETE FROM ledger")).isInstanceOf(DenialException.class);
            assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO customer VALUES (3, 'Alan')"))
                    .isInstanceOf(DenialException.class);
            assertThatThrownBy(connection::commit).isInstanceOf(DenialException.class);
            connection.rollback();
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM customer")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
            connection.rollback();
            assertThat(print(bare)).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void aSchemaThatIsSetChangesNoMeaning(Unknown database) throws Exception {
        try (Connection bare = prepared(database);
                Connection connection = guarded(database);
                Statement statement = connection.createStatement()) {
            connection.setSchema(connection.getSchema());
            assertThatThrownBy(() -> statement.execute("DELETE FROM ledger")).isInstanceOf(DenialException.class);
            assertThat(statement.executeUpdate("UPDATE orders SET name = 'z'")).isEqualTo(2);
            assertThat(print(bare)).hasSize(3);
        }
    }

    private static List<String> hostile() {
        return List.of(
                "DELETE FROM ledger",
                "DELETE FROM LEDGER l WHERE l.id = 1",
                "DELETE /* x */ FROM -- y\n \"LEDGER\"",
                "UPDATE ledger SET amount = 0",
                "UPDATE ledger AS orders SET amount = 0 WHERE orders.id = 1",
                "TRUNCATE TABLE ledger",
                "DROP TABLE ledger",
                "ALTER TABLE ledger DROP COLUMN amount",
                "ALTER TABLE orders RENAME TO ledger_entry",
                "RENAME TABLE ledger TO other",
                "MERGE INTO ledger l USING batch b ON l.id = b.id WHEN MATCHED THEN UPDATE SET amount = 0",
                "MERGE INTO ledger l USING batch b ON l.id = b.id WHEN MATCHED THEN DELETE",
                "DELETE FROM every_entry",
                "UPDATE every_entry SET amount = 0",
                "DELETE FROM other_name",
                "UPDATE other_name SET amount = 0",
                "DELETE FROM batch",
                "DELETE FROM orders; DELETE FROM ledger",
                "CREATE TRIGGER t AFTER INSERT ON orders REFERENCING NEW ROW AS n FOR EACH ROW DELETE FROM ledger",
                "CREATE TRIGGER t AFTER INSERT ON orders FOR EACH STATEMENT DELETE FROM ledger",
                "CREATE VIEW orders_too AS SELECT * FROM ledger WHERE wipe(id) = 1",
                "CREATE PROCEDURE p() MODIFIES SQL DATA DELETE FROM ledger",
                "BEGIN ATOMIC DELETE FROM ledger; END",
                "CALL SYSCS_UTIL.SYSCS_IMPORT_DATA(NULL, 'LEDGER', NULL, NULL, 'x', NULL, NULL, NULL, 1)",
                "CALL SYSCS_UTIL.SYSCS_EMPTY_STATEMENT_CACHE()",
                "{call SYSCS_UTIL.SYSCS_CHECKPOINT_DATABASE()}",
                "SET SCHEMA SYS",
                "SET DATABASE REFERENTIAL INTEGRITY FALSE",
                "SET DATABASE SQL SYNTAX MYS TRUE",
                "SCRIPT 'x'",
                "SHUTDOWN",
                "LOCK TABLE ledger IN EXCLUSIVE MODE",
                "DELETE FROM INFORMATION_SCHEMA.SYSTEM_TABLES",
                "DROP SCHEMA PUBLIC CASCADE",
                "SELECT * FROM ledger -- \u2028\n; DELETE FROM ledger");
    }

    private Connection prepared(Unknown database) throws SQLException {
        Connection bare = DriverManager.getConnection("jdbc:" + database.url.formatted(name));
        try (Statement statement = bare.createStatement()) {
            for (String sql : SCHEMA) {
                statement.execute(sql);
            }
        }
        return bare;
    }

    private Connection guarded(Unknown database) throws SQLException {
        return DriverManager.getConnection("jdbc:tierguard:" + database.url.formatted(name) + ";tierguard.policy="
                + policy + ";tierguard.component=app;tierguard.audit=" + folder.resolve("audit.jsonl"));
    }

    private static List<String> print(Connection bare) throws SQLException {
        List<String> print = new ArrayList<>();
        try (Statement statement = bare.createStatement()) {
            for (String table : List.of("ledger", "ledger_entry")) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY id")) {
                    while (rows.next()) {
                        print.add(table + " " + rows.getString(1) + " " + rows.getString(2));
                    }
                }
            }
        }
        return print;
    }
}
