package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that differ in constants alone share a verdict only where no constant says what they do. */
class StatementShapeTest {
    private static final long SEED = 4_711L;

    private static SqlAnalyzer analyzer(Dialect dialect) {
        return new SqlAnalyzer(LexicalModes.defaultsOf(dialect));
    }

    private static Optional<String> shape(Dialect dialect, String sql) {
        return analyzer(dialect).cut(sql, Placeholders.QUESTION_MARKS).shape();
    }

    private static boolean isOfShape(String sql) {
        SqlAnalyzer analyzer = analyzer(Dialect.POSTGRESQL);
        return analyzer.read(analyzer.cut(sql, Placeholders.NONE)).isOfShape();
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"H2", "POSTGRESQL"})
    void isTheSameWhereConstantsDiffer(Dialect dialect) {
        assertThat(shape(dialect, "SELECT a FROM t WHERE id = 1 AND name = 'x' /* a */"))
                .isPresent()
                .isEqualTo(shape(dialect, "SELECT a  FROM t WHERE id = 22 AND name = 'it''s { long }'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UPDATE ledger SET a = 1 | UPDATE ledger_0001 SET a = 1
            UPDATE ledger SET a = 1 | UPDATE Ledger SET a = 1
            UPDATE ledger SET a = 1 | UPDATE "ledger" SET a = 1
            UPDATE "a" SET "b c" = 1 | UPDATE "a" SET "b" = 1
            UPDATE ledger SET a = 1 | UPDATE ledger SET a = '1'
            UPDATE ledger SET a = 1 | UPDATE ledger SET a = x'01'
            UPDATE ledger SET a = 1 | UPDATE ledger SET a = ?
            DELETE FROM t WHERE a = 1 | DELETE FROM t WHERE a = 1 OR 1
            SELECT 1; SELECT 2 | SELECT 1, 2
            SELECT 1 a | SELECT 1a
            SELECT a -1 | SELECT a - 1
            """)
    void isAnotherWhereAnythingElseDiffers(String one, String other) {
        for (Dialect dialect : List.of(Dialect.H2, Dialect.POSTGRESQL)) {
            assertThat(shape(dialect, one)).as("%s in %s", one, dialect).isNotEqualTo(shape(dialect, other));
        }
    }

    @Test
    void isNoneWithoutAConstantWithAnEscapeOrABackslashAndWhereTheTextCannotBeCut() {
        for (String sql : List.of(
                "SELECT a FROM t WHERE id = ?", "SELECT {d '2026-01-01'}", "SELECT 'open", "SELECT 'a\\'", "")) {
            assertThat(shape(Dialect.POSTGRESQL, sql)).as(sql).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT setval('orders_seq', 1)",
                "SELECT set_config('search_path', 'other', false)",
                "SELECT pg_input_is_valid('1', 'integer')",
                "SET search_path TO 'other'",
                "SET application_name TO 'x'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "SELECT * FROM orders PIVOT (sum(a) FOR b IN (1, 2))"
            })
    void isNotEnoughWhereAConstantSaysWhatTheStatementDoesOrAPlaceIsTold(String sql) {
        assertThat(isOfShape(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t WHERE id = 1 AND name LIKE 'x%' LIMIT 10",
                "INSERT INTO t (id, name) VALUES (1, 'a'), (2, 'b')",
                "UPDATE t SET a = 1.5, b = 'x' WHERE id IN (1, 2, 3)",
                "DELETE FROM t WHERE day < DATE '2026-01-01'; DELETE FROM u WHERE id = 2",
                "WITH x AS (SELECT 1) SELECT * FROM x WHERE a = interval '1 day'"
            })
    void isEnoughForOrdinaryStatements(String sql) {
        assertThat(isOfShape(sql)).isTrue();
    }

    /** The rule behind all others: whatever the constants are made to be, a text that is of its shape does the same. */
    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"H2", "POSTGRESQL"})
    void tellsAllThatTextsOfItDo(Dialect dialect) throws IOException {
        Random random = new Random(SEED);
        int compared = 0;
        SqlAnalyzer analyzer = analyzer(dialect);
        for (String sql : SqlStatementsPageTest.examplesIn(dialect)) {
            CutText cut = analyzer.cut(sql, Placeholders.NONE);
            AnalyzedText read = analyzer.read(cut);
            for (int i = 0; i < 20 && read.isOfShape() && cut.shape().isPresent(); i++) {
                CutText other = analyzer.cut(withOtherConstants(cut, random), Placeholders.NONE);
                if (other.shape().equals(cut.shape())) {
                    compared++;
                    assertThat(analyzer.read(other)).as(other.sql()).isEqualTo(read);
                }
            }
        }
        assertThat(compared).isGreaterThan(300);
    }

    private static String withOtherConstants(CutText cut, Random random) {
        List<String> strings =
                List.of("'ledger'", "'public.ledger'", "'search_path'", "''", "'DELETE FROM ledger'", "'a;b'");
        List<String> numbers = List.of("0", "7", "1e3", "0.5", "999999999");
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (Token token : cut.tokens()) {
            text.append(cut.sql(), from, token.start());
            boolean swapped = random.nextInt(3) > 0;
            if (swapped && token.kind() == Token.Kind.STRING) {
                text.append(strings.get(random.nextInt(strings.size())));
            } else if (swapped && token.kind() == Token.Kind.NUMBER) {
                text.append(numbers.get(random.nextInt(numbers.size())));
            } else {
                text.append(cut.sql(), token.start(), token.end());
            }
            from = token.end();
        }
        return text.append(cut.sql().substring(from)).toString();
    }
}
