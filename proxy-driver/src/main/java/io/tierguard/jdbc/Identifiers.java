package io.tierguard.jdbc;

/**
 * The names that JDBC hands to a driver apart from any text: drivers paste them into SQL of their own, which nobody
 * judges.
 */
final class Identifiers {
    private static final String MARKS_OF_NAMES = "_$#@-.* ";
    private static final String MARKS_OF_DIMENSIONS = "0123456789, -";

    private Identifiers() {}

    /** Whether a name stays one name, wherever a driver puts it: letters, digits, blanks and a few marks. */
    static boolean isPlain(String name) {
        for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
            if (!isPlain(name.codePointAt(at))) {
                return false;
            }
        }
        // What MariaDB takes for the file of a table or database, and so for another name of it.
        return !startsComment(name) && !name.regionMatches(true, 0, "#mysql50#", 0, 9);
    }

    /** Whether a text is one name in double quotes, which stays one whether a driver pastes it or quotes it once more. */
    static boolean isQuoted(String name) {
        return name.length() > 2 && name.charAt(0) == '"' && endOfQuoted(name, 0) == name.length();
    }

    /** Whether a name is as good as any for a driver that quotes it. */
    static boolean isQuotable(String name) {
        return name.chars().noneMatch(Character::isISOControl);
    }

    /**
     * Whether a text is a type's name: plain names, quoted ones, and numbers in parentheses or brackets, as in
     * {@code timestamp(6) with time zone} or {@code "My Schema".word[]}.
     */
    static boolean isTypeName(String name) {
        if (startsComment(name)) {
            return false;
        }
        int at = 0;
        while (at < name.length()) {
            int end = endOfPart(name, at);
            if (end < 0) {
                return false;
            }
            at = end;
        }
        return true;
    }

    /** Where the part of a type's name that starts here ends; negative when it is none. */
    private static int endOfPart(String name, int start) {
        return switch (name.charAt(start)) {
            case '"' -> endOfQuoted(name, start);
            case '(' -> startsWithDigit(name, start + 1) ? endOfDimension(name, start, ')') : -1;
            case '[' -> endOfDimension(name, start, ']');
            default -> {
                int character = name.codePointAt(start);
                yield isPlain(character) ? start + Character.charCount(character) : -1;
            }
        };
    }

    private static int endOfQuoted(String name, int open) {
        int close = name.indexOf('"', open + 1);
        for (int i = open + 1; i < close; i++) {
            char character = name.charAt(i);
            if (character == ';' || character == '\\' || Character.isISOControl(character)) {
                return -1;
            }
        }
        return close < 0 ? -1 : close + 1;
    }

    private static int endOfDimension(String name, int open, char closing) {
        int close = name.indexOf(closing, open);
        for (int i = open + 1; i < close; i++) {
            if (MARKS_OF_DIMENSIONS.indexOf(name.charAt(i)) < 0) {
                return -1;
            }
        }
        return close < 0 ? -1 : close + 1;
    }

    /** Whether a number follows: empty parentheses would be those of a call. */
    private static boolean startsWithDigit(String name, int at) {
        return at < name.length() && name.charAt(at) >= '0' && name.charAt(at) <= '9';
    }

    private static boolean isPlain(int character) {
        boolean isOfWord = Character.isUnicodeIdentifierPart(character) && !Character.isIdentifierIgnorable(character);
        return isOfWord || MARKS_OF_NAMES.indexOf(character) >= 0;
    }

    private static boolean startsComment(String name) {
        return name.contains("--") || name.contains("/*");
    }
}
