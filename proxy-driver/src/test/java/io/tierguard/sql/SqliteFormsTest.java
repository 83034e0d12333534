package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One row per form of statement of SQLite: what it needs. */
class SqliteFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    SELECT a, b AS 'x', t.rowid, max(a) FILTER (WHERE b > 1) OVER (PARTITION BY c ORDER BY d ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM t AS x INDEXED BY i WHERE a == 1 AND b <> 2 OR c != 3 GROUP BY a HAVING count(*) > 1 WINDOW w AS (ORDER BY a) ORDER BY a COLLATE NOCASE DESC NULLS LAST LIMIT 1, 2 ¦ select t
                    SELECT * FROM a, b JOIN c USING (x) NATURAL LEFT OUTER JOIN d CROSS JOIN e ON a.x = e.x FULL JOIN (f INNER JOIN g) AS h NOT INDEXED ¦ select a; select b; select c; select d; select e; select f; select g
                    SELECT * FROM 't', "u", [v w], `x` ¦ select t; select u; select v w; select x
                    SELECT * FROM main.t, 'temp'.'u', aux."v" ¦ select aux.v; select main.t; select temp.u
                    SELECT 1 WHERE a IN t AND b NOT IN main.u AND c IN ('x', 'y') AND d IN (SELECT e FROM v) AND f IN json_each('[1]') ¦ select main.u; select t; select v
                    SELECT a IS DISTINCT FROM b, a IS NOT DISTINCT FROM (SELECT 1 FROM u), a ISNULL, b NOTNULL, c NOT NULL, a -> '$.b' ->> 2, ~a << 2 >> 1 & 3 | 4 FROM t ¦ select t; select u
                    SELECT CAST(a AS VARYING CHARACTER (10, 2)), CASE a WHEN 1 THEN (SELECT 1 FROM v) ELSE 2 END, x'00ff', 1_000, 0xFF, 1e5, .5, 5. FROM t ¦ select t; select v
                    SELECT ?, ?1, :a, @b, $c::d(e), :f(g) FROM t ¦ select t
                    SELECT EXISTS (SELECT 1 FROM u), (a, b) = (SELECT 1, 2 FROM v), a BETWEEN (SELECT 1 FROM w) AND 2 FROM t ¦ select t; select u; select v; select w
                    SELECT a LIKE 'x' ESCAPE '!', a GLOB b, a REGEXP c, t MATCH 'x', snippet(t, 1, '', '', '', 5) FROM t('search') ¦ select t
                    SELECT value FROM json_each(doc), generate_series(1, 9), pragma_table_info('t'), json_tree('[]') AS j ¦ nothing
                    SELECT upper(a), "lower"(a), wipe(a), [other](1), group_concat(DISTINCT a ORDER BY b), replace(a, 1, 2), "glob" FROM t ¦ select t; routine wipe; routine other
                    SELECT load_extension('x'), writefile('a', 'b'), fts3_tokenizer('x'), edit('x'), readfile('x') ¦ routine load_extension; routine writefile; routine fts3_tokenizer; routine edit; routine readfile
                    VALUES (1, 2), ((SELECT 1 FROM t), 2) UNION ALL SELECT 1, 2 INTERSECT VALUES (3, 4) EXCEPT SELECT * FROM u ORDER BY 1 LIMIT 1 OFFSET 2 ¦ select t; select u
                    WITH RECURSIVE c (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c), d AS NOT MATERIALIZED (SELECT * FROM e), e AS MATERIALIZED (SELECT * FROM t) SELECT * FROM c, d ¦ select t
                    WITH ledger AS (SELECT 1) SELECT * FROM ledger, main.ledger ¦ select main.ledger
                    SELECT * FROM (WITH u AS (SELECT 1 FROM t) SELECT * FROM u), u ¦ select t; select u
                    SELECT sql FROM sqlite_schema, main.sqlite_master, temp.sqlite_temp_schema, sqlite_sequence ¦ select main.sqlite_master; select sqlite_schema; select sqlite_sequence; select temp.sqlite_temp_schema
                    INSERT INTO t VALUES (1) ¦ insert t
                    INSERT INTO t (a, 'b', "c") SELECT * FROM u WHERE true ¦ insert t(a, b, c); select u
                    INSERT INTO t DEFAULT VALUES RETURNING *, (SELECT 1 FROM u) ¦ insert t; select u
                    INSERT OR IGNORE INTO t (a) VALUES (1) ¦ insert t(a)
                    INSERT OR ROLLBACK INTO t (a) VALUES (wipe()) ¦ insert t(a); routine wipe
                    INSERT OR REPLACE INTO t (a) VALUES (1) ¦ delete t; insert t(a)
                    REPLACE INTO 't' (a) SELECT a FROM u ¦ delete t; insert t(a); select u
                    WITH t AS (SELECT 1) INSERT INTO t SELECT * FROM t ¦ insert t
                    INSERT INTO t AS x (a, b) VALUES (1, 2) ON CONFLICT (a COLLATE NOCASE, lower(b)) WHERE a > 1 DO UPDATE SET b = excluded.b, (c, d) = (SELECT 1, 2 FROM u) WHERE x.a < 3 ON CONFLICT (b) DO NOTHING ON CONFLICT DO UPDATE SET e = 1 RETURNING a ¦ insert t(a, b); select u; update t(b, c, d); update t(e)
                    INSERT INTO t SELECT a FROM u WHERE true ON CONFLICT DO NOTHING ¦ insert t; select u
                    UPDATE t SET a = 1, 'b' = (SELECT 1 FROM u), (c, d) = (1, 2) WHERE x IN v ¦ select u; select v; update t(a, b, c, d)
                    UPDATE OR REPLACE t SET a = 1 ¦ delete t; update t(a), no where
                    UPDATE OR IGNORE main.t AS x INDEXED BY i SET a = y.a FROM y LEFT JOIN z ON z.a = y.a WHERE y.a = x.a RETURNING a ORDER BY a LIMIT 3 ¦ select y; select z; update main.t(a)
                    UPDATE t SET rowid = 5 WHERE a = 1 ¦ update t
                    UPDATE t SET "_rowid_" = 5, b = 2 ¦ update t, no where
                    DELETE FROM t ¦ delete t, no where
                    DELETE FROM "main"."t" AS x NOT INDEXED WHERE a IN (SELECT a FROM u) RETURNING * ORDER BY a LIMIT 5 OFFSET 2 ¦ delete main.t; select u
                    CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY AUTOINCREMENT, b VARCHAR(10, 2) NOT NULL ON CONFLICT IGNORE DEFAULT (wipe()) COLLATE NOCASE, c INT CHECK (c > length(b)), d AS (a + 1) STORED, e GENERATED ALWAYS AS (b || c) VIRTUAL, UNIQUE (a, b) ON CONFLICT REPLACE, CONSTRAINT k FOREIGN KEY (c) REFERENCES p (x) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, CHECK (a <> 1)) STRICT, WITHOUT ROWID ¦ alter p; create t; routine wipe
                    CREATE TABLE aux.t (a REFERENCES p, b DEFAULT -1, c DEFAULT CURRENT_TIMESTAMP, d "UNSIGNED BIG INT") ¦ create aux.t; select aux.p
                    CREATE TABLE t AS SELECT * FROM u ¦ create t; insert t; select u
                    CREATE TEMP TABLE t (a REFERENCES t (b)) ¦ select temp.t; temporary t
                    CREATE TEMPORARY TABLE IF NOT EXISTS t AS SELECT * FROM u ¦ select u; temporary t
                    CREATE TABLE temp.t (a) ¦ temporary t
                    CREATE VIEW IF NOT EXISTS v (a, b) AS WITH c AS (SELECT 1) SELECT * FROM c, t ¦ create v; select t
                    CREATE TEMP VIEW v AS SELECT wipe() FROM t ¦ create temp.v; select t; routine wipe
                    CREATE UNIQUE INDEX IF NOT EXISTS aux.i ON t (a COLLATE NOCASE DESC, lower(b), json_extract(c, '$.x')) WHERE a NOT NULL ¦ extend aux.t
                    CREATE INDEX i ON t (wipe(a)) ¦ extend t; routine wipe
                    CREATE VIRTUAL TABLE f USING fts5 (a UNINDEXED, content = 't', tokenize = 'porter ascii') ¦ create f; select t
                    CREATE VIRTUAL TABLE IF NOT EXISTS aux.r USING rtree (id, x0, x1) ¦ create aux.r
                    CREATE VIRTUAL TABLE f USING csv (filename = '/etc/passwd') ¦ create f; administer
                    CREATE TRIGGER IF NOT EXISTS tr AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN new.a > (SELECT 1 FROM u) BEGIN DELETE FROM v WHERE a = old.a; INSERT OR REPLACE INTO w VALUES (CASE WHEN 1 THEN 2 END); SELECT RAISE(ABORT, 'no'); END ¦ alter t; define
                    CREATE TEMP TRIGGER tr INSTEAD OF DELETE ON main.v BEGIN UPDATE t SET a = 1; END ¦ alter main.v; define
                    CREATE TRIGGER aux.tr DELETE ON t BEGIN SELECT 1; END; SELECT 1 ¦ alter aux.t; define then nothing
                    ALTER TABLE t RENAME TO u ¦ alter t; create u
                    ALTER TABLE main.t RENAME COLUMN a TO b ¦ alter main.t
                    ALTER TABLE t RENAME a TO b ¦ alter t
                    ALTER TABLE t ADD COLUMN a INT NOT NULL DEFAULT 0 REFERENCES p ON UPDATE CASCADE ¦ alter p; extend t
                    ALTER TABLE t ADD a CHECK (a > wipe()) ¦ extend t; routine wipe
                    ALTER TABLE t DROP COLUMN a ¦ alter t
                    ALTER TABLE t ALTER COLUMN a SET NOT NULL ¦ alter t
                    ALTER TABLE t ALTER a DROP NOT NULL ¦ alter t
                    ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1) ¦ extend t
                    ALTER TABLE t DROP CONSTRAINT c ¦ alter t
                    DROP TABLE IF EXISTS main.t ¦ drop main.t
                    DROP VIEW v ¦ drop v
                    DROP INDEX i ¦ drop i
                    DROP TRIGGER IF EXISTS tr ¦ alter tr; define
                    PRAGMA foreign_keys ¦ nothing
                    PRAGMA main.table_info('t') ¦ nothing
                    PRAGMA foreign_keys = ON ¦ nothing
                    PRAGMA foreign_keys(0) ¦ restricted foreign_keys
                    PRAGMA foreign_keys = 'off' ¦ restricted foreign_keys
                    PRAGMA foreign_keys = 256 ¦ restricted foreign_keys
                    PRAGMA journal_mode = WAL ¦ nothing
                    PRAGMA journal_mode = OFF ¦ restricted journal_mode
                    PRAGMA journal_mode = DELETE ¦ nothing
                    PRAGMA synchronous = OFF ¦ restricted synchronous
                    PRAGMA user_version = 7 ¦ nothing
                    PRAGMA cache_size = -2000 ¦ nothing
                    PRAGMA writable_schema = ON ¦ restricted writable_schema
                    PRAGMA "writable_schema" = 'RESET' ¦ restricted writable_schema
                    PRAGMA schema_version = 5 ¦ restricted schema_version
                    PRAGMA schema_version ¦ nothing
                    PRAGMA ignore_check_constraints = 1 ¦ restricted ignore_check_constraints
                    PRAGMA case_sensitive_like = 2 ¦ another like
                    PRAGMA case_sensitive_like = off ¦ nothing
                    PRAGMA case_sensitive_like ¦ nothing
                    PRAGMA defer_foreign_keys = on ¦ nothing
                    PRAGMA defer_foreign_keys = 0 ¦ restricted defer_foreign_keys
                    UPDATE aux."sqlite_sequence" SET "seq" = (SELECT max(id) FROM u) WHERE "name" IN ('t', 'v') ¦ select u; update aux.t; update aux.v
                    INSERT INTO sqlite_sequence (name, seq) VALUES ('t', 1), ('v', (SELECT 2 FROM u)) ¦ select u; update t; update v
                    DELETE FROM sqlite_sequence WHERE name = "t" ¦ delete t
                    DELETE FROM sqlite_sequence WHERE name IN ('t', 'v') RETURNING seq ¦ delete sqlite_sequence
                    PRAGMA rekey = 'x' ¦ restricted rekey
                    PRAGMA temp_store = MEMORY ¦ no temporary
                    PRAGMA frobnicate ¦ restricted frobnicate
                    ATTACH DATABASE 'x.db' AS aux ¦ administer; path unknown
                    ATTACH ? AS ? KEY wipe() ¦ routine wipe; administer; path unknown
                    DETACH aux ¦ administer; path unknown
                    VACUUM ¦ nothing
                    VACUUM main ¦ nothing
                    VACUUM INTO 'x.db' ¦ administer
                    ANALYZE ¦ nothing
                    ANALYZE main.t ¦ nothing
                    REINDEX nocase ¦ nothing
                    BEGIN IMMEDIATE TRANSACTION ¦ transaction start
                    END TRANSACTION ¦ transaction end
                    COMMIT ¦ transaction end
                    ROLLBACK ¦ transaction end
                    ROLLBACK TRANSACTION TO SAVEPOINT 'a' ¦ transaction end
                    SAVEPOINT "a" ¦ transaction start
                    RELEASE SAVEPOINT a ¦ transaction end
                    RELEASE savepoint ¦ transaction end
                    EXPLAIN QUERY PLAN DELETE FROM t WHERE a IN u ¦ select t; select u
                    EXPLAIN UPDATE t SET a = 1 ¦ select t
                    EXPLAIN PRAGMA foreign_keys = 0 ¦ restricted foreign_keys
                    EXPLAIN DROP TABLE t ¦ drop t
                    backup main to '/tmp/x' ¦ administer
                    RESTORE FROM 'x.db' ¦ drop everything; administer
                    ;;; SELECT 1; /* never closed ¦ nothing
                    """)
    void sqlite(String sql, String needs) {
        assertThat(Needs.of(Dialect.SQLITE, sql)).isEqualTo(needs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM",
                "DELETE ledger",
                "DELETE FROM ledger x y",
                "SELECT 1 FROM t WHERE DELETE",
                "SELECT (DELETE FROM ledger)",
                "SELECT * FROM (DELETE FROM ledger RETURNING *)",
                "WITH x AS (DELETE FROM ledger RETURNING *) SELECT * FROM x",
                "SELECT 1 INTO ledger",
                "INSERT OR DESTROY INTO t VALUES (1)",
                "INSERT ledger VALUES (1)",
                "UPDATE t SET t.a = 1",
                "CREATE TABLE t (a, b AS SELECT 1)",
                "CREATE TABLE t (a) INHERITS (u)",
                "CREATE TRIGGER tr AFTER INSERT ON t BEGIN DROP TABLE ledger; END",
                "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END DELETE FROM ledger",
                "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; DELETE FROM ledger",
                "CREATE FUNCTION f () DELETE FROM ledger",
                "ALTER TABLE t SET SCHEMA x",
                "DROP DATABASE main",
                "TRUNCATE ledger",
                "MERGE INTO ledger USING t ON a = b WHEN MATCHED THEN DELETE",
                "PRAGMA foreign_keys = (SELECT 0)",
                "CALL wipe()",
                "\u0130NSERT INTO t VALUES (1)",
                "SELECT\u00a01",
                "DELETE\u3000FROM ledger",
                "SELECT 1abc",
                "SELECT x'0'",
                "SELECT $",
                "SELECT #1",
                "SELECT {d '2026-01-01'}",
                "SELECT 'a",
                "SELECT [a",
                "SELECT 1 ! 2",
                "SELECT :a(b c)",
                "VACUUM INTO 'x' DELETE FROM ledger",
                "BEGIN DELETE FROM ledger"
            })
    void whatIsNoStatementOfSqliteIsNotRead(String sql) {
        assertThat(Needs.of(Dialect.SQLITE, sql)).startsWith("unreadable");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM v; END                       ¦ DELETE v
                    CREATE TRIGGER tr AFTER INSERT ON t WHEN wipe(new.a) BEGIN SELECT a FROM u; END    ¦ SELECT u, wipe
                    CREATE TRIGGER tr BEFORE DELETE ON t BEGIN INSERT INTO v SELECT old.a FROM u WHERE true ON CONFLICT DO UPDATE SET a = 1; REPLACE INTO w DEFAULT VALUES; END ¦ INSERT v, SELECT u, UPDATE v, INSERT w, DELETE w
                    """)
    void aTriggerIsBoundByWhatItsBodyDoes(String sql, String expected) {
        StatementEffects.Understood trigger = (StatementEffects.Understood) Analysis.only(Dialect.SQLITE, sql);
        StatementEffects.Bounded bound = trigger.code().orElseThrow().bound();
        for (String part : expected.split(", ", -1)) {
            assertThat(bound.effects().stream()
                                    .map(effect -> effect.verb() + " " + effect.table())
                                    .anyMatch(part::equals)
                            || bound.unknownRoutines().contains(new RoutineCall("", part)))
                    .as(part)
                    .isTrue();
        }
    }
}
