package io.tierguard.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of statement that no server of the tests knows yet are read for all that they do, or refused. */
class MySqlNewerFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    CREATE TABLE t (id INT) START TRANSACTION                          | CREATE t | transaction end
                    CREATE TABLE t AS TABLE u                                          | CREATE t, INSERT t | transaction end
                    CREATE VIEW IF NOT EXISTS v AS SELECT wipe() FROM t                | CREATE v | transaction end;wipe()
                    CREATE TRIGGER IF NOT EXISTS x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1 | ALTER t | transaction end;DEFINE
                    CREATE FUNCTION f() RETURNS INT LANGUAGE JAVASCRIPT USING (l) AS 'return 1' |  | transaction end;DEFINE
                    CREATE FUNCTION f() RETURNS INT LANGUAGE JAVASCRIPT AS $$ return 1 $$ |  | UNREADABLE
                    CREATE EXTERNAL TABLE t (a INT)                                    |  | UNREADABLE
                    INSERT INTO t VALUES ROW(1, wipe()) AS n ON DUPLICATE KEY UPDATE a = n.a | INSERT t, UPDATE t | wipe()
                    REPLACE INTO t VALUES ROW(1)                                       | DELETE t, INSERT t |
                    DELETE FROM t AS x WHERE x.a = 1                                   | DELETE t |
                    WITH c AS (SELECT 1 a) DELETE x FROM t x JOIN c ON c.a = x.a       | DELETE t |
                    SELECT a FROM t GROUP BY GROUPING SETS ((a), (wipe()), ())         |  | wipe()
                    SELECT a, ROW_NUMBER() OVER (ORDER BY a) r FROM t QUALIFY wipe() = 1 |  | wipe()
                    SELECT a FROM t TABLESAMPLE SYSTEM (10)                            |  |
                    (SELECT a FROM t) INTERSECT (SELECT b FROM u) EXCEPT SELECT wipe() |  | wipe()
                    ALTER TABLE t ADD COLUMN v VECTOR(3), ENGINE_ATTRIBUTE = '{}'      | ALTER t | transaction end
                    ALTER TABLE t SECONDARY_LOAD GUIDED ON                             | ALTER t | transaction end
                    ANALYZE TABLE t UPDATE HISTOGRAM ON c WITH 10 BUCKETS AUTO UPDATE  |  |
                    EXPLAIN FORMAT = JSON INTO @v DELETE FROM t                        |  |
                    EXPLAIN ANALYZE FORMAT = JSON INTO @v DELETE FROM t                | DELETE t |
                    EXPLAIN ANALYZE FORMAT = JSON INTO @v FOR SCHEMA s DELETE FROM t   |  | UNREADABLE
                    EXPLAIN FOR QUERY 5                                                |  | UNREADABLE
                    LOAD DATA FROM INFILE 'x' COUNT 3 INTO TABLE t ALGORITHM = BULK    |  | UNREADABLE
                    START GROUP_REPLICATION                                            |  | ADMINISTER
                    CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'x'                     |  | ADMINISTER
                    RESET BINARY LOGS AND GTIDS                                        |  | ADMINISTER
                    SET PERSIST_ONLY foreign_key_checks = OFF                          |  | restricted global foreign_key_checks
                    """)
    void mySql(String sql, String writes, String beyond) {
        StatementFormsTest.assertForm(Dialect.MYSQL, sql, writes, beyond);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    UPDATE t SET a = 1 WHERE b = 2 RETURNING OLD_VALUE(a), wipe()      | UPDATE t | old_value();wipe()
                    DELETE FROM t AS x WHERE x.a = 1 RETURNING wipe()                  | DELETE t | wipe()
                    DELETE t FROM t JOIN u ON t.a = u.a ORDER BY t.a LIMIT 5           | DELETE t |
                    CREATE TABLE t (v VECTOR(5) NOT NULL, VECTOR INDEX (v) M = 8 DISTANCE = cosine) | CREATE t | transaction end
                    CREATE TRIGGER x AFTER INSERT OR UPDATE OR DELETE ON t FOR EACH ROW DELETE FROM u | ALTER t | transaction end;DEFINE
                    CREATE TRIGGER x BEFORE UPDATE OF a, b ON t FOR EACH ROW SET NEW.a = 1 | ALTER t | transaction end;DEFINE
                    CREATE PROCEDURE p(a INT DEFAULT wipe()) DELETE FROM t             |  | transaction end;DEFINE
                    CREATE GLOBAL TEMPORARY TABLE t (a INT)                            |  | UNREADABLE
                    CREATE SEQUENCE s AS BIGINT START WITH 1                           | CREATE s | transaction end
                    ALTER TABLE t CONVERT PARTITION p TO TABLE u WITH VALIDATION       | ALTER t, CREATE u, INSERT u, TRUNCATE t | transaction end
                    BEGIN NOT ATOMIC DECLARE c SYS_REFCURSOR; OPEN c FOR SELECT wipe(); CLOSE c; END |  | wipe()
                    BEGIN NOT ATOMIC DECLARE c SYS_REFCURSOR; OPEN c FOR stmt; END     |  | DEFINE
                    BEGIN NOT ATOMIC TYPE r IS TABLE OF INT INDEX BY INT; DELETE FROM t; END |  | DEFINE
                    SELECT SUM(a) FILTER (WHERE wipe() > 1) FROM t FULL OUTER JOIN u ON t.a = u.a |  | wipe()
                    SELECT a IS JSON, wipe() FROM t                                    |  | wipe()
                    SELECT * FROM t, u WHERE t.a = u.a (+) AND wipe() = 1              |  | wipe()
                    SET SESSION AUTHORIZATION x@y                                      |  | UNREADABLE
                    SET PATH 'a,b'                                                     |  | UNREADABLE
                    DENY SELECT ON t TO u                                              |  | UNREADABLE
                    """)
    void mariaDb(String sql, String writes, String beyond) {
        StatementFormsTest.assertForm(Dialect.MARIADB, sql, writes, beyond);
    }
}
