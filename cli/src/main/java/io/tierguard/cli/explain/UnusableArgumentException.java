package io.tierguard.cli.explain;

/** Says why something that the command was given cannot be used. */
final class UnusableArgumentException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableArgumentException(String message) {
        super(message, null, false, false);
    }

    /** What is said about it. */
    String said() {
        return String.valueOf(getMessage());
    }
}
