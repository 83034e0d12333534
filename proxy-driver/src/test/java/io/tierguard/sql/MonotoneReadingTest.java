package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Comments, blanks, quotes and letter case change nothing of what a statement is said to do: they hide no effect, and add none. */
class MonotoneReadingTest {

    private static final long SEED = 20_261_128L;
    private static final int TEXTS = Integer.getInteger("monotone.texts", 4_000);

    private static final List<String> BOTH = List.of(
            "UPDATE ledger SET a = 1, b = DEFAULT WHERE id IN (SELECT id FROM other WHERE NOT x = 'a;b')",
            "UPDATE ledger AS l SET (a, b) = (SELECT max(a), 'x' FROM other) WHERE l.id = 1",
            "UPDATE app.ledger l SET a = CASE WHEN b > 1 THEN 2 ELSE a END",
            "DELETE FROM ledger AS other WHERE other.id = 1",
            "DELETE FROM ledger WHERE EXISTS (SELECT 1 FROM other o WHERE o.id = ledger.id) OR a BETWEEN 1 AND 2",
            "INSERT INTO ledger (id, a) VALUES (1, 'it''s'), (2, DEFAULT)",
            "INSERT INTO ledger SELECT o.* FROM other o LEFT JOIN third t ON t.id = o.id ORDER BY 1",
            "MERGE INTO ledger l USING (SELECT 1 AS id) s ON l.id = s.id WHEN MATCHED AND s.id > 1 THEN DELETE WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)",
            "SELECT l.id, count(*) FROM ledger l JOIN other o ON o.id = l.id GROUP BY l.id HAVING count(*) > 1",
            "SELECT recalc(id) FROM ledger WHERE upper(a) = 'X'",
            "SELECT a FROM ledger UNION ALL (SELECT b FROM other) ORDER BY 1",
            "SELECT sum(a) OVER (PARTITION BY b ORDER BY c) FROM ledger",
            "WITH x AS (SELECT id FROM ledger), y AS (SELECT id FROM x) SELECT * FROM y",
            "TRUNCATE TABLE ledger RESTART IDENTITY",
            "CREATE TABLE ledger (id INT PRIMARY KEY, a VARCHAR(10) DEFAULT 'x', FOREIGN KEY (a) REFERENCES other (a))",
            "CREATE TABLE fresh AS SELECT id FROM ledger",
            "CREATE OR REPLACE VIEW fresh AS SELECT id FROM ledger",
            "ALTER TABLE ledger DROP COLUMN a",
            "ALTER TABLE ledger ADD CONSTRAINT k CHECK (a > 0)",
            "DROP TABLE IF EXISTS ledger, other CASCADE",
            "EXPLAIN ANALYZE UPDATE ledger SET a = 1",
            "CALL recalc(1)",
            "GRANT SELECT ON ledger TO x",
            "UPDATE ledger SET a = 1; DELETE FROM other; SELECT 1");

    private static final List<String> MYSQL = List.of(
            "UPDATE ledger l JOIN other o ON o.id = l.id SET l.a = o.a, l.b = 2 WHERE o.id = 1",
            "UPDATE LOW_PRIORITY ledger, other SET a = 1",
            "DELETE FROM l USING ledger l, other o WHERE l.id = o.id",
            "DELETE l.*, o FROM ledger l JOIN other o",
            "DELETE ledger FROM audit.ledger",
            "INSERT IGNORE ledger SET id = 1, a = (SELECT max(a) FROM other)",
            "INSERT INTO ledger (id, a) VALUES (1, 2) AS n ON DUPLICATE KEY UPDATE a = n.a",
            "INSERT INTO ledger () VALUES ()",
            "REPLACE INTO ledger SELECT * FROM other",
            "SELECT id INTO @a FROM ledger FOR UPDATE",
            "SELECT * FROM ledger INTO OUTFILE 'x' FIELDS TERMINATED BY ','",
            "SELECT GROUP_CONCAT(DISTINCT a ORDER BY recalc(b) SEPARATOR ',') FROM ledger USE INDEX (i) GROUP BY c WITH ROLLUP",
            "SELECT day + INTERVAL recalc(1) DAY, CAST(a AS UNSIGNED), a DIV b FROM (ledger, other) WHERE a RLIKE 'x'",
            "SELECT @x := id, @@version FROM ledger PARTITION (p)",
            "SELECT j.a FROM ledger, JSON_TABLE(doc, '$' COLUMNS (a INT PATH '$.a')) j",
            "TRUNCATE ledger",
            "RENAME TABLE ledger TO x, other TO ledger",
            "ALTER TABLE ledger EXCHANGE PARTITION p WITH TABLE other",
            "ALTER TABLE other RENAME TO ledger, ADD COLUMN b INT",
            "CREATE TABLE other (id INT, KEY k (a(10)), FOREIGN KEY (id) REFERENCES ledger (id) ON DELETE CASCADE) ENGINE = InnoDB",
            "CREATE TABLE other LIKE ledger",
            "CREATE PROCEDURE p() BEGIN IF a THEN DELETE FROM ledger; END IF; END; DELETE FROM other",
            "DROP DATABASE ledger",
            "LOAD DATA LOCAL INFILE 'x' REPLACE INTO TABLE ledger (a, @b) SET c = recalc(@b)",
            "HANDLER ledger READ i = (1) WHERE a IN (SELECT b FROM other)",
            "LOCK TABLES ledger READ, other AS o WRITE",
            "SET sql_mode = 'ANSI', @a = (SELECT max(a) FROM ledger)",
            "SET GLOBAL x = 1, y = 2",
            "PREPARE p FROM 'DELETE FROM ledger'",
            "USE audit; DELETE FROM ledger",
            "CALL recalc",
            "EXPLAIN FORMAT = JSON DELETE FROM ledger",
            "SHOW COLUMNS FROM ledger WHERE recalc(1)");

    private static final List<String> POSTGRESQL = List.of(
            "UPDATE ONLY ledger SET a = o.a FROM other o WHERE o.id = ledger.id RETURNING ledger.id",
            "DELETE FROM ledger * USING other AS o WHERE o.id = ledger.id RETURNING *",
            "DELETE FROM ledger WHERE CURRENT OF c",
            "INSERT INTO ledger (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET a = excluded.a WHERE ledger.a > 0 RETURNING id",
            "INSERT INTO ledger AS l (id) VALUES (1) ON CONFLICT ON CONSTRAINT k DO NOTHING",
            "WITH gone AS (DELETE FROM ledger RETURNING id) INSERT INTO other SELECT id FROM gone",
            "WITH a AS (SELECT 1), b AS (UPDATE ledger SET x = 1 RETURNING id) SELECT * FROM a, b",
            "WITH ledger AS (SELECT 1) DELETE FROM ledger",
            "SELECT id INTO ledger FROM other",
            "TRUNCATE ONLY ledger, other",
            "COPY (DELETE FROM ledger RETURNING id) TO STDOUT",
            "COPY ledger (a, b) FROM STDIN WITH (FORMAT csv)",
            "EXPLAIN (COSTS OFF, ANALYZE) DELETE FROM ledger",
            "SET search_path TO app, audit; DELETE FROM ledger",
            "SELECT set_config('search_path', 'audit', false); DELETE FROM ledger",
            "CREATE TABLE ledger PARTITION OF other FOR VALUES FROM (1) TO (2)",
            "ALTER TABLE ledger ATTACH PARTITION other DEFAULT",
            "ALTER TABLE ledger INHERIT other",
            "ALTER TABLE ledger DISABLE TRIGGER ALL",
            "CREATE RULE r AS ON INSERT TO ledger DO INSTEAD DELETE FROM other",
            "DO $$ BEGIN DELETE FROM ledger; END $$",
            "DECLARE c CURSOR FOR SELECT id FROM ledger",
            "REFRESH MATERIALIZED VIEW ledger",
            "SELECT setval('ledger_seq', 1)",
            "COMMENT ON COLUMN ledger.a IS 'x'");

    private static final List<String> H2 = List.of(
            "MERGE INTO ledger (id, a) KEY (id) VALUES (1, 'x')",
            "SELECT * FROM FINAL TABLE (UPDATE ledger SET a = 1)",
            "SELECT count(*) FROM OLD TABLE (DELETE FROM ledger WHERE id = 1)",
            "INSERT INTO other SELECT id FROM OLD TABLE (DELETE FROM ledger)",
            "DELETE FROM ledger FETCH FIRST 1 ROW ONLY",
            "DELETE ledger WHERE id = 1",
            "REPLACE INTO ledger (id) VALUES (1)",
            "INSERT INTO ledger (id) VALUES (1) ON DUPLICATE KEY UPDATE a = 1",
            "INSERT INTO ledger SET id = 1",
            "SET SCHEMA audit; DELETE FROM ledger",
            "SET @x = (SELECT max(id) FROM ledger)",
            "SELECT NEXT VALUE FOR ledger_seq",
            "CREATE SYNONYM ledger FOR other",
            "CREATE ALIAS x FOR 'a.b.c'",
            "EXECUTE IMMEDIATE 'DELETE FROM ledger'",
            "ALTER TABLE ledger ALTER COLUMN a RENAME TO b");

    private static final List<String> SQLITE = List.of(
            "INSERT OR REPLACE INTO ledger (id, a) VALUES (1, 'x')",
            "UPDATE OR IGNORE ledger AS l SET a = 1 FROM other WHERE other.id = l.id RETURNING a",
            "INSERT INTO ledger (id) VALUES (1) ON CONFLICT (id) WHERE a > 1 DO UPDATE SET a = 1 ON CONFLICT DO NOTHING",
            "DELETE FROM ledger INDEXED BY i WHERE a IN other ORDER BY id LIMIT 1",
            "REPLACE INTO main.ledger SELECT * FROM other",
            "CREATE TEMP TRIGGER t AFTER INSERT ON other WHEN new.a > 1 BEGIN DELETE FROM ledger; SELECT 1; END; SELECT 1",
            "CREATE VIRTUAL TABLE f USING fts5 (a, content = 'ledger')",
            "PRAGMA writable_schema = 1",
            "ATTACH 'x.db' AS x; DETACH x",
            "VACUUM INTO 'x.db'",
            "EXPLAIN QUERY PLAN UPDATE ledger SET a = 1",
            "SELECT * FROM json_each('[1]'), ledger WHERE a MATCH 'x' AND b ->> '$.c' == 1");

    private static final List<String> ORACLE = List.of(
            "DELETE FROM (SELECT l.id FROM ledger l JOIN other o ON o.id = l.id) WHERE id = 1",
            "UPDATE (SELECT amount AS a FROM ledger) v SET v.a = 0",
            "DELETE ledger l WHERE l.id = :1 RETURNING l.id INTO :2",
            "INSERT ALL INTO ledger (id) VALUES (1) INTO other (id) VALUES (s.nextval) SELECT * FROM dual",
            "MERGE INTO ledger l USING other o ON (l.id = o.id) WHEN MATCHED THEN UPDATE SET l.a = o.a DELETE WHERE l.a IS NULL",
            "SELECT /*+ x */ l.id FROM ledger l, other o WHERE l.id = o.id (+) AND ROWNUM < 2 FOR UPDATE SKIP LOCKED",
            "SELECT LEVEL FROM ledger CONNECT BY PRIOR id = parent MINUS SELECT q'[a'b]' FROM other",
            "SELECT pkg.recalc, LISTAGG(a, ',') WITHIN GROUP (ORDER BY b) FROM ledger",
            "CREATE TABLE fresh AS SELECT id FROM ledger",
            "ALTER TABLE ledger MODIFY (a VARCHAR2(10 CHAR) NOT NULL)",
            "DROP TABLE ledger CASCADE CONSTRAINTS PURGE",
            "LOCK TABLE ledger IN EXCLUSIVE MODE",
            "ALTER SESSION SET CURRENT_SCHEMA = app");

    private static final List<String> SQL_SERVER = List.of(
            "UPDATE l SET l.a = o.a FROM ledger AS l INNER JOIN other o ON o.id = l.id WHERE o.x = 1",
            "DELETE TOP (1) l OUTPUT deleted.id INTO other (id) FROM ledger l WITH (ROWLOCK)",
            "WITH c AS (SELECT * FROM ledger), d AS (SELECT * FROM c) DELETE FROM d WHERE a = 1",
            "UPDATE x SET a = 1 FROM (SELECT a FROM ledger) x; DELETE other; SELECT SCOPE_IDENTITY()",
            "INSERT ledger (id, [a b]) OUTPUT inserted.id VALUES (1, N'it''s'), (2, DEFAULT)",
            "MERGE ledger WITH (HOLDLOCK) AS l USING (VALUES (1)) s (id) ON l.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE OUTPUT $action;",
            "SELECT TOP 5 PERCENT id INTO fresh FROM ledger (NOLOCK) ORDER BY id OPTION (RECOMPILE)",
            "SELECT a FROM ledger OUTER APPLY dbo.recalc(id) r FOR JSON PATH",
            "SELECT CONVERT(varchar(10), a, 112), 0xFF, @@ROWCOUNT FROM ledger WHERE b !< 1",
            "EXEC app.recalc 1, @days = -3",
            "SET NOCOUNT ON; TRUNCATE TABLE ledger; SET IDENTITY_INSERT ledger ON",
            "DROP INDEX i ON ledger; DROP TABLE IF EXISTS ledger, other",
            "SELECT id INTO #t FROM ledger; DELETE #t",
            "ALTER TABLE ledger ADD a int NOT NULL DEFAULT (0), b nvarchar(max)");

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = "ANSI") // it refuses what mutations write
    void anotherWayOfWritingSaysTheSame(Dialect dialect) {
        Random random = new Random(SEED);
        Mutations mutations = new Mutations(dialect, random);
        List<String> statements = new ArrayList<>(BOTH);
        statements.addAll(
                switch (dialect) {
                    case POSTGRESQL -> POSTGRESQL;
                    case H2 -> H2;
                    case MYSQL, MARIADB -> MYSQL;
                    case SQLITE -> SQLITE;
                    case ORACLE -> ORACLE;
                    case SQLSERVER -> SQL_SERVER;
                    case ANSI -> List.<String>of();
                });
        if (dialect == Dialect.ORACLE) {
            statements.removeIf(text -> text.contains("; ")); // there is one in a text
        }
        for (int i = 0; i < TEXTS; i++) {
            String sql = statements.get(i % statements.size());
            String mutated = mutations.of(sql);
            List<Set<String>> said = needs(dialect, mutated);
            List<Set<String>> expected = needs(dialect, sql);
            if (dialect == Dialect.MYSQL || dialect == Dialect.MARIADB) {
                // A name of another case is none of a common table expression there, but may be a table's.
                assertThat(said).hasSameSizeAs(expected);
                for (int at = 0; at < expected.size(); at++) {
                    assertThat(said.get(at))
                            .as("seed %d, text %d: %s", SEED, i, mutated)
                            .containsAll(expected.get(at));
                }
            } else {
                assertThat(said).as("seed %d, text %d: %s", SEED, i, mutated).isEqualTo(expected);
            }
        }
        System.out.println("MonotoneReadingTest on " + dialect + ", seed " + SEED + ": " + TEXTS + " texts");
    }

    private static List<Set<String>> needs(Dialect dialect, String sql) {
        List<Set<String>> needs = new ArrayList<>();
        for (StatementEffects statement : Analysis.of(dialect, sql).statements()) {
            Set<String> all = new TreeSet<>(Analysis.beyondTables(statement));
            Analysis.effects(statement)
                    .forEach(effect ->
                            all.add(effect.verb() + " " + effect.table() + effect.columns() + effect.hasWhere()));
            needs.add(all);
        }
        return needs;
    }
}
