package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one text into tokens exactly as its database does; what it does not model exactly it refuses.
 *
 * <p>An instance is for one text and one thread.
 */
abstract class Tokenizer {

    static final int MAX_LENGTH = 1 << 20;
    static final int MAX_TOKENS = 300_000;

    /** The symbols of one character, so that each text need not make them. */
    private static final String[] SYMBOLS = symbols();

    final String sql;
    int position;
    private final List<Token> tokens;
    private final ConstantReads reads = new ConstantReads();

    Tokenizer(String sql) {
        this.sql = sql;
        // As many as ordinary text has for its length, and no more than a short list costs for what is long for other
        // reasons.
        this.tokens = new ArrayList<>(Math.min(8 + sql.length() / 4, 2_048));
    }

    /** A tokenizer for a text of the given modes. */
    static Tokenizer of(LexicalModes modes, Placeholders placeholders, String sql) {
        return switch (modes.dialect()) {
            case H2 -> new H2Tokenizer(sql, modes.squareBracketNames());
            case POSTGRESQL -> new PostgreSqlTokenizer(sql, modes.backslashes(), placeholders);
            case MYSQL, MARIADB -> new MySqlTokenizer(sql, modes, placeholders);
            case SQLITE -> new SqliteTokenizer(sql);
            case ANSI -> new AnsiTokenizer(sql);
            case ORACLE -> new OracleTokenizer(sql);
            case SQLSERVER -> new SqlServerTokenizer(sql);
        };
    }

    /**
     * All tokens of the text.
     *
     * @throws UnreadableTextException when the text holds anything that is not modelled exactly
     */
    final List<Token> tokenize() {
        if (sql.length() > MAX_LENGTH) {
            throw new UnreadableTextException("the text is longer than " + MAX_LENGTH + " characters", 0, "split it");
        }
        boolean hasControls = CharacterCheck.findControls(sql);
        skipBlanksAndComments();
        while (position < sql.length()) {
            readToken();
            if (tokens.size() > MAX_TOKENS) {
                throw fail("the text has more than " + MAX_TOKENS + " tokens", position, "split it");
            }
            skipBlanksAndComments();
        }
        end();
        if (hasControls) {
            CharacterCheck.checkControls(sql, tokens);
        }
        return tokens;
    }

    /** Whether the text of any constant has been looked at since. */
    final ConstantReads reads() {
        return reads;
    }

    final void skipBlanksAndComments() {
        boolean skipping = true;
        while (skipping && position < sql.length()) {
            skipping = Characters.isBlank(current());
            if (skipping) {
                position++;
            } else {
                skipping = skipComment();
            }
        }
    }

    /** Refuses a text that ends here. */
    void end() {}

    /** Skips the comment that begins here, if one does. */
    abstract boolean skipComment();

    /** Reads the one token that begins here. */
    abstract void readToken();

    final char current() {
        return sql.charAt(position);
    }

    /** The character some places on, or NUL, which no readable text holds, past the end. */
    final char peek(int distance) {
        int index = position + distance;
        return index >= 0 && index < sql.length() ? sql.charAt(index) : '\0';
    }

    final void add(Token.Kind kind, String text, int start) {
        tokens.add(new Token(kind, text, start, position, reads));
    }

    /** The token that was read last; null where there is none. */
    final @Nullable Token last() {
        return tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    }

    final void addSymbol(char symbol) {
        addSymbol(SYMBOLS[symbol]);
    }

    private static String[] symbols() {
        String[] symbols = new String[128];
        for (char c = 0; c < symbols.length; c++) {
            symbols[c] = String.valueOf(c);
        }
        return symbols;
    }

    final void addSymbol(String symbol) {
        int start = position;
        position += symbol.length();
        add(Token.Kind.SYMBOL, symbol, start);
    }

    final void skipLineComment() {
        while (position < sql.length() && current() != '\n' && current() != '\r') {
            position++;
        }
    }

    final void skipNestedComment() {
        int start = position;
        int depth = 0;
        do {
            if (position + 1 >= sql.length()) {
                throw unterminated("comment", start);
            }
            if (current() == '/' && peek(1) == '*') {
                depth++;
                position += 2;
            } else if (current() == '*' && peek(1) == '/') {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0);
    }

    /** Reads a quoted run whose quote is doubled inside; the position is at the opening quote. */
    final String readQuoted(char quote, String what) {
        int start = position;
        int close = sql.indexOf(quote, start + 1);
        if (close > 0 && (close + 1 == sql.length() || sql.charAt(close + 1) != quote)) {
            position = close + 1;
            return sql.substring(start + 1, close);
        }
        StringBuilder value = new StringBuilder();
        while (true) {
            int end = sql.indexOf(quote, position + 1);
            if (end < 0) {
                throw unterminated(what, start);
            }
            value.append(sql, position + 1, end);
            position = end + 1;
            if (peek(0) != quote) {
                return value.toString();
            }
            value.append(quote);
        }
    }

    /** Reads a quoted name; the position is at its opening quote. */
    final void readQuotedName(char quote) {
        int start = position;
        addName(readQuoted(quote, "quoted name"), start);
    }

    final void addName(String name, int start) {
        if (name.isEmpty()) {
            throw fail("a quoted name is empty", start, "");
        }
        add(Token.Kind.NAME, realName(name), start);
    }

    /** Reads bits or bytes in quotes, with their prefix. */
    final void readBinaryString() {
        int start = position;
        int end = sql.indexOf('\'', position + 2);
        if (end < 0) {
            throw unterminated("binary string", start);
        }
        position = end + 1;
        if (peek(0) == '\'') {
            throw fail("a binary string holds a quote", start, "");
        }
        add(Token.Kind.BINARY, "", start);
    }

    /** Reads a number; letters, digits or a dollar glued to it are refused, because databases cut them differently. */
    final void readNumber(boolean longSuffix) {
        int start = position;
        char marker = Characters.lower(peek(1));
        if (current() == '0' && (marker == 'x' || marker == 'o' || marker == 'b')) {
            position += 2;
            while (Characters.isHexDigit(peek(0)) || peek(0) == '_') {
                position++;
            }
            if (position == start + 2 && !(marker == 'x' && mayBeEmpty())) {
                throw fail("a number has no digits", start, "");
            }
        } else {
            readDecimal();
        }
        if (longSuffix && Characters.lower(peek(0)) == 'l') {
            position++;
        }
        if (position < sql.length()
                && !isUnit()
                && (Characters.isWordStart(sql, position) || Characters.isDigit(current()) || current() == '$')) {
            throw fail("a number runs into a word", start, "put a blank between them");
        }
        add(Token.Kind.NUMBER, sql.substring(start, position), start);
    }

    /** Whether {@code 0x} alone is a value, of no bytes. */
    boolean mayBeEmpty() {
        return false;
    }

    /** Whether the word that a number runs into is a word of its own, as the K of a length in {@code BLOB(10K)} is. */
    boolean isUnit() {
        return false;
    }

    private void readDecimal() {
        skipDigits();
        boolean isRange = peek(0) == '.' && peek(1) == '.';
        if (peek(0) == '.' && !isRange) {
            position++;
            skipDigits();
        }
        if (Characters.lower(peek(0)) == 'e') {
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (Characters.isDigit(peek(1 + sign))) {
                position += 1 + sign;
                skipDigits();
            }
        }
    }

    private void skipDigits() {
        while (Characters.isDigit(peek(0)) || peek(0) == '_') {
            position++;
        }
    }

    /** Reads a keyword or plain identifier. */
    final void readWord() {
        int start = position;
        String repeated = skipWord();
        if (repeated != null) {
            add(Token.Kind.WORD, repeated, start);
            return;
        }
        // Cut first: folding may change how many bytes a letter has, and the server folds ASCII alone before it cuts.
        String word = realName(sql.substring(start, position));
        add(kindOf(word), foldWord(word, start), start);
    }

    /** Whether any run of ASCII letters, digits, underscores and dollars that is not too long is taken for a word as it is. */
    boolean takesPlainWords() {
        return true;
    }

    /**
     * Steps over a word; gives its lower case where it is of ASCII characters and short, which all databases fold and keep alike, and
     * else null.
     */
    final @Nullable String skipWord() {
        int start = position;
        boolean takesPlain = takesPlainWords();
        int hash = 0;
        int all = 0;
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (!(takesPlain && Characters.isPlainWordPart(c)) && !isWordPart()) {
                break;
            }
            hash = 31 * hash + c;
            all |= c;
            position++;
        }
        boolean isPlain = takesPlain && all < 128 && position - start <= RepeatedWords.LONGEST;
        return isPlain ? RepeatedWords.folded(sql, start, position, hash) : null;
    }

    /** Whether a word goes on with the character here. */
    boolean isWordPart() {
        return Characters.isWordPart(sql, position);
    }

    /** The lower-case form of a plain word. */
    abstract String foldWord(String word, int start);

    /** Whether a word without quotes can be one of the language, or is a name whatever it becomes by folding. */
    Token.Kind kindOf(String word) {
        return Token.Kind.WORD;
    }

    /** The name the database keeps for an identifier. */
    abstract String realName(String identifier);

    final UnreadableTextException unterminated(String what, int start) {
        return fail("a " + what + " is not terminated", start, "");
    }

    final UnreadableTextException stray() {
        char c = current();
        boolean isSeen = c > ' ' && c < '\u007f';
        String shown = isSeen
                ? "'" + c + "'"
                : "U+" + Integer.toHexString(0x10000 | c).substring(1).toUpperCase(Locale.ROOT);
        return fail("unexpected character " + shown, position, "");
    }

    static UnreadableTextException fail(String message, int offset, String help) {
        return new UnreadableTextException(message, offset, help);
    }
}
