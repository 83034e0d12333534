package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.statement.Commit;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.TableStatement;
import net.sf.jsqlparser.statement.truncate.Truncate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.upsert.Upsert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeWalkerHostileTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WITH ledger AS (SELECT 1) SELECT * FROM ledger                                    | ''
            WITH ledger AS (SELECT * FROM ledger) SELECT * FROM ledger                        | select ledger
            WITH x AS (SELECT * FROM ledger), ledger AS (SELECT 1) SELECT * FROM x            | select ledger
            WITH ledger AS (SELECT 1), x AS (SELECT * FROM ledger) SELECT * FROM x            | ''
            WITH ledger AS (SELECT 1) SELECT * FROM public.ledger                             | select public.ledger
            WITH ledger AS (SELECT 1) DELETE FROM ledger                                      | delete ledger!
            WITH ledger AS (SELECT 1) UPDATE ledger SET a = 1                                 | update ledger(a)!
            WITH ledger AS (SELECT 1) INSERT INTO ledger SELECT * FROM ledger                 | insert ledger
            WITH ledger AS (SELECT 1) MERGE INTO ledger USING ledger ON TRUE WHEN MATCHED THEN DELETE | delete ledger
            WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT * FROM r          | ''
            WITH RECURSIVE r AS (SELECT n FROM r UNION ALL SELECT n FROM r) SELECT * FROM r   | select r
            WITH RECURSIVE a AS (SELECT 1), r AS (SELECT 1 UNION SELECT * FROM r JOIN t ON TRUE) SELECT * FROM a, r | select t
            WITH RECURSIVE ledger AS (SELECT * FROM ledger) SELECT * FROM ledger              | select ledger
            WITH r AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT * FROM r                    | select r
            SELECT * FROM (WITH ledger AS (SELECT 1) SELECT * FROM ledger) q, ledger          | select ledger
            SELECT (WITH ledger AS (SELECT 1) SELECT * FROM ledger) FROM ledger               | select ledger
            WITH ledger AS (SELECT 1) SELECT (SELECT a FROM ledger) FROM t                    | select t
            WITH a AS (WITH ledger AS (SELECT 1) SELECT * FROM ledger) SELECT * FROM ledger   | select ledger
            WITH LEDGER AS (SELECT 1) SELECT * FROM Ledger                                    | ''
            WITH x AS (DELETE FROM ledger RETURNING *) SELECT * FROM x                        | delete ledger!
            WITH x AS (UPDATE ledger SET a = 1 WHERE b = 2 RETURNING *) SELECT 1              | update ledger(a)
            WITH x AS (INSERT INTO ledger VALUES (1) RETURNING *) INSERT INTO t SELECT * FROM x | insert ledger, insert t
            WITH x AS (WITH y AS (DELETE FROM ledger RETURNING *) SELECT * FROM y) SELECT 1   | delete ledger!
            SELECT * FROM t UNION ALL (WITH t AS (SELECT 1) SELECT * FROM t)                  | select t
            """)
    void aCommonTableExpressionHidesATableOnlyFromThoseWhoSeeIt(String sql, String expected) {
        assertThat(Trees.effects(sql)).as(sql).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t WHERE x = (SELECT y FROM ledger)",
                "SELECT a FROM t WHERE NOT EXISTS (SELECT y FROM ledger)",
                "SELECT a FROM t WHERE x NOT IN (SELECT y FROM ledger)",
                "SELECT a FROM t WHERE (x, z) IN (SELECT y, w FROM ledger)",
                "SELECT a FROM t WHERE x = ANY (SELECT y FROM ledger)",
                "SELECT a FROM t WHERE x BETWEEN 1 AND (SELECT y FROM ledger)",
                "SELECT a FROM t WHERE x LIKE (SELECT y FROM ledger) ESCAPE '!'",
                "SELECT a FROM t WHERE x ~ (SELECT y FROM ledger)",
                "SELECT a FROM t WHERE x IS DISTINCT FROM (SELECT y FROM ledger)",
                "SELECT a FROM t WHERE (SELECT y FROM ledger) IS NULL",
                "SELECT a FROM t WHERE NOT (x = 1 OR y = 2 AND (SELECT y FROM ledger) = 1)",
                "SELECT (SELECT y FROM ledger) FROM t",
                "SELECT DISTINCT ON ((SELECT y FROM ledger)) a FROM t",
                "SELECT CASE (SELECT y FROM ledger) WHEN 1 THEN 2 END FROM t",
                "SELECT CASE WHEN a THEN (SELECT y FROM ledger) END FROM t",
                "SELECT CASE WHEN (SELECT y FROM ledger) THEN a END FROM t",
                "SELECT CASE WHEN a THEN b ELSE (SELECT y FROM ledger) END FROM t",
                "SELECT coalesce(a, (SELECT y FROM ledger)) FROM t",
                "SELECT string_agg(a, (SELECT y FROM ledger)) FROM t",
                "SELECT string_agg(a, ',' ORDER BY (SELECT y FROM ledger)) FROM t",
                "SELECT count(*) FILTER (WHERE a > (SELECT y FROM ledger)) FROM t",
                "SELECT sum(a) OVER (PARTITION BY (SELECT y FROM ledger)) FROM t",
                "SELECT sum(a) OVER (ORDER BY (SELECT y FROM ledger)) FROM t",
                "SELECT sum((SELECT y FROM ledger)) OVER () FROM t",
                "SELECT lag(a, (SELECT y FROM ledger)) OVER () FROM t",
                "SELECT lag(a, 1, (SELECT y FROM ledger)) OVER () FROM t",
                "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY (SELECT y FROM ledger)) FROM t",
                "SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY (SELECT y FROM ledger))",
                "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY (SELECT y FROM ledger))",
                "SELECT a FROM t GROUP BY (SELECT y FROM ledger)",
                "SELECT a FROM t GROUP BY GROUPING SETS ((a, (SELECT y FROM ledger)), (b))",
                "SELECT a FROM t GROUP BY ROLLUP (a, (SELECT y FROM ledger))",
                "SELECT a FROM t GROUP BY a HAVING count(*) > (SELECT y FROM ledger)",
                "SELECT a FROM t ORDER BY (SELECT y FROM ledger)",
                "SELECT a FROM t LIMIT (SELECT y FROM ledger)",
                "SELECT a FROM t LIMIT 1 OFFSET (SELECT y FROM ledger)",
                "SELECT a FROM t JOIN (SELECT 1) q ON a = (SELECT y FROM ledger)",
                "SELECT a FROM t JOIN (SELECT * FROM ledger) q ON TRUE",
                "SELECT a FROM t JOIN LATERAL (SELECT y FROM ledger) q ON TRUE",
                "SELECT a FROM t, generate_series(1, (SELECT y FROM ledger)) g",
                "SELECT a FROM t, ROWS FROM (generate_series(1, (SELECT y FROM ledger))) g",
                "SELECT a FROM t UNION (SELECT 1 ORDER BY (SELECT y FROM ledger))",
                "SELECT a FROM t UNION ALL VALUES ((SELECT y FROM ledger))",
                "SELECT a FROM t, (VALUES (1, (SELECT y FROM ledger))) v",
                "SELECT ARRAY(SELECT y FROM ledger) FROM t",
                "SELECT ARRAY[1, (SELECT y FROM ledger)] FROM t",
                "SELECT a[(SELECT y FROM ledger)] FROM t",
                "SELECT a[1:(SELECT y FROM ledger)] FROM t",
                "SELECT ROW(1, (SELECT y FROM ledger)) FROM t",
                "SELECT (SELECT y FROM ledger)::text FROM t",
                "SELECT CAST((SELECT y FROM ledger) AS text) FROM t",
                "SELECT EXTRACT(YEAR FROM (SELECT y FROM ledger)) FROM t",
                "SELECT TRIM(BOTH 'x' FROM (SELECT y FROM ledger)) FROM t",
                "SELECT SUBSTRING(a FROM (SELECT y FROM ledger) FOR 2) FROM t",
                "SELECT a || (SELECT y FROM ledger) FROM t",
                "SELECT a -> 'b' ->> (SELECT y FROM ledger) FROM t",
                "SELECT a @> (SELECT y FROM ledger) FROM t",
                "SELECT a AT TIME ZONE (SELECT y FROM ledger) FROM t",
                "SELECT (SELECT y FROM ledger) AT TIME ZONE 'x' FROM t",
                "SELECT (SELECT y FROM ledger) COLLATE x FROM t",
                "SELECT - (SELECT y FROM ledger) FROM t",
                "SELECT JSON_ARRAY(1, (SELECT y FROM ledger)) FROM t",
                "SELECT JSON_OBJECT('a': (SELECT y FROM ledger)) FROM t",
                "SELECT JSON_ARRAYAGG((SELECT y FROM ledger)) FROM t",
                "SELECT JSON_VALUE((SELECT y FROM ledger), 'b') FROM t",
                "SELECT a FROM t FOR UPDATE OF ledger",
            })
    void aSubqueryIsFoundWhereverItStands(String sql) {
        if (sql.contains("FOR UPDATE OF")) {
            assertThat(Trees.effects(sql)).isEqualTo("select t");
        } else {
            assertThat(Trees.effects(sql)).as(sql).isEqualTo("select ledger, select t");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INSERT INTO t (a) VALUES ((SELECT y FROM ledger))                                          | insert t(a), select ledger
            INSERT INTO t (a) VALUES (1) RETURNING (SELECT y FROM ledger)                              | insert t(a), select ledger
            INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = (SELECT y FROM ledger)      | insert t(a), select ledger, update t(a)
            INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 1 WHERE EXISTS (SELECT y FROM ledger) | insert t(a), select ledger, update t(a)
            INSERT INTO t (a) VALUES (1) ON CONFLICT (wipe(a)) DO NOTHING                              | call wipe, insert t(a)
            INSERT INTO t (a) VALUES (1) ON CONFLICT (a) WHERE wipe(a) DO NOTHING                      | call wipe, insert t(a)
            INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = (SELECT y FROM ledger)            | insert t(a), select ledger, update t(a)
            UPDATE t SET a = (SELECT y FROM ledger) WHERE b = 1                                        | select ledger, update t(a)
            UPDATE t SET a[(SELECT y FROM ledger)] = 1 WHERE b = 1                                     | select ledger, update t(a)
            UPDATE t SET a = 1 WHERE b = 1 RETURNING (SELECT y FROM ledger)                            | select ledger, update t(a)
            UPDATE t SET a = 1 FROM (SELECT * FROM ledger) q WHERE b = 1                               | select ledger, update t(a)
            UPDATE t SET a = 1 WHERE a IN (SELECT a FROM t)                                            | select t, update t(a)
            UPDATE t SET a = 1 ORDER BY (SELECT y FROM ledger) LIMIT 1                                 | select ledger, update t(a)!
            DELETE FROM t WHERE b = (SELECT y FROM ledger)                                             | delete t, select ledger
            DELETE FROM t WHERE b = 1 RETURNING (SELECT y FROM ledger)                                 | delete t, select ledger
            DELETE FROM t USING u, (SELECT 1 FROM ledger) q                                            | delete t!, select ledger, select u
            DELETE FROM t ORDER BY a LIMIT (SELECT y FROM ledger)                                      | delete t!, select ledger
            MERGE INTO t USING s ON t.a = (SELECT y FROM ledger) WHEN MATCHED THEN DELETE              | delete t, select ledger, select s
            MERGE INTO t USING s ON TRUE WHEN MATCHED AND a = (SELECT y FROM ledger) THEN DELETE       | delete t, select ledger, select s
            MERGE INTO t USING s ON TRUE WHEN MATCHED THEN UPDATE SET a = (SELECT y FROM ledger)       | select ledger, select s, update t(a)
            MERGE INTO t USING s ON TRUE WHEN NOT MATCHED THEN INSERT (a) VALUES ((SELECT y FROM ledger)) | insert t(a), select ledger, select s
            CREATE TABLE t AS WITH x AS (SELECT 1) SELECT * FROM x, ledger                             | create t, insert t, select ledger
            CREATE TABLE t (a int DEFAULT (SELECT y FROM ledger))                                      | create t, select ledger
            SELECT * FROM t WHERE wipe(a)                                                              | call wipe, select t
            SELECT s.lower(a) FROM t                                                                   | call s.lower, select t
            SELECT pg_catalog.lower(a) FROM t                                                          | select t
            SELECT d.pg_catalog.lower(a) FROM t                                                        | call d.pg_catalog.lower, select t
            SELECT wipe(a) OVER (PARTITION BY b) FROM t                                                | call wipe, select t
            SELECT s.wipe(a) OVER () FROM t                                                            | call s.wipe, select t
            SELECT lower(upper(wipe(a))) FROM t                                                        | call wipe, select t
            SELECT (wipe(a)).* FROM t                                                                  | call wipe, select t
            SELECT query_to_xml('x', true, true, '')                                                   | call query_to_xml
            SELECT setval('s', 1), set_config('a', 'b', false), dblink_exec('x')                       | call dblink_exec, call set_config, call setval
            SELECT pg_catalog.setval('s', 1)                                                           | call pg_catalog.setval
            CREATE TABLE t (a int, b int GENERATED ALWAYS AS (wipe(a)) STORED)                         | call wipe, create t
            """)
    void nothingHidesInAClauseOfAWrite(String sql, String expected) {
        assertThat(Trees.effects(sql)).as(sql).isEqualTo(expected);
    }

    @Test
    void inH2ATableHidesTheCommonTableExpressionOfItsName() {
        assertThat(Trees.effects(Dialect.H2, "WITH ledger AS (SELECT 1) SELECT * FROM ledger"))
                .isEqualTo("select ledger via");
    }

    @Test
    void inH2ReplaceUpdates() {
        assertThat(Trees.effects(Dialect.H2, "REPLACE INTO t (a) VALUES (1)"))
                .isEqualTo("delete t, insert t(a), update t(a)");
    }

    @Test
    void aQuotedRoutineMayBeAUsersOwn() {
        TreeReading reading = Trees.read(
                Dialect.POSTGRESQL, "SELECT q1(a), lower(a) FROM t", name -> name.equals("q1") ? "lower" : name);
        assertThat(Trees.describe(reading)).isEqualTo("call lower, select t");
    }

    @Test
    void namesInTextThatTheParserLeavesAreTheOriginalOnes() {
        TreeReading reading = Trees.read(
                Dialect.POSTGRESQL, "CREATE TABLE t (a int CHECK (Q1(a)))", name -> name.equals("Q1") ? "wipe" : name);
        assertThat(Trees.describe(reading)).isEqualTo("call wipe, create t");
    }

    @Test
    void namesAreTheOriginalOnes() {
        TreeReading reading = Trees.read(
                Dialect.POSTGRESQL, "UPDATE q1.q2 SET q3 = 1 FROM q2 q1", name -> name.replace("q", "weird.name"));
        assertThat(((TreeReading.Read) reading).effects())
                .extracting(effect -> effect.table().name(), effect -> effect.columns())
                .containsExactly(
                        tuple("weird.name2", new TreeSet<>(Set.of("weird.name3"))),
                        tuple("weird.name2", new TreeSet<>()));
    }

    @Test
    void aBrokenTreeIsNotUnderstoodAndNeverThrows() {
        TreeWalker walker = new TreeWalker(Dialect.POSTGRESQL);
        for (Statement broken : List.of(
                new Insert(),
                new Update(),
                new Delete(),
                new Merge(),
                new Upsert(),
                new Truncate(),
                new Drop(),
                new CreateTable(),
                new ParenthesedSelect(),
                new TableStatement(),
                new Commit())) {
            assertThat(walker.read(broken, name -> name))
                    .as(broken.getClass().getSimpleName())
                    .isInstanceOf(TreeReading.NotUnderstood.class);
        }
    }

    @Test
    void aSubclassOfAKnownNodeIsNotKnown() {
        Update update = new Update() {};
        assertThat(new TreeWalker(Dialect.POSTGRESQL).read(update, name -> name))
                .isInstanceOf(TreeReading.NotUnderstood.class);
    }

    @Test
    void longFlatChainsAreRead() {
        String chain = "a = 1 AND b = 2 OR ".repeat(5_000);
        assertThat(Trees.effects("DELETE FROM t WHERE " + chain + "c IN (SELECT y FROM ledger)"))
                .isEqualTo("delete t, select ledger");
        assertThat(Trees.effects("SELECT " + "1 + ".repeat(10_000) + "1")).isEmpty();
        assertThat(Trees.effects("SELECT " + "a || ".repeat(10_000) + "b FROM t"))
                .isEqualTo("select t");
        assertThat(Trees.effects("SELECT 1 FROM t" + " UNION ALL SELECT 1 FROM t".repeat(2_000)))
                .isEqualTo("select t");
    }
}
