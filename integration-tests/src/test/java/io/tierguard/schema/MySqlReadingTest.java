package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.integration.MySqlDatabase;
import io.tierguard.jdbc.ConnectedSession;
import io.tierguard.sql.SessionFacts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a session or its driver has set takes nothing from what the guard reads, and stays set. */
class MySqlReadingTest {

    private static final String[] SCHEMA = {
        "CREATE TABLE `книга` (id INT PRIMARY KEY, v INT)",
        "CREATE TABLE `счёт` (id INT PRIMARY KEY, b INT, FOREIGN KEY (b) REFERENCES `книга`(id) ON DELETE CASCADE)",
        "CREATE TABLE line (id INT PRIMARY KEY, b INT, FOREIGN KEY (b) REFERENCES `книга`(id) ON DELETE SET NULL"
                + " ON UPDATE CASCADE)",
        "CREATE TABLE t (id INT PRIMARY KEY, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)",
        "CREATE TABLE u (id INT) ENGINE = MyISAM",
        "CREATE VIEW v AS SELECT id, v FROM `книга`",
        "CREATE VIEW `вид` AS SELECT * FROM v",
        "CREATE TRIGGER a AFTER DELETE ON t FOR EACH ROW DELETE FROM `книга` WHERE id = OLD.id",
        "CREATE TRIGGER b AFTER UPDATE ON t FOR EACH ROW DELETE FROM `счёт` WHERE id = OLD.id",
        "CREATE PROCEDURE wipe () DELETE FROM `книга`",
        "CREATE PROCEDURE `стереть` () DELETE FROM `счёт`"
    };

    private static final List<String> OF_SESSION = List.of(
            "sql_select_limit=0",
            "sql_select_limit=1",
            "max_join_size=1,sql_big_selects=0",
            "sql_mode='PAD_CHAR_TO_FULL_LENGTH'",
            "sql_mode='ANSI,NO_BACKSLASH_ESCAPES'",
            "sql_quote_show_create=0",
            "character_set_results=latin1",
            "character_set_results=cp1251",
            "character_set_results=ascii",
            "character_set_results=utf8mb3",
            "character_set_results=NULL",
            "sql_safe_updates=1,sql_select_limit=2",
            "lock_wait_timeout=1");

    private static final List<String> OF_CONNECTOR_J = List.of(
            "maxRows=1",
            "padCharsWithSpace=true",
            "characterSetResults=latin1",
            "characterSetResults=US-ASCII",
            "characterEncoding=ISO-8859-1",
            "useCursorFetch=true&defaultFetchSize=1");

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "OLDER_MARIADB_BY_CONNECTOR_J", "MARIADB"})
    void nothingIsMissing(MySqlDatabase database) throws Exception {
        String url = database.createDatabase();
        try (Connection plain = database.connect(url)) {
            try (Statement statement = plain.createStatement()) {
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
            }
            SchemaSnapshot expected = SchemaReader.read(plain, database.dialect());
            SessionFacts session = ConnectedSession.facts(plain, database.dialect());
            boolean isByConnectorJ = url.startsWith("jdbc:mysql:");
            for (String variables : OF_SESSION) {
                if (!isByConnectorJ && variables.startsWith("character_set")) {
                    continue; // MariaDB's driver closes the connection itself
                }
                try (Connection connection = database.connect(url);
                        Statement statement = connection.createStatement()) {
                    statement.execute("SET " + variables);
                    String before = settings(statement);
                    assertThat(SchemaReader.read(connection, database.dialect()).sameAs(expected))
                            .as(variables)
                            .isTrue();
                    assertThat(ConnectedSession.facts(connection, database.dialect())
                                    .catalog())
                            .isEqualTo(session.catalog());
                    assertThat(settings(statement)).as(variables).isEqualTo(before);
                }
            }
            for (String setting : isByConnectorJ ? OF_CONNECTOR_J : List.<String>of()) {
                try (Connection connection = database.connect(url + "&" + setting)) {
                    assertThat(SchemaReader.read(connection, database.dialect()).sameAs(expected))
                            .as(setting)
                            .isTrue();
                    assertThat(ConnectedSession.facts(connection, database.dialect()))
                            .as(setting)
                            .isEqualTo(session);
                }
            }
        } finally {
            database.dropDatabase(url);
        }
    }

    /** MariaDB leaves out of its catalog what is locked for longer than the session waits. */
    @Test
    void whatIsLockedForLongIsNotLeftOut() throws Exception {
        MySqlDatabase database = MySqlDatabase.MARIADB;
        String url = database.createDatabase();
        try (Connection connection = database.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE parent (id INT PRIMARY KEY)");
            statement.execute("SET lock_wait_timeout = 0");
            try (LongStatement ignored = LongStatement.begin(
                    database,
                    url,
                    "CREATE TABLE child (id INT, FOREIGN KEY (id) REFERENCES parent (id) ON DELETE CASCADE)"
                            + " SELECT 1 AS id FROM DUAL WHERE SLEEP(2) <> 0")) {
                SchemaSnapshot read = SchemaReader.read(connection, database.dialect());
                try (Connection plain = database.connect(url)) {
                    assertThat(read.sameAs(SchemaReader.read(plain, database.dialect())))
                            .isTrue();
                }
                assertThat(read.tables()).hasSizeGreaterThanOrEqualTo(2);
            }
        } finally {
            database.dropDatabase(url);
        }
    }

    /** A report that takes an hour must not stop whoever connects meanwhile. */
    @Test
    void aLookWaitsForNoStatementThatMakesATable() throws Exception {
        MySqlDatabase database = MySqlDatabase.MARIADB;
        String url = database.createDatabase();
        try (Connection connection = database.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE parent (id INT PRIMARY KEY)");
            LiveSchema live = new LiveSchema(database.dialect(), 0);
            live.refresh(connection);
            SchemaSnapshot known = live.current();
            try (LongStatement running =
                    LongStatement.begin(database, url, "CREATE TABLE report AS SELECT SLEEP(600) AS a")) {
                live.refresh(connection);
                assertThat(running.isRunning()).isTrue();
                assertThat(live.current()).isSameAs(known);
            }
            statement.execute("CREATE TABLE child (id INT)");
            live.refresh(connection);
            assertThat(live.current().tables()).hasSize(known.tables().size() + 1);
        } finally {
            database.dropDatabase(url);
        }
    }

    /** A statement that another session runs until it is done or stopped. */
    private static final class LongStatement implements AutoCloseable {
        private final Connection connection;
        private final Thread thread;
        private final AtomicBoolean isDone = new AtomicBoolean();
        private final long id;
        private final MySqlDatabase database;
        private final String url;

        private LongStatement(MySqlDatabase database, String url, String sql) throws SQLException {
            this.database = database;
            this.url = url;
            this.connection = database.connect(url);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
                row.next();
                id = row.getLong(1);
            }
            this.thread = new Thread(() -> run(sql));
        }

        /** Begins it, and comes back once it runs. */
        static LongStatement begin(MySqlDatabase database, String url, String sql)
                throws SQLException, InterruptedException {
            LongStatement begun = new LongStatement(database, url, sql);
            begun.thread.start();
            try (Connection other = database.connect(url);
                    Statement statement = other.createStatement()) {
                String state =
                        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.PROCESSLIST WHERE STATE = 'User sleep' AND ID = "
                                + begun.id;
                for (int count = 0; count == 0 && !begun.isDone.get(); Thread.sleep(20)) {
                    try (ResultSet row = statement.executeQuery(state)) {
                        row.next();
                        count = row.getInt(1);
                    }
                }
            }
            return begun;
        }

        private void run(String sql) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException stopped) {
                // It was long enough.
            } finally {
                isDone.set(true);
            }
        }

        boolean isRunning() {
            return !isDone.get();
        }

        @Override
        public void close() throws SQLException {
            try (Connection other = database.connect(url);
                    Statement statement = other.createStatement()) {
                statement.execute("KILL QUERY " + id);
            }
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            connection.close();
        }
    }

    private static String settings(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT @@sql_select_limit, @@sql_big_selects, @@max_join_size, CONCAT(@@sql_mode, @@lock_wait_timeout) LIMIT 1")) {
            row.next();
            return row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getString(4);
        }
    }
}
