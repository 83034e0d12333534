package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnalysisLimitsTest {

    private static final Duration BUDGET = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aMegabyteOfParenthesesIsUnreadableInBoundedTime(Dialect dialect) {
        assertUnreadable(dialect, "SELECT " + "(".repeat(1_000_000));
        assertUnreadable(dialect, "SELECT " + "(".repeat(40_000) + ")".repeat(40_000));
        assertUnreadable(dialect, "(".repeat(10_000) + "SELECT 1" + ")".repeat(10_000));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void moreThanAMegabyteIsUnreadable(Dialect dialect) {
        assertUnreadable(dialect, "SELECT '" + "a".repeat(1 << 20) + "'");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void deepNestingOfAnyKindIsUnreadable(Dialect dialect) {
        assertUnreadable(dialect, "SELECT " + "CASE WHEN 1=1 THEN ".repeat(10_000) + "1" + " END".repeat(10_000));
        assertUnreadable(dialect, "SELECT " + "NOT ".repeat(10_000) + "a");
        assertUnreadable(dialect, "SELECT " + "- ".repeat(10_000) + "a");
        assertUnreadable(dialect, "EXPLAIN ".repeat(10_000) + "SELECT 1");
        assertUnreadable(dialect, "SELECT a" + "[1".repeat(10_000) + "]".repeat(10_000));
        assertUnreadable(dialect, "SELECT " + "{fn f(".repeat(10_000) + ")}".repeat(10_000));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void nestingBelowTheLimitCostsNoMoreWithEachLevelThanTheOneBefore(Dialect dialect) {
        assertReadable(dialect, "SELECT " + "sum(a) OVER (ORDER BY ".repeat(30) + "a" + ")".repeat(30) + " FROM t");
        assertReadable(dialect, "SELECT " + "sum(a) OVER (PARTITION BY ".repeat(30) + "a" + ")".repeat(30) + " FROM t");
        assertReadable(dialect, "SELECT " + "(CASE WHEN a = 1 THEN ".repeat(30) + "1" + " END)".repeat(30) + " FROM t");
        assertReadable(dialect, "SELECT " + "(SELECT ".repeat(30) + "1" + ")".repeat(30));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void longFlatStatementsAreRead(Dialect dialect) {
        assertReadable(dialect, "SELECT * FROM t WHERE a IN (1" + ", 2".repeat(5_000) + ")");
        assertReadable(dialect, "SELECT * FROM t WHERE a IN ('x'" + ", 'y'".repeat(49_000) + ")");
        assertReadable(dialect, "INSERT INTO t (a, b) VALUES (1, 'x')" + ", (2, 'y')".repeat(1_000));
        assertReadable(dialect, "INSERT INTO t (a, b) VALUES (1, now())" + ", (2, now())".repeat(1_000));
        assertReadable(dialect, "UPDATE t SET a = 1 WHERE b = 1" + " OR b = 2".repeat(5_000));
        assertReadable(dialect, "UPDATE t SET a = 1 WHERE (b = 1 AND c = 2)" + " OR (b = 2 AND c = 3)".repeat(1_000));
        assertReadable(dialect, "SELECT 1" + " UNION ALL SELECT 2".repeat(500));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aHundredThousandLiteralsAreReadOrRefusedInBoundedTime(Dialect dialect) {
        assertInTime(dialect, "SELECT * FROM t WHERE a IN (1" + ",2".repeat(100_000) + ")");
        assertInTime(dialect, "SELECT 1" + ", 'x' || a".repeat(30_000));
        assertInTime(dialect, "SELECT 1" + "+a".repeat(49_000));
        assertInTime(dialect, "SELECT a" + "::int".repeat(30_000));
        assertInTime(dialect, "SELECT 1;".repeat(20_000));
        assertInTime(dialect, "CREATE TABLE t (a0 int" + ", a int".repeat(30_000) + ")");
        assertInTime(dialect, "SELECT " + "\"a\"\".b".repeat(1) + "\".a".repeat(30_000));
        assertInTime(dialect, "SELECT a" + ".a".repeat(45_000));
        assertInTime(dialect, "'" + "''".repeat(400_000));
        assertInTime(dialect, "/*".repeat(500_000));
        assertInTime(dialect, "$a$ ".repeat(200_000));
        assertInTime(dialect, "{".repeat(90_000));
        assertInTime(dialect, "SELECT {d '2020-01-01'}" + ", {d '2020-01-01'}".repeat(15_000));
    }

    @Test
    void theSameListInAnyLengthIsOneCanonicalText() {
        assertThat(canonical("SELECT * FROM t WHERE a IN (1, 2, 3) AND b = 'x'"))
                .isEqualTo(canonical("select * from t where a in (?, ?) and b = 'y'".replace("?", "7")));
    }

    private static String canonical(String sql) {
        return CanonicalWriter.write(
                        Dialect.H2,
                        Tokenizer.of(LexicalModes.defaultsOf(Dialect.H2), Placeholders.NONE, sql)
                                .tokenize())
                .text();
    }

    private static void assertUnreadable(Dialect dialect, String sql) {
        assertThat(assertInTime(dialect, sql).statements())
                .isNotEmpty()
                .allMatch(statement -> statement instanceof StatementEffects.Unreadable);
    }

    private static void assertReadable(Dialect dialect, String sql) {
        assertThat(assertInTime(dialect, sql).statements())
                .singleElement()
                .isInstanceOf(StatementEffects.Understood.class);
    }

    private static AnalyzedText assertInTime(Dialect dialect, String sql) {
        return assertTimeoutPreemptively(BUDGET, () -> Analysis.of(dialect, sql));
    }
}
