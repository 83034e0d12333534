package io.tierguard.sql;

/**
 * Cuts text as SQLite does: whatever is above ASCII is a letter, only a line feed ends a line comment, and a comment that is
 * not closed ends with the text.
 */
final class SqliteTokenizer extends Tokenizer {
    /** Stands between tokens like a blank, and inside a name like a letter. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    SqliteTokenizer(String sql) {
        super(sql);
    }

    @Override
    boolean skipComment() {
        if (current() == BYTE_ORDER_MARK) {
            position++;
            return true;
        }
        if (current() == '-' && peek(1) == '-') {
            int end = sql.indexOf('\n', position);
            position = end < 0 ? sql.length() : end + 1;
            return true;
        }
        // At the very end of a text the two characters are operators.
        if (current() == '/' && peek(1) == '*' && position + 2 < sql.length()) {
            int end = sql.indexOf("*/", position + 2);
            position = end < 0 ? sql.length() : end + 2;
            return true;
        }
        return false;
    }

    @Override
    void readToken() {
        char c = current();
        char next = peek(1);
        if (Characters.lower(c) == 'x' && next == '\'') {
            readBlob();
        } else if (isWordPart() && !Characters.isDigit(c) && c != '$') {
            readWord();
        } else if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(next))) {
            readNumber();
        } else {
            readMark(c, next);
        }
    }

    @Override
    boolean isWordPart() {
        return isWordPart(current());
    }

    private static boolean isWordPart(char c) {
        return c > 127 || Characters.isAsciiLetter(c) || Characters.isDigit(c) || c == '_' || c == '$';
    }

    private void readMark(char c, char next) {
        switch (c) {
            case '\'' -> {
                int start = position;
                add(Token.Kind.STRING, readQuoted('\'', "string"), start);
            }
            case '"', '`' -> readName(c);
            case '[' -> readBracket();
            case '?' -> readPlaceholder();
            case ':', '@', '$' -> readVariable();
            case ',', '(', ')', ';', '+', '*', '/', '%', '&', '~', '.' -> addSymbol(String.valueOf(c));
            case '-' -> addSymbol(next != '>' ? "-" : peek(2) == '>' ? "->>" : "->");
            case '|' -> addSymbol(next == '|' ? "||" : "|");
            case '=' -> addSymbol(next == '=' ? "==" : "=");
            case '<' -> addSymbol(next == '=' ? "<=" : next == '>' ? "<>" : next == '<' ? "<<" : "<");
            case '>' -> addSymbol(next == '=' ? ">=" : next == '>' ? ">>" : ">");
            case '!' -> {
                if (next != '=') {
                    throw stray();
                }
                addSymbol("!=");
            }
            default -> throw stray();
        }
    }

    /** A name without characters can only be a value, as a string is. */
    private void readName(char quote) {
        int start = position;
        String name = readQuoted(quote, "quoted name");
        add(name.isEmpty() ? Token.Kind.STRING : Token.Kind.NAME, name, start);
    }

    private void readBracket() {
        int start = position;
        int close = sql.indexOf(']', position);
        if (close < 0) {
            throw unterminated("quoted name", start);
        }
        position = close + 1;
        addName(sql.substring(start + 1, close), start);
    }

    private void readBlob() {
        int start = position;
        readBinaryString();
        boolean isWhole = (position - start) % 2 == 1;
        for (int i = start + 2; i < position - 1; i++) {
            isWhole &= Characters.isHexDigit(sql.charAt(i));
        }
        if (!isWhole) {
            throw fail("a blob that is none", start, "");
        }
    }

    private void readNumber() {
        int start = position;
        if (current() == '0' && Characters.lower(peek(1)) == 'x' && Characters.isHexDigit(peek(2))) {
            position += 2;
            while (Characters.isHexDigit(peek(0)) || (peek(0) == '_' && Characters.isHexDigit(peek(1)))) {
                position++;
            }
        } else {
            skipDigits();
            if (peek(0) == '.') {
                position++;
                skipDigits();
            }
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (Characters.lower(peek(0)) == 'e' && Characters.isDigit(peek(1 + sign))) {
                position += 1 + sign;
                skipDigits();
            }
        }
        if (position < sql.length() && isWordPart()) {
            throw fail("a number runs into a word", start, "put a blank between them");
        }
        add(Token.Kind.NUMBER, sql.substring(start, position), start);
    }

    private void skipDigits() {
        while (Characters.isDigit(peek(0)) || (peek(0) == '_' && Characters.isDigit(peek(1)))) {
            position++;
        }
    }

    private void readPlaceholder() {
        int start = position;
        position++;
        while (Characters.isDigit(peek(0))) {
            position++;
        }
        add(Token.Kind.PARAMETER, "", start);
    }

    /** {@code :name}, {@code @name} or {@code $name}, with {@code ::} inside and a group without blanks at the end. */
    private void readVariable() {
        int start = position;
        position++;
        int characters = 0;
        while (position < sql.length()) {
            if (isWordPart()) {
                characters++;
                position++;
            } else if (current() == '(' && characters > 0) {
                skipGroup(start);
                break;
            } else if (current() == ':' && peek(1) == ':') {
                position += 2;
            } else {
                break;
            }
        }
        if (characters == 0) {
            throw fail("a parameter without a name", start, "");
        }
        add(Token.Kind.PARAMETER, "", start);
    }

    private void skipGroup(int start) {
        while (position < sql.length() && current() != ')' && !Characters.isBlank(current())) {
            position++;
        }
        if (peek(0) != ')') {
            throw fail("the name of a parameter does not end", start, "");
        }
        position++;
    }

    /** SQLite folds letters of ASCII alone. */
    @Override
    String foldWord(String word, int start) {
        StringBuilder folded = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            folded.append(Characters.lower(word.charAt(i)));
        }
        return folded.toString();
    }

    /** No word of the language has a letter above ASCII, whatever that becomes by folding. */
    @Override
    Token.Kind kindOf(String word) {
        return word.chars().allMatch(c -> c < 128) ? Token.Kind.WORD : Token.Kind.NAME;
    }

    @Override
    String realName(String identifier) {
        return identifier;
    }
}
