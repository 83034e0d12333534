package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    a-- b                   ¦ a
                    a/* b /* c */ */d       ¦ a d
                    a<--b                   ¦ a <
                    a=-1                    ¦ a = - #
                    a@-1                    ¦ a @- #
                    a*-b                    ¦ a * - b
                    a||/* x */b             ¦ a || b
                    1e5 1.5 .5 0x1F 1_000   ¦ # # # # #
                    $1 $2                   ¦ ? ?
                    $$a;b$$                 ¦ 'a;b'
                    $x$a$$b$x$              ¦ 'a$$b'
                    $o‿o$a$o$b$o‿o$         ¦ 'a$o$b'
                    'a''b'                  ¦ 'a'b'
                    E'a\\'b'                ¦ ~
                    N'a' B'1' X'ff'         ¦ 'a' 01 01
                    "a""b"                  ¦ "a"b"
                    U&"d\\0061t\\+000061"   ¦ "data"
                    U&'d!0061t!+000061' UESCAPE '!' ¦ 'data'
                    a::int                  ¦ a :: int
                    a:=1                    ¦ a := #
                    a.b.c                   ¦ a . b . c
                    Naïve _x a$b            ¦ naïve _x a$b
                    a ?| b                  ¦ a ?| b
                    """)
    void postgreSqlIsCutLikeThis(String sql, String tokens) {
        assertThat(shown(postgreSql(sql, Placeholders.NONE))).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    a = ?                   ¦ a = ?
                    a ?? b                  ¦ a ? b
                    a ??| b                 ¦ a ?| b
                    a @?? b                 ¦ a @? b
                    a = ANY(?)              ¦ a = any ( ? )
                    ?::int                  ¦ ? :: int
                    """)
    void aPreparedTextOfPostgreSqlHasParameters(String sql, String tokens) {
        assertThat(shown(postgreSql(sql, Placeholders.QUESTION_MARKS))).isEqualTo(tokens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a?", "?a", "?1", "$?$a$", "1?"})
    void aParameterThatTheDriverWouldGlueToAWordIsRefused(String sql) {
        assertThatThrownBy(() -> postgreSql(sql, Placeholders.QUESTION_MARKS))
                .isInstanceOf(UnreadableTextException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
                    a // b                  ¦ a
                    a -- b                  ¦ a
                    a/* /* */ */b           ¦ a b
                    'a' 'b'                 ¦ 'a' 'b'
                    E'a'                    ¦ e 'a'
                    'a\\'                   ¦ 'a\\'
                    "a" `B`                 ¦ "a" "B"
                    U&"\\0061"              ¦ "a"
                    $$a'b$$                 ¦ 'a'b'
                    ?1 ? $1                 ¦ ? ? ?
                    a[1]                    ¦ a [ # ]
                    @x := 1                 ¦ @ x := #
                    10L 0x1F                ¦ # #
                    a <> b != c             ¦ a <> b != c
                    """)
    void h2IsCutLikeThis(String sql, String tokens) {
        assertThat(shown(h2(sql, false))).isEqualTo(tokens);
    }

    @Test
    void squareBracketsQuoteNamesInTheModeOfSqlServer() {
        assertThat(shown(h2("[a b]", true))).isEqualTo("\"a b\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a | b",
                "a & b",
                "a ! b",
                "1a",
                "$a$ $a$",
                "a ^ b",
                "\"a",
                "`a",
                "invoice\u017f",
                "\u0131nsert",
                "U&\"!0061\" UESCAPE '!!'",
                "U&'!0061' UESCAPE ''''",
                "U&'a0061' UESCAPE 'a'",
                "U&'!0061' UESCAPE",
                "a ?? b",
                "10KB",
                "0o",
                "\"\"",
                "X'00''00'"
            })
    void whatH2RefusesOrFoldsStrangelyIsRefused(String sql) {
        assertThatThrownBy(() -> h2(sql, false)).isInstanceOf(UnreadableTextException.class);
    }

    @Test
    void aControlCharacterIsDataInAStringAndRefusedAnywhereElse() {
        for (char control : new char[] {1, 8, 0x0B, 0x1B, 127}) {
            assertThat(shown(postgreSql("a = 'x" + control + "' b", Placeholders.NONE)))
                    .isEqualTo("a = 'x" + control + "' b");
            assertThat(postgreSql("$$x" + control + "$$, E'x" + control + "'", Placeholders.NONE))
                    .hasSize(3);
            assertThat(h2("'x" + control + "'", false)).hasSize(1);
            for (String sql :
                    List.of("a" + control + "b", "'a' " + control, "a -- " + control, "\"a" + control + "\"")) {
                assertThatThrownBy(() -> postgreSql(sql, Placeholders.NONE))
                        .isInstanceOf(UnreadableTextException.class);
                assertThatThrownBy(() -> h2(sql, false)).isInstanceOf(UnreadableTextException.class);
            }
        }
        assertThatThrownBy(() -> postgreSql("'a\0'", Placeholders.NONE)).isInstanceOf(UnreadableTextException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$a\u2020$x$a\u2020$", "$a\u0080$x$a\u0080$", "$\u203f$x$\u203e$"})
    void aTagThatTheDriverDoesNotTakeForOneIsRefused(String sql) {
        assertThatThrownBy(() -> postgreSql(sql, Placeholders.NONE)).isInstanceOf(UnreadableTextException.class);
    }

    @Test
    void aNameOfPostgreSqlEndsAfterSixtyThreeBytes() {
        assertThat(postgreSql("a".repeat(70), Placeholders.NONE).get(0).text()).isEqualTo("a".repeat(63));
        assertThat(postgreSql("\"" + "é".repeat(40) + "\"", Placeholders.NONE)
                        .get(0)
                        .text())
                .isEqualTo("é".repeat(31));
    }

    @Test
    void aProblemSaysWhereItIs() {
        AnalyzedText text = Analysis.of(Dialect.POSTGRESQL, "SELECT 1\nFROM t WHERE 'a");
        assertThat(((StatementEffects.Unreadable) text.statements().get(0))
                        .problem()
                        .toString())
                .isEqualTo("a string is not terminated at line 2, column 14");
        assertThat(text.maskedText()).doesNotContain("SELECT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
                    SELECT  'x', 1,$$y$$ -- c ¦ SELECT ?, ?,?
                    select "A b"  from t      ¦ select "A b" from t
                    SELECT E'a\\'b' || x      ¦ SELECT ? || x
                    """)
    void theMaskedTextHasNoConstantsAndNoComments(String sql, String masked) {
        assertThat(Analysis.of(Dialect.POSTGRESQL, sql).maskedText()).isEqualTo(masked);
    }

    private static List<Token> postgreSql(String sql, Placeholders placeholders) {
        return Tokenizer.of(LexicalModes.defaultsOf(Dialect.POSTGRESQL), placeholders, sql)
                .tokenize();
    }

    private static List<Token> h2(String sql, boolean brackets) {
        return Tokenizer.of(new LexicalModes(Dialect.H2, false, brackets), Placeholders.NONE, sql)
                .tokenize();
    }

    private static String shown(List<Token> tokens) {
        StringBuilder shown = new StringBuilder();
        for (Token token : tokens) {
            shown.append(shown.isEmpty() ? "" : " ").append(shown(token));
        }
        return shown.toString();
    }

    private static String shown(Token token) {
        return switch (token.kind()) {
            case WORD, SYMBOL -> token.text();
            case NAME -> "\"" + token.text() + "\"";
            case STRING -> "'" + token.text() + "'";
            case ESCAPED_STRING -> "~";
            case BINARY -> "01";
            case NUMBER -> "#";
            case PARAMETER -> "?";
        };
    }
}
