package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBoundTest {

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"H2", "POSTGRESQL"})
    void theInsertOfAMergeIsNoCall(Dialect dialect) {
        String sql = "MERGE INTO draft d USING a JOIN b ON a.id = b.id ON d.id = a.id"
                + " WHEN NOT MATCHED THEN INSERT (id, x) VALUES (coalesce(a.id, (1)), 1)";
        assertThat(Analysis.beyondTables(Analysis.only(dialect, sql))).isEmpty();
        assertThat(Analysis.writes(Analysis.of(dialect, sql))).contains("INSERT draft");
    }

    @Test
    void aFunctionThatIsCalledInsertIsACall() {
        String sql = "MERGE INTO draft d USING a JOIN b ON a.id = b.id ON d.id = a.id"
                + " WHEN MATCHED THEN UPDATE SET x = CASE WHEN y THEN insert(1) END";
        assertThat(Analysis.beyondTables(Analysis.only(Dialect.POSTGRESQL, sql)))
                .containsExactly("insert()");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH s AS (WITH p AS (SELECT last(1)) DELETE FROM t RETURNING a) SELECT a FROM s",
                "WITH s AS (WITH p AS (SELECT 1) DELETE FROM t RETURNING a) SELECT CASE WHEN last(a) THEN 1 END FROM s",
                "WITH s AS (WITH p AS (SELECT 1) DELETE FROM t RETURNING a) SELECT a FROM s, LATERAL (SELECT last(1)) x"
            })
    void aWordOfTheLanguageThatIsCalledIsARoutineAndLateralIsNone(String sql) {
        assertThat(Analysis.beyondTables(Analysis.only(Dialect.POSTGRESQL, sql)))
                .containsExactly("last()");
    }
}
