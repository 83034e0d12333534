package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why the text of a PREPARE is not read. */
class MySqlPreparedTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PREPARE p FROM 'INSERT INTO t VALUES (''{\"a\":1}'')'",
                "PREPARE p FROM 'SELECT 1 /* now */'",
                "PREPARE p FROM 'SELECT ''a\\\\b'''",
            })
    void whatAModeCouldReadOtherwiseIsNamed(String sql) {
        assertThat(problem(sql))
                .contains("a double quote, a backslash or a /* comment")
                .doesNotContain(" at line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PREPARE p FROM CONCAT('a', 'b')", "PREPARE p FROM 'SELECT 1; SELECT 2'"})
    void whatIsComputedOrSeveralIsSaidToBe(String sql) {
        assertThat(problem(sql)).contains("computed, or is not one statement").doesNotContain(" at line");
    }

    private static String problem(String sql) {
        StatementEffects read = new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.MYSQL))
                .analyze(sql, Placeholders.NONE)
                .statements()
                .get(0);
        assertThat(read).isInstanceOf(StatementEffects.Unreadable.class);
        return ((StatementEffects.Unreadable) read).problem().toString();
    }
}
