package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code whose strings the catalog of MySQL tells otherwise than they were written is not read where they could hide some. */
class MySqlKeptCodeTest {
    private static boolean isRead(Dialect dialect, String body) {
        return new SqlAnalyzer(LexicalModes.defaultsOf(dialect))
                .analyzeProcedure(body).statements().stream().noneMatch(StatementEffects.Unreadable.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN SELECT 'it's'; DELETE FROM t; SELECT 'b'; END",
                "BEGIN SELECT 'a', wipe(), 'b'; SELECT ' x(1) '; END",
                "BEGIN SELECT \"a\"; SELECT \"; drop table t; \"; END",
                "BEGIN SELECT ' , t.a = 0, '; END",
                "BEGIN SELECT 1; -- b'; DELETE FROM t;\n END",
                "BEGIN SELECT 1; /* b'; DELETE FROM t; ' */ END",
                "BEGIN SELECT 1 AS `b'; DELETE FROM t; SELECT `; END",
                "BEGIN SELECT N'; DELETE FROM t; '; END",
                "BEGIN SELECT ' THEN DELETE FROM t; '; END",
                "BEGIN SELECT ' ELSE  /* x */ delete from t; '; END",
                "BEGIN SELECT ' DO truncate t'; END",
                "BEGIN SELECT ' DELETE FROM t; '; END",
                "BEGIN SELECT '; SET NAMES gbk; '; END",
                "BEGIN SELECT '; RESET MASTER; SELECT '; END",
                "BEGIN SELECT ', a FROM v WHERE b <> '; END",
                "BEGIN SELECT ' UNION TABLE v ORDER BY '; END",
            })
    void whatCouldHideCodeIsNotRead(String body) {
        assertThat(isRead(Dialect.MYSQL, body)).as(body).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN UPDATE t SET a = 'new', b = \"x\"; END",
                "BEGIN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'there are too many'; END",
                "BEGIN -- delete what is old\n DELETE FROM t WHERE a = ''; END",
                "BEGIN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'you cannot delete or update a closed order'; END",
            })
    void whatHidesNothingIsRead(String body) {
        assertThat(isRead(Dialect.MYSQL, body)).as(body).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN UPDATE t SET a = 'do not delete it''s (old)'; END"})
    void whatMariaDbTellsAsItWasWrittenIsRead(String body) {
        assertThat(isRead(Dialect.MARIADB, body)).as(body).isTrue();
        assertThat(isRead(Dialect.MARIADB, body.replace("old", "old\\\\")))
                .as(body)
                .isFalse();
    }
}
