package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeWalkerFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT * FROM t                                                  | select t
            SELECT * FROM s.t                                                | select s.t
            SELECT * FROM d.s.t                                              | select d.s.t
            SELECT 1                                                         | ''
            (SELECT 1 FROM a) UNION ALL (SELECT 2 FROM b)                    | select a, select b
            SELECT 1 FROM a EXCEPT SELECT 2 FROM b INTERSECT SELECT 3 FROM c | select a, select b, select c
            VALUES (1, 2), (3, 4)                                            | ''
            TABLE t                                                          | select t
            SELECT * FROM a, b LEFT JOIN c ON a.x = c.x                      | select a, select b, select c
            SELECT * FROM a JOIN (b JOIN c USING (q)) ON TRUE                | select a, select b, select c
            SELECT * FROM (SELECT * FROM t) q                                | select t
            SELECT * FROM t, LATERAL (SELECT * FROM u WHERE u.x = t.x) q     | select t, select u
            SELECT * FROM (VALUES (1, 2)) AS v (a, b)                        | ''
            SELECT * FROM t FOR UPDATE OF t SKIP LOCKED                      | select t
            SELECT * FROM t FOR NO KEY UPDATE                                | select t
            SELECT * FROM t ORDER BY a LIMIT 1 OFFSET 2                      | select t
            SELECT * FROM t OFFSET 2 ROWS FETCH FIRST 1 ROWS ONLY            | select t
            SELECT * INTO n FROM t                                           | create n, insert n, select t
            SELECT * FROM generate_series(1, 3) g, unnest(ARRAY[1]) u        | ''
            SELECT * FROM wipe(1) w                                          | call wipe
            SELECT * FROM ROWS FROM (wipe(1), generate_series(1, 2)) AS z    | call wipe
            SELECT * FROM json_to_recordset('a') AS x (a int, b text)        | ''
            SELECT * FROM JSON_TABLE(d, 'a' COLUMNS (x INT PATH 'b')) j      | ''
            """)
    void queriesRead(String sql, String expected) {
        assertThat(Trees.effects(sql)).as(sql).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INSERT INTO t VALUES (1, 2)                                          | insert t
            INSERT INTO t (b, a) VALUES (1, 2), (3, 4)                           | insert t(a b)
            INSERT INTO t DEFAULT VALUES                                         | insert t
            INSERT INTO t (a) SELECT x FROM y                                    | insert t(a), select y
            INSERT INTO t (SELECT x FROM y)                                      | insert t, select y
            INSERT INTO t (a) OVERRIDING SYSTEM VALUE VALUES (1)                 | insert t(a)
            INSERT INTO t AS q (a) VALUES (1) ON CONFLICT DO NOTHING             | insert t(a)
            INSERT INTO t (a, b) VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET b = EXCLUDED.b WHERE t.a > 1 RETURNING a | insert t(a b), update t(b)
            INSERT INTO t (a) VALUES (1) ON CONFLICT ON CONSTRAINT k DO UPDATE SET (b, c) = (SELECT 1, x FROM y) | insert t(a), select y, update t(b c)
            INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE b = VALUES(b)   | insert t(a), update t(b)
            INSERT INTO t SET a = 1, b = (SELECT 1 FROM y)                       | insert t(a b), select y
            INSERT INTO t (a[1], b.c) VALUES (1, 2)                              | insert t(a b)
            WITH x AS (SELECT * FROM y) INSERT INTO t SELECT * FROM x            | insert t, select y
            INSERT INTO t WITH x AS (SELECT * FROM y) SELECT * FROM x            | insert t, select y
            REPLACE INTO t (a) VALUES (1)                                        | delete t, insert t(a)
            REPLACE INTO t SET a = 1                                             | delete t, insert t(a)
            REPLACE INTO t SELECT * FROM y                                       | delete t, insert t, select y
            INSERT OR REPLACE INTO t VALUES (1)                                  | delete t, insert t
            UPSERT INTO t (a) VALUES (1)                                         | insert t(a), update t(a)
            """)
    void insertsInsert(String sql, String expected) {
        assertThat(Trees.effects(sql)).as(sql).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE t SET a = 1 WHERE b = 2                                | update t(a)
            UPDATE t SET a = 1, b = DEFAULT                               | update t(a b)!
            UPDATE t AS q SET a = q.b RETURNING *                         | update t(a)!
            UPDATE t SET (b, c) = (SELECT 1, 2 FROM y)                    | select y, update t(b c)!
            UPDATE t SET (b, c) = (1, 2), a = 3 WHERE TRUE                | update t(a b c)
            UPDATE t SET arr[1] = 2                                       | update t(arr)!
            UPDATE t SET c.d = 2                                          | update t(c)!
            UPDATE t SET a = y.b FROM y JOIN z ON z.a = y.a WHERE TRUE    | select y, select z, update t(a)
            UPDATE t SET a = 1 FROM t AS u WHERE u.x = t.x                | select t, update t(a)
            UPDATE t SET a = 1 FROM b, LATERAL (SELECT x FROM c) d        | select b, select c, update t(a)!
            UPDATE a SET v = 1 FROM ledger a                              | select ledger, update a(v)!, update ledger(v)!
            UPDATE t JOIN u ON t.a = u.a SET t.x = 1, u.y = 2 WHERE TRUE  | select u, update t(t u), update u(t u)
            UPDATE t, u SET t.x = 1                                       | select u, update t(t)!, update u(t)!
            WITH x AS (SELECT 1 FROM y) UPDATE t SET a = 1 FROM x         | select y, update t(a)!
            """)
    void updatesUpdate(String sql, String expected) {
        assertThat(Trees.effects(sql)).as(sql).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE FROM t WHERE a = 1                                            | delete t
            DELETE FROM t                                                        | delete t!
            DELETE t WHERE a = 1                                                 | delete t
            DELETE FROM t AS q WHERE q.x IN (SELECT x FROM y) RETURNING *        | delete t, select y
            DELETE FROM t USING u, (SELECT * FROM v) q WHERE t.a = u.a           | delete t, select u, select v
            DELETE FROM a USING ledger a                                         | delete a!, delete ledger!, select ledger
            DELETE a FROM ledger a JOIN b ON a.x = b.x                           | delete ledger!, select b
            DELETE a, b FROM ledger a, foo b WHERE TRUE                          | delete foo, delete ledger, select foo
            DELETE b FROM ledger a JOIN foo b ON a.x = b.x                       | delete foo!, select foo, select ledger
            WITH x AS (SELECT 1 FROM y) DELETE FROM t WHERE a IN (SELECT * FROM x) | delete t, select y
            TRUNCATE TABLE a                                                     | truncate a
            TRUNCATE TABLE a, s.b                                                | truncate a, truncate s.b
            DROP TABLE a                                                         | drop a
            DROP TABLE IF EXISTS a, b, c.d CASCADE                               | drop a, drop b, drop c.d
            """)
    void deletesDelete(String sql, String expected) {
        assertThat(Trees.effects(sql)).as(sql).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MERGE INTO t USING s ON t.i = s.i WHEN MATCHED AND s.x > 1 THEN UPDATE SET a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (i) VALUES (s.i) | delete t, insert t(i), select s, update t(a)
            MERGE INTO t USING (SELECT * FROM s) q ON TRUE WHEN NOT MATCHED THEN INSERT VALUES (1) | insert t, select s
            WITH x AS (SELECT 1 FROM y) MERGE INTO t AS q USING x ON TRUE WHEN MATCHED THEN DELETE RETURNING merge_action(), q.* | delete t, select y
            MERGE INTO t USING s ON TRUE WHEN MATCHED THEN UPDATE SET a = 1 DELETE WHERE t.b = 2 | delete t, select s, update t(a)
            """)
    void mergesDoWhatTheirBranchesDo(String sql, String expected) {
        assertThat(Trees.effects(sql)).as(sql).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE x AS SELECT * FROM y                         | create x, insert x, select y
            CREATE OR REPLACE TABLE x AS SELECT * FROM y              | create x, drop x, insert x, select y
            CREATE TABLE x (a int PRIMARY KEY, b text NOT NULL)       | create x
            CREATE TABLE x (a int DEFAULT wipe())                     | call wipe, create x
            CREATE TABLE x (a int REFERENCES y (id))                  | create x, select y
            CREATE TABLE x (a int REFERENCES y (id) ON DELETE CASCADE) | alter y, create x, select y
            CREATE TABLE x (a int, FOREIGN KEY (a) REFERENCES y (id)) | create x, select y
            CREATE TABLE x (a int, CONSTRAINT k CHECK (a > wipe()))   | call wipe, create x
            CREATE TABLE x (a int CHECK (a > wipe()))                 | call wipe, create x
            CREATE TABLE x (a int CHECK (a IN ('(wipe(', 'b') AND lower(a) = s.wipe (1))) | call s.wipe, create x
            CREATE TABLE x (a int GENERATED ALWAYS AS (b * wipe(2)) STORED) | call wipe, create x
            CREATE TABLE x (a text COLLATE c NOT NULL UNIQUE)         | create x
            CREATE TABLE x LIKE y                                     | create x, select y
            CREATE TABLE x (LIKE y INCLUDING ALL)                     | create x, select y
            CREATE UNLOGGED TABLE x (a int, UNIQUE (a))               | create x
            CREATE GLOBAL TEMPORARY TABLE x (a int) ON COMMIT DELETE ROWS | create x
            """)
    void definitionsCreate(String sql, String expected) {
        assertThat(Trees.effects(sql)).as(sql).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE x (a int) INHERITS (y)
            CREATE TABLE x PARTITION OF y FOR VALUES FROM (1) TO (2)
            CREATE LINKED TABLE x ('a')
            CREATE TABLE x (a int CHECK (a > (SELECT 1)))
            CREATE TABLE x (a int SECRET)
            DROP VIEW v
            DROP TABLE a b
            CREATE VIEW v AS SELECT 1
            ALTER TABLE t ADD c int
            SET x = 1
            SELECT * FROM a.b.c.d
            SELECT * FROM a@link
            SELECT * FROM a..b
            UPDATE a..b SET c = 1
            INSERT INTO t (a) VALUES (1) RETURNING id INTO v
            SELECT * FROM t PIVOT (sum(a) FOR b IN (1, 2))
            SELECT a FROM t CONNECT BY PRIOR a = b
            SELECT * FROM t TABLESAMPLE BERNOULLI (1)
            FROM t |> WHERE a = 1
            """)
    void whatIsOnNoListIsNotUnderstood(String sql) {
        assertThat(Trees.effects(sql)).as(sql).startsWith("not understood: ");
    }
}
