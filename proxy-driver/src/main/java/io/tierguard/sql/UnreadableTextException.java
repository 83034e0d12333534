package io.tierguard.sql;

/** Says that a text is not cut into tokens, and where. */
final class UnreadableTextException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String help;

    UnreadableTextException(String message, int offset, String help) {
        super(message, null, false, false);
        this.offset = offset;
        this.help = help;
    }

    /** The problem, placed in its text. */
    Problem problemIn(String sql) {
        return Places.problemAt(sql, offset, String.valueOf(getMessage()), help);
    }
}
