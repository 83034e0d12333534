package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a change of rows gives rows back is told by its own clause alone. */
class ReturningClauseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1) RETURNING id",
                "update t set v = 1 where id = ? returning *",
                "DELETE FROM t RETURNING id;",
                "/* c */ DELETE FROM t -- d\nRETURNING(id)",
                "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE RETURNING merge_action()",
                "WITH a AS (SELECT 1) UPDATE t SET v = 1 RETURNING v",
            })
    void aClauseOfTheStatementIsOne(String sql) {
        assertThat(ReturningClause.isIn(sql, Placeholders.QUESTION_MARKS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "returning",
                "UPDATE t SET v = 'returning' WHERE id = 1",
                "UPDATE t SET \"returning\" = 1",
                "UPDATE t SET v = 1 -- returning",
                "UPDATE t SET v = 1 /* returning */",
                "INSERT INTO t SELECT 1 AS returning",
                "UPDATE t SET v = JSON_VALUE(j, '$.a' RETURNING int)",
                "WITH a AS (DELETE FROM t RETURNING id) SELECT * FROM a",
                "WITH a AS (DELETE FROM t RETURNING id) INSERT INTO s SELECT id FROM a",
                "DELETE FROM t RETURNING id; SELECT 1",
                "EXPLAIN DELETE FROM t RETURNING id",
                "DELETE FROM t WHERE n = E'\\'' RETURNING id",
                "DELETE FROM t WHERE n = 'open RETURNING id",
            })
    void anythingElseIsNone(String sql) {
        assertThat(ReturningClause.isIn(sql, Placeholders.QUESTION_MARKS)).isFalse();
    }
}
