package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What H2 says in words of its own is read exactly: every table, every change and every call in it. */
class H2PlainFormTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT * FROM OLD TABLE (DELETE FROM t WHERE id = 1) | DELETE t |
            SELECT * FROM NEW TABLE (INSERT INTO t SELECT * FROM a) x JOIN b ON x.id = b.id | INSERT t | a, b
            SELECT * FROM FINAL TABLE (MERGE INTO t KEY (id) VALUES (1, 2)) | INSERT t, UPDATE t |
            SELECT * FROM FINAL TABLE (REPLACE INTO t VALUES (1)) | DELETE t, INSERT t, UPDATE t |
            INSERT INTO t SELECT id FROM OLD TABLE (UPDATE u SET a = (SELECT max(id) FROM a)) | INSERT t, UPDATE u | a
            SELECT (SELECT count(*) FROM OLD TABLE (DELETE FROM t)), id FROM FINAL TABLE (UPDATE u SET a = 1) | DELETE t, UPDATE u |
            SELECT * FROM OLD TABLE (DELETE FROM t WHERE id IN (SELECT id FROM OLD TABLE (DELETE FROM u))) | DELETE t, DELETE u |
            WITH w AS (SELECT id FROM OLD TABLE (DELETE FROM t)) SELECT * FROM w | DELETE t | w
            SELECT * FROM a WHERE x IS OF (INT, VARCHAR(10)) AND EXISTS (SELECT 1 FROM OLD TABLE (DELETE FROM t)) | DELETE t | a
            SELECT a.j FORMAT JSON, (SELECT 1 FROM b) IS JSON FROM a | | a, b
            SELECT a.x IS DISTINCT FROM ANY (VALUES 1, (SELECT 2 FROM b)) FROM a | | a, b
            SELECT a.t AT LOCAL, CAST(t AS TIMESTAMP(9) WITH TIME ZONE) FROM a | |  a
            SELECT nth_value(x, 2) FROM LAST OVER (ORDER BY (SELECT 1 FROM b)) FROM a | | a, b
            SELECT sum(x) OVER (w ORDER BY (SELECT 1 FROM b) RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE TIES) FROM a WINDOW w AS (PARTITION BY id) | | a, b
            SELECT rank(1) WITHIN GROUP (ORDER BY (SELECT 1 FROM b)) FILTER (WHERE x IN (SELECT 1 FROM c)) OVER (PARTITION BY id) FROM a | | a, b, c
            SELECT * FROM TABLE (id INT = (SELECT 1 FROM b), n VARCHAR(10) = 'x') | | b
            SELECT * FROM a WHERE id IN (1, SELECT max(id) FROM b) | | a, b
            DELETE FROM t WHERE id = SELECT id FROM b | DELETE t | b
            DELETE FROM t LIMIT ((SELECT count(*) FROM b) / 10) | DELETE t | b
            UPDATE t SET (x) = (SELECT 1 FROM b) FETCH FIRST 2 ROWS ONLY | UPDATE t | b
            UPDATE t SET (x, y) = (SELECT 1, 2 FROM b), (z, u) = (SELECT 3, 4 FROM c) | UPDATE t | b, c
            INSERT INTO t VALUES 1, (SELECT 2 FROM b) | INSERT t | b
            INSERT INTO t VALUES ROW (1, 2), (3, (SELECT 4 FROM b)) | INSERT t | b
            INSERT INTO t () VALUES () | INSERT t |
            INSERT INTO t (id) DIRECT SORTED SELECT x FROM b | INSERT t | b
            FROM a, b SELECT x WHERE y IN (SELECT 1 FROM c) ORDER BY x | | a, b, c
            SELECT unique(TABLE b) FROM a | | a, b
            SELECT CASE x WHEN 1, 2, (SELECT 3 FROM b) THEN 1 WHEN IS NULL THEN 2 WHEN > 5 THEN 3 END FROM a | | a, b
            SELECT json_object('k' : (SELECT 1 FROM b) FORMAT JSON ABSENT ON NULL WITH UNIQUE KEYS) FROM a | | a, b
            SELECT setting_name FROM information_schema.settings | | information_schema.settings
            SELECT @n := (SELECT 1 FROM b), convert((SELECT 1 FROM c), varchar(10)) FROM a | | a, b, c
            SELECT WHERE EXISTS (TABLE b) | | b
            INSERT INTO s.t (a) TABLE b | INSERT s.t | b
            INSERT INTO t DIRECT SORTED TABLE b | INSERT t | b
            REPLACE INTO t TABLE b | DELETE t, INSERT t, UPDATE t | b
            MERGE INTO t (a) KEY (a) TABLE b | INSERT t, UPDATE t | b
            MERGE INTO t USING (TABLE b) l ON t.a = l.a WHEN MATCHED THEN UPDATE SET (x, y) = (l.x, 1) | UPDATE t | b
            MERGE INTO t USING b ON t.a = b.a WHEN MATCHED THEN UPDATE SET z = 1, (x, y) = (SELECT 1, 2 FROM c) WHEN NOT MATCHED THEN INSERT VALUES (1, (2)) | INSERT t, UPDATE t | b, c
            TABLE b UNION ALL TABLE c | | b, c
            EXPLAIN PLAN DELETE FROM t | | t
            CREATE SEQUENCE s AS DECIMAL(10)                        | CREATE s |
            ALTER TABLE t MODIFY COLUMN a BIGINT                    | ALTER t |
            ALTER TABLE t CHANGE COLUMN a b INT                     | ALTER t |
            ALTER TABLE t AUTO_INCREMENT = 5                        | ALTER t |
            ALTER TABLE t DROP COLUMN a, b                          | ALTER t, alter what refers to t |
            CREATE TABLE t (a BLOB(10K), b CLOB(2M))                | CREATE t |
            INSERT IGNORE INTO t VALUES (1)                         | INSERT t |
            DELETE TOP (5) FROM t                                   | DELETE t |
            SELECT * FROM (TABLE b) x, (TABLE c) | | b, c
            WITH "r" AS (SELECT "id", rank() OVER (ORDER BY "id") "n" FROM "order" GROUP BY "id") SELECT "id" FROM "r" ORDER BY 1 | | order, r
            SELECT * FROM a JOIN (TABLE b) ON 1 = 1 | | a, b
            """)
    void isReadExactly(String sql, String writes, String reads) {
        AnalyzedText text = Analysis.of(Dialect.H2, sql);
        assertThat(text.statements()).allMatch(StatementEffects.Understood.class::isInstance);
        assertThat(Analysis.writes(text)).isEqualTo(names(writes));
        assertThat(Analysis.reads(text)).isEqualTo(names(reads));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM OLD TABLE (DELETE FROM t WHERE wipe(id))",
                "SELECT x IS OF (INT) FROM a WHERE wipe(x) IS JSON",
                "SELECT rank(1) WITHIN GROUP (ORDER BY wipe(x)) FILTER (WHERE x) FROM a",
                "SELECT rank(1) FILTER (WHERE wipe(x)) OVER w FROM a",
                "SELECT sum(x) OVER (w ORDER BY wipe(x)) FROM a",
                "SELECT listagg(x ON OVERFLOW ERROR) WITHIN GROUP (ORDER BY x) OVER (ORDER BY wipe(x)) FROM a",
                "SELECT * FROM TABLE (id INT = wipe(1))",
                "SELECT CASE x WHEN 1, wipe(2) THEN 1 END FROM a",
                "SELECT json_object('k' : wipe(1)), json_array(wipe(1) FORMAT JSON) FROM a",
                "SELECT convert(wipe(1), varchar(10))",
                "SELECT set(@x, wipe(1))",
                "UPDATE t SET (x, y) = (1, wipe(2))",
                "MERGE INTO t USING b ON t.a = b.a WHEN MATCHED THEN UPDATE SET z = 1, (x, y) = (1, wipe(2))",
                "INSERT INTO t VALUES wipe(1), 2",
                "DELETE FROM t LIMIT wipe(1)",
                "SELECT 1 IS OF (INT), wipe(1) AT LOCAL",
                "FROM a SELECT wipe(1)",
                "CREATE DOMAIN d AS int CHECK (wipe(VALUE) > 1)",
                "CREATE CONSTANT c VALUE wipe(1)",
                "ALTER DOMAIN d ADD CHECK (wipe(VALUE) > 1)"
            })
    void noCallIsLost(String sql) {
        assertThat(Analysis.of(Dialect.H2, sql).statements())
                .allSatisfy(statement ->
                        assertThat(Analysis.beyondTables(statement)).contains("wipe()"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"H2", "POSTGRESQL"})
    void aTableQueryInTheListOfTablesReadsItsTable(Dialect dialect) {
        assertThat(Analysis.reads(Analysis.of(dialect, "SELECT * FROM (TABLE ledger) x")))
                .contains("ledger");
        assertThat(Analysis.reads(Analysis.of(dialect, "SELECT * FROM a, (TABLE ledger)")))
                .contains("ledger");
        assertThat(Analysis.reads(Analysis.of(dialect, "INSERT INTO draft (id) TABLE ledger")))
                .containsExactly("ledger");
        assertThat(Analysis.reads(Analysis.of(dialect, "SELECT * FROM \"table\" ledger")))
                .containsExactly("table");
    }

    private static Set<String> names(String list) {
        return list == null ? Set.of() : Set.of(list.split(", "));
    }
}
