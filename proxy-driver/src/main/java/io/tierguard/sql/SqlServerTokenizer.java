package io.tierguard.sql;

/**
 * Cuts text as Transact-SQL says: comments nest, names stand in brackets or double quotes, a variable begins with {@code @} and
 * a temporary table with {@code #}.
 *
 * <p>Where QUOTED_IDENTIFIER is off, double quotes enclose a string, which ends at the same place.
 */
final class SqlServerTokenizer extends DocumentedTokenizer {
    /** The one name with a dollar that stands in a statement of rows. */
    private static final String ACTION = "$action";

    SqlServerTokenizer(String sql) {
        super(sql);
    }

    @Override
    boolean nestsComments() {
        return true;
    }

    @Override
    void readToken() {
        char c = current();
        char next = peek(1);
        if (Characters.lower(c) == 'n' && next == '\'') {
            int start = position++;
            readPlainString(start);
        } else if (AnsiTokenizer.isPlainWordStart(c)) {
            readPlainWord();
        } else if (c == '0' && Characters.lower(next) == 'x') {
            readBytes();
        } else if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(next))) {
            readPlainNumber();
        } else {
            readOther(c, next);
        }
    }

    private void readOther(char c, char next) {
        switch (c) {
            case '\'' -> readPlainString(position);
            case '"' -> {
                readQuotedName('"');
                checkGlued("quoted name");
            }
            case '[' -> readBracketed();
            case '?' -> readParameter();
            case '#' -> readPrefixed(1);
            case '@' -> readPrefixed(next == '@' ? 2 : 1);
            case '$' -> readAction();
            case '%', '&', '^', '*', '/', '+', '-' -> addSymbol(next == '=' ? c + "=" : String.valueOf(c));
            case '|' -> addSymbol(next == '|' || next == '=' ? "|" + next : "|");
            case '~' -> addSymbol("~");
            case '!' -> addSymbol(next == '=' || next == '<' || next == '>' ? "!" + next : refused());
            default -> readMark(c, next);
        }
    }

    private String refused() {
        throw stray();
    }

    /** {@code 0x} alone is a value of no bytes. */
    private void readBytes() {
        int start = position;
        position += 2;
        while (Characters.isHexDigit(peek(0))) {
            position++;
        }
        add(Token.Kind.BINARY, "", start);
        checkGlued("number");
    }

    private void readBracketed() {
        int start = position;
        StringBuilder name = new StringBuilder();
        do {
            int end = sql.indexOf(']', position + 1);
            if (end < 0) {
                throw unterminated("quoted name", start);
            }
            name.append(name.isEmpty() && position == start ? "" : "]").append(sql, position + 1, end);
            position = end + 1;
        } while (peek(0) == ']');
        addName(name.toString(), start);
        checkGlued("quoted name");
    }

    /** A variable or a temporary table, with the mark in its text. */
    private void readPrefixed(int marks) {
        int start = position;
        position += marks;
        if (!AnsiTokenizer.isPlainWordStart(peek(0))) {
            throw fail("a mark that no name follows", start, "");
        }
        while (position < sql.length() && isWordPart()) {
            position++;
        }
        add(Token.Kind.WORD, foldWord(sql.substring(start, position), start), start);
        checkGlued("name");
    }

    private void readAction() {
        int start = position;
        boolean isAction = sql.regionMatches(true, position, ACTION, 0, ACTION.length());
        if (!isAction) {
            throw stray();
        }
        position += ACTION.length();
        add(Token.Kind.WORD, ACTION, start);
        checkGlued("name");
    }

    @Override
    boolean isWordPart() {
        char c = current();
        return AnsiTokenizer.isPlainWordPart(c) || c == '$' || c == '#' || c == '@';
    }

    /** The driver rewrites a limit in braces wherever it stands, also in a string. */
    @Override
    void end() {
        for (int brace = sql.indexOf('{'); brace >= 0; brace = sql.indexOf('{', brace + 1)) {
            int word = brace + 1;
            while (word < sql.length() && Character.isWhitespace(sql.charAt(word))) {
                word++;
            }
            if (sql.regionMatches(true, word, "limit", 0, 5)) {
                throw fail("a limit in braces, which the driver rewrites", brace, "write TOP or OFFSET … FETCH");
            }
        }
    }
}
