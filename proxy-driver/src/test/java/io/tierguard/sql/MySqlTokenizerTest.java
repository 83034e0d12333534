package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of MySQL and MariaDB is cut as their servers do, in the modes of the session, and as their drivers do. */
class MySqlTokenizerTest {

    private static final LexicalModes MYSQL =
            LexicalModes.ofMySql(Dialect.MYSQL, "", MySqlServer.of("8.4.3", "utf8mb4"));
    private static final LexicalModes MARIADB =
            LexicalModes.ofMySql(Dialect.MARIADB, "", MySqlServer.of("5.5.5-10.11.6-MariaDB-1", "utf8mb4"));

    private static String cut(LexicalModes modes, String sql) {
        return Tokenizer.of(modes, Placeholders.QUESTION_MARKS, sql).tokenize().stream()
                .map(token -> token.kind().name().charAt(0) + token.text())
                .collect(Collectors.joining(" "));
    }

    private static void refuses(LexicalModes modes, String sql) {
        assertThatThrownBy(() -> cut(modes, sql)).as(sql).isInstanceOf(UnreadableTextException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            a # b                     ~ Wa
            a -- b                    ~ Wa
            a --                      ~ Wa
            5--3                      ~ N5 S- S- N3
            a /* b /* c */ d          ~ Wa Wd
            a /*! b */ c              ~ Wa Wb Wc
            a /*!50110b */ c          ~ Wa Wb Wc
            a /*!1 b */ c             ~ Wa N1 Wb Wc
            a /*!99999 b */ c         ~ Wa Wc
            SELECT /*+ x(t) */ 1      ~ Wselect N1
            'it''s' "say ""x"" y"     ~ Sit's Ssay "x" y
            'a\\'b\\n' '\\%' '\\q'    ~ Sa'b\\n S\\% Sq
            `a``b` `A.b`              ~ Na`b NA.b
            Ab_c$1 1a 12 1e5 1.5 .5 1. ~ Wab_c$1 W1a N12 N1e5 N1.5 N.5 N1.
            t.1a t.select a . b       ~ Wt S. W1a Wt S. Wselect Wa S. Wb
            0x4F 0b01 x'4f' B'01' N'x' ~ N0x4F N0b01 B B Sx
            @a @A.b @@global.x @'a b' ~ P@a P@a.b P@@global.x P@a b
            a:=1 a->b a->>b a<=>b     ~ Wa S:= N1 Wa S-> Wb Wa S->> Wb Wa S<=> Wb
            a||b && c << d >> e != f  ~ Wa S|| Wb S&& Wc S<< Wd S>> We S!= Wf
            a*/b                      ~ Wa S* S/ Wb
            ? , ?                     ~ P S, P
            """)
    void cutsAsBothServersDo(String sql, String tokens) {
        String expected = tokens.replace("\\n", "\n");
        assertThat(cut(MYSQL, sql)).isEqualTo(expected);
        assertThat(cut(MARIADB, sql)).isEqualTo(expected);
    }

    @Test
    void runsTheCommentsThatTheServerRuns() {
        assertThat(cut(MARIADB, "a /*M! b */ /*M!101106 c */ /*M!101107 d */")).isEqualTo("Wa Wb Wc");
        assertThat(cut(MARIADB, "a /*!50699 b */ /*!50700 c */ /*!80000 d */ /*!100000 e */"))
                .isEqualTo("Wa Wb We");
        assertThat(cut(MYSQL, "a /*M! b */ /*!80403 c */ /*!80404 d */")).isEqualTo("Wa Wc");
        assertThat(cut(MARIADB, "FOR i IN 1..3")).isEqualTo("Wfor Wi Win N1 S.. N3");
        assertThat(cut(MARIADB, "\\N $a")).isEqualTo("Wnull W$a");
        assertThat(cut(MARIADB, "a . b, c .d, from.e, `from` .f"))
                .isEqualTo("Wa S. Wb S, Wc S. Wd S, Wfrom S. We S, Nfrom S. Wf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a",
                "\"a",
                "`a",
                "/* a",
                "/*! a",
                "/*! a /*! b */ */",
                "/*! a '*/' */",
                "/*!99999 /* */ a */",
                "/*!99999 /*/ a */",
                "/*! a -- */\n */",
                "/*! a # */\n */",
                "DELETE FROM /*!99999 ? */ t WHERE id = 1",
                "DELETE FROM t WHERE v = 'a' /*!99999 ' */ AND v = '?' /*!99999 ' */",
                "DELETE FROM t WHERE v = 'a' /*!99999 \" */ AND v = \"?\" /*!99999 \" */",
                "DELETE FROM t WHERE v = 'a' /*!99999 ` */ AND v = '`?' /*!99999 ` */",
                "DELETE FROM t WHERE v = 'a' /*!99999 # */ AND v = ' \n' AND v = '?'",
                "DELETE FROM t WHERE v = 'a' /*!99999 -- */ AND v = ' \n' AND v = '?'",
                "DELETE FROM t WHERE v = 'a' /*!99999 \\ */ AND v = ?",
                "SELECT '{d ''2020-01-01''}' /*!99999 ' */",
                "DELETE FROM t /*/ ? */ WHERE id = 1",
                "DELETE FROM t /*/ ' */ WHERE v = '?' /* ' */",
                "-- a\rb",
                "# a\rb",
                "a --'b",
                "1.e(a)",
                "1.5a",
                "0x",
                "`a`.5b",
                "a?b",
                "??",
                "@ a",
                "@aé",
                "a =! b",
                "a >< b",
                "[a]",
                "x'4g'",
                "b'2'",
                ".t",
                "DELETE FROM .t",
                "DELETE FROM ./**/t",
                "DELETE FROM /*!50000 .*/t",
                "UPDATE LOW_PRIORITY IGNORE . t SET a = 1",
                "UPDATE a, .t SET b = 1",
                "UPDATE a JOIN .`t` SET b = 1",
                "REPLACE .t SET a = 1",
                "INSERT INTO .t VALUES (1)",
                "DELETE FROM `#mysql50#t`",
                "DELETE FROM app.`#MySQL50#t`",
                "/*+ SET_VAR(foreign_key_checks=OFF) */ 1",
                "/*+ '*/' */ 1"
            })
    void refusesWhatServersAndDriversCutInTwoWays(String sql) {
        refuses(MYSQL, sql);
        refuses(MARIADB, sql);
    }

    @Test
    void readsWhatNoDriverChanges() {
        String dump =
                "CREATE DATABASE a /*!40100 DEFAULT CHARACTER SET b */ /*!99999 DEFAULT ENCRYPTION='N' */ /*/ ? */";
        for (LexicalModes modes : new LexicalModes[] {MYSQL, MARIADB}) {
            assertThat(Tokenizer.of(modes, Placeholders.NONE, dump).tokenize()).isNotEmpty();
            assertThat(cut(modes, "a /*!99999 'b' */ c")).isEqualTo("Wa Wc");
            assertThat(cut(modes, "a /*!99999 b */ ?")).isEqualTo("Wa P");
            assertThat(cut(modes, "a /* '?' */ ? -- '?'\n # ?'")).isEqualTo("Wa P");
        }
    }

    @Test
    void refusesWhatOneOfTheServersCutsOtherwise() {
        refuses(MYSQL, "$$a$$");
        refuses(MYSQL, "\\N");
        refuses(MYSQL, "1..3");
        refuses(MYSQL, "/*!100100 a */");
        refuses(MARIADB, "/*!99997 a */");
        refuses(LexicalModes.defaultsOf(Dialect.MYSQL), "/*!80100 a */");
        refuses(LexicalModes.defaultsOf(Dialect.MARIADB), "/*M!101100 a */");
    }

    @Test
    void followsTheModesOfTheSession() {
        MySqlServer server = MySqlServer.of("10.11.6", "utf8mb4");
        LexicalModes ansi = LexicalModes.ofMySql(Dialect.MARIADB, "REAL_AS_FLOAT,ANSI_QUOTES,ANSI", server);
        LexicalModes plain = LexicalModes.ofMySql(Dialect.MARIADB, "NO_BACKSLASH_ESCAPES", server);
        LexicalModes brackets = LexicalModes.ofMySql(Dialect.MARIADB, "MSSQL,ANSI_QUOTES", server);
        assertThat(cut(ansi, "\"a\"\"b\" 'c\\'d'")).isEqualTo("Na\"b Sc'd");
        assertThat(cut(plain, "\"a\\\" '\\'")).isEqualTo("Sa\\ S\\");
        assertThat(cut(brackets, "[a b] \"c\"")).isEqualTo("Na b Nc");
        refuses(ansi, "\"a\\\"");
        refuses(ansi.with(DoubleQuotes.UNKNOWN), "\"a\"");
        assertThat(cut(plain.with(Backslashes.UNKNOWN), "'a' 'b''c'")).isEqualTo("Sa Sb'c");
        refuses(plain.with(Backslashes.UNKNOWN), "'a\\'");
    }

    @Test
    void aNameBeforeABlankAndAParenthesisIsNoBuiltInFunction() {
        assertThat(cut(MYSQL, "count(a) count (b) now/**/() upper (c)"))
                .isEqualTo("Wcount S( Wa S) Ncount S( Wb S) Nnow S( S) Wupper S( Wc S)");
        LexicalModes spaced = LexicalModes.ofMySql(Dialect.MYSQL, "IGNORE_SPACE", MySqlServer.of("8.4.3", "utf8mb4"));
        assertThat(cut(spaced, "count (a)")).isEqualTo("Wcount S( Wa S)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gbk", "sjis", "cp932", "big5", "gb18030", "ucs2", "utf16", "swe7", "tomorrow"})
    void refusesEveryTextWhereACharacterMayHideAQuote(String characterSet) {
        refuses(LexicalModes.ofMySql(Dialect.MARIADB, "", MySqlServer.of("10.11.6", characterSet)), "SELECT 1");
    }

    @Test
    void knowsTheVersionOfAServer() {
        assertThat(MySqlServer.of("8.0.36-0ubuntu0.22.04.1", "utf8mb4").version())
                .isEqualTo(80036);
        assertThat(MySqlServer.of("11.4.2-MariaDB", "latin1").version()).isEqualTo(110402);
        assertThat(MySqlServer.of("9.1", "utf8mb4").version()).isZero();
        assertThat(MySqlServer.of("unknown", "utf8mb4").version()).isZero();
    }
}
