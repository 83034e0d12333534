package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.integration.LiveDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Our cut of a text against the server's.
 *
 * <p>The server does not show its tokens, but what it makes of them: a text and the same tokens with nothing between them
 * but one blank must have one outcome, a value of a literal and a label must be those that the tokens tell.
 */
class PostgreSqlCutDifferentialTest {

    private static final int TEXTS = 4_000;

    private static final List<String> PIECES = List.of(
            "1",
            "2.5",
            ".5",
            "3.",
            "1e3",
            "0x1F",
            "1_000",
            "a",
            "B",
            "é",
            "_x",
            "a$1",
            "\"a\"",
            "\"B \"\" c\"",
            "null",
            "U&\"\\0061\"",
            "'x'",
            "'it''s'",
            "'\\'",
            "'--'",
            "'/*'",
            "E'\\'--'",
            "e'a\\\\'",
            "N'n'",
            "B'01'",
            "X'1F'",
            "U&'\\0041'",
            "U&'!0041' UESCAPE '!'",
            "$$ -- $$",
            "$t$ $$ $t$",
            "$é$/*$é$",
            "(",
            ")",
            ",",
            "[",
            "]",
            ".",
            "..",
            ":",
            "::",
            ":=",
            "=>",
            "::text",
            "::int",
            " as ",
            " and ",
            " is ",
            " in ",
            "array[",
            " or ",
            "not ");

    private static final List<String> BETWEEN = List.of(
            "",
            "",
            "",
            " ",
            "\t",
            "\n",
            "\f",
            "\r\n",
            "/**/",
            "/* ' */",
            "/* /* */ */",
            "/*$$*/",
            "-- '\n",
            "--/*\n",
            "--\r");

    private static final String OPERATORS = "+-*/<>=~!@#%^&|`?";

    private static String url = "";

    @BeforeAll
    static void create() throws SQLException {
        url = LiveDatabase.POSTGRESQL.createDatabase();
        try (Connection connection = LiveDatabase.POSTGRESQL.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a int, b int, \"B \"\" c\" text, \"é\" int, _x int, a$1 int)");
            statement.execute("INSERT INTO t VALUES (1, 2, 'x', 3, 4, 5)");
        }
    }

    @AfterAll
    static void drop() throws SQLException {
        LiveDatabase.POSTGRESQL.dropDatabase(url);
    }

    @Test
    void theSameTokensHaveTheSameOutcomeWhateverStandsBetweenThem() throws SQLException {
        Random random = new Random(20_261_128);
        int cut = 0;
        try (Connection connection = LiveDatabase.POSTGRESQL.connect(url)) {
            for (int i = 0; i < TEXTS; i++) {
                String text = "SELECT " + soup(random) + "FROM t";
                List<Token> tokens = cut(text);
                if (!tokens.isEmpty()) {
                    cut++;
                    assertThat(outcome(connection, spread(text, tokens)))
                            .as("%s", text)
                            .isEqualTo(outcome(connection, text));
                }
            }
        }
        assertThat(cut).as("texts that we cut").isGreaterThan(TEXTS / 2);
    }

    @Test
    void aLiteralHasTheValueThatItsTokenTells() throws SQLException {
        Random random = new Random(1);
        int seen = 0;
        try (Connection connection = LiveDatabase.POSTGRESQL.connect(url)) {
            for (int i = 0; i < TEXTS / 4; i++) {
                String text = "SELECT " + literal(random) + " AS x";
                List<Token> tokens = cut(text);
                if (tokens.size() == 4 && tokens.get(1).kind() == Token.Kind.STRING) {
                    seen++;
                    assertThat(outcome(connection, text))
                            .as("%s", text)
                            .isEqualTo("x=" + tokens.get(1).text());
                }
            }
        }
        assertThat(seen).isGreaterThan(TEXTS / 16);
    }

    @Test
    void anIdentifierIsTheOneThatItsTokenTells() throws SQLException {
        Random random = new Random(2);
        int seen = 0;
        try (Connection connection = LiveDatabase.POSTGRESQL.connect(url)) {
            for (int i = 0; i < TEXTS / 4; i++) {
                String text = "SELECT 1 AS " + identifier(random);
                List<Token> tokens = cut(text);
                if (tokens.size() == 4) {
                    seen++;
                    // The guard folds every letter, the server of this test the ASCII ones: never more names than it
                    // has.
                    assertThat(outcome(connection, text).toLowerCase(Locale.ROOT))
                            .as("%s", text)
                            .isEqualTo((tokens.get(3).text() + "=1").toLowerCase(Locale.ROOT));
                }
            }
        }
        assertThat(seen).isGreaterThan(TEXTS / 16);
    }

    private static String soup(Random random) {
        StringBuilder soup = new StringBuilder();
        int pieces = 1 + random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            soup.append(random.nextInt(3) == 0 ? operator(random) : pick(random, PIECES));
            soup.append(pick(random, BETWEEN));
        }
        return soup + "\n";
    }

    private static String operator(Random random) {
        StringBuilder operator = new StringBuilder();
        int length = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            operator.append(OPERATORS.charAt(random.nextInt(OPERATORS.length())));
        }
        return operator.toString();
    }

    private static String literal(Random random) {
        String inside = inside(
                random, List.of("a", "''", "\\", "\\\\", "\"", "é", "-- ", "/*", "$", "$$", "\n", "\\0041", "?"));
        return switch (random.nextInt(5)) {
            case 0 -> "'" + inside + "'";
            case 1 -> "E'" + inside + "'";
            case 2 -> "$q$" + inside + "$q$";
            case 3 -> "U&'" + inside + "'";
            default -> "'" + inside + "'\n  '" + inside(random, List.of("b", "''", "\\")) + "'";
        };
    }

    private static String identifier(Random random) {
        String inside = inside(
                random, List.of("a", "B", "_", "9", "$", "é", "É", "ñ", "日", "ß", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
        return switch (random.nextInt(3)) {
            case 0 -> "\"" + inside + " \"\"x\"";
            case 1 -> "U&\"" + inside + "\\00e9\"";
            default -> "q" + inside;
        };
    }

    private static String inside(Random random, List<String> pieces) {
        StringBuilder inside = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            inside.append(pick(random, pieces));
        }
        return inside.toString();
    }

    private static String pick(Random random, List<String> pieces) {
        return pieces.get(random.nextInt(pieces.size()));
    }

    /** The tokens of the text; none where we do not cut it. */
    private static List<Token> cut(String text) {
        try {
            return Tokenizer.of(LexicalModes.defaultsOf(Dialect.POSTGRESQL), Placeholders.NONE, text)
                    .tokenize();
        } catch (UnreadableTextException notCut) {
            return List.of();
        }
    }

    /** The tokens as they are written, a blank between two; a new line where one stood, as strings go on over lines. */
    private static String spread(String text, List<Token> tokens) {
        StringBuilder spread = new StringBuilder();
        int end = 0;
        for (Token token : tokens) {
            boolean hasPrefix = token.start() > end && "eEnN".indexOf(text.charAt(token.start() - 1)) >= 0;
            int start = hasPrefix ? token.start() - 1 : token.start();
            String gap = text.substring(end, start);
            String blanks = gap.replaceAll("--[^\\n\\r]*", "");
            boolean line = blanks.isBlank() && (blanks.indexOf('\n') >= 0 || blanks.indexOf('\r') >= 0);
            spread.append(line ? "\n" : " ").append(text, start, token.end());
            end = token.end();
        }
        return spread.toString();
    }

    private static String outcome(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(sql)) {
                List<String> columns = new ArrayList<>();
                result.next();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(result.getMetaData().getColumnLabel(i) + "=" + result.getString(i));
                }
                return String.join(", ", columns);
            }
        } catch (SQLException failed) {
            // The server shows a constant that goes on in the next line with the comment between.
            return String.valueOf(failed.getMessage())
                    .replaceAll("\\s*Position: \\d+", "")
                    .replaceAll("(?s)'--[^\\n\\r]*[\\n\\r]+'", "' '")
                    .replaceAll("(?s)\\s+", " ");
        }
    }
}
