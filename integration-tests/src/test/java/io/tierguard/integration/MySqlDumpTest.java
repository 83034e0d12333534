package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The statements with which the dump programs of MySQL and MariaDB write a table out bring it back through the guard. */
class MySqlDumpTest {
    private static final String POLICY = """
            table kept is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }

            trust app {
              owner "operations"
              why "restores a dump"
              until 2099-12-31T00:00Z
              administer
              define
            }
            """;

    private static final String[] DUMP = {
        "/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */",
        "/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */",
        "/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */",
        "/*!40101 SET NAMES utf8mb4 */",
        "/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */",
        "/*!40103 SET TIME_ZONE='+00:00' */",
        "/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */",
        "/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */",
        "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */",
        "DROP TABLE IF EXISTS `goods`",
        "/*!40101 SET @saved_cs_client     = @@character_set_client */",
        "/*!40101 SET character_set_client = utf8 */",
        "CREATE TABLE `goods` (`id` int NOT NULL AUTO_INCREMENT, `name` varchar(40) DEFAULT NULL, PRIMARY KEY (`id`),"
                + " KEY `by_name` (`name`)) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4",
        "/*!40101 SET character_set_client = @saved_cs_client */",
        "LOCK TABLES `goods` WRITE",
        "/*!40000 ALTER TABLE `goods` DISABLE KEYS */",
        "INSERT INTO `goods` VALUES (1,'it\\'s; \\\\'),(2,NULL)",
        "/*!40000 ALTER TABLE `goods` ENABLE KEYS */",
        "UNLOCK TABLES",
        "/*!50003 SET @saved_sql_mode       = @@sql_mode */",
        "/*!50003 SET sql_mode              = '' */",
        "/*!50003 CREATE*/ /*!50017 DEFINER=CURRENT_USER*/ /*!50003 TRIGGER named BEFORE INSERT ON goods FOR EACH ROW"
                + " SET NEW.name = TRIM(NEW.name) */",
        "/*!50003 SET sql_mode              = @saved_sql_mode */",
        "/*!50001 CREATE ALGORITHM=UNDEFINED */ /*!50013 SQL SECURITY DEFINER */"
                + " /*!50001 VIEW `names` AS select `goods`.`name` AS `name` from `goods` */",
        "/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */",
        "/*!40101 SET SQL_MODE=@OLD_SQL_MODE */",
        "/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */",
        "/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */",
        "/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */",
        "/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */",
        "/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */"
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aDumpRunsToItsEnd(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, "CREATE TABLE kept (id INT)")) {
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                for (String sql : DUMP) {
                    statement.execute(sql);
                }
                statement.execute("UPDATE goods SET name = 'a\\'b' WHERE id = 2");
                assertThatThrownBy(() -> statement.execute("DELETE FROM kept -- '"))
                        .isInstanceOf(DenialException.class);
            }
            assertThat(tables.count("goods WHERE name IN ('it''s; \\\\', 'a''b')"))
                    .isEqualTo(2);
        }
    }

    /** The servers cut each statement when the one before has run, and here none changes how that is done. */
    @ParameterizedTest
    @EnumSource
    void soItDoesBlockByBlock(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, "CREATE TABLE kept (id INT)")) {
            try (Connection connection = tables.connectWithTexts();
                    Statement statement = connection.createStatement()) {
                String rows = block("SET character_set_client = @saved_cs_client */", "UNLOCK TABLES");
                statement.execute(block("SET @OLD_CHARACTER_SET_CLIENT", "SET @OLD_SQL_MODE"));
                statement.execute(block("DROP TABLE", "SET character_set_client = @saved_cs_client */"));
                statement.execute(rows);
                statement.execute(block("SET @saved_sql_mode", "SET sql_mode              = @saved_sql_mode"));
                statement.execute(block("VIEW `names`", "SET COLLATION_CONNECTION"));
                statement.execute("DELETE FROM goods");
                assertThatThrownBy(() -> statement.execute(rows + ";\nDELETE FROM kept"))
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("DELETE from kept");
                statement.execute(rows);
            }
            assertThat(tables.count("goods WHERE name = 'it''s; \\\\'")).isEqualTo(1);
        }
    }

    /** The dump from one statement to another, each told by words that it holds first. */
    private static String block(String first, String last) {
        List<String> dump = List.of(DUMP);
        return String.join(";\n", dump.subList(at(first), at(last) + 1));
    }

    private static int at(String words) {
        for (int at = 0; at < DUMP.length; at++) {
            if (DUMP[at].contains(words)) {
                return at;
            }
        }
        throw new AssertionError(words);
    }

    /** What the text sets is what its rest is cut by, so that a quote that is none here would hide a change there. */
    @ParameterizedTest
    @EnumSource
    void whatChangesTheCutIsATextOfItsOwn(MySqlDatabase database) throws Exception {
        String hidden = "SELECT '\\'; DELETE FROM kept; -- ' AS a, \"x\"";
        try (GuardedTables tables = GuardedTables.open(
                database, folder, POLICY, "CREATE TABLE kept (id INT)", "INSERT INTO kept VALUES (1)")) {
            try (Connection connection = tables.connectWithTexts();
                    Statement statement = connection.createStatement()) {
                for (String change : new String[] {
                    "SET sql_mode = 'NO_BACKSLASH_ESCAPES'",
                    "SET @m = 'NO_BACKSLASH_ESCAPES'; SET sql_mode = @m",
                    "SET @m = @@sql_mode; SELECT 'NO_BACKSLASH_ESCAPES' INTO @m; SET sql_mode = @m",
                    "SET @m = @@sql_mode; SET @m = 'NO_BACKSLASH_ESCAPES', sql_mode = @m; SET sql_mode = @m"
                }) {
                    assertThatThrownBy(() -> statement.execute(change + "; " + hidden))
                            .as(change)
                            .isInstanceOf(DenialException.class)
                            .hasMessageContaining("may change how text is cut");
                }
                statement.execute("SET @m = @@sql_mode; SET sql_mode = ''; SET sql_mode = @m; " + hidden);
            }
            assertThat(tables.count("kept")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "OLDER_MARIADB_BY_CONNECTOR_J"})
    void aCharacterSetFromAVariableThatHidesQuotesLetsNoMoreTextPass(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, "CREATE TABLE kept (id INT)")) {
            try (Connection connection = tables.connectToGoOn();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET @hiding = 'gbk'");
                statement.execute("SET character_set_client = @hiding");
                assertThatThrownBy(() -> statement.execute("SELECT 1"))
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("character set");
            }
        }
    }
}
