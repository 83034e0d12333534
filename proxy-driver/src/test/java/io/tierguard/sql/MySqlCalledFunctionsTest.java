package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The escape of a call with a result, which the drivers of MySQL and MariaDB turn into a SELECT. */
class MySqlCalledFunctionsTest {

    private static List<String> unknown(Dialect dialect, String sql) {
        AnalyzedText text = new SqlAnalyzer(LexicalModes.defaultsOf(dialect)).analyze(sql, Placeholders.QUESTION_MARKS);
        assertThat(text.statements()).as(sql).singleElement().isInstanceOf(StatementEffects.Understood.class);
        StatementEffects.Understood read =
                (StatementEffects.Understood) text.statements().get(0);
        return read.unknownRoutines().stream().map(RoutineCall::toString).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "MARIADB"})
    void aFunctionOfTheServersIsHarmlessThere(Dialect dialect) {
        assertThat(unknown(dialect, "{? = call abs(?)}")).isEmpty();
        assertThat(unknown(dialect, "{?= CALL Abs ( ? ) }")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "MARIADB"})
    void whatNobodyKnowsIsNot(Dialect dialect) {
        assertThat(unknown(dialect, "{? = call wipe(?)}")).containsExactly("wipe");
        assertThat(unknown(dialect, "{? = call shop.abs(?)}")).containsExactly("shop.abs");
        assertThat(unknown(dialect, "{? = call abs(wipe(?))}")).containsExactly("wipe");
        assertThat(unknown(dialect, "{? = call abs}")).containsExactly("abs");
        // Without a result it is a procedure, however a function is called.
        assertThat(unknown(dialect, "{call abs(?)}")).containsExactly("abs");
        assertThat(unknown(dialect, "CALL abs(?)")).containsExactly("abs");
    }
}
