package io.tierguard.cli.audit;

/** A line is no audit record; the message says in what way. */
final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    /** An exception that says what is wrong with the line. */
    MalformedRecordException(String message) {
        super(message);
    }
}
