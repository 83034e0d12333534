package io.tierguard.audit;

/** What one record tells. */
sealed interface AuditEvent {

    /** When and on whose behalf it happened. */
    Origin origin();

    /** The record's {@code stage}. */
    String stage();

    /** Something that happened to a statement. */
    sealed interface OfStatement extends AuditEvent {

        /** Who runs the statement, and where. */
        AuditSubject subject();

        /** What the statement is and what was decided about it. */
        AuditStatement statement();
    }

    /** It was decided whether a statement may run; {@code batchSize} is 0 when it is no batch. */
    record Decided(Origin origin, AuditSubject subject, AuditStatement statement, int batchSize)
            implements OfStatement {
        @Override
        public String stage() {
            return "decision";
        }
    }

    /** A statement has run; {@code rows} is -1 when not known. */
    record Completed(Origin origin, AuditSubject subject, AuditStatement statement, long rows, long durationNanos)
            implements OfStatement {
        @Override
        public String stage() {
            return "completed";
        }
    }

    /** The database refused a statement; {@code sqlState} is empty when it gave none. */
    record Failed(Origin origin, AuditSubject subject, AuditStatement statement, String sqlState, long durationNanos)
            implements OfStatement {
        @Override
        public String stage() {
            return "failed";
        }
    }

    /** Something happened to the log itself. */
    record Noted(Origin origin, String note) implements AuditEvent {
        @Override
        public String stage() {
            return "note";
        }
    }
}
