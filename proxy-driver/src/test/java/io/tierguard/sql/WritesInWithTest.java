package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A change of rows in a WITH of PostgreSQL is read in full where it has a WITH of its own, or is a MERGE. */
class WritesInWithTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            WITH a AS (WITH b AS (SELECT id FROM s) INSERT INTO t (id) SELECT id FROM b RETURNING *) SELECT id FROM a | insert t(id); select s
            WITH a (x) AS NOT MATERIALIZED (WITH b AS (SELECT 1) INSERT INTO t SELECT * FROM b RETURNING 1) SELECT x FROM a | insert t
            WITH a AS (WITH b AS (SELECT 1 AS id) UPDATE t SET c = b.id FROM b WHERE t.id = b.id RETURNING t.*) SELECT * FROM a | update t(c)
            WITH a AS (WITH b AS (SELECT 1 AS id) UPDATE t SET c = b.id FROM b RETURNING 1) SELECT * FROM a | update t(c), no where
            WITH a AS (WITH b AS (SELECT id FROM s) DELETE FROM t USING b WHERE t.id = b.id RETURNING 1) SELECT * FROM a | delete t; select s
            WITH a AS (WITH b AS (SELECT 1) DELETE FROM t RETURNING 1) SELECT * FROM a | delete t, no where
            WITH p AS (SELECT 1 AS id), a AS (WITH b AS (SELECT id FROM p) INSERT INTO t (id) SELECT id FROM b RETURNING 1) SELECT * FROM a, p | insert t(id)
            WITH p AS (SELECT 1), a AS (WITH RECURSIVE b AS (SELECT 1) INSERT INTO t SELECT * FROM b, p RETURNING 1) SELECT 1 | insert t
            WITH a AS (WITH b AS (SELECT 1) INSERT INTO t SELECT * FROM p RETURNING 1), p AS (SELECT 1) SELECT 1 | insert t; select p
            WITH p AS (SELECT 1), a AS (WITH b AS (SELECT * FROM p), p AS (SELECT 1) INSERT INTO t SELECT * FROM b RETURNING 1) SELECT 1 | insert t; select p
            WITH a AS (WITH b AS (SELECT 1) INSERT INTO t SELECT * FROM a RETURNING 1) SELECT 1 FROM a | insert t; select a
            WITH b AS (SELECT 1), a AS (WITH c AS (SELECT 1) DELETE FROM b WHERE id IN (SELECT * FROM c) RETURNING 1) SELECT 1 | delete b
            WITH a AS (WITH b AS (SELECT wipe(1)) INSERT INTO t SELECT * FROM b RETURNING other(2)) SELECT third() | insert t; routine third; routine other; routine wipe
            WITH a AS (WITH b AS (SELECT 1) INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET c = 2 RETURNING 1) SELECT 1 | insert t(id); update t(c)
            WITH a AS (WITH b AS (SELECT 1) UPDATE t SET c = 1 WHERE id = 2), d AS (WITH b AS (SELECT 2) DELETE FROM u WHERE id = 2) INSERT INTO v SELECT 1 | delete u; insert v; update t(c)
            WITH a AS (MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE RETURNING t.id) SELECT * FROM a | delete t; select s
            WITH s AS (SELECT 1 AS id), a AS (MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (1) RETURNING t.id) SELECT * FROM a | insert t(id)
            WITH s AS (SELECT 1 AS id), a AS (WITH r AS (SELECT id FROM s) MERGE INTO t USING r ON t.id = r.id WHEN MATCHED THEN UPDATE SET c = 1) SELECT 1 | update t(c)
            EXPLAIN ANALYZE WITH a AS (WITH b AS (SELECT 1) DELETE FROM t WHERE id = 1 RETURNING 1) SELECT * FROM a | delete t
            CREATE TABLE n AS WITH a AS (SELECT 1) SELECT * FROM a | create n; insert n
            WITH a AS (SELECT 1), with_b AS (SELECT 2) SELECT * FROM a, with_b | nothing
            """)
    void whatItDoesIsWhatItsStatementsDo(String sql, String needs) {
        assertThat(Needs.of(Dialect.POSTGRESQL, sql)).as(sql).isEqualTo(needs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH a AS (WITH b AS (SELECT 1) INSERT INTO t SELECT set_config('search_path', 's', false) RETURNING 1) SELECT 1",
                "WITH a AS (WITH b AS (SELECT set_config('search_path', 's', false)) INSERT INTO t SELECT * FROM b) SELECT 1",
                "WITH a AS (MERGE INTO t USING s ON set_config('search_path', 's', true) = '' WHEN MATCHED THEN DELETE) SELECT 1",
            })
    void whatChangesTheSessionInItIsNotFollowed(String sql) {
        assertThat(Needs.of(Dialect.POSTGRESQL, sql))
                .as(sql)
                .startsWith("bounded")
                .contains("routine set_config");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH a AS (WITH b AS (SELECT 1); DELETE FROM t) SELECT 1",
                "WITH a AS (WITH b AS (SELECT 1; DROP TABLE t) INSERT INTO t SELECT 1) SELECT 1",
                "WITH a AS (WITH b AS (SELECT 1) INSERT INTO t SELECT 1; DROP TABLE t) SELECT 1",
            })
    void aSemicolonInItIsRefused(String sql) {
        assertThat(Needs.of(Dialect.POSTGRESQL, sql)).as(sql).isEqualTo("unreadable");
    }

    @Test
    void whatIsNotUnderstoodInItIsBoundedByTheWordsOfAll() {
        String sql = "WITH a AS (WITH b AS (SELECT 1) DELETE FROM t WHERE CURRENT x OF y RETURNING 1) SELECT 1 FROM u";
        assertThat(Needs.of(Dialect.POSTGRESQL, sql))
                .startsWith("bounded: ")
                .contains("delete t", "delete u", "delete y");
    }

    /** Only a plain statement of WITH nests so: what the server itself refuses is bounded by its words at least. */
    @Test
    void itNestsNoDeeperThanTheServerHasIt() {
        String sql =
                "WITH a AS (WITH b AS (WITH c AS (SELECT 1) DELETE FROM t RETURNING 1) INSERT INTO u SELECT * FROM b)"
                        + " SELECT 1";
        assertThat(Needs.of(Dialect.POSTGRESQL, sql)).contains("delete t", "insert u");
    }

    @Test
    void rowsAreNotCountedInIt() {
        AnalyzedText text = Analysis.of(
                Dialect.POSTGRESQL, "WITH a AS (WITH b AS (SELECT 1) DELETE FROM t WHERE id = 1 RETURNING 1) SELECT 1");
        assertThat(text.statements().get(0))
                .isInstanceOfSatisfying(
                        StatementEffects.Understood.class,
                        statement -> assertThat(statement.nestsWrites()).isTrue());
    }
}
