package io.tierguard.sql;

/**
 * Cuts text as the documentation of a database says; where that leaves anything open, the text is refused.
 *
 * <p>No live server has proved it, so names are of ASCII alone, and nothing may run into what follows it.
 */
abstract class DocumentedTokenizer extends Tokenizer {
    /** The longest name that both databases have. */
    private static final int MAX_NAME = 128;

    /** What ends a line to some and is a letter like any other to others. */
    private static final String OTHER_LINE_ENDS = "\u0085\u2028\u2029";

    DocumentedTokenizer(String sql) {
        super(sql);
    }

    @Override
    final boolean skipComment() {
        if (current() == '-' && peek(1) == '-') {
            skipLine();
            return true;
        }
        if (current() == '/' && peek(1) == '*') {
            skipBlock();
            return true;
        }
        return false;
    }

    /** Whether a comment may hold another one, which ends before it does. */
    abstract boolean nestsComments();

    private void skipLine() {
        while (position < sql.length() && current() != '\n') {
            checkInComment();
            if (current() == '\r' && position + 1 < sql.length() && peek(1) != '\n') {
                throw fail("a carriage return in a comment without a line feed", position, "");
            }
            position++;
        }
    }

    private void skipBlock() {
        int start = position;
        int depth = 0;
        do {
            if (position + 1 >= sql.length()) {
                throw unterminated("comment", start);
            }
            boolean opens = current() == '/' && peek(1) == '*' && (depth == 0 || nestsComments());
            boolean closes = current() == '*' && peek(1) == '/';
            if (opens || closes) {
                depth += opens ? 1 : -1;
                position += 2;
                boolean isShared = opens ? peek(0) == '/' : depth > 0 && peek(0) == '*';
                if (isShared) {
                    throw fail("marks of comments that share a character", position, "put a blank between them");
                }
            } else {
                checkInComment();
                position++;
            }
        } while (depth > 0);
    }

    /** Drivers look for escapes in comments too. */
    private void checkInComment() {
        char c = current();
        if (c == '{' || c == '}' || OTHER_LINE_ENDS.indexOf(c) >= 0) {
            throw fail("a character in a comment that may mean something", position, "leave it out");
        }
    }

    /** Nothing may follow at once that makes another word, another string or another name of it. */
    final void checkGlued(String what) {
        char next = peek(0);
        boolean isGlued = next == '\'' || next == '"' || next == '[' || next == '#' || next == '@' || next == '$';
        if (isGlued || AnsiTokenizer.isPlainWordPart(next)) {
            throw fail("a " + what + " runs into what follows", position, "put a blank between them");
        }
    }

    final void readPlainWord() {
        readWord();
        checkGlued("word");
    }

    final void readPlainNumber() {
        int start = position;
        Token before = last();
        boolean isAfterName = current() == '.' && before != null && before.end() == start;
        if (isAfterName || (current() == '0' && AnsiTokenizer.isPlainWordStart(peek(1)))) {
            throw fail("a number that may be read otherwise", start, "write it plainly");
        }
        readNumber(false);
        if (sql.substring(start, position).indexOf('_') >= 0 || peek(0) == '.') {
            throw fail("a number that may be read otherwise", start, "write it plainly");
        }
        checkGlued("number");
    }

    /** Reads a string whose quote is at the position; its token begins before it where it has a prefix. */
    final void readPlainString(int start) {
        String value = readQuoted('\'', "string");
        checkString(value, start);
        add(Token.Kind.STRING, value, start);
        checkGlued("string");
    }

    /** A character set may turn what is above ASCII and no letter into a quote. */
    final void checkString(String value, int start) {
        for (int i = 0; i < value.length(); i++) {
            boolean continues = value.charAt(i) == '\\'
                    && i + 1 < value.length()
                    && (value.charAt(i + 1) == '\n' || value.charAt(i + 1) == '\r');
            if (continues || AnsiTokenizer.isUnusual(value.charAt(i))) {
                throw fail("a string with a character that may be read as another", start, "bind it as a parameter");
            }
        }
    }

    final void readParameter() {
        int start = position++;
        if (peek(0) == '?' || AnsiTokenizer.isPlainWordPart(peek(0))) {
            throw fail("a question mark that runs into what follows", start, "");
        }
        add(Token.Kind.PARAMETER, "", start);
    }

    /** Reads an operator or a punctuation mark that both databases have. */
    final void readMark(char c, char next) {
        switch (c) {
            case ',', '(', ')', '.', '+', '-', '*', '/', ';', '{', '}' -> addSymbol(String.valueOf(c));
            case '=' -> addSymbol(next == '>' ? "=>" : "=");
            case '<' -> addSymbol(next == '=' ? "<=" : next == '>' ? "<>" : "<");
            case '>' -> addSymbol(next == '=' ? ">=" : ">");
            default -> throw stray();
        }
        boolean isComparison = "=<>".indexOf(c) >= 0;
        if (isComparison && position < sql.length() && "=<>!^".indexOf(current()) >= 0) {
            throw fail("an operator that is not known", position, "");
        }
    }

    final void addPair(char second, char first, char next) {
        if (next != second) {
            throw stray();
        }
        addSymbol("" + first + next);
    }

    @Override
    final boolean takesPlainWords() {
        return false;
    }

    @Override
    final String foldWord(String word, int start) {
        StringBuilder folded = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            folded.append(Characters.lower(word.charAt(i)));
        }
        return folded.toString();
    }

    /** A name in quotes is of the same characters as one without, and of single blanks between its words. */
    @Override
    final String realName(String identifier) {
        boolean isPlain = AnsiTokenizer.isPlainWordStart(identifier.charAt(0)) && identifier.length() <= MAX_NAME;
        for (int i = 0; i < identifier.length(); i++) {
            boolean isBetween = identifier.charAt(i) == ' '
                    && i + 1 < identifier.length()
                    && AnsiTokenizer.isPlainWordPart(identifier.charAt(i + 1));
            char c = identifier.charAt(i);
            isPlain &= isBetween || AnsiTokenizer.isPlainWordPart(c) || c == '$' || c == '#' || c == '@';
        }
        if (!isPlain) {
            throw fail(
                    "a name that is not plain",
                    position,
                    "letters of ASCII, digits and _ make a plain name, at most " + MAX_NAME + " of them");
        }
        return identifier;
    }
}
