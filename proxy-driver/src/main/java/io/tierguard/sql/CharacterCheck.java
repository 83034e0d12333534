package io.tierguard.sql;

import java.util.List;

/** Refuses characters that no database and driver treat alike, where they stand. */
final class CharacterCheck {

    private CharacterCheck() {}

    /** Refuses what may stand nowhere, and returns whether the text holds control characters, which may stand in strings. */
    static boolean findControls(String sql) {
        boolean found = false;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c >= ' ' && c < 127) {
                continue;
            }
            if (c == 0) {
                throw refused(c, i);
            }
            found |= isControl(c);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < sql.length()
                        && Character.isLowSurrogate(sql.charAt(i + 1));
                if (!paired) {
                    throw new UnreadableTextException("half of a surrogate pair", i, "");
                }
                i++;
            }
        }
        return found;
    }

    /** Refuses control characters that are not data: databases end words and comments at different ones. */
    static void checkControls(String sql, List<Token> tokens) {
        int next = 0;
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.ESCAPED_STRING) {
                checkRun(sql, next, token.start());
                next = token.end();
            }
        }
        checkRun(sql, next, sql.length());
    }

    private static void checkRun(String sql, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isControl(sql.charAt(i))) {
                throw refused(sql.charAt(i), i);
            }
        }
    }

    private static boolean isControl(char c) {
        return (c < ' ' && !Characters.isBlank(c)) || c == 127;
    }

    private static UnreadableTextException refused(char c, int index) {
        return new UnreadableTextException("control character U+" + String.format("%04X", (int) c), index, "remove it");
    }
}
