package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiteralFreeQueryTest {
    @Test
    void bindsEachLiteralAndNothingElse() {
        LiteralFreeQuery query = new LiteralFreeQuery(
                "SELECT \"it's 1\", T1.A2, CHAR(31), 'it''s', '' FROM T1 WHERE A LIKE '%(%' FETCH FIRST 100 PERCENT ROWS ONLY -- 5 'x'");
        assertThat(query.text())
                .isEqualTo(
                        "SELECT \"it's 1\", T1.A2, CHAR(CAST(? AS INT)), CAST(? AS VARCHAR), CAST(? AS VARCHAR) FROM T1"
                                + " WHERE A LIKE CAST(? AS VARCHAR) FETCH FIRST CAST(? AS INT) PERCENT ROWS ONLY -- 5 'x'");
        assertThat(query.values()).containsExactly("31", "it's", "", "%(%", "100");
    }
}
