package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements as well-known libraries write them. */
class TreeWalkerOrdinaryTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # Hibernate
            select o1_0.id,o1_0.status,c1_0.name from orders o1_0 left join customer c1_0 on c1_0.id=o1_0.customer_id where o1_0.status=? order by o1_0.created_at desc fetch first ? rows only | select customer, select orders
            select count(*) from orders o1_0 where lower(o1_0.note) like ? escape '!' | select orders
            insert into orders (customer_id,status,version,id) values (?,?,?,?) | insert orders(customer_id id status version)
            update orders set customer_id=?,status=?,version=? where id=? and version=? | update orders(customer_id status version)
            delete from orders where id=? and version=? | delete orders
            select nextval('orders_seq') | ``
            select o1_0.id from orders o1_0 where o1_0.id=? for no key update skip locked | select orders
            select distinct o.id from orders o where exists (select 1 from line l where l.order_id = o.id and l.qty > ?) and o.status in (?,?,?) | select line, select orders
            insert into orders (status, payload) values (?::order_status, ?::jsonb) returning id | insert orders(payload status)
            update orders set status='SHIPPED' from (values (1,2),(3,4)) as v(id, w) where orders.id = v.id | update orders(status)
            with cte as (select id from orders where status=?) delete from line where order_id in (select id from cte) | delete line, select orders
            select e1_0.id, row_number() over(partition by e1_0.dept_id order by e1_0.salary desc nulls last), rank() over w from employee e1_0 window w as (order by e1_0.hired) | select employee
            select extract(year from o.created_at), cast(o.total as numeric(19,2)), o.created_at + interval '1 day', current_timestamp from orders o | select orders
            # Spring Batch, Spring Session, Spring Security
            SELECT JOB_INSTANCE_ID, JOB_NAME FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = ? and JOB_KEY = ? | select batch_job_instance
            UPDATE BATCH_JOB_EXECUTION set START_TIME = ?, END_TIME = ?, STATUS = ?, EXIT_CODE = ?, VERSION = VERSION + 1 where JOB_EXECUTION_ID = ? and VERSION = ? | update batch_job_execution(end_time exit_code start_time status version)
            SELECT E.JOB_EXECUTION_ID from BATCH_JOB_EXECUTION E, BATCH_JOB_INSTANCE I where E.JOB_INSTANCE_ID=I.JOB_INSTANCE_ID and I.JOB_NAME=? and E.START_TIME is not NULL and E.END_TIME is NULL order by E.JOB_EXECUTION_ID desc | select batch_job_execution, select batch_job_instance
            INSERT INTO SPRING_SESSION_ATTRIBUTES (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES) VALUES (?, ?, ?) ON CONFLICT (SESSION_PRIMARY_ID, ATTRIBUTE_NAME) DO UPDATE SET ATTRIBUTE_BYTES = EXCLUDED.ATTRIBUTE_BYTES | insert spring_session_attributes(attribute_bytes attribute_name session_primary_id), update spring_session_attributes(attribute_bytes)
            SELECT S.PRIMARY_ID, SA.ATTRIBUTE_NAME FROM SPRING_SESSION S LEFT JOIN SPRING_SESSION_ATTRIBUTES SA ON S.PRIMARY_ID = SA.SESSION_PRIMARY_ID WHERE S.SESSION_ID = ? | select spring_session, select spring_session_attributes
            DELETE FROM SPRING_SESSION WHERE EXPIRY_TIME < ? | delete spring_session
            # Quartz
            SELECT TRIGGER_NAME, TRIGGER_GROUP, NEXT_FIRE_TIME, PRIORITY FROM QRTZ_TRIGGERS WHERE SCHED_NAME = 'S' AND TRIGGER_STATE = ? AND NEXT_FIRE_TIME <= ? AND (MISFIRE_INSTR = -1 OR (MISFIRE_INSTR != -1 AND NEXT_FIRE_TIME >= ?)) ORDER BY NEXT_FIRE_TIME ASC, PRIORITY DESC | select qrtz_triggers
            UPDATE QRTZ_TRIGGERS SET TRIGGER_STATE = ? WHERE SCHED_NAME = 'S' AND TRIGGER_NAME = ? AND TRIGGER_STATE = ? | update qrtz_triggers(trigger_state)
            SELECT * FROM QRTZ_LOCKS WHERE SCHED_NAME = 'S' AND LOCK_NAME = ? FOR UPDATE | select qrtz_locks
            INSERT INTO QRTZ_SIMPLE_TRIGGERS (SCHED_NAME, TRIGGER_NAME) VALUES('S', ?) | insert qrtz_simple_triggers(sched_name trigger_name)
            SELECT COUNT(TRIGGER_NAME) FROM QRTZ_TRIGGERS WHERE SCHED_NAME = 'S' AND NOT (MISFIRE_INSTR = -1) | select qrtz_triggers
            # jOOQ
            select author.id, (select json_agg(json_build_object('t', book.title) order by book.id) from book where book.author_id = author.id) as books from author group by grouping sets ((author.id), ()) having count(*) > ? | select author, select book
            merge into author as t using (select ? as id, ? as n) as s on t.id = s.id when matched then update set n = s.n when not matched then insert (id, n) values (s.id, s.n) | insert author(id n), update author(n)
            select * from (select t.*, dense_rank() over (order by t.x) rn from t) x where x.rn between ? and ? | select t
            with recursive tree(id, parent) as (select id, parent from node where id = ? union all select n.id, n.parent from node n join tree on tree.id = n.parent) select * from tree | select node
            update book set (title, price) = (select s.title, s.price from staging s where s.id = book.id) where exists (select 1 from staging) returning book.id | select staging, update book(price title)
            delete from book using author where author.id = book.author_id and author.gone | delete book, select author
            insert into book (id, title) select id, title from staging on conflict (id) do nothing | insert book(id title), select staging
            # Flyway, Liquibase
            SELECT "installed_rank","version" FROM "public"."flyway_schema_history" WHERE "installed_rank" > ? ORDER BY "installed_rank" | select "public"."flyway_schema_history"
            UPDATE public.databasechangeloglock SET LOCKED = TRUE, LOCKEDBY = 'h', LOCKGRANTED = NOW() WHERE ID = 1 AND LOCKED = FALSE | update public.databasechangeloglock(locked lockedby lockgranted)
            INSERT INTO public.databasechangelog (ID, AUTHOR, DATEEXECUTED, ORDEREXECUTED) VALUES ('1', 'a', NOW(), 7) | insert public.databasechangelog(author dateexecuted id orderexecuted)
            SELECT pg_try_advisory_lock(?), current_schema(), version(), set_masklen('a', 1) | ``
            # TPC-H
            select l_returnflag, sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)) as charge, avg(l_quantity) from lineitem where l_shipdate <= date '1998-12-01' - interval '90' day group by l_returnflag order by l_returnflag | select lineitem
            select s_acctbal, p_partkey from part, supplier, partsupp, nation, region where p_partkey = ps_partkey and ps_supplycost = (select min(ps_supplycost) from partsupp, supplier where p_partkey = ps_partkey) | select nation, select part, select partsupp, select region, select supplier
            select o_year, sum(case when nation = 'BRAZIL' then volume else 0 end) / sum(volume) from (select extract(year from o_orderdate) as o_year, l_extendedprice * (1 - l_discount) as volume, n2.n_name as nation from lineitem, orders, nation n2 where l_orderkey = o_orderkey) as all_nations group by o_year | select lineitem, select nation, select orders
            select c_count, count(*) from (select c_custkey, count(o_orderkey) from customer left outer join orders on c_custkey = o_custkey and o_comment not like '%a%b%' group by c_custkey) as c_orders (c_custkey, c_count) group by c_count | select customer, select orders
            select substring(c_phone from 1 for 2) from customer where substring(c_phone from 1 for 2) in ('13', '31') and not exists (select * from orders where o_custkey = c_custkey) | select customer, select orders
            # Tools and drivers
            SELECT n.nspname, c.relname, pg_catalog.obj_description(c.oid, 'pg_class') FROM pg_catalog.pg_namespace n, pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_description d ON (c.oid = d.objoid AND d.objsubid = 0 and d.classoid = 'pg_class'::regclass) WHERE c.relnamespace = n.oid AND pg_catalog.pg_table_is_visible(c.oid) | select pg_catalog.pg_class, select pg_catalog.pg_description, select pg_catalog.pg_namespace
            SELECT a.attnum, (information_schema._pg_expandarray(i.indkey)).n FROM pg_catalog.pg_index i, pg_catalog.pg_attribute a | select pg_catalog.pg_attribute, select pg_catalog.pg_index
            SELECT 1 | ``
            """)
    void ordinaryStatementsAreReadExactly(String sql, String expected) {
        assertThat(Trees.effects(sql)).as(sql).isEqualTo(expected);
    }
}
