package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.integration.MySqlDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our cut of a text against that of MySQL and MariaDB: a text and the same tokens with one blank between them must have one
 * outcome, in every {@code sql_mode} that cuts text otherwise.
 */
class MySqlCutDifferentialTest {

    private static final long SEED = 20_261_128L;
    private static final int TEXTS = 4_000;

    private static final List<String> MODES = List.of("", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "IGNORE_SPACE");

    private static final List<String> PIECES = List.of(
            "'",
            "''",
            "'a'",
            "'b''c'",
            "'\\'",
            "\"",
            "\"a\"",
            "`",
            "`a`",
            "\\",
            "--",
            "-- ",
            "#",
            "/*",
            "*/",
            "/*!",
            "/*!50110",
            "/*!50110 ",
            "/*!99999 ",
            "/*M!",
            "/*M!100100 ",
            "/*!100100 ",
            "/*!80010 ",
            "/*+",
            "\n",
            "\r\n",
            " ",
            " ",
            " ",
            "\t",
            "1",
            "2",
            "1e",
            "1e5",
            "e5",
            "0x",
            "0x4",
            "0b",
            "0b1",
            "x'41'",
            "b'1'",
            "n'a'",
            "N'",
            "a",
            "t",
            "t.a",
            ".",
            ",",
            "@a",
            "@",
            "@@version",
            "(",
            ")",
            "+",
            "-",
            "*",
            "/",
            "=",
            "<",
            ">",
            "!",
            "<=>",
            ":=",
            ":",
            "||",
            "&&",
            "|",
            "&",
            "%",
            "^",
            "~",
            "$",
            "_utf8mb4",
            "_latin1'a'",
            "\\N",
            "{",
            "}",
            "1.e",
            "1.5",
            ".5",
            "1.",
            "\u00e9",
            "AND",
            "OR",
            "NOT",
            "IS NULL",
            "DIV",
            "count(*)",
            "now ",
            "upper('x')",
            "a1",
            "1a",
            "$a",
            "a$",
            "_a",
            "M!",
            "5",
            "99999");

    @ParameterizedTest
    @EnumSource(
            value = MySqlDatabase.class,
            names = {"MARIADB", "MYSQL_BY_MARIADB_DRIVER"})
    void theTokensHaveTheOutcomeOfTheText(MySqlDatabase database) throws SQLException {
        String url = database.createDatabase();
        try (Connection connection = database.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a VARCHAR(20), a1 INT, `1a` INT, b INT, `5` INT)");
            statement.execute("INSERT INTO t VALUES ('x', 1, 2, 3, 4)");
            for (String mode : MODES) {
                statement.execute("SET sql_mode = '" + mode + "'");
                compare(statement, modes(statement, database.dialect()));
            }
        } finally {
            database.dropDatabase(url);
        }
    }

    private static LexicalModes modes(Statement statement, Dialect dialect) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT @@sql_mode, @@version, @@character_set_client")) {
            row.next();
            return LexicalModes.ofMySql(dialect, row.getString(1), MySqlServer.of(row.getString(2), row.getString(3)));
        }
    }

    private static void compare(Statement statement, LexicalModes modes) {
        Random random = new Random(SEED);
        int compared = 0;
        for (int i = 0; i < TEXTS; i++) {
            String sql = text(random);
            try {
                List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, sql).tokenize();
                String plain = plain(sql, tokens, modes);
                assertThat(outcome(statement, plain))
                        .as("seed %d, text %d in %s: %s as %s", SEED, i, modes, sql, plain)
                        .isEqualTo(outcome(statement, sql));
                compared++;
            } catch (UnreadableTextException refused) {
                assertThat(refused.problemIn(sql).message()).isNotBlank();
            }
        }
        assertThat(compared).isGreaterThan(TEXTS / 5);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("SELECT ");
        int length = 1 + random.nextInt(9);
        for (int i = 0; i < length; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return random.nextInt(3) == 0 ? text + " FROM t" : text.toString();
    }

    private static String plain(String sql, List<Token> tokens, LexicalModes modes) {
        StringBuilder plain = new StringBuilder();
        int end = -1;
        for (Token token : tokens) {
            boolean isCall = token.isSymbol("(") && end == token.start();
            boolean isPath = end == token.start() && (token.isSymbol(".") || sql.charAt(token.start() - 1) == '.');
            plain.append(end < 0 || isCall || isPath ? "" : " ").append(written(sql, token, end, modes));
            end = token.end();
        }
        return plain.toString();
    }

    private static String written(String sql, Token token, int end, LexicalModes modes) {
        return switch (token.kind()) {
            case WORD, SYMBOL -> token.text();
            case NAME ->
                sql.charAt(token.start()) == '`' || sql.charAt(token.start()) == '"'
                        ? "`" + token.text().replace("`", "``") + "`"
                        : token.text();
            case STRING -> string(sql, token, end, modes);
            case ESCAPED_STRING, BINARY, NUMBER, PARAMETER -> sql.substring(token.start(), token.end());
        };
    }

    private static String string(String sql, Token token, int end, LexicalModes modes) {
        if (sql.charAt(token.start()) == '`') {
            return "``";
        }
        boolean isNational = token.start() > Math.max(0, end) && "nN".indexOf(sql.charAt(token.start() - 1)) >= 0;
        String escaped =
                modes.backslashes() == Backslashes.ESCAPE ? token.text().replace("\\", "\\\\") : token.text();
        return (isNational ? "N'" : "'") + escaped.replace("'", "''") + "'";
    }

    /** The rows, or the number of the error. */
    private static String outcome(Statement statement, String sql) {
        try (ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(rows.getString(i)));
                }
            }
            return values.toString();
        } catch (SQLException refused) {
            return "error " + refused.getErrorCode();
        }
    }
}
