package io.tierguard.sql;

/**
 * One token of a text, as its database cuts it.
 *
 * @param kind what it is
 * @param text a word folded to lower case, a quoted name as the database takes it, a string's value, a number or symbol
 *     as written
 * @param start where it begins in the text
 * @param end where it ends in the text, exclusive
 * @param reads takes note when the text of a constant is looked at
 */
record Token(Kind kind, String text, int start, int end, ConstantReads reads) {

    /** The kinds of tokens. */
    enum Kind {
        /** A keyword or an identifier without quotes. */
        WORD,
        /** A quoted identifier. */
        NAME,
        /** A character string whose value is known. */
        STRING,
        /** A character string with escapes that are not decoded. */
        ESCAPED_STRING,
        /** A string of bits or bytes. */
        BINARY,
        NUMBER,
        PARAMETER,
        /** An operator or a punctuation mark. */
        SYMBOL
    }

    /** A token that is no constant of a text, but one of its words or marks, or one that stands for such. */
    Token(Kind kind, String text, int start, int end) {
        this(kind, text, start, end, ConstantReads.UNNOTED);
    }

    /** What it says; asking a constant is noted, because what its statement does may then rest on it. */
    @Override
    public String text() {
        if (isValue()) {
            reads.note();
        }
        return text;
    }

    /** Whether this is the given lower-case word, without quotes. */
    boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** Whether this is the given operator or punctuation mark. */
    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Whether this could be an identifier. */
    boolean isIdentifier() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    /** Whether this is a constant or a parameter. */
    boolean isValue() {
        return switch (kind) {
            case STRING, ESCAPED_STRING, BINARY, NUMBER, PARAMETER -> true;
            case WORD, NAME, SYMBOL -> false;
        };
    }
}
