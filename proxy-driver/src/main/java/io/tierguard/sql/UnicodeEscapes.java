package io.tierguard.sql;

/** Decodes the Unicode escapes of {@code U&'…'} and {@code U&"…"}. */
final class UnicodeEscapes {

    private UnicodeEscapes() {}

    /** Decodes a quoted run whose place in the text is {@code offset}. */
    static String decode(String quoted, char escape, int offset) {
        StringBuilder decoded = new StringBuilder(quoted.length());
        int i = 0;
        while (i < quoted.length()) {
            char c = quoted.charAt(i);
            if (c != escape) {
                decoded.append(c);
                i++;
            } else if (i + 1 < quoted.length() && quoted.charAt(i + 1) == escape) {
                decoded.append(escape);
                i += 2;
            } else {
                boolean isLong = i + 1 < quoted.length() && quoted.charAt(i + 1) == '+';
                int start = i + (isLong ? 2 : 1);
                int end = start + (isLong ? 6 : 4);
                decoded.appendCodePoint(codePoint(quoted, start, end, offset));
                i = end;
            }
        }
        for (int k = 0; k < decoded.length(); k++) {
            if (decoded.charAt(k) < ' ') {
                throw new UnreadableTextException("a Unicode escape makes a control character", offset, "");
            }
        }
        return decoded.toString();
    }

    /** Whether a character may be declared as the escape character. */
    static boolean isEscapeCharacter(char c) {
        return c > ' ' && c < 127 && !Characters.isHexDigit(c) && c != '+' && c != '\'' && c != '"';
    }

    private static int codePoint(String quoted, int start, int end, int offset) {
        int value = 0;
        for (int i = start; i < end; i++) {
            if (i >= quoted.length() || !Characters.isHexDigit(quoted.charAt(i))) {
                throw new UnreadableTextException("a Unicode escape is not complete", offset, "");
            }
            value = value * 16 + Character.digit(quoted.charAt(i), 16);
        }
        if (!Character.isValidCodePoint(value)) {
            throw new UnreadableTextException("a Unicode escape is not a character", offset, "");
        }
        return value;
    }
}
