package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL Server as its documentation says, against no live server: what is read, and what is refused. */
class SqlServerFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    SELECT TOP (10) [o].[id], N'x' AS 'label', GETDATE() now FROM [app].[orders] AS [o] WITH (NOLOCK) ¦ select app.orders
                    select top(?) o1_0.id from orders o1_0 with (updlock,rowlock) where o1_0.id=? ¦ select orders
                    select o.id from orders o with (updlock, holdlock, rowlock, nowait) ¦ select orders
                    SELECT * FROM orders (NOLOCK) ¦ select orders
                    SELECT * FROM orders o (NOLOCK) ¦ select orders
                    SELECT DISTINCT TOP 5 PERCENT WITH TIES a FROM orders ORDER BY a DESC ¦ select orders
                    select * from orders order by (select 0) offset ? rows fetch next ? rows only ¦ select orders
                    SELECT o.*, p.[First Name] FROM orders o LEFT OUTER JOIN payment p ON p.o = o.id CROSS APPLY (SELECT TOP 1 * FROM line l WHERE l.o = o.id) x ¦ select line; select orders; select payment
                    SELECT a FROM (SELECT a, ROW_NUMBER() OVER (PARTITION BY b ORDER BY c DESC) rn FROM orders) t WHERE rn BETWEEN 1 AND ? ¦ select orders
                    SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders ¦ select orders
                    SELECT STRING_AGG(a, ',') WITHIN GROUP (ORDER BY b) FROM orders GROUP BY GROUPING SETS ((a, b), ()) HAVING COUNT(*) > 1 ¦ select orders
                    SELECT a FROM orders UNION ALL (SELECT b FROM other EXCEPT SELECT c FROM third) ORDER BY 1 ¦ select orders; select other; select third
                    SELECT * FROM ((SELECT a FROM orders) UNION (SELECT a FROM other)) x ¦ select orders; select other
                    SELECT ((SELECT max(a) FROM orders) + 1) ¦ select orders
                    SELECT * FROM (orders o JOIN other p ON o.id = p.id) ¦ select orders; select other
                    SELECT v.a FROM (VALUES (1, 'x'), (2, 'y')) AS v (a, b) ¦ nothing
                    SELECT CASE WHEN a = 1 THEN 'x' ELSE CONVERT(varchar(10), b, 112) END, CAST(c AS decimal(10, 2)), TRY_CAST(d AS nvarchar(max)) FROM orders ¦ select orders
                    SELECT a FROM orders WHERE b NOT IN (SELECT b FROM other) AND NOT EXISTS (SELECT 1 FROM third) AND c LIKE ? ESCAPE '\\' AND d IS NOT NULL ¦ select orders; select other; select third
                    SELECT DATEADD(day, -1, SYSDATETIME()), ISNULL(a, 0), NEWID(), LEFT(b, 1), d AT TIME ZONE 'UTC' COLLATE Latin1_General_CI_AS FROM orders ¦ select orders
                    SELECT a FROM orders WHERE b > ALL (SELECT b FROM other) OPTION (RECOMPILE, MAXDOP 1) ¦ select orders; select other
                    SELECT a FROM orders FOR JSON PATH, ROOT('x') ¦ select orders
                    SELECT (SELECT a FROM orders FOR XML PATH(''), TYPE) ¦ select orders
                    SELECT j.a FROM orders CROSS APPLY OPENJSON(doc, '$.x') WITH (a int '$.a', b nvarchar(max) AS JSON) j ¦ select orders
                    SELECT value FROM STRING_SPLIT(?, ',') ¦ nothing
                    SELECT * FROM dbo.rows_of(1) r ¦ routine dbo.rows_of
                    SELECT dbo.recalc(id), wipe(1) FROM orders ¦ select orders; routine dbo.recalc; routine wipe
                    SELECT * FROM openquery(srv, 'DELETE FROM ledger') ¦ unreadable
                    SELECT doc.value('(/a)[1]', 'int') FROM orders ¦ select orders; routine doc.value
                    SELECT SCOPE_IDENTITY() ¦ nothing
                    SELECT @@IDENTITY, @@ROWCOUNT, CURRENT_TIMESTAMP, USER, 0xFF, .5, 1e3 ¦ nothing
                    SELECT NEXT VALUE FOR app.orders_seq ¦ nothing
                    select next value for orders_seq ¦ nothing
                    WITH late AS (SELECT id FROM orders), x (a) AS (SELECT id FROM late) SELECT * FROM x ¦ select orders
                    WITH tree AS (SELECT id FROM node UNION ALL SELECT n.id FROM node n JOIN tree t ON t.id = n.parent) SELECT * FROM tree OPTION (MAXRECURSION 0) ¦ select node; select tree (a table hides the common table expression of its name)
                    SELECT a, b INTO fresh FROM orders ¦ create fresh; insert fresh; select orders
                    SELECT a INTO #fresh FROM orders; DELETE FROM #fresh; DROP TABLE #fresh ¦ select orders then nothing then nothing
                    SELECT name FROM sys.tables ¦ select sys.tables
                    insert into orders (name, id) values (?, default), (?, 2) ¦ insert orders(id, name)
                    INSERT orders VALUES (1) ¦ insert orders
                    insert into orders (name) output inserted.id values (?) ¦ insert orders(name)
                    INSERT INTO orders WITH (TABLOCK) (name) SELECT a FROM other ¦ insert orders(name); select other
                    INSERT INTO orders (SELECT a FROM other) ¦ insert orders; select other
                    INSERT INTO orders DEFAULT VALUES; SELECT SCOPE_IDENTITY() ¦ insert orders then nothing
                    INSERT INTO orders (a) OUTPUT inserted.a, 'x' INTO ledger (a, b) VALUES (1) ¦ insert ledger(a, b); insert orders(a)
                    update orders set name=?, [total] += 1 where id=? ¦ update orders(name, total)
                    UPDATE TOP (5) orders SET a = 1 OUTPUT deleted.* ¦ update orders(a), no where
                    UPDATE a SET a.amount = 0 FROM ledger a JOIN other o ON o.id = a.id WHERE o.x = 1 ¦ select ledger; select other; update ledger(amount)
                    MERGE orders o USING draft d ON o.id = d.id WHEN MATCHED THEN UPDATE SET o.a = d.a, orders.b = 1 ¦ select draft; update orders(a, b)
                    UPDATE A SET amount = 0 FROM app.ledger AS a ¦ select app.ledger; update app.ledger(amount), no where
                    UPDATE orders SET a = o.a FROM other o WHERE o.id = orders.id ¦ select other; update orders(a)
                    UPDATE x SET y = 1 FROM (SELECT amount AS y FROM ledger) x ¦ select ledger; update ledger, no where
                    DELETE FROM orders WHERE id = ? ¦ delete orders
                    DELETE orders ¦ delete orders, no where
                    DELETE FROM a FROM ledger a WHERE a.id = 1 ¦ delete ledger; select ledger
                    DELETE a FROM ledger a ¦ delete ledger, no where; select ledger
                    DELETE orders FROM ledger orders ¦ delete ledger, no where; select ledger
                    DELETE TOP (10) FROM orders WITH (READPAST) OUTPUT deleted.id WHERE a < GETDATE() ¦ delete orders
                    WITH c AS (SELECT * FROM ledger) DELETE FROM c ¦ delete ledger, no where; select ledger
                    WITH c AS (SELECT *, ROW_NUMBER() OVER (ORDER BY a) rn FROM ledger), d AS (SELECT * FROM c) DELETE FROM d WHERE rn > 1 ¦ delete ledger; select ledger
                    WITH c AS (SELECT amount x FROM ledger) UPDATE c SET x = 1 ¦ select ledger; update ledger, no where
                    WITH c AS (SELECT amount x FROM ledger) UPDATE t SET x = 1 FROM c t ¦ select ledger; update ledger, no where
                    WITH c AS (SELECT id FROM ledger) INSERT INTO c (id) VALUES (1) ¦ insert ledger; select ledger
                    WITH ledger AS (SELECT id FROM orders) DELETE FROM app.ledger ¦ delete app.ledger, no where; select orders
                    merge into orders as o using (select ? id, ? name) s on (o.id=s.id) when matched and s.id > 0 then update set name=s.name when not matched by target then insert (id, name) values (s.id, s.name) when not matched by source then delete output $action, inserted.id; ¦ delete orders; insert orders(id, name); update orders(name)
                    MERGE orders WITH (HOLDLOCK) AS o USING (VALUES (1, 2)) AS s (a, b) ON o.a = s.a WHEN NOT MATCHED THEN INSERT DEFAULT VALUES ¦ insert orders
                    SET NOCOUNT ON; SET XACT_ABORT OFF; SET ANSI_NULLS, QUOTED_IDENTIFIER ON ¦ nothing then nothing then nothing
                    SET TRANSACTION ISOLATION LEVEL READ COMMITTED ¦ nothing
                    SET LOCK_TIMEOUT -1 ¦ nothing
                    SET IDENTITY_INSERT app.orders ON ¦ alter app.orders
                    COMMIT TRANSACTION ¦ transaction end
                    ROLLBACK TRAN x ¦ transaction end
                    SAVE TRANSACTION x ¦ nothing
                    {call app.wipe(?, 'x')} ¦ routine app.wipe
                    {? = call wipe} ¦ routine wipe
                    EXEC app.wipe ?, @days = 3, @out = ? OUTPUT ¦ routine app.wipe
                    EXEC replace 'a', 'b' ¦ routine replace
                    {call format(?)} ¦ routine format
                    SELECT * FROM replace(1) ¦ routine replace
                    UPDATE o SET a = j.a FROM orders o CROSS APPLY OPENJSON(?) j ¦ select orders; update orders(a), no where
                    EXECUTE sp_executesql N'DELETE FROM ledger' ¦ routine sp_executesql
                    SELECT {fn upper(a)}, {d '2026-01-01'} FROM orders ¦ select orders
                    create table orders (id bigint identity(1,1) not null, name nvarchar(max), amount decimal(10,2) default ((0)) not null check (amount >= 0), full_name as (name + 'x') persisted, primary key clustered (id), constraint fk foreign key (name) references app.customer (id)) ¦ create orders; select app.customer
                    CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES payment ON DELETE CASCADE ON UPDATE NO ACTION) ¦ alter payment; create t
                    CREATE UNIQUE NONCLUSTERED INDEX i ON app.orders (a, b DESC) INCLUDE (c) WHERE d IS NOT NULL ¦ extend app.orders
                    CREATE VIEW app.v (a) AS SELECT dbo.f(id) FROM orders WITH CHECK OPTION ¦ create app.v; select orders; routine dbo.f
                    create sequence orders_seq start with 1 increment by 50 ¦ create orders_seq
                    alter table orders add a int not null default 0, b datetime2(6) ¦ extend orders
                    ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES payment ON DELETE SET NULL ¦ alter orders; alter payment
                    ALTER TABLE orders ADD CONSTRAINT d DEFAULT GETDATE() FOR a ¦ alter orders
                    ALTER TABLE orders ALTER COLUMN a nvarchar(40) NULL ¦ alter orders
                    ALTER TABLE orders DROP COLUMN IF EXISTS a, b ¦ alter orders
                    alter table orders drop constraint fk ¦ alter orders
                    DROP TABLE IF EXISTS orders, app.draft ¦ drop app.draft; drop orders
                    DROP INDEX i ON orders ¦ alter orders
                    drop sequence orders_seq ¦ drop orders_seq
                    TRUNCATE TABLE orders ¦ truncate orders
                    """)
    void isRead(String sql, String needs) {
        assertThat(Needs.of(Dialect.SQLSERVER, sql)).isEqualTo(needs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A second statement, where nothing parts them.
                "SELECT 1 DELETE FROM ledger",
                "SELECT a FROM orders DELETE FROM ledger",
                "SELECT a b DELETE FROM ledger",
                "SELECT a FROM orders o DELETE ledger",
                "SELECT a FROM orders WHERE b = 1 DELETE ledger",
                "SELECT a FROM orders ORDER BY a DROP TABLE ledger",
                "SELECT a FROM orders GROUP BY a TRUNCATE TABLE ledger",
                "SELECT a FROM orders SHUTDOWN",
                "SELECT 1 EXEC wipe",
                "SELECT (1) EXEC wipe",
                "SELECT 1 + 2 EXECUTE wipe",
                "SELECT 'a' EXEC('DELETE FROM ledger')",
                "SELECT a FROM orders OPTION (RECOMPILE) DELETE ledger",
                "SELECT a FROM orders WITH (NOLOCK) DELETE ledger",
                "UPDATE orders SET a = 1 DELETE FROM ledger",
                "UPDATE orders SET a = 1 WHERE b = 2 UPDATE ledger SET x = 1",
                "INSERT INTO orders VALUES (1) TRUNCATE TABLE ledger",
                "INSERT INTO orders VALUES (1) (2)",
                "INSERT INTO orders DEFAULT VALUES DELETE ledger",
                "DELETE FROM orders UPDATE ledger SET a = 1",
                "COMMIT DELETE FROM ledger",
                "COMMIT TRAN DELETE FROM ledger",
                "SET NOCOUNT ON DELETE FROM ledger",
                "EXEC wipe DELETE FROM ledger",
                "EXEC app.wipe 1 DELETE ledger",
                "ALTER TABLE orders ADD a int DROP TABLE ledger",
                "ALTER TABLE orders ADD a int ALTER TABLE ledger DROP COLUMN x",
                "ALTER TABLE orders ADD a int DEFAULT 1 DROP TABLE ledger",
                "ALTER TABLE orders ALTER COLUMN a int DROP TABLE ledger",
                "ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 1) DISABLE TRIGGER t ON ledger",
                "ALTER TABLE orders DROP COLUMN a DROP TABLE ledger",
                "CREATE TABLE t (a int) DROP TABLE ledger",
                "CREATE VIEW v AS SELECT 1 a DELETE FROM ledger",
                "CREATE SEQUENCE s DROP TABLE ledger",
                "DROP TABLE orders DROP TABLE ledger",
                "TRUNCATE TABLE orders DELETE ledger",
                "sp_rename 'ledger', 'x'",
                "wipe",
                "IF 1 = 1 DELETE FROM ledger",
                "WHILE 1 = 1 DELETE FROM ledger",
                "BEGIN DELETE FROM ledger END",
                "BEGIN TRANSACTION",
                "DECLARE @x int = 1",
                "WAITFOR DELAY '1:00'",
                // Another table than the one that seems to be named, or one elsewhere.
                "DELETE FROM orders WHERE CURRENT OF c",
                "DELETE FROM db.app.ledger",
                "DELETE FROM db..ledger",
                "DELETE FROM srv.db.app.ledger",
                "DELETE FROM openquery(srv, 'SELECT * FROM ledger')",
                "INSERT INTO openrowset('x', 'y', 'z') VALUES (1)",
                "SELECT * FROM openrowset(BULK 'x', SINGLE_BLOB) x",
                "SELECT * FROM opendatasource('x', 'y').a.b.c",
                "INSERT INTO orders EXEC wipe",
                "INSERT INTO orders SELECT * FROM (DELETE FROM ledger OUTPUT deleted.*) d",
                "SELECT * FROM (UPDATE ledger SET a = 1 OUTPUT inserted.*) d",
                "UPDATE @t SET a = 1",
                "UPDATE o SET l.amount = 0 FROM orders o JOIN ledger l ON l.id = o.id",
                "UPDATE orders SET place.x = 1",
                "UPDATE orders SET orders.place.x = 1",
                "MERGE orders o USING draft d ON o.id = d.id WHEN MATCHED THEN UPDATE SET d.a = 1",
                "UPDATE orders SET @x = a = 1",
                "UPDATE orders SET doc.modify('delete /a')",
                "UPDATE orders SET doc.WRITE('x', 0, 1)",
                "UPDATE x SET y = 1 FROM (VALUES (1)) x (y)",
                "DELETE f FROM dbo.f(1) f",
                "WITH c AS (SELECT l.* FROM dbo.f(1) l JOIN orders o ON o.id = l.id) DELETE FROM c",
                "UPDATE x SET a = 1 FROM (SELECT f.a FROM orders o CROSS APPLY dbo.f(o.id) f) x",
                "CALL wipe",
                "CALL wipe()",
                "DELETE FROM tempdb.#t",
                "DELETE FROM ##shared",
                "DROP TABLE tempdb..#t",
                "ALTER TABLE orders SWITCH TO ledger",
                "ALTER TABLE orders SWITCH PARTITION 1 TO ledger",
                "ALTER TABLE orders DISABLE TRIGGER ALL",
                "ALTER TABLE orders NOCHECK CONSTRAINT ALL",
                "ALTER TABLE orders SET (SYSTEM_VERSIONING = OFF)",
                "ALTER SCHEMA app TRANSFER other.ledger",
                "TRUNCATE TABLE orders WITH (PARTITIONS (1))",
                "CREATE SYNONYM orders FOR ledger",
                "CREATE TRIGGER t ON orders AFTER INSERT AS DELETE FROM ledger",
                "CREATE PROCEDURE p AS DELETE FROM ledger",
                "CREATE OR ALTER VIEW v AS SELECT 1 a",
                "DROP PROCEDURE p",
                "DROP DATABASE shop",
                "EXEC ('DELETE FROM ledger')",
                "EXEC ('DELETE FROM ledger') AT srv",
                "EXEC @rc = wipe",
                "EXEC db.app.wipe",
                "EXEC wipe AT srv",
                "EXEC wipe; 1",
                "BULK INSERT ledger FROM 'x'",
                "USE master",
                "SET CONTEXT_INFO 0x01",
                "SET ROWCOUNT 1",
                "SET QUOTED_IDENTIFIER OFF",
                "SET IMPLICIT_TRANSACTIONS ON",
                "SET NOEXEC ON",
                "SET @x = 1",
                "GRANT CONTROL ON ledger TO x",
                "EXECUTE AS USER = 'x'",
                "REVERT",
                "DBCC SHRINKDATABASE (shop)",
                "WITH XMLNAMESPACES ('a' AS b) SELECT 1",
                "WITH c AS (DELETE FROM ledger OUTPUT deleted.*) SELECT * FROM c",
                "SELECT * FROM orders FOR SYSTEM_TIME ALL",
                "SELECT * FROM orders PIVOT (sum(a) FOR b IN ([x])) p",
                "SELECT geography::Point(1, 2, 3)",
                "SELECT @x = a FROM orders",
                "SELECT @x",
                // Text that may be cut otherwise.
                "SELECT 1 /* /* */ DELETE FROM ledger",
                "SELECT 1 /*/ DELETE FROM ledger */",
                "SELECT 1 /* /* x */*/ */",
                "SELECT 1 -- x \r DELETE FROM ledger",
                "SELECT 1 -- \u2028 DELETE FROM ledger",
                "SELECT 'a",
                "SELECT [a",
                "SELECT \"a",
                "SELECT [a]]",
                "SELECT [a]b",
                "SELECT a[b]",
                "SELECT a'b'",
                "SELECT N 'b' 'c'",
                "SELECT 1x",
                "SELECT 1_0",
                "SELECT 0b1",
                "SELECT `a`",
                "SELECT 'a\\\nb'",
                "SELECT '\u02bc'",
                "SELECT \u00e4 FROM orders",
                "DELETE FROM [l\u00e9dger]",
                "DELETE FROM [\uff4cedger]",
                "DELETE FROM [ledger ]",
                "DELETE FROM [#t]",
                "DELETE FROM [a.b]",
                "DELETE FROM \"led\"\"ger\"",
                "SELECT a > = b",
                "SELECT a => b",
                "SELECT '{limit 1}'",
                "SELECT 1 /* {call x} */",
                "SELECT $1",
                "SELECT a ?? b",
                "SELECT #",
                "SELECT @",
                "SELECT a.",
                "SELECT a..b"
            })
    void isRefused(String sql) {
        assertThat(Needs.of(Dialect.SQLSERVER, sql)).contains("unreadable");
    }

    /** Of statements that semicolons part, each is read. */
    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    SELECT 1; DELETE FROM ledger ¦ nothing then delete ledger, no where
                    SELECT ';DELETE' ; -- ;x ¦ nothing
                    SELECT [a;b] FROM orders ¦ unreadable
                    ;WITH c AS (SELECT id FROM orders) SELECT * FROM c ¦ select orders
                    SELECT 1 /* ; /* ; */ DELETE */; DELETE FROM ledger ¦ nothing then delete ledger, no where
                    SET NOCOUNT ON; UPDATE orders SET a = 1; sp_rename 'a', 'b' ¦ nothing then update orders(a), no where then unreadable
                    """)
    void isReadOneByOne(String sql, String needs) {
        assertThat(Needs.of(Dialect.SQLSERVER, sql)).isEqualTo(needs);
    }
}
