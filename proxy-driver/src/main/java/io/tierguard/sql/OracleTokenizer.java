package io.tierguard.sql;

/**
 * Cuts text as Oracle Database says: comments do not nest, a string may have quotes of its own choice, and there is one statement
 * in a text.
 */
final class OracleTokenizer extends DocumentedTokenizer {
    private static final String OPENING = "[{<(";
    private static final String CLOSING = "]}>)";

    /** Marks that may stand for the quote of a string, besides brackets. */
    private static final String DELIMITERS = "!|~^#\"/*+-=%&;,.";

    OracleTokenizer(String sql) {
        super(sql);
    }

    @Override
    boolean nestsComments() {
        return false;
    }

    @Override
    void readToken() {
        char c = current();
        char next = peek(1);
        Token before = last();
        if (before != null && before.isSymbol(";")) {
            throw fail("more than one statement in a text", position, "run them one by one");
        }
        boolean isNational = Characters.lower(c) == 'n';
        boolean isChosen = Characters.lower(c) == 'q' || (isNational && Characters.lower(next) == 'q');
        int prefix = isNational && isChosen ? 2 : 1;
        if (isChosen && peek(prefix) == '\'') {
            readChosen(prefix);
        } else if (isNational && next == '\'') {
            int start = position++;
            readPlainString(start);
        } else if (Characters.isAsciiLetter(c)) {
            readPlainWord();
        } else if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(next))) {
            readPlainNumber();
        } else {
            readOther(c, next);
        }
    }

    private void readOther(char c, char next) {
        switch (c) {
            case '\'' -> readPlainString(position);
            case '"' -> readName();
            case '?' -> readParameter();
            case ':' -> readBind();
            case '|' -> addPair('|', c, next);
            case '!', '^' -> addPair('=', c, next);
            default -> readMark(c, next);
        }
    }

    /** A quote cannot stand in a name. */
    private void readName() {
        int start = position;
        int close = sql.indexOf('"', start + 1);
        if (close < 0) {
            throw unterminated("quoted name", start);
        }
        position = close + 1;
        addName(sql.substring(start + 1, close), start);
        checkGlued("quoted name");
    }

    /** {@code q'[it's]'}: the driver has to see the same end, so that nothing that it looks for may stand inside. */
    private void readChosen(int prefix) {
        int start = position;
        int quote = position + prefix;
        char open = quote + 1 < sql.length() ? sql.charAt(quote + 1) : '\0';
        int bracket = OPENING.indexOf(open);
        if (open == '\0' || (bracket < 0 && DELIMITERS.indexOf(open) < 0)) {
            throw fail("a string with a delimiter that may be read otherwise", start, "write '…'");
        }
        char close = bracket < 0 ? open : CLOSING.charAt(bracket);
        int end = sql.indexOf(close + "'", quote + 2);
        if (end < 0) {
            throw unterminated("string", start);
        }
        String value = sql.substring(quote + 2, end);
        for (char mark : new char[] {'?', ':', '{', '}'}) {
            if (value.indexOf(mark) >= 0) {
                throw fail("a mark that the driver may look for in a string of its own delimiter", start, "write '…'");
            }
        }
        checkString(value, start);
        position = end + 2;
        add(Token.Kind.STRING, value, start);
        checkGlued("string");
    }

    /** {@code :1} or {@code :name}, whose value the driver binds. */
    private void readBind() {
        int start = position++;
        if (!AnsiTokenizer.isPlainWordPart(peek(0))) {
            throw fail("a colon that no name follows", start, "");
        }
        while (position < sql.length() && isWordPart()) {
            position++;
        }
        add(Token.Kind.PARAMETER, "", start);
        checkGlued("parameter");
        if (peek(0) == '.') {
            throw fail("a parameter that runs into what follows", start, "");
        }
    }

    @Override
    boolean isWordPart() {
        char c = current();
        return AnsiTokenizer.isPlainWordPart(c) || c == '$' || c == '#';
    }
}
