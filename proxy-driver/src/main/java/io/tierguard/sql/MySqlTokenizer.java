package io.tierguard.sql;

import java.util.Locale;

/**
 * Cuts text as MySQL 8 and 9 and MariaDB do, in the modes of its session.
 *
 * <p>The drivers look for placeholders before the server sees a text, and know less of it; what they would cut otherwise is
 * refused, because the value that they put in the place of a question mark would then be code.
 */
final class MySqlTokenizer extends Tokenizer {
    private static final String FILE_PREFIX = "#mysql50#";

    private static final String COMPARING = "<>=!";

    private final LexicalModes modes;
    private final MySqlComments comments;
    private final MySqlQuotes quotes;
    private boolean isBehindWord;
    private int behindDotAt = -1;

    MySqlTokenizer(String sql, LexicalModes modes, Placeholders placeholders) {
        super(sql);
        this.modes = modes;
        this.comments = new MySqlComments(this, modes, placeholders);
        this.quotes = new MySqlQuotes(this, modes, comments);
        if (!modes.server().isCharacterSetReadable()) {
            throw fail(
                    "the connection's character set may hide a quote inside another character",
                    0,
                    "connect with utf8mb4");
        }
    }

    @Override
    boolean skipComment() {
        boolean skipped = comments.skip();
        isBehindWord &= !skipped;
        return skipped;
    }

    @Override
    void end() {
        comments.end();
    }

    @Override
    void readToken() {
        char c = current();
        char next = peek(1);
        char folded = Characters.lower(c);
        boolean behindWord = isBehindWord && !Characters.isBlank(peek(-1));
        isBehindWord = false;
        boolean behindDot = position == behindDotAt;
        if (behindDot && Characters.isWordStart(sql, position)) {
            readName(); // whatever a quote behind it would make of it elsewhere
        } else if (behindDot && c == '\\') {
            throw stray();
        } else if (folded == 'n' && next == '\'') {
            position++;
            quotes.readString();
        } else if ((folded == 'x' || folded == 'b') && next == '\'') {
            quotes.readBytes(folded == 'x');
        } else if (c == '$' && modes.dialect() == Dialect.MYSQL) {
            throw fail("a name begins with a dollar", position, "quote it");
        } else if (Characters.isDigit(c)) {
            readNumberOrName();
        } else if (isWordPart()) {
            readName();
        } else if (c == '.') {
            readDot(behindWord);
        } else {
            readMark(c, next);
        }
    }

    @Override
    boolean isWordPart() {
        return Characters.isWordPart(sql, position);
    }

    private void readName() {
        int start = position;
        String repeated = skipWord();
        String word = repeated != null ? repeated : foldWord(sql.substring(start, position), start);
        isBehindWord = true;
        add(isNameBeforeBlank(word) ? Token.Kind.NAME : Token.Kind.WORD, word, start);
    }

    /** Behind a blank a parenthesis does not make these a built-in function, but a function of a user's own. */
    private boolean isNameBeforeBlank(String word) {
        if (modes.server().isSpaceIgnored() || peek(0) == '(' || !MySqlWords.NEED_PARENTHESIS.contains(word)) {
            return false;
        }
        int at = position;
        while (at < sql.length() && Characters.isBlank(sql.charAt(at))) {
            at++;
        }
        return at < sql.length() && (sql.charAt(at) == '(' || sql.charAt(at) == '/' || sql.charAt(at) == '#');
    }

    /** Digits begin a name where letters follow them. */
    private void readNumberOrName() {
        int end = position;
        while (end < sql.length() && Characters.isDigit(sql.charAt(end))) {
            end++;
        }
        char marker = Characters.lower(peek(1));
        boolean isBased = current() == '0' && end == position + 1 && (marker == 'x' || marker == 'b');
        if (isBased) {
            readBased();
        } else if (end < sql.length() && Characters.isWordPart(sql, end) && !isExponent(end)) {
            readName();
        } else {
            readReal(end);
        }
    }

    private void readBased() {
        int start = position;
        boolean isHexadecimal = peek(1) == 'x';
        position += 2;
        while (isHexadecimal ? Characters.isHexDigit(peek(0)) : peek(0) == '0' || peek(0) == '1') {
            position++;
        }
        boolean isWhole = position > start + 2 && (position == sql.length() || !isWordPart());
        if (!isWhole || Characters.lower(peek(start + 1 - position)) != peek(start + 1 - position)) {
            throw fail("a number of another base that is none", start, "quote it where it is a name");
        }
        add(Token.Kind.NUMBER, sql.substring(start, position), start);
    }

    private boolean isExponent(int at) {
        char marker = Characters.lower(sql.charAt(at));
        int sign = at + 1 < sql.length() && (sql.charAt(at + 1) == '+' || sql.charAt(at + 1) == '-') ? 1 : 0;
        int digit = at + 1 + sign;
        return marker == 'e' && digit < sql.length() && Characters.isDigit(sql.charAt(digit));
    }

    private void readReal(int endOfDigits) {
        int start = position;
        position = endOfDigits;
        boolean isRange = peek(0) == '.' && peek(1) == '.' && modes.dialect() == Dialect.MARIADB && position > start;
        if (isRange) {
            add(Token.Kind.NUMBER, sql.substring(start, position), start);
            addSymbol("..");
            return;
        }
        if (peek(0) == '.') {
            position++;
            skipDigits();
        }
        if (position < sql.length() && isExponent(position)) {
            position += 2;
            skipDigits();
        }
        if (peek(0) == '.' || (position < sql.length() && isWordPart())) {
            throw fail("a number runs into a word", start, "put a blank between them");
        }
        add(Token.Kind.NUMBER, sql.substring(start, position), start);
    }

    private void skipDigits() {
        while (Characters.isDigit(peek(0))) {
            position++;
        }
    }

    /** Behind a plain name a point goes before another name, even of digits; anywhere else digits make it a number. */
    private void readDot(boolean behindWord) {
        if (!Characters.isDigit(peek(1))) {
            checkQualifies();
            addSymbol(".");
            behindDotAt = position;
        } else if (behindWord) {
            addSymbol(".");
            readName();
        } else if (peek(-1) == '`' || peek(-1) == '"') {
            throw fail("digits behind a quoted name and a point", position, "quote them");
        } else {
            readReal(position);
        }
    }

    /** MariaDB takes a name behind a point that follows no name for one of the current database: DELETE FROM .t */
    private void checkQualifies() {
        Token before = last();
        boolean isRange = peek(1) == '.' || (before != null && before.isSymbol(".") && before.end() == position);
        if (isRange) {
            return;
        }
        boolean isOfAll = peek(1) == '*' && before != null && before.isSymbol("*"); // GRANT … ON *.*
        boolean isAlone = before == null
                || (before.kind() == Token.Kind.SYMBOL && !isOfAll)
                || (before.end() != position
                        && before.kind() == Token.Kind.WORD
                        && MySqlReservedWords.contains(before.text()));
        if (isAlone) {
            throw fail("a point that follows no name", position, "write the name without it");
        }
    }

    /** The name of a table's file, by which MariaDB finds the table too. */
    static void checkName(String name, int start) {
        if (name.regionMatches(true, 0, FILE_PREFIX, 0, FILE_PREFIX.length())) {
            throw fail(
                    "a name begins with #mysql50#, which stands for a table's file", start, "write the table's name");
        }
    }

    private void readMark(char c, char next) {
        switch (c) {
            case '\'' -> quotes.readString();
            case '"' -> quotes.readDoubleQuoted();
            case '`' -> quotes.readBackticks();
            case '[' -> quotes.readBracket();
            case '@' -> readVariable();
            case '?' -> readParameter();
            case '\\' -> readNull();
            case ',', '(', ')', ';', '{', '}', '+', '/', '%', '~', '^', '*' -> addSymbol(String.valueOf(c));
            case '-' -> addSymbol(next == '>' ? peek(2) == '>' ? "->>" : "->" : "-");
            case ':' -> addSymbol(next == '=' ? ":=" : ":");
            case '&', '|' -> addSymbol(next == c ? "" + c + c : String.valueOf(c));
            case '<', '>', '=', '!' -> readComparison();
            default -> throw stray();
        }
    }

    /** The server takes as many of these characters as there are, and what it then does not know confuses it. */
    private void readComparison() {
        int length = 1;
        int most = current() == '<' ? 3 : 2;
        while (length < most && peek(length) != '\0' && COMPARING.indexOf(peek(length)) >= 0) {
            length++;
        }
        String symbol = sql.substring(position, position + length);
        switch (symbol) {
            case "<", ">", "=", "!", "<=", ">=", "<>", "!=", "<=>", "<<", ">>" -> addSymbol(symbol);
            default ->
                throw fail("the operator " + symbol + " is not known", position, "put a blank between its signs");
        }
    }

    /** A variable of the session or of the server, or the host of a user; each is a value. */
    private void readVariable() {
        int start = position;
        position++;
        boolean isOfServer = peek(0) == '@';
        position += isOfServer ? 1 : 0;
        String name;
        boolean isQuoted = peek(0) == '`' || peek(0) == '"' || peek(0) == '\'';
        if (peek(0) == '`' || (peek(0) == '"' && !isOfServer) || (peek(0) == '\'' && !isOfServer)) {
            comments.checkQuoted(peek(0));
            int quote = position;
            name = readQuoted(peek(0), "quoted name");
            if (sql.substring(quote, position).indexOf('\\') >= 0) {
                throw fail("a quoted name with a backslash in it", start, "quote it with backticks");
            }
        } else {
            int first = position;
            while (isVariablePart()) {
                position++;
            }
            name = sql.substring(first, position);
        }
        if (!isQuoted && (name.isEmpty() || (position < sql.length() && isWordPart()))) {
            throw fail("a variable without a plain name", start, "quote it");
        }
        String sign = isOfServer ? "@@" : "@";
        add(Token.Kind.PARAMETER, sign + name.toLowerCase(Locale.ROOT), start);
    }

    private boolean isVariablePart() {
        char c = peek(0);
        return Characters.isAsciiLetter(c) || Characters.isDigit(c) || c == '_' || c == '$' || c == '.';
    }

    private void readParameter() {
        int start = position;
        position++;
        if (peek(0) == '?' || (position < sql.length() && isWordPart())) {
            throw fail("a placeholder runs into what follows", start, "put a blank between them");
        }
        add(Token.Kind.PARAMETER, "", start);
    }

    /** {@code \N}, which MySQL has given up. */
    private void readNull() {
        boolean isNull = modes.dialect() == Dialect.MARIADB
                && peek(1) == 'N'
                && (position + 2 == sql.length() || !Characters.isWordPart(sql, position + 2));
        if (!isNull) {
            throw stray();
        }
        position += 2;
        add(Token.Kind.WORD, "null", position - 2);
    }

    @Override
    String foldWord(String word, int start) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** The server refuses what is too long. */
    @Override
    String realName(String identifier) {
        checkName(identifier, position);
        return identifier;
    }
}
