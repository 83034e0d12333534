package io.tierguard.sql;

import java.util.Locale;

/**
 * Cuts text as H2 2.x does.
 *
 * <p>Of its compatibility modes one cuts text in another way: there square brackets quote a name.
 */
final class H2Tokenizer extends Tokenizer {

    private static final String UNITS = "kmgtp";

    /** The one letter of common words that becomes two by folding to upper case, as H2 does where it is not told otherwise. */
    static final String SHARP_S = "ß";

    /** What a sharp s in a name without quotes is taken for. */
    enum SharpS {
        /** For a letter of which nobody knows what it becomes. */
        REFUSED,
        /** For itself, as under DATABASE_TO_UPPER=FALSE. */
        KEPT,
        /** For two letters. */
        DOUBLED
    }

    private final boolean squareBracketNames;
    private final SharpS sharpS;

    H2Tokenizer(String sql, boolean squareBracketNames) {
        this(sql, squareBracketNames, SharpS.REFUSED);
    }

    H2Tokenizer(String sql, boolean squareBracketNames, SharpS sharpS) {
        super(sql);
        this.squareBracketNames = squareBracketNames;
        this.sharpS = sharpS;
    }

    @Override
    boolean skipComment() {
        char next = peek(1);
        if ((current() == '-' && next == '-') || (current() == '/' && next == '/')) {
            skipLineComment();
            return true;
        }
        if (current() == '/' && next == '*') {
            skipNestedComment();
            return true;
        }
        return false;
    }

    @Override
    void readToken() {
        char c = current();
        char next = peek(1);
        char folded = Characters.lower(c);
        if (folded == 'n' && next == '\'') {
            position++;
            readString();
        } else if (folded == 'x' && next == '\'') {
            readBinaryString();
        } else if (folded == 'u' && next == '&' && (peek(2) == '\'' || peek(2) == '"')) {
            readUnicode();
        } else if (Characters.isWordStart(sql, position) || c == '#') {
            readWord();
        } else if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(next))) {
            readNumber(true);
        } else {
            readMark(c, next);
        }
    }

    /** Some modes take a hash for a letter of a name; no mode takes it for anything else. */
    @Override
    boolean isWordPart() {
        return current() == '#' || super.isWordPart();
    }

    @Override
    boolean mayBeEmpty() {
        return true;
    }

    @Override
    boolean isUnit() {
        boolean isLast = position + 1 == sql.length() || !Characters.isWordPart(sql, position + 1);
        return isLast && peek(1) != '#' && UNITS.indexOf(Characters.lower(current())) >= 0;
    }

    private void readMark(char c, char next) {
        switch (c) {
            case '\'' -> readString();
            case '"', '`' -> readQuotedName(c);
            case '$' -> readDollar();
            case '?' -> readParameter();
            case '[' -> readBracket();
            case ',', '(', ')', ']', ';', '{', '}', '.', '+', '-', '*', '/', '%', '@', '=', '~' -> addSymbol(c);
            case ':' -> addSymbol(next == ':' ? "::" : next == '=' ? ":=" : ":");
            case '<' -> addSymbol(next == '=' ? "<=" : next == '>' ? "<>" : "<");
            case '>' -> addSymbol(next == '=' ? ">=" : ">");
            case '!' -> addPair(next == '=' || next == '~', c, next);
            case '&' -> addPair(next == '&', c, next);
            case '|' -> addPair(next == '|', c, next);
            default -> throw stray();
        }
    }

    private void addPair(boolean known, char first, char second) {
        if (!known) {
            throw stray();
        }
        addSymbol("" + first + second);
    }

    private void readString() {
        int start = position;
        add(Token.Kind.STRING, readQuoted('\'', "string"), start);
    }

    private void readUnicode() {
        int start = position;
        position += 2;
        boolean isName = current() == '"';
        int quoteStart = position;
        String quoted = readQuoted(current(), isName ? "quoted name" : "string");
        String decoded = UnicodeEscapes.decode(quoted, readEscapeCharacter(), quoteStart);
        if (isName) {
            addName(decoded, start);
        } else {
            add(Token.Kind.STRING, decoded, start);
        }
    }

    /** Reads {@code UESCAPE '!'} where it follows. */
    private char readEscapeCharacter() {
        int end = position;
        skipBlanksAndComments();
        boolean follows = sql.regionMatches(true, position, "uescape", 0, 7);
        if (!follows) {
            position = end;
            return '\\';
        }
        int word = position;
        position += 7;
        skipBlanksAndComments();
        boolean isPlain = peek(0) == '\'' && peek(2) == '\'' && peek(3) != '\'';
        if (!isPlain || !UnicodeEscapes.isEscapeCharacter(peek(1))) {
            throw fail("UESCAPE without a plain character", word, "use the backslash as escape character");
        }
        position += 3;
        return sql.charAt(position - 2);
    }

    private void readDollar() {
        int start = position;
        if (peek(1) == '$') {
            int close = sql.indexOf("$$", position + 2);
            if (close < 0) {
                throw unterminated("dollar-quoted string", start);
            }
            position = close + 2;
            add(Token.Kind.STRING, sql.substring(start + 2, close), start);
        } else if (Characters.isDigit(peek(1))) {
            readParameter();
        } else {
            throw stray();
        }
    }

    /** Reads {@code ?}, {@code ?1} or {@code $1}, or a square bracket in its other spelling. */
    private void readParameter() {
        int start = position;
        if (peek(1) == '?') {
            switch (peek(2)) {
                case '(' -> addBracket("[");
                case ')' -> addBracket("]");
                default -> throw fail("unexpected ??", start, "");
            }
            return;
        }
        position++;
        while (Characters.isDigit(peek(0))) {
            position++;
        }
        add(Token.Kind.PARAMETER, "", start);
    }

    private void readBracket() {
        if (!squareBracketNames) {
            addSymbol("[");
            return;
        }
        int start = position;
        int close = sql.indexOf(']', position);
        if (close < 0) {
            throw unterminated("quoted name", start);
        }
        position = close + 1;
        addName(sql.substring(start + 1, close), start);
    }

    /** A square bracket in three characters. */
    private void addBracket(String symbol) {
        int start = position;
        position += 3;
        add(Token.Kind.SYMBOL, symbol, start);
    }

    /** H2 folds to upper case first, so that some letters above ASCII become other letters; those are refused. */
    @Override
    String foldWord(String word, int start) {
        return switch (sharpS) {
            case REFUSED -> foldPlain(word, start);
            case DOUBLED -> foldPlain(word.replace(SHARP_S, "ss"), start);
            case KEPT -> {
                foldPlain(word.replace(SHARP_S, "ss"), start);
                yield word.toLowerCase(Locale.ROOT);
            }
        };
    }

    /** H2 knows its own words before it folds. */
    @Override
    Token.Kind kindOf(String word) {
        return word.contains(SHARP_S) ? Token.Kind.NAME : Token.Kind.WORD;
    }

    private String foldPlain(String word, int start) {
        if (isAscii(word)) {
            return word.toLowerCase(Locale.ROOT);
        }
        String folded = word.toLowerCase(Locale.ROOT);
        if (!word.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).equals(folded)) {
            throw fail("a name has a letter that changes when its case is folded", start, "quote the name");
        }
        return folded;
    }

    private static boolean isAscii(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /** Quoted names, too, may be compared by folding each character to upper case. */
    @Override
    String realName(String identifier) {
        for (int i = 0; i < identifier.length(); i++) {
            char c = identifier.charAt(i);
            if (Character.toLowerCase(Character.toUpperCase(c)) != Character.toLowerCase(c)) {
                throw fail("a name has a letter that changes when its case is folded", position, "rename the object");
            }
        }
        return identifier;
    }
}
