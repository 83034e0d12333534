package io.tierguard.sql;

/**
 * Cuts text as every database does that follows the standard.
 *
 * <p>What any known database cuts in another way is refused, whether the one at hand does so or not: nobody has asked it.
 */
final class AnsiTokenizer extends Tokenizer {
    /** The shortest length at which a known database silently cuts a name. */
    private static final int MAX_NAME = 63;

    private static final String HELP = "write it plainly, or bind it as a parameter";

    AnsiTokenizer(String sql) {
        super(sql);
    }

    @Override
    boolean skipComment() {
        char next = peek(1);
        if (current() == '-' && next == '-') {
            readLineComment();
            return true;
        }
        if (current() == '/' && next == '*') {
            readBlockComment();
            return true;
        }
        return false;
    }

    /** MySQL subtracts twice where no blank follows, and SQLite ends a comment at a line feed alone. */
    private void readLineComment() {
        int start = position;
        position += 2;
        if (position < sql.length() && !Characters.isBlank(current())) {
            throw fail("a comment that begins with -- and no blank", start, "put a blank behind it");
        }
        while (position < sql.length() && current() != '\n') {
            checkInComment();
            if (current() == '\r' && position + 1 < sql.length() && peek(1) != '\n') {
                throw fail("a carriage return in a comment without a line feed", position, "");
            }
            position++;
        }
    }

    /** Some databases nest them, and some run them or take advice from them where they begin with a mark. */
    private void readBlockComment() {
        int start = position;
        position += 2;
        for (int i = position; i < sql.length() && !Characters.isBlank(sql.charAt(i)) && sql.charAt(i) != '*'; i++) {
            if (!isPlainWordPart(sql.charAt(i))) {
                throw fail("a comment that begins with a mark", start, "put a blank behind /*");
            }
        }
        while (!(peek(0) == '*' && peek(1) == '/')) {
            if (position >= sql.length()) {
                throw unterminated("comment", start);
            }
            checkInComment();
            if (current() == '/' && (peek(1) == '*' || peek(-1) == '*')) {
                throw fail("a comment in a comment", position, "");
            }
            position++;
        }
        position += 2;
    }

    private void checkInComment() {
        char c = current();
        if (c == '\\' || c == '{' || c == '}' || c == ';' || isUnusual(c)) {
            throw fail("a character in a comment that may mean something", position, "leave it out");
        }
    }

    @Override
    void readToken() {
        char c = current();
        Token before = last();
        if (before != null && before.isSymbol(";")) {
            throw fail("more than one statement in a text", position, "run them one by one");
        }
        if (isPlainWordStart(c)) {
            readWord();
            checkGlued("word");
        } else if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(peek(1)))) {
            readPlainNumber();
        } else if (c == '\'') {
            readPlainString();
        } else if (c == '"') {
            readQuotedName('"');
            checkGlued("quoted name");
        } else if (c == '?') {
            readParameter();
        } else {
            readMark(c, peek(1));
        }
    }

    /** Nothing may follow at once that makes another word, another string or another name of it somewhere. */
    private void checkGlued(String what) {
        char next = peek(0);
        if (next == '\'' || next == '"' || isPlainWordPart(next)) {
            throw fail("a " + what + " runs into what follows", position, "put a blank between them");
        }
    }

    private void readPlainNumber() {
        int start = position;
        Token before = last();
        boolean isAfterName = current() == '.' && before != null && before.end() == start;
        if (isAfterName || (current() == '0' && isPlainWordStart(peek(1)))) {
            throw fail("a number that not every database reads alike", start, "write it plainly");
        }
        readNumber(false);
        if (sql.substring(start, position).indexOf('_') >= 0) {
            throw fail("a number that not every database reads alike", start, "write it without underscores");
        }
        checkGlued("number");
        if (peek(0) == '.') {
            throw fail("a number that not every database reads alike", start, "write it plainly");
        }
    }

    private void readPlainString() {
        int start = position;
        String value = readQuoted('\'', "string");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c == '\\' && !isLoneBackslash(value)) || isUnusual(c)) {
                throw fail("a string with a character that some databases read as another", start, HELP);
            }
        }
        add(Token.Kind.STRING, value, start);
        checkGlued("string");
    }

    /**
     * Whether a string is the one that follows ESCAPE in what mappers write. Where a backslash hides the quote behind it, the
     * string goes on to the next one; if every quote to come is of such a string too, it goes on to the end of the text, and
     * nothing of that text can be run.
     */
    private boolean isLoneBackslash(String value) {
        return value.equals("\\") && sql.substring(position).replace("'\\'", "").indexOf('\'') < 0;
    }

    private void readParameter() {
        int start = position++;
        if (peek(0) == '?' || isPlainWordPart(peek(0))) {
            throw fail("a question mark that runs into what follows", start, "");
        }
        add(Token.Kind.PARAMETER, "", start);
    }

    /** A length as {@code CLOB(64K)}. */
    @Override
    boolean isUnit() {
        boolean isLast = position + 1 == sql.length() || !Characters.isWordPart(sql, position + 1);
        return isLast && "kmg".indexOf(Characters.lower(current())) >= 0;
    }

    private void readMark(char c, char next) {
        switch (c) {
            case ',', '(', ')', '.', '+', '-', '%', '=', ';' -> addSymbol(String.valueOf(c));
            case '*', '/' -> {
                if (next == '/' || (c == '/' && next == '*')) {
                    throw stray();
                }
                addSymbol(String.valueOf(c));
            }
            case '<' -> addSymbol(next == '=' ? "<=" : next == '>' ? "<>" : "<");
            case '>' -> addSymbol(next == '=' ? ">=" : ">");
            case '!' -> addPair('=', c, next);
            case '|' -> addPair('|', c, next);
            default -> throw stray();
        }
        boolean isComparison = "=<>!".indexOf(c) >= 0;
        if (isComparison && position < sql.length() && "=<>!".indexOf(current()) >= 0) {
            throw fail("an operator that is not plain", position, "");
        }
    }

    private void addPair(char second, char first, char next) {
        if (next != second) {
            throw stray();
        }
        addSymbol("" + first + next);
    }

    @Override
    boolean isWordPart() {
        return isPlainWordPart(current());
    }

    /** Above ASCII, a letter may be converted to a quote or to several bytes, and a line may end. */
    static boolean isUnusual(char c) {
        if (c < 128) {
            return c < ' ' && !Characters.isBlank(c);
        }
        boolean isLetter = Character.isLetterOrDigit(c) && Character.getType(c) != Character.MODIFIER_LETTER;
        boolean isMark = Character.getType(c) == Character.NON_SPACING_MARK;
        return !isLetter && !isMark && !Character.isSurrogate(c);
    }

    static boolean isPlainWordStart(char c) {
        return Characters.isAsciiLetter(c) || c == '_';
    }

    static boolean isPlainWordPart(char c) {
        return isPlainWordStart(c) || Characters.isDigit(c);
    }

    /** Not everywhere is a dollar a part of one. */
    @Override
    boolean takesPlainWords() {
        return false;
    }

    @Override
    String foldWord(String word, int start) {
        StringBuilder folded = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            folded.append(Characters.lower(word.charAt(i)));
        }
        return folded.toString();
    }

    /**
     * A name is one of the plain ones also where it is quoted, because dots and letters mean more somewhere; a blank may stand
     * between its words, and not at its ends, which some compare without their blanks.
     */
    @Override
    String realName(String identifier) {
        boolean isPlain = isPlainWordStart(identifier.charAt(0)) && identifier.length() <= MAX_NAME;
        for (int i = 0; i < identifier.length(); i++) {
            boolean isBetween = identifier.charAt(i) == ' '
                    && i + 1 < identifier.length()
                    && isPlainWordPart(identifier.charAt(i + 1));
            isPlain &= isBetween || isPlainWordPart(identifier.charAt(i));
        }
        if (!isPlain) {
            throw fail(
                    "a name that is not plain",
                    position,
                    "letters, digits and _ make a plain name, at most 63 of them");
        }
        return identifier;
    }
}
