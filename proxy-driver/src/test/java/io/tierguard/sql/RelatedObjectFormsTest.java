package io.tierguard.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements on what belongs to a table, in a table's place, or in the words of another database. */
class RelatedObjectFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    DELETE FROM t USING a JOIN b ON a.id = b.id WHERE t.id = a.id | DELETE t |
                    DELETE FROM t x USING a LEFT JOIN (SELECT wipe(1) FROM c) y USING (id) WHERE x.id = a.id RETURNING x.* | DELETE t | wipe()
                    DELETE FROM t USING a CROSS JOIN b RETURNING wipe(t.id)  | DELETE t | wipe()
                    DELETE FROM t USING a JOIN b USING (id) WHERE t.id IN (SELECT wipe(b.id)) | DELETE t | wipe()
                    WITH x AS (DELETE FROM t USING a JOIN b USING (id) WHERE t.id = b.id RETURNING 1) DELETE FROM c USING x JOIN d ON true WHERE c.id = d.id | DELETE c, DELETE t |
                    DELETE FROM ONLY (t) WHERE a = 1                        | DELETE t |
                    DELETE FROM ONLY (s.t) AS x USING ONLY (b) WHERE x.a = b.a | DELETE s.t |
                    UPDATE ONLY (t) SET a = 1                               | UPDATE t |
                    UPDATE ONLY (s.t) x SET a = (SELECT wipe(b) FROM ONLY (u)) | UPDATE s.t | wipe()
                    COMMENT ON MATERIALIZED VIEW v IS 'x'                  | EXTEND v |
                    COMMENT ON FOREIGN TABLE t IS 'x'                      | EXTEND t |
                    COMMENT ON INDEX i IS 'x'                              | EXTEND i |
                    COMMENT ON SEQUENCE s IS 'x'                           | EXTEND s |
                    COMMENT ON CONSTRAINT c ON s.t IS 'x'                  | EXTEND s.t |
                    COMMENT ON CONSTRAINT c ON DOMAIN d IS 'x'             | |
                    COMMENT ON CONSTRAINT c ON domain IS 'x'               | EXTEND domain |
                    COMMENT ON TRIGGER x ON t IS NULL                      | EXTEND t |
                    COMMENT ON RULE r ON t IS 'x'                          | EXTEND t |
                    COMMENT ON POLICY p ON t IS 'x'                        | EXTEND t |
                    COMMENT ON TRIGGER x IS 'x'                            | | UNREADABLE
                    """)
    void postgreSql(String sql, String writes, String beyond) {
        StatementFormsTest.assertForm(Dialect.POSTGRESQL, sql, writes, beyond);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    COMMENT ON VIEW t IS 'x'                                | EXTEND t |
                    COMMENT ON CONSTRAINT s.c IS 'x'                        | EXTEND s.c |
                    COMMENT ON TRIGGER x IS 'x'                             | EXTEND x |
                    COMMENT ON SCHEMA s IS 'x'                              | |
                    DROP TRIGGER IF EXISTS s.x                              | ALTER s.x | DEFINE
                    CREATE TABLE t (id int) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 | CREATE t |
                    CREATE TABLE t (id int) ENGINE=x AS SELECT wipe(1)      | CREATE t, INSERT t | wipe()
                    CREATE TABLE t (a DATETIME(6), b YEAR(4), c MEDIUMINT(8)) | CREATE t |
                    ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | ALTER t |
                    ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4, RENAME TO u | ALTER t, CREATE u |
                    ALTER TABLE t CONVERT TO u                              | | UNREADABLE
                    SELECT id AS straße FROM t ORDER BY straße              | |
                    SELECT größe FROM "Maß" maß WHERE maß.größe > 1         | |
                    DELETE FROM straße                                      | DELETE strasse, DELETE straße |
                    UPDATE t SET straße = wipe(1)                           | UPDATE t | wipe()
                    WITH maß AS (SELECT 1) DELETE FROM mass                 | | UNREADABLE
                    SELECT maß(1)                                           | | maß();mass()
                    SELECT 1 croß JOIN t                                    | | UNREADABLE
                    SET SCHEMA maß                                          | | UNREADABLE
                    DROP TABLE maß                                          | DROP mass, DROP maß |
                    SELECT 'Straße' FROM t                                  | |
                    DELETE FROM ſtate                                       | | UNREADABLE
                    DELETE FROM "straße"                                    | DELETE straße |
                    """)
    void h2(String sql, String writes, String beyond) {
        StatementFormsTest.assertForm(Dialect.H2, sql, writes, beyond);
    }
}
