package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT point '(1,2)' <-> p, s.mood 'ok' FROM t                    | select t
                    SELECT jsonb '{}' ?? 'a', jsonb '{}' ??& array['a'] FROM t        | select t
                    SELECT @ a, !!c, ~d FROM t WHERE NOT @@ e > 1               | select t
                    SELECT a OPERATOR(pg_catalog.+) b FROM t ORDER BY a USING >       | select t
                    SELECT a FROM t ORDER BY wipe(a) USING OPERATOR(s.<), b           | select t; routine wipe
                    SELECT concat_ws(',', VARIADIC a) FROM t                          | select t
                    SELECT wipe(VARIADIC a) FROM t                                    | select t; routine wipe
                    SELECT a AS true, b AS null, c minus FROM t                       | select t
                    SELECT statement, final > 0 FROM t                                | select t
                    SELECT FROM t WHERE wipe(a)                                       | select t; routine wipe
                    SELECT a FROM t WHERE EXISTS (SELECT FROM b)                      | select b; select t
                    SELECT a[1:2], b[:], c[1][2], d[wipe(1)] FROM t                   | select t; routine wipe
                    SELECT a[b + 1:], c[:wipe(1)], d[b:wipe(2)] FROM t                | select t; routine wipe
                    SELECT (a).*, (b[1]).c FROM t                                     | select t
                    SELECT a AT LOCAL, b::text COLLATE "C" FROM t                     | select t
                    SELECT a FROM at local                                            | select at
                    SELECT a FROM b, at local                                         | select at; select b
                    SELECT a IS JSON OBJECT WITH UNIQUE KEYS, b IS NOT NFC NORMALIZED, c IS DOCUMENT FROM t | select t
                    SELECT substring(a FROM b FOR 2), substring(a SIMILAR b ESCAPE '#') FROM t | select t
                    SELECT substring(a FOR wipe(b)) FROM t                            | select t; routine wipe
                    SELECT ROW(1, 2)::s.r < ROW(1, wipe(a))::s.r FROM t               | select t; routine wipe
                    SELECT * FROM a JOIN b USING (id) AS j                            | select a; select b
                    SELECT sum(a) OVER (w RANGE UNBOUNDED PRECEDING) FROM t WINDOW w AS (ORDER BY b) | select t
                    SELECT a FROM t GROUP BY GROUPING SETS ((), (a), GROUPING SETS ((b), CUBE (c, d))) | select t
                    SELECT a FROM t GROUP BY DISTINCT ROLLUP (a), wipe(b)             | select t; routine wipe
                    SELECT * FROM t TABLESAMPLE SYSTEM (b.pct * 2) REPEATABLE (1 + 1) | select t
                    SELECT * FROM t TABLESAMPLE SYSTEM (wipe())                       | bounded: select t; routine wipe
                    SELECT * FROM ROWS FROM (f(1) AS (a int, b text), g()) AS x       | routine f; routine g
                    SELECT collation for (wipe(a)) FROM t                             | select t; routine wipe
                    CREATE VIEW v AS SELECT a FROM t WHERE a > 0 WITH LOCAL CHECK OPTION | create v; select t
                    """)
    void queries(String sql, String needs) {
        assertNeeds(sql, needs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT json_object('a': a, 'b' VALUE wipe(b) ABSENT ON NULL WITH UNIQUE KEYS RETURNING text) FROM t | select t; routine wipe
                    SELECT json_arrayagg(a ORDER BY wipe(b) NULL ON NULL RETURNING jsonb) FILTER (WHERE c) FROM t | select t; routine wipe
                    SELECT json_objectagg(k: v) OVER (PARTITION BY k) FROM t          | select t
                    SELECT json_value(js, '$.a' PASSING (SELECT max(b) FROM other) AS x RETURNING int DEFAULT wipe() ON ERROR) FROM t | select other; select t; routine wipe
                    SELECT json_query(js, '$' WITH CONDITIONAL ARRAY WRAPPER OMIT QUOTES ON SCALAR STRING NULL ON EMPTY) FROM t | select t
                    SELECT json_serialize(js RETURNING s.own_text) FROM t             | select t
                    SELECT json_array(SELECT a FROM t RETURNING jsonb)                | select t
                    SELECT app.json_value(a RETURNING b) FROM t                       | bounded: select a; select b; select t; routine app.json_value
                    SELECT * FROM json_table(jsonb '[]', '$[*]' COLUMNS (id FOR ORDINALITY, a int PATH '$.a' DEFAULT 0 ON EMPTY, NESTED PATH '$.b' COLUMNS (c varchar(10)))) x | nothing
                    SELECT * FROM json_table((SELECT js FROM t), '$' COLUMNS (a int PATH '$.a')) x | select t
                    SELECT * FROM t, xmltable('/r' PASSING BY REF x COLUMNS a int PATH 'a' NOT NULL, b text DEFAULT 'none') y | select t
                    SELECT * FROM t, xmltable('/r' PASSING wipe(x) COLUMNS a int) y   | select t; routine wipe
                    SELECT xmlelement(name a, xmlattributes(b AS c, wipe(d) AS e), f) FROM t | select t; routine wipe
                    SELECT xmlforest(a AS b, wipe(c)) FROM t                          | select t; routine wipe
                    SELECT xmlserialize(CONTENT wipe(a) AS varchar(20)), xmlpi(name a, b) FROM t | select t; routine wipe
                    SELECT xmlroot(xmlparse(DOCUMENT a), VERSION NO VALUE, STANDALONE YES) FROM t | select t
                    """)
    void functionsWithAGrammarOfTheirOwn(String sql, String needs) {
        assertNeeds(sql, needs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DELETE FROM t WHERE CURRENT OF c RETURNING wipe(a)                | delete t; routine wipe
                    UPDATE t SET a = (SELECT max(b) FROM u) WHERE CURRENT OF "C"      | select u; update t(a)
                    UPDATE t SET a[1:2] = '{}', b[1].c = wipe(d[2].e), f.g = 1        | update t(a, b, f), no where; routine wipe
                    UPDATE t SET a[b:] = '{}' FROM u                                  | select u; update t(a), no where
                    UPDATE t SET a = array_append(CASE WHEN b > 1 THEN t.a[b + 2 - c:] ELSE t.a END, 5) FROM u | select u; update t(a), no where
                    DELETE FROM t USING u WHERE t.a[b - 1:] IS NULL                   | delete t; select u
                    INSERT INTO t (a[1], b[2].c.d, e) VALUES (1, 2, 3)                | insert t(a, b, e)
                    UPDATE t SET (a, b) = ROW(u.*) FROM u WHERE t.a = u.a             | select u; update t(a, b)
                    DELETE FROM at local                                              | delete at, no where
                    MERGE INTO ONLY t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET a = 1 | select u; update t(a)
                    MERGE INTO t USING u JOIN v ON u.a = v.a ON t.a = u.a WHEN MATCHED THEN DELETE | delete t; select u; select v
                    MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT DEFAULT VALUES | insert t; select u
                    MERGE INTO t USING u ON t.a = u.a WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN MATCHED THEN DO NOTHING RETURNING wipe(t.a) | delete t; select u; routine wipe
                    MERGE INTO t USING u ON t.a = u.a WHEN NOT MATCHED THEN INSERT (a) OVERRIDING SYSTEM VALUE VALUES (wipe(u.a)) | insert t(a); select u; routine wipe
                    UPDATE t SET a = -1, (b, c) = (1, wipe(d)) WHERE a IN (SELECT a FROM u) | select u; update t(a, b, c); routine wipe
                    UPDATE t SET a = DEFAULT, (b) = ROW(wipe(1)), (c, d) = (DEFAULT, 'x') | update t(a, b, c, d), no where; routine wipe
                    UPDATE t SET (a, b) = (1, 2), (c, d) = (SELECT x, wipe(y) FROM v), (e, f.g) = ROW(u.*), h = 1 FROM u WHERE t.a = u.a | select u; select v; update t(a, b, c, d, e, f, h); routine wipe
                    UPDATE t SET a = 1, (b, c) = (1, 2, wipe(3)) WHERE a = 1          | update t(a, b, c); routine wipe
                    UPDATE t SET a = CASE WHEN d THEN 1 END, (b, c) = (1, (SELECT max(a) FROM u)) WHERE a = 1 RETURNING a, (b, c) = (wipe(1), 2) | select u; update t(a, b, c); routine wipe
                    INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 1, (b, c) = (excluded.b, wipe(1)) WHERE t.a = 1 | insert t(a); update t(a, b, c); routine wipe
                    WITH w AS (UPDATE t SET a = 1, (b, c) = (1, 2) WHERE a = 3 RETURNING *) SELECT * FROM w | update t(a, b, c)
                    MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET a = 1, (b, c) = (SELECT x, y FROM v) WHEN NOT MATCHED THEN INSERT (a, b) VALUES (1, (2)) | insert t(a, b); select u; select v; update t(a, b, c)
                    """)
    void changesOfRows(String sql, String needs) {
        assertNeeds(sql, needs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    MERGE INTO t USING u ON t.a = u.a WHEN MATCHED AND wipe(u.a) THEN DO NOTHING WHEN MATCHED THEN DELETE | delete t; select u; routine wipe
                    MERGE INTO t USING u ON t.a = -u.a WHEN MATCHED AND t.b = u.b THEN DO NOTHING WHEN MATCHED THEN UPDATE SET b = u.b WHEN NOT MATCHED AND u.a < 0 THEN INSERT (a) VALUES (u.a) | insert t(a); select u; update t(b)
                    MERGE INTO t USING u ON t.a = u.a OR t.b = 1 WHEN MATCHED THEN DELETE WHEN NOT MATCHED AND u.a > (SELECT max(a) FROM v) THEN DO NOTHING | delete t; select u; select v
                    MERGE INTO t USING u ON t.a = u.a WHEN NOT MATCHED BY SOURCE AND CASE WHEN t.a THEN wipe(t.b) END THEN DO NOTHING WHEN MATCHED THEN UPDATE SET a = CASE WHEN matched THEN 1 END RETURNING erase(b) | select u; update t(a); routine erase; routine wipe
                    MERGE INTO t USING u ON CASE WHEN t.a THEN u.b END WHEN MATCHED AND u.a THEN DO NOTHING WHEN NOT MATCHED BY TARGET AND u.b OR wipe(u.d) THEN DO NOTHING WHEN MATCHED THEN DELETE | delete t; select u; routine wipe
                    MERGE INTO t USING u JOIN v ON u.a = v.a ON t.a = u.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED AND v.a IS NULL THEN DO NOTHING RETURNING t.a | delete t; select u; select v
                    WITH x AS (MERGE INTO t USING u ON t.a = u.a WHEN MATCHED AND wipe(u.a) THEN DO NOTHING WHEN MATCHED THEN DELETE RETURNING t.a) SELECT * FROM x | delete t; select u; routine wipe
                    MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DO NOTHING    | select t; select u
                    MERGE INTO ONLY s.t * AS x USING u * y ON wipe(y.a) WHEN MATCHED AND EXISTS (TABLE z) THEN DO NOTHING WHEN NOT MATCHED BY SOURCE THEN DO NOTHING RETURNING x.a, erase(x.b) | select s.t; select u; select z; routine erase; routine wipe
                    WITH t AS (SELECT a FROM q) MERGE INTO t USING u JOIN v ON u.b = v.b ON t.a = u.a WHEN MATCHED THEN DO NOTHING | select q; select t; select u; select v
                    WITH w AS (MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DO NOTHING RETURNING t.a) SELECT * FROM w | select t; select u
                    WITH d AS (DELETE FROM u RETURNING a) MERGE INTO t USING d ON t.a = d.a WHEN MATCHED THEN DO NOTHING | delete u, no where; select t
                    MERGE INTO t USING u * v ON t.a = v.a WHEN MATCHED THEN DELETE    | delete t; select u
                    MERGE INTO t * AS x USING ONLY (u) AS v ON x.a = v.a WHEN MATCHED THEN DELETE | delete t; select u
                    DELETE FROM t * x USING u * y WHERE x.a = y.a                     | delete t; select u
                    """)
    void merges(String sql, String needs) {
        assertNeeds(sql, needs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    WITH moved AS (DELETE FROM t WHERE a = 1 RETURNING *) INSERT INTO u (a, b) TABLE moved | delete t; insert u(a, b)
                    WITH q AS (TABLE u) DELETE FROM t WHERE a IN (TABLE q)            | delete t; select u
                    DELETE FROM t WHERE EXISTS (TABLE u)                              | delete t; select u
                    INSERT INTO t TABLE u ON CONFLICT (a) DO UPDATE SET b = wipe(1)   | insert t; select u; update t(b); routine wipe
                    INSERT INTO s.t AS x TABLE ONLY u                                 | insert s.t; select u
                    INSERT INTO t (a) OVERRIDING USER VALUE TABLE ONLY (s.u) RETURNING wipe(a) | insert t(a); select s.u; routine wipe
                    INSERT INTO t TABLE u *                                           | insert t; select u
                    MERGE INTO t USING (TABLE u) AS l ON l.a = t.a WHEN MATCHED THEN DELETE | delete t; select u
                    MERGE INTO t USING (TABLE ONLY u) l (a, b) ON l.a = t.a WHEN MATCHED THEN DELETE | delete t; select u
                    WITH d AS (UPDATE t SET a = 1 RETURNING *) TABLE d                | update t(a), no where
                    WITH d AS (DELETE FROM t WHERE a = 1 RETURNING *) (TABLE u) UNION ALL (TABLE v) ORDER BY 1 LIMIT 1 | delete t; select u; select v
                    TABLE t UNION ALL TABLE u EXCEPT TABLE ONLY v                     | select t; select u; select v
                    SELECT 1 IN (TABLE t), ARRAY(TABLE u), (SELECT 1 table FROM v), 1 AS table FROM w | select t; select u; select v; select w
                    SELECT * FROM a JOIN b USING (id) AS j                            | select a; select b
                    SELECT a INTO TABLE t FROM u                                      | create t; insert t; select u
                    CREATE VIEW v AS TABLE t                                          | create v; select t
                    CREATE TABLE u AS TABLE t                                         | create u; insert u; select t
                    DO $$BEGIN DELETE FROM t WHERE EXISTS (TABLE u) AND a = 1; END$$  | delete t; select u
                    """)
    void tablesAsQueries(String sql, String needs) {
        assertNeeds(sql, needs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    UPDATE acct SET note = ? WHERE uuid = ?                           | update acct(note)
                    DELETE FROM acct WHERE uuid = ANY (?)                             | delete acct
                    UPDATE acct SET number = ? WHERE number = ? AND note = ?          | update acct(number)
                    UPDATE acct SET settings = settings - ?::text WHERE id = ?       | update acct(settings)
                    UPDATE acct SET note = ? WHERE id = ? AND uuid IS NOT NULL        | update acct(note)
                    UPDATE acct SET note = uuid::text WHERE id = 1                    | update acct(note)
                    UPDATE acct SET note = 'x' WHERE id = 1 RETURNING settings        | update acct(note)
                    UPDATE acct SET settings['a'] = '5' WHERE id = 1                  | update acct(settings)
                    UPDATE acct SET settings = '{}'                                   | update acct(settings), no where
                    UPDATE acct a SET settings = b.settings FROM b WHERE a.uuid = b.uuid | select b; update acct(settings)
                    WITH x AS (SELECT id FROM acct WHERE uuid = ? FOR UPDATE) UPDATE acct SET note = 'y' FROM x WHERE x.id = acct.id | select acct; update acct(note)
                    UPDATE acct SET uuid = gen_random_uuid() WHERE id IN (SELECT id FROM vault) | select vault; update acct(uuid)
                    MERGE INTO acct a USING b ON a.uuid = b.uuid WHEN MATCHED THEN UPDATE SET settings = b.settings | select b; update acct(settings)
                    INSERT INTO acct (uuid) VALUES (?) ON CONFLICT (uuid) DO UPDATE SET settings = EXCLUDED.settings | insert acct(uuid); update acct(settings)
                    SELECT * FROM acct, JSON_TABLE(settings, '$[*]' COLUMNS (tag text PATH '$')) | select acct
                    DELETE FROM settings WHERE force                                  | delete settings
                    WITH settings AS (SELECT id FROM acct) DELETE FROM b USING settings WHERE b.id = settings.id | delete b; select acct
                    UPDATE acct SET a = json_object('a' VALUE uuid, 'b' VALUE wipe(map)) WHERE settings = 1 | update acct(a); routine wipe
                    SELECT by FROM acct WHERE between = 1 ORDER BY by                 | select acct
                    """)
    void namesThatTheParserTakesForKeywords(String sql, String needs) {
        assertNeeds(sql, needs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    UPDATE acct SET a = uuid(b), c = app.map(d) WHERE uuid = 1        | update acct(a, c); routine uuid; routine app.map
                    DELETE FROM acct WHERE EXISTS (SELECT 1 FROM b) AND settings = 1  | delete acct; select b
                    DELETE FROM acct WHERE uuid IN (VALUES (1), (wipe(2)))            | delete acct; routine wipe
                    UPDATE acct SET uuid = uuid 'x', a = CAST(b AS int), c = d::uuid, e = double precision '1.5' WHERE uuid = 1 | update acct(a, c, e, uuid)
                    UPDATE acct SET (a, uuid) = ROW (1, wipe(2)) WHERE b BETWEEN 1 AND 2 | update acct(a, uuid); routine wipe
                    UPDATE acct SET a = (SELECT sum(uuid) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM b GROUP BY c) WHERE uuid = 1 | select b; update acct(a)
                    UPDATE acct SET a = b::character varying, c = d::int[] WHERE uuid = 1 | update acct(a, c)
                    WITH x AS (DELETE FROM b WHERE uuid = 1 RETURNING uuid) SELECT uuid FROM x | delete b
                    WITH x AS (SELECT uuid FROM b FOR NO KEY UPDATE SKIP LOCKED) SELECT uuid FROM x | select b
                    SELECT uuid INTO import FROM acct                                 | create import; insert import; select acct
                    SELECT a FROM value v, values w                                   | select value; select values
                    SELECT a FROM acct WHERE prior(a)                                 | select acct; routine prior
                    SELECT straight_join(a) FROM value(1)                             | routine value; routine straight_join
                    SELECT app.row(a)                                                 | routine app.row
                    """)
    void wordsThatAreNoNamesAtTheirPlace(String sql, String needs) {
        assertNeeds(sql, needs);
    }

    private static void assertNeeds(String sql, String needs) {
        assertThat(Needs.of(Dialect.POSTGRESQL, sql)).as(sql).isEqualTo(needs);
    }
}
