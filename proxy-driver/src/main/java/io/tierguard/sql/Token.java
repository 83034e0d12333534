package io.tierguard.sql;

/**
 * One token of a text, as its database cuts it.
 *
 * @param kind what it is
 * @param text a word folded to lower case, a quoted name as the database takes it, a string's value, a number or symbol
 *     as written
 * @param start where it begins in the text
 * @param end where it ends in the text, exclusive
 */
record Token(Kind kind, String text, int start, int end) {

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
