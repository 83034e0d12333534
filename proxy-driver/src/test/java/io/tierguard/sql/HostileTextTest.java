package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM ledger",
                "delete\nfrom\tledger",
                "DELETE/**/FROM/**/ledger",
                "DELETE /* /* nested */ ' */ FROM ledger",
                "SELECT 1 -- '\n; DELETE FROM ledger",
                "SELECT 1 -- \r DELETE FROM x; DELETE FROM ledger",
                "SELECT ';' ; DELETE FROM ledger",
                "SELECT 'it''s'; DELETE FROM ledger; --'",
                "SELECT '\\'; DELETE FROM ledger; --'",
                "SELECT E'\\''; DELETE FROM ledger; --'",
                "SELECT $$'$$; DELETE FROM ledger; --'",
                "SELECT $a$ $$ $b$ $a$; DELETE FROM ledger; -- $a$",
                "SELECT a$$ FROM t; DELETE FROM ledger; -- $$",
                "DELETE FROM \"ledger\"",
                "DELETE FROM \"public\".\"ledger\"",
                "DELETE FROM U&\"l\\0065dger\"",
                "DELETE FROM U&\"l\\+000065dger\"",
                "DELETE FROM U&\"l!0065dger\" UESCAPE '!'",
                "DELETE FROM U&\"l!0065dger\" /* c */ UESCAPE /* d */ '!'",
                "DELETE FROM ONLY ledger",
                "DELETE FROM ONLY (ledger)",
                "DELETE FROM ledger *",
                "DELETE FROM LEDGER AS ledger_archive",
                "DELETE FROM ledger USING other",
                "DELETE FROM ledger WHERE CURRENT OF c",
                "WITH x AS (DELETE FROM ledger RETURNING *) SELECT * FROM x",
                "WITH x AS MATERIALIZED (DELETE FROM ledger RETURNING *) SELECT * FROM x",
                "WITH x AS (SELECT 1) DELETE FROM ledger",
                "WITH ledger AS (SELECT 1) DELETE FROM ledger",
                "WITH a AS (WITH b AS (DELETE FROM ledger RETURNING *) SELECT * FROM b) SELECT * FROM a",
                "EXPLAIN ANALYZE DELETE FROM ledger",
                "EXPLAIN (VERBOSE, ANALYZE) DELETE FROM ledger",
                "EXPLAIN (ANALYZE false, ANALYZE) DELETE FROM ledger",
                "EXPLAIN (\"analyze\") DELETE FROM ledger",
                "EXPLAIN ANALYZE VERBOSE WITH x AS (DELETE FROM ledger RETURNING *) TABLE x",
                "COPY (DELETE FROM ledger RETURNING *) TO STDOUT",
                "DECLARE c CURSOR FOR WITH x AS (DELETE FROM ledger RETURNING *) SELECT * FROM x",
                "MERGE INTO ledger USING s ON ledger.id = s.id WHEN MATCHED THEN DELETE",
                "CREATE TABLE t AS WITH x AS (DELETE FROM ledger RETURNING *) SELECT * FROM x",
                "INSERT INTO t WITH x AS (DELETE FROM ledger RETURNING *) SELECT * FROM x",
                "; ; DELETE FROM ledger",
                "BEGIN; DELETE FROM ledger; COMMIT",
                "DELETE FROM ledger WHERE a = ANY (ARRAY[1,2])",
                "DELETE FROM ledger WHERE a @> '{}'::jsonb",
                "SELECT 1 AS a\f; DELETE FROM ledger",
                "SELECT '\u00e9'; DELETE FROM ledger",
                "SELECT 1 +-- c\n 2; DELETE FROM ledger",
                "SELECT 1 */* c */ 2; DELETE FROM ledger",
                "SELECT 'a'\n'b'; DELETE FROM ledger",
                "SELECT 'a' -- '\n'b'; DELETE FROM ledger",
                "SELECT B'1', X'ff', N'a'; DELETE FROM ledger",
                "SELECT tg_name_0, \"x\"; DELETE FROM \"ledger\" -- tg_name_0",
                "CREATE FUNCTION f() RETURNS void BEGIN ATOMIC SELECT 1; END; DELETE FROM ledger"
            })
    void aDeleteHiddenFromAReaderOfPostgreSqlIsFound(String sql) {
        assertThat(Analysis.writes(Analysis.of(Dialect.POSTGRESQL, sql)))
                .anyMatch(write -> write.equals("UNREADABLE") || write.matches("DELETE (public\\.)?ledger"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';DELETE FROM ledger;'",
                "SELECT $$;DELETE FROM ledger;$$",
                "SELECT $a$;DELETE FROM ledger;$$ $a$",
                "SELECT 1 -- ;DELETE FROM ledger",
                "SELECT 1 /* ;DELETE FROM ledger; /* */ DELETE FROM ledger; */",
                "SELECT E'\\'; DELETE FROM ledger; --'",
                "SELECT \"; DELETE FROM ledger; --\" FROM t",
                "SELECT delete, \"update\", t.insert FROM t",
                "SELECT replace(a, 'DELETE', 'x') FROM t",
                "SELECT * FROM t FOR UPDATE",
                "SELECT * FROM t FOR NO KEY UPDATE OF t SKIP LOCKED",
                "SELECT * FROM t WHERE (delete IS NULL)",
                "SELECT CASE WHEN a THEN update ELSE insert END FROM t",
                "SELECT count(*) AS delete FROM t",
                "EXPLAIN DELETE FROM ledger",
                "EXPLAIN (VERBOSE) DELETE FROM ledger"
            })
    void aReadThatOnlyLooksLikeAWriteWritesNothing(String sql) {
        assertThat(Analysis.writes(Analysis.of(Dialect.POSTGRESQL, sql))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a",
                "SELECT \"a",
                "SELECT $$a",
                "SELECT $a$ x $A$",
                "SELECT /* a",
                "SELECT /* /* a */",
                "SELECT 1 /*/ */ ",
                "SELECT E'a\\",
                "SELECT U&'\\00'",
                "SELECT U&\"\\D8000\" UESCAPE 'a'",
                "SELECT 1\u0000",
                "SELECT 1\u000b",
                "SELECT 1\u0001",
                "SELECT\u00a01",
                "SELECT 1\u2028",
                "SELECT a\u200bb",
                "SELECT '\ud800'",
                "SELECT 123abc",
                "SELECT 1$$a$$",
                "SELECT $",
                "SELECT 'a'E'\\''",
                "SELECT E'a'\n'\\''",
                "SELECT (1",
                "SELECT 1)",
                "SELECT (1]",
                "SELECT {d '2020}'; DELETE FROM ledger; --'}",
                "SELECT {fn ucase('a') /* } */ }",
                "SELECT * FROM {oj a LEFT JOIN b ON a.x = '}'}",
                "SELECT * FROM {ojledger}",
                "SELECT {x 1}"
            })
    void whatPostgreSqlOrItsDriverMightCutDifferentlyIsRefused(String sql) {
        assertThat(Analysis.of(Dialect.POSTGRESQL, sql).statements())
                .singleElement()
                .isInstanceOf(StatementEffects.Unreadable.class);
    }
}
