package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands behind a change of the mode or the character set is read where the server cuts it alike, and only there. */
class MySqlRestTest {
    private static final String DELETE = "DELETE FROM ledger";

    private static List<StatementEffects> read(LexicalModes modes, String sql) {
        return new SqlAnalyzer(modes).analyze(sql, Placeholders.NONE).statements();
    }

    private static StatementEffects last(LexicalModes modes, String sql) {
        List<StatementEffects> statements = read(modes, sql);
        return statements.get(statements.size() - 1);
    }

    private static LexicalModes mode(String sqlMode) {
        return LexicalModes.ofMySql(Dialect.MYSQL, sqlMode, MySqlServer.of("8.0.36", "utf8mb4"));
    }

    private static LexicalModes mariaMode(String sqlMode) {
        return LexicalModes.ofMySql(Dialect.MARIADB, sqlMode, MySqlServer.of("10.11.6-MariaDB", "utf8mb4"));
    }

    private static void assertRead(LexicalModes modes, String sql) {
        assertThat(last(modes, sql)).as(sql).isInstanceOf(StatementEffects.Understood.class);
        assertThat(Analysis.writes(new SqlAnalyzer(modes).analyze(sql, Placeholders.NONE)))
                .as(sql)
                .contains("DELETE ledger")
                .doesNotContain("UNREADABLE");
    }

    private static void assertNotRead(LexicalModes modes, String sql) {
        assertThat(last(modes, sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        StatementEffects.Unreadable.class,
                        unread -> assertThat(unread.problem().message())
                                .contains("behind one that may change how text is cut"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The mode is another, and cuts alike.
                "SET sql_mode = 'STRICT_TRANS_TABLES'; INSERT INTO a VALUES ('\\'', \"x\", '[{ü'); ",
                "SET sql_mode = ''; SET autocommit = 1; SELECT \"'\"; ",
                "SET SESSION sql_mode = 'TRADITIONAL', @a = '\\''; SELECT '\\''; ",
                "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;\nSELECT '\\''; ",
                // It is not known, or is another, and nothing in what follows is cut by it.
                "SET sql_mode = @old; ",
                "SET sql_mode = DEFAULT; SELECT 'a', `b`, 'ü', '{}' FROM c; ",
                "SET sql_mode = 'ANSI_QUOTES'; SELECT 'a\\'b'; ",
                "SET sql_mode = 'NO_BACKSLASH_ESCAPES'; SELECT \"a\"; ",
                "SET sql_mode = 'IGNORE_SPACE'; SELECT \"a\", '\\'', max(id) FROM a; ",
                // So with the character set.
                "SET character_set_client = @old; ",
                "SET character_set_client = DEFAULT; SELECT '\\'', \"x\", `y` FROM a WHERE b = 1 OR NOT (c <> 2); ",
                // What is set again is what was kept in the same text.
                "SET @s = @@character_set_client; SET character_set_client = utf8mb4; CREATE TABLE a (b int, FOREIGN KEY (b) REFERENCES t (id));"
                        + " SET character_set_client = @s; INSERT INTO a VALUES ('it\\'s'); ",
                "SET @s = @@character_set_client; SET character_set_client = utf8; CREATE TABLE `a` (`id` int);"
                        + " SET character_set_client = @s; LOCK TABLES a WRITE; INSERT INTO a VALUES ('ü{\\'', \"x\"); ",
                "SET @s = @@sql_mode, sql_mode = ''; DROP TABLE IF EXISTS a; SET @@session.sql_mode = @S; SELECT '\\'', \"x\"; ",
                "SET @s := @@sql_mode; SET @t = 1, @u = @@net_read_timeout; SET SESSION sql_mode = @s; SELECT '\\''; ",
            })
    void whatIsCutAlikeIsRead(String before) {
        assertRead(mode(""), before + DELETE);
        assertRead(mariaMode(""), before + DELETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET sql_mode = 'ANSI_QUOTES'; SELECT \"'\"; ",
                "SET sql_mode = 'ANSI'; SELECT '\"'; ",
                "SET sql_mode = 'NO_BACKSLASH_ESCAPES'; SELECT '\\\\'; ",
                "SET sql_mode = 'IGNORE_SPACE'; SELECT max (id) FROM a; ",
                "SET sql_mode = @old; SELECT '\\\\'; ",
                "SET sql_mode = @old; SELECT \"x\"; ",
                "SET sql_mode = @old; SELECT count (id) FROM a; ",
                "SET sql_mode = @old; SELECT '['; ",
                "SET sql_mode = 'ANSI_QUOTES'; SET sql_mode = ''; SELECT \"x\"; ",
                "SET sql_mode = 'ORACLE'; ",
                "SET NAMES gbk; ",
                "SET character_set_client = @old; SELECT 'ü'; ",
                "SET character_set_client = @old; SELECT '{'; ",
                "SET character_set_client = @old; SELECT 1 ^ 2; ",
                "SET character_set_client = @old; SELECT `a|b` FROM c; ",
                "SET character_set_client = @old; PREPARE s FROM 'SELECT 1'; ",
                // What a variable holds is certain only where nothing could have set it since.
                "SET @s = @@sql_mode; CALL p(); SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode; INSERT INTO a VALUES (1); SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode; SELECT @s := 'ANSI_QUOTES'; SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode; SELECT 'ANSI_QUOTES' INTO @s; SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode; SET @s = 'ANSI_QUOTES'; SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode; SET @`s ` = 'ANSI_QUOTES'; SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode; SET @t = (@s := 'ANSI_QUOTES'); SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode; SET @t = f(); SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode; CREATE TABLE a AS SELECT f(); SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode; CREATE TABLE a TABLE b; SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode, sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@sql_mode; SET @s = 'ANSI_QUOTES', sql_mode = @s; SELECT '\\''; ",
                "SET sql_mode = 'ANSI_QUOTES', @s = @@sql_mode; SET sql_mode = @s; SELECT \"x\"; ",
                "SET @s = @@global.sql_mode; SET sql_mode = @s; SELECT '\\''; ",
                "SET @s = @@character_set_client; SET sql_mode = @s; SELECT '\\''; ",
                "SET character_set_client = @o; SET @s = @@character_set_client; SET character_set_client = @s; SELECT 'ü'; ",
                "SET @s = @@character_set_client; SET character_set_client = @s, NAMES gbk; SELECT 'ü'; ",
                "SET @s = @@character_set_results; SET character_set_client = @s; SELECT 'ü'; ",
            })
    void whatCouldBeCutOtherwiseIsNot(String before) {
        assertNotRead(mode(""), before + DELETE);
        assertNotRead(mariaMode(""), before + DELETE);
    }

    @Test
    void whatHoldsIsThatOfTheSession() {
        assertRead(mode("ANSI_QUOTES"), "SET sql_mode = 'ANSI_QUOTES'; SELECT \"x\" FROM a; " + DELETE);
        assertNotRead(mode("ANSI_QUOTES"), "SET sql_mode = ''; SELECT \"x\" FROM a; " + DELETE);
        assertRead(mode("NO_BACKSLASH_ESCAPES"), "SET sql_mode = 'NO_BACKSLASH_ESCAPES'; SELECT '\\'; " + DELETE);
        assertNotRead(mode("NO_BACKSLASH_ESCAPES"), "SET sql_mode = ''; SELECT '\\'; " + DELETE);
        assertRead(mode("IGNORE_SPACE"), "SET sql_mode = 'IGNORE_SPACE'; SELECT max (id) FROM a; " + DELETE);
        assertNotRead(mode("IGNORE_SPACE"), "SET sql_mode = ''; SELECT max (id) FROM a; " + DELETE);
        assertNotRead(mariaMode("MSSQL"), "SET sql_mode = 'ANSI_QUOTES'; SELECT [x] FROM a; " + DELETE);
    }

    /** A driver that has to write a value into the text does so by the mode and character set from before it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET sql_mode = 'NO_BACKSLASH_ESCAPES'; UPDATE a SET b = ?",
                "SET sql_mode = @old; UPDATE a SET b = ?",
                "SET sql_mode = DEFAULT; SELECT 1; UPDATE a SET b = ?",
                "SET character_set_client = @old; UPDATE a SET b = ?",
                "EXECUTE p; UPDATE a SET b = ?"
            })
    void valuesOfAnotherModeAreNotRead(String sql) {
        List<StatementEffects> statements = new SqlAnalyzer(mariaMode(""))
                .analyze(sql, Placeholders.QUESTION_MARKS)
                .statements();

        assertThat(statements.get(statements.size() - 1)).isInstanceOf(StatementEffects.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET sql_mode = 'STRICT_TRANS_TABLES'; UPDATE a SET b = ?",
                "SET sql_mode = 'ANSI_QUOTES'; UPDATE a SET b = ?",
                "SET autocommit = ?; UPDATE a SET b = ?",
                "SET sql_mode = @old; UPDATE a SET b = @b",
                "UPDATE a SET b = ?; SET sql_mode = 'NO_BACKSLASH_ESCAPES'; UPDATE a SET b = 1",
            })
    void valuesOfTheSameModeAreRead(String sql) {
        List<StatementEffects> statements = new SqlAnalyzer(mariaMode(""))
                .analyze(sql, Placeholders.QUESTION_MARKS)
                .statements();

        assertThat(statements.get(statements.size() - 1)).isInstanceOf(StatementEffects.Understood.class);
    }
}
