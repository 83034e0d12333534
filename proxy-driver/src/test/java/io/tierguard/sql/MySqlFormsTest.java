package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One row per form of statement of MySQL and MariaDB: what it writes, and what else it does. */
class MySqlFormsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH Ledger AS (SELECT 1) SELECT * FROM ledger",
                "WITH x AS (SELECT 1), Ledger (a) AS (SELECT 1) SELECT * FROM `ledger`",
                "WITH `Ledger` AS (SELECT 1) DELETE FROM t WHERE a IN (SELECT a FROM ledger)",
                "INSERT INTO t WITH LEDGER AS (SELECT 1) SELECT * FROM ledger"
            })
    void aTableIsReadWhoseNameDiffersByCaseAloneFromACommonTableExpression(String sql) {
        for (Dialect dialect : new Dialect[] {Dialect.MYSQL, Dialect.MARIADB}) {
            assertThat(Analysis.reads(Analysis.of(dialect, sql))).as(sql).contains("ledger");
        }
        assertThat(Analysis.reads(Analysis.of(Dialect.MYSQL, "with x AS (SELECT 1) select * FROM x JOIN t AS y")))
                .containsExactly("t");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    SELECT SQL_CALC_FOUND_ROWS HIGH_PRIORITY * FROM t USE INDEX FOR ORDER BY (i), u IGNORE KEY (j) WHERE a RLIKE 'x' |  |
                    SELECT DISTINCTROW a FROM t STRAIGHT_JOIN u ON t.a = u.a           |  |
                    SELECT a, b INTO @x, @y FROM t WHERE c = 1 FOR UPDATE              |  |
                    SELECT * FROM t INTO OUTFILE '/tmp/x' CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' ENCLOSED BY '"' LINES TERMINATED BY 'x' |  | ADMINISTER
                    SELECT a FROM t INTO DUMPFILE '/tmp/x'                             |  | ADMINISTER
                    SELECT a FROM t INTO OUTFILE URL 'x'                               |  | UNREADABLE
                    SELECT a FROM t INTO OUTFILE WITH PARAMETERS '{}'                  |  | UNREADABLE
                    INSERT INTO dumpfile VALUES (1)                                    | INSERT dumpfile |
                    SELECT * FROM t LOCK IN SHARE MODE                                 |  |
                    SELECT * FROM t FOR SHARE OF t SKIP LOCKED                         |  |
                    SELECT * FROM t PARTITION (p0, p1) x                               |  |
                    SELECT wipe() FROM t                                               |  | wipe()
                    SELECT load_file('/etc/passwd'), sys_exec('x'), setval(1, 1), master_pos_wait('x', 1) |  | load_file();sys_exec();setval();master_pos_wait()
                    SELECT a->'$.x', a->>'$.y' FROM t                                  |  |
                    VALUES ROW(1, 2), ROW(3, wipe())                                   |  | wipe()
                    TABLE t ORDER BY a LIMIT 2                                         |  |
                    SELECT DATE_ADD(NOW(), INTERVAL wipe() DAY), NOW() - INTERVAL a + 1 HOUR |  | wipe()
                    SELECT INTERVAL(1, 2, wipe())                                      |  | wipe()
                    SELECT MATCH(a, b) AGAINST (wipe() IN BOOLEAN MODE) FROM t         |  | wipe()
                    SELECT GROUP_CONCAT(DISTINCT a ORDER BY wipe() SEPARATOR ',') FROM t GROUP BY c DESC WITH ROLLUP |  | wipe()
                    SELECT 1 'alias', a AS "x" FROM t                                  |  |
                    SELECT _utf8mb4'x' COLLATE utf8mb4_bin, N'abc', x'41', 0x41, b'1'  |  |
                    SELECT CAST(wipe() AS UNSIGNED INTEGER), CONVERT(a, CHAR(10)), CONVERT(a USING utf8), BINARY a FROM t |  | wipe()
                    SELECT a DIV b, a MOD b, !wipe(), a <=> b, a XOR b, a && b FROM t  |  | wipe()
                    SELECT @a := a, @b FROM t, (SELECT @a := wipe()) x                 |  | wipe()
                    SELECT * FROM (t1, t2) LEFT JOIN (t3, t4) ON t1.a = t3.a           |  |
                    SELECT TRIM(LEADING 'x' FROM a), SUBSTRING(a FROM 1 FOR 2), POSITION('a' IN b), EXTRACT(DAY FROM wipe()) FROM t |  | wipe()
                    SELECT 1 < a < 3, a IN (1, 2) IS TRUE, a = ANY (SELECT wipe()) IS NULL FROM t |  | wipe()
                    WITH RECURSIVE c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c) SELECT * FROM c |  |
                    SELECT j.a FROM t, JSON_TABLE(t.doc, '$[*]' COLUMNS (n FOR ORDINALITY, a INT PATH '$.a' DEFAULT '0' ON EMPTY, NESTED PATH '$.b' COLUMNS (c INT PATH '$'))) j |  |
                    SELECT COUNT(*) OVER (w ORDER BY a ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) FROM t WINDOW w AS (PARTITION BY a) |  |
                    SELECT a FROM t WHERE MATCH a, t.b AGAINST ('x' WITH QUERY EXPANSION) LOCK IN SHARE MODE SKIP LOCKED | |
                    SELECT a FROM t UNION DISTINCT SELECT b FROM u INTERSECT SELECT c FROM v |  |
                    SELECT @@version, @@session.autocommit, @x, @'y z'                 |  |
                    DELETE FROM t WHERE a = 1 ORDER BY b LIMIT 3                       | DELETE t |
                    DELETE LOW_PRIORITY QUICK IGNORE FROM t                            | DELETE t |
                    DELETE a FROM ledger a JOIN t ON a.id = t.id                       | DELETE ledger |
                    DELETE FROM a USING ledger AS a, t WHERE a.id = t.id               | DELETE ledger |
                    DELETE ledger FROM t AS LEDGER JOIN ledger ON ledger.id = LEDGER.id | DELETE ledger, DELETE t |
                    DELETE FROM ledger USING b.ledger JOIN t AS LEDGER ON LEDGER.id = 1 | DELETE b.ledger, DELETE t |
                    DELETE a.*, t FROM ledger a, t                                     | DELETE ledger, DELETE t |
                    DELETE ledger FROM audit.ledger                                    | DELETE audit.ledger |
                    DELETE t FROM t JOIN ledger                                        | DELETE t |
                    UPDATE (SELECT a FROM u) q, t SET t.b = 1 WHERE q.a = t.a          | UPDATE t |
                    UPDATE (SELECT a FROM u) AS q LEFT JOIN s.t x ON q.a = x.a JOIN v ON v.a = x.a SET x.b = wipe() | UPDATE s.t | wipe()
                    UPDATE (SELECT a FROM u) q JOIN t JOIN v SET b = 1                 | UPDATE t, UPDATE v |
                    UPDATE LOW_PRIORITY IGNORE t SET a = 1 ORDER BY b LIMIT 3          | UPDATE t |
                    UPDATE t o JOIN ledger c ON o.c = c.id SET o.state = c.x WHERE c.id = 2 | UPDATE t |
                    UPDATE t o JOIN ledger c ON o.c = c.id SET o.state = 1, c.x = 2    | UPDATE ledger, UPDATE t |
                    UPDATE t, ledger SET state = 1                                     | UPDATE ledger, UPDATE t |
                    UPDATE t SET a = (SELECT wipe() FROM u)                            | UPDATE t | wipe()
                    WITH x AS (SELECT 1 a) UPDATE t, x SET t.a = x.a                   | UPDATE t |
                    WITH x AS (SELECT 1) DELETE FROM t WHERE a IN (SELECT * FROM x)    | DELETE t |
                    INSERT IGNORE t SET a = 1, b = wipe()                              | INSERT t | wipe()
                    INSERT t () VALUES (), ()                                          | INSERT t |
                    INSERT INTO t VALUE (1)                                            | INSERT t |
                    INSERT INTO t (a, b) VALUES (1, 2) AS new (x, y) ON DUPLICATE KEY UPDATE b = y | INSERT t, UPDATE t |
                    INSERT INTO t (a, b) VALUES (1, 2) ON DUPLICATE KEY UPDATE b = VALUES(b) + wipe() | INSERT t, UPDATE t | wipe()
                    INSERT INTO t SELECT * FROM u ON DUPLICATE KEY UPDATE a = 1        | INSERT t, UPDATE t |
                    INSERT INTO t SELECT u.a FROM u JOIN v ON u.a = v.a ON DUPLICATE KEY UPDATE a = 1 | INSERT t, UPDATE t |
                    INSERT INTO t SELECT u.a FROM u, v ON DUPLICATE KEY UPDATE a = wipe(1) | INSERT t, UPDATE t | wipe()
                    INSERT INTO t SELECT j.a FROM u, JSON_TABLE(u.doc, '$[*]' COLUMNS (a INT PATH '$')) AS j ON DUPLICATE KEY UPDATE a = 1 | INSERT t, UPDATE t |
                    INSERT INTO t SELECT u.a FROM u JOIN v USING (a) ON DUPLICATE KEY UPDATE a = wipe() | INSERT t, UPDATE t | wipe()
                    INSERT INTO t SELECT 1 UNION SELECT u.a FROM u JOIN v ON u.a = v.a WHERE u.a > 0 ON DUPLICATE KEY UPDATE a = 1 | INSERT t, UPDATE t |
                    INSERT INTO t SELECT a FROM w WHERE a = 1 UNION SELECT u.a FROM u JOIN v ON u.a = v.a ON DUPLICATE KEY UPDATE a = 1 | INSERT t, UPDATE t |
                    INSERT HIGH_PRIORITY INTO t TABLE u                                | INSERT t |
                    INSERT INTO t PARTITION (p0) (a) VALUES (1)                        | INSERT t |
                    REPLACE t (a) VALUES (1)                                           | DELETE t, INSERT t |
                    REPLACE LOW_PRIORITY INTO t SET a = wipe()                         | DELETE t, INSERT t | wipe()
                    REPLACE INTO t SELECT * FROM u                                     | DELETE t, INSERT t |
                    SELECT REPLACE(a, 'x', 'y'), INSERT(a, 1, 2, 'x'), TRUNCATE(a, 1), IF(a, b, wipe()) FROM t |  | wipe()
                    /*! DELETE FROM t */                                               | DELETE t |
                    /*!50110 DELETE */ FROM t                                          | DELETE t |
                    SELECT 1 /*!50000 FROM t */                                        |  |
                    SELECT 1 # DELETE FROM t                                           |  |
                    EXPLAIN DELETE FROM t                                              |  |
                    EXPLAIN FORMAT=JSON DELETE FROM t                                  |  |
                    EXPLAIN ANALYZE DELETE FROM t                                      | DELETE t |
                    EXPLAIN t                                                          |  |
                    DESC t a                                                           |  |
                    DESCRIBE t                                                         |  |
                    EXPLAIN FOR CONNECTION 5                                           |  |
                    SHOW CREATE TABLE t                                                |  |
                    SHOW FULL COLUMNS FROM t WHERE wipe()                              |  | wipe()
                    SHOW COUNT(*) WARNINGS                                             |  |
                    DO wipe(), sleep(1)                                                |  | wipe()
                    CALL wipe                                                          |  | wipe()
                    CALL upper(other())                                                |  | upper();other()
                    HELP 'x'                                                           |  |
                    GET DIAGNOSTICS @a = ROW_COUNT                                     |  |
                    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'x'                     |  |
                    RESIGNAL                                                           |  |
                    HANDLER t OPEN AS x                                                |  |
                    HANDLER t READ i = (1, wipe()) WHERE a IN (SELECT other() FROM u) LIMIT 1 |  | wipe();other()
                    HANDLER t CLOSE                                                    |  |
                    LOAD DATA LOCAL INFILE 'x' REPLACE INTO TABLE t FIELDS TERMINATED BY ',' IGNORE 1 LINES (a, @b) SET c = wipe(@b) | DELETE t, INSERT t | wipe()
                    LOAD DATA CONCURRENT INFILE 'x' IGNORE INTO TABLE t CHARACTER SET utf8mb4 | INSERT t | ADMINISTER
                    LOAD XML LOCAL INFILE 'x' INTO TABLE t ROWS IDENTIFIED BY '<t>'    | INSERT t |
                    LOAD INDEX INTO CACHE t                                            |  | ADMINISTER
                    CACHE INDEX t IN hot                                               |  | ADMINISTER
                    BEGIN                                                              |  | transaction start
                    BEGIN WORK                                                         |  | transaction start
                    START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY              |  | transaction start
                    COMMIT AND NO CHAIN RELEASE                                        |  | transaction end
                    ROLLBACK                                                           |  | transaction end
                    ROLLBACK TO SAVEPOINT a                                            |  | transaction end
                    SAVEPOINT a                                                        |  |
                    RELEASE SAVEPOINT a                                                |  |
                    BEGIN DELETE FROM ledger                                           |  | UNREADABLE
                    START SLAVE                                                        |  | ADMINISTER
                    STOP SLAVE                                                         |  | ADMINISTER
                    XA START 'x'                                                       |  | transaction start
                    XA COMMIT 'x' ONE PHASE                                            |  | transaction end
                    XA PREPARE 'x', 'y', 1                                             |  | transaction end
                    XA END 'x'                                                         |  |
                    XA RECOVER                                                         |  |
                    LOCK TABLES t READ LOCAL, u AS x WRITE                             |  | transaction end
                    UNLOCK TABLES                                                      |  | transaction end
                    USE audit                                                          |  | path [audit]
                    SET sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'        |  | backslashes escape;double quotes strings;blanks count;strict
                    SET SESSION sql_mode = 'ANSI', @x = 1                              |  | backslashes escape;double quotes names;blanks ignored;lenient
                    SET @@sql_mode = 'NO_BACKSLASH_ESCAPES'                            |  | backslashes plain;double quotes strings;blanks count;lenient
                    SET sql_mode = (SELECT REPLACE(@@sql_mode, 'ONLY_FULL_GROUP_BY', '')) |  |
                    SET sql_mode = CONCAT(@@sql_mode, ',STRICT_TRANS_TABLES')          |  |
                    SET sql_mode = CONCAT(@@sql_mode, ',ANSI', '_QUOTES')              |  | backslashes unknown;double quotes unknown;blanks count;lenient
                    SET sql_mode = CONCAT_WS(',', @@sql_mode, TRIM(BOTH ',' FROM @@local.sql_mode)) |  |
                    SET sql_mode = REPLACE(@@sql_mode, 'STRICT_TRANS_TABLES', '')      |  | lenient
                    SET sql_mode = CONCAT_WS(@@sql_mode, 'NO_ZERO_DATE')               |  | backslashes unknown;double quotes unknown;blanks count;lenient
                    SET sql_mode = REPLACE('NO_ZERO_DATE', @@sql_mode, '')             |  | backslashes unknown;double quotes unknown;blanks count;lenient
                    SET sql_mode = CONCAT('NO_ZERO_DATE', 'NO_ZERO_DATE')              |  | backslashes unknown;double quotes unknown;blanks count;lenient
                    SET sql_mode = @old                                                |  | backslashes unknown;double quotes unknown;blanks count;lenient
                    SET sql_mode = DEFAULT                                             |  | backslashes unknown;double quotes unknown;blanks count;lenient
                    SET sql_mode = 'ORACLE'                                            |  | unfollowed sql_mode to oracle
                    SET NAMES utf8mb4 COLLATE utf8mb4_bin                              |  |
                    SET character_set_client = @old                                    |  | character set unknown
                    SET NAMES DEFAULT                                                  |  | character set unknown
                    SET NAMES 'gbk'                                                    |  | unfollowed character_set_client
                    SET CHARACTER SET sjis                                             |  | unfollowed character_set_client
                    SET character_set_client = big5                                    |  | unfollowed character_set_client
                    SET character_set_results = NULL                                   |  |
                    SET autocommit = 0                                                 |  | transaction end;transaction start
                    SET @@session.autocommit = ON                                      |  | transaction end
                    SET GLOBAL max_connections = 1, wait_timeout = 2                   |  | restricted global max_connections;restricted global wait_timeout
                    SET @@global.read_only = 0                                         |  | restricted global read_only
                    SET PERSIST max_connections = 5                                    |  | restricted global max_connections
                    SET foreign_key_checks = 0, unique_checks = 1                      |  | restricted foreign_key_checks
                    SET FOREIGN_KEY_CHECKS = ON                                        |  |
                    SET sql_log_bin = OFF                                              |  | restricted sql_log_bin
                    SET @a = (SELECT wipe() FROM t), @b := 2                           |  | wipe()
                    SET net_write_timeout = 600, wait_timeout = wipe()                 |  | wipe()
                    SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY          |  |
                    SET GLOBAL TRANSACTION READ ONLY                                   |  | restricted global transaction
                    SET ROLE a, b                                                      |  |
                    SET DEFAULT ROLE a TO b                                            |  | ADMINISTER
                    SET PASSWORD FOR a = 'x'                                           |  | ADMINISTER
                    PREPARE p FROM 'DELETE FROM t WHERE a = ?'                         | DELETE t | prepared p
                    PREPARE p FROM @x                                                  |  | UNREADABLE
                    PREPARE p FROM 'SELECT "a" FROM t'                                 |  | UNREADABLE
                    PREPARE p FROM 'SELECT 1; DELETE FROM t'                           |  | UNREADABLE
                    EXECUTE p USING @a, @b                                             |  | runs p
                    EXECUTE p                                                          |  | runs p
                    DEALLOCATE PREPARE p                                               |  | forgotten p
                    DROP PREPARE p                                                     |  | forgotten p
                    CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(10) DEFAULT (uuid()), c INT AS (a + 1), KEY k (b(5)), FOREIGN KEY (a) REFERENCES u (a) ON DELETE CASCADE) ENGINE = InnoDB PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10)) | ALTER u, CREATE t | transaction end
                    CREATE TABLE IF NOT EXISTS t (a INT CHECK (wipe(a)), KEY ((other(a)))) | CREATE t | transaction end;wipe();other()
                    CREATE TABLE t LIKE u                                              | CREATE t | transaction end
                    CREATE TABLE t (a INT) SELECT wipe() FROM u                        | CREATE t, INSERT t | transaction end;wipe()
                    CREATE TABLE t (a INT) AS (SELECT 1)                               | CREATE t, INSERT t | transaction end
                    CREATE TEMPORARY TABLE t AS SELECT 1                               |  | temporary t
                    CREATE TEMPORARY TABLE audit.t (a INT)                             | CREATE audit.t |
                    CREATE TABLE t (a INT) ENGINE = FEDERATED CONNECTION = 'x'         |  | UNREADABLE
                    CREATE TABLE t (a INT) ENGINE = MERGE UNION = (ledger, u)          | ALTER ledger, ALTER u, CREATE t, DELETE ledger, DELETE u, INSERT ledger, INSERT u, UPDATE ledger, UPDATE u | transaction end
                    CREATE TABLE t (a INT DEFAULT (SELECT 1))                          |  | UNREADABLE
                    CREATE OR REPLACE ALGORITHM = MERGE DEFINER = CURRENT_USER SQL SECURITY INVOKER VIEW v AS SELECT wipe() FROM t WITH CASCADED CHECK OPTION | ALTER v, CREATE v | transaction end;wipe()
                    CREATE UNIQUE INDEX i ON t (a, b(10))                              | EXTEND t | transaction end
                    CREATE FULLTEXT INDEX i ON t (a)                                   | EXTEND t | transaction end
                    CREATE INDEX i ON t ((wipe(a)))                                    | EXTEND t | transaction end;wipe()
                    CREATE DATABASE IF NOT EXISTS x                                    |  | transaction end
                    CREATE SCHEMA x DEFAULT CHARACTER SET = utf8mb4 COLLATE utf8mb4_bin ENCRYPTION 'N' | | transaction end
                    CREATE DATABASE x (a)                                              |  | transaction end;ADMINISTER
                    CREATE PROCEDURE p() DELETE FROM t                                 |  | transaction end;DEFINE
                    CREATE DEFINER = root@localhost FUNCTION f() RETURNS INT RETURN 1  |  | transaction end;DEFINE
                    CREATE FUNCTION f RETURNS STRING SONAME 'udf.so'                   |  | transaction end;DEFINE
                    CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1     | ALTER t | transaction end;DEFINE
                    CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM ledger       |  | transaction end;DEFINE
                    CREATE PROCEDURE p() BEGIN IF a THEN DELETE FROM t; END IF; SELECT CASE WHEN 1 THEN 2 END; END |  | transaction end;DEFINE
                    CREATE USER 'x'@'%' IDENTIFIED BY 'y'                              |  | transaction end;ADMINISTER
                    CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'x')      |  | transaction end;ADMINISTER
                    ALTER TABLE t ADD COLUMN b INT AFTER a, ALGORITHM = INPLACE        | EXTEND t | transaction end
                    ALTER TABLE t ADD b INT DEFAULT (wipe())                           | EXTEND t | transaction end;wipe()
                    ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES ledger (a) | EXTEND t | transaction end
                    ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES ledger (a) ON DELETE CASCADE | ALTER ledger, ALTER t | transaction end
                    ALTER TABLE t ADD INDEX (a), ADD KEY k (b), ADD FULLTEXT (c), ADD SPATIAL INDEX (d), COMMENT = 'x' | EXTEND t | transaction end
                    ALTER TABLE t ADD UNIQUE KEY (a), ADD CHECK (a > 0)                | EXTEND t | transaction end
                    ALTER TABLE t COMMENT 'x', ALGORITHM = COPY, LOCK NONE             | EXTEND t | transaction end
                    ALTER TABLE t COMMENT = 'x' ENGINE = BLACKHOLE                     | ALTER t | transaction end
                    ALTER TABLE t COMMENT 'x' AUTO_INCREMENT 5                         | ALTER t | transaction end
                    ALTER TABLE t COMMENT 'x' WITH SYSTEM VERSIONING                   | ALTER t | transaction end
                    ALTER TABLE t ADD INDEX (a), COMMENT 'x' ENGINE MRG_MYISAM         | ALTER t | transaction end
                    ALTER TABLE t COMMENT 'x' UNION = (u)                              | ALTER t, ALTER u, DELETE u, INSERT u, UPDATE u | transaction end
                    ALTER TABLE t ADD INDEX (a) PARTITION BY HASH (a)                  | ALTER t | transaction end
                    ALTER TABLE t ADD COLUMN b INT REMOVE PARTITIONING                 | ALTER t | transaction end
                    ALTER TABLE t ALGORITHM = COPY REMOVE PARTITIONING                 | ALTER t | transaction end
                    ALTER TABLE t ADD PRIMARY KEY (a)                                  | ALTER t | transaction end
                    ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING BTREE (a)         | ALTER t | transaction end
                    ALTER TABLE t ADD CONSTRAINT PRIMARY KEY (a), ADD b INT            | ALTER t | transaction end
                    ALTER TABLE t ADD (b INT, PRIMARY KEY (a))                         | ALTER t | transaction end
                    ALTER TABLE t ADD COLUMN (b INT, PRIMARY KEY (a))                  | ALTER t | transaction end
                    ALTER TABLE t ADD COLUMN b INT AUTO_INCREMENT PRIMARY KEY FIRST    | EXTEND t | transaction end
                    ALTER TABLE t ADD PARTITION (PARTITION p1 VALUES LESS THAN (20))   | ALTER t | transaction end
                    ALTER TABLE t ADD SYSTEM VERSIONING                                | ALTER t | transaction end
                    ALTER TABLE t DROP COLUMN a, DROP FOREIGN KEY k, ENGINE = InnoDB, COMMENT = 'x' | ALTER t | transaction end
                    ALTER TABLE t DROP PARTITION p0                                    | ALTER t, TRUNCATE t | transaction end
                    ALTER TABLE t TRUNCATE PARTITION p0, p1                            | ALTER t, TRUNCATE t | transaction end
                    ALTER TABLE t EXCHANGE PARTITION p WITH TABLE ledger               | ALTER ledger, ALTER t, INSERT ledger, INSERT t, TRUNCATE ledger, TRUNCATE t | transaction end
                    ALTER TABLE t RENAME TO audit.x                                    | ALTER t, CREATE audit.x | transaction end
                    ALTER TABLE t ADD hash VARCHAR(9), ADD COLUMN any VARCHAR(9), MODIFY list CHAR(2), CHANGE a always VARCHAR(9) | ALTER t | transaction end
                    CREATE TABLE t (hash varchar(32) NOT NULL, btree decimal(5, 2), columns varchar(9), modify char(1), KEY hash (hash)) | CREATE t | transaction end
                    CREATE TABLE t (a int CHECK (NOT wipe(a)))                          | CREATE t | transaction end;wipe()
                    ALTER TABLE audit.t ADD FOREIGN KEY (a) REFERENCES ledger (id) ON DELETE CASCADE | ALTER audit.ledger, ALTER audit.t | transaction end
                    CREATE TABLE audit.t (a int, FOREIGN KEY (a) REFERENCES ledger (id) ON DELETE CASCADE, FOREIGN KEY (a) REFERENCES b.c (id) ON UPDATE CASCADE) | CREATE audit.t, ALTER audit.ledger, ALTER b.c | transaction end
                    ALTER TABLE audit.t RENAME ledger                                  | ALTER audit.t, CREATE ledger | transaction end
                    ALTER TABLE t RENAME COLUMN a TO b                                 | ALTER t | transaction end
                    ALTER IGNORE TABLE t ADD UNIQUE KEY (a)                            | DELETE t, EXTEND t | transaction end
                    ALTER TABLE t IMPORT TABLESPACE                                    | ALTER t, INSERT t, TRUNCATE t | transaction end;ADMINISTER
                    ALTER TABLE t ENGINE = CONNECT                                     |  | UNREADABLE
                    ALTER TABLE t TYPE = CONNECT                                       |  | UNREADABLE
                    ALTER TABLE t ADD engine INT ENGINE = CONNECT                      |  | UNREADABLE
                    ALTER TABLE t ADD b INT AFTER engine ENGINE = CONNECT              |  | UNREADABLE
                    ALTER TABLE t RENAME TO type TYPE = CONNECT                        |  | UNREADABLE
                    ALTER TABLE t COMMENT = 'x' ENGINE CONNECT                         |  | UNREADABLE
                    ALTER TABLE t CHANGE a b INT ENGINE CONNECT                        |  | UNREADABLE
                    ALTER TABLE t PARTITION BY HASH (a) (PARTITION p ENGINE = CONNECT) |  | UNREADABLE
                    ALTER TABLE t ADD TYPE INT DEFAULT 0 NULL, ADD COLUMN engine VARCHAR(9) AFTER type, ADD connection INT | EXTEND t | transaction end
                    ALTER TABLE t ADD INDEX connection (engine), ADD KEY type (type)   | EXTEND t | transaction end
                    ALTER TABLE t ORDER BY type, engine                                | ALTER t | transaction end
                    ALTER TABLE t CHANGE TYPE engine VARCHAR(9), CHANGE COLUMN engine TYPE INT | ALTER t | transaction end
                    ALTER TABLE t MODIFY type BIGINT, ALTER engine SET DEFAULT 1, DROP connection, DROP COLUMN IF EXISTS type, RENAME COLUMN type TO engine | ALTER t | transaction end
                    CREATE TABLE t (engine VARCHAR(9), type INT, CHECK (engine = 'petrol' AND engine = 'x' OR NOT engine = 'y'), connection INT) | CREATE t | transaction end
                    CREATE TABLE t (a INT) PARTITION BY HASH (a) (PARTITION p ENGINE = CONNECT) |  | UNREADABLE
                    ALTER TABLE t UNION = (ledger)                                     | ALTER ledger, ALTER t, DELETE ledger, INSERT ledger, UPDATE ledger | transaction end
                    ALTER TABLE t FROBNICATE                                           |  | UNREADABLE
                    ALTER VIEW v AS SELECT wipe() FROM t                               | ALTER v | transaction end;wipe()
                    ALTER DATABASE x CHARACTER SET utf8mb4                             |  | transaction end;ADMINISTER
                    ALTER EVENT e DISABLE                                              |  | transaction end;DEFINE
                    ALTER USER x IDENTIFIED BY 'y'                                     |  | transaction end;ADMINISTER
                    DROP TABLE IF EXISTS t, u CASCADE                                  | DROP t, DROP u | transaction end
                    DROP TEMPORARY TABLE t                                             | DROP t |
                    DROP VIEW v                                                        | DROP v | transaction end
                    DROP INDEX i ON t                                                  | ALTER t | transaction end
                    DROP DATABASE IF EXISTS x                                          |  | transaction end;ADMINISTER;drop all of schema x
                    ALTER TABLE t REORGANIZE PARTITION p0, p1, p2 INTO (PARTITION p1 VALUES LESS THAN (6)) | ALTER t | transaction end
                    DROP TRIGGER x                                                     | ALTER x | transaction end;DEFINE
                    DROP PROCEDURE IF EXISTS p                                         |  | transaction end;DEFINE
                    DROP USER x                                                        |  | transaction end;ADMINISTER
                    RENAME TABLE ledger TO x, y TO ledger                              | ALTER ledger, ALTER y, CREATE ledger, CREATE x | transaction end
                    RENAME USER a TO b                                                 |  | ADMINISTER
                    TRUNCATE TABLE t                                                   | TRUNCATE t | transaction end
                    TRUNCATE t                                                         | TRUNCATE t | transaction end
                    ANALYZE TABLE t, u                                                 |  |
                    CHECK TABLE t QUICK                                                |  |
                    CHECKSUM TABLE t                                                   |  |
                    OPTIMIZE NO_WRITE_TO_BINLOG TABLE t                                |  |
                    REPAIR TABLE t USE_FRM                                             | ALTER t |
                    FLUSH TABLES WITH READ LOCK                                        |  | ADMINISTER
                    KILL QUERY 5                                                       |  | ADMINISTER
                    RESET MASTER                                                       |  | ADMINISTER
                    PURGE BINARY LOGS TO 'x'                                           |  | ADMINISTER
                    CHANGE MASTER TO MASTER_HOST = 'x'                                 |  | ADMINISTER
                    BINLOG 'x'                                                         |  | ADMINISTER
                    SHUTDOWN                                                           |  | ADMINISTER
                    INSTALL PLUGIN x SONAME 'y'                                        |  | ADMINISTER
                    UNINSTALL PLUGIN x                                                 |  | ADMINISTER
                    GRANT ALL ON t TO x                                                |  | ADMINISTER
                    GRANT ALL PRIVILEGES ON *.* TO x                                   |  | ADMINISTER
                    GRANT SELECT ON s.* TO x                                           |  | ADMINISTER
                    DELETE FROM .ledger                                                |  | UNREADABLE
                    SELECT 2 * .a FROM t                                               |  | UNREADABLE
                    REVOKE ALL ON t FROM x                                             |  | ADMINISTER
                    DELIMITER x                                                        |  | UNREADABLE
                    FROBNICATE t                                                       |  | UNREADABLE
                    SELECT 1 INTO ledger                                               | CREATE ledger, INSERT ledger |
                    SELECT /*+ SET_VAR(foreign_key_checks = OFF) */ 1                  |  | UNREADABLE
                    SELECT /*+ MAX_EXECUTION_TIME(1000) */ 1 FROM t                    |  |
                    SELECT 1.e(t)                                                      |  | UNREADABLE
                    SELECT 'a\\' OR 1 #'                                                |  |
                    SELECT "a" 'b' FROM t                                              |  |
                    """)
    void mySql(String sql, String writes, String beyond) {
        for (Dialect dialect : new Dialect[] {Dialect.MYSQL, Dialect.MARIADB}) {
            StatementFormsTest.assertForm(dialect, sql, writes, beyond);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    DELETE FROM t WHERE a = 1 RETURNING wipe()                         | DELETE t | wipe()
                    INSERT INTO t VALUES (1) RETURNING a                               | INSERT t |
                    REPLACE INTO t VALUES (1) RETURNING a                              | DELETE t, INSERT t |
                    DELETE HISTORY FROM t BEFORE SYSTEM_TIME '2026-01-01'              | DELETE t |
                    UPDATE t FOR PORTION OF p FROM '2026-01-01' TO '2027-01-01' SET a = 1 | INSERT t, UPDATE t |
                    DELETE FROM t FOR PORTION OF p FROM '2026-01-01' TO '2027-01-01'   | DELETE t, INSERT t, UPDATE t |
                    UPDATE t FOR PORTION OF p FROM wipe() TO '2027-01-01' SET a = 1    |  | UNREADABLE
                    SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01' x     |  |
                    SELECT * FROM t FOR SYSTEM_TIME ALL                                |  |
                    SELECT NEXT VALUE FOR s, PREVIOUS VALUE FOR s, NEXTVAL(s), LASTVAL(s) |  |
                    SELECT * FROM t LIMIT 10 ROWS EXAMINED 100                         |  |
                    SELECT SETVAL(ledger_seq, 1), SETVAL(app.t, 2)                    | ALTER app.t, ALTER ledger_seq |
                    SELECT SETVAL(wipe(), 1)                                          | | setval();wipe()
                    SELECT \\N                                                          |  |
                    SELECT 1 /*M!100100 FROM t */                                      |  |
                    SELECT 1 /*!50799 FROM t */                                        |  |
                    SET STATEMENT max_statement_time = 1 FOR DELETE FROM t             | DELETE t |
                    SET STATEMENT foreign_key_checks = 0 FOR DELETE FROM t             | DELETE t | restricted foreign_key_checks
                    SET STATEMENT sql_mode = 'ANSI' FOR PREPARE p FROM 'SELECT 1'      |  | UNREADABLE
                    ANALYZE FORMAT = JSON DELETE FROM t                                | DELETE t |
                    EXECUTE IMMEDIATE 'DELETE FROM t'                                  | DELETE t |
                    EXECUTE IMMEDIATE 'DELETE FROM t WHERE a = ?' USING wipe()         | DELETE t | wipe()
                    EXECUTE IMMEDIATE @x                                               |  | UNREADABLE
                    EXECUTE IMMEDIATE CONCAT('DELETE', ' FROM t')                      |  | UNREADABLE
                    BEGIN NOT ATOMIC DELETE FROM ledger; END                           | DELETE ledger |
                    BEGIN NOT ATOMIC DECLARE n INT DEFAULT wipe(); SET n = n + other(); SELECT n; END |  | wipe();other()
                    BEGIN NOT ATOMIC DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END; START TRANSACTION; INSERT INTO t VALUES (1); UPDATE u SET a = 1; COMMIT; END | INSERT t, UPDATE u | transaction end;transaction start
                    BEGIN NOT ATOMIC ROLLBACK; END                                     |  | transaction end
                    BEGIN NOT ATOMIC CREATE SCHEMA x; END                              |  | transaction end
                    BEGIN NOT ATOMIC CREATE DATABASE x; DELETE FROM t; END             | DELETE t | transaction end
                    BEGIN NOT ATOMIC CALL wipe(other()); END                           |  | wipe();other()
                    BEGIN NOT ATOMIC EXECUTE IMMEDIATE @x; END                         |  | DEFINE
                    BEGIN NOT ATOMIC EXECUTE IMMEDIATE 'DELETE FROM t'; END            | DELETE t | all forgotten
                    BEGIN NOT ATOMIC SET sql_mode = 'ANSI_QUOTES'; END                 |  | DEFINE
                    BEGIN NOT ATOMIC SET foreign_key_checks = 0; DELETE FROM t; END    |  | DEFINE
                    BEGIN NOT ATOMIC BEGIN DECLARE sql_mode TEXT; END; SET sql_mode = 'ANSI_QUOTES'; END |  | DEFINE
                    BEGIN NOT ATOMIC DECLARE r ROW (foreign_key_checks INT); SET foreign_key_checks = 0; END |  | DEFINE
                    BEGIN NOT ATOMIC CREATE TEMPORARY TABLE x (a INT); INSERT INTO x VALUES (1); END |  | DEFINE
                    BEGIN NOT ATOMIC CREATE VIEW v AS SELECT * FROM ledger; DELETE FROM v; END |  | DEFINE
                    BEGIN NOT ATOMIC ALTER TABLE x RENAME TO y; CALL wipe(); END        |  | DEFINE
                    BEGIN NOT ATOMIC CREATE USER x; END                                |  | DEFINE
                    BEGIN NOT ATOMIC CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW DELETE FROM u; END |  | DEFINE
                    IF wipe() THEN INSERT INTO t VALUES (1); ELSEIF 2 THEN DELETE FROM ledger; ELSE UPDATE u SET a = 1; END IF | DELETE ledger, INSERT t, UPDATE u | wipe()
                    IF NOT EXISTS (SELECT 1 FROM information_schema.columns) THEN ALTER TABLE t ADD a INT; DROP TABLE u; END IF | DROP u, EXTEND t | transaction end
                    CASE wipe() WHEN 1 THEN DELETE FROM ledger; ELSE SELECT 1; END CASE | DELETE ledger | wipe()
                    WHILE wipe() DO DELETE FROM ledger; END WHILE                      | DELETE ledger | wipe()
                    LOOP DELETE FROM ledger; END LOOP                                  | DELETE ledger |
                    REPEAT DELETE FROM ledger; UNTIL wipe() END REPEAT                 | DELETE ledger | wipe()
                    FOR i IN 1..3 DO DELETE FROM ledger WHERE id = i; END FOR          | DELETE ledger |
                    FOR r IN (SELECT wipe() FROM u) DO DELETE FROM ledger WHERE id = r.a; END FOR | DELETE ledger | wipe()
                    CREATE EXTERNAL TABLE t (a INT)                                    |  | UNREADABLE
                    CREATE GLOBAL TEMPORARY TABLE t (a INT)                            |  | UNREADABLE
                    CREATE WIDGET ledger                                               |  | UNREADABLE
                    ALTER WIDGET ledger                                                |  | UNREADABLE
                    DROP WIDGET ledger                                                 |  | UNREADABLE
                    CREATE OR REPLACE TABLE t (a INT)                                  | CREATE t, DROP t | transaction end
                    CREATE OR REPLACE DATABASE x                                       |  | transaction end;ADMINISTER;drop all of schema x
                    CREATE OR REPLACE SEQUENCE s START WITH 1                          | CREATE s, DROP s | transaction end
                    CREATE SEQUENCE s                                                  | CREATE s | transaction end
                    ALTER SEQUENCE s RESTART 5                                         | ALTER s | transaction end
                    DROP SEQUENCE s                                                    | DROP s | transaction end
                    ALTER TABLE t ADD SYSTEM VERSIONING                                | ALTER t | transaction end
                    ALTER TABLE t DROP SYSTEM VERSIONING                               | ALTER t, DELETE t | transaction end
                    ALTER TABLE t CONVERT PARTITION p TO TABLE u                       | ALTER t, CREATE u, INSERT u, TRUNCATE t | transaction end
                    ALTER TABLE t CONVERT TABLE u TO PARTITION p VALUES LESS THAN (10) | ALTER t, DROP u, INSERT t | transaction end
                    ALTER TABLE t DROP FOREIGN KEY IF EXISTS k                         | ALTER t | transaction end
                    ALTER TABLE IF EXISTS t WAIT 5 ADD a INT                           | EXTEND t | transaction end
                    DROP TABLE t WAIT 5                                                | DROP t | transaction end
                    BACKUP STAGE START                                                 |  | ADMINISTER
                    SELECT * FROM t WHERE a = $b                                       |  |
                    """)
    void mariaDb(String sql, String writes, String beyond) {
        StatementFormsTest.assertForm(Dialect.MARIADB, sql, writes, beyond);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE JSON RELATIONAL DUALITY VIEW v AS SELECT JSON_DUALITY_OBJECT(WITH(UPDATE, DELETE) 'id': id) FROM ledger",
                "CREATE OR REPLACE SQL SECURITY INVOKER JSON DUALITY VIEW IF NOT EXISTS v AS SELECT JSON_DUALITY_OBJECT('id': id,"
                        + " 'rows': (SELECT JSON_ARRAYAGG(JSON_DUALITY_OBJECT(WITH(INSERT, UPDATE, DELETE) 'id': id)) FROM ledger)) FROM t",
                "ALTER JSON DUALITY VIEW v AS SELECT JSON_DUALITY_OBJECT(WITH(UPDATE, DELETE) 'id': id) FROM ledger"
            })
    void whatAViewOfJsonLetsWriteCountsAsWritten(String sql) {
        StatementEffects statement = Analysis.only(Dialect.MYSQL, sql);
        assertThat(statement).isInstanceOf(StatementEffects.Bounded.class);
        assertThat(Analysis.writes(Analysis.of(Dialect.MYSQL, sql))).contains("DELETE ledger", "UPDATE ledger");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    SELECT NEXT VALUE FOR s, PREVIOUS VALUE FOR s, NEXTVAL(s), LASTVAL(s) |  | nextval();lastval()
                    SELECT \\N                                                          |  | UNREADABLE
                    BACKUP STAGE START                                                 |  | UNREADABLE
                    SELECT * FROM t WHERE a = $b                                       |  | UNREADABLE
                    IF 1 THEN DELETE FROM ledger                                       |  | UNREADABLE
                    BEGIN NOT ATOMIC DELETE FROM ledger                                |  | UNREADABLE
                    CREATE LIBRARY l LANGUAGE JAVASCRIPT AS 'x'                        |  | DEFINE;transaction end
                    ALTER LIBRARY l COMMENT 'x'                                        |  | DEFINE;transaction end
                    DROP LIBRARY l                                                     |  | DEFINE;transaction end
                    CREATE MASKING POLICY p (a) CASE WHEN CURRENT_USER_IN('x') THEN a ELSE 'y' END |  | ADMINISTER;transaction end
                    DROP MASKING POLICY p                                              |  | ADMINISTER;transaction end
                    CREATE SPATIAL REFERENCE SYSTEM 4120 NAME 'x' DEFINITION 'y'       |  | ADMINISTER;transaction end
                    EXPLAIN FORMAT = JSON INTO @v FOR SCHEMA s DELETE FROM t           |  | UNREADABLE
                    EXPLAIN FORMAT = JSON INTO @v DELETE FROM t                        |  |
                    EXPLAIN ANALYZE FORMAT = JSON INTO @v DELETE FROM t                | DELETE t |
                    """)
    void mySqlAlone(String sql, String writes, String beyond) {
        StatementFormsTest.assertForm(Dialect.MYSQL, sql, writes, beyond);
    }
}
