package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However long or deep a text is: it is read, bounded or refused, with a stack no deeper than a small thread has, and no
 * thread goes on with it.
 */
class AnalysisLimitsTest {

    private static final long SMALL_STACK = 512L << 10;

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
        assertDecided(dialect, "SELECT * FROM t WHERE a IN (1" + ",2".repeat(100_000) + ")");
        assertDecided(dialect, "SELECT 1" + ", 'x' || a".repeat(30_000));
        assertDecided(dialect, "SELECT 1" + "+a".repeat(49_000));
        assertDecided(dialect, "SELECT a" + "::int".repeat(30_000));
        assertDecided(dialect, "SELECT 1;".repeat(20_000));
        assertDecided(dialect, "CREATE TABLE t (a0 int" + ", a int".repeat(30_000) + ")");
        assertDecided(dialect, "SELECT " + "\"a\"\".b".repeat(1) + "\".a".repeat(30_000));
        assertDecided(dialect, "SELECT a" + ".a".repeat(45_000));
        assertDecided(dialect, "'" + "''".repeat(400_000));
        assertDecided(dialect, "/*".repeat(500_000));
        assertDecided(dialect, "SELECT 1 " + "/*/ */ ".repeat(140_000));
        assertDecided(dialect, "SELECT 1 /*! " + ", 'a' ".repeat(150_000) + "*/");
        assertDecided(dialect, "SELECT 1 " + "/*!99998 ' */ ".repeat(70_000));
        assertDecided(dialect, "$a$ ".repeat(200_000));
        assertDecided(dialect, "{".repeat(90_000));
        assertDecided(dialect, "SELECT {d '2020-01-01'}" + ", {d '2020-01-01'}".repeat(15_000));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"H2", "POSTGRESQL"})
    void ordinaryLargeStatementsAreReadExactly(Dialect dialect) {
        assertReadable(
                dialect,
                "INSERT INTO t (a, b, c) VALUES (1, 'x', NULL)"
                        + each(10_000, i -> switch (i % 5) {
                            case 0 -> ", (" + i + ", 'y', DEFAULT)";
                            case 1 -> ", (-" + i + ", NULL, DATE '2026-01-01')";
                            case 2 -> ", (1.5, U&'a', TRUE)";
                            case 3 -> ", (2.5, 'z', now())";
                            default -> ", (0, upper('a'), now())";
                        }));
        assertReadable(dialect, "SELECT a FROM t WHERE b IN (1" + each(40_000, i -> i % 3 == 0 ? ", -1" : ", 7") + ")");
        assertThat(assertDecided(dialect, "SELECT a FROM t WHERE b IN (1" + ", 7".repeat(150_000) + ")")
                        .statements())
                .singleElement()
                .satisfies(statement -> assertThat(((StatementEffects.Unreadable) statement)
                                .problem()
                                .message())
                        .isEqualTo("the text has more than 300000 tokens"));
        assertReadable(
                dialect, "SELECT a FROM t WHERE (a, b) IN ((1, 2)" + ", (3, 'x'), (-1, NULL)".repeat(2_500) + ")");
        assertReadable(dialect, "SELECT a0" + each(1_000, i -> ", a" + i) + " FROM t");
        assertReadable(
                dialect, "INSERT INTO t (a" + each(1_000, i -> ", a" + i) + ") VALUES (1" + ", 2".repeat(1_000) + ")");
        assertReadable(dialect, "UPDATE t SET a = 1" + each(1_000, i -> ", a" + i + " = 2") + " WHERE id = 3");
        assertReadable(
                dialect, "CREATE TABLE t (a int" + each(1_000, i -> ", a" + i + " varchar(20) DEFAULT 'x'") + ")");
        assertReadable(
                dialect, "SELECT a FROM t WHERE a = 1" + each(300, i -> " OR (a" + i + " = 2 AND b" + i + " = 3)"));
        assertReadable(dialect, "SELECT a FROM t WHERE a = 1" + " AND b > c".repeat(10_000));
        assertReadable(dialect, "UPDATE t SET a = CASE id" + each(500, i -> " WHEN " + i + " THEN 1") + " END");
        assertReadable(dialect, "SELECT 'a'" + " || b".repeat(1_000) + ", a" + "::int".repeat(1_000));
        assertReadable(dialect, "SELECT - - + - a, NOT NOT NOT b, 1 - - - 2 FROM t");
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"H2", "POSTGRESQL"})
    void realNestingUpToSixtyFourIsReadExactly(Dialect dialect) {
        assertReadable(dialect, "SELECT " + "(".repeat(64) + "1" + ")".repeat(64));
        assertReadable(dialect, "SELECT " + "abs(".repeat(64) + "1" + ")".repeat(64));
        assertReadable(dialect, "SELECT " + "coalesce(a, ".repeat(64) + "1" + ")".repeat(64) + " FROM t");
        assertReadable(dialect, "SELECT * FROM (".repeat(64) + "SELECT 1" + ") x".repeat(64));
        assertReadable(
                dialect,
                "SELECT 1 FROM t WHERE " + "EXISTS (SELECT 1 FROM t WHERE ".repeat(64) + "a = 1" + ")".repeat(64));
        assertReadable(
                dialect,
                "SELECT 1 FROM t WHERE " + "a IN (SELECT b FROM t WHERE ".repeat(64) + "a = 1" + ")".repeat(64));
        assertReadable(
                dialect, "SELECT " + "CASE WHEN a = 1 THEN 2 ELSE ".repeat(64) + "1" + " END".repeat(64) + " FROM t");
        assertReadable(dialect, "SELECT 1 FROM t WHERE " + "(a = 1 OR (".repeat(32) + "b = 1" + "))".repeat(32));
        assertReadable(dialect, "SELECT " + "ARRAY[".repeat(64) + "1" + "]".repeat(64));
        assertUnreadable(dialect, "SELECT " + "(".repeat(65) + "1" + ")".repeat(65));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ANSI", "ORACLE"})
    void aTextHoldsAThousandStatementsAndNoMore(Dialect dialect) {
        assertThat(assertDecided(dialect, "SELECT 1;".repeat(1_000)).statements())
                .hasSize(1_000)
                .allMatch(StatementEffects.Understood.class::isInstance);
        assertThat(assertDecided(dialect, "SELECT 1;".repeat(1_000) + ";; -- end")
                        .statements())
                .hasSize(1_000);
        assertUnreadable(dialect, "SELECT 1;".repeat(1_000) + "SELECT 1");
        assertUnreadable(dialect, "SELECT 1;".repeat(1_001));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"H2", "POSTGRESQL"})
    void whatIsTooLongToParseIsBoundedOrSaidToBeTooLong(Dialect dialect) {
        assertReadable(dialect, "SELECT 1" + " UNION ALL SELECT 2".repeat(1_000));
        assertBounded(dialect, "SELECT a FROM t" + each(10_000, i -> " UNION ALL SELECT b FROM t" + i % 5));
        assertBounded(dialect, "SELECT a FROM t WHERE a = 1" + each(10_000, i -> " AND a" + i % 100 + " = " + i));
        assertUnreadable(dialect, "SELECT a FROM t WHERE a = 1" + each(10_000, i -> " AND a" + i + " = " + i));
        assertUnreadable(dialect, "SELECT a" + ".a".repeat(10_000));
        assertDecided(dialect, "SELECT a" + "->'b'".repeat(20_000));
        assertDecided(dialect, "SELECT " + "a(b) ".repeat(20_000));
        assertDecided(dialect, "WITH c AS (SELECT 1)" + each(5_000, i -> ", c" + i + " AS (SELECT 1)") + " SELECT 1");
        assertDecided(dialect, "SELECT 1 FROM t" + each(5_000, i -> " JOIN t" + i + " ON 1 = 1"));
        assertDecided(
                dialect, "SELECT * FROM " + "OLD TABLE (DELETE FROM t WHERE id IN (SELECT 1 FROM ".repeat(5_000) + "x");
        assertDecided(
                dialect,
                "MERGE INTO t USING s ON 1 = 1" + each(5_000, i -> " WHEN MATCHED THEN UPDATE SET a" + i + " = 1"));
        assertDecided(dialect, "SELECT " + "/*".repeat(10_000) + "*/".repeat(10_000) + "1");
        assertDecided(dialect, "SELECT 1" + " + - a".repeat(15_000));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void noColumnIsFoldedAway(Dialect dialect) {
        AnalyzedText text = Analysis.of(dialect, "INSERT INTO t (id, date, time) VALUES (1, 2, 3), (2, 3, 4)");
        assertThat(Analysis.effects(text.statements().get(0)))
                .singleElement()
                .satisfies(effect -> assertThat(effect.columns()).containsExactly("date", "id", "time"));
        assertThat(Analysis.reads(Analysis.of(
                        dialect,
                        "SELECT a FROM t WHERE b IN (1, (SELECT 1 FROM u), 2, (SELECT 1 FROM v), (SELECT 1 FROM u))")))
                .containsExactly("t", "u", "v");
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
        assertThat(assertDecided(dialect, sql).statements())
                .isNotEmpty()
                .allMatch(statement -> statement instanceof StatementEffects.Unreadable);
    }

    private static void assertReadable(Dialect dialect, String sql) {
        assertThat(assertDecided(dialect, sql).statements())
                .singleElement()
                .isInstanceOf(StatementEffects.Understood.class);
    }

    private static void assertBounded(Dialect dialect, String sql) {
        assertThat(assertDecided(dialect, sql).statements())
                .singleElement()
                .isInstanceOf(StatementEffects.Bounded.class);
    }

    /** Analyses on a small stack; a failure of the reading itself is no decision. */
    private static AnalyzedText assertDecided(Dialect dialect, String sql) {
        Set<String> before = threads();
        AtomicReference<AnalyzedText> text = new AtomicReference<>();
        Thread thread = new Thread(null, () -> text.set(Analysis.of(dialect, sql)), "analysis", SMALL_STACK);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        AnalyzedText analyzed = Objects.requireNonNull(text.get(), "the analysis ended without a result");
        assertThat(analyzed.statements()).allSatisfy(statement -> {
            if (statement instanceof StatementEffects.Unreadable unreadable) {
                assertThat(unreadable.problem().message()).isNotEmpty().doesNotContain("the reading failed");
            }
        });
        assertThat(before).containsAll(threads());
        return analyzed;
    }

    /** Threads that are not the platform's own, which come and go. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() != null
                        && !thread.getThreadGroup().getName().equals("system")
                        && !thread.getName().contains("surefire"))
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }

    private static String each(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining());
    }
}
