package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that PostgreSQL's tokenizer refuses because server, driver or versions differ, and what it says of them. */
class TokenReasonsTest {

    @Test
    void aCharacterThatOnlyTheServerTakesForALetterIsNamed() {
        assertThat(reason("SELECT a\u00a0FROM t"))
                .contains("the character U+00A0, which PostgreSQL takes for a letter");
        assertThat(reason("SELECT \u201ca\u201d FROM t")).contains("U+201C").contains("quote the name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT B'01'\n'\\' FROM t --'", "SELECT X'1F' -- \n'a'"})
    void bitsThatGoOnAreReadWhereABackslashIsNone(String sql) {
        LexicalModes escaping = new LexicalModes(Dialect.POSTGRESQL, true, false);
        assertThat(new SqlAnalyzer(escaping).analyze(sql, Placeholders.NONE).statements())
                .allMatch(StatementEffects.Unreadable.class::isInstance);
        assertThat(new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.POSTGRESQL))
                        .analyze(sql, Placeholders.NONE)
                        .statements())
                .noneMatch(StatementEffects.Unreadable.class::isInstance);
    }

    @Test
    void aNumberEndsBeforeTwoDots() {
        List<String> cut =
                Tokenizer.of(LexicalModes.defaultsOf(Dialect.POSTGRESQL), Placeholders.NONE, "1..10 2.5 3.")
                        .tokenize()
                        .stream()
                        .map(Token::text)
                        .toList();
        assertThat(cut).containsExactly("1", "..", "10", "2.5", "3.");
    }

    @Test
    void aBraceInAQuotedNameMattersInAnEscapeAlone() {
        assertThat(Needs.of(Dialect.POSTGRESQL, "SELECT ARRAY[1] AS \"{1}\" FROM t"))
                .isEqualTo("select t");
        assertThat(Needs.of(Dialect.POSTGRESQL, "DELETE FROM \"{t}\"")).isEqualTo("delete {t}, no where");
        assertThat(reason("SELECT * FROM {oj a LEFT JOIN \"b}\" ON a.x = b.x}"))
                .contains("a brace inside a JDBC escape");
        assertThat(reason("SELECT {fn upper(\"x}\")} FROM t")).contains("a brace inside a JDBC escape");
    }

    /** pgjdbc knows where a plain string ends in a call, and of nothing else. */
    @Test
    void aBraceInAStringIsNoneOfACall() {
        assertThat(Needs.of(Dialect.POSTGRESQL, "{? = call sum_of('{1,2}', 'a}')}"))
                .contains("sum_of");
        assertThat(reason("{? = call sum_of('it''s }')}")).contains("JDBC escape");
        assertThat(reason("{? = call sum_of(E'\\'}')}")).contains("JDBC escape");
        assertThat(reason("{? = call sum_of('\\}')}")).contains("JDBC escape");
        assertThat(reason("{? = call sum_of($${1}$$)}")).contains("JDBC escape");
        assertThat(reason("{? = call \"it's\"('}')}")).contains("JDBC escape");
        assertThat(reason("{? = call \"it's\"(1)}")).contains("JDBC escape");
    }

    private static String reason(String sql) {
        StatementEffects statement = Analysis.only(Dialect.POSTGRESQL, sql);
        assertThat(statement).isInstanceOf(StatementEffects.Unreadable.class);
        return ((StatementEffects.Unreadable) statement).problem().toString();
    }
}
