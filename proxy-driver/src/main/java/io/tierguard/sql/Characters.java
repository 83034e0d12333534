package io.tierguard.sql;

/** The classes of characters on which all dialects agree. */
final class Characters {

    /** Asked for every character of every text. */
    private static final boolean[] PLAIN_WORD_PARTS = plainWordParts();

    private Characters() {}

    private static boolean[] plainWordParts() {
        boolean[] parts = new boolean[128];
        for (char c = 0; c < parts.length; c++) {
            parts[c] = isAsciiLetter(c) || c == '_' || isDigit(c) || c == '$';
        }
        return parts;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHexDigit(char c) {
        return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
    }

    static boolean isAsciiLetter(char c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    /** The lower case of an ASCII letter, any other character as it is. */
    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** Whether a word may begin with the character at an index: a letter or an underscore. */
    static boolean isWordStart(String text, int index) {
        char c = text.charAt(index);
        return c < 128 ? isAsciiLetter(c) || c == '_' : Character.isLetter(c);
    }

    /** Whether a word may go on with the character in every database: an ASCII letter, an underscore, a digit or a dollar. */
    static boolean isPlainWordPart(char c) {
        return c < PLAIN_WORD_PARTS.length && PLAIN_WORD_PARTS[c];
    }

    /** Whether a word may go on with the character at an index: also a mark, a digit or a dollar. */
    static boolean isWordPart(String text, int index) {
        char c = text.charAt(index);
        return c < 128 ? isPlainWordPart(c) : Character.isLetterOrDigit(c) || isMark(c);
    }

    private static boolean isMark(char c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
