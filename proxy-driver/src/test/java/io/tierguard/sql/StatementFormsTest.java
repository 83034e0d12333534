package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row per form of statement: what it writes, and what else it does. */
class StatementFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    SELECT 1                                                | |
                    TABLE t                                                 | |
                    VALUES (1), (2)                                         | |
                    (SELECT 1)                                              | |
                    DELETE FROM t                                           | DELETE t |
                    UPDATE t SET a = 1                                      | UPDATE t |
                    INSERT INTO t VALUES (1)                                | INSERT t |
                    DELETE FROM t WHERE CURRENT OF c                        | DELETE t |
                    DELETE FROM t WHERE CURRENT OF "C"                      | DELETE t |
                    BEGIN                                                   | | transaction start
                    START TRANSACTION READ ONLY                             | | transaction start
                    SAVEPOINT a                                             | |
                    RELEASE SAVEPOINT a                                     | |
                    COMMIT                                                  | | transaction end
                    END                                                     | | transaction end
                    ROLLBACK TO SAVEPOINT a                                 | | transaction end
                    COMMIT PREPARED 'x'                                     | | ADMINISTER
                    PREPARE TRANSACTION 'x'                                 | | ADMINISTER;transaction end
                    SHOW search_path                                        | |
                    SET search_path TO a, B                                 | | path [a, b]
                    SET search_path = 'a'                                   | | path [a]
                    SET SCHEMA 'a'                                          | | path [a]
                    SET search_path TO DEFAULT                              | | path unknown
                    SET search_path TO "$user", public                      | | path unknown
                    SET LOCAL search_path TO a                              | | path [a] transaction
                    SET search_path TO ''                                   | | path unknown
                    SET ROLE x                                              | | user x
                    SET LOCAL ROLE "X"                                      | | user x
                    SET ROLE NONE                                           | | path unknown
                    RESET ROLE                                              | | path unknown
                    SET ROLE x, y                                           | | path unknown
                    SET SESSION AUTHORIZATION DEFAULT                       | | path unknown
                    SELECT set_config('role', 'x', true)                    | | user x
                    RESET ALL                                               | | path unknown;backslashes unknown
                    DISCARD ALL                                             | | path unknown;backslashes unknown;all forgotten
                    DISCARD TEMP                                            | | no temporary
                    DISCARD PLANS                                           | |
                    DISCARD SEQUENCES                                       | |
                    SET search_path TO a, pg_catalog                        | | path [a, pg_catalog]
                    SET search_path = 'a', "pg_catalog"                     | | path [a, pg_catalog]
                    SET LOCAL search_path TO a, b, PG_CATALOG                | | path [a, b, pg_catalog] transaction
                    SET SESSION search_path TO "$user", pg_catalog          | | path unknown
                    SET search_path TO pg_catalog, a                        | | path [pg_catalog, a]
                    SET SCHEMA 'pg_catalog'                                 | | path [pg_catalog]
                    SELECT set_config('search_path', 'a, pg_catalog', false) | | path [a, pg_catalog]
                    SELECT set_config('search_path', 'a,"pg_catalog"', true) | | path [a, pg_catalog] transaction
                    SELECT set_config('search_path', 'pg_catalog, a', false) | | path [pg_catalog, a]
                    SET SESSION AUTHORIZATION x                             | | user x
                    SET LOCAL SESSION AUTHORIZATION x                       | | user x
                    SET session_authorization TO x                          | | user x
                    SELECT set_config('session_authorization', 'x', false)  | | user x
                    RESET SESSION AUTHORIZATION                             | | path unknown
                    SET session_replication_role TO replica                 | | restricted session_replication_role
                    SET LOCAL session_replication_role TO replica           | | restricted session_replication_role
                    SET "session_replication_role" TO replica               | | restricted session_replication_role
                    SET standard_conforming_strings TO off                  | | backslashes escape
                    SET standard_conforming_strings TO on                   | | backslashes plain
                    SET standard_conforming_strings TO DEFAULT              | | backslashes unknown
                    SET standard_conforming_strings TO E'o\\x66f'           | | backslashes unknown
                    RESET standard_conforming_strings                       | | backslashes unknown
                    SELECT set_config('standard_conforming_strings', 'off', true) | | backslashes escape
                    SET client_encoding TO 'SJIS'                           | | unfollowed client_encoding
                    SET NAMES 'SJIS'                                        | | unfollowed client_encoding
                    SET NAMES 'UTF8'                                        | |
                    SET client_encoding TO E'\\x53JIS'                       | | unfollowed client_encoding
                    SET client_encoding TO DEFAULT                          | |
                    SET session_replication_role TO origin                  | |
                    RESET session_replication_role                          | |
                    SET session_replication_role TO 'o', replica            | | restricted session_replication_role
                    SET row_security TO off                                 | |
                    SET zero_damaged_pages TO on                            | | restricted zero_damaged_pages
                    SET extra_float_digits = 3                              | |
                    SET application_name = 'x'                              | |
                    SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY    | |
                    SET TRANSACTION ISOLATION LEVEL SERIALIZABLE            | |
                    SET CONSTRAINTS ALL DEFERRED                            | |
                    SET TIME ZONE 'UTC'                                     | |
                    SET my.var TO 'x'                                       | |
                    SELECT set_config('search_path', 'a', false)            | | path [a]
                    SELECT pg_catalog.set_config('search_path', 'a,b', true) | | path [a, b] transaction
                    SELECT set_config('search_path', 'a', 1 = 1)            | | path [a] uncertain
                    SELECT set_config('search_path', 'a', false) WHERE false | | path [a] uncertain
                    SELECT set_config('search_path', 'a', false) FROM t     | | unfollowed search_path
                    SELECT set_config('search_path', 'a', false), generate_series(1, 9) | | unfollowed search_path
                    SELECT CASE WHEN id = 5 THEN set_config('role', 'x', false) END FROM generate_series(1, 9) id | | unfollowed role
                    SELECT set_config('app.user', 'x', false) FROM t        | |
                    DECLARE c CURSOR FOR SELECT set_config('search_path', 'a', false) | | UNREADABLE
                    DECLARE c CURSOR FOR SELECT set_config('app.user', 'a', false) | |
                    SELECT set_config('search_path', 'a' + 'b', false)      | | path unknown
                    SELECT set_config('client_encoding', 'UTF8' + 'b', false) | | unfollowed client_encoding
                    SELECT set_config('session_replication_role', 'replica', false) | | restricted session_replication_role
                    SELECT pg_catalog.set_config('row_security', 'off', false) | |
                    SELECT pg_catalog.set_config('event_triggers', 'off', false) | | restricted event_triggers
                    SELECT set_config('app.user', 'x', false)               | |
                    DEALLOCATE ALL                                          | | all forgotten
                    LISTEN x                                                | |
                    NOTIFY x, 'y'                                           | |
                    FETCH 10 FROM c                                         | |
                    DECLARE c CURSOR FOR SELECT * FROM t                    | |
                    LOCK TABLE t IN EXCLUSIVE MODE                          | |
                    create table t (id bigint not null, kind varchar(255) not null check ((kind in ('A','B'))), n smallint check (n between 0 and 3), d numeric(38,2), z timestamp(6) with time zone, primary key (id)) | CREATE t |
                    CREATE TABLE qrtz_cron_triggers (sched_name VARCHAR(120) NOT NULL, PRIMARY KEY (sched_name), FOREIGN KEY (sched_name) REFERENCES QRTZ_TRIGGERS(sched_name)) | CREATE qrtz_cron_triggers |
                    alter table if exists t add constraint FKabc foreign key (a) references b | EXTEND t |
                    CREATE TABLE PUBLIC.DATABASECHANGELOG (ID VARCHAR(255) NOT NULL, DATEEXECUTED TIMESTAMP NOT NULL, CONSTRAINT pk PRIMARY KEY (ID)) | CREATE public.databasechangelog |
                    ALTER TABLE flyway_schema_history ADD CONSTRAINT pk PRIMARY KEY (installed_rank) | EXTEND flyway_schema_history |
                    COPY t FROM STDIN                                       | INSERT t |
                    COPY t (a, b) FROM STDIN WITH (FORMAT csv)              | INSERT t |
                    COPY t TO STDOUT                                        | |
                    COPY t TO '/tmp/x'                                      | | ADMINISTER
                    COPY t FROM PROGRAM 'x'                                 | INSERT t | ADMINISTER
                    COPY (DELETE FROM t RETURNING *) TO STDOUT              | DELETE t |
                    COPY t FROM STDIN WHERE wipe(a)                         | INSERT t | wipe()
                    DROP TABLE IF EXISTS t, b CASCADE                       | DROP b, DROP t |
                    DROP VIEW v                                             | DROP v |
                    DROP INDEX CONCURRENTLY i                               | DROP i |
                    DROP FUNCTION f                                         | | DEFINE
                    DROP TRIGGER x ON t                                     | ALTER t | DEFINE
                    CREATE TABLE t (id int, a numeric(10, 2) DEFAULT 1)     | CREATE t |
                    CREATE TEMP TABLE IF NOT EXISTS t (id int)              | | temporary t
                    CREATE TABLE t AS VALUES (1)                            | CREATE t, INSERT t |
                    CREATE TABLE t AS TABLE b WITH NO DATA                  | CREATE t, INSERT t |
                    CREATE TABLE t (id int REFERENCES b (id))               | CREATE t |
                    CREATE TABLE t (a int REFERENCES m.table (id), b int REFERENCES m.update (id), FOREIGN KEY (c) REFERENCES m.select (id) ON DELETE CASCADE) | ALTER m.select, CREATE t |
                    CREATE TABLE t (id int) PARTITION BY RANGE (id)         | CREATE t |
                    CREATE TABLE t (a text CHECK (a <> ALL (ARRAY['x', 'y']))) | CREATE t |
                    CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES b ON DELETE SET NULL (a)) | ALTER b, CREATE t |
                    CREATE TABLE t (a text CHECK (a <> ALL (wipe()))) | CREATE t | wipe()
                    CREATE TABLE t (id int) INHERITS (ledger)               | ALTER ledger, CREATE t |
                    CREATE TABLE t PARTITION OF ledger DEFAULT              | CREATE t, EXTEND ledger |
                    CREATE VIEW v AS SELECT * FROM t                        | CREATE v |
                    CREATE OR REPLACE VIEW v AS SELECT * FROM t             | ALTER v, CREATE v |
                    CREATE TEMP VIEW v AS SELECT * FROM t                    | | temporary view v
                    CREATE OR REPLACE TEMPORARY VIEW pg_temp.v (a, b) WITH (security_barrier) AS SELECT wipe(1) FROM t WITH CHECK OPTION | | wipe();temporary view pg_temp.v
                    CREATE LOCAL TEMP VIEW v AS VALUES (1)                  | | temporary view v
                    CREATE TEMP VIEW v AS DELETE FROM t RETURNING *         | DELETE t | temporary view v
                    CREATE TEMP VIEW v AS SELECT a FROM t WHERE a IS OF (x) FROBNICATE 1 | | UNREADABLE
                    CREATE TEMP VIEW v AS DROP TABLE t                      | DROP t | temporary view v
                    CREATE TEMP RECURSIVE VIEW v (n) AS SELECT 1            | | UNREADABLE
                    CREATE UNIQUE INDEX i ON t (a, b DESC)                  | EXTEND t |
                    CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t USING gin (a) | EXTEND t |
                    CREATE INDEX ON t (wipe(a))                             | EXTEND t | wipe()
                    CREATE SEQUENCE s                                       | CREATE s |
                    CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'x'     | | DEFINE
                    CREATE OR REPLACE PROCEDURE f() LANGUAGE sql AS 'x'     | | DEFINE
                    CREATE TRIGGER x AFTER UPDATE ON t EXECUTE FUNCTION f() | ALTER t | DEFINE
                    CREATE CONSTRAINT TRIGGER x AFTER UPDATE ON t EXECUTE FUNCTION f() | ALTER t | DEFINE
                    CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING      | ALTER t | DEFINE
                    CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b) | ALTER t | DEFINE
                    CREATE EVENT TRIGGER x ON ddl_command_end EXECUTE FUNCTION f() | | DEFINE
                    CREATE EXTENSION x                                      | | ADMINISTER
                    ALTER TABLE t ADD COLUMN a int                          | EXTEND t |
                    ALTER TABLE t ADD a int, ADD b int                      | EXTEND t |
                    ALTER TABLE t ADD a int, DROP b                         | ALTER t |
                    ALTER TABLE t ADD COLUMN a int DEFAULT wipe()           | EXTEND t | wipe()
                    ALTER TABLE ONLY t ADD CONSTRAINT c UNIQUE (a)          | EXTEND t |
                    ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES b | EXTEND t |
                    ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES b ON DELETE NO ACTION ON UPDATE RESTRICT | EXTEND t |
                    ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES b ON UPDATE NO ACTION ON DELETE CASCADE | ALTER b, ALTER t |
                    ALTER TABLE t ADD COLUMN a int REFERENCES b ON DELETE SET NULL | ALTER b, ALTER t |
                    ALTER TABLE t ADD a int REFERENCES b (id) ON UPDATE SET DEFAULT | ALTER b, ALTER t |
                    ALTER TABLE t ADD COLUMN a int REFERENCES b (id)        | EXTEND t |
                    ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES s.b (id) ON DELETE CASCADE | ALTER s.b, ALTER t |
                    CREATE TABLE t (a int REFERENCES b ON DELETE CASCADE, c int REFERENCES d ON DELETE RESTRICT) | ALTER b, CREATE t |
                    CREATE TABLE t (c int REFERENCES d, a int REFERENCES b (id) ON UPDATE CASCADE) | ALTER b, CREATE t |
                    ALTER TABLE t ADD CHECK (a > 0), DROP CONSTRAINT c      | ALTER t |
                    ALTER TABLE t ADD CONSTRAINT c CHECK (wipe() > 0)       | EXTEND t | wipe()
                    ALTER SEQUENCE q OWNED BY s.t.id                        | ALTER q, EXTEND s.t |
                    ALTER SEQUENCE q OWNED BY NONE                          | ALTER q |
                    ALTER SEQUENCE q RESTART WITH 5 OWNED BY t.id           | ALTER q, EXTEND t |
                    ALTER SEQUENCE q AS int NO MAXVALUE CACHE 5             | ALTER q |
                    ALTER TABLE t OWNED BY a.b                              | | UNREADABLE
                    ALTER TABLE s.t RENAME TO ledger                        | ALTER s.t, CREATE s.ledger |
                    ALTER TABLE t SET SCHEMA s                              | ALTER t, CREATE s.t |
                    ALTER TABLE t NO INHERIT ledger                         | ALTER ledger, ALTER t |
                    ALTER TABLE ledger DETACH PARTITION a.t CONCURRENTLY    | ALTER a.t, ALTER ledger |
                    ALTER TABLE t ENABLE REPLICA TRIGGER x                  | ALTER t |
                    ALTER TABLE t DISABLE RULE x                            | ALTER t |
                    ALTER TABLE t REPLICA IDENTITY FULL                     | ALTER t |
                    ALTER TABLE t CLUSTER ON i                              | ALTER t |
                    ALTER TABLE t SET UNLOGGED                              | ALTER t |
                    ALTER TABLE t OF a.row_type                             | ALTER t |
                    ALTER TABLE t NOT OF                                    | ALTER t |
                    ALTER TABLE t ENABLE ROW LEVEL SECURITY                 | ALTER t |
                    ALTER TABLE t DISABLE ROW LEVEL SECURITY, ADD a int     | ALTER t |
                    ALTER TABLE t FORCE ROW LEVEL SECURITY                  | ALTER t |
                    ALTER TABLE t NO FORCE ROW LEVEL SECURITY, NO INHERIT ledger | ALTER ledger, ALTER t |
                    ALTER FOREIGN TABLE t OPTIONS (SET table_name 'x')      | ALTER t |
                    ALTER TABLE t OF row_type INHERIT ledger                | | UNREADABLE
                    CREATE TABLE t OF row_type                              | CREATE t |
                    CREATE TABLE t OF row_type (PRIMARY KEY (id), a WITH OPTIONS DEFAULT wipe()) | CREATE t | wipe()
                    CREATE TABLE t OF row_type (id REFERENCES ledger ON DELETE CASCADE) | ALTER ledger, CREATE t |
                    CREATE TABLE t () INHERITS (ledger, a.ledger)           | ALTER a.ledger, ALTER ledger, CREATE t |
                    CREATE TABLE t (id int) INHERITS (ledger               | | UNREADABLE
                    CREATE TEMP TABLE t () INHERITS (ledger)                | ALTER ledger | temporary t
                    CREATE TEMP TABLE t PARTITION OF ledger DEFAULT         | EXTEND ledger | temporary t
                    CREATE TABLE t PARTITION OF ledger FOR VALUES FROM (wipe()) TO (2) | CREATE t, EXTEND ledger | wipe()
                    CREATE TABLE pg_temp.t (id int REFERENCES pg_temp.t)    | | temporary pg_temp.t
                    CREATE TEMP TABLE a.t (id int)                          | CREATE a.t |
                    SELECT 1 INTO TEMP t                                    | | temporary t
                    SELECT 1 INTO TEMP TABLE a.t                            | CREATE a.t, INSERT a.t |
                    SELECT 1 INTO UNLOGGED TABLE t                          | CREATE t, INSERT t |
                    SELECT setval('q', 1)                                   | ALTER q |
                    SELECT pg_catalog.setval('"A".q'::regclass, max(id)) FROM t | ALTER a.q |
                    SELECT setval(pg_get_serial_sequence('a.t', 'id'), 1, false) | ALTER a.t |
                    SELECT setval(CAST('q'::text AS regclass), n)           | ALTER q |
                    SELECT setval(regclass 's.q', (SELECT max(id) FROM t))  | ALTER s.q |
                    SELECT setval('q'::text::regclass, 5)                   | ALTER q |
                    SELECT setval(to_regclass('a.q'), 5)                    | ALTER a.q |
                    SELECT setval(pg_catalog.to_regclass('q'::text)::regclass, 5) | ALTER q |
                    SELECT setval(to_regclass(upper('q')), 5)              | | setval()
                    SELECT setval(other.to_regclass('q'), 5)                | | setval();other.to_regclass()
                    SELECT setval(pg_get_serial_sequence('a.t', 'id')::regclass, 1) | ALTER a.t |
                    SELECT setval('q'::regclass::oid, 5)                    | | setval()
                    SELECT setval(CAST('q' AS other), 5)                    | | setval()
                    SELECT setval(CAST('q' AS regclass)::x, 5)              | | setval()
                    SELECT setval(?, 1)                                     | | setval()
                    SELECT setval('q', 1), setval(x, 1)                     | | setval()
                    SELECT setval('q; DROP', 1)                             | | setval()
                    SELECT a.setval('q', 1)                                 | | a.setval()
                    UPDATE t SET a = setval('q', 1)                         | ALTER q, UPDATE t |
                    ALTER TABLE t INHERIT ledger                            | ALTER ledger, ALTER t |
                    ALTER TABLE ledger ATTACH PARTITION t DEFAULT           | ALTER ledger, ALTER t |
                    ALTER TABLE t DISABLE TRIGGER ALL                       | ALTER t |
                    ALTER TABLE t ADD COLUMN a int, DISABLE TRIGGER ALL     | ALTER t |
                    ALTER SYSTEM SET x = 1                                  | | ADMINISTER
                    ALTER ROLE x SUPERUSER                                  | | ADMINISTER
                    COMMENT ON TABLE t IS 'x'                               | EXTEND t |
                    COMMENT ON COLUMN s.t.a IS 'x'                          | EXTEND s.t |
                    COMMENT ON TABLE t IS NULL                              | EXTEND t |
                    COMMENT ON TABLE t IS (SELECT 'x' FROM b)               | | UNREADABLE
                    COMMENT ON TABLE t IS wipe() + ''                       | | UNREADABLE
                    COMMENT ON COLUMN t.a IS 'x' + wipe()                   | | UNREADABLE
                    COMMENT ON SCHEMA s IS wipe()                           | | UNREADABLE
                    COMMENT ON SCHEMA s IS 'x'                              | |
                    COMMENT ON TABLE t                                      | | UNREADABLE
                    CREATE SEQUENCE s START WITH (SELECT 1)                 | | UNREADABLE
                    CREATE SEQUENCE s INCREMENT BY wipei(1)                 | | UNREADABLE
                    CREATE SEQUENCE IF NOT EXISTS a.s AS bigint START WITH 1 INCREMENT BY -50 NO CYCLE | CREATE a.s |
                    ALTER SEQUENCE q RESTART WITH wipe()                    | | UNREADABLE
                    ALTER SEQUENCE q RESTART WITH (SELECT 1)                | | UNREADABLE
                    ALTER SEQUENCE q RESTART WITH -1                        | ALTER q |
                    ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT USING (SELECT 1) | | UNREADABLE
                    ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT USING wipe(a) | ALTER t | wipe()
                    ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT USING raw(a) | ALTER t | raw()
                    ALTER TABLE t ALTER COLUMN a SET DATA TYPE varchar(9) USING lower(a) | ALTER t |
                    ALTER TABLE t ALTER COLUMN a SET DEFAULT ((VALUES (1)))  | | UNREADABLE
                    ALTER TABLE t ADD a int DEFAULT (WITH x AS (SELECT 1) SELECT 1 FROM x) | | UNREADABLE
                    ALTER TABLE t ADD CHECK (a IN (TABLE b))                | | UNREADABLE
                    CREATE TABLE t (a int DEFAULT (SELECT max(a) FROM b))   | | UNREADABLE
                    CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY (START WITH wipe())) | CREATE t | wipe()
                    CREATE TABLE t (a int GENERATED BY DEFAULT AS IDENTITY (START WITH 5 INCREMENT BY 50)) | CREATE t |
                    CREATE TABLE t (a int DEFAULT wipe()) AS SELECT 1       | CREATE t, INSERT t | wipe()
                    CREATE TABLE t (a int, b text, CHECK (a > 0 AND length(b) > 1), UNIQUE (a)) | CREATE t |
                    CREATE TABLE t (update timestamp(6) with time zone, delete varchar(9), CHECK ((update IS NOT NULL))) | CREATE t |
                    CREATE INDEX i ON t ((SELECT 1))                        | | UNREADABLE
                    COMMENT ON TABLE t IS E'x'                             | EXTEND t |
                    ALTER TABLE t ALTER a TYPE int USING a::int             | ALTER t |
                    ALTER TABLE t ALTER a TYPE numeric(10, 2) USING trim(a)::numeric(10, 2) | ALTER t |
                    ALTER TABLE t ALTER a SET DEFAULT now()                 | ALTER t |
                    CREATE TABLE t (a uuid DEFAULT gen_random_uuid(), values text, b timestamptz(3) DEFAULT now()) | CREATE t |
                    CREATE TABLE t (a int, EXCLUDE USING gist (a WITH =)) WITH (fillfactor = 70) | CREATE t |
                    CREATE TABLE t (a int) PARTITION BY HASH (a)            | CREATE t |
                    CREATE INDEX i ON t USING hnsw (a vector_l2_ops) WITH (m = 16) WHERE a IS NOT NULL | EXTEND t |
                    GRANT ALL ON t TO x                                     | | ADMINISTER
                    VACUUM FULL t                                           | |
                    VACUUM (ANALYZE) ONLY t, ONLY s.u (a)                   | |
                    ANALYZE ONLY (t), u *                                   | |
                    VACUUM                                                  | | select everything
                    ANALYZE VERBOSE                                         | | select everything
                    REINDEX DATABASE CONCURRENTLY x                         | | ADMINISTER
                    REINDEX (VERBOSE) DATABASE                              | | ADMINISTER
                    REINDEX TABLE database                                  | |
                    CLUSTER                                                 | | ADMINISTER
                    REFRESH MATERIALIZED VIEW v                             | UPDATE v |
                    REFRESH MATERIALIZED VIEW CONCURRENTLY v WITH DATA      | UPDATE v |
                    CALL wipe                                               | | wipe()
                    PREPARE p AS DELETE FROM t                              | DELETE t | prepared p
                    PREPARE P (int, numeric(8, 2)) AS UPDATE t SET a = $1 WHERE b = $2 | UPDATE t | prepared p
                    PREPARE "P" AS WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x | DELETE t | prepared P
                    PREPARE p AS MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE | DELETE t | prepared p
                    PREPARE p AS (SELECT wipe())                            | | prepared p;wipe()
                    PREPARE p AS SELECT set_config('search_path', 'a', false) | | prepared p
                    PREPARE p AS VALUES (1)                                 | | prepared p
                    PREPARE p AS TABLE t                                    | | prepared p
                    PREPARE execute AS DELETE FROM t                        | DELETE t | prepared execute
                    PREPARE p AS EXECUTE q                                  | | UNREADABLE
                    PREPARE p AS DROP TABLE t                               | | UNREADABLE
                    PREPARE p AS EXPLAIN DELETE FROM t                      | | UNREADABLE
                    PREPARE p DELETE FROM t                                 | | UNREADABLE
                    PREPARE "S_1" AS SELECT 1                               | | UNREADABLE
                    PREPARE S_1 AS SELECT 1                                 | | prepared s_1
                    PREPARE \u00e4 AS SELECT 1                              | | UNREADABLE
                    PREPARE a123456789012345678901234567890123456789012345678901234567890123 AS SELECT 1 | | prepared a12345678901234567890123456789012345678901234567890123456789012
                    EXECUTE p                                               | | runs p
                    EXECUTE p (1, 'x', now())                               | | runs p
                    EXECUTE "P"(wipe(1))                                    | | wipe();runs P
                    EXECUTE p((SELECT max(id) FROM t))                      | | runs p
                    EXECUTE p(set_config('search_path', 'a', false))        | | path [a] uncertain;runs p
                    EXECUTE p(1) x                                          | | UNREADABLE
                    EXECUTE "S_12"                                          | | UNREADABLE
                    CREATE TABLE t AS EXECUTE p                             | CREATE t, INSERT t | runs p
                    CREATE TABLE IF NOT EXISTS t (a, b) AS EXECUTE p(1) WITH NO DATA | CREATE t, INSERT t | runs p
                    CREATE TEMP TABLE t ON COMMIT DROP AS EXECUTE p         | | temporary t;runs p
                    DEALLOCATE p                                            | | forgotten p
                    DEALLOCATE PREPARE p                                    | | forgotten p
                    DEALLOCATE PREPARE                                      | | forgotten prepare
                    DEALLOCATE PREPARE ALL                                  | | all forgotten
                    DEALLOCATE "all"                                        | | forgotten all
                    FROBNICATE t                                            | | UNREADABLE
                    "DELETE" FROM t                                         | | UNREADABLE
                    """)
    void postgreSql(String sql, String writes, String beyond) {
        assertForm(Dialect.POSTGRESQL, sql, writes, beyond);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    SELECT 1                                                | |
                    TABLE t                                                 | |
                    VALUES 1, 2                                             | |
                    FROM t SELECT a                                         | |
                    DELETE t                                                | DELETE t |
                    UPDATE t SET a = 1                                      | UPDATE t |
                    INSERT INTO t SET a = 1                                 | INSERT t |
                    MERGE INTO t KEY (a) VALUES (1)                         | INSERT t, UPDATE t |
                    MERGE INTO t (a, b) KEY (a) SELECT 1, 2                 | INSERT t, UPDATE t |
                    TRUNCATE TABLE t RESTART IDENTITY                       | ALTER t, TRUNCATE t |
                    COMMIT                                                  | | transaction end
                    ROLLBACK TO SAVEPOINT a                                 | | transaction end
                    SET SCHEMA a                                            | | path [a]
                    SET SCHEMA "A"                                          | | path [a]
                    SET SCHEMA ?1                                           | | path unknown
                    SET SCHEMA_SEARCH_PATH a, b                             | | path unknown
                    USE a                                                   | | path unknown
                    SET LOCK_TIMEOUT 1000                                   | |
                    SET NAMES utf8mb4                                       | |
                    DROP INDEX IF EXISTS i ON t                             | DROP i |
                    SET CLIENT_ENCODING TO 'utf-8'                          | |
                    BEGIN                                                   | | transaction start
                    SET AUTOCOMMIT OFF                                      | | transaction start
                    SET AUTOCOMMIT FALSE                                    | | transaction start
                    SET AUTOCOMMIT = 0                                      | | transaction start
                    SET AUTOCOMMIT ON                                       | |
                    SET @autocommit = 0                                     | |
                    SET AUTOCOMMIT TRUE                                     | |
                    SET @x = 5                                              | |
                    SET TIME ZONE 'UTC'                                     | |
                    SET MODE PostgreSQL                                     | | restricted mode
                    SET REFERENTIAL_INTEGRITY FALSE                         | | restricted referential_integrity
                    SET ALLOW_LITERALS NONE                                 | | restricted allow_literals
                    SET DEFAULT_LOCK_TIMEOUT 1                              | | restricted default_lock_timeout
                    SET WRITE_DELAY 1                                       | | restricted write_delay
                    SET NON_KEYWORDS VALUE                                  | | restricted non_keywords
                    SHOW TABLES                                             | |
                    CALL 1 + 1                                              | |
                    CALL NEXT VALUE FOR s                                   | |
                    CALL wipe                                               | |
                    EXPLAIN DELETE FROM t                                   | |
                    EXPLAIN PLAN FOR DELETE FROM t                          | |
                    EXPLAIN ANALYZE DELETE FROM t                           | DELETE t |
                    DROP TABLE t CASCADE                                    | DROP t |
                    DROP ALL OBJECTS                                        |  | ADMINISTER;drop everything
                    DROP SCHEMA s                                           |  | ADMINISTER;drop all of schema s
                    DROP ALIAS f                                            | | DEFINE
                    CREATE TABLE t (id bigint generated by default as identity, primary key (id)) | CREATE t |
                    CREATE CACHED TABLE t (id int)                          | CREATE t |
                    CREATE TABLE t (id int) AS SELECT 1                     | CREATE t, INSERT t |
                    CREATE TABLE t (id int) ENGINE "x"                      | | UNREADABLE
                    CREATE LINKED TABLE t ('', '', '', '', 'ledger')        | | ADMINISTER
                    CREATE SYNONYM t FOR ledger                             | | ADMINISTER
                    CREATE TEMP VIEW v AS SELECT * FROM t                    | | UNREADABLE
                    CREATE OR REPLACE TEMPORARY VIEW v AS SELECT * FROM t   | | UNREADABLE
                    CREATE LOCAL TEMP VIEW v AS SELECT * FROM t             | | UNREADABLE
                    CREATE INDEX i ON t (a)                                 | EXTEND t |
                    CREATE ALIAS f FOR 'a.b'                                | | DEFINE
                    CREATE TRIGGER x BEFORE DELETE ON t FOR EACH ROW CALL 'x' | ALTER t | DEFINE
                    ALTER TABLE t ADD COLUMN a INT                          | EXTEND t |
                    ALTER TABLE t ADD a int REFERENCES b (id) ON UPDATE SET DEFAULT | ALTER b, ALTER t |
                    ALTER TABLE t ADD COLUMN a int REFERENCES b (id)        | EXTEND t |
                    ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES s.b (id) ON DELETE CASCADE | ALTER s.b, ALTER t |
                    CREATE TABLE t (a int REFERENCES b ON DELETE CASCADE, c int REFERENCES d ON DELETE RESTRICT) | ALTER b, CREATE t |
                    CREATE TABLE t (c int REFERENCES d, a int REFERENCES b (id) ON UPDATE CASCADE) | ALTER b, CREATE t |
                    ALTER TABLE t SET REFERENTIAL_INTEGRITY FALSE           | ALTER t | alter what refers to t
                    CREATE UNIQUE NULLS NOT DISTINCT INDEX i ON t (a)       | EXTEND t |
                    ALTER TABLE t RENAME TO ledger                          | ALTER t, CREATE ledger |
                    EXECUTE IMMEDIATE x                                     | | UNREADABLE
                    EXEC wipe 1, 2                                          | | wipe()
                    DECLARE GLOBAL TEMPORARY TABLE t (id int)               | CREATE t |
                    DISCARD ALL                                             | |
                    CREATE SEQUENCE s START WITH (1)                        | | UNREADABLE
                    DROP DOMAIN d CASCADE                                   | | ADMINISTER
                    CREATE DOMAIN d AS int CHECK (VALUE > 1)                | | ADMINISTER
                    CREATE CONSTANT c VALUE (SELECT id FROM OLD TABLE (DELETE FROM t)) | | UNREADABLE
                    ALTER DOMAIN d ADD CHECK (VALUE IN (SELECT id FROM OLD TABLE (DELETE FROM t))) | | UNREADABLE
                    ALTER VIEW v RECOMPILE                                  | ALTER v |
                    CREATE TABLE t (a int DEFAULT (SELECT 1)) AS SELECT b FROM OLD TABLE (DELETE FROM u) | CREATE t, DELETE b, DELETE old, DELETE u, INSERT t |
                    SET LOCK_TIMEOUT SELECT a                               | |
                    SET MAX_MEMORY_ROWS (SELECT 1 FROM OLD TABLE (DELETE FROM t)) | | UNREADABLE
                    RUNSCRIPT FROM 'x'                                      | | UNREADABLE
                    SCRIPT TO 'x'                                           | | ADMINISTER
                    BACKUP TO 'x'                                           | | ADMINISTER
                    SHUTDOWN                                                | | ADMINISTER
                    COMMENT ON TABLE t IS NULL                              | EXTEND t |
                    COMMENT ON TABLE t IS (SELECT 'x' FROM b)               | | UNREADABLE
                    COMMENT ON TABLE t IS wipe() + ''                       | | UNREADABLE
                    COMMENT ON COLUMN t.a IS 'x' + wipe()                   | | UNREADABLE
                    COMMENT ON SCHEMA s IS wipe()                           | | UNREADABLE
                    COMMENT ON SCHEMA s IS 'x'                              | |
                    COMMENT ON TABLE t                                      | | UNREADABLE
                    CREATE SEQUENCE s START WITH (SELECT 1)                 | | UNREADABLE
                    CREATE SEQUENCE s INCREMENT BY wipei(1)                 | | UNREADABLE
                    CREATE SEQUENCE IF NOT EXISTS a.s AS bigint START WITH 1 INCREMENT BY -50 NO CYCLE | CREATE a.s |
                    ALTER SEQUENCE q RESTART WITH wipe()                    | | UNREADABLE
                    ALTER SEQUENCE q RESTART WITH (SELECT 1)                | | UNREADABLE
                    ALTER SEQUENCE q RESTART WITH -1                        | ALTER q |
                    ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT USING (SELECT 1) | ALTER t |
                    ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT USING wipe(a) | ALTER t | wipe()
                    ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT USING raw(a) | ALTER t | raw()
                    ALTER TABLE t ALTER COLUMN a SET DATA TYPE varchar(9) USING lower(a) | ALTER t |
                    ALTER TABLE t ALTER COLUMN a SET DEFAULT ((VALUES (1)))  | ALTER t |
                    ALTER TABLE t ADD a int DEFAULT (WITH x AS (SELECT 1) SELECT 1 FROM x) | EXTEND t |
                    ALTER TABLE t ADD CHECK (a IN (TABLE b))                | EXTEND t |
                    CREATE TABLE t (a int DEFAULT (SELECT max(a) FROM b))   | CREATE t |
                    CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY (START WITH wipe())) | CREATE t | wipe()
                    CREATE TABLE t (a int GENERATED BY DEFAULT AS IDENTITY (START WITH 5 INCREMENT BY 50)) | CREATE t |
                    CREATE TABLE t (a int DEFAULT wipe()) AS SELECT 1       | CREATE t, INSERT t | wipe()
                    CREATE TABLE t (a int, b text, CHECK (a > 0 AND length(b) > 1), UNIQUE (a)) | CREATE t |
                    CREATE TABLE t (update timestamp(6) with time zone, delete varchar(9), CHECK ((update IS NOT NULL))) | CREATE t |
                    CREATE INDEX i ON t ((SELECT 1))                        | EXTEND t |
                    COMMENT ON TABLE t IS (SELECT count(*) FROM OLD TABLE(DELETE FROM ledger)) | | UNREADABLE
                    CREATE SEQUENCE s START WITH (SELECT count(*) FROM OLD TABLE(DELETE FROM ledger)) | | UNREADABLE
                    ALTER TABLE t ALTER COLUMN a RESTART WITH (FROM OLD TABLE (DELETE FROM ledger) SELECT 1) | | UNREADABLE
                    CREATE TABLE t (a int DEFAULT (VALUES 1))               | CREATE t |
                    SET SCHEMA (SELECT 1)                                   | | UNREADABLE
                    ALTER TABLE t ALTER COLUMN a RESTART WITH 1             | ALTER t |
                    GRANT ALL ON t TO x                                     | | ADMINISTER
                    CREATE USER x PASSWORD 'y'                              | | ADMINISTER
                    create table t (id bigint not null, kind varchar(255) not null check ((kind in ('A','B'))), n smallint check (n between 0 and 3), d numeric(38,2), z timestamp(6) with time zone, primary key (id)) | CREATE t |
                    CREATE TABLE qrtz_cron_triggers (sched_name VARCHAR(120) NOT NULL, PRIMARY KEY (sched_name), FOREIGN KEY (sched_name) REFERENCES QRTZ_TRIGGERS(sched_name)) | CREATE qrtz_cron_triggers |
                    alter table if exists t add constraint FKabc foreign key (a) references b | EXTEND t |
                    CREATE TABLE PUBLIC.DATABASECHANGELOG (ID VARCHAR(255) NOT NULL, DATEEXECUTED TIMESTAMP NOT NULL, CONSTRAINT pk PRIMARY KEY (ID)) | CREATE public.databasechangelog |
                    ALTER TABLE flyway_schema_history ADD CONSTRAINT pk PRIMARY KEY (installed_rank) | EXTEND flyway_schema_history |
                    create table t (id bigint generated by default as identity, kind enum ('A','B'), primary key (id)) | CREATE t |
                    EXECUTE IMMEDIATE 'DELETE FROM t'                       | DELETE t |
                    EXECUTE IMMEDIATE 'SET SCHEMA a'                        | | path [a]
                    EXECUTE IMMEDIATE 'EXECUTE IMMEDIATE ''DELETE FROM t''' | DELETE t |
                    EXECUTE IMMEDIATE 'SELECT 1; DELETE FROM t'             | | UNREADABLE
                    EXECUTE IMMEDIATE 'SELECT [a] FROM t'                   | | UNREADABLE
                    EXECUTE IMMEDIATE ''                                    | | UNREADABLE
                    EXECUTE p                                               | | UNREADABLE
                    PREPARE COMMIT x                                        | | ADMINISTER
                    PREPARE p AS DELETE FROM t                              | | UNREADABLE
                    COPY t FROM STDIN                                       | | UNREADABLE
                    """)
    void h2(String sql, String writes, String beyond) {
        assertForm(Dialect.H2, sql, writes, beyond);
    }

    static void assertForm(Dialect dialect, String sql, String writes, String beyond) {
        StatementEffects statement = Analysis.only(dialect, sql);
        Set<String> written = new TreeSet<>(Analysis.writes(Analysis.of(dialect, sql)));
        written.remove("UNREADABLE");
        Analysis.sweeps(statement).forEach(written::remove);
        assertThat(written).isEqualTo(listed(writes));
        assertThat(Analysis.beyondTables(statement)).isEqualTo(listed(beyond == null ? "" : beyond, ";"));
    }

    private static Set<String> listed(String list) {
        return listed(list == null ? "" : list, ", ");
    }

    private static Set<String> listed(String list, String separator) {
        return list.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(list.split(separator)));
    }
}
