package io.tierguard.audit;

/** Makes any text of an application fit for a record. */
final class QueryText {
    /** How many characters of a query text a record holds; effects and hash always tell of the whole. */
    static final int LONGEST = 262_144;

    private QueryText() {}

    /** The text, cut with a mark that says so when it is longer than a record may be. */
    static String shortened(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + " … (" + text.length() + " characters in all)";
    }

    /** The text with U+FFFD for every half of a surrogate pair that has lost the other, which JSON in UTF-8 can't hold. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().forEach(point -> repaired.appendCodePoint(isHalf(point) ? 0xFFFD : point));
        return repaired.toString();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
