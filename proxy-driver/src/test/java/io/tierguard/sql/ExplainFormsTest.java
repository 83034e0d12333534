package io.tierguard.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PostgreSQL's EXPLAIN runs its statement where an option says so, and no other says that it does not. */
class ExplainFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    EXPLAIN DELETE FROM t                                   | |
                    EXPLAIN ANALYZE DELETE FROM t                           | DELETE t |
                    EXPLAIN (COSTS OFF, ANALYZE) DELETE FROM t              | DELETE t |
                    EXPLAIN (ANALYZE OFF) DELETE FROM t                     | |
                    EXPLAIN (VERBOSE, analyse FALSE, COSTS) DELETE FROM t   | |
                    EXPLAIN (ANALYZE 0) DELETE FROM t                       | |
                    EXPLAIN (ANALYZE 'Off') DELETE FROM t                   | |
                    EXPLAIN ("analyze" "off") DELETE FROM t                 | |
                    EXPLAIN ("analyze") DELETE FROM t                       | DELETE t |
                    EXPLAIN (ANALYZE 1) DELETE FROM t                       | DELETE t |
                    EXPLAIN (ANALYZE ON) DELETE FROM t                      | DELETE t |
                    EXPLAIN (ANALYZE 'true') DELETE FROM t                  | DELETE t |
                    EXPLAIN (ANALYZE OFF, ANALYZE) DELETE FROM t            | DELETE t |
                    EXPLAIN (ANALYZE, ANALYZE OFF) DELETE FROM t            | DELETE t |
                    EXPLAIN (ANALYZE, COSTS OFF) DELETE FROM t              | DELETE t |
                    EXPLAIN (SELECT 1)                                      | |
                    EXPLAIN CREATE TEMP TABLE t AS SELECT 1                 | |
                    EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1         | | temporary t
                    EXPLAIN EXECUTE p                                       | | plans p
                    EXPLAIN EXECUTE p(wipe())                               | | wipe();plans p
                    EXPLAIN ANALYZE EXECUTE p                               | | runs p
                    EXPLAIN (ANALYZE, BUFFERS) EXECUTE p(1)                 | | runs p
                    EXPLAIN (COSTS off) EXECUTE p                           | | plans p
                    EXPLAIN ANALYZE CREATE TABLE t AS EXECUTE p             | CREATE t, INSERT t | runs p
            """)
    void postgreSql(String sql, String writes, String beyond) {
        StatementFormsTest.assertForm(Dialect.POSTGRESQL, sql, writes, beyond);
    }
}
