package io.tierguard.sql;

/** Reads what stands in quotes in a text of MySQL or MariaDB, in the modes of its session. */
final class MySqlQuotes {
    private final MySqlTokenizer text;
    private final LexicalModes modes;
    private final MySqlComments comments;

    MySqlQuotes(MySqlTokenizer text, LexicalModes modes, MySqlComments comments) {
        this.text = text;
        this.modes = modes;
        this.comments = comments;
    }

    void readString() {
        comments.checkQuoted('\'');
        readText('\'');
    }

    void readDoubleQuoted() {
        comments.checkQuoted('"');
        switch (modes.doubleQuotes()) {
            case STRINGS -> readText('"');
            case NAMES -> {
                int start = text.position;
                text.readQuotedName('"');
                if (text.sql.substring(start, text.position).indexOf('\\') >= 0) {
                    throw Tokenizer.fail("a quoted name with a backslash in it", start, "quote it with backticks");
                }
            }
            case UNKNOWN ->
                throw Tokenizer.fail(
                        "it is not certain what a double quote encloses here",
                        text.position,
                        "use single quotes and backticks");
        }
    }

    private void readText(char quote) {
        int start = text.position;
        switch (modes.backslashes()) {
            case PLAIN -> text.add(Token.Kind.STRING, text.readQuoted(quote, "string"), start);
            case ESCAPE -> text.add(Token.Kind.STRING, readEscaped(quote), start);
            case UNKNOWN -> {
                String plain = text.readQuoted(quote, "string");
                if (plain.indexOf('\\') >= 0) {
                    throw Tokenizer.fail(
                            "it is not certain what a backslash means here", start, "double the quote inside");
                }
                text.add(Token.Kind.STRING, plain, start);
            }
        }
    }

    private String readEscaped(char quote) {
        int start = text.position;
        StringBuilder value = new StringBuilder();
        text.position++;
        while (text.position < text.sql.length()) {
            char c = text.current();
            text.position++;
            if (c == quote) {
                if (text.peek(0) != quote) {
                    return value.toString();
                }
                text.position++;
                value.append(quote);
            } else if (c == '\\' && text.position < text.sql.length()) {
                value.append(unescaped(text.current()));
                text.position++;
            } else {
                value.append(c);
            }
        }
        throw text.unterminated("string", start);
    }

    private static String unescaped(char c) {
        return switch (c) {
            case '0' -> "\0";
            case 'b' -> "\b";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'Z' -> "\u001a";
            case '%', '_' -> "\\" + c;
            default -> String.valueOf(c);
        };
    }

    /** An empty name can only be that of a column in a result, as a string can. */
    void readBackticks() {
        comments.checkQuoted('`');
        int start = text.position;
        String name = text.readQuoted('`', "quoted name");
        MySqlTokenizer.checkName(name, start);
        text.add(name.isEmpty() ? Token.Kind.STRING : Token.Kind.NAME, name, start);
    }

    void readBytes(boolean isHexadecimal) {
        int start = text.position;
        text.readBinaryString();
        for (int i = start + 2; i < text.position - 1; i++) {
            char c = text.sql.charAt(i);
            if (!(isHexadecimal ? Characters.isHexDigit(c) : c == '0' || c == '1')) {
                throw Tokenizer.fail("a binary string that is none", start, "");
            }
        }
    }

    void readBracket() {
        int close = text.sql.indexOf(']', text.position);
        if (!modes.squareBracketNames() || close < 0) {
            throw text.stray();
        }
        int start = text.position;
        String name = text.sql.substring(text.position + 1, close);
        if (name.indexOf('[') >= 0 || name.indexOf('\'') >= 0 || name.indexOf('"') >= 0 || name.indexOf('?') >= 0) {
            throw Tokenizer.fail("a name in square brackets with a quote in it", start, "quote it with backticks");
        }
        text.position = close + 1;
        if (text.peek(0) == ']') {
            throw Tokenizer.fail("a name in square brackets with a bracket in it", start, "quote it with backticks");
        }
        text.addName(name, start);
    }
}
