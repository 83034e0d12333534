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
            "sql_safe_updates=1,sql_select_limit=2");

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

    private static String settings(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT @@sql_select_limit, @@sql_big_selects, @@max_join_size, @@sql_mode LIMIT 1")) {
            row.next();
            return row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getString(4);
        }
    }
}
