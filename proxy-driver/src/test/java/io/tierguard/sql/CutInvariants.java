package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What holds of every cut: tokens ascend, are not empty, and between them stand blanks and comments alone. */
final class CutInvariants {
    private CutInvariants() {}

    static void check(String sql, Dialect dialect, List<Token> tokens) {
        int end = 0;
        for (Token token : tokens) {
            assertThat(token.start()).as("begins after the one before").isGreaterThanOrEqualTo(end);
            assertThat(token.end()).as("is not empty").isGreaterThan(token.start());
            requireNothingIn(sql, end, token.start() - prefix(sql, token, end), dialect);
            end = token.end();
        }
        assertThat(end).isLessThanOrEqualTo(sql.length());
        requireNothingIn(sql, end, sql.length(), dialect);
    }

    /** A string is told from its quote on, without the letter that says how it is read. */
    private static int prefix(String sql, Token token, int end) {
        boolean isString = token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.ESCAPED_STRING;
        boolean isPrefixed = isString
                && token.start() > end
                && sql.charAt(token.start()) == '\''
                && "eEnN".indexOf(sql.charAt(token.start() - 1)) >= 0;
        return isPrefixed ? 1 : 0;
    }

    /** Reads a gap again, knowing nothing but how comments begin and end. */
    private static void requireNothingIn(String sql, int start, int end, Dialect dialect) {
        int at = start;
        while (at < end) {
            String rest = sql.substring(at, Math.min(end, at + 2));
            if (" \t\n\r\f".indexOf(sql.charAt(at)) >= 0) {
                at++;
            } else if (dialect.isOfMySqlFamily() && sql.charAt(at) != '-') {
                at = endOfMySql(sql, at, end, dialect);
            } else if (dialect == Dialect.SQLITE) {
                at = endOfSqlite(sql, at);
            } else if (rest.equals("--") || (dialect == Dialect.H2 && rest.equals("//"))) {
                at = endOfLine(sql, at, end);
            } else {
                assertThat(rest).as("begins a comment at %d of: %s", at, sql).isEqualTo("/*");
                at = endOfBlock(sql, at, end, dialect != Dialect.ORACLE);
            }
        }
        assertThat(at).as("a comment ends before the next token").isLessThanOrEqualTo(end);
    }

    /** A comment of MySQL, or a mark around code that the server runs. */
    private static int endOfMySql(String sql, int start, int end, Dialect dialect) {
        if (sql.charAt(start) == '#') {
            return endOfLine(sql, start, end);
        }
        String rest = sql.substring(start, end);
        if (rest.startsWith("*/")) {
            return start + 2;
        }
        assertThat(rest).as("begins a comment at %d of: %s", start, sql).startsWith("/*");
        boolean isMark = rest.startsWith("/*!") || (dialect == Dialect.MARIADB && rest.startsWith("/*M!"));
        int inner = isMark ? sql.indexOf("/*", start + 2) : -1;
        int close = sql.indexOf("*/", start + 2);
        if (inner >= 0 && inner < close) {
            close = sql.indexOf("*/", inner + 2); // the mark's own comment begins another, as /*M!/*/ … */ does
        }
        if (!isMark || (close >= 0 && close < end)) {
            assertThat(close).as("comment is closed in: %s", sql).isPositive();
            return close + 2;
        }
        int at = start + rest.indexOf('!') + 1;
        while (at < end && Character.isDigit(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Only a line feed ends a line there, and a comment that is not closed ends with the text. */
    private static int endOfSqlite(String sql, int start) {
        if (sql.charAt(start) == '\uFEFF') {
            return start + 1;
        }
        boolean isLine = sql.startsWith("--", start);
        if (!isLine) {
            assertThat(sql.substring(start))
                    .as("begins a comment at %d of: %s", start, sql)
                    .startsWith("/*");
        }
        int close = isLine ? sql.indexOf('\n', start) : sql.indexOf("*/", start + 2);
        return close < 0 ? sql.length() : close + (isLine ? 1 : 2);
    }

    private static int endOfLine(String sql, int start, int end) {
        int at = start;
        while (at < end && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    private static int endOfBlock(String sql, int start, int end, boolean nests) {
        int depth = 0;
        int at = start;
        do {
            boolean opens = (nests || depth == 0) && sql.startsWith("/*", at);
            boolean closes = !opens && sql.startsWith("*/", at);
            depth += opens ? 1 : closes ? -1 : 0;
            at += opens || closes ? 2 : 1;
        } while (depth > 0 && at < end);
        assertThat(depth).as("comment is closed in: %s", sql).isZero();
        return at;
    }
}
