package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracle as its documentation says, against no live server: what is read, and what is refused. */
class OracleFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    select orders_seq.nextval from dual ¦ select dual
                    SELECT app.orders_seq.CURRVAL, SYSDATE, SYSTIMESTAMP, USER FROM DUAL ¦ select dual
                    SELECT o1_0.id, NVL(o1_0.a, 0), TO_CHAR(o1_0.d, 'YYYY-MM-DD') FROM "ORDERS" o1_0 WHERE o1_0.id = :1 ¦ select orders
                    select * from (select a, rownum rn from (select a from orders order by b) where rownum <= ?) where rn > ? ¦ select orders
                    SELECT /*+ INDEX(o i) */ o.id FROM orders o, payment p WHERE o.id = p.id(+) AND p.x (+) = 1 ¦ select orders; select payment
                    select id from orders where id = ? for update of id skip locked ¦ select orders
                    select o1_0.id from orders o1_0 where o1_0.id=? for update of o1_0.id wait 5 ¦ select orders
                    SELECT id FROM orders FOR UPDATE NOWAIT ¦ select orders
                    SELECT a FROM orders MINUS SELECT a FROM draft UNION ALL (SELECT 1 FROM dual) ¦ select draft; select dual; select orders
                    SELECT LEVEL, CONNECT_BY_ROOT id, SYS_CONNECT_BY_PATH(id, '/') FROM node START WITH parent IS NULL CONNECT BY NOCYCLE PRIOR id = parent ORDER SIBLINGS BY id ¦ select node
                    SELECT q'[it's]', Q'!a'b!', nq'(x)', N'ü' FROM dual ¦ select dual
                    SELECT DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00', d + INTERVAL '1' DAY, d - INTERVAL '1 2:03' DAY(2) TO MINUTE FROM orders ¦ select orders
                    SELECT LISTAGG(a, ',' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY b), MAX(a) KEEP (DENSE_RANK LAST ORDER BY b) OVER (PARTITION BY c) FROM orders ¦ select orders
                    SELECT EXTRACT(YEAR FROM d), TRIM(BOTH 'x' FROM a), TRIM(LEADING FROM a), CAST(a AS VARCHAR2(10 CHAR)), CAST(b AS TIMESTAMP(6) WITH TIME ZONE) FROM orders ¦ select orders
                    SELECT FIRST_VALUE(a IGNORE NULLS) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING) FROM orders ¦ select orders
                    SELECT a FROM orders ORDER BY b DESC NULLS LAST OFFSET ? ROWS FETCH NEXT ? ROWS ONLY ¦ select orders
                    SELECT o.*, p.id AS "First Id" FROM orders PARTITION (p1) o LEFT OUTER JOIN payment p USING (id) CROSS APPLY (SELECT 1 x FROM line) ¦ select line; select orders; select payment
                    SELECT * FROM orders NATURAL JOIN payment ¦ select orders; select payment
                    SELECT a FROM orders LEFT JOIN payment ON 1 = 1 ¦ select orders; select payment
                    SELECT a FROM orders o, LATERAL (SELECT 1 FROM line l WHERE l.o = o.id) x ¦ select line; select orders
                    SELECT a FROM orders WHERE (a, b) IN ((1, 2), (3, 4)) AND (a, b) IN (SELECT a, b FROM draft) AND c ^= 1 AND d != 2 AND NOT REGEXP_LIKE(e, 'x') ¦ select draft; select orders
                    SELECT DECODE(a, 1, 'x', 'y'), CASE a WHEN 1 THEN 'x' END, a || b FROM orders GROUP BY ROLLUP(a), GROUPING SETS ((a, b), ()) HAVING COUNT(DISTINCT a) > 1 ¦ select orders
                    SELECT * FROM TABLE(rows_of(1)) ¦ routine rows_of
                    SELECT recalc(id, days => 1), app.recalc(1), pkg.recalc FROM orders o ¦ select orders; routine recalc; routine app.recalc; routine pkg.recalc
                    SELECT o.id, orders2.id, app.third.id FROM orders o, orders2, app.third ¦ select app.third; select orders; select orders2
                    SELECT dbms_xmlgen.getxml('DELETE FROM ledger') FROM dual ¦ select dual; routine dbms_xmlgen.getxml
                    WITH late AS (SELECT id FROM orders), x (a) AS (SELECT id FROM late) SELECT x.a FROM x ¦ select orders
                    WITH "c" AS (SELECT id FROM draft) SELECT * FROM "c" ¦ select draft
                    WITH "c" AS (SELECT id FROM draft) SELECT * FROM c ¦ select c; select draft
                    WITH C AS (SELECT id FROM draft) SELECT * FROM "C" ¦ select draft
                    DELETE FROM (WITH "c" AS (SELECT id FROM draft) SELECT * FROM c) ¦ delete c, no where; delete draft, no where; select c; select draft
                    WITH orders AS (SELECT id FROM orders) SELECT * FROM orders ¦ select orders (a table hides the common table expression of its name)
                    SELECT table_name FROM user_tables ¦ select user_tables
                    insert into orders (name, id) values (?, orders_seq.nextval) ¦ insert orders(id, name)
                    INSERT INTO orders (name) VALUES (?) RETURNING id INTO ? ¦ insert orders(name)
                    INSERT /*+ APPEND */ INTO orders o (o) SELECT a FROM draft ¦ insert orders(o); select draft
                    INSERT INTO orders (SELECT a FROM draft) ¦ insert orders; select draft
                    INSERT INTO orders WITH x AS (SELECT a FROM draft) SELECT * FROM x ¦ insert orders; select draft
                    INSERT ALL INTO orders (id) VALUES (1) INTO ledger (id, a) VALUES (2, 3) SELECT * FROM dual ¦ insert ledger(a, id); insert orders(id); select dual
                    update orders o1_0 set name=?, o1_0.total=nvl(?, 0) where o1_0.id=? ¦ update orders(name, total)
                    UPDATE orders SET (a, b) = (SELECT a, b FROM draft), c = 1 RETURNING a, b INTO :x, :y ¦ select draft; update orders(a, b, c), no where
                    UPDATE (SELECT amount AS x FROM ledger l JOIN other o ON o.id = l.id) SET x = 0 ¦ select ledger; select other; update ledger, no where; update other, no where
                    UPDATE (SELECT amount FROM ledger) v SET v.amount = 0 WHERE v.amount > 1 ¦ select ledger; update ledger
                    delete from orders where id = ? ¦ delete orders
                    DELETE orders o WHERE o.id = 1 RETURN id INTO ? ¦ delete orders
                    DELETE FROM orders PARTITION (p1) ¦ delete orders, no where
                    DELETE FROM (SELECT * FROM ledger) ¦ delete ledger, no where; select ledger
                    DELETE FROM (WITH c AS (SELECT * FROM ledger) SELECT * FROM c) WHERE id = 1 ¦ delete ledger; select ledger
                    INSERT INTO (SELECT id FROM ledger WITH CHECK OPTION) VALUES (1) ¦ insert ledger; select ledger
                    merge into orders o using (select ? id, ? name from dual) s on (o.id=s.id) when matched then update set o.name=s.name where s.id > 1 delete where o.name is null when not matched then insert (id, name) values (s.id, s.name) where s.id > 2 ¦ delete orders; insert orders(id, name); select dual; update orders(name)
                    LOCK TABLE orders, app.draft IN SHARE ROW EXCLUSIVE MODE NOWAIT ¦ select app.draft; select orders
                    COMMIT WORK ¦ transaction end
                    ROLLBACK TO SAVEPOINT x ¦ transaction end
                    SAVEPOINT x ¦ nothing
                    SET TRANSACTION ISOLATION LEVEL SERIALIZABLE ¦ nothing
                    SET TRANSACTION READ ONLY ¦ nothing
                    ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY' TIME_ZONE = 'UTC' ¦ nothing
                    ALTER SESSION SET CURRENT_SCHEMA = app ¦ path unknown
                    CALL app.wipe(1, days => 2) ¦ routine app.wipe
                    CALL replace('a') ¦ routine replace
                    {call wipe(?, ?)} ¦ routine wipe
                    {? = call pkg.recalc(?)} ¦ routine pkg.recalc
                    create table orders (id number(19,0) generated by default on null as identity (start with 1), name varchar2(255 char) default 'x' not null, d timestamp(6) with time zone, raw16 raw(16), primary key (id), constraint c check (id > 0) enable, foreign key (name) references customer on delete cascade) ¦ alter customer; create orders
                    CREATE TABLE fresh AS SELECT * FROM orders ¦ create fresh; insert fresh; select orders
                    CREATE INDEX app.i ON orders (UPPER(name), id DESC) ONLINE ¦ extend orders
                    CREATE INDEX i ON orders (recalc(name)) ¦ extend orders; routine recalc
                    CREATE OR REPLACE VIEW v (a) AS SELECT recalc(id) FROM orders WITH READ ONLY ¦ alter v; create v; select orders; routine recalc
                    create sequence orders_seq start with 1 increment by 50 nocache ¦ create orders_seq
                    ALTER TABLE orders ADD (a NUMBER, b VARCHAR2(10) DEFAULT 'x' NOT NULL) ¦ extend orders
                    alter table orders add constraint fk foreign key (a) references payment ¦ extend orders; select payment
                    ALTER TABLE orders MODIFY (a NOT NULL, b VARCHAR2(20)) ¦ alter orders
                    ALTER TABLE orders RENAME COLUMN a TO b ¦ alter orders
                    ALTER TABLE orders DROP COLUMN a CASCADE CONSTRAINTS ¦ alter orders; alter what refers to orders
                    ALTER TABLE orders DROP (a, b) ¦ alter orders
                    drop table orders cascade constraints purge ¦ drop orders; alter what refers to orders
                    drop table if exists orders cascade constraints ¦ drop orders; alter what refers to orders
                    CREATE TABLE IF NOT EXISTS orders (id NUMBER) ¦ create orders
                    DROP INDEX app.i ¦ drop app.i
                    TRUNCATE TABLE orders REUSE STORAGE ¦ truncate orders
                    COMMENT ON COLUMN app.orders.a IS 'x' ¦ extend app.orders
                    """)
    void isRead(String sql, String needs) {
        assertThat(Needs.of(Dialect.ORACLE, sql)).isEqualTo(needs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Another table than the one that seems to be named, or one elsewhere.
                "DELETE FROM ledger@remote",
                "DELETE FROM ledger @ remote",
                "SELECT * FROM app.ledger@remote",
                "SELECT wipe@remote(1) FROM dual",
                "DELETE FROM TABLE(SELECT x FROM ledger)",
                "DELETE FROM ONLY (ledger)",
                "DELETE FROM (orders)",
                "DELETE FROM (SELECT 1 FROM TABLE(f()))",
                "DELETE FROM (SELECT o.* FROM orders o, TABLE(f()) x)",
                "DELETE FROM db.app.ledger",
                "DELETE FROM orders WHERE CURRENT OF c",
                "DELETE FROM orders FROM ledger",
                "DELETE FROM orders USING ledger",
                "UPDATE orders SET a = 1 FROM ledger",
                "UPDATE orders SET VALUE(orders) = 1",
                "UPDATE orders SET place.city = 'x'",
                "UPDATE orders o SET o.place.city = 'x'",
                "UPDATE orders o SET a = (SELECT 1 FROM place), place.city = 'x'",
                "UPDATE orders o SET orders.a = 1",
                "MERGE INTO orders o USING draft d ON (o.id = d.id) WHEN MATCHED THEN UPDATE SET d.a = 1",
                "INSERT FIRST WHEN 1 = 1 THEN INTO ledger VALUES (1) SELECT 1 FROM dual",
                "INSERT INTO orders VALUES (1) LOG ERRORS INTO ledger",
                "INSERT INTO orders (a) VALUES (1) RETURNING a INTO ledger",
                "INSERT INTO TABLE(SELECT x FROM ledger) VALUES (1)",
                "MERGE INTO orders USING s ON 1 = 1 WHEN MATCHED THEN DELETE",
                "MERGE INTO orders USING s ON (1 = 1) WHEN MATCHED THEN DELETE",
                "WITH x AS (SELECT 1 FROM dual) DELETE FROM ledger",
                "WITH FUNCTION f RETURN NUMBER IS BEGIN DELETE FROM ledger; RETURN 1; END; SELECT f FROM dual",
                "WITH FUNCTION f(a NUMBER) AS (SELECT 1) SELECT 1",
                "WITH PROCEDURE p IS BEGIN NULL; END; SELECT 1 FROM dual",
                "SELECT a INTO b FROM orders",
                "SELECT CURSOR(SELECT 1 FROM ledger) FROM dual",
                "SELECT * FROM orders AS OF TIMESTAMP SYSDATE",
                "SELECT * FROM orders VERSIONS BETWEEN SCN 1 AND 2",
                "SELECT * FROM orders PIVOT (SUM(a) FOR b IN (1))",
                "SELECT * FROM orders MODEL DIMENSION BY (a) MEASURES (b) RULES (b[1] = 2)",
                "SELECT * FROM XMLTABLE('/a' PASSING doc)",
                "SELECT * FROM CONTAINERS(ledger)",
                "SELECT x.y.z.wipe(1) FROM orders x",
                // What runs something that the text does not tell.
                "BEGIN wipe(); END;",
                "BEGIN DELETE FROM ledger; END;",
                "DECLARE x NUMBER; BEGIN NULL; END;",
                "BEGIN NULL; END",
                "EXECUTE IMMEDIATE 'DELETE FROM ledger'",
                "EXEC wipe",
                "CALL wipe@remote()",
                "EXPLAIN PLAN FOR SELECT 1 FROM dual",
                "EXPLAIN PLAN INTO ledger FOR SELECT 1 FROM dual",
                "CREATE OR REPLACE TRIGGER t BEFORE INSERT ON orders BEGIN DELETE FROM ledger; END;",
                "CREATE PROCEDURE p IS BEGIN NULL; END;",
                "CREATE DATABASE LINK l CONNECT TO x IDENTIFIED BY y USING 'z'",
                "CREATE SYNONYM orders FOR ledger",
                "CREATE GLOBAL TEMPORARY TABLE t (a NUMBER)",
                "CREATE MATERIALIZED VIEW v AS SELECT 1 FROM ledger",
                "CREATE OR REPLACE FORCE VIEW v AS SELECT 1 FROM ledger",
                "CREATE TABLE t (a NUMBER) AS SELECT 1 FROM ledger",
                "ALTER TABLE orders RENAME TO ledger",
                "ALTER TABLE orders EXCHANGE PARTITION p WITH TABLE ledger",
                "ALTER TABLE orders DISABLE ALL TRIGGERS",
                "ALTER TABLE orders DROP PARTITION p",
                "ALTER TABLE orders MOVE",
                "ALTER TRIGGER t DISABLE",
                "ALTER SESSION ENABLE PARALLEL DML",
                "ALTER SESSION SET CONSTRAINTS = DEFERRED",
                "ALTER SESSION SET EVENTS 'x'",
                "ALTER SESSION SET CONTAINER = x",
                "ALTER SYSTEM SET x = 1",
                "RENAME orders TO ledger",
                "FLASHBACK TABLE ledger TO BEFORE DROP",
                "PURGE RECYCLEBIN",
                "DROP USER app CASCADE",
                "DROP TABLE orders, ledger",
                "TRUNCATE TABLE orders CASCADE",
                "SET ROLE dba",
                "SET CONSTRAINTS ALL DEFERRED",
                "SET TRANSACTION USE ROLLBACK SEGMENT x",
                "GRANT ALL ON ledger TO x",
                "LOCK TABLE ledger",
                "COMMIT WRITE NOWAIT",
                "COMMIT FORCE 'x'",
                // Text that may be cut otherwise, or is more than one statement.
                "SELECT 1 FROM dual; DELETE FROM ledger",
                "SELECT 1 FROM dual;;",
                "SELECT 1 FROM dual DELETE FROM ledger",
                "SELECT q'[a]b' FROM dual",
                "SELECT q'aba' FROM dual",
                "SELECT q' a ' FROM dual",
                "SELECT q'[?]' FROM dual",
                "SELECT q'[{call x}]' FROM dual",
                "SELECT 1 /*/ DELETE */ FROM dual",
                "SELECT 1 /* {x} */ FROM dual",
                "SELECT 1 -- x \r FROM ledger",
                "SELECT 'a' 'b' FROM dual",
                "SELECT 'a'b FROM dual",
                "SELECT a\"b\" FROM orders",
                "SELECT \"a\"\"b\" FROM orders",
                "DELETE FROM \"l\u00e9dger\"",
                "DELETE FROM l\u00e9dger",
                "DELETE FROM \"ledger \"",
                "SELECT [a] FROM orders",
                "SELECT `a` FROM orders",
                "SELECT 1d FROM dual",
                "SELECT 0x1 FROM dual",
                "SELECT 1_0 FROM dual",
                "SELECT :new.a FROM dual",
                "SELECT :x:y FROM dual",
                "SELECT &x FROM dual",
                "SELECT #x FROM dual",
                "SELECT a ** b FROM orders",
                "SELECT a << b FROM orders",
                "SELECT '\u2019' FROM dual"
            })
    void isRefused(String sql) {
        assertThat(Needs.of(Dialect.ORACLE, sql)).isEqualTo("unreadable");
    }
}
