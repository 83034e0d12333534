package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Replaces JDBC escapes by what the driver makes of them.
 *
 * <p>Drivers rewrite escapes by rules of their own, looser than the database's: an escape with anything in it that they
 * might cut differently is refused.
 */
final class JdbcEscapes {

    /** The escape functions that pgjdbc rewrites to expressions of built-ins. */
    private static final Set<String> REWRITTEN = Set.of(
            "ceiling",
            "log",
            "log10",
            "power",
            "rand",
            "truncate",
            "char",
            "concat",
            "insert",
            "lcase",
            "left",
            "length",
            "locate",
            "ltrim",
            "replace",
            "right",
            "space",
            "substring",
            "ucase",
            "curdate",
            "curtime",
            "dayname",
            "dayofmonth",
            "dayofweek",
            "dayofyear",
            "hour",
            "minute",
            "month",
            "monthname",
            "quarter",
            "second",
            "week",
            "year",
            "timestampadd",
            "timestampdiff",
            "database",
            "ifnull",
            "user");

    private final String sql;
    private final List<Token> in;
    private final Dialect dialect;
    private final List<Token> out = new ArrayList<>();
    private int position;

    private JdbcEscapes(String sql, List<Token> in, Dialect dialect) {
        this.sql = sql;
        this.in = in;
        this.dialect = dialect;
    }

    /** The tokens without escapes. */
    static List<Token> rewrite(String sql, List<Token> tokens, Dialect dialect) {
        if (sql.indexOf('{') < 0 && sql.indexOf('}') < 0) {
            return tokens;
        }
        JdbcEscapes escapes = new JdbcEscapes(sql, tokens, dialect);
        escapes.copy(tokens.size(), 0);
        return escapes.out;
    }

    private void copy(int end, int depth) {
        while (position < end) {
            Token token = in.get(position);
            if (token.isSymbol("{")) {
                readEscape(depth);
            } else if (token.isSymbol("}")) {
                throw refuse(token);
            } else {
                out.add(token);
                position++;
            }
        }
    }

    private void readEscape(int depth) {
        Token open = in.get(position);
        int close = closing(position);
        if (depth > 8 || close < position + 2) {
            throw refuse(open);
        }
        requireOnlyBlanksBetween(position, close);
        refuseBracesInNames(position, close);
        Token word = in.get(position + 1);
        if (word.kind() == Token.Kind.PARAMETER || word.is("call")) {
            readCall(close);
            return;
        }
        switch (word.kind() == Token.Kind.WORD ? word.text() : "") {
            case "d" -> readLiteral("date", close);
            case "t" -> readLiteral("time", close);
            case "ts" -> readLiteral("timestamp", close);
            case "escape" -> readLiteral("escape", close);
            case "fn" -> readFunction(close, depth);
            case "oj" -> readOuterJoin(close);
            default -> throw refuse(open);
        }
    }

    private void readLiteral(String keyword, int close) {
        Token word = in.get(position + 1);
        Token literal = in.get(position + 2);
        if (close != position + 3 || !isSimple(literal)) {
            throw refuse(word);
        }
        out.add(new Token(Token.Kind.WORD, keyword, word.start(), word.end()));
        out.add(literal);
        position = close + 1;
    }

    /** Whether a driver that does not know of quotes here sees the same end. */
    private boolean isSimple(Token literal) {
        String raw = sql.substring(literal.start(), literal.end());
        return literal.kind() == Token.Kind.STRING
                && raw.equals("'" + literal.text() + "'")
                && raw.indexOf('{') < 0
                && raw.indexOf('}') < 0;
    }

    /** Drivers do not know of quoted names there, and would begin the arguments or a string in one. */
    private static boolean isNameThatMisleads(Token token) {
        return token.kind() == Token.Kind.NAME
                && (token.text().indexOf('(') >= 0 || token.text().indexOf('\'') >= 0);
    }

    /** In a call pgjdbc knows of plain strings, and so of the braces in them. */
    private boolean isPlainOfPostgreSql(Token literal) {
        String raw = sql.substring(literal.start(), literal.end());
        return dialect == Dialect.POSTGRESQL
                && literal.kind() == Token.Kind.STRING
                && raw.equals("'" + literal.text() + "'")
                && raw.indexOf('\\') < 0;
    }

    private void readFunction(int close, int depth) {
        Token name = in.get(position + 2);
        if (close < position + 4
                || name.kind() != Token.Kind.WORD
                || !in.get(position + 3).isSymbol("(")) {
            throw refuse(name);
        }
        if (closingParenthesis(position + 3) != close - 1) {
            throw refuse(name);
        }
        boolean rewritten = dialect == Dialect.POSTGRESQL && REWRITTEN.contains(name.text());
        out.add(rewritten ? new Token(Token.Kind.WORD, "coalesce", name.start(), name.end()) : name);
        position += 3;
        copy(close, depth + 1);
        position = close + 1;
    }

    private void readOuterJoin(int close) {
        for (int i = position + 2; i < close; i++) {
            Token token = in.get(i);
            boolean mayHideBrace = token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.ESCAPED_STRING;
            if (token.isSymbol("{") || (mayHideBrace && !isSimple(token))) {
                throw refuse(token);
            }
        }
        position += 2;
        while (position < close) {
            out.add(in.get(position++));
        }
        position = close + 1;
    }

    private void readCall(int close) {
        boolean first = out.isEmpty();
        boolean last = close == in.size() - 1;
        int call = position + 1;
        if (in.get(call).kind() == Token.Kind.PARAMETER) {
            call += 2;
        }
        if (!first || !last || call >= close || !in.get(call).is("call")) {
            throw refuse(in.get(position));
        }
        if (call == position + 3 && !in.get(call - 1).isSymbol("=")) {
            throw refuse(in.get(position));
        }
        for (int i = call; i < close; i++) {
            Token token = in.get(i);
            boolean string = token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.ESCAPED_STRING;
            if (token.isSymbol("{")
                    || token.isSymbol(";")
                    || (string && !isSimple(token) && !isPlainOfPostgreSql(token))
                    || isNameThatMisleads(token)) {
                throw refuse(token);
            }
            out.add(i == call && isFunctionOfMySql(call, close) ? MySqlTokens.word("select", token) : token);
        }
        position = close + 1;
    }

    /** The drivers of MySQL and MariaDB select what {@code ? = call} calls, which may then be a function of the server's. */
    private boolean isFunctionOfMySql(int call, int close) {
        boolean selects = switch (dialect) {
            case MYSQL, MARIADB -> call == position + 3;
            case ANSI, ORACLE, SQLSERVER, H2, POSTGRESQL, SQLITE -> false;
        };
        if (!selects || call + 1 >= close || !in.get(call + 1).isIdentifier()) {
            return false;
        }
        List<Token> rest = in.subList(call + 1, close);
        int end = DottedName.at(rest, 0).end();
        return end < rest.size() && rest.get(end).isSymbol("(");
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < in.size(); i++) {
            depth += in.get(i).isSymbol("{") ? 1 : in.get(i).isSymbol("}") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw refuse(in.get(open));
    }

    private int closingParenthesis(int open) {
        int depth = 0;
        for (int i = open; i < in.size(); i++) {
            depth += in.get(i).isSymbol("(") ? 1 : in.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private void requireOnlyBlanksBetween(int first, int last) {
        for (int i = first; i < last; i++) {
            int end = in.get(i + 1).start();
            for (int k = in.get(i).end(); k < end; k++) {
                if (!Characters.isBlank(sql.charAt(k))) {
                    throw new UnreadableTextException("a comment inside a JDBC escape", k, "move it out");
                }
            }
        }
    }

    /** Drivers know quoted names everywhere but in an escape, where a brace in one may end it. */
    private void refuseBracesInNames(int first, int last) {
        for (Token token : in.subList(first, last)) {
            String raw = sql.substring(token.start(), token.end());
            boolean holdsBrace = token.kind() == Token.Kind.NAME && (raw.indexOf('{') >= 0 || raw.indexOf('}') >= 0);
            if (holdsBrace) {
                throw new UnreadableTextException(
                        "a quoted name with a brace inside a JDBC escape", token.start(), "write plain SQL");
            }
        }
    }

    private static UnreadableTextException refuse(Token token) {
        return new UnreadableTextException(
                "a JDBC escape of a form that is not read", token.start(), "write plain SQL");
    }
}
