package io.tierguard.audit;

/** A record could not be written as promised; its message names the file and the cause. */
public final class AuditException extends Exception {
    private static final long serialVersionUID = 1L;

    /** An exception with a message that a person can act on. */
    public AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
