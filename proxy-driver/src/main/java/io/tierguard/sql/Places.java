package io.tierguard.sql;

/** Turns offsets into lines and columns. */
final class Places {

    private Places() {}

    /** A problem at an offset of a text. */
    static Problem problemAt(String sql, int offset, String message, String help) {
        int line = 1;
        int lineStart = 0;
        int end = Math.min(offset, sql.length());
        for (int i = 0; i < end; i++) {
            if (sql.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Problem(message, line, end - lineStart + 1, help);
    }
}
