package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.Locale;

/** Cuts text as PostgreSQL does behind its JDBC driver. */
final class PostgreSqlTokenizer extends Tokenizer {

    private static final int MAX_NAME_BYTES = Dialect.POSTGRESQL.longestName().orElseThrow();
    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";
    private static final String KEEPS_TRAILING_SIGN = "~!@#^&|`?%";

    private final Backslashes backslashes;
    private final boolean backslashEscapes;
    private final Placeholders placeholders;

    /** The operator that is being read, and where each of its characters ends in the text. */
    private final StringBuilder operator = new StringBuilder();

    private final int[] ends = new int[MAX_NAME_BYTES + 1];

    PostgreSqlTokenizer(String sql, Backslashes backslashes, Placeholders placeholders) {
        super(sql);
        this.backslashes = backslashes;
        this.backslashEscapes = backslashes == Backslashes.ESCAPE;
        this.placeholders = placeholders;
    }

    @Override
    boolean skipComment() {
        if (current() == '-' && peek(1) == '-') {
            skipLineComment();
            return true;
        }
        if (current() == '/' && peek(1) == '*') {
            if (peek(2) == '/') {
                throw fail(
                        "a comment begins with /*/", position, "the JDBC driver and the database read it differently");
            }
            skipNestedComment();
            return true;
        }
        return false;
    }

    @Override
    void readToken() {
        char c = current();
        char next = peek(1);
        if (next == '\'' && isPrefix(c)) {
            readPrefixedString(Characters.lower(c));
        } else if (Characters.lower(c) == 'u' && next == '&' && (peek(2) == '\'' || peek(2) == '"')) {
            readUnicode();
        } else if (Characters.isWordStart(sql, position)) {
            readWord();
        } else if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(next))) {
            readNumber(false);
        } else {
            readMark(c, next);
        }
    }

    private void readMark(char c, char next) {
        switch (c) {
            case '\'' -> readString(backslashEscapes);
            case '"' -> readQuotedName('"');
            case '$' -> readDollar();
            case ',', '(', ')', '[', ']', ';', '{', '}' -> addSymbol(c);
            case '.' -> addSymbol(next == '.' ? ".." : ".");
            case ':' -> addSymbol(next == ':' ? "::" : next == '=' ? ":=" : ":");
            default -> {
                if (c >= 128) {
                    throw fail(
                            String.format("the character U+%04X, which PostgreSQL takes for a letter", (int) c),
                            position,
                            "remove it, or quote the name");
                }
                if (OPERATOR_CHARACTERS.indexOf(c) < 0) {
                    throw stray();
                }
                if (isParameter(c, next)) {
                    readQuestionMark();
                } else if (c == '?' || OPERATOR_CHARACTERS.indexOf(next) >= 0) {
                    readOperator();
                } else {
                    addSymbol(c);
                }
            }
        }
    }

    private static boolean isPrefix(char c) {
        return switch (Characters.lower(c)) {
            case 'e', 'b', 'x', 'n' -> true;
            default -> false;
        };
    }

    private void readPrefixedString(char prefix) {
        char before = peek(-1);
        if (before == '\'' || before == '$') {
            throw fail("a string runs into the string before it", position, "put a blank between them");
        }
        switch (prefix) {
            case 'e' -> {
                position++;
                readString(true);
            }
            case 'n' -> {
                position++;
                readString(backslashEscapes);
            }
            default -> readBits();
        }
    }

    /** In a second part of bits a backslash is none for the server, whatever it is in strings. */
    private void readBits() {
        readBinaryString();
        int end = position;
        skipBlanksAndComments();
        boolean goesOn = peek(0) == '\'';
        position = end;
        if (goesOn && backslashEscapes) {
            throw fail("a binary string goes on in another string", end, "write it in one");
        }
    }

    private void readString(boolean withBackslashes) {
        int start = position;
        if (!withBackslashes) {
            String value = readQuoted('\'', "string");
            if (backslashes == Backslashes.UNKNOWN && value.indexOf('\\') >= 0) {
                throw fail(
                        "a backslash in a string, which may escape since standard_conforming_strings was set",
                        start,
                        "write E'…' with two of them");
            }
            add(Token.Kind.STRING, value, start);
            return;
        }
        boolean open = true;
        position++;
        while (open) {
            if (position >= sql.length()) {
                throw unterminated("string", start);
            }
            if (current() == '\\') {
                position += 2;
            } else if (current() == '\'' && peek(1) == '\'') {
                position += 2;
            } else {
                open = current() != '\'';
                position++;
            }
        }
        String inside = sql.substring(start + 1, position - 1);
        boolean plain = inside.indexOf('\\') < 0 && inside.indexOf('\'') < 0;
        refuseContinuation();
        add(plain ? Token.Kind.STRING : Token.Kind.ESCAPED_STRING, inside, start);
    }

    /** A string with escapes that goes on in the next line keeps its escapes in the database, but not in the driver. */
    private void refuseContinuation() {
        int end = position;
        skipBlanksAndComments();
        boolean goesOn = peek(0) == '\'';
        position = end;
        if (goesOn && !backslashEscapes) {
            throw fail("a string with escapes goes on in another string", end, "join them with ||");
        }
    }

    private void readUnicode() {
        int start = position;
        if (backslashEscapes) {
            throw fail("U& needs standard_conforming_strings", start, "");
        }
        position += 2;
        boolean isName = current() == '"';
        int quoteStart = position;
        String quoted = readQuoted(current(), isName ? "quoted name" : "string");
        String decoded = UnicodeEscapes.decode(quoted, readUescape(), quoteStart);
        if (isName) {
            addName(decoded, start);
        } else {
            add(Token.Kind.STRING, decoded, start);
        }
    }

    private char readUescape() {
        int end = position;
        skipBlanksAndComments();
        if (!sql.regionMatches(true, position, "uescape", 0, 7)
                || (position + 7 < sql.length() && Characters.isWordPart(sql, position + 7))) {
            position = end;
            return '\\';
        }
        position += 7;
        skipBlanksAndComments();
        char escape = peek(1);
        if (peek(0) != '\'' || peek(2) != '\'' || !UnicodeEscapes.isEscapeCharacter(escape)) {
            throw fail("UESCAPE needs one character in quotes", end, "");
        }
        position += 3;
        return escape;
    }

    private void readDollar() {
        int start = position;
        if (Characters.isDigit(peek(1))) {
            position++;
            while (Characters.isDigit(peek(0))) {
                position++;
            }
            if (position < sql.length() && Characters.isWordPart(sql, position)) {
                throw fail("a parameter runs into a word", start, "put a blank between them");
            }
            add(Token.Kind.PARAMETER, "", start);
            return;
        }
        int tagEnd = position + 1;
        while (tagEnd < sql.length() && isTagPart(tagEnd, tagEnd == position + 1)) {
            tagEnd++;
        }
        if (tagEnd >= sql.length() || sql.charAt(tagEnd) != '$') {
            throw stray();
        }
        String tag = sql.substring(start, tagEnd + 1);
        int close = sql.indexOf(tag, tagEnd + 1);
        if (close < 0) {
            throw unterminated("dollar-quoted string", start);
        }
        position = close + tag.length();
        add(Token.Kind.STRING, sql.substring(tagEnd + 1, close), start);
    }

    /** The server takes every character above ASCII for a letter of the tag, its driver those of Java's identifiers. */
    private boolean isTagPart(int index, boolean first) {
        char c = sql.charAt(index);
        if (c >= 128) {
            return first
                    ? Character.isJavaIdentifierStart(c)
                    : Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
        }
        return first ? Characters.isWordStart(sql, index) : c != '$' && Characters.isWordPart(sql, index);
    }

    private void readOperator() {
        int start = position;
        operator.setLength(0);
        boolean open = true;
        while (open && position < sql.length() && OPERATOR_CHARACTERS.indexOf(current()) >= 0) {
            boolean beginsComment = (current() == '-' && peek(1) == '-') || (current() == '/' && peek(1) == '*');
            open = !beginsComment && !isParameter(current(), peek(1));
            if (open) {
                operator.append(current());
                position += current() == '?' && peek(1) == '?' ? 2 : 1;
                if (operator.length() >= ends.length) {
                    throw fail("an operator is longer than " + MAX_NAME_BYTES + " characters", start, "");
                }
                ends[operator.length()] = position;
            }
        }
        int length = lengthWithoutTrailingSigns();
        position = ends[length];
        add(Token.Kind.SYMBOL, signs(start, length), start);
    }

    /** An operator's signs, which are not those of the text where a doubled question mark stands for one. */
    private String signs(int start, int length) {
        if (position - start != length) {
            return operator.substring(0, length);
        }
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + operator.charAt(i);
        }
        return RepeatedWords.folded(sql, start, position, hash);
    }

    private boolean isParameter(char c, char next) {
        return c == '?' && next != '?' && placeholders == Placeholders.QUESTION_MARKS;
    }

    private int lengthWithoutTrailingSigns() {
        int length = operator.length();
        for (int i = 0; i < length; i++) {
            if (KEEPS_TRAILING_SIGN.indexOf(operator.charAt(i)) >= 0) {
                return length;
            }
        }
        while (length > 1 && (operator.charAt(length - 1) == '+' || operator.charAt(length - 1) == '-')) {
            length--;
        }
        return length;
    }

    /** The driver writes {@code $1} for a parameter, which must not run into what stands beside it. */
    private void readQuestionMark() {
        int start = position;
        position++;
        boolean gluedBefore = start > 0 && Characters.isWordPart(sql, start - 1);
        boolean gluedAfter = position < sql.length() && Characters.isWordPart(sql, position);
        if (gluedBefore || gluedAfter) {
            throw fail("a parameter runs into a word", start, "put a blank between them");
        }
        add(Token.Kind.PARAMETER, "", start);
    }

    @Override
    String foldWord(String word, int start) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.isSurrogate(word.charAt(i))) {
                throw fail("a name has a character outside the basic plane", start, "quote the name");
            }
        }
        return word.toLowerCase(Locale.ROOT);
    }

    @Override
    String realName(String identifier) {
        return TableName.cut(identifier, MAX_NAME_BYTES);
    }
}
