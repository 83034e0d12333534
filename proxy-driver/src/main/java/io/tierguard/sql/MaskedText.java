package io.tierguard.sql;

import java.util.List;

/** Writes a text fit for a log: one line, no comments, no constants. */
final class MaskedText {

    /** Stands for a text that could not be cut into tokens. */
    static final String OF_UNREADABLE = "(text that could not be read)";

    private MaskedText() {}

    static String of(String sql, List<Token> tokens) {
        StringBuilder masked = new StringBuilder(Math.min(sql.length(), 4096));
        Token before = null;
        for (Token token : tokens) {
            if (before != null && token.start() > before.end()) {
                masked.append(' ');
            }
            if (token.isValue()) {
                masked.append('?');
            } else if (token.kind() == Token.Kind.NAME) {
                appendName(masked, token.text());
            } else {
                masked.append(sql, token.start(), token.end());
            }
            before = token;
        }
        return masked.toString();
    }

    private static void appendName(StringBuilder masked, String name) {
        masked.append('"');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            masked.append(Character.isISOControl(c) ? ' ' : c);
        }
        masked.append('"');
    }
}
